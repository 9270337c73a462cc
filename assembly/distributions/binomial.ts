/**
 * Binomial(n, p) for any n below 2^53, over PCG32DXSM and PCG32: inversion where n·min(p, 1 − p) < 10, otherwise BTRS, transformed
 * rejection with squeeze (Hörmann, "The generation of binomial random variates", 1993). Acceptance compares with the
 * probability itself in Loader's saddle-point form ("Fast and accurate computation of binomial
 * probabilities", 2000), which loses nothing to cancellation however large n is.
 */
import { fillCounts } from './fill';
import { nextDouble } from '../raw';
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

/** The law: what the sampler works out once from n and p. */
@unmanaged
class Exact {
  n: f64;
  /** The smaller of p and 1 − p, and the other: exact where it matters, as 1 − p is for p > ½. */
  less: f64;
  more: f64;
  flip: bool;
  inverted: bool;
  /** For inversion: less / more, and the chance of none. */
  odds: f64;
  none: f64;
  /** For BTRS. */
  a: f64;
  b: f64;
  centre: f64;
  squeeze: f64;
  alpha: f64;
  mode: f64;

  begin(trials: f64, p: f64, _: f64): void {
    const n = <f64>reinterpret<i64>(trials), flip = p > 0.5, less = flip ? 1 - p : p, more = flip ? p : 1 - p, inverted = n * less < 10;
    this.n = n;
    this.less = less;
    this.more = more;
    this.flip = flip;
    this.inverted = inverted;
    if (inverted) {
      this.odds = less / more;
      this.none = exp(n * log1p(-less));
      return;
    }
    const deviation = sqrt(n * less * more), b = 1.15 + 2.53 * deviation;
    this.a = -0.0873 + 0.0248 * b + 0.01 * less;
    this.b = b;
    this.centre = n * less + 0.5;
    this.squeeze = 0.92 - 4.2 / b;
    this.alpha = (2.83 + 5.1 / b) * deviation;
    this.mode = logProbability(floor((n + 1) * less), n, less, more);
  }

  next(trials: f64, p: f64, _: f64): i64 {
    const n = this.n, k = this.less == 0 || n == 0 ? 0 : this.inverted ? inversion(n, this.odds, this.none) : this.btrs(n);
    return <i64>(this.flip ? n - k : k);
  }

  btrs(n: f64): f64 {
    const a = this.a, b = this.b;
    while (true) {
      const u = nextDouble() - 0.5, v = nextDouble(), us = 0.5 - abs(u);
      const k = floor((2 * a / us + b) * u + this.centre);
      if (us >= 0.07 && v <= this.squeeze) return k;
      if (!(k >= 0 && k <= n)) continue;
      if (v == 0 || log(v * this.alpha / (a / (us * us) + b)) <= logProbability(k, n, this.less, this.more) - this.mode) return k;
    }
  }
}

// @ts-ignore: decorator
@lazy const EXACT: usize = memory.data(96, 8);
export function fillExactBinomial(n: i32, each: bool, form: i32): void { fillCounts(changetype<Exact>(EXACT), n, each, form); }
