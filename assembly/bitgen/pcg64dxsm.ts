/** PCG64DXSM: O'Neill's cm_setseq_dxsm_128_64, the cheap multiplier, output from the state before the step. See: numpy/random/src/pcg64/pcg64.h. */
import { advance as advance128, leapfrog } from './lcg128';

/** PCG_CHEAP_MULTIPLIER_128. */
// @ts-ignore: decorator
@inline const CHEAP: u64 = 0xda942042e4dd58b5;

@unmanaged
class DXSM {
  // @ts-ignore: decorator
  @inline get multiplierLow(): u64 { return CHEAP; }
  // @ts-ignore: decorator
  @inline get multiplierHigh(): u64 { return 0; }
  /** M^-1 mod 2^128. */
  // @ts-ignore: decorator
  @inline get inverseLow(): u64 { return 0x8b838d0354ead59d; }
  // @ts-ignore: decorator
  @inline get inverseHigh(): u64 { return 0x0cd365d2cb1a6a6c; }
  // @ts-ignore: decorator
  @inline get first(): bool { return true; }
  // @ts-ignore: decorator
  @inline word(hi: u64, lo: u64): u64 {
    hi ^= hi >> 32;
    hi *= CHEAP;
    hi ^= hi >> 48;
    return hi * (lo | 1);
  }
}

/** Writes the next n 64-bit words to out. */
export function generate(out: usize, n: i32): void {
  leapfrog(changetype<DXSM>(0), out, n);
}

/** Moves by `delta` words, signed. */
export function advance(deltaLow: u64, deltaHigh: u64): void {
  advance128(changetype<DXSM>(0), deltaLow, deltaHigh);
}
