/**
 * The 64-bit LCG under both PCG32 generators, s → s·M + inc (mod 2^64), and its bulk form.
 *
 * k steps at once are s·M^k + inc·G_k with G_k = 1 + M + … + M^(k−1), whatever the increment. Eight
 * lanes hold eight successive states and step by k = 8, so the lanes interleave to exactly the serial
 * stream (leapfrog).
 *
 * STATE: the state at the next word (u64), the increment (u64).
 */
import { STATE } from '../memory';

/** PCG_DEFAULT_MULTIPLIER_64 of pcg-c / pcg-cpp (Knuth's MMIX multiplier). */
// @ts-ignore: decorator
@inline export const MULTIPLIER: u64 = 6364136223846793005;

/** (M^j, G_j) for j = 0 … 63, then (M^(64j), G_(64j)) for j = 0 … 64: any place within a block in two jumps. */
// @ts-ignore: decorator
@lazy const JUMPS: usize = memory.data(2064, 16);

/** Fills the jump tables; called once when the module starts. */
export function buildJumps(): void {
  let multiplier: u64 = 1, sum: u64 = 0;
  for (let j: usize = 0; j <= 64 * 64; j++) {
    if (j < 64) {
      store<u64>(JUMPS + (j << 4), multiplier);
      store<u64>(JUMPS + (j << 4), sum, 8);
    }
    if ((j & 63) == 0) {
      store<u64>(JUMPS + 1024 + (j >> 2), multiplier);
      store<u64>(JUMPS + 1024 + (j >> 2), sum, 8);
    }
    sum = sum * MULTIPLIER + 1;
    multiplier *= MULTIPLIER;
  }
}

/** The state `steps` (0 … 4096) words after `state`. */
export function stateAfter(state: u64, inc: u64, steps: u32): u64 {
  const far = JUMPS + 1024 + (<usize>(steps >> 6) << 4), near = JUMPS + (<usize>(steps & 63) << 4);
  state = state * load<u64>(far) + inc * load<u64>(far, 8);
  return state * load<u64>(near) + inc * load<u64>(near, 8);
}

/** Moves the resident state by `delta` words (mod 2^64, so 2^64 − n moves back by n). Brown, "Random number generation with arbitrary strides", 1994. */
export function advance(delta: u64): void {
  let multiplier = MULTIPLIER, plus = load<u64>(STATE, 8), state = load<u64>(STATE);
  while (delta != 0) {
    if (delta & 1) state = state * multiplier + plus;
    plus *= multiplier + 1;
    multiplier *= multiplier;
    delta >>= 1;
  }
  store<u64>(STATE, state);
}

/** Low halves of the four states in a (0, 1) and b (2, 3). */
// @ts-ignore: decorator
@inline function lows(a: v128, b: v128): v128 { return v128.shuffle<i32>(a, b, 0, 2, 4, 6); }

/** High halves of the same. */
// @ts-ignore: decorator
@inline function highs(a: v128, b: v128): v128 { return v128.shuffle<i32>(a, b, 1, 3, 5, 7); }

/** The low halves of lo · m + plus, m's low half given; plus is 64 bits. */
// @ts-ignore: decorator
@inline function nextLow(lo: v128, mLo: v128, plus: v128): v128 {
  return lows(i64x2.add(i64x2.extmul_low_i32x4_u(lo, mLo), plus), i64x2.add(i64x2.extmul_high_i32x4_u(lo, mLo), plus));
}

/** The high halves: those of the same sums, which the compiler makes once, and the products that reach no further. */
// @ts-ignore: decorator
@inline function nextHigh(hi: v128, lo: v128, mHi: v128, mLo: v128, plus: v128): v128 {
  const carried = highs(i64x2.add(i64x2.extmul_low_i32x4_u(lo, mLo), plus), i64x2.add(i64x2.extmul_high_i32x4_u(lo, mLo), plus));
  return i32x4.add(carried, i32x4.add(i32x4.mul(lo, mHi), i32x4.mul(hi, mLo)));
}

/**
 * Writes the next `n` words (1 … 4096) to `out` and moves STATE by n. Works in groups of sixteen words, so up to
 * fifteen more are written than asked for. `G` has the output function over four states, their high and
 * low halves in two vectors: products of 32-bit halves are one instruction each, where a 64 × 64 bit
 * SIMD multiplication is eight (x64 before AVX-512).
 */
export function leapfrog<G>(permutation: G, out: usize, n: i32): void {
  const inc = load<u64>(STATE, 8);
  const s0 = load<u64>(STATE);
  const s1 = s0 * MULTIPLIER + inc, s2 = s1 * MULTIPLIER + inc, s3 = s2 * MULTIPLIER + inc;
  const far = load<u64>(JUMPS, 4 * 16), farInc = inc * load<u64>(JUMPS, 4 * 16 + 8);
  let a = i64x2.replace_lane(i64x2.splat(s0), 1, s1);
  let b = i64x2.replace_lane(i64x2.splat(s2), 1, s3);
  let loA = lows(a, b), hiA = highs(a, b);
  a = i64x2.replace_lane(i64x2.splat(s0 * far + farInc), 1, s1 * far + farInc);
  b = i64x2.replace_lane(i64x2.splat(s2 * far + farInc), 1, s3 * far + farInc);
  let loB = lows(a, b), hiB = highs(a, b);

  const multiplier = load<u64>(JUMPS, 8 * 16), plus = i64x2.splat(inc * load<u64>(JUMPS, 8 * 16 + 8));
  const mLo = i32x4.splat(<i32>multiplier), mHi = i32x4.splat(<i32>(multiplier >> 32));
  const end = out + (<usize>n << 2);
  store<u64>(STATE, stateAfter(s0, inc, n));
  // two steps a turn, tested at the end: 20 % faster than one step tested at the start (measured)
  do {
    v128.store(out, permutation.output(hiA, loA));
    v128.store(out, permutation.output(hiB, loB), 16);
    hiA = nextHigh(hiA, loA, mHi, mLo, plus);
    loA = nextLow(loA, mLo, plus);
    hiB = nextHigh(hiB, loB, mHi, mLo, plus);
    loB = nextLow(loB, mLo, plus);
    v128.store(out, permutation.output(hiA, loA), 32);
    v128.store(out, permutation.output(hiB, loB), 48);
    hiA = nextHigh(hiA, loA, mHi, mLo, plus);
    loA = nextLow(loA, mLo, plus);
    hiB = nextHigh(hiB, loB, mHi, mLo, plus);
    loB = nextLow(loB, mLo, plus);
    out += 64;
  } while (out < end);
}
