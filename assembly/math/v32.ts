/**
 * Logarithm, sine and cosine on four float32 lanes, within 2 units in the last place over the ranges
 * Box–Muller uses. Constants stand in a table: reading one is one instruction, where a splat is several
 * and sixteen registers hold too few (measured: 20 % of Box–Muller).
 */

// @ts-ignore: decorator
@lazy const TABLE: usize = memory.data<f32>([
  // logf, see: musl/src/math/logf.c (FreeBSD's e_logf.c): ln2 and Lg1 … Lg4
  0.69313812256, 0.69313812256, 0.69313812256, 0.69313812256, // 0: ln2, high part
  9.0580006145e-6, 9.0580006145e-6, 9.0580006145e-6, 9.0580006145e-6, // 16: ln2, low part
  0.66666662693, 0.66666662693, 0.66666662693, 0.66666662693, // 32: Lg1
  0.40000972152, 0.40000972152, 0.40000972152, 0.40000972152, // 48: Lg2
  0.28498786688, 0.28498786688, 0.28498786688, 0.28498786688, // 64: Lg3
  0.24279078841, 0.24279078841, 0.24279078841, 0.24279078841, // 80: Lg4
  // sinf and cosf on [−π/4, π/4], see: Cephes single/sinf.c
  -1.6666654611e-1, -1.6666654611e-1, -1.6666654611e-1, -1.6666654611e-1, // 96: sin, θ³
  8.3321608736e-3, 8.3321608736e-3, 8.3321608736e-3, 8.3321608736e-3, // 112: θ⁵
  -1.9515295891e-4, -1.9515295891e-4, -1.9515295891e-4, -1.9515295891e-4, // 128: θ⁷
  -0.5, -0.5, -0.5, -0.5, // 144: cos, θ²
  4.166664568298827e-2, 4.166664568298827e-2, 4.166664568298827e-2, 4.166664568298827e-2, // 160: θ⁴
  -1.388731625493765e-3, -1.388731625493765e-3, -1.388731625493765e-3, -1.388731625493765e-3, // 176: θ⁶
  2.443315711809948e-5, 2.443315711809948e-5, 2.443315711809948e-5, 2.443315711809948e-5, // 192: θ⁸
  1, 1, 1, 1, // 208
  2, 2, 2, 2, // 224
], 16);

// @ts-ignore: decorator
@lazy const BITS: usize = memory.data<u32>([
  0x3f3504f3, 0x3f3504f3, 0x3f3504f3, 0x3f3504f3, // 0: √½
  0xff800000, 0xff800000, 0xff800000, 0xff800000, // 16: sign and exponent
], 16);

/** ln(x · 2^scale) for positive normal x; `scale` is added to x's exponent. */
// @ts-ignore: decorator
@inline export function log(x: v128, scale: v128): v128 {
  // x = 2^k (1 + f), 1 + f in [√½, √2)
  const above = i32x4.sub(x, v128.load(BITS));
  const k = f32x4.convert_i32x4_s(i32x4.add(i32x4.shr_s(above, 23), scale));
  const f = f32x4.sub(i32x4.sub(x, v128.and(above, v128.load(BITS, 16))), v128.load(TABLE, 208));
  // ln(1 + f) = f − s (f − R), s = f / (2 + f), R = s² (Lg1 + s² Lg2 + s⁴ (Lg3 + s² Lg4))
  const s = f32x4.div(f, f32x4.add(f, v128.load(TABLE, 224)));
  const z = f32x4.mul(s, s), w = f32x4.mul(z, z);
  const r = f32x4.mul(z, f32x4.add(
    f32x4.add(v128.load(TABLE, 32), f32x4.mul(z, v128.load(TABLE, 48))),
    f32x4.mul(w, f32x4.add(v128.load(TABLE, 64), f32x4.mul(z, v128.load(TABLE, 80)))),
  ));
  const low = f32x4.sub(f32x4.mul(k, v128.load(TABLE, 16)), f32x4.mul(s, f32x4.sub(f, r)));
  return f32x4.add(f32x4.mul(k, v128.load(TABLE)), f32x4.add(f, low));
}

/** sin θ for |θ| ≤ π/4, z = θ². */
// @ts-ignore: decorator
@inline export function sin(theta: v128, z: v128): v128 {
  let p = f32x4.add(f32x4.mul(z, v128.load(TABLE, 128)), v128.load(TABLE, 112));
  p = f32x4.add(f32x4.mul(z, p), v128.load(TABLE, 96));
  return f32x4.add(theta, f32x4.mul(theta, f32x4.mul(z, p)));
}

/** cos θ for |θ| ≤ π/4, z = θ². */
// @ts-ignore: decorator
@inline export function cos(z: v128): v128 {
  const w = f32x4.mul(z, z);
  const high = f32x4.add(v128.load(TABLE, 176), f32x4.mul(z, v128.load(TABLE, 192)));
  const low = f32x4.add(v128.load(TABLE, 208), f32x4.mul(z, v128.load(TABLE, 144)));
  return f32x4.add(low, f32x4.mul(w, f32x4.add(v128.load(TABLE, 160), f32x4.mul(z, high))));
}
