/**
 * Bounded integers, unbiased: Lemire's method ("Fast random integer generation in an interval", 2019) with
 * the retries taken from the side stream, so that an element takes the same words whatever happens.
 */
import { OUT, PART } from '../memory';
import { mulHigh } from '../math/u128';
import { side } from '../raw';
import { fill } from './fill';

/** The number of values (0 stands for 2^64), the first of them, and 2^k mod range: products below it are redrawn. */
let range: u64 = 0;
let low: u64 = 0;
let threshold: u64 = 0;

/** A value in [0, values) from the side stream of the element at `index`, by Lemire's method on 64 bits. */
export function sideBounded(index: i32, lane: u32, values: u64): u64 {
  let retry: u32 = 0;
  let bits = side(index, lane, retry);
  if (bits * values < values) {
    const least = (0 - values) % values;
    while (bits * values < least) bits = side(index, lane, ++retry);
  }
  return mulHigh(bits, values);
}

/** Ranges to 2^24, one word each, int32. */
function bounded32(raw: usize, out: usize, n: i32): void {
  const end = out + (<usize>n << 2);
  const values = i32x4.splat(<i32>range), first = i32x4.splat(<i32>low), least = i32x4.splat(<i32>threshold);
  const start = raw;
  while (out < end) {
    const v0 = v128.load(raw), v1 = v128.load(raw, 16);
    const a0 = i64x2.extmul_low_i32x4_u(v0, values), a1 = i64x2.extmul_high_i32x4_u(v0, values);
    const b0 = i64x2.extmul_low_i32x4_u(v1, values), b1 = i64x2.extmul_high_i32x4_u(v1, values);
    v128.store(out, i32x4.add(v128.shuffle<i32>(a0, a1, 1, 3, 5, 7), first));
    v128.store(out, i32x4.add(v128.shuffle<i32>(b0, b1, 1, 3, 5, 7), first), 16);
    if (threshold) {
      const lowA = v128.shuffle<i32>(a0, a1, 0, 2, 4, 6), lowB = v128.shuffle<i32>(b0, b1, 0, 2, 4, 6);
      // below the threshold in either vector: one compare on the lesser of the two
      if (v128.any_true(i32x4.lt_u(i32x4.min_u(lowA, lowB), least))) {
        for (let j: usize = 0; j < 32; j += 4) {
          if (load<u32>(raw + j) * <u32>range < <u32>threshold) {
            store<u32>(out + j, <u32>sideBounded(<i32>((raw + j - start) >> 2), 0, range) + <u32>low);
          }
        }
      }
    }
    raw += 32;
    out += 32;
  }
}

/** A bounded value from 64 bits of two words whose first is word `index`: ranges past 2^24. */
// @ts-ignore: decorator
@inline function bounded(word: u64, index: i32): u64 {
  if (!range) return word;
  if (word * range < threshold) return sideBounded(index, 0, range);
  return mulHigh(word, range);
}

/** Ranges past 2^24 to 2^32, two words each, 32-bit results. */
function wide32(raw: usize, out: usize, n: i32): void {
  const whole = range == 0x100000000, zero = i32x4.splat(0);
  const values = i32x4.splat(<i32>range), first = i32x4.splat(<i32>low);
  for (let i = 0; i < n; i += 4) {
    const v0 = v128.load(raw), v1 = v128.load(raw, 16);
    const high = v128.shuffle<i32>(v0, v1, 1, 3, 5, 7);
    if (whole) v128.store(out, i32x4.add(high, first));
    else {
      // the 96-bit product: its top 32 bits the value, the middle ones 0 wherever Lemire's method may redraw
      const lowWords = v128.shuffle<i32>(v0, v1, 0, 2, 4, 6);
      const a = i64x2.add(i64x2.extmul_low_i32x4_u(high, values), i64x2.shr_u(i64x2.extmul_low_i32x4_u(lowWords, values), 32));
      const b = i64x2.add(i64x2.extmul_high_i32x4_u(high, values), i64x2.shr_u(i64x2.extmul_high_i32x4_u(lowWords, values), 32));
      v128.store(out, i32x4.add(v128.shuffle<i32>(a, b, 1, 3, 5, 7), first));
      if (v128.any_true(i32x4.eq(v128.shuffle<i32>(a, b, 0, 2, 4, 6), zero))) {
        for (let j = 0; j < 4; j++) store<u32>(out + (<usize>j << 2), <u32>(bounded(load<u64>(raw + (<usize>j << 3)), (i + j) << 1) + low));
      }
    }
    raw += 32;
    out += 16;
  }
}

