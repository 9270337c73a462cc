/**
 * Logarithm, sine and cosine on two float64 lanes, within 2 units in the last place over the ranges
 * Box–Muller uses. The table: see v32.ts.
 */

// @ts-ignore: decorator
@lazy const TABLE: usize = memory.data<f64>([
  // log, see: musl's former src/math/log.c (FreeBSD's e_log.c)
  6.93147180369123816490e-01, 6.93147180369123816490e-01, // 0: ln2, high part
  1.90821492927058770002e-10, 1.90821492927058770002e-10, // 16: ln2, low part
  6.666666666666735130e-01, 6.666666666666735130e-01, // 32: Lg1
  3.999999999940941908e-01, 3.999999999940941908e-01, // 48: Lg2
  2.857142874366239149e-01, 2.857142874366239149e-01, // 64: Lg3
  2.222219843214978396e-01, 2.222219843214978396e-01, // 80: Lg4
  1.818357216161805012e-01, 1.818357216161805012e-01, // 96: Lg5
  1.531383769920937332e-01, 1.531383769920937332e-01, // 112: Lg6
  1.479819860511658591e-01, 1.479819860511658591e-01, // 128: Lg7
  // sin on [−π/4, π/4], see: musl/src/math/__sin.c (FreeBSD's k_sin.c)
  -1.66666666666666324348e-01, -1.66666666666666324348e-01, // 144: S1
  8.33333333332248946124e-03, 8.33333333332248946124e-03, // 160: S2
  -1.98412698298579493134e-04, -1.98412698298579493134e-04, // 176: S3
  2.75573137070700676789e-06, 2.75573137070700676789e-06, // 192: S4
  -2.50507602534068634195e-08, -2.50507602534068634195e-08, // 208: S5
  1.58969099521155010221e-10, 1.58969099521155010221e-10, // 224: S6
  // cos, see: musl/src/math/__cos.c (FreeBSD's k_cos.c)
  4.16666666666666019037e-02, 4.16666666666666019037e-02, // 240: C1
  -1.38888888888741095749e-03, -1.38888888888741095749e-03, // 256: C2
  2.48015872894767294178e-05, 2.48015872894767294178e-05, // 272: C3
  -2.75573143513906633035e-07, -2.75573143513906633035e-07, // 288: C4
  2.08757232129817482790e-09, 2.08757232129817482790e-09, // 304: C5
  -1.13596475577881948265e-11, -1.13596475577881948265e-11, // 320: C6
  1, 1, // 336
  2, 2, // 352
  -0.5, -0.5, // 368
  4503599627371519, 4503599627371519, // 384: 2^52 + 1023
], 16);

// @ts-ignore: decorator
@lazy const BITS: usize = memory.data<u64>([
  0x0009_5f62_0000_0000, 0x0009_5f62_0000_0000, // 0: 1 − √½ as bits, 0x3ff00000 − 0x3fe6a09e above
  0x000f_ffff_ffff_ffff, 0x000f_ffff_ffff_ffff, // 16: the fraction
  0x3fe6_a09e_0000_0000, 0x3fe6_a09e_0000_0000, // 32: √½
  0x4330_0000_0000_0000, 0x4330_0000_0000_0000, // 48: 2^52
], 16);

/** ln x for positive normal x. */
// @ts-ignore: decorator
@inline export function log(x: v128): v128 {
  // x = 2^k (1 + f), 1 + f in [√½, √2); k + 1023 becomes a double by 2^52's bits, as SIMD has no conversion
  const above = i64x2.add(x, v128.load(BITS));
  const k = f64x2.sub(v128.or(i64x2.shr_u(above, 52), v128.load(BITS, 48)), v128.load(TABLE, 384));
  const f = f64x2.sub(i64x2.add(v128.and(above, v128.load(BITS, 16)), v128.load(BITS, 32)), v128.load(TABLE, 336));
  // ln(1 + f) = f − s (f − R), s = f / (2 + f), R = Σ Lg_i s^2i
  const s = f64x2.div(f, f64x2.add(f, v128.load(TABLE, 352)));
  const z = f64x2.mul(s, s), w = f64x2.mul(z, z);
  // Estrin's scheme: shorter chains than Horner's (measured: 10 %)
  const r12 = f64x2.add(v128.load(TABLE, 32), f64x2.mul(z, v128.load(TABLE, 48)));
  const r34 = f64x2.add(v128.load(TABLE, 64), f64x2.mul(z, v128.load(TABLE, 80)));
  const r56 = f64x2.add(v128.load(TABLE, 96), f64x2.mul(z, v128.load(TABLE, 112)));
  const r567 = f64x2.add(r56, f64x2.mul(w, v128.load(TABLE, 128)));
  const r = f64x2.mul(z, f64x2.add(f64x2.add(r12, f64x2.mul(w, r34)), f64x2.mul(f64x2.mul(w, w), r567)));
  const low = f64x2.sub(f64x2.mul(k, v128.load(TABLE, 16)), f64x2.mul(s, f64x2.sub(f, r)));
  return f64x2.add(f64x2.mul(k, v128.load(TABLE)), f64x2.add(f, low));
}

/** sin θ for |θ| ≤ π/4, z = θ². */
// @ts-ignore: decorator
@inline export function sin(theta: v128, z: v128): v128 {
  const w = f64x2.mul(z, z);
  const p12 = f64x2.add(v128.load(TABLE, 144), f64x2.mul(z, v128.load(TABLE, 160)));
  const p34 = f64x2.add(v128.load(TABLE, 176), f64x2.mul(z, v128.load(TABLE, 192)));
  const p56 = f64x2.add(v128.load(TABLE, 208), f64x2.mul(z, v128.load(TABLE, 224)));
  const p = f64x2.add(f64x2.add(p12, f64x2.mul(w, p34)), f64x2.mul(f64x2.mul(w, w), p56));
  return f64x2.add(theta, f64x2.mul(theta, f64x2.mul(z, p)));
}

/** cos θ for |θ| ≤ π/4, z = θ². */
// @ts-ignore: decorator
@inline export function cos(z: v128): v128 {
  const w = f64x2.mul(z, z);
  const p12 = f64x2.add(v128.load(TABLE, 240), f64x2.mul(z, v128.load(TABLE, 256)));
  const p34 = f64x2.add(v128.load(TABLE, 272), f64x2.mul(z, v128.load(TABLE, 288)));
  const p56 = f64x2.add(v128.load(TABLE, 304), f64x2.mul(z, v128.load(TABLE, 320)));
  const p = f64x2.add(f64x2.add(p12, f64x2.mul(w, p34)), f64x2.mul(f64x2.mul(w, w), p56));
  const low = f64x2.add(v128.load(TABLE, 336), f64x2.mul(z, v128.load(TABLE, 368)));
  return f64x2.add(low, f64x2.mul(w, p));
}
