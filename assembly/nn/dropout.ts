/** Dropout, fused: mask, scale and product in one pass over what is in the cache; and masks packed to bits. */
import { bernoulli } from '../bulk/mask';
import { OUT, RAW, RAW_WORDS, refill, side } from './engine';

/** Elements at once: the mask of one full raw block. */
// @ts-ignore: decorator
@inline export const MOST: i32 = 16384;

/** What goes in: at most MOST float32, or half as many float64. Dropout leaves its results here too, so that a chunk stays in the cache. */
// @ts-ignore: decorator
@lazy export const IN: usize = memory.data(MOST * 4 + 256, 64);

/** 1 / p, in as many lanes as there are. */
// @ts-ignore: decorator
@lazy const FACTOR: usize = memory.data(16, 16);
/** Where the bits of the raw block at hand go. */
let bits: usize = 0;

/** −1 where byte ≤ top: the undecided are kept at first, so that nothing is lost until they are settled. */
// @ts-ignore: decorator
@inline function kept(bytes: v128, top: v128): v128 {
  return i8x16.eq(i8x16.min_u(bytes, top), bytes);
}

/** The bytes of the low eight lanes of eight bits twice, of the high eight; so a mask spreads by one instruction, where extending the high lanes takes two. */
// @ts-ignore: decorator
@inline function lowBytes(a: v128): v128 { return v128.shuffle<i8>(a, a, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23); }
// @ts-ignore: decorator
@inline function highBytes(a: v128): v128 { return v128.shuffle<i8>(a, a, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31); }
/** Likewise lanes of sixteen bits, and of 32. */
// @ts-ignore: decorator
@inline function lowShorts(a: v128): v128 { return v128.shuffle<i16>(a, a, 0, 8, 1, 9, 2, 10, 3, 11); }
// @ts-ignore: decorator
@inline function highShorts(a: v128): v128 { return v128.shuffle<i16>(a, a, 4, 12, 5, 13, 6, 14, 7, 15); }
// @ts-ignore: decorator
@inline function lowWords(a: v128): v128 { return v128.shuffle<i32>(a, a, 0, 4, 1, 5); }
// @ts-ignore: decorator
@inline function highWords(a: v128): v128 { return v128.shuffle<i32>(a, a, 2, 6, 3, 7); }

/** Four numbers times the factor where the lane of `keep` is −1, else 0. */
// @ts-ignore: decorator
@inline function four<T>(at: usize, factor: v128, keep: v128): void {
  if (sizeof<T>() == 4) v128.store(at, v128.and(f32x4.mul(v128.load(at), factor), keep));
  else {
    v128.store(at, v128.and(f64x2.mul(v128.load(at), factor), lowWords(keep)));
    v128.store(at, v128.and(f64x2.mul(v128.load(at, 16), factor), highWords(keep)), 16);
  }
}

/** Sixteen of them, and where the next begin. */
// @ts-ignore: decorator
@inline function sixteen<T>(at: usize, factor: v128, keep: v128): usize {
  const low = lowBytes(keep), high = highBytes(keep), step = sizeof<T>() << 2;
  four<T>(at, factor, lowShorts(low));
  four<T>(at + step, factor, highShorts(low));
  four<T>(at + 2 * step, factor, lowShorts(high));
  four<T>(at + 3 * step, factor, highShorts(high));
  return at + 4 * step;
}

/** What the sinks of ../bulk/mask.ts have in common here. */
@unmanaged
class Sink {
  // @ts-ignore: decorator
  @inline side(index: i32, lane: u32, retry: u32): u64 { return side(index, lane, retry); }
}

/** IN ← IN · factor, or 0. */
@unmanaged
class Dropout<T> extends Sink {
  // @ts-ignore: decorator
  @inline put(at: usize, v0: v128, v1: v128, v2: v128, v3: v128, top: v128): void {
    const factor = v128.load(FACTOR);
    let x = IN + at * sizeof<T>();
    x = sixteen<T>(x, factor, kept(v0, top));
    x = sixteen<T>(x, factor, kept(v1, top));
    x = sixteen<T>(x, factor, kept(v2, top));
    sixteen<T>(x, factor, kept(v3, top));
  }
  // @ts-ignore: decorator
  @inline settle(element: usize, drawn: u32): void {
    const at = IN + element * sizeof<T>();
    store<T>(at, select<T>(load<T>(at), 0, drawn));
  }
}

