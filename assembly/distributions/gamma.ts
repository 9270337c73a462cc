/** Gamma and its relatives, as NumPy has them: numpy/random/src/distributions/distributions.c. */
import { begin, fillReals, parameter, prepare } from './fill';
import { OUT, PART } from '../memory';
import { beginPoisson, nextPoisson } from './poisson';
import { fillExponentials, legacy, nextExponential, nextNormal, takeExponential, takeNormal } from './source';
import { finishTaking, nextDouble, takeDouble } from '../raw';
import { exp } from '../math/libm/exp';
import { logs, pows } from '../math/libm/lanes';
import { log, log1p } from '../math/libm/log';
import { pow } from '../math/libm/pow';

/**
 * Standard gamma variates of one shape. Above 1: Marsaglia and Tsang, "A simple method for generating gamma variables", 2000; below: Best's RGS, as in
 * Devroye, "Non-uniform random variate generation", 1986.
 */
@unmanaged
export class Gamma {
  shape: f64;
  /** shape − 1/3 and 1 / √(9 (shape − 1/3)); below 1: 1 − shape and 1 / shape. */
  b: f64;
  c: f64;
  begin(shape: f64): void {
    const small = shape < 1, b = small ? 1 - shape : shape - 1.0 / 3.0;
    this.shape = shape;
    this.b = b;
    this.c = 1 / (small ? shape : sqrt(9 * b));
  }
  next(): f64 {
    const shape = this.shape, b = this.b, c = this.c;
    if (shape == 1) return nextExponential();
    if (shape == 0) return 0;
    if (shape < 1) {
      while (true) {
        const u = takeDouble(), v = takeExponential();
        let x: f64, most = v;
        if (u <= b) {
          x = pow(u, c);
        } else {
          const y = -log((1 - u) / shape);
          x = pow(b + shape * y, c);
          most = v + y;
        }
        if (x <= most) return x;
      }
    }
    while (true) {
      let x: f64, v: f64;
      do {
        x = takeNormal();
        v = 1 + c * x;
      } while (v <= 0);
      v = v * v * v;
      const u = takeDouble();
      if (u < 1 - 0.0331 * (x * x) * (x * x) || log(u) < 0.5 * x * x + b * (1 - v + log(v))) return b * v;
    }
  }
}

// @ts-ignore: decorator
@lazy const ONE: usize = memory.data(24, 8);

/** One standard gamma variate. */
export function standardGamma(shape: f64): f64 {
  const gamma = changetype<Gamma>(ONE);
  gamma.begin(shape);
  return gamma.next();
}

// Of these laws each has up to two of them.
// @ts-ignore: decorator
@lazy const FIRST: usize = memory.data(24, 8);
// @ts-ignore: decorator
@lazy const SECOND: usize = memory.data(24, 8);
// @ts-ignore: decorator
@inline function first(): Gamma { return changetype<Gamma>(FIRST); }
// @ts-ignore: decorator
@inline function second(): Gamma { return changetype<Gamma>(SECOND); }

@unmanaged
class Standard {
  // @ts-ignore: decorator
  @inline begin(shape: f64, _: f64, __: f64): void { first().begin(shape); }
  // @ts-ignore: decorator
  @inline next(shape: f64, _: f64, __: f64): f64 { return first().next(); }
}

@unmanaged
class Scaled {
  // @ts-ignore: decorator
  @inline begin(shape: f64, scale: f64, _: f64): void { first().begin(shape); }
  // @ts-ignore: decorator
  @inline next(shape: f64, scale: f64, _: f64): f64 { return scale * first().next(); }
}

@unmanaged
class ChiSquare {
  // @ts-ignore: decorator
  @inline begin(df: f64, _: f64, __: f64): void { first().begin(df / 2); }
  // @ts-ignore: decorator
  @inline next(df: f64, _: f64, __: f64): f64 { return 2 * first().next(); }
}

@unmanaged
class F {
  // @ts-ignore: decorator
  @inline begin(numerator: f64, denominator: f64, _: f64): void {
    first().begin(numerator / 2);
    second().begin(denominator / 2);
  }
  next(numerator: f64, denominator: f64, _: f64): f64 {
    const x = 2 * first().next() * denominator;
    return x / (2 * second().next() * numerator);
  }
}

@unmanaged
class StudentT {
  // @ts-ignore: decorator
  @inline begin(df: f64, _: f64, __: f64): void { first().begin(df / 2); }
  next(df: f64, _: f64, __: f64): f64 {
    const x = nextNormal();
    return sqrt(df / 2) * x / sqrt(first().next());
  }
}

/** Below this, a beta variate is 0 or 1 but for one in 10^100: NumPy's BETA_TINY_THRESHOLD. */
const TINY: f64 = 3e-103;

