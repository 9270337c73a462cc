/**
 * The 128-bit LCG under PCG64 and PCG64DXSM, s → s·M + inc (mod 2^128), and its bulk form: four lanes hold four successive states and
 * step by M^4, so they interleave to the serial stream (leapfrog).
 *
 * STATE: the state before the next word (u128, low half first), the increment (u128).
 */
import { STATE } from '../memory';
import { mulHigh } from '../math/u128';

/** s·m + p (mod 2^128): the result's halves. */
let low: u64 = 0;
let high: u64 = 0;

/** Sets low and high to s·m + p. */
function multiplyAdd(sLow: u64, sHigh: u64, mLow: u64, mHigh: u64, pLow: u64, pHigh: u64): void {
  const product = sLow * mLow;
  low = product + pLow;
  high = mulHigh(sLow, mLow) + sLow * mHigh + sHigh * mLow + pHigh + u64(low < product);
}

/** Moves the resident state by `delta` steps s → s·m + p. Brown, "Random number generation with arbitrary strides", 1994. */
function stride(mLow: u64, mHigh: u64, pLow: u64, pHigh: u64, deltaLow: u64, deltaHigh: u64): void {
  let sLow = load<u64>(STATE), sHigh = load<u64>(STATE, 8);
  while (deltaLow | deltaHigh) {
    if (deltaLow & 1) {
      multiplyAdd(sLow, sHigh, mLow, mHigh, pLow, pHigh);
      sLow = low;
      sHigh = high;
    }
    // two steps at once: the increment times M + 1, the multiplier squared
    multiplyAdd(pLow, pHigh, mLow, mHigh, pLow, pHigh);
    pLow = low;
    pHigh = high;
    multiplyAdd(mLow, mHigh, mLow, mHigh, 0, 0);
    mLow = low;
    mHigh = high;
    deltaLow = (deltaLow >> 1) | (deltaHigh << 63);
    deltaHigh >>= 1;
  }
  store<u64>(STATE, sLow);
  store<u64>(STATE, sHigh, 8);
}

/** Moves the resident state by `delta` words, signed: back by steps of the inverse, as the long way round takes 128 squarings (measured: 2.8 µs). */
export function advance<G>(generator: G, deltaLow: u64, deltaHigh: u64): void {
  const pLow = load<u64>(STATE, 16), pHigh = load<u64>(STATE, 24);
  if (<i64>deltaHigh >= 0) return stride(generator.multiplierLow, generator.multiplierHigh, pLow, pHigh, deltaLow, deltaHigh);
  // s → (s − p)·M^-1, and −x is ~x + 1
  const mLow = generator.inverseLow, mHigh = generator.inverseHigh;
  multiplyAdd(0 - pLow, ~pHigh + u64(pLow == 0), mLow, mHigh, 0, 0);
  stride(mLow, mHigh, low, high, 0 - deltaLow, ~deltaHigh + u64(deltaLow == 0));
}

/** Four successive states, a limb of 32 bits in each: where the lanes start. */
// @ts-ignore: decorator
@lazy const LIMBS: usize = memory.data(64, 16);

// @ts-ignore: decorator
@inline function evens(a: v128, b: v128): v128 { return v128.shuffle<i32>(a, b, 0, 2, 4, 6); }
// @ts-ignore: decorator
@inline function odds(a: v128, b: v128): v128 { return v128.shuffle<i32>(a, b, 1, 3, 5, 7); }
/** Full products of the low two lanes, and of the high two. */
// @ts-ignore: decorator
@inline function lows(a: v128, b: v128): v128 { return i64x2.extmul_low_i32x4_u(a, b); }
// @ts-ignore: decorator
@inline function highs(a: v128, b: v128): v128 { return i64x2.extmul_high_i32x4_u(a, b); }
// @ts-ignore: decorator
@inline function add(a: v128, b: v128): v128 { return i64x2.add(a, b); }
// @ts-ignore: decorator
@inline function carry(a: v128): v128 { return i64x2.shr_u(a, 32); }
// @ts-ignore: decorator
@inline function lane(x: u64): v128 { return i32x4.splat(<i32>x); }

