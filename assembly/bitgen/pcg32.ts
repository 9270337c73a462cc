/** PCG32: O'Neill's setseq_xsh_rr_64_32 (pcg-c's pcg32), output from the state before the step. */
import { leapfrog } from './lcg64';

/** 2^(k mod 8) for bytes k = 0 … 7, zero above: the byte of 1 << k that is not zero. */
// @ts-ignore: decorator
@inline function powers(): v128 { return i8x16(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0); }

/** What to take from k to find each byte's own exponent. */
// @ts-ignore: decorator
@inline function places(): v128 { return i8x16(0, 8, 16, 24, 0, 8, 16, 24, 0, 8, 16, 24, 0, 8, 16, 24); }

@unmanaged
class XSHRR {
  /**
   * rotr32(((s >> 18) ^ s) >> 27, s >> 59). WebAssembly has no shift by lane: the rotation to the left by
   * k = −(s >> 59) & 31 is the 64-bit product with 2^k, its halves or-ed; 2^k comes from a byte table
   * (an index past 15 gives 0).
   */
  // @ts-ignore: decorator
  @inline output(hi: v128, lo: v128): v128 {
    // the 32 bits from bit 27 of s ^ (s >> 18)
    const shiftedHi = v128.xor(hi, i32x4.shr_u(hi, 18));
    const shiftedLo = v128.xor(lo, v128.or(i32x4.shr_u(lo, 18), i32x4.shl(hi, 14)));
    const x = v128.or(i32x4.shl(shiftedHi, 5), i32x4.shr_u(shiftedLo, 27));
    let k = v128.and(i32x4.neg(i32x4.shr_u(hi, 27)), i32x4.splat(31));
    k = v128.shuffle<i8>(k, k, 0, 0, 0, 0, 4, 4, 4, 4, 8, 8, 8, 8, 12, 12, 12, 12);
    k = v128.swizzle(powers(), i8x16.sub(k, places()));
    const p0 = i64x2.extmul_low_i32x4_u(x, k), p1 = i64x2.extmul_high_i32x4_u(x, k);
    return v128.or(v128.shuffle<i32>(p0, p1, 0, 2, 4, 6), v128.shuffle<i32>(p0, p1, 1, 3, 5, 7));
  }
}

/** Writes the next n words to out. */
export function generate(out: usize, n: i32): void {
  leapfrog(changetype<XSHRR>(0), out, n);
}
