/** Distributions made of one standard exponential, as NumPy has them: numpy/random/src/distributions/distributions.c and legacy-distributions.c. */
import { fillReals, firstParameter, mapReals, prepare } from './fill';
import { fillExponentials, legacy, nextExponential } from './source';
import { inverseExponential64 } from '../bulk/ziggurat';
import { exp, expm1 } from '../math/libm/exp';
import { pow } from '../math/libm/pow';

@unmanaged
class Exponential {
  // @ts-ignore: decorator
  @inline begin(scale: f64, _: f64, __: f64): void {}
  // @ts-ignore: decorator
  @inline map(x: f64, scale: f64, _: f64, __: f64): f64 { return scale * x; }
}

@unmanaged
class Rayleigh {
  // @ts-ignore: decorator
  @inline begin(scale: f64, _: f64, __: f64): void {}
  // @ts-ignore: decorator
  @inline map(x: f64, scale: f64, _: f64, __: f64): f64 { return scale * sqrt(2 * x); }
}

@unmanaged
class Pareto {
  // @ts-ignore: decorator
  @inline begin(a: f64, _: f64, __: f64): void {}
  // @ts-ignore: decorator
  @inline map(x: f64, a: f64, _: f64, __: f64): f64 { return legacy ? exp(x / a) - 1 : expm1(x / a); }
}

@unmanaged
class Weibull {
  inverse: f64;
  // @ts-ignore: decorator
  @inline begin(a: f64, _: f64, __: f64): void { this.inverse = 1 / a; }
  // @ts-ignore: decorator
  @inline map(x: f64, a: f64, _: f64, __: f64): f64 { return pow(x, this.inverse); }
  /** Of a = 0, the constant 0, nothing is drawn. */
  next(a: f64, _: f64, __: f64): f64 { return a == 0 ? 0 : this.map(nextExponential(), a, _, __); }
}

@unmanaged
class Power {
  inverse: f64;
  // @ts-ignore: decorator
  @inline begin(a: f64, _: f64, __: f64): void { this.inverse = 1 / a; }
  // @ts-ignore: decorator
  @inline map(x: f64, a: f64, _: f64, __: f64): f64 { return pow(legacy ? 1 - exp(-x) : -expm1(-x), this.inverse); }
}

// @ts-ignore: decorator
@lazy const HOISTED: usize = memory.data(8, 8);
export function fillScaledExponential(n: i32, each: bool): void { mapReals(changetype<Exponential>(0), n, each, fillExponentials); }
export function fillRayleigh(n: i32, each: bool): void { mapReals(changetype<Rayleigh>(0), n, each, legacy ? inverseExponential64 : fillExponentials); }
export function fillPareto(n: i32, each: bool): void { mapReals(changetype<Pareto>(0), n, each, fillExponentials); }
export function fillWeibull(n: i32, each: bool): void {
  const law = changetype<Weibull>(HOISTED);
  if (each || firstParameter() == 0) fillReals(law, n, each);
  else mapReals(law, n, false, fillExponentials);
}
export function fillPower(n: i32, each: bool): void { mapReals(changetype<Power>(HOISTED), n, each, fillExponentials); }

export function fillStandardExponential(n: i32): void {
  prepare();
  fillExponentials(n);
}
