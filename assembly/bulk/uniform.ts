/** Uniforms in [0, 1): float32 with 24 bits from one word, float64 with 53 bits from two. */
import { OUT } from '../memory';
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

export function fillUniform32(n: i32): void {
  fill(uniform32, 1, 4, OUT, n);
}

export function fillUniform64(n: i32): void {
  fill(uniform64, 2, 8, OUT, n);
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
