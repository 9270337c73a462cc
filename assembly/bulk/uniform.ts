/** Uniforms in [0, 1): float32 with 24 bits from one word, float64 with 53 bits from two. */
import { OUT, PART } from '../memory';
import { isMersenne } from '../raw';
import { fill } from './fill';

function uniform32(raw: usize, out: usize, n: i32): void {
  const end = out + (<usize>n << 2);
  const scale = f32x4.splat(5.9604644775390625e-8); // 2^-24
  while (out < end) {
    // 24 bits are positive as signed integers, whose conversion is one instruction
    v128.store(out, f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(v128.load(raw), 8)), scale));
    v128.store(out, f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(v128.load(raw, 16), 8)), scale), 16);
    raw += 32;
    out += 32;
  }
}

/** 1 as a double's bits, and the lowest bit: in a table, see math/v64.ts. */
// @ts-ignore: decorator
@lazy export const ONES: usize = memory.data<u64>([0x3ff0000000000000, 1], 16);

/**
 * x >>> 11 times 2^-53 for two 64-bit words, without a 64-bit conversion (SIMD has none): the top 52 bits
 * make A in [1, 2); bit 11 makes C = 1 or its predecessor 1 − 2^-53; A − C is exact. `one` and `bit` are those of ONES.
 */
// @ts-ignore: decorator
@inline export function unit53(x: v128, one: v128, bit: v128): v128 {
  const a = v128.or(i64x2.shr_u(x, 12), one);
  const c = i64x2.sub(one, v128.and(i64x2.shr_u(x, 11), bit));
  return f64x2.sub(a, c);
}

/** 2^-27 and 2^-53. */
// @ts-ignore: decorator
@lazy const SCALES: usize = memory.data<f64>([7.450580596923828e-9, 1.1102230246251565e-16], 16);

function uniform64(raw: usize, out: usize, n: i32): void {
  const end = out + (<usize>n << 3);
  const one = v128.load64_splat(ONES), bit = v128.load64_splat(ONES, 8);
  // four vectors a turn, the constants in registers: 0.1 ns an element less than two, loading them (measured)
  while (out < end) {
    v128.store(out, unit53(v128.load(raw), one, bit));
    v128.store(out, unit53(v128.load(raw, 16), one, bit), 16);
    v128.store(out, unit53(v128.load(raw, 32), one, bit), 32);
    v128.store(out, unit53(v128.load(raw, 48), one, bit), 48);
    raw += 64;
    out += 64;
  }
}

/** The Mersenne Twister's: (a >>> 5) · 2^-27 + (b >>> 6) · 2^-53 of two words, all exact. See: genrand_res53 of mt19937ar.c. */
function mersenne64(raw: usize, out: usize, n: i32): void {
  const end = out + (<usize>n << 3);
  const high = v128.load64_splat(SCALES), low = v128.load64_splat(SCALES, 8);
  while (out < end) {
    for (let i: usize = 0; i < 32; i += 16) {
      const w = v128.load(raw + i);
      const a = f64x2.convert_low_i32x4_s(i32x4.shr_u(v128.shuffle<i32>(w, w, 0, 2, 0, 2), 5));
      const b = f64x2.convert_low_i32x4_s(i32x4.shr_u(v128.shuffle<i32>(w, w, 1, 3, 1, 3), 6));
      v128.store(out + i, f64x2.add(f64x2.mul(a, high), f64x2.mul(b, low)));
    }
    raw += 32;
    out += 32;
  }
}

export function fillUniform32(n: i32): void {
  fill(uniform32, 1, 4, OUT, n);
}

export function fillUniform64(n: i32): void {
  fill(isMersenne() ? mersenne64 : uniform64, 2, 8, OUT, n);
}

/** OUT ← min(OUT · scale + offset, most), float32. `most` keeps a rounded-up value below the open end of [low, high). */
export function affine32(n: i32, scale: f32, offset: f32, most: f32): void {
  const end = OUT + (<usize>n << 2);
  const a = f32x4.splat(scale), b = f32x4.splat(offset), m = f32x4.splat(most);
  for (let out = OUT; out < end; out += 16) {
    v128.store(out, f32x4.pmin(f32x4.add(f32x4.mul(v128.load(out), a), b), m));
  }
}

/** The same in float64. */
export function affine64(n: i32, scale: f64, offset: f64, most: f64): void {
  const end = OUT + (<usize>n << 3);
  const a = f64x2.splat(scale), b = f64x2.splat(offset), m = f64x2.splat(most);
  for (let out = OUT; out < end; out += 16) {
    v128.store(out, f64x2.pmin(f64x2.add(f64x2.mul(v128.load(out), a), b), m));
  }
}

/** The same with scale, offset and most of each element: those of JavaScript's, past the samples. */
export function affineEach64(n: i32): void {
  for (let at: usize = 0, end = <usize>n << 3; at < end; at += 16) {
    const scaled = f64x2.mul(v128.load(OUT + at), v128.load(OUT + PART + at));
    v128.store(OUT + at, f64x2.pmin(f64x2.add(scaled, v128.load(OUT + 2 * PART + at)), v128.load(OUT + 3 * PART + at)));
  }
}

/** The same for float32 samples. */
export function affineEach32(n: i32): void {
  for (let at: usize = 0, end = <usize>n << 2; at < end; at += 16) {
    const scaled = f32x4.mul(v128.load(OUT + at), v128.load(OUT + PART + at));
    v128.store(OUT + at, f32x4.pmin(f32x4.add(scaled, v128.load(OUT + 2 * PART + at)), v128.load(OUT + 3 * PART + at)));
  }
}
