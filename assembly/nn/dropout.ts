/** Dropout, fused: mask, scale and product in one pass over what is in the cache; and masks packed to bits. */
import { fillMask, OUT } from './engine';

/** Elements at once: the mask of one full raw block. */
// @ts-ignore: decorator
@inline export const MOST: i32 = 16384;

/** What goes in: at most MOST float32, or half as many float64. */
// @ts-ignore: decorator
@lazy export const IN: usize = memory.data(MOST * 4 + 256, 64);

/** Bytes of 0 and 1. */
// @ts-ignore: decorator
@lazy const MASK: usize = memory.data(MOST + 64, 64);

/** OUT ← IN · scale where the mask says so, else 0: n ≤ MOST float32. */
export function dropout32(n: i32, p: f64, scale: f32): void {
  fillMask(MASK, (n + 3) >> 2, p);
  const factor = f32x4.splat(scale), end = MASK + <usize>n;
  let x = IN, out = OUT;
  for (let mask = MASK; mask < end; mask += 16) {
    // 0 and 1 become 0 and −1, and spread over the lanes by their sign
    const keep = i8x16.neg(v128.load(mask));
    const low = i16x8.extend_low_i8x16_s(keep), high = i16x8.extend_high_i8x16_s(keep);
    v128.store(out, v128.and(f32x4.mul(v128.load(x), factor), i32x4.extend_low_i16x8_s(low)));
    v128.store(out, v128.and(f32x4.mul(v128.load(x, 16), factor), i32x4.extend_high_i16x8_s(low)), 16);
    v128.store(out, v128.and(f32x4.mul(v128.load(x, 32), factor), i32x4.extend_low_i16x8_s(high)), 32);
    v128.store(out, v128.and(f32x4.mul(v128.load(x, 48), factor), i32x4.extend_high_i16x8_s(high)), 48);
    x += 64;
    out += 64;
  }
}

/** The same for n ≤ MOST / 2 float64. */
export function dropout64(n: i32, p: f64, scale: f64): void {
  fillMask(MASK, (n + 3) >> 2, p);
  const factor = f64x2.splat(scale), end = MASK + <usize>n;
  let x = IN, out = OUT;
  for (let mask = MASK; mask < end; mask += 4) {
    const keep = i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(i8x16.neg(v128.load32_zero(mask))));
    v128.store(out, v128.and(f64x2.mul(v128.load(x), factor), i64x2.extend_low_i32x4_s(keep)));
    v128.store(out, v128.and(f64x2.mul(v128.load(x, 16), factor), i64x2.extend_high_i32x4_s(keep)), 16);
    x += 32;
    out += 32;
  }
}

/** n ≤ MOST elements of a mask as bits at OUT, from element `skip` on: the lowest bit first, those past the end 0. */
export function packedMask(n: i32, p: f64, skip: i32): void {
  fillMask(MASK, (n + 3) >> 2, p);
  const end = MASK + <usize>n;
  memory.fill(end, 0, 16);
  let out = OUT;
  for (let mask = MASK + <usize>skip; mask < end; mask += 16) {
    store<u16>(out, <u16>i8x16.bitmask(i8x16.neg(v128.load(mask))));
    out += 2;
  }
}
