/** Distributions made of one standard exponential, as NumPy has them: numpy/random/src/distributions/distributions.c and legacy-distributions.c. */
import { OUT } from '../memory';
import { fillReals, mapReals, parameter, prepare } from './fill';
import { fillExponentials, legacy, nextExponential } from './source';
import { inverseExponential64 } from '../bulk/ziggurat';
import { expm1s, exps, pows } from '../math/libm/lanes';
import { pow } from '../math/libm/pow';

@unmanaged
class Exponential {
  // @ts-ignore: decorator
  @inline map(x: v128, scale: v128, _: v128, __: v128): v128 { return f64x2.mul(scale, x); }
}

@unmanaged
class Rayleigh {
  // @ts-ignore: decorator
  @inline map(x: v128, scale: v128, _: v128, __: v128): v128 { return f64x2.mul(scale, f64x2.sqrt(f64x2.add(x, x))); }
}

/** e^x − 1 of the output block, RandomState's without care for small x: a pass of its own, see source.ts. */
function lessen(n: i32): void {
  for (let out = OUT, end = OUT + (<usize>n << 3); out < end; out += 16) {
    const x = v128.load(out);
    v128.store(out, legacy ? f64x2.sub(exps(x), f64x2.splat(1)) : expm1s(x));
  }
}

@unmanaged
class Quotient {
  // @ts-ignore: decorator
  @inline map(x: v128, a: v128, _: v128, __: v128): v128 { return f64x2.div(x, a); }
}

@unmanaged
class Weibull {
  // @ts-ignore: decorator
  @inline map(x: v128, a: v128, _: v128, __: v128): v128 { return pows(x, f64x2.div(f64x2.splat(1), a)); }
  // @ts-ignore: decorator
  @inline begin(a: f64, _: f64, __: f64): void {}
  /** Of a = 0, the constant 0, nothing is drawn. */
  next(a: f64, _: f64, __: f64): f64 { return a == 0 ? 0 : pow(nextExponential(), 1 / a); }
}

/** x^(1/a) of 1 − e^−x. */
@unmanaged
class Power {
  // @ts-ignore: decorator
  @inline map(x: v128, a: v128, _: v128, __: v128): v128 { return pows(f64x2.neg(x), f64x2.div(f64x2.splat(1), a)); }
}

function fillLessened(n: i32): void {
  fillExponentials(n);
  for (let out = OUT, end = OUT + (<usize>n << 3); out < end; out += 16) v128.store(out, f64x2.neg(v128.load(out)));
  lessen(n);
}

export function fillStandardExponential(n: i32): void {
  prepare();
  fillExponentials(n);
}

export function fillScaledExponential(n: i32, each: bool): void { mapReals(changetype<Exponential>(0), n, each, fillExponentials); }
export function fillRayleigh(n: i32, each: bool): void { mapReals(changetype<Rayleigh>(0), n, each, legacy ? inverseExponential64 : fillExponentials); }
export function fillPareto(n: i32, each: bool): void {
  mapReals(changetype<Quotient>(0), n, each, fillExponentials);
  lessen(n);
}
export function fillPower(n: i32, each: bool): void { mapReals(changetype<Power>(0), n, each, fillLessened); }
export function fillWeibull(n: i32, each: bool): void {
  if (each || parameter(0, 0) == 0) fillReals(changetype<Weibull>(0), n, each);
  else mapReals(changetype<Weibull>(0), n, false, fillExponentials);
}
