/** Poisson counts, as NumPy has them: numpy/random/src/distributions/distributions.c. */
import { nextDouble } from '../raw';
import { exp } from '../math/libm/exp';
import { log } from '../math/libm/log';

/** Coefficients of Stirling's series. */
// @ts-ignore: decorator
@lazy const STIRLING: usize = memory.data<f64>([
  8.333333333333333e-02, -2.777777777777778e-03, 7.936507936507937e-04, -5.952380952380952e-04, 8.417508417508418e-04,
  -1.917526917526918e-03, 6.410256410256410e-03, -2.955065359477124e-02, 1.796443723688307e-01, -1.39243221690590e+00,
]);

/** ln Γ(x), by Zhang and Jin, "Computation of special functions", 1996: NumPy's random_loggam. */
export function logGamma(x: f64): f64 {
  if (x == 1 || x == 2) return 0;
  const n: i64 = x < 7 ? <i64>(<f64>7 - x) : 0;
  let y = x + <f64>n;
  const inverse2 = (1 / y) * (1 / y);
  let sum = load<f64>(STIRLING, 72);
  for (let at: usize = 72; at > 0;) {
    at -= 8;
    sum = sum * inverse2 + load<f64>(STIRLING + at);
  }
  let result = sum / y + 0.5 * 1.8378770664093453 + (y - 0.5) * log(y) - y; // ln 2π
  for (let k: i64 = 1; k <= n; k++) {
    result -= log(y - 1);
    y--;
  }
  return result;
}

/** What x86-64 makes of a double as an integer: past the range the least one. */
function toInteger(x: f64): i64 { return x >= -9223372036854775808.0 && x < 9223372036854775808.0 ? <i64>x : i64.MIN_VALUE; }

/** From λ = 10 on PTRS: Hörmann, "The transformed rejection method for generating Poisson random variables", 1993. */
function transformedRejection(lambda: f64): i64 {
  const root = sqrt(lambda), logLambda = log(lambda), b = 0.931 + 2.53 * root, a = -0.059 + 0.02483 * b;
  const logAlpha = log(1.1239 + 1.1328 / (b - 3.4)), most = 0.9277 - 3.6224 / (b - 2);
  while (true) {
    const u = nextDouble() - 0.5, v = nextDouble(), us = 0.5 - abs(u), k = toInteger(floor((2 * a / us + b) * u + lambda + 0.43));
    if (us >= 0.07 && v <= most) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (log(v) + logAlpha - log(a / (us * us) + b) <= -lambda + <f64>k * logLambda - logGamma(<f64>k + 1)) return k;
  }
}

/** The next Poisson count. */
export function poisson(lambda: f64): i64 {
  if (lambda >= 10) return transformedRejection(lambda);
  if (lambda == 0) return 0;
  const least = exp(-lambda);
  let count: i64 = 0;
  for (let product = nextDouble(); product > least; product *= nextDouble()) count++;
  return count;
}
