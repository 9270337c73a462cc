/** Bernoulli masks, four elements a word: one random byte an element, exact in p. */
import { OUT, OUT_BYTES } from '../memory';
import { side } from '../raw';
import { fill } from './fill';

/** p · 256 = top + rest: the byte that leaves a draw undecided, and what then decides. */
let top: u32 = 0;
let rest: f64 = 0;

/** The undecided among each 64 elements, as bits, and where those begin: as many as a raw block has. */
// @ts-ignore: decorator
@lazy const TIES: usize = memory.data(4096 + 16, 16);

/**
 * Is the uniform number whose first byte equals `top` below p? The further bits come from the side stream,
 * 64 at a time, against those of p: a double's digits end, so this is exact, whatever its exponent.
 */
function below(index: i32, lane: u32): u32 {
  let left = rest;
  for (let retry: u32 = 0; left != 0; retry++) {
    left *= 18446744073709551616.0; // 2^64: exact
    const digits = <u64>left;
    const bits = side(index, lane, retry);
    if (bits != digits) return u32(bits < digits);
    left -= <f64>digits;
  }
  return 0;
}

function bernoulli(raw: usize, out: usize, n: i32): void {
  const t = i8x16.splat(<i8>top), one = i8x16.splat(1);
  const bytes: usize = <usize>n << 2;
  let tie = TIES;
  for (let i: usize = 0; i < bytes; i += 64) {
    const v0 = v128.load(raw + i), v1 = v128.load(raw + i, 16), v2 = v128.load(raw + i, 32), v3 = v128.load(raw + i, 48);
    // byte < top as min(top − byte saturated, 1): two instructions, where an unsigned compare is four
    v128.store(out + i, i8x16.min_u(i8x16.sub_sat_u(t, v0), one));
    v128.store(out + i, i8x16.min_u(i8x16.sub_sat_u(t, v1), one), 16);
    v128.store(out + i, i8x16.min_u(i8x16.sub_sat_u(t, v2), one), 32);
    v128.store(out + i, i8x16.min_u(i8x16.sub_sat_u(t, v3), one), 48);
    const ties = <u64>i8x16.bitmask(i8x16.eq(v0, t)) | (<u64>i8x16.bitmask(i8x16.eq(v1, t)) << 16) |
      (<u64>i8x16.bitmask(i8x16.eq(v2, t)) << 32) | (<u64>i8x16.bitmask(i8x16.eq(v3, t)) << 48);
    // noted without a branch, as a branch on them would be guessed wrong each time (measured: 10 %)
    store<u64>(tie, ties);
    store<u32>(tie, <u32>i, 8);
    tie += <usize>(ties != 0) << 4;
  }
  for (let noted = TIES; noted < tie; noted += 16) {
    let ties = load<u64>(noted);
    const first = <usize>load<u32>(noted, 8);
    do {
      const element = first + <usize>ctz(ties);
      store<u8>(out + element, <u8>below(<i32>(element >> 2), <u32>element & 3));
      ties &= ties - 1;
    } while (ties);
  }
}

/** `words` · 4 bytes of 0 or 1 to `out`. */
export function fillMask(out: usize, words: i32, p: f64): void {
  top = <u32>(p * 256);
  rest = p * 256 - <f64>top;
  fill(bernoulli, 1, 4, out, words);
  // 256 is no byte: p = 1 consumed its words like any other p
  if (p == 1) memory.fill(out, 1, <usize>words << 2);
}

/** n bytes of 0 or 1. */
export function fillBernoulli8(n: i32, p: f64): void {
  fillMask(OUT, (n + 3) >> 2, p);
}

/** n float32 of 0 or 1, n ≤ OUT_BYTES / 4: the bytes wait in the last quarter and spread forward, never overtaking. */
export function fillBernoulli32(n: i32, p: f64): void {
  let bytes = OUT + OUT_BYTES / 4 * 3;
  fillMask(bytes, (n + 3) >> 2, p);
  const end = OUT + (<usize>n << 2);
  for (let out = OUT; out < end; out += 16) {
    v128.store(out, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(bytes)))));
    bytes += 4;
  }
}
