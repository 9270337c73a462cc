/**
 * Binomial(n, p) for any n below 2^53: inversion where n·min(p, 1 − p) < 10, otherwise BTRS, transformed
 * rejection with squeeze (Hörmann, "The generation of binomial random variates", 1993). Acceptance compares with the
 * probability itself in Loader's saddle-point form ("Fast and accurate computation of binomial
 * probabilities", 2000), which loses nothing to cancellation however large n is.
 */
import { OUT } from '../memory';
import { beginTaking, finishTaking, nextDouble } from '../raw';
import { exp, log, log1p } from '../math/scalar';

/** ln √(2π) */
const HALF_LOG_TWO_PI: f64 = 0.91893853320467274178;

/** ln k! − Stirling's formula for k = 0 … 15, as in Loader's stirlerr. */
// @ts-ignore: decorator
@lazy const STIRLING: usize = memory.data<f64>([
  0.0, 0.08106146679532725821967026, 0.04134069595540929409382208, 0.02767792568499833914878929,
  0.02079067210376509311152277, 0.01664469118982119216319487, 0.01387612882307074799874573,
  0.01189670994589177009505572, 0.01041126526197209649747857, 0.009255462182712732917728637,
  0.008330563433362871256469318, 0.007573675487951840794972024, 0.006942840107209529865664152,
  0.006408994188004207068439631, 0.005951370112758847735624416, 0.005554733551962801371038690,
]);

/** ln k! − ((k + ½) ln k − k + ln √(2π)); 0 for k = 0, which `deviance` provides for. */
function stirling(k: f64): f64 {
  if (k < 16) return load<f64>(STIRLING + (<usize>k << 3));
  const z = 1 / (k * k);
  return (0.083333333333333333 - (0.0027777777777777778 - (0.00079365079365079365 - (0.00059523809523809524 - 0.00084175084175084175 * z) * z) * z) * z) / k;
}

/** x ln(x / m) + m − x, Loader's bd0: by its series where x is near m. */
function deviance(x: f64, m: f64): f64 {
  if (x == 0) return m;
  if (abs(x - m) < 0.1 * (x + m)) {
    const v = (x - m) / (x + m), z = v * v;
    let sum = (x - m) * v, term = 2 * x * v;
    for (let j: f64 = 3; ; j += 2) {
      term *= z;
      const more = sum + term / j;
      if (more == sum) return sum;
      sum = more;
    }
  }
  return x * log(x / m) + m - x;
}

/** ln P(k), up to a constant of n. */
function logProbability(k: f64, n: f64, p: f64, q: f64): f64 {
  const rest = n - k;
  const value = -stirling(k) - stirling(rest) - deviance(k, n * p) - deviance(rest, n * q);
  // Stirling's formula has √(n / (2π k (n − k))), which the ends of the range do without
  if (k == 0 || rest == 0) return value + HALF_LOG_TWO_PI;
  return value - 0.5 * (log(k) + log(rest / n));
}

/** Sequential search up from 0: P(k + 1) = P(k) · (n − k) / (k + 1) · p / q. */
function inversion(n: f64, odds: f64, none: f64): f64 {
  while (true) {
    let u = nextDouble(), mass = none;
    // P(k > 110) is below 1e-70 for a mean below 10: past it u was a rounding leftover
    for (let k: f64 = 0; k <= 110 && k <= n; k++) {
      if (u < mass) return k;
      u -= mass;
      mass *= (n - k) / (k + 1) * odds;
    }
  }
}

function btrs(n: f64, p: f64, q: f64): f64 {
  const deviation = sqrt(n * p * q);
  const b = 1.15 + 2.53 * deviation, a = -0.0873 + 0.0248 * b + 0.01 * p;
  const centre = n * p + 0.5, squeeze = 0.92 - 4.2 / b, alpha = (2.83 + 5.1 / b) * deviation;
  const mode = logProbability(floor((n + 1) * p), n, p, q);
  while (true) {
    const u = nextDouble() - 0.5, v = nextDouble(), us = 0.5 - abs(u);
    const k = floor((2 * a / us + b) * u + centre);
    if (us >= 0.07 && v <= squeeze) return k;
    if (!(k >= 0 && k <= n)) continue;
    if (v == 0 || log(v * alpha / (a / (us * us) + b)) <= logProbability(k, n, p, q) - mode) return k;
  }
}

/** `count` draws at OUT: int32 where n < 2^31, float64 beyond. */
export function fillBinomial(count: i32, n: f64, p: f64): void {
  const flip = p > 0.5;
  const less = flip ? 1 - p : p, more = flip ? p : 1 - p; // exact where it matters: 1 − p for p > ½
  const inverted = n * less < 10;
  const odds = less / more, none = inverted ? exp(n * log1p(-less)) : 0;
  const wide = n > 2147483647;
  beginTaking();
  for (let i: usize = 0; i < <usize>count; i++) {
    const k = less == 0 || n == 0 ? 0 : inverted ? inversion(n, odds, none) : btrs(n, less, more);
    const value = flip ? n - k : k;
    if (wide) store<f64>(OUT + (i << 3), value);
    else store<i32>(OUT + (i << 2), <i32>value);
  }
  finishTaking();
}
