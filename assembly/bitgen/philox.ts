/**
 * Philox 4×64, 10 rounds: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011. See: numpy/random/src/philox/philox.h.
 *
 * STATE: the counter (u64 × 4), the key (u64 × 2), the buffer of the counter's four words, how many of them are used (u64, 4: none is left).
 */
import { STATE } from '../memory';
import { mulHigh } from '../math/u128';

// @ts-ignore: decorator
@inline const BUFFER: usize = 48;
// @ts-ignore: decorator
@inline const USED: usize = 80;

/** The counter's four words to the buffer. */
function encrypt(): void {
  let c0 = load<u64>(STATE), c1 = load<u64>(STATE, 8), c2 = load<u64>(STATE, 16), c3 = load<u64>(STATE, 24);
  let k0 = load<u64>(STATE, 32), k1 = load<u64>(STATE, 40);
  for (let round = 0; round < 10; round++) {
    const high0 = mulHigh(c0, 0xd2e7470ee14c6c93), low0 = c0 * 0xd2e7470ee14c6c93;
    const high1 = mulHigh(c2, 0xca5a826395121157), low1 = c2 * 0xca5a826395121157;
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 += 0x9e3779b97f4a7c15; // the golden ratio's fraction
    k1 += 0xbb67ae8584caa73b; // √3 − 1
  }
  store<u64>(STATE, c0, BUFFER);
  store<u64>(STATE, c1, BUFFER + 8);
  store<u64>(STATE, c2, BUFFER + 16);
  store<u64>(STATE, c3, BUFFER + 24);
}

/** Adds a signed number of steps to the counter. */
function count(steps: i64): void {
  let carry = <u64>steps, fill = <u64>(steps >> 63);
  for (let at: usize = 0; at < 32; at += 8) {
    const word = load<u64>(STATE + at), sum = word + carry;
    store<u64>(STATE + at, sum);
    carry = fill + u64(sum < carry);
    // an addend of all ones and a carry is a whole turn: it leaves the word alone and carries on
    if (fill && !carry) break;
  }
}

/** Writes the next n 64-bit words to out. */
export function generate(out: usize, n: i32): void {
  let used = load<u64>(STATE, USED);
  for (const end = out + (<usize>n << 3); out < end; out += 8) {
    if (used == 4) {
      count(1);
      encrypt();
      used = 0;
    }
    store<u64>(out, load<u64>(STATE + BUFFER + (<usize>used << 3)));
    used++;
  }
  store<u64>(STATE, used, USED);
}

/** How many of n words of 32 bits can be drawn and put back: those left in a buffer, as a state may have any, and `rewind` makes buffers of counters. */
export function ready(n: i32): i32 {
  const used = <i32>load<u64>(STATE, USED);
  return used == 4 ? n : (4 - used) << 1;
}

/** Moves back by n words, fewer than were drawn: to the end of a buffer rather than the start of the next, as NumPy stands there. */
export function rewind(n: i32): void {
  const place = <i64>load<u64>(STATE, USED) - n, blocks = place > 0 ? 0 : (4 - place) >> 2;
  store<u64>(STATE, place + (blocks << 2), USED);
  if (blocks) {
    count(-blocks);
    encrypt();
  }
}
