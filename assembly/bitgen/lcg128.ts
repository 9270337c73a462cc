/**
 * The 128-bit LCG under PCG64 and PCG64DXSM, s → s·M + inc (mod 2^128), and its bulk form: four lanes hold four successive states and
 * step by M⁴, so they interleave to the serial stream (leapfrog).
 *
 * STATE: the state before the next word (u128, low half first), the increment (u128).
 */
import { STATE } from '../memory';
import { add, carry, evens, firsts, highs, lasts, lows, odds } from '../math/limbs';
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

/** Of four successive states the low halves (u64 × 4), the high ones, and minus what the low ones' products carry there; then the loop's constants. */
// @ts-ignore: decorator
@lazy const LANES: usize = memory.data(144, 16);
/** M⁴'s low half, c's low limbs and minus its high half, a limb's mask, Q. */
// @ts-ignore: decorator
@lazy const STEP: usize = LANES + 96;

/**
 * The word of a lane's state, whose high half takes its step: h·aLow + l·aHigh + carried, where l·aHigh = l·Q·aLow. What is carried comes negated, as
 * the order of a difference is kept: of a sum the compiler loads that first, and V8 runs short of the register that shifts count in.
 */
// @ts-ignore: decorator
@inline function step<G>(generator: G, lane: usize, a: u64, q: u64): u64 {
  const l = load<u64>(lane), h = load<u64>(lane, 32);
  store<u64>(lane, (h + l * q) * a - load<u64>(lane, 64), 32);
  return generator.word(h, l);
}

/**
 * Writes the next n 64-bit words to `out`, in fours, so up to three more than asked for; STATE moves by n. `G` gives the multiplier and its
 * inverse, `first` (does a word come from the state before the step?) and the output function of a state.
 *
 * SIMD steps the low halves, in limbs of 32 bits, as only their products are wanted in full; scalar code the high halves, modulo 2^64, and the
 * output function has them there. Either alone takes longer (measured, PCG64: 1.9 and 3.4 ns a word; together 1.5). The number of instructions
 * bounds it, so V8 is spared some: constants are loaded, as it makes values anew in the loop, and the high halves stand in memory, as it computes
 * them all at the loop's end and spills (measured: 0.3 and 0.1 ns).
 */
export function leapfrog<G>(generator: G, out: usize, n: i32): void {
  const mLow = generator.multiplierLow, mHigh = generator.multiplierHigh, incLow = load<u64>(STATE, 16), incHigh = load<u64>(STATE, 24);
  low = load<u64>(STATE);
  high = load<u64>(STATE, 8);
  for (let lane = LANES; lane < LANES + 32; lane += 8) {
    if (lane != LANES || !generator.first) multiplyAdd(low, high, mLow, mHigh, incLow, incHigh);
    store<u64>(lane, low);
    store<u64>(lane, high, 32);
  }
  // M² and its increment, then M⁴ and c
  multiplyAdd(incLow, incHigh, mLow, mHigh, incLow, incHigh);
  const cLow = low, cHigh = high;
  multiplyAdd(mLow, mHigh, mLow, mHigh, 0, 0);
  const aLow = low, aHigh = high;
  multiplyAdd(cLow, cHigh, aLow, aHigh, cLow, cHigh);
  store<u64>(STEP, low & 0xffffffff, 8);
  store<u64>(STEP, low >> 32, 16);
  store<u64>(STEP, 0 - high, 24);
  store<u64>(STEP, 0xffffffff, 32);
  multiplyAdd(aLow, aHigh, aLow, aHigh, 0, 0);
  const inverse = generator.inverseLow * generator.inverseLow;
  store<u64>(STEP, low);
  store<u64>(STEP, high * inverse * inverse, 40);

  const a = load<u64>(STEP), q = load<u64>(STEP, 40), a0 = v128.load32_splat(STEP), a1 = v128.load32_splat(STEP, 4);
  const c0 = v128.load64_splat(STEP, 8), c1 = v128.load64_splat(STEP, 16), c23 = v128.load64_splat(STEP, 24), mask = v128.load64_splat(STEP, 32);
  const even = v128.load(LANES), odd = v128.load(LANES, 16);
  let r0 = evens(even, odd), r1 = odds(even, odd);
  const end = out + (<usize>n << 3);
  while (out < end) {
    // a product and two limbs stay below 2^64
    const p0 = add(lows(r0, a0), c0), q0 = add(highs(r0, a0), c0);
    const p1b = add(lows(r1, a0), carry(p0)), q1b = add(highs(r1, a0), carry(q0));
    const p1 = add(add(lows(r0, a1), c1), v128.and(p1b, mask)), q1 = add(add(highs(r0, a1), c1), v128.and(q1b, mask));
    v128.store(LANES, i64x2.sub(i64x2.sub(c23, lows(r1, a1)), add(carry(p1), carry(p1b))), 64);
    v128.store(LANES, i64x2.sub(i64x2.sub(c23, highs(r1, a1)), add(carry(q1), carry(q1b))), 80);
    r0 = evens(p0, q0);
    r1 = evens(p1, q1);
    store<u64>(out, step(generator, LANES, a, q));
    store<u64>(out, step(generator, LANES + 8, a, q), 8);
    store<u64>(out, step(generator, LANES + 16, a, q), 16);
    store<u64>(out, step(generator, LANES + 24, a, q), 24);
    v128.store(LANES, firsts(r0, r1));
    v128.store(LANES, lasts(r0, r1), 16);
    out += 32;
  }
  // the first lane stands past the words asked for
  store<u64>(STATE, load<u64>(LANES));
  store<u64>(STATE, load<u64>(LANES, 32), 8);
  const back = (<i64>end - <i64>out >> 3) - i64(!generator.first);
  advance(generator, <u64>back, <u64>(back >> 63));
}
