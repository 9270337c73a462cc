/**
 * The raw block: words of the resident generator, waiting in linear memory. Bulk kernels refill it and
 * read it whole; samplers with rejection take words one by one. Nobody past this file knows which bit
 * generator filled it.
 */
import { RAW, RAW_WORDS, STATE } from './memory';
import * as lcg64 from './bitgen/lcg64';
import * as pcg32dxsm from './bitgen/pcg32dxsm';
import * as pcg32 from './bitgen/pcg32';
import { hash } from './math/hash';

/** Which bit generator is resident: the `id` of the classes in src/pcg32.ts. */
let resident: i32 = 0;

/** The state and increment at the raw block's first word, for the side stream. */
let blockState: u64 = 0;
let blockInc: u64 = 0;

/** The word to take next, and the block's end, for samplers that take words one by one. */
let next: i32 = 0;
let end: i32 = 0;

/** Makes bit generator `id` the resident one; JavaScript writes its STATE. */
export function select(id: i32): void {
  resident = id;
}

/** Fills the block with the next `n` words (at most RAW_WORDS); STATE moves by n. */
export function refill(n: i32): void {
  blockState = load<u64>(STATE);
  blockInc = load<u64>(STATE, 8);
  if (resident == 0) pcg32dxsm.generate(RAW, n);
  else pcg32.generate(RAW, n);
}

/** Moves STATE by delta words, mod the period. */
export function advance(delta: u64): void {
  lcg64.advance(delta);
}

/** Moves STATE back by n words: what was drawn ahead and not used. */
export function rewind(n: i32): void {
  lcg64.advance(<u64>(-<i64>n));
}

/** Begins taking words one by one; finish with `finishTaking`. */
export function beginTaking(): void {
  next = end = 0;
}

/** Puts back what was not taken: STATE is at the next word again. */
export function finishTaking(): void {
  rewind(end - next);
}

/** The next 32-bit word. Blocks start small, for single draws, and double. */
export function next32(): u32 {
  if (next == end) {
    end = min(max(end << 1, 32), RAW_WORDS);
    next = 0;
    refill(end);
  }
  const word = load<u32>(RAW + (<usize>next << 2));
  next++;
  return word;
}

/** The next 64-bit draw: two words, the first the low half. */
export function next64(): u64 {
  const low = <u64>next32();
  return low | (<u64>next32() << 32);
}

/** The next double in [0, 1), 53 bits. */
export function nextDouble(): f64 {
  return <f64>(next64() >> 11) * 1.1102230246251565e-16; // 2^-53
}

/**
 * The side stream: 64 further bits for the element whose first word is word `index` of the block. A hash
 * of the LCG state that emitted the word, of the element's lane in it and of the retry: a function of
 * place, so an exact draw takes nothing from the main stream.
 */
export function side(index: i32, lane: u32, retry: u32): u64 {
  return hash(lcg64.stateAfter(blockState, blockInc, index), lane, retry);
}
