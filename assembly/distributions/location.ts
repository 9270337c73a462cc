/** Distributions of a location and a scale by inversion, as NumPy has them: numpy/random/src/distributions/distributions.c. */
import { fillReals } from './fill';
import { nextDouble } from '../raw';
import { log } from '../math/libm/log';

@unmanaged
class Laplace {
  // @ts-ignore: decorator
  @inline begin(loc: f64, scale: f64, _: f64): void {}
  next(loc: f64, scale: f64, _: f64): f64 {
    let u: f64;
    do u = nextDouble(); while (u <= 0);
    return u >= 0.5 ? loc - scale * log(2 - u - u) : loc + scale * log(u + u);
  }
}

export function fillLaplace(n: i32, each: bool): void { fillReals(changetype<Laplace>(0), n, each); }