/** Which of sixteen bytes are at least 255 − `low`, as bits: the sign of their rounded mean, one instruction where a compare takes two. */
// @ts-ignore: decorator
@inline function reaches(bytes: v128, low: v128): u64 {
  return <u64>i8x16.bitmask(i8x16.avgr_u(bytes, low));
}

@unmanaged
class Bits extends Sink {
  // @ts-ignore: decorator
  @inline put(at: usize, v0: v128, v1: v128, v2: v128, v3: v128, top: v128): void {
    const low = v128.not(top);
    store<u64>(bits + (at >> 3), ~(reaches(v0, low) | (reaches(v1, low) << 16) | (reaches(v2, low) << 32) | (reaches(v3, low) << 48)));
  }
  // @ts-ignore: decorator
  @inline settle(element: usize, drawn: u32): void {
    const at = bits + (element >> 3);
    store<u8>(at, <u8>(<u32>load<u8>(at) | (drawn << (<u32>element & 7))));
  }
}

/** IN ← IN · 1 / p with probability p, else 0; FACTOR is set. */
function dropout<T>(n: i32, p: f64): void {
  const words = (n + 3) >> 2;
  refill(words);
  if (p < 1) bernoulli(changetype<Dropout<T>>(0), RAW, words, p);
}

/** Of n ≤ MOST float32. */
export function dropout32(n: i32, p: f64): void {
  v128.store(FACTOR, f32x4.splat(<f32>(1 / p)));
  dropout<f32>(n, p);
}

/** Of n ≤ MOST / 2 float64. */
export function dropout64(n: i32, p: f64): void {
  v128.store(FACTOR, f64x2.splat(1 / p));
  dropout<f64>(n, p);
}

/** n ≤ OUT_BYTES · 8 − 64 elements of a mask as bits at OUT, from element `skip` ≤ 3 on: the lowest bit first, those past the end 0. */
export function packedMask(n: i32, p: f64, skip: i32): void {
  const end = OUT + (<usize>(n + 63) >> 6 << 3);
  bits = OUT;
  for (let words = (n + 3) >> 2; words > 0; words -= RAW_WORDS) {
    const block = min(words, RAW_WORDS);
    refill(block);
    if (p < 1) bernoulli(changetype<Bits>(0), RAW, block, p);
    bits += <usize>block >> 1;
  }
  if (p == 1) memory.fill(OUT, 255, end - OUT);
  // nothing past the last element
  if (n & 63) store<u64>(end - 8, load<u64>(end - 8) & ((<u64>1 << (n & 63)) - 1));
  store<u64>(end, 0);
  if (!skip) return;
  for (let out = OUT; out < end; out += 8) store<u64>(out, (load<u64>(out) >> skip) | (load<u64>(out, 8) << (64 - skip)));
}

/** The bits of a byte, the lowest first. */
// @ts-ignore: decorator
@lazy const BIT: usize = memory.data<u8>([1, 2, 4, 8, 16, 32, 64, 128], 16);
// @ts-ignore: decorator
@lazy const SPREAD: usize = memory.data<u8>([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1], 16);

/** n ≤ MOST elements of the packed mask at IN as bytes of 0 and 1 at OUT. */
export function unpackMask(n: i32): void {
  const end = OUT + <usize>n;
  const bit = v128.load64_splat(BIT), one = i8x16.splat(1);
  let packed = IN;
  for (let out = OUT; out < end; out += 16) {
    // each of two bytes eight times
    const bytes = i8x16.swizzle(v128.load16_splat(packed), v128.load(SPREAD));
    v128.store(out, v128.and(i8x16.eq(v128.and(bytes, bit), bit), one));
    packed += 2;
  }
}
