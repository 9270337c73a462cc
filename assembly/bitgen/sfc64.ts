/**
 * SFC64, Chris Doty-Humphrey's small fast chaotic generator (PractRand). See: numpy/random/src/sfc64/sfc64.h.
 *
 * STATE: a, b, c, the counter (u64 each).
 */
import { STATE } from '../memory';

/** Writes the next n 64-bit words to out. */
export function generate(out: usize, n: i32): void {
  let a = load<u64>(STATE), b = load<u64>(STATE, 8), c = load<u64>(STATE, 16), counter = load<u64>(STATE, 24);
  for (const end = out + (<usize>n << 3); out < end; out += 8) {
    const word = a + b + counter++;
    a = b ^ (b >> 11);
    b = c + (c << 3);
    c = rotl<u64>(c, 24) + word;
    store<u64>(out, word);
  }
  put(a, b, c, counter);
}

function put(a: u64, b: u64, c: u64, counter: u64): void {
  store<u64>(STATE, a);
  store<u64>(STATE, b, 8);
  store<u64>(STATE, c, 16);
  store<u64>(STATE, counter, 24);
}

/** Moves back by n words: each step undone. */
export function rewind(n: i32): void {
  let a = load<u64>(STATE), b = load<u64>(STATE, 8), c = load<u64>(STATE, 16), counter = load<u64>(STATE, 24);
  for (; n > 0; n--) {
    let before = a ^ (a >> 11); // x ^ (x >> 11), undone by the shifts doubled
    before ^= before >> 22;
    before ^= before >> 44;
    const last = b * 0x8e38e38e38e38e39; // 9^-1 mod 2^64
    const word = c - rotl<u64>(last, 24);
    counter--;
    a = word - before - counter;
    b = before;
    c = last;
  }
  put(a, b, c, counter);
}
