/**
 * What von Mises takes: cos, acos and fmod.
 *
 * cos: sums of angles from the nearest multiple of 2^-7, rounded where glibc's is; table and series come from the mathematics.
 * acos: lanes.ts.
 */
import { add, fused, low, multiply } from './double';
import { acoss } from './lanes';

/** sin and cos of i/128, i = 0 … 111, each with its low word: 32 bytes. */
// @ts-ignore: decorator
@lazy export const TURNS: usize = memory.data(3584, 16);

/** 1.5 · 2^45: added, it leaves the nearest i/128, i in its low bits. */
const NEAREST: f64 = 52776558133248;

/** Each angle from the one before, to some 2^-95. */
export function buildTurns(): void {
  const s1 = 0.0078124205273828315, s1Low = -4.102755709382617e-19, c1 = 0.9999694825770951, c1Low = 5.427791428371788e-17; // of 1/128
  let s: f64 = 0, sLow: f64 = 0, c: f64 = 1, cLow: f64 = 0;
  for (let at = TURNS; at < TURNS + 3584; at += 32) {
    store<f64>(at, s);
    store<f64>(at, sLow, 8);
    store<f64>(at, c, 16);
    store<f64>(at, cLow, 24);
    const a = multiply(s, sLow, c1, c1Low), aLow = low, b = multiply(c, cLow, s1, s1Low), bLow = low;
    const d = multiply(c, cLow, c1, c1Low), dLow = low, e = multiply(s, sLow, s1, s1Low), eLow = low;
    s = add(a, aLow, b, bLow);
    sLow = low;
    c = add(d, dLow, -e, -eLow);
    cLow = low;
  }
}

/** cos(x + tail) for 0 ≤ x < 0.87. */
function cosine(x: f64, tail: f64): f64 {
  const near = NEAREST + x, at = TURNS + (<usize>reinterpret<u64>(near) & 127) * 32;
  const s = load<f64>(at), c = load<f64>(at, 16), r = x - (near - NEAREST) + tail, r2 = r * r;
  const turn = r + r * r2 * (-1.0 / 6 + r2 / 120), less = r2 * (0.5 + r2 * (-1.0 / 24 + r2 / 720)); // sin r, 1 − cos r
  return c + fused(-s, turn, load<f64>(at, 24) - turn * load<f64>(at, 8) - c * less);
}

/** sin(x + tail) for |x| < 0.87. */
function sine(x: f64, tail: f64): f64 {
  if (abs(x) < 0.126) {
    const x2 = x * x, p = -1.0 / 6 + x2 * (1.0 / 120 + x2 * (-1.0 / 5040 + x2 * (1.0 / 362880 - x2 / 39916800)));
    return x + fused(p * x - 0.5 * tail, x2, tail);
  }
  const near = NEAREST + abs(x), at = TURNS + (<usize>reinterpret<u64>(near) & 127) * 32;
  if (x < 0) tail = -tail;
  const s = load<f64>(at), c = load<f64>(at, 16), r = abs(x) - (near - NEAREST), r2 = r * r;
  const turn = r + (tail + r * r2 * (-1.0 / 6 + r2 / 120)), less = r * tail + r2 * (0.5 + r2 * (-1.0 / 24 + r2 / 720));
  return copysign(s + fused(c, turn, load<f64>(at, 8) + turn * load<f64>(at, 24) - s * less), x);
}

/** cos x for |x| ≤ 4, NaN beyond: samplers take it of π times a uniform number. */
export function cos(x: f64): f64 {
  x = abs(x);
  if (x < 0.855469) return cosine(x, 0);
  if (!(x <= 4)) return NaN;
  const half: f64 = 1.5707963267948966, halfLow: f64 = 6.123233995736766e-17; // π/2
  if (x < 2.426265) {
    const y = half - x, z = y + halfLow;
    return sine(z, y - z + halfLow);
  }
  const y = x - 2 * half, z = y - 2 * halfLow, tail = y - z - 2 * halfLow;
  return -cosine(abs(z), z < 0 ? -tail : tail);
}

/** arccos x. */
export function acos(x: f64): f64 { return f64x2.extract_lane(acoss(f64x2.splat(x)), 0); }

/** x mod y with the sign of x, exactly, for positive normal y: C's fmod. */
export function fmod(x: f64, y: f64): f64 {
  let left = abs(x);
  if (!(left < Infinity)) return NaN;
  while (left >= y) {
    // y times the greatest power of 2 that fits: the difference is exact
    const part = reinterpret<f64>(reinterpret<u64>(y) & 0xfffffffffffff | reinterpret<u64>(left) & 0x7ff0000000000000);
    left -= part > left ? 0.5 * part : part;
  }
  return copysign(left, x);
}