/**
 * Writes the next n 64-bit words to `out`, in fours, so up to three more than asked for; STATE moves by n. `G` gives the multiplier and its
 * inverse, `first` (does a word come from the state before the step?) and the output function over four states' limbs.
 *
 * Six full products of limbs and four low ones make a step; the top 64 bits are summed modulo 2^64, with no carries.
 */
export function leapfrog<G>(generator: G, out: usize, n: i32): void {
  const mLow = generator.multiplierLow, mHigh = generator.multiplierHigh, incLow = load<u64>(STATE, 16), incHigh = load<u64>(STATE, 24);
  let sLow = load<u64>(STATE), sHigh = load<u64>(STATE, 8);
  const startLow = sLow, startHigh = sHigh;
  for (let j: usize = 0; j < 16; j += 4) {
    if (j || !generator.first) {
      multiplyAdd(sLow, sHigh, mLow, mHigh, incLow, incHigh);
      sLow = low;
      sHigh = high;
    }
    store<u32>(LIMBS + j, <u32>sLow);
    store<u32>(LIMBS + j, <u32>(sLow >> 32), 16);
    store<u32>(LIMBS + j, <u32>sHigh, 32);
    store<u32>(LIMBS + j, <u32>(sHigh >> 32), 48);
  }
  // M² and its increment, then M⁴
  multiplyAdd(incLow, incHigh, mLow, mHigh, incLow, incHigh);
  let cLow = low, cHigh = high;
  multiplyAdd(mLow, mHigh, mLow, mHigh, 0, 0);
  let aLow = low, aHigh = high;
  multiplyAdd(cLow, cHigh, aLow, aHigh, cLow, cHigh);
  cLow = low;
  cHigh = high;
  multiplyAdd(aLow, aHigh, aLow, aHigh, 0, 0);
  aLow = low;
  aHigh = high;

  const a0 = lane(aLow), a1 = lane(aLow >> 32), a2 = lane(aHigh), a3 = lane(aHigh >> 32);
  const c0 = i64x2.splat(cLow & 0xffffffff), c1 = i64x2.splat(cLow >> 32), c23 = i64x2.splat(cHigh), mask = i64x2.splat(0xffffffff), zero = i64x2.splat(0);
  let r0 = v128.load(LIMBS), r1 = v128.load(LIMBS, 16), r2 = v128.load(LIMBS, 32), r3 = v128.load(LIMBS, 48);
  const end = out + (<usize>n << 3);
  while (out < end) {
    generator.output(out, r0, r1, r2, r3);
    out += 32;
    // columns of 2^0, 2^32, then 2^64 and 2^96 as one
    const p0 = add(lows(r0, a0), c0), q0 = add(highs(r0, a0), c0);
    const p1b = add(lows(r1, a0), c1), q1b = add(highs(r1, a0), c1);
    const p1 = add(add(lows(r0, a1), carry(p0)), v128.and(p1b, mask)), q1 = add(add(highs(r0, a1), carry(q0)), v128.and(q1b, mask));
    const top = i32x4.add(i32x4.add(i32x4.mul(r0, a3), i32x4.mul(r1, a2)), i32x4.add(i32x4.mul(r2, a1), i32x4.mul(r3, a0)));
    const p2 = add(add(add(lows(r0, a2), lows(r1, a1)), add(lows(r2, a0), c23)), add(add(carry(p1), carry(p1b)), v128.shuffle<i32>(zero, top, 0, 4, 0, 5)));
    const q2 = add(add(add(highs(r0, a2), highs(r1, a1)), add(highs(r2, a0), c23)), add(add(carry(q1), carry(q1b)), v128.shuffle<i32>(zero, top, 0, 6, 0, 7)));
    r0 = evens(p0, q0);
    r1 = evens(p1, q1);
    r2 = evens(p2, q2);
    r3 = odds(p2, q2);
  }
  store<u64>(STATE, startLow);
  store<u64>(STATE, startHigh, 8);
  stride(mLow, mHigh, incLow, incHigh, n, 0);
}