/** Any range, 64-bit results. */
function bounded64(raw: usize, out: usize, n: i32): void {
  const narrow = isNarrow();
  for (let i = 0; i < n; i++) {
    let value: u64;
    if (narrow) {
      const product = <u64>load<u32>(raw + (<usize>i << 2)) * range;
      value = <u32>product < <u32>threshold ? sideBounded(i, 0, range) : product >> 32;
    } else value = bounded(load<u64>(raw + (<usize>i << 3)), i << 1);
    store<u64>(out + (<usize>i << 3), value + low);
  }
}

/** Does one word an element do? */
function isNarrow(): bool {
  return range != 0 && range <= 0x1000000;
}

/** Sets the range: `values` values from `first` on; 0 stands for 2^64. */
export function setRange(first: u64, values: u64): void {
  low = first;
  range = values;
  // 2^32 or 2^64 mod values, by the words an element takes
  if (!values) threshold = 0;
  else if (isNarrow()) threshold = 0x100000000 % values;
  else threshold = (0 - values) % values;
}

/** n integers of `bytes` bytes each (1, 2, 4 or 8) in the range set. */
export function fillBounded(n: i32, bytes: i32): void {
  if (bytes == 8) {
    fill(bounded64, isNarrow() ? 1 : 2, 8, OUT, n);
    return;
  }
  if (!isNarrow()) {
    fill(wide32, 2, 4, OUT, n);
    return;
  }
  fill(bounded32, 1, 4, OUT, n);
  const end = OUT + (<usize>n << 2);
  // keep the low bytes; the shorter results never overtake what is still to be read
  let out = OUT;
  if (bytes == 2) {
    for (let from = OUT; from < end; from += 32) {
      v128.store(out, v128.shuffle<i16>(v128.load(from), v128.load(from, 16), 0, 2, 4, 6, 8, 10, 12, 14));
      out += 16;
    }
  } else if (bytes == 1) {
    for (let from = OUT; from < end; from += 32) {
      v128.store64_lane(out, v128.shuffle<i8>(v128.load(from), v128.load(from, 16), 0, 4, 8, 12, 16, 20, 24, 28, 0, 0, 0, 0, 0, 0, 0, 0), 0);
      out += 8;
    }
  }
}

/** Whether the bounds that `each` reads are float64, and the bytes of what it writes. */
let reals: bool = false;
let bytes: usize = 0;

/** The range of element `i` of the block: the bounds of each, both ends included, are in the two parts past the values. */
function setRangeOf(element: usize): void {
  const at = OUT + PART + (element << 3);
  const first = reals ? <i64>load<f64>(at) : load<i64>(at), last = reals ? <i64>load<f64>(at + PART) : load<i64>(at + PART);
  low = first;
  range = <u64>(last - first) + 1;
}

function storeEach(element: usize, value: u64): void {
  const to = OUT + element * bytes;
  value += low;
  if (bytes == 1) store<u8>(to, <u8>value);
  else if (bytes == 2) store<u16>(to, <u16>value);
  else if (bytes == 4) store<u32>(to, <u32>value);
  else store<u64>(to, value);
}

function eachNarrow(raw: usize, out: usize, n: i32): void {
  const element = (out - OUT) / bytes;
  for (let i: usize = 0; i < <usize>n; i++) {
    setRangeOf(element + i);
    const product = <u64>load<u32>(raw + (i << 2)) * range;
    storeEach(element + i, <u64><u32>product < <u64>0x100000000 % range ? sideBounded(<i32>i, 0, range) : product >> 32);
  }
}

function eachWide(raw: usize, out: usize, n: i32): void {
  const element = (out - OUT) / bytes;
  for (let i: usize = 0; i < <usize>n; i++) {
    setRangeOf(element + i);
    threshold = range ? (0 - range) % range : 0;
    storeEach(element + i, bounded(load<u64>(raw + (i << 3)), <i32>i << 1));
  }
}

/** n integers of `size` bytes with bounds of each, int64 or, where `real`, float64; one word each where no range has more than 2^24 values. */
export function fillBoundedEach(n: i32, words: i32, size: i32, real: bool): void {
  bytes = size;
  reals = real;
  fill(words == 1 ? eachNarrow : eachWide, words, size, OUT, n);
}
