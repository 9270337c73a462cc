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
  /** The xor of the halves, rotated right by the top six bits. */
  // @ts-ignore: decorator
  @inline word(high: u64, low: u64): u64 { return rotr<u64>(low ^ high, high >> 58); }
}

/** Writes the next n 64-bit words to out. */
export function generate(out: usize, n: i32): void {
  leapfrog(changetype<XSLRR>(0), out, n);
}

/** Moves by `delta` words, signed. */
export function advance(deltaLow: u64, deltaHigh: u64): void {
  advance128(changetype<XSLRR>(0), deltaLow, deltaHigh);
}
