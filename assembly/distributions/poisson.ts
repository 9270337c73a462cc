/** Poisson counts and mixtures of them, as NumPy has them: numpy/random/src/distributions/distributions.c. RandomState's are the same. */
import { begin, fillCounts, parameter, storeCount } from './fill';
import { figureOf, forget, toInteger } from './memo';
import { Gamma } from './gamma';
import { cursor, finishTaking, takeDouble, toDouble, took64, waiting64 } from '../raw';
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
      if (this.accepts(k, mean, log(v), log(a / (us * us) + b))) return k;
    }
  }

  /** What few candidates come to. */
  accepts(k: i64, mean: f64, logV: f64, logWidth: f64): bool {
    if (this.limit != this.limit) {
      this.limit = log(mean);
      this.logInverseAlpha = log(1.1239 + 1.1328 / (this.b - 3.4));
    }
    const at = figureOf(k);
    let mass = load<f64>(at);
    if (mass != mass) store<f64>(at, mass = -mean + <f64>k * this.limit - logGamma(<f64>k + 1));
    return logV + this.logInverseAlpha - logWidth <= mass;
  }
}

// @ts-ignore: decorator
@lazy const POISSON: usize = memory.data(40, 8);
export function fillPoisson(n: i32, each: bool, form: i32): void {
  const law = changetype<Poisson>(POISSON), mean = parameter(0, 0);
  if (each || mean == 0 || mean >= 10) return fillCounts(law, n, each, form);
  begin();
  law.begin(mean, 0, 0);
  products(n, form, law.limit);
  finishTaking();
}

/** n counts of a small mean, the words read where they stand. */
function products(n: i32, form: i32, limit: f64): void {
  let i: usize = 0, count: i64 = 0, product: f64 = 1;
  while (i < <usize>n) {
    const ready = waiting64(min(n << 1, 2048)), apart = ready == 0; // one that lies across two blocks
    let at = cursor();
    const end = at + (<usize>ready << 3);
    do {
      product *= apart ? takeDouble() : toDouble(load<u64>(at));
      at += 8;
      if (product > limit) {
        count++;
      } else {
        storeCount(i, form, count);
        count = 0;
        product = 1;
        if (++i == <usize>n) break;
      }
    } while (at < end);
    if (!apart) took64(at);
  }
}

/** One Poisson count. */
export function poisson(mean: f64): i64 {
  const law = changetype<Poisson>(POISSON);
  law.begin(mean, 0, 0);
  return law.next(mean, 0, 0);
}

@unmanaged
class NegativeBinomial {
  scale: f64;
  // @ts-ignore: decorator
  @inline begin(n: f64, p: f64, _: f64): void {
    this.scale = (1 - p) / p;
    changetype<Gamma>(GAMMA).begin(n);
  }
  // @ts-ignore: decorator
  @inline next(n: f64, p: f64, _: f64): i64 { return poisson(this.scale * changetype<Gamma>(GAMMA).next()); }
}

// @ts-ignore: decorator
@lazy const GAMMA: usize = memory.data(32, 8);
export function fillNegativeBinomial(n: i32, each: bool, form: i32): void { fillCounts(changetype<NegativeBinomial>(GAMMA + 24), n, each, form); }
