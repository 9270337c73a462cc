/** Gamma and its relatives, as NumPy has them: numpy/random/src/distributions/distributions.c. */
import { nextExponential, nextNormal } from './source';
import { nextDouble } from '../raw';
import { log } from '../math/libm/log';
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
        x = nextNormal();
        v = 1 + c * x;
      } while (v <= 0);
      v = v * v * v;
      const u = nextDouble();
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