/** What comes of a trial that underflows: by logarithms. */
function byLogs(u: f64, v: f64, a: f64, b: f64): f64 {
  const logX = log(u) / a, logY = log(v) / b, d = logX - logY;
  if (!legacy) return exp(d > 0 ? -log1p(exp(-d)) : d - log1p(exp(d)));
  const most = logX > logY ? logX : logY;
  return exp(logX - most - log(exp(logX - most) + exp(logY - most)));
}

/** Leaves a variate at `to`, if the next trial stands. */
// @ts-ignore: decorator
@inline function trial(to: usize, a: f64, b: f64): bool {
  const u = takeDouble(), v = takeDouble(), powers = pows(f64x2.replace_lane(f64x2.splat(u), 1, v), v128.load(INVERSES));
  const x = f64x2.extract_lane(powers, 0), y = f64x2.extract_lane(powers, 1), sum = x + y, whole = legacy ? sum > 0 : x > 0 && y > 0;
  store<f64>(to, whole ? x / sum : byLogs(u, v, a, b));
  return sum <= 1 && (legacy || u + v > 0);
}

// @ts-ignore: decorator
@lazy const TRIAL: usize = memory.data(8, 8);

/** 1 / a and 1 / b */
// @ts-ignore: decorator
@lazy const INVERSES: usize = memory.data(16, 16);

/** Jöhnk's method ("Erzeugung von betaverteilten und gammaverteilten Zufallszahlen", 1964) where neither parameter is above 1, else by two gammas. */
@unmanaged
class Beta {
  begin(a: f64, b: f64, _: f64): void {
    v128.store(INVERSES, f64x2.div(f64x2.splat(1), f64x2.replace_lane(f64x2.splat(a), 1, b)));
    if (a <= 1 && b <= 1) return;
    first().begin(a);
    second().begin(b);
  }
  next(a: f64, b: f64, _: f64): f64 {
    if (!(a <= 1 && b <= 1)) {
      const x = first().next();
      return x / (x + second().next());
    }
    if (!legacy && a < TINY && b < TINY) return (a + b) * nextDouble() < a ? 1 : 0;
    while (!trial(TRIAL, a, b)) {}
    return load<f64>(TRIAL);
  }
}

/** A noncentral chi-square variate, after `beginNoncentral`. */
function noncentral(df: f64, nonc: f64): f64 {
  if (nonc != nonc && !legacy) return NaN;
  if (nonc == 0) return 2 * first().next();
  if (df > 1) {
    const x = 2 * first().next(), y = nextNormal() + sqrt(nonc);
    return x + y * y;
  }
  const more = nextPoisson(nonc / 2), x = 2 * standardGamma((df + <f64>(more << 1)) / 2);
  return nonc != nonc ? NaN : x;
}

function beginNoncentral(df: f64, nonc: f64): void {
  first().begin((nonc == 0 ? df : df - 1) / 2);
  if (!(df > 1)) beginPoisson(nonc / 2);
}

@unmanaged
class NoncentralChiSquare {
  // @ts-ignore: decorator
  @inline begin(df: f64, nonc: f64, _: f64): void { beginNoncentral(df, nonc); }
  // @ts-ignore: decorator
  @inline next(df: f64, nonc: f64, _: f64): f64 { return noncentral(df, nonc); }
}

@unmanaged
class NoncentralF {
  // @ts-ignore: decorator
  @inline begin(numerator: f64, denominator: f64, nonc: f64): void {
    beginNoncentral(numerator, nonc);
    second().begin(denominator / 2);
  }
  next(numerator: f64, denominator: f64, nonc: f64): f64 {
    const x = noncentral(numerator, nonc) * denominator;
    return x / (2 * second().next() * numerator);
  }
}

/** Of two normals. */
@unmanaged
class Cauchy {
  // @ts-ignore: decorator
  @inline begin(_: f64, __: f64, ___: f64): void {}
  next(_: f64, __: f64, ___: f64): f64 {
    const x = nextNormal();
    return x / nextNormal();
  }
}

/** The inverse Gaussian: Michael, Schucany and Haas, "Generating random variates using transformations with multiple roots", 1976. */
@unmanaged
class Wald {
  // @ts-ignore: decorator
  @inline begin(mean: f64, scale: f64, _: f64): void {}
  next(mean: f64, scale: f64, _: f64): f64 {
    const z = nextNormal(), y = mean * z * z;
    const x = legacy ? mean + mean / (2 * scale) * (y - sqrt(4 * scale * y + y * y)) : mean * (1 - 2 / (1 + sqrt(1 + 4 * scale / y)));
    return nextDouble() <= mean / (mean + x) ? x : mean * mean / x;
  }
}

/**
 * n gamma variates of a shape to 1 times a scale. Below 1 as Gamma.next makes them: its trials take the same words whatever becomes of them, so two are made
 * at once, those that fail written over by the next.
 */
