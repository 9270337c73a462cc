/** PCG64: O'Neill's setseq_xsl_rr_128_64 as NumPy has it, output from the state after the step. See: numpy/random/src/pcg64/pcg64.h. */
import { advance as advance128, leapfrog } from './lcg128';

/** PCG_DEFAULT_MULTIPLIER_128. */
// @ts-ignore: decorator
@inline const HIGH: u64 = 2549297995355413924;
// @ts-ignore: decorator
@inline const LOW: u64 = 4865540595714422341;

@unmanaged
class XSLRR {
  // @ts-ignore: decorator
  @inline get multiplierLow(): u64 { return LOW; }
  // @ts-ignore: decorator
  @inline get multiplierHigh(): u64 { return HIGH; }
  /** M^-1 mod 2^128. */
  // @ts-ignore: decorator
  @inline get inverseLow(): u64 { return 0x98abc8b0716eac8d; }
  // @ts-ignore: decorator
  @inline get inverseHigh(): u64 { return 0x07dda22b93979860; }
  // @ts-ignore: decorator
  @inline get first(): bool { return false; }
  /** The xor of the halves, rotated right by the top six bits: SIMD has no rotation by lane, so that part is scalar. */
  // @ts-ignore: decorator
  @inline output(out: usize, r0: v128, r1: v128, r2: v128, r3: v128): void {
    const low = v128.xor(r0, r2), high = v128.xor(r1, r3), turns = i32x4.shr_u(r3, 26);
    const a = v128.shuffle<i32>(low, high, 0, 4, 1, 5), b = v128.shuffle<i32>(low, high, 2, 6, 3, 7);
    store<u64>(out, rotr<u64>(i64x2.extract_lane(a, 0), i32x4.extract_lane(turns, 0)));
    store<u64>(out, rotr<u64>(i64x2.extract_lane(a, 1), i32x4.extract_lane(turns, 1)), 8);
    store<u64>(out, rotr<u64>(i64x2.extract_lane(b, 0), i32x4.extract_lane(turns, 2)), 16);
    store<u64>(out, rotr<u64>(i64x2.extract_lane(b, 1), i32x4.extract_lane(turns, 3)), 24);
  }
}

/** Writes the next n 64-bit words to out. */
export function generate(out: usize, n: i32): void {
  leapfrog(changetype<XSLRR>(0), out, n);
}

/** Moves by `delta` words, signed. */
export function advance(deltaLow: u64, deltaHigh: u64): void {
  advance128(changetype<XSLRR>(0), deltaLow, deltaHigh);
}
