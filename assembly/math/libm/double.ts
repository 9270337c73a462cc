/**
 * Numbers of two words, high + low, and the fused product. WebAssembly has no fma (relaxed SIMD's may round twice, or not), so where its
 * rounding decides the last bit it is made of plain operations. Dekker, "A floating-point technique for extending the
 * available precision", 1971.
 */

/** The low word that goes with the last result of `multiply` and `add`. */
export let low: f64 = 0;

/** The upper 26 bits of x: products of two such are exact. */
// @ts-ignore: decorator
@inline export function upper(x: f64): f64 { return reinterpret<f64>(reinterpret<u64>(x) & 0xfffffffff8000000); }

/** a·b − p for p = a·b rounded; the last of its own roundings is 2^-53 of it. */
// @ts-ignore: decorator
@inline export function rest(a: f64, b: f64, p: f64): f64 {
  const aHigh = upper(a), bHigh = upper(b), aLow = a - aHigh, bLow = b - bHigh;
  return aHigh * bHigh - p + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

/** a·b + c rounded as one operation, but for about one case in 2^50: for sizes whose products neither overflow nor are subnormal. */
export function fused(a: f64, b: f64, c: f64): f64 {
  const p = a * b, sum = p + c, part = sum - p;
  return sum + (p - (sum - part) + (c - part) + rest(a, b, p));
}

/** (a + aLow)·(b + bLow) to some 2^-102. */
export function multiply(a: f64, aLow: f64, b: f64, bLow: f64): f64 {
  const p = a * b, e = rest(a, b, p) + (a * bLow + aLow * b), high = p + e;
  low = e - (high - p);
  return high;
}

/** (a + aLow) + (b + bLow), to some 2^-102 of the greater. */
export function add(a: f64, aLow: f64, b: f64, bLow: f64): f64 {
  const sum = a + b, part = sum - a, e = a - (sum - part) + (b - part) + (aLow + bLow), high = sum + e;
  low = e - (high - sum);
  return high;
}
