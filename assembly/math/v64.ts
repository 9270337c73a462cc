/**
 * Logarithm, sine and cosine over blocks of float64, two lanes at a time, within 2 units in the last place over the
 * ranges Box–Muller uses.
 *
 * Each function is a few short loops over a block of at most BLOCK vectors. One long loop waits for its own chain of divisions
 * and products, as a processor's schedulers hold hardly three turns of it; short loops overlap many turns, and keep
 * their constants in registers (measured: 3.8 ns an element of Box–Muller for 5.3). Constants come from a table: of a splat of a
 * literal the compiler makes a constant at each use, which V8 builds anew every time (measured: 15 %).
 *
 * A source S gives the argument: `load(at)` two lanes, `step` the bytes from one pair to the next.
 */

/** Vectors in a block: what a loop leaves to the next one stays in the L1 cache. */
// @ts-ignore: decorator
@inline export const BLOCK: i32 = 64;

// @ts-ignore: decorator
@lazy const EXPONENTS: usize = memory.data(1024, 16);
// @ts-ignore: decorator
@lazy const FRACTIONS: usize = memory.data(1024, 16);
// @ts-ignore: decorator
@lazy const QUOTIENTS: usize = memory.data(1024, 16);
// @ts-ignore: decorator
@lazy const SQUARES: usize = memory.data(1024, 16);

/** A plain array. */
@unmanaged
export class Plain64 {
  // @ts-ignore: decorator
  @inline get step(): usize { return 16; }
  // @ts-ignore: decorator
  @inline load(at: usize): v128 { return v128.load(at); }
}

// @ts-ignore: decorator
@lazy const TABLE: usize = memory.data<f64>([
  1, // 0
  4503599627370496, // 8: 2^52
  4503599627371519, // 16: 2^52 + 1023
  6.93147180369123816490e-01, // 24: ln2, high part
  1.90821492927058770002e-10, // 32: ln2, low part
  6.666666666666735130e-01, // 40: log: Lg1
  3.999999999940941908e-01, // 48: Lg2
  2.857142874366239149e-01, // 56: Lg3
  2.222219843214978396e-01, // 64: Lg4
  1.818357216161805012e-01, // 72: Lg5
  1.531383769920937332e-01, // 80: Lg6
  1.479819860511658591e-01, // 88: Lg7
  -1.66666666666666324348e-01, // 96: sin: S1
  8.33333333332248946124e-03, // 104: S2
  -1.98412698298579493134e-04, // 112: S3
  2.75573137070700676789e-06, // 120: S4
  -2.50507602534068634195e-08, // 128: S5
  1.58969099521155010221e-10, // 136: S6
  -0.5, // 144: cos: the second term
  4.16666666666666019037e-02, // 152: C1
  -1.38888888888741095749e-03, // 160: C2
  2.48015872894767294178e-05, // 168: C3
  -2.75573143513906633035e-07, // 176: C4
  2.08757232129817482790e-09, // 184: C5
  -1.13596475577881948265e-11, // 192: C6
], 16);
// @ts-ignore: decorator
@lazy const BITS: usize = memory.data<u64>([
  0x3fe6a09e00000000, // 0: √½
  0x000fffffffffffff, // 8: the fraction
  0x00095f6200000000, // 16: 1 − √½ as bits
], 16);

