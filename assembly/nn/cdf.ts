/**
 * The normal distribution function in both tails, for the parameters of a truncated fill: within about 1e-15 of the true value in relative
 * terms, however far out.
 */
import { exp } from '../math/scalar';

/** Past this the chance is below 1e-299, and nothing beside a centre. */
const MOST: f64 = 37;

/** Below this the series, above it the continued fraction: from here on 1/2 less the one does not lose to cancellation. */
const NEAR: f64 = 1;

/** φ(x). The square is taken in two parts, as its rounding would grow to x² / 2 units in the last place of the result. */
function density(x: f64): f64 {
  const head = nearest(x * 65536) * 1.52587890625e-05; // 2^-16: its square is exact
  return 3.98942280401432677940e-01 * exp(-0.5 * head * head) * exp(-0.5 * (x - head) * (x + head)); // 1 / √(2π)
}

/** Φ(x) − ½ for |x| < NEAR: φ(x) (x + x³/3 + x⁵/(3 · 5) + …), see: Abramowitz and Stegun, 26.2.11. */
function series(x: f64): f64 {
  const square = x * x;
  let sum = x, term = x, last: f64 = 0;
  for (let j: f64 = 3; sum != last; j += 2) {
    last = sum;
    term *= square / j;
    sum += term;
  }
  return density(x) * sum;
}

/** 1 − Φ(x) for x ≥ NEAR: φ(x) / (x + 1 / (x + 2 / (x + 3 / (x + …)))), see: Abramowitz and Stegun, 26.2.14. */
function tail(x: f64): f64 {
  if (!(x < MOST)) return 0;
  // the terms that 3e-17 takes, found by trial; the rest of the fraction is near the root of f = x + j / f
  let j = floor(12 + 300 / (x * x)), fraction = 0.5 * (x + sqrt(x * x + 4 * j));
  for (; j > 0; j--) fraction = x + j / fraction;
  return density(x) / fraction;
}

/** What the functions below share, the costly part of each: of |x|, Φ − ½ below NEAR, 1 − Φ from there on. */
export function share(x: f64): f64 {
  const size = abs(x);
  return size < NEAR ? series(size) : tail(size);
}

/** Φ(x) − ½ from x's share, odd to the bit. */
export function centre(x: f64, part: f64): f64 {
  return copysign(abs(x) < NEAR ? part : 0.5 - part, x);
}

/** 1 − Φ(x) from x's share. */
export function upper(x: f64, part: f64): f64 {
  return x >= NEAR ? part : 0.5 - centre(x, part);
}

/** Φ(β) − Φ(α) from their shares, without cancellation where both are on one side. */
export function between(alpha: f64, a: f64, beta: f64, b: f64): f64 {
  if (alpha >= NEAR) return a - upper(beta, b);
  if (beta <= -NEAR) return b - upper(-alpha, a);
  return centre(beta, b) - centre(alpha, a);
}
