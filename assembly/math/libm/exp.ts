/**
 * exp: Szabolcs Nagy's, of Arm Optimized Routines (math/exp.c, MIT), as in glibc and musl: e^x = 2^(k/128) · e^r, |r| ≤ ln2/256.
 * expm1: FreeBSD's (s_expm1.c, Sun Microsystems), the polynomial in glibc's order.
 */
import { fused, low, multiply, upper } from './double';

/** For 2^(i/128), i = 0 … 127: how much the double falls short, relatively (f64); its bits less i·2^45 (u64). */
// @ts-ignore: decorator
@lazy export const POWERS: usize = memory.data(2048, 16);

/** 2^(i/128), each from the one before, to some 2^-95. */
export function buildPowers(): void {
  let power: f64 = 1, tail: f64 = 0;
  for (let i: usize = 0; i < 128; i++) {
    store<f64>(POWERS + (i << 4), tail / power);
    store<u64>(POWERS + (i << 4), reinterpret<u64>(power) - (<u64>i << 45), 8);
    power = multiply(power, tail, 1.0054299011128027, 9.499186535455032e-17); // 2^(1/128)
    tail = low;
  }
}

/** s + s·t rounded once, for |t| ≤ 2^-7: of exp's products the one whose rounding shows. */
// @ts-ignore: decorator
@inline function grown(s: f64, t: f64): f64 {
  const sHigh = upper(s), tHigh = upper(t), p = sHigh * tHigh, sum = s + p;
  return sum + (s - sum + p + ((s - sHigh) * tHigh + s * (t - tHigh)));
}

/** The same where the result, or s whose bits these are, may be out of range: exp.c's specialcase. */
function extreme(bits: u64, t: f64, great: bool): f64 {
  if (great) return grown(reinterpret<f64>(bits - (<u64>1009 << 52)), t) * reinterpret<f64>(<u64>(1009 + 1023) << 52);
  // glibc's compiler leaves this one as two operations: it is wanted twice
  const s = reinterpret<f64>(bits + (<u64>1022 << 52)), p = s * t;
  let y = s + p;
  if (y < 1) {
    // rounded where the subnormal result ends, not twice
    const sum = 1 + y;
    y = sum + (1 - sum + y + (s - y + p)) - 1;
  }
  return y * reinterpret<f64>(<u64>1 << 52);
}

/** e^(x + tail), |tail| < 2^-15 or so; x is a number. */
export function expPair(x: f64, tail: f64): f64 {
  const size = <u32>(reinterpret<u64>(x) >>> 52) & 0x7ff;
  if (size < 0x3c9) return 1; // |x| < 2^-54
  if (size >= 0x409) return x < 0 ? 0 : Infinity; // |x| ≥ 1024
  const shifted = x * 184.6649652337873 + 6755399441055744; // 128 / ln2; 1.5 · 2^52, so k is in the low bits
  const k = reinterpret<u64>(shifted), whole = shifted - 6755399441055744;
  // −ln2/128 in two parts: the first has zeros at its end, its product is exact
  const r = x + whole * -0.005415212348111709 + whole * -1.2864023111638346e-14 + tail, r2 = r * r;
  const at = POWERS + (<usize>(k & 127) << 4), bits = load<u64>(at, 8) + (k << 45);
  const t = load<f64>(at) + r + r2 * (0.49999999999996786 + r * 0.16666666666665886) + r2 * r2 * (0.0416666808410674 + r * 0.008333335853059549);
  return size >= 0x408 ? extreme(bits, t, <i64>k << 32 >= 0) : grown(reinterpret<f64>(bits), t);
}

/** e^x. */
export function exp(x: f64): f64 { return x != x ? x : expPair(x, 0); }

/** e^x − 1. */
export function expm1(x: f64): f64 {
  const high = <u32>(reinterpret<u64>(x) >>> 32) & 0x7fffffff;
  if (high < 0x3c900000 || x != x) return x; // |x| < 2^-54
  if (high >= 0x4043687a && x < 0) return -1; // x < −56 ln2
  if (x > 709.782712893384) return Infinity;
  let k: i32 = 0, c: f64 = 0;
  if (high > 0x3fd62e42) { // |x| > ln2/2
    k = high < 0x3ff0a2b2 ? (x < 0 ? -1 : 1) : <i32>(1.44269504088896338700e+00 * x + copysign(0.5, x)); // 1.5 ln2; 1/ln2
    const h = x - k * 6.93147180369123816490e-01, l = k * 1.90821492927058770002e-10; // ln2 in two parts
    x = h - l;
    c = h - x - l;
  }
  const half = 0.5 * x, z = x * half, z2 = z * z;
  const q = 1 + z * -3.33333333333331316428e-02 + z2 * (1.58730158725481460165e-03 + z * -7.93650757867487942473e-05) +
    z2 * z2 * (4.00821782732936239552e-06 + z * -2.01099218183624371326e-07);
  // fused products where glibc's show in the result
  const t = fused(-half, q, 3);
  let e = z * ((q - t) / fused(-x, t, 6));
  if (k == 0) return x - fused(x, e, -z);
  e = fused(x, e - c, -c) - z;
  if (k == -1) return 0.5 * (x - e) - 0.5;
  if (k == 1) return x < -0.25 ? -2 * (e - (x + 0.5)) : 1 + 2 * (x - e);
  const scale = <u64>k << 52;
  if (k <= -2 || k > 56) return reinterpret<f64>(reinterpret<u64>(1 - (e - x)) + scale) - 1;
  const small = reinterpret<f64>(<u64>(1023 - k) << 52); // 2^-k
  return reinterpret<f64>(reinterpret<u64>(k < 20 ? 1 - small - (e - x) : x - (e + small) + 1) + scale);
}
