/**
 * Logarithm, sine and cosine over blocks of float32, four lanes at a time, within 2 units in the last place over the
 * ranges Box–Muller uses. Short loops and sources: see v64.ts.
 */
import { BLOCK } from './v64';

export { BLOCK };

// @ts-ignore: decorator
@lazy const EXPONENTS: usize = memory.data(1024, 16);
// @ts-ignore: decorator
@lazy const FRACTIONS: usize = memory.data(1024, 16);
// @ts-ignore: decorator
@lazy const QUOTIENTS: usize = memory.data(1024, 16);

// @ts-ignore: decorator
@lazy const TABLE: usize = memory.data<f32>([
  1, // 0
  0.69313812256, // 4: ln2, high part
  9.0580006145e-6, // 8: ln2, low part
  0.66666662693, // 12: log: Lg1
  0.40000972152, // 16: Lg2
  0.28498786688, // 20: Lg3
  0.24279078841, // 24: Lg4
  -1.6666654611e-1, // 28: sin: θ³
  8.3321608736e-3, // 32: θ⁵
  -1.9515295891e-4, // 36: θ⁷
  -0.5, // 40: cos: θ²
  4.166664568298827e-2, // 44: θ⁴
  -1.388731625493765e-3, // 48: θ⁶
  2.443315711809948e-5, // 52: θ⁸
], 16);
// @ts-ignore: decorator
@lazy const BITS: usize = memory.data<u32>([
  0x3f3504f3, // 0: √½
  0xff800000, // 4: sign and exponent
], 16);

/** to[i] = ln(x · 2^scale) for positive normal x; `scale` is added to x's exponent. See: musl/src/math/logf.c (FreeBSD's e_logf.c). */
export function log<S>(source: S, from: usize, to: usize, vectors: i32, scale: i32): void {
  const size = <usize>vectors << 4;
  const one = v128.load32_splat(TABLE, 0), root = v128.load32_splat(BITS, 0), exponent = v128.load32_splat(BITS, 4), offset = i32x4.splat(scale);
  for (let i: usize = 0; i < size; i += 16) {
    // x = 2^k m with m in [√½, √2)
    const x = source.load(from);
    const above = i32x4.sub(x, root);
    v128.store(EXPONENTS + i, f32x4.convert_i32x4_s(i32x4.add(i32x4.shr_s(above, 23), offset)));
    const m = i32x4.sub(x, v128.and(above, exponent));
    const f = f32x4.sub(m, one);
    v128.store(FRACTIONS + i, f);
    v128.store(QUOTIENTS + i, f32x4.div(f, f32x4.add(m, one)));
    from += source.step;
  }
  const high = v128.load32_splat(TABLE, 4), low = v128.load32_splat(TABLE, 8); // ln2
  const g1 = v128.load32_splat(TABLE, 12), g2 = v128.load32_splat(TABLE, 16), g3 = v128.load32_splat(TABLE, 20), g4 = v128.load32_splat(TABLE, 24);
  for (let i: usize = 0; i < size; i += 16) {
    // ln m = f − s (f − R), s = f / (2 + f), R = Σ g_j s^2j
    const k = v128.load(EXPONENTS + i), f = v128.load(FRACTIONS + i), s = v128.load(QUOTIENTS + i);
    const z = f32x4.mul(s, s), w = f32x4.mul(z, z);
    const r12 = f32x4.add(g1, f32x4.mul(z, g2)), r34 = f32x4.add(g3, f32x4.mul(z, g4));
    const r = f32x4.mul(z, f32x4.add(r12, f32x4.mul(w, r34)));
    const rest = f32x4.sub(f32x4.mul(k, low), f32x4.mul(s, f32x4.sub(f, r)));
    v128.store(to + i, f32x4.add(f32x4.mul(k, high), f32x4.add(f, rest)));
  }
}

/** sines[i] = sin θ and cosines[i] = cos θ for |θ| ≤ π/4. See: Cephes, single/sinf.c. */
export function sinCos<S>(source: S, from: usize, sines: usize, cosines: usize, vectors: i32): void {
  const size = <usize>vectors << 4;
  const s1 = v128.load32_splat(TABLE, 28), s2 = v128.load32_splat(TABLE, 32), s3 = v128.load32_splat(TABLE, 36);
  const one = v128.load32_splat(TABLE, 0), half = v128.load32_splat(TABLE, 40);
  const c1 = v128.load32_splat(TABLE, 44), c2 = v128.load32_splat(TABLE, 48), c3 = v128.load32_splat(TABLE, 52);
  for (let i: usize = 0; i < size; i += 16) {
    const theta = source.load(from);
    const z = f32x4.mul(theta, theta);
    const p = f32x4.add(s1, f32x4.mul(z, f32x4.add(s2, f32x4.mul(z, s3))));
    v128.store(sines + i, f32x4.add(theta, f32x4.mul(theta, f32x4.mul(z, p))));
    const q = f32x4.add(c1, f32x4.mul(z, f32x4.add(c2, f32x4.mul(z, c3))));
    v128.store(cosines + i, f32x4.add(f32x4.add(one, f32x4.mul(z, half)), f32x4.mul(f32x4.mul(z, z), q)));
    from += source.step;
  }
}
