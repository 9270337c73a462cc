/**
 * The raw block: words of the resident generator, waiting in linear memory. Bulk kernels refill it and
 * read it whole; samplers with rejection take words one by one. Nobody past this file knows which bit
 * generator filled it.
 */
import { HALF, RAW, RAW_WORDS, STATE } from './memory';
import * as lcg64 from './bitgen/lcg64';
import * as pcg32dxsm from './bitgen/pcg32dxsm';
import * as pcg32 from './bitgen/pcg32';
import * as pcg64 from './bitgen/pcg64';
import * as pcg64dxsm from './bitgen/pcg64dxsm';
import * as sfc64 from './bitgen/sfc64';
import * as philox from './bitgen/philox';
import * as mt19937 from './bitgen/mt19937';
import { hash } from './math/hash';

/** Which bit generator is resident: the `id` of the classes in src/. */
let resident: i32 = 0;

// @ts-ignore: decorator
@inline const PCG32: i32 = 1;
// @ts-ignore: decorator
@inline const PCG64: i32 = 2;
// @ts-ignore: decorator
@inline const PCG64DXSM: i32 = 3;
// @ts-ignore: decorator
@inline const SFC64: i32 = 4;
// @ts-ignore: decorator
@inline const PHILOX: i32 = 5;
// @ts-ignore: decorator
@inline const MT19937: i32 = 6;

/** Is it the Mersenne Twister, which has an order of its own for 64 bits? */
export function isMersenne(): bool { return resident == MT19937; }

/** Does it give words of 64 bits, whose halves 32-bit draws take in turn? */
// @ts-ignore: decorator
@inline function isWide(): bool { return resident >= PCG64 && resident <= PHILOX; }

/** The state and increment at the raw block's first word, for the side stream. */
let blockState: u64 = 0;
let blockInc: u64 = 0;

/** The word to take next, and the block's end, for samplers that take words one by one. */
let next: i32 = 0;
let end: i32 = 0;

/**
 * 1 where the words of each pair in the block, from the first word or the second, have changed places: the Mersenne Twister's, for kernels that read 64
 * bits.
 */
let flipped: i32 = 0;
let first: i32 = 0;

/** The end of the words that `next64` may read as they stand, two at a time; 0 where it may not. */
let plain: i32 = 0;

/** Makes bit generator `id` the resident one; JavaScript writes its STATE. */
export function select(id: i32): void {
  resident = id;
}

/** Writes the next n words of 32 bits to `to`: n is even where the generator gives 64 bits. */
function generate(to: usize, n: i32): void {
  switch (resident) {
    case PCG32: return pcg32.generate(to, n);
    case PCG64: return pcg64.generate(to, n >> 1);
    case PCG64DXSM: return pcg64dxsm.generate(to, n >> 1);
    case SFC64: return sfc64.generate(to, n >> 1);
    case PHILOX: return philox.generate(to, n >> 1);
    case MT19937: return mt19937.generate(to, n);
    default: pcg32dxsm.generate(to, n);
  }
}

/** Fills the block with the next `n` words (at most RAW_WORDS); STATE moves by n. */
export function refill(n: i32): void {
  blockState = load<u64>(STATE);
  blockInc = load<u64>(STATE, 8);
  generate(RAW, n);
}

/**
 * Fills the block with the next n draws of 32 bits. A 64-bit generator gives the low half of a word first and keeps the high one, past any draw of
 * 64 bits, for the next of 32. The half kept last stays where it is when it is used: NumPy's state shows it.
 */
export function refill32(n: i32): void {
  if (!isWide()) return refill(n);
  let from = RAW;
  if (n > 0 && load<u32>(HALF)) {
    store<u32>(from, load<u32>(HALF, 4));
    store<u32>(HALF, 0);
    from += 4;
    n--;
  }
  if (n == 0) return;
  generate(from, (n + 1) & -2);
  store<u32>(HALF, n & 1);
  store<u32>(HALF, load<u32>(from + (<usize>((n - 1) | 1) << 2)), 4);
}

/** Moves STATE by delta words of the generator's own size, mod the period: low and high half of 128 bits. Only LCGs and Philox can. */
export function advance(low: u64, high: u64): void {
  switch (resident) {
    case PCG64: return pcg64.advance(low, high);
    case PCG64DXSM: return pcg64dxsm.advance(low, high);
    default: lcg64.advance(low);
  }
}

/** Moves STATE back by n words of 32 bits: what was drawn ahead and not used. */
export function rewind(n: i32): void {
  const back = -<i64>(n >> 1);
  switch (resident) {
    case PCG64: return pcg64.advance(<u64>back, <u64>(back >> 63));
    case PCG64DXSM: return pcg64dxsm.advance(<u64>back, <u64>(back >> 63));
    case SFC64: return sfc64.rewind(n >> 1);
    case PHILOX: return philox.rewind(n >> 1);
    case MT19937: return mt19937.rewind(n);
    default: lcg64.advance(<u64>-<i64>n);
  }
}

/** How many of `n` words drawn ahead can be put back: the Mersenne Twister goes back to its last twist, Philox to the buffer it found. */
export function ahead(n: i32): i32 {
  if (resident == MT19937) return min(n, mt19937.ready());
  return resident == PHILOX ? min(n, philox.ready(n)) : n;
}

