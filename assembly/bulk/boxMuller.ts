/**
 * Normals by Box and Muller's transform ("A note on the generation of random normal deviates", 1958):
 * r = √(−2 ln u), z0 = r cos φ, z1 = r sin φ, interleaved as elements 2k and 2k + 1.
 *
 * The angle needs no range reduction: θ is uniform on [−π/4, π/4), one bit swaps sine and cosine and one
 * flips both signs, which covers the circle with two short polynomials.
 */
import { OUT, RAW } from '../memory';
import * as v32 from '../math/v32';
import * as v64 from '../math/v64';
import { ONES, unit53 } from './uniform';
import { fill } from './fill';

// @ts-ignore: decorator
@lazy const LOGS: usize = memory.data(1024, 16);
// @ts-ignore: decorator
@lazy const SINES: usize = memory.data(1024, 16);
// @ts-ignore: decorator
@lazy const COSINES: usize = memory.data(1024, 16);

/** Constants of the float32 form (a table: see math/v64.ts). */
// @ts-ignore: decorator
@lazy const F32: usize = memory.data<f32>([
  0.5, // 0
  1.4629180792671596e-9, // 4: π/4 · 2^-29
  -2, // 8
], 16);

/** Constants of the float64 form. */
// @ts-ignore: decorator
@lazy const F64: usize = memory.data<f64>([
  1.5, // 0
  1.5707963267948966, // 8: π/2
  -2, // 16
], 16);

/** u = (k + ½) 2^-31 from the top 31 bits k of the first word of each pair, times 2^31: in (0, 1], so that |z| reaches 6.66. */
@unmanaged
class Radius32 {
  // @ts-ignore: decorator
  @inline get step(): usize { return 32; }
  // @ts-ignore: decorator
  @inline load(at: usize): v128 {
    const words = v128.shuffle<i32>(v128.load(at), v128.load(at, 16), 0, 2, 4, 6);
    return f32x4.add(f32x4.convert_i32x4_s(i32x4.shr_u(words, 1)), v128.load32_splat(F32, 0));
  }
}

/** θ in [−π/4, π/4) from the top 30 bits of the second word of each pair. */
@unmanaged
class Angle32 {
  // @ts-ignore: decorator
  @inline get step(): usize { return 32; }
  // @ts-ignore: decorator
  @inline load(at: usize): v128 {
    const words = v128.shuffle<i32>(v128.load(at), v128.load(at, 16), 1, 3, 5, 7);
    return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_s(words, 2)), v128.load32_splat(F32, 4));
  }
}

/** Pairs of float32 from two words each, four pairs at a time. */
function normal32(raw: usize, out: usize, n: i32): void {
  for (let left = (n + 3) >> 2; left > 0; left -= v32.BLOCK) {
    const vectors = min(left, v32.BLOCK), size = <usize>vectors << 4;
    v32.log(changetype<Radius32>(0), raw, LOGS, vectors, -31);
    v32.sinCos(changetype<Angle32>(0), raw, SINES, COSINES, vectors);
    const minusTwo = v128.load32_splat(F32, 8);
    for (let i: usize = 0; i < size; i += 16) {
      const b = v128.shuffle<i32>(v128.load(raw), v128.load(raw, 16), 1, 3, 5, 7);
      let s = v128.load(SINES + i), c = v128.load(COSINES + i);
      const swap = v128.and(v128.xor(s, c), i32x4.shr_s(i32x4.shl(b, 30), 31)); // bit 1
      // bit 0 is the sign of both
      const r = v128.xor(f32x4.sqrt(f32x4.mul(v128.load(LOGS + i), minusTwo)), i32x4.shl(b, 31));
      c = f32x4.mul(r, v128.xor(c, swap));
      s = f32x4.mul(r, v128.xor(s, swap));
      v128.store(out, v128.shuffle<i32>(c, s, 0, 4, 1, 5));
      v128.store(out, v128.shuffle<i32>(c, s, 2, 6, 3, 7), 16);
      raw += 32;
      out += 32;
    }
  }
}

/** u = 1 − 53 bits from the first two words of each pair: in (0, 1], so that |z| reaches 8.57. */
@unmanaged
class Radius64 {
  // @ts-ignore: decorator
  @inline get step(): usize { return 32; }
  // @ts-ignore: decorator
  @inline load(at: usize): v128 {
    const one = v128.load64_splat(ONES), words = v128.shuffle<i64>(v128.load(at), v128.load(at, 16), 0, 2);
    return f64x2.sub(one, unit53(words, one, v128.load64_splat(ONES, 8)));
  }
}

/** θ in [−π/4, π/4) from the top 52 bits of the last two words of each pair: 1 … 2 by the bits, −½ … ½, times π/2. */
@unmanaged
class Angle64 {
  // @ts-ignore: decorator
  @inline get step(): usize { return 32; }
  // @ts-ignore: decorator
  @inline load(at: usize): v128 {
    const words = v128.shuffle<i64>(v128.load(at), v128.load(at, 16), 1, 3);
    const turn = f64x2.sub(v128.or(i64x2.shr_u(words, 12), v128.load64_splat(ONES)), v128.load64_splat(F64));
    return f64x2.mul(turn, v128.load64_splat(F64, 8));
  }
}

/** Pairs of float64 from four words each, two pairs at a time. */
function normal64(raw: usize, out: usize, n: i32): void {
  for (let left = (n + 1) >> 1; left > 0; left -= v64.BLOCK) {
    const vectors = min(left, v64.BLOCK), size = <usize>vectors << 4;
    v64.log(changetype<Radius64>(0), raw, LOGS, vectors);
    v64.sinCos(changetype<Angle64>(0), raw, SINES, COSINES, vectors);
    const minusTwo = v128.load64_splat(F64, 16), one = i64x2.splat(1);
    for (let i: usize = 0; i < size; i += 16) {
      const b = v128.shuffle<i64>(v128.load(raw), v128.load(raw, 16), 1, 3);
      let s = v128.load(SINES + i), c = v128.load(COSINES + i);
      const swap = v128.and(v128.xor(s, c), i64x2.neg(v128.and(i64x2.shr_u(b, 1), one))); // bit 1
      // bit 0 is the sign of both
      const r = v128.xor(f64x2.sqrt(f64x2.mul(v128.load(LOGS + i), minusTwo)), i64x2.shl(b, 63));
      c = f64x2.mul(r, v128.xor(c, swap));
      s = f64x2.mul(r, v128.xor(s, swap));
      v128.store(out, v128.shuffle<i64>(c, s, 0, 2));
      v128.store(out, v128.shuffle<i64>(c, s, 1, 3), 16);
      raw += 32;
      out += 32;
    }
  }
}

/** n float32, n even or the last pair whole. */
export function fillNormal32(n: i32): void {
  fill(normal32, 2, 8, OUT, (n + 1) >> 1);
}

/** n float64, likewise. */
export function fillNormal64(n: i32): void {
  fill(normal64, 4, 16, OUT, (n + 1) >> 1);
}

/** One pair of float64 at OUT from four given words: the same code, so the same bits, for draws without a size. */
export function normalPair64(w0: u32, w1: u32, w2: u32, w3: u32): void {
  store<u32>(RAW, w0);
  store<u32>(RAW, w1, 4);
  store<u32>(RAW, w2, 8);
  store<u32>(RAW, w3, 12);
  normal64(RAW, OUT, 1);
}
