/** Poisson counts and mixtures of them, as NumPy has them: numpy/random/src/distributions/distributions.c. RandomState's are the same. */
import { begin, fillCounts, parameter, storeCount } from './fill';
import { OUT, PART } from '../memory';
import { figureOf, forget, toInteger } from './memo';
import { Gamma } from './gamma';
import { cursor, doubleOf, finishTaking, isMersenne, next64, takeDouble, took64, waiting64 } from '../raw';
import { exp } from '../math/libm/exp';
import { log } from '../math/libm/log';
import { logGamma } from '../math/factorials';

/** By products of uniforms for means below 10, else by Hörmann's PTRS, "The transformed rejection method for generating Poisson random variables", 1993. */
@unmanaged
class Poisson {
  /** e^−mean, below which a product ends; above 10 ln mean, NaN as long as it is not asked for. */
  limit: f64;
  a: f64;
  b: f64;
  inverseAlpha: f64;
  logInverseAlpha: f64;
  squeeze: f64;
  begin(mean: f64, _: f64, __: f64): void {
    forget();
    if (!(mean >= 10)) {
      this.limit = exp(-mean);
      return;
    }
    const b = 0.931 + 2.53 * sqrt(mean);
    this.limit = NaN;
    this.b = b;
    this.a = -0.059 + 0.02483 * b;
    this.squeeze = 0.9277 - 3.6224 / (b - 2);
  }
  next(mean: f64, _: f64, __: f64): i64 {
    if (!(mean >= 10)) {
      if (mean == 0) return 0;
      const limit = this.limit;
      let count: i64 = -1, product: f64 = 1;
      do {
        product *= takeDouble();
        count++;
      } while (product > limit);
      return count;
    }
    const a = this.a, b = this.b;
    while (true) {
      const u = takeDouble() - 0.5, v = takeDouble(), us = 0.5 - abs(u);
      const k = toInteger(floor((2 * a / us + b) * u + mean + 0.43));
      if (us >= 0.07 && v <= this.squeeze) return k;
      if (k < 0 || (us < 0.013 && v > us)) continue;
      if (this.accepts(k, mean, v, a / (us * us) + b)) return k;
    }
  }

  /** What few candidates come to: is v / α no more than width times the mass at k? */
  accepts(k: i64, mean: f64, v: f64, width: f64): bool {
    const anew = this.limit != this.limit;
    if (anew) {
      this.limit = log(mean);
      this.inverseAlpha = 1.1239 + 1.1328 / (this.b - 3.4);
      this.logInverseAlpha = log(this.inverseAlpha);
    }
    // of small means k comes again: its mass, not the logarithm, decides it nearly always
    if (!anew && mean < 1e5) {
      const at = figureOf(k);
      let mass = load<f64>(at);
      if (mass != mass) store<f64>(at, mass = exp(this.logMass(k, mean)));
      const excess = v * this.inverseAlpha - width * mass;
      if (abs(excess) > 1e-9 * width * mass) return excess < 0;
    }
    return log(v) + this.logInverseAlpha - log(width) <= this.logMass(k, mean);
  }

  logMass(k: i64, mean: f64): f64 { return -mean + <f64>k * this.limit - logGamma(<f64>k + 1); }
}

// @ts-ignore: decorator
@lazy const POISSON: usize = memory.data(48, 8);
// @ts-ignore: decorator
@lazy const CELL: usize = memory.data(8, 8);
export function fillPoisson(n: i32, each: bool, form: i32): void {
  const law = changetype<Poisson>(POISSON);
  if (!each && !isSmall(parameter(0, 0))) return fillCounts(law, n, false, form);
  begin();
  // in the place of a small mean its limit, which is small as well
  for (let i: usize = 0; i == 0 || (each && i < <usize>n); i++) {
    const mean = parameter(0, i);
    if (isSmall(mean)) store<f64>(OUT + PART + (i << 3), exp(-mean));
  }
  for (let i: usize = 0; i < <usize>n;) {
    const mean = parameter(0, i);
    if (isSmall(mean)) {
      i = products(i, <usize>n, each, form);
    } else {
      law.begin(mean, 0, 0);
      storeCount(i++, form, law.next(mean, 0, 0));
    }
  }
  finishTaking();
}

/** Does a count come of products? */
// @ts-ignore: decorator
@inline function isSmall(mean: f64): bool { return mean > 0 && mean < 10; }

/**
 * Counts of small means from element i on: which one is next. The words are read where they stand: in a loop with a call, even one that never runs, they
 * take half as long again (measured).
 */
function products(i: usize, n: usize, each: bool, form: i32): usize {
  const mersenne = isMersenne();
  let count: i64 = 0, product: f64 = 1, limit = parameter(0, i);
  while (i < n && isSmall(limit)) {
    const ready = waiting64(min(<i32>(n - i) << 1, 2048));
    let at = cursor(), end = at + (<usize>ready << 3);
    if (!ready) {
      // one that lies across two blocks
      store<u64>(CELL, next64());
      at = CELL;
      end = CELL + 8;
    }
    do {
      product *= doubleOf(load<u64>(at), mersenne);
      at += 8;
      if (product > limit) {
        count++;
      } else {
        storeCount(i, form, count);
        count = 0;
        product = 1;
        if (++i == n) break;
        if (each && !isSmall(limit = parameter(0, i))) break;
      }
    } while (at < end);
    if (ready) took64(at);
  }
  return i;
}

/** Poisson counts one at a time: before the first of a mean, and one. */
export function beginPoisson(mean: f64): void { changetype<Poisson>(POISSON).begin(mean, 0, 0); }
export function nextPoisson(mean: f64): i64 { return changetype<Poisson>(POISSON).next(mean, 0, 0); }

@unmanaged
class NegativeBinomial {
  scale: f64;
  // @ts-ignore: decorator
  @inline begin(n: f64, p: f64, _: f64): void {
    this.scale = (1 - p) / p;
    changetype<Gamma>(GAMMA).begin(n);
  }
  // @ts-ignore: decorator
  @inline next(n: f64, p: f64, _: f64): i64 {
    const mean = this.scale * changetype<Gamma>(GAMMA).next();
    beginPoisson(mean);
    return nextPoisson(mean);
  }
}

// @ts-ignore: decorator
@lazy const GAMMA: usize = memory.data(32, 8);
export function fillNegativeBinomial(n: i32, each: bool, form: i32): void { fillCounts(changetype<NegativeBinomial>(GAMMA + 24), n, each, form); }
