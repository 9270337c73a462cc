/** Gamma and its relatives, as NumPy has them: numpy/random/src/distributions/distributions.c. */
import { fillReals } from './fill';
import { poisson } from './poisson';
import { legacy, nextExponential, nextNormal, takeNormal } from './source';
import { nextDouble, takeDouble } from '../raw';
import { exp } from '../math/libm/exp';
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
        const u = nextDouble(), v = nextExponential();
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

/** Jöhnk's method ("Erzeugung von betaverteilten und gammaverteilten Zufallszahlen", 1964) where neither parameter is above 1, else by two gammas. */
@unmanaged
class Beta {
  begin(a: f64, b: f64, _: f64): void {
    first().begin(a);
    second().begin(b);
  }
  next(a: f64, b: f64, _: f64): f64 {
    if (!(a <= 1 && b <= 1)) {
      const x = first().next();
      return x / (x + second().next());
    }
    if (!legacy && a < TINY && b < TINY) return (a + b) * nextDouble() < a ? 1 : 0;
    while (true) {
      const u = nextDouble(), v = nextDouble(), x = pow(u, 1 / a), y = pow(v, 1 / b), sum = x + y;
      if (!(sum <= 1)) continue;
      if (legacy) {
        if (sum > 0) return x / sum;
        const logX = log(u) / a, logY = log(v) / b, most = logX > logY ? logX : logY;
        return exp(logX - most - log(exp(logX - most) + exp(logY - most)));
      }
      if (!(u + v > 0)) continue;
      if (x > 0 && y > 0) return x / sum;
      // one has come to nothing: by logarithms
      const d = log(u) / a - log(v) / b;
      return exp(d > 0 ? -log1p(exp(-d)) : d - log1p(exp(d)));
    }
  }
}

/** A noncentral chi-square variate; `first` has begun of what `centre` says. */
function noncentral(df: f64, nonc: f64): f64 {
  if (nonc != nonc && !legacy) return NaN;
  if (nonc == 0) return 2 * first().next();
  if (df > 1) {
    const x = 2 * first().next(), y = nextNormal() + sqrt(nonc);
    return x + y * y;
  }
  const more = poisson(nonc / 2), x = 2 * standardGamma((df + <f64>(more << 1)) / 2);
  return nonc != nonc ? NaN : x;
}

// @ts-ignore: decorator
@inline function centre(df: f64, nonc: f64): f64 { return (nonc == 0 ? df : df - 1) / 2; }

@unmanaged
class NoncentralChiSquare {
  // @ts-ignore: decorator
  @inline begin(df: f64, nonc: f64, _: f64): void { first().begin(centre(df, nonc)); }
  // @ts-ignore: decorator
  @inline next(df: f64, nonc: f64, _: f64): f64 { return noncentral(df, nonc); }
}

@unmanaged
class NoncentralF {
  // @ts-ignore: decorator
  @inline begin(numerator: f64, denominator: f64, nonc: f64): void {
    first().begin(centre(numerator, nonc));
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

export function fillStandardGamma(n: i32, each: bool): void { fillReals(changetype<Standard>(0), n, each); }
export function fillGamma(n: i32, each: bool): void { fillReals(changetype<Scaled>(0), n, each); }
export function fillChiSquare(n: i32, each: bool): void { fillReals(changetype<ChiSquare>(0), n, each); }
export function fillF(n: i32, each: bool): void { fillReals(changetype<F>(0), n, each); }
export function fillStudentT(n: i32, each: bool): void { fillReals(changetype<StudentT>(0), n, each); }
export function fillBeta(n: i32, each: bool): void { fillReals(changetype<Beta>(0), n, each); }
export function fillNoncentralChiSquare(n: i32, each: bool): void { fillReals(changetype<NoncentralChiSquare>(0), n, each); }
export function fillNoncentralF(n: i32, each: bool): void { fillReals(changetype<NoncentralF>(0), n, each); }
export function fillCauchy(n: i32, each: bool): void { fillReals(changetype<Cauchy>(0), n, each); }
export function fillWald(n: i32, each: bool): void { fillReals(changetype<Wald>(0), n, each); }