/** Begins taking words one by one; finish with `finishTaking`. */
export function beginTaking(): void {
  next = end = plain = flipped = 0;
}

/** Puts back what was not taken: STATE is at the next word again. */
export function finishTaking(): void {
  if (end != next) rewind(end - next);
}

/** The next block, of n words or as many as can be put back. */
function refillTo(n: i32): void {
  end = ahead(min(n, RAW_WORDS));
  next = flipped = 0;
  refill(end);
  settle();
}

/** Says how far words may be read in pairs, after a change of `next` or `flipped`: the Mersenne Twister's where they have changed places. */
// @ts-ignore: decorator
@inline function settle(): void {
  plain = resident != MT19937 || (flipped & ~(next - first)) ? end : 0;
}

/** The next block of words. Blocks start small, for single draws, and double. */
function refillTaking(): void {
  refillTo(max(end << 1, 32));
}

/** Where the next word is. */
export function cursor(): usize {
  return RAW + (<usize>next << 2);
}

/**
 * How many of the next `most` draws of 64 bits a kernel may read at `cursor()` for itself, to say by `took64` how far it has read. It may be none,
 * where one lies across two blocks: the next is then `next64`'s.
 */
export function waiting64(most: i32): i32 {
  if (next == end) refillTo(most << 1);
  flip();
  return min(most, max(plain - next, 0) >> 1);
}

function flip(): void {
  if (resident != MT19937 || flipped) return;
  flipped = 1;
  first = next & 1;
  const last = RAW + (<usize>end << 2) - 4;
  let at = cursor();
  for (; at < last; at += 8) store<u64>(at, rotl(load<u64>(at), 32));
  // an odd one out, where `single` will look for it
  store<u32>(last, load<u32>(last), 4);
  settle();
}

/** The same for draws of 32 bits: none where a half waits, or words have changed places for draws of 64 bits; `next32` gives them then. */
export function waiting32(most: i32): i32 {
  if (isWide() && load<u32>(HALF)) return 0;
  if (next == end) refillTo((most + 1) & -2);
  return flipped ? 0 : min(most, end - next);
}

/** A kernel has read the draws of 64 bits before `at`. */
export function took64(at: usize): void {
  next = <i32>(at - RAW) >> 2;
}

/** The same for draws of 32 bits: the high half of the last word waits, or has been used. */
export function took32(at: usize): void {
  const before = next;
  next = <i32>(at - RAW) >> 2;
  settle();
  if (next == before || !isWide()) return;
  store<u32>(HALF, next & 1);
  store<u32>(HALF, load<u32>((at - 4) | 4), 4);
  next += next & 1;
}

// @ts-ignore: decorator
@inline function single(): u32 {
  if (next == end) refillTaking();
  const word = load<u32>(RAW + (<usize>(((next - first) ^ flipped) + first) << 2));
  next++;
  settle();
  return word;
}

/** The next 32-bit draw. */
export function next32(): u32 { return take32(); }

/** The same, for the hottest loops. */
// @ts-ignore: decorator
@inline export function take32(): u32 {
  if (!isWide()) return narrow();
  if (load<u32>(HALF)) {
    store<u32>(HALF, 0);
    return load<u32>(HALF, 4);
  }
  const word = next64();
  store<u32>(HALF, 1);
  store<u32>(HALF, <u32>(word >> 32), 4);
  return <u32>word;
}

function narrow(): u32 { return single(); }

/** The next 64-bit draw: a word, or two of 32 bits, the first the low half (the high one from the Mersenne Twister, as in NumPy). */
// @ts-ignore: decorator
@inline export function next64(): u64 {
  if (next + 2 > plain) return slow64();
  const word = load<u64>(RAW + (<usize>next << 2));
  next += 2;
  return word;
}

/** The same where the block may have come to its end, or the draw lies across two. */
function slow64(): u64 {
  if (next == end) refillTaking();
  flip();
  if (next + 2 <= plain) {
    next += 2;
    return load<u64>(cursor() - 8);
  }
  const a = <u64>single(), b = <u64>single();
  return resident == MT19937 ? a << 32 | b : b << 32 | a;
}

/** The double in [0, 1) of a draw of 64 bits: its top 53, or 27 and 26 of the Mersenne Twister's words. */
// @ts-ignore: decorator
@inline export function toDouble(word: u64): f64 { return doubleOf(word, resident == MT19937); }

/** The same, where it is known which. */
// @ts-ignore: decorator
@inline export function doubleOf(word: u64, mersenne: bool): f64 {
  if (mersenne) word = (word >> 37 << 37) | (<u64>(<u32>word >> 6) << 11);
  return <f64><i64>(word >> 11) * 1.1102230246251565e-16; // 2^-53
}

/** The next double in [0, 1), 53 bits. */
export function nextDouble(): f64 { return takeDouble(); }

/** The same, for the hottest loops. */
// @ts-ignore: decorator
@inline export function takeDouble(): f64 { return toDouble(next64()); }

/**
 * The side stream: 64 further bits for the element whose first word is word `index` of the block. A hash
 * of the LCG state that emitted the word, of the element's lane in it and of the retry: a function of
 * place, so an exact draw takes nothing from the main stream.
 */
export function side(index: i32, lane: u32, retry: u32): u64 {
  return hash(lcg64.stateAfter(blockState, blockInc, index), lane, retry);
}