/** to[i] = ln x for positive normal x. See: musl's former src/math/log.c (FreeBSD's e_log.c). */
export function log<S>(source: S, from: usize, to: usize, vectors: i32): void {
  const size = <usize>vectors << 4;
  const one = v128.load64_splat(TABLE, 0), root = v128.load64_splat(BITS, 0), fraction = v128.load64_splat(BITS, 8);
  const shift = v128.load64_splat(BITS, 16);
  const magic = v128.load64_splat(TABLE, 8), bias = v128.load64_splat(TABLE, 16); // 2^52
  for (let i: usize = 0; i < size; i += 16) {
    // x = 2^k m with m in [√½, √2); k + 1023 becomes a double by 2^52's bits, as SIMD has no conversion
    const above = i64x2.add(source.load(from), shift);
    v128.store(EXPONENTS + i, f64x2.sub(v128.or(i64x2.shr_u(above, 52), magic), bias));
    const m = i64x2.add(v128.and(above, fraction), root);
    const f = f64x2.sub(m, one);
    v128.store(FRACTIONS + i, f);
    v128.store(QUOTIENTS + i, f64x2.div(f, f64x2.add(m, one)));
    from += source.step;
  }
  const high = v128.load64_splat(TABLE, 24), low = v128.load64_splat(TABLE, 32); // ln2
  const g1 = v128.load64_splat(TABLE, 40), g2 = v128.load64_splat(TABLE, 48);
  const g3 = v128.load64_splat(TABLE, 56), g4 = v128.load64_splat(TABLE, 64);
  const g5 = v128.load64_splat(TABLE, 72), g6 = v128.load64_splat(TABLE, 80);
  const g7 = v128.load64_splat(TABLE, 88);
  for (let i: usize = 0; i < size; i += 16) {
    // ln m = f − s (f − R), s = f / (2 + f), R = Σ g_j s^2j by Estrin's scheme
    const k = v128.load(EXPONENTS + i), f = v128.load(FRACTIONS + i), s = v128.load(QUOTIENTS + i);
    const z = f64x2.mul(s, s), w = f64x2.mul(z, z);
    const r12 = f64x2.add(g1, f64x2.mul(z, g2)), r34 = f64x2.add(g3, f64x2.mul(z, g4)), r56 = f64x2.add(g5, f64x2.mul(z, g6));
    const r567 = f64x2.add(r56, f64x2.mul(w, g7));
    const r = f64x2.mul(z, f64x2.add(f64x2.add(r12, f64x2.mul(w, r34)), f64x2.mul(f64x2.mul(w, w), r567)));
    const rest = f64x2.sub(f64x2.mul(k, low), f64x2.mul(s, f64x2.sub(f, r)));
    v128.store(to + i, f64x2.add(f64x2.mul(k, high), f64x2.add(f, rest)));
  }
}

/** sines[i] = sin θ and cosines[i] = cos θ for |θ| ≤ π/4. See: musl/src/math/__sin.c and __cos.c (FreeBSD's k_sin.c, k_cos.c). */
export function sinCos<S>(source: S, from: usize, sines: usize, cosines: usize, vectors: i32): void {
  const size = <usize>vectors << 4;
  const s1 = v128.load64_splat(TABLE, 96), s2 = v128.load64_splat(TABLE, 104);
  const s3 = v128.load64_splat(TABLE, 112), s4 = v128.load64_splat(TABLE, 120);
  const s5 = v128.load64_splat(TABLE, 128), s6 = v128.load64_splat(TABLE, 136);
  for (let i: usize = 0; i < size; i += 16) {
    const theta = source.load(from);
    const z = f64x2.mul(theta, theta), w = f64x2.mul(z, z);
    v128.store(SQUARES + i, z);
    const p12 = f64x2.add(s1, f64x2.mul(z, s2)), p34 = f64x2.add(s3, f64x2.mul(z, s4)), p56 = f64x2.add(s5, f64x2.mul(z, s6));
    const p = f64x2.add(f64x2.add(p12, f64x2.mul(w, p34)), f64x2.mul(f64x2.mul(w, w), p56));
    v128.store(sines + i, f64x2.add(theta, f64x2.mul(theta, f64x2.mul(z, p))));
    from += source.step;
  }
  const one = v128.load64_splat(TABLE, 0), half = v128.load64_splat(TABLE, 144);
  const c1 = v128.load64_splat(TABLE, 152), c2 = v128.load64_splat(TABLE, 160);
  const c3 = v128.load64_splat(TABLE, 168), c4 = v128.load64_splat(TABLE, 176);
  const c5 = v128.load64_splat(TABLE, 184), c6 = v128.load64_splat(TABLE, 192);
  for (let i: usize = 0; i < size; i += 16) {
    const z = v128.load(SQUARES + i), w = f64x2.mul(z, z);
    const p12 = f64x2.add(c1, f64x2.mul(z, c2)), p34 = f64x2.add(c3, f64x2.mul(z, c4)), p56 = f64x2.add(c5, f64x2.mul(z, c6));
    const p = f64x2.add(f64x2.add(p12, f64x2.mul(w, p34)), f64x2.mul(f64x2.mul(w, w), p56));
    v128.store(cosines + i, f64x2.add(f64x2.add(one, f64x2.mul(z, half)), f64x2.mul(w, p)));
  }
}