function fillSmall(n: i32, shape: f64, scale: f64): void {
  const end = OUT + (<usize>n << 3), one = f64x2.splat(1), b = f64x2.splat(1 - shape), c = f64x2.splat(1 / shape), s = f64x2.splat(shape);
  const scales = f64x2.splat(scale);
  let out = OUT;
  if (shape == 1) {
    prepare();
    fillExponentials(n);
    for (; out < end; out += 16) v128.store(out, f64x2.mul(scales, v128.load(out)));
    return;
  }
  begin();
  while (out + 8 < end) {
    let u = f64x2.splat(takeDouble()), most = f64x2.splat(nextExponential());
    u = f64x2.replace_lane(u, 1, takeDouble());
    most = f64x2.replace_lane(most, 1, nextExponential());
    const upper = f64x2.gt(u, b);
    // of small shapes seldom
    if (v128.any_true(upper)) {
      const y = v128.and(f64x2.neg(logs(f64x2.div(f64x2.sub(one, u), s))), upper);
      most = f64x2.add(most, y);
      u = v128.bitselect(f64x2.add(b, f64x2.mul(s, y)), u, upper);
    }
    const x = pows(u, c), stand = f64x2.le(x, most), samples = f64x2.mul(scales, x);
    v128.store64_lane(out, samples, 0);
    out -= <usize>i64x2.extract_lane(stand, 0) << 3;
    v128.store64_lane(out, samples, 1);
    out -= <usize>i64x2.extract_lane(stand, 1) << 3;
  }
  if (out < end) store<f64>(out, scale * standardGamma(shape));
  finishTaking();
}

/** Gamma variates of one shape and scale, or a law that stands on them. */
// @ts-ignore: decorator
@inline function fillGammas<D>(law: D, n: i32, each: bool, shape: f64, scale: f64): void {
  if (each || !(shape > 0 && shape <= 1)) fillReals(law, n, each);
  else fillSmall(n, shape, scale);
}

export function fillStandardGamma(n: i32, each: bool): void { fillGammas(changetype<Standard>(0), n, each, parameter(0, 0), 1); }
export function fillGamma(n: i32, each: bool): void { fillGammas(changetype<Scaled>(0), n, each, parameter(0, 0), parameter(1, 0)); }
export function fillChiSquare(n: i32, each: bool): void { fillGammas(changetype<ChiSquare>(0), n, each, parameter(0, 0) / 2, 2); }
export function fillF(n: i32, each: bool): void { fillReals(changetype<F>(0), n, each); }
export function fillStudentT(n: i32, each: bool): void { fillReals(changetype<StudentT>(0), n, each); }
export function fillBeta(n: i32, each: bool): void {
  const law = changetype<Beta>(0), a = parameter(0, 0), b = parameter(1, 0);
  if (each || !(a <= 1 && b <= 1) || (a < TINY && b < TINY)) return fillReals(law, n, each);
  begin();
  law.begin(a, b, 0);
  // a trial that fails is written over by the next: no branch on it
  for (let out = OUT, end = OUT + (<usize>n << 3); out < end;) out += <usize>trial(out, a, b) << 3;
  finishTaking();
}
export function fillNoncentralChiSquare(n: i32, each: bool): void { fillReals(changetype<NoncentralChiSquare>(0), n, each); }
export function fillNoncentralF(n: i32, each: bool): void { fillReals(changetype<NoncentralF>(0), n, each); }
export function fillCauchy(n: i32, each: bool): void { fillReals(changetype<Cauchy>(0), n, each); }
export function fillWald(n: i32, each: bool): void { fillReals(changetype<Wald>(0), n, each); }

/** Rows of k gamma variates over their sum; the k shapes, at most 2048, wait where first parameters do, the samples end before. */
export function fillRows(rows: i32, k: i32): void {
  const size = <usize>k << 3, shapes = OUT + PART, laws = OUT + 2 * PART, end = OUT + <usize>rows * size;
  let alike = true;
  for (let j: usize = 0; j < size; j += 8) {
    const shape = load<f64>(shapes + j);
    if (shape != load<f64>(shapes)) alike = false;
    changetype<Gamma>(laws + j * 3).begin(shape);
  }
  if (alike) {
    fillStandardGamma(rows * k, false);
  } else {
    begin();
    for (let out = OUT; out < end; out += size) {
      for (let j: usize = 0; j < size; j += 8) store<f64>(out + j, changetype<Gamma>(laws + j * 3).next());
    }
    finishTaking();
  }
  for (let out = OUT; out < end; out += size) {
    let sum: f64 = 0;
    for (let j: usize = 0; j < size; j += 8) sum += load<f64>(out + j);
    const inverse = 1 / sum;
    for (let j: usize = 0; j < size; j += 8) store<f64>(out + j, load<f64>(out + j) * inverse);
  }
}
