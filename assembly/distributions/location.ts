/** Distributions of a location and a scale, made of one standard draw, as NumPy has them: numpy/random/src/distributions/distributions.c. */
import { mapReals, prepare } from './fill';
import { fillNormals, fillPositives } from './source';
import { fillUniform64 } from '../bulk/uniform';
import { log } from '../math/libm/log';
import { exp } from '../math/libm/exp';

/** loc + scale · x */
@unmanaged
class Located {
  // @ts-ignore: decorator
  @inline begin(loc: f64, scale: f64, _: f64): void {}
  // @ts-ignore: decorator
  @inline map(x: f64, loc: f64, scale: f64, _: f64): f64 { return loc + scale * x; }
}

export function fillLocatedNormal(n: i32, each: bool): void { mapReals(changetype<Located>(0), n, each, fillNormals); }

@unmanaged
class Lognormal {
  // @ts-ignore: decorator
  @inline begin(mean: f64, sigma: f64, _: f64): void {}
  // @ts-ignore: decorator
  @inline map(x: f64, mean: f64, sigma: f64, _: f64): f64 { return exp(mean + sigma * x); }
}

export function fillLognormal(n: i32, each: bool): void { mapReals(changetype<Lognormal>(0), n, each, fillNormals); }

@unmanaged
class Laplace {
  // @ts-ignore: decorator
  @inline begin(loc: f64, scale: f64, _: f64): void {}
  // @ts-ignore: decorator
  @inline map(u: f64, loc: f64, scale: f64, _: f64): f64 {
    const upper = u >= 0.5, x = scale * log(upper ? 2 - u - u : u + u);
    return loc + (upper ? -x : x);
  }
}

export function fillLaplace(n: i32, each: bool): void { mapReals(changetype<Laplace>(0), n, each, fillPositives); }

@unmanaged
class Gumbel {
  // @ts-ignore: decorator
  @inline begin(loc: f64, scale: f64, _: f64): void {}
  // @ts-ignore: decorator
  @inline map(u: f64, loc: f64, scale: f64, _: f64): f64 { return loc - scale * log(-log(1 - u)); }
}

export function fillGumbel(n: i32, each: bool): void { mapReals(changetype<Gumbel>(0), n, each, fillPositives); }

@unmanaged
class Logistic {
  // @ts-ignore: decorator
  @inline begin(loc: f64, scale: f64, _: f64): void {}
  // @ts-ignore: decorator
  @inline map(u: f64, loc: f64, scale: f64, _: f64): f64 { return loc + scale * log(u / (1 - u)); }
}

export function fillLogistic(n: i32, each: bool): void { mapReals(changetype<Logistic>(0), n, each, fillPositives); }

/** low + (high − low) · u */
@unmanaged
class Uniform {
  range: f64;
  // @ts-ignore: decorator
  @inline begin(low: f64, high: f64, _: f64): void { this.range = high - low; }
  // @ts-ignore: decorator
  @inline map(u: f64, low: f64, high: f64, _: f64): f64 { return low + this.range * u; }
}

@unmanaged
class Triangular {
  /** Where the mode is between left and right, and the products under the roots. */
  ratio: f64;
  left: f64;
  right: f64;
  // @ts-ignore: decorator
  @inline begin(left: f64, mode: f64, right: f64): void {
    const base = right - left, before = mode - left;
    this.ratio = before / base;
    this.left = before * base;
    this.right = (right - mode) * base;
  }
  // @ts-ignore: decorator
  @inline map(u: f64, left: f64, mode: f64, right: f64): f64 {
    return u <= this.ratio ? left + sqrt(u * this.left) : right - sqrt((1 - u) * this.right);
  }
}

// @ts-ignore: decorator
@lazy const HOISTED: usize = memory.data(24, 8);
export function fillBetween(n: i32, each: bool): void { mapReals(changetype<Uniform>(HOISTED), n, each, fillUniform64); }
export function fillTriangular(n: i32, each: bool): void { mapReals(changetype<Triangular>(HOISTED), n, each, fillUniform64); }

export function fillStandardNormal(n: i32): void {
  prepare();
  fillNormals(n);
}
