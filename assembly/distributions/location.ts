/** Distributions of a location and a scale, made of one standard draw, as NumPy has them: numpy/random/src/distributions/distributions.c. */
import { mapReals, prepare } from './fill';
import { fillInverted, fillNormals, fillPositives } from './source';
import { fillUniform64 } from '../bulk/uniform';
import { exps, logs } from '../math/libm/lanes';

/** loc + scale · x */
// @ts-ignore: decorator
@inline function moved(x: v128, loc: v128, scale: v128): v128 { return f64x2.add(loc, f64x2.mul(scale, x)); }

@unmanaged
class Located {
  // @ts-ignore: decorator
  @inline map(x: v128, loc: v128, scale: v128, _: v128): v128 { return moved(x, loc, scale); }
}

@unmanaged
class Lognormal {
  // @ts-ignore: decorator
  @inline map(x: v128, mean: v128, sigma: v128, _: v128): v128 { return exps(moved(x, mean, sigma)); }
}

@unmanaged
class Laplace {
  // @ts-ignore: decorator
  @inline map(u: v128, loc: v128, scale: v128, _: v128): v128 {
    const upper = f64x2.ge(u, f64x2.splat(0.5)), low = f64x2.add(u, u);
    const x = f64x2.mul(scale, logs(v128.bitselect(f64x2.sub(f64x2.sub(f64x2.splat(2), u), u), low, upper)));
    return f64x2.add(loc, v128.bitselect(f64x2.neg(x), x, upper));
  }
}

@unmanaged
class Gumbel {
  // @ts-ignore: decorator
  @inline map(x: v128, loc: v128, scale: v128, _: v128): v128 { return f64x2.sub(loc, f64x2.mul(scale, logs(x))); }
}

@unmanaged
class Logistic {
  // @ts-ignore: decorator
  @inline map(u: v128, loc: v128, scale: v128, _: v128): v128 { return moved(logs(f64x2.div(u, f64x2.sub(f64x2.splat(1), u))), loc, scale); }
}

/** low + (high − low) · u */
@unmanaged
class Between {
  // @ts-ignore: decorator
  @inline map(u: v128, low: v128, high: v128, _: v128): v128 { return moved(u, low, f64x2.sub(high, low)); }
}

@unmanaged
class Triangular {
  // @ts-ignore: decorator
  @inline map(u: v128, left: v128, mode: v128, right: v128): v128 {
    const base = f64x2.sub(right, left), before = f64x2.sub(mode, left);
    const up = f64x2.add(left, f64x2.sqrt(f64x2.mul(u, f64x2.mul(before, base))));
    const down = f64x2.sub(right, f64x2.sqrt(f64x2.mul(f64x2.sub(f64x2.splat(1), u), f64x2.mul(f64x2.sub(right, mode), base))));
    return v128.bitselect(up, down, f64x2.le(u, f64x2.div(before, base)));
  }
}

export function fillStandardNormal(n: i32): void {
  prepare();
  fillNormals(n);
}

export function fillLocatedNormal(n: i32, each: bool): void { mapReals(changetype<Located>(0), n, each, fillNormals); }
export function fillLognormal(n: i32, each: bool): void { mapReals(changetype<Lognormal>(0), n, each, fillNormals); }
export function fillLaplace(n: i32, each: bool): void { mapReals(changetype<Laplace>(0), n, each, fillPositives); }
export function fillGumbel(n: i32, each: bool): void { mapReals(changetype<Gumbel>(0), n, each, fillInverted); }
export function fillLogistic(n: i32, each: bool): void { mapReals(changetype<Logistic>(0), n, each, fillPositives); }
export function fillBetween(n: i32, each: bool): void { mapReals(changetype<Between>(0), n, each, fillUniform64); }
export function fillTriangular(n: i32, each: bool): void { mapReals(changetype<Triangular>(0), n, each, fillUniform64); }
