/** Poisson counts and mixtures of them, as NumPy has them: numpy/random/src/distributions/distributions.c. RandomState's are the same. */
import { fillCounts } from './fill';
import { figureOf, forget, toInteger } from './memo';
import { Gamma } from './gamma';
import { nextDouble } from '../raw';
import { exp } from '../math/libm/exp';
import { log } from '../math/libm/log';
import { logGamma } from '../math/factorials';

/** By products of uniforms for means below 10, else by Hörmann's PTRS, "The transformed rejection method for generating Poisson random variables", 1993. */
@unmanaged
class Poisson {
  /** e^−mean, below which a product ends; above 10 ln mean. */
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
    this.limit = log(mean);
    this.b = b;
    this.a = -0.059 + 0.02483 * b;
    this.logInverseAlpha = log(1.1239 + 1.1328 / (b - 3.4));
    this.squeeze = 0.9277 - 3.6224 / (b - 2);
  }
  next(mean: f64, _: f64, __: f64): i64 {
    const limit = this.limit;
    if (!(mean >= 10)) {
      if (mean == 0) return 0;
      let count: i64 = -1, product: f64 = 1;
      do {
        product *= nextDouble();
        count++;
      } while (product > limit);
      return count;
    }
    const a = this.a, b = this.b;
    while (true) {
      const u = nextDouble() - 0.5, v = nextDouble(), us = 0.5 - abs(u);
      const k = toInteger(floor((2 * a / us + b) * u + mean + 0.43));
      if (us >= 0.07 && v <= this.squeeze) return k;
      if (k < 0 || (us < 0.013 && v > us)) continue;
      const at = figureOf(k);
      let mass = load<f64>(at);
      if (mass != mass) store<f64>(at, mass = -mean + <f64>k * limit - logGamma(<f64>k + 1));
      if (log(v) + this.logInverseAlpha - log(a / (us * us) + b) <= mass) return k;
    }
  }
}

// @ts-ignore: decorator
@lazy const POISSON: usize = memory.data(40, 8);
export function fillPoisson(n: i32, each: bool, form: i32): void { fillCounts(changetype<Poisson>(POISSON), n, each, form); }

/** One Poisson count. */
export function poisson(mean: f64): i64 {
  const law = changetype<Poisson>(POISSON);
  law.begin(mean, 0, 0);
  return law.next(mean, 0, 0);
}

@unmanaged
class NegativeBinomial {
  // @ts-ignore: decorator
  @inline begin(n: f64, p: f64, _: f64): void { changetype<Gamma>(GAMMA).begin(n); }
  // @ts-ignore: decorator
  @inline next(n: f64, p: f64, _: f64): i64 { return poisson((1 - p) / p * changetype<Gamma>(GAMMA).next()); }
}

// @ts-ignore: decorator
@lazy const GAMMA: usize = memory.data(24, 8);
export function fillNegativeBinomial(n: i32, each: bool, form: i32): void { fillCounts(changetype<NegativeBinomial>(0), n, each, form); }
