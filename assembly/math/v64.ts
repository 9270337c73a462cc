/**
 * Logarithm, sine, cosine and exponential over blocks of float64, two lanes at a time, within 2 units in the last place over the
 * ranges Box–Muller and softmax use.
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

/** Steps of a factor of 2 in the table of powers. */
// @ts-ignore: decorator
@inline const STEPS: u32 = 64;

/** 2^(j/64), rounded. */
// @ts-ignore: decorator
@lazy const POWERS: usize = memory.data<f64>([
  1, 1.0108892860517005, 1.0218971486541166, 1.0330248790212284, 1.0442737824274138, 1.0556451783605572,
  1.0671404006768237, 1.0787607977571199, 1.0905077326652577, 1.102382583307841, 1.1143867425958924, 1.1265216186082418,
  1.1387886347566916, 1.1511892299529827, 1.1637248587775775, 1.1763969916502812, 1.189207115002721, 1.202156731452703,
  1.215247359980469, 1.22848053610687, 1.241857812073484, 1.255380757024691, 1.2690509571917332, 1.2828700160787783,
  1.2968395546510096, 1.3109612115247644, 1.3252366431597413, 1.339667524053303, 1.3542555469368927, 1.3690024229745905,
  1.383909881963832, 1.3989796725383112, 1.4142135623730951, 1.42961333839197, 1.4451808069770467, 1.460917794180647,
  1.4768261459394993, 1.4929077282912648, 1.5091644275934228, 1.5255981507445384, 1.5422108254079407, 1.559004400237837,
  1.5759808451078865, 1.593142151342267, 1.6104903319492543, 1.6280274218573478, 1.645755478153965, 1.6636765803267364,
  1.681792830507429, 1.7001063537185235, 1.718619298122478, 1.7373338352737062, 1.7562521603732995, 1.7753764925265212,
  1.7947090750031072, 1.8142521755003989, 1.8340080864093424, 1.8539791250833855, 1.8741676341103, 1.8945759815869656,
  1.9152065613971474, 1.9360617934922943, 1.9571441241754002, 1.978456026387951,
], 16);
// @ts-ignore: decorator
@lazy const EXP: usize = memory.data<f64>([
  92.33248261689366, // 0: 64 / ln2
  6755399441055744, // 8: 1.5 · 2^52
  0.01083042469326756, // 16: ln2 / 64, high part (that of TABLE, over 64)
  2.9815858269852933e-12, // 24: low part
  // (e^r − 1 − r) / r² for |r| ≤ ln2 / 128, to 0.012 · 2^-53 of e^r: weighted minimax, by Lawson's iteration in 300 bits
  0.49999999999948574, // 32
  0.1666666666668401, // 40
  0.04166672336608983, // 48
  0.00833333187997041, // 56
  -708.3964185322641, // 64: ln 2^-1022
], 16);

/**
 * at[i] = e^at[i] for arguments to 709, within 1.1 units; 0 below ln 2^-1022, −∞ included: results are 0 or normal. x = (64 k + j) ln2/64 + r and
 * e^x = 2^k · 2^(j/64) · e^r, see: Tang, "Table-driven implementation of the exponential function in IEEE floating-point arithmetic" (1989).
 * A polynomial or a quotient for the whole of ln2 takes 1.3 times as long, one loop instead of two 1.3 times (measured).
 */
export function exp(at: usize, vectors: i32): void {
  const size = <usize>vectors << 4;
  const inverse = v128.load64_splat(EXP, 0), magic = v128.load64_splat(EXP, 8);
  const high = v128.load64_splat(EXP, 16), low = v128.load64_splat(EXP, 24);
  for (let i: usize = 0; i < size; i += 16) {
    // 64 k + j in the low bits of a sum with 1.5 · 2^52
    const x = v128.load(at + i), sum = f64x2.add(f64x2.mul(x, inverse), magic), steps = f64x2.sub(sum, magic);
    v128.store(EXPONENTS + i, sum);
    v128.store(FRACTIONS + i, f64x2.sub(f64x2.sub(x, f64x2.mul(steps, high)), f64x2.mul(steps, low)));
  }
  const c2 = v128.load64_splat(EXP, 32), c3 = v128.load64_splat(EXP, 40);
  const c4 = v128.load64_splat(EXP, 48), c5 = v128.load64_splat(EXP, 56), least = v128.load64_splat(EXP, 64);
  for (let i: usize = 0; i < size; i += 16) {
    const r = v128.load(FRACTIONS + i), z = f64x2.mul(r, r);
    const y = f64x2.add(r, f64x2.mul(z, f64x2.add(f64x2.add(c2, f64x2.mul(r, c3)), f64x2.mul(z, f64x2.add(c4, f64x2.mul(r, c5))))));
    // the table at j, by scalar loads of what the first loop stored; k into the exponent
    const first = v128.load64_zero(POWERS + (<usize>(load<u32>(EXPONENTS + i) & STEPS - 1) << 3));
    const both = v128.load64_lane(POWERS + (<usize>(load<u32>(EXPONENTS + i, 8) & STEPS - 1) << 3), first, 1);
    const power = i64x2.add(both, i64x2.shl(i64x2.shr_u(v128.load(EXPONENTS + i), 6), 52));
    // infinities have no r, but are below `least`
    v128.store(at + i, v128.and(f64x2.add(power, f64x2.mul(power, y)), f64x2.ge(v128.load(at + i), least)));
  }
}
