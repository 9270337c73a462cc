/** Choice with probabilities: by counting thresholds for a few categories, by alias columns for many. */
import { OUT, OUT_BYTES, PART } from '../memory';
import { side } from '../raw';
import { fill } from '../bulk/fill';
import { fillUniform64 } from '../bulk/uniform';
import { mulHigh } from '../math/u128';

/** The most thresholds the counting kernel takes; src/choice.ts uses the alias method past it. */
const MOST: i32 = 16;

/** Per threshold: the top 32 bits of the cumulative probability, less 2^31, in four lanes. */
// @ts-ignore: decorator
@lazy const TOPS: usize = memory.data(256, 16);
/** And the rest of it, as a fraction of 2^-32. */
// @ts-ignore: decorator
@lazy const RESTS: usize = memory.data(128, 16);
let count: i32 = 0;

/** Sets threshold i, of at most 16 in ascending order: a cumulative probability in [0, 1). */
export function setThreshold(i: i32, cumulative: f64): void {
  const scaled = cumulative * 4294967296, top = <u32>scaled;
  v128.store(TOPS + (<usize>i << 4), i32x4.splat(<i32>(top ^ 0x80000000)));
  store<f64>(RESTS + (<usize>i << 3), scaled - <f64>top);
}

/** Is the uniform number with first word `top`, the word of element `index`, at least the threshold top + rest? By the side stream, as bernoulli.ts does. */
function reaches(index: i32, rest: f64): u32 {
  for (let retry: u32 = 0; rest != 0; retry++) {
    rest *= 18446744073709551616.0; // 2^64: exact
    const digits = <u64>rest, bits = side(index, 0, retry);
    if (bits != digits) return u32(bits > digits);
    rest -= <f64>digits;
  }
  return 1;
}

/** One word an element, int32: how many thresholds the uniform number reaches. */
function categories(raw: usize, out: usize, n: i32): void {
  const end = out + (<usize>n << 2), start = raw, last = TOPS + (<usize>count << 4);
  const flip = i32x4.splat(0x80000000);
  while (out < end) {
    const a = v128.xor(v128.load(raw), flip), b = v128.xor(v128.load(raw, 16), flip);
    let countA = i32x4.splat(0), countB = countA, ties = countA;
    for (let t = TOPS; t < last; t += 16) {
      const top = v128.load(t);
      countA = i32x4.sub(countA, i32x4.gt_s(a, top));
      countB = i32x4.sub(countB, i32x4.gt_s(b, top));
      ties = v128.or(ties, v128.or(i32x4.eq(a, top), i32x4.eq(b, top)));
    }
    v128.store(out, countA);
    v128.store(out, countB, 16);
    if (v128.any_true(ties)) settle(raw, out, start);
    raw += 32;
    out += 32;
  }
}

/** Decides the ties among eight elements. */
function settle(raw: usize, out: usize, start: usize): void {
  for (let j: usize = 0; j < 32; j += 4) {
    const word = load<u32>(raw + j) ^ 0x80000000;
    for (let t = 0; t < count; t++) {
      if (word == load<u32>(TOPS + (<usize>t << 4))) {
        store<u32>(out + j, load<u32>(out + j) + reaches(<i32>((raw + j - start) >> 2), load<f64>(RESTS + (<usize>t << 3))));
      }
    }
  }
}

/** n int32: each the number of the first `thresholds` thresholds reached. */
export function fillCategories(n: i32, thresholds: i32): void {
  count = thresholds;
  fill(categories, 1, 4, OUT, n);
}

let columns: u32 = 0;

/**
 * The alias method's two draws from one 64-bit word x: of the product x · columns the integer part is the column
 * (int32 at `out`) and the fraction the coin (float64, 53 bits, in the upper half of the output block).
 */
function aliasDraws(raw: usize, out: usize, n: i32): void {
  const end = out + (<usize>n << 2);
  let coin = OUT + OUT_BYTES / 2 + ((out - OUT) << 1);
  while (out < end) {
    const x = load<u64>(raw);
    store<u32>(out, <u32>mulHigh(x, columns));
    store<f64>(coin, <f64>(x * columns >> 11) * 1.1102230246251565e-16); // 2^-53
    raw += 8;
    out += 4;
    coin += 8;
  }
}

/** n alias draws over `size` columns, n ≤ OUT_BYTES / 16. */
export function fillAliasDraws(n: i32, size: u32): void {
  columns = size;
  fill(aliasDraws, 2, 4, OUT, n);
}

/** How many thresholds fit. */
export function mostThresholds(): i32 {
  return MOST;
}

/**
 * n int32, as NumPy's choice with probabilities: for each uniform double how many of the `thresholds` ascending ones in the last part of the output block are
 * not above it. n may be three parts' elements. A binary search without a branch on what comes of it.
 */
export function fillSearched(n: i32, thresholds: i32): void {
  fillUniform64(n);
  for (let i: usize = 0; i < <usize>n; i++) {
    const u = load<f64>(OUT + (i << 3)), start = OUT + 3 * PART;
    let at = start;
    for (let length = <usize>thresholds; length > 0;) {
      const half = (length + 1) >> 1;
      at += (0 - <usize>(load<f64>(at + (half << 3) - 8) <= u)) & (half << 3);
      length -= half;
    }
    store<i32>(OUT + (i << 2), <i32>((at - start) >> 3));
  }
}
