/**
 * Philox 4×64, 10 rounds: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011. See: numpy/random/src/philox/philox.h.
 *
 * STATE: the counter (u64 × 4), the key (u64 × 2), the buffer of the counter's four words, how many of them are used (u64, 4: none is left).
 */
import { STATE } from '../memory';
import { add, carry, evens, firsts, highs, lasts, lows, odds } from '../math/limbs';

// @ts-ignore: decorator
@inline const BUFFER: usize = 48;
// @ts-ignore: decorator
@inline const USED: usize = 80;

/** The words of four counters that are enciphered at once: for each of its four, the low limbs of 32 bits, then the high ones. */
// @ts-ignore: decorator
@lazy const LIMBS: usize = memory.data(128, 16);
/** Four blocks of which the first is wanted. */
// @ts-ignore: decorator
@lazy const BLOCKS: usize = memory.data(128, 16);
/** The round's key. */
// @ts-ignore: decorator
@lazy const KEY: usize = memory.data(16, 16);
/** The multipliers; what the key grows by each round: the golden ratio's fraction, √3 − 1; a limb's mask. Loaded: the loads leave the vector units alone. */
// @ts-ignore: decorator
@lazy const TABLE: usize = memory.data<u64>([0xd2e7470ee14c6c93, 0xca5a826395121157, 0x9e3779b97f4a7c15, 0xbb67ae8584caa73b, 0xffffffff], 16);

/** Writes the words of the counter, and of the next three if its first word does not turn over until then. 6.0 ns a word, 18 in scalar code (measured). */
function encrypt(to: usize): void {
  const first = i64x2.splat(load<u64>(STATE)), low = add(first, i64x2(0, 1)), high = add(first, i64x2(2, 3));
  for (let at: usize = 4; at < 16; at += 4) {
    v128.store(LIMBS + (at << 3), v128.load32_splat(STATE + (at << 1)));
    v128.store(LIMBS + (at << 3), v128.load32_splat(STATE + (at << 1), 4), 16);
  }
  const mask = v128.load64_splat(TABLE, 32);
  let key = v128.load(STATE, 32), x0 = evens(low, high), x1 = odds(low, high), next0 = v128.load(LIMBS, 64), next1 = v128.load(LIMBS, 80);
  // half a round a turn: of word 0 or 2 times its multiplier the high half, xored with word 1 or 3 and the key, is word 2 or 0 of the next round, and
  // the low half word 1 or 3. Which of the two halves comes first changes from round to round, so that what is multiplied stays in registers
  for (let half = 0, word: usize = 0; half < 20; half++) {
    if (half & 1) {
      word ^= 8;
    } else {
      v128.store(KEY, key);
      key = add(key, v128.load(TABLE, 16));
    }
    const y = LIMBS + 96 - (word << 3), k = KEY + 8 - word, m0 = v128.load32_splat(TABLE + word), m1 = v128.load32_splat(TABLE + word, 4);
    const p0 = lows(x0, m0), q0 = highs(x0, m0);
    const p1 = add(lows(x1, m0), carry(p0)), q1 = add(highs(x1, m0), carry(q0));
    const p2 = add(lows(x0, m1), v128.and(p1, mask)), q2 = add(highs(x0, m1), v128.and(q1, mask));
    const p3 = add(lows(x1, m1), add(carry(p1), carry(p2)));
    const q3 = add(highs(x1, m1), add(carry(q1), carry(q2)));
    x0 = next0;
    x1 = next1;
    next0 = v128.xor(evens(p3, q3), v128.xor(v128.load(y), v128.load32_splat(k)));
    next1 = v128.xor(odds(p3, q3), v128.xor(v128.load(y, 16), v128.load32_splat(k, 4)));
    v128.store(y, evens(p0, q0));
    v128.store(y, evens(p2, q2), 16);
  }
  v128.store(LIMBS, x0);
  v128.store(LIMBS, x1, 16);
  v128.store(LIMBS, next0, 64);
  v128.store(LIMBS, next1, 80);
  for (let at: usize = 0; at < 128; at += 64) {
    const a0 = v128.load(LIMBS + at), a1 = v128.load(LIMBS + at, 16), b0 = v128.load(LIMBS + at, 32), b1 = v128.load(LIMBS + at, 48);
    const a = firsts(a0, a1), b = firsts(b0, b1);
    const c = lasts(a0, a1), d = lasts(b0, b1), out = to + (at >> 2);
    v128.store(out, v128.shuffle<i64>(a, b, 0, 2));
    v128.store(out, v128.shuffle<i64>(a, b, 1, 3), 32);
    v128.store(out, v128.shuffle<i64>(c, d, 0, 2), 64);
    v128.store(out, v128.shuffle<i64>(c, d, 1, 3), 96);
  }
}

/** Makes four words the buffer. */
function keep(words: usize): void {
  v128.store(STATE + BUFFER, v128.load(words));
  v128.store(STATE + BUFFER, v128.load(words, 16), 16);
}

/** Adds a signed number of steps to the counter. */
function count(steps: i64): void {
  let carry = <u64>steps, fill = <u64>(steps >> 63);
  for (let at: usize = 0; at < 32; at += 8) {
    const word = load<u64>(STATE + at), sum = word + carry;
    store<u64>(STATE + at, sum);
    carry = fill + u64(sum < carry);
    // no carry; or an addend of all ones and a carry, which is a whole turn: it leaves the word alone and carries on
    if (!carry) break;
  }
}

/** Writes the next n 64-bit words to out. */
export function generate(out: usize, n: i32): void {
  let used = load<u64>(STATE, USED);
  const end = out + (<usize>n << 3);
  while (out < end) {
    if (used == 4) {
      count(1);
      if (end - out >= 128 && load<u64>(STATE) <= <u64>-4) {
        encrypt(out);
        count(3);
        out += 128;
        keep(out - 32);
        continue;
      }
      encrypt(BLOCKS);
      keep(BLOCKS);
      used = 0;
    }
    store<u64>(out, load<u64>(STATE + BUFFER + (<usize>used << 3)));
    out += 8;
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
    encrypt(BLOCKS);
    keep(BLOCKS);
  }
}
