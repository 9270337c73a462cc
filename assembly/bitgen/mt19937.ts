/**
 * MT19937, the Mersenne Twister: Matsumoto and Nishimura, "Mersenne twister: a 623-dimensionally equidistributed uniform pseudo-random number
 * generator", ACM TOMACS 8 (1998). See: numpy/random/src/mt19937/mt19937.c.
 *
 * STATE: the 624 words of the key, then the place of the next word in it (624: twist first).
 */
import { STATE } from '../memory';

// @ts-ignore: decorator
@inline const N: i32 = 624;
// @ts-ignore: decorator
@inline const M: i32 = 397;
// @ts-ignore: decorator
@inline const PLACE: usize = 2496;

/** x[i+m] ^ (x[i] upper, x[i+1] lower) >> 1, and the matrix where that is odd, for four words. */
// @ts-ignore: decorator
@inline function four(at: usize, far: usize): void {
  const y = v128.bitselect(v128.load(at), v128.load(at, 4), i32x4.splat(0x80000000));
  const odd = i32x4.neg(v128.and(y, i32x4.splat(1)));
  v128.store(at, v128.xor(v128.xor(v128.load(far), i32x4.shr_u(y, 1)), v128.and(odd, i32x4.splat(0x9908b0df))));
}

/** The same for one, whose successor is `next`. */
// @ts-ignore: decorator
@inline function one(at: usize, next: usize, far: usize): void {
  const y = (load<u32>(at) & 0x80000000) | (load<u32>(next) & 0x7fffffff);
  store<u32>(at, load<u32>(far) ^ (y >> 1) ^ ((0 - (y & 1)) & 0x9908b0df));
}

/** The next 624 words of the key. */
function twist(): void {
  const key = STATE, half = key + ((N - M) << 2), last = key + ((N - 1) << 2);
  let at = key;
  for (; at < half - 12; at += 16) four(at, at + (M << 2));
  for (; at < half; at += 4) one(at, at + 4, at + (M << 2));
  for (; at < last - 12; at += 16) four(at, at - ((N - M) << 2));
  for (; at < last; at += 4) one(at, at + 4, at - ((N - M) << 2));
  one(last, key, last - ((N - M) << 2));
}

/** How many words there are before the next twist; after it where there are none. */
export function ready(): i32 {
  const place = load<i32>(STATE + PLACE);
  return place == N ? N : N - place;
}

/** Writes the next n 32-bit words to out; whole vectors, so up to three more. */
export function generate(out: usize, n: i32): void {
  let place = load<i32>(STATE + PLACE);
  while (n > 0) {
    if (place == N) {
      twist();
      place = 0;
    }
    const count = min(n, N - place), end = out + (<usize>count << 2);
    let from = STATE + (<usize>place << 2);
    for (let to = out; to < end; to += 16) {
      let y = v128.load(from);
      y = v128.xor(y, i32x4.shr_u(y, 11));
      y = v128.xor(y, v128.and(i32x4.shl(y, 7), i32x4.splat(0x9d2c5680)));
      y = v128.xor(y, v128.and(i32x4.shl(y, 15), i32x4.splat(0xefc60000)));
      v128.store(to, v128.xor(y, i32x4.shr_u(y, 18)));
      from += 16;
    }
    out = end;
    place += count;
    n -= count;
  }
  store<i32>(STATE + PLACE, place);
}

/** Moves back by n words, none of which is before the last twist. */
export function rewind(n: i32): void {
  store<i32>(STATE + PLACE, load<i32>(STATE + PLACE) - n);
}
