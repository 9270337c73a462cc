/**
 * Von Mises angles: Best and Fisher, "Efficient simulation of the von Mises distribution", 1979, as NumPy has it:
 * numpy/random/src/distributions/distributions.c.
 */
import { fillReals } from './fill';
import { legacy, nextNormal } from './source';
import { nextDouble } from '../raw';
import { log } from '../math/libm/log';
import { acos, cos, fmod } from '../math/libm/trig';

const PI: f64 = 3.141592653589793;

@unmanaged
class VonMises {
  s: f64;
  begin(_: f64, kappa: f64, __: f64): void {
    const r = 1 + sqrt(1 + 4 * kappa * kappa), rho = (r - sqrt(2 * r)) / (2 * kappa);
    // the second order about 0, where rho would vanish
    this.s = kappa < 1e-5 ? 1 / kappa + kappa : (1 + rho * rho) / (2 * rho);
  }
  next(mu: f64, kappa: f64, _: f64): f64 {
    if (kappa != kappa) return NaN;
    if (kappa < 1e-8) return PI * (2 * nextDouble() - 1);
    if (kappa > 1e6 && !legacy) {
      // a wrapped normal
      const x = mu + sqrt(1 / kappa) * nextNormal();
      return x < -PI ? x + 2 * PI : x > PI ? x - 2 * PI : x;
    }
    const s = this.s;
    let w: f64;
    while (true) {
      const z = cos(PI * nextDouble());
      w = (1 + s * z) / (s + z);
      const y = kappa * (s - w), v = nextDouble();
      if (y * (2 - y) - v >= 0 || log(y / v) + 1 - y >= 0) break;
    }
    const angle = acos(w), x = mu + (nextDouble() < 0.5 ? -angle : angle);
    const wrapped = fmod(abs(x) + PI, 2 * PI) - PI;
    return x < 0 ? -wrapped : wrapped;
  }
}

// @ts-ignore: decorator
@lazy const HOISTED: usize = memory.data(8, 8);
export function fillVonMises(n: i32, each: bool): void { fillReals(changetype<VonMises>(HOISTED), n, each); }
