/** PCG32DXSM: O'Neill's setseq_dxsm_64_32 (pcg-cpp, pcg_random.hpp, dxsm_mixin), output from the state before the step. */
import { MULTIPLIER, leapfrog } from './lcg64';

@unmanaged
class DXSM {
  /** hi ^= hi >> 16; hi *= M (its low 32 bits); hi ^= hi >> 24; hi *= lo | 1. */
  // @ts-ignore: decorator
  @inline output(hi: v128, lo: v128): v128 {
    hi = v128.xor(hi, i32x4.shr_u(hi, 16));
    hi = i32x4.mul(hi, i32x4.splat(<i32>MULTIPLIER));
    hi = v128.xor(hi, i32x4.shr_u(hi, 24));
    return i32x4.mul(hi, v128.or(lo, i32x4.splat(1)));
  }
}

/** Writes the next n words to out. */
export function generate(out: usize, n: i32): void {
  leapfrog(changetype<DXSM>(0), out, n);
}
