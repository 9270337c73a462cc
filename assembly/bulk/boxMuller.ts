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
import { unit53 } from './uniform';
import { fill } from './fill';

/** Four pairs of float32 from eight words: u from 31 bits of the first of each pair, φ from the 32 of the second. */
@unmanaged
class Normal32 {
  // @ts-ignore: decorator
  @inline get words(): i32 { return 2; }
  // @ts-ignore: decorator
  @inline get bytes(): i32 { return 8; }
  run(raw: usize, out: usize, n: i32): void {
    const end = out + (<usize>n << 3);
    while (out < end) {
      const v0 = v128.load(raw), v1 = v128.load(raw, 16);
      const a = v128.shuffle<i32>(v0, v1, 0, 2, 4, 6), b = v128.shuffle<i32>(v0, v1, 1, 3, 5, 7);
      // u = (k + ½) 2^-31 in (0, 1], k the word's top 31 bits; its logarithm from the integer, so |z| reaches 6.66
      const u = f32x4.add(f32x4.convert_i32x4_s(i32x4.shr_u(a, 1)), f32x4.splat(0.5));
      let r = f32x4.sqrt(f32x4.mul(v32.log(u, i32x4.splat(-31)), f32x4.splat(-2)));
      const theta = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_s(b, 2)), f32x4.splat(1.4629180792671596e-9)); // π/4 · 2^-29
      const z = f32x4.mul(theta, theta);
      let s = v32.sin(theta, z), c = v32.cos(z);
      const swap = v128.and(v128.xor(s, c), i32x4.shr_s(i32x4.shl(b, 30), 31)); // bit 1
      s = v128.xor(s, swap);
      c = v128.xor(c, swap);
      r = v128.xor(r, i32x4.shl(b, 31)); // bit 0 is the sign of both
      c = f32x4.mul(r, c);
      s = f32x4.mul(r, s);
      v128.store(out, v128.shuffle<i32>(c, s, 0, 4, 1, 5));
      v128.store(out, v128.shuffle<i32>(c, s, 2, 6, 3, 7), 16);
      raw += 32;
      out += 32;
    }
  }
}

/** Two pairs of float64 from eight words: u from 53 bits of the first 64 of each pair, φ from 54 of the second. */
@unmanaged
class Normal64 {
  // @ts-ignore: decorator
  @inline get words(): i32 { return 4; }
  // @ts-ignore: decorator
  @inline get bytes(): i32 { return 16; }
  run(raw: usize, out: usize, n: i32): void {
    const end = out + (<usize>n << 4);
    while (out < end) {
      const v0 = v128.load(raw), v1 = v128.load(raw, 16);
      const a = v128.shuffle<i64>(v0, v1, 0, 2), b = v128.shuffle<i64>(v0, v1, 1, 3);
      // u = 1 − 53 bits, in (0, 1]: |z| reaches 8.57
      const u = f64x2.sub(f64x2.splat(1), unit53(a));
      let r = f64x2.sqrt(f64x2.mul(v64.log(u), f64x2.splat(-2)));
      // [1, 2) from the top 52 bits, to [−½, ½), to [−π/4, π/4)
      const turn = f64x2.sub(v128.or(i64x2.shr_u(b, 12), i64x2.splat(0x3ff0000000000000)), f64x2.splat(1.5));
      const theta = f64x2.mul(turn, f64x2.splat(1.5707963267948966));
      const z = f64x2.mul(theta, theta);
      let s = v64.sin(theta, z), c = v64.cos(z);
      const bit1 = v128.and(i64x2.shr_u(b, 1), i64x2.splat(1));
      const swap = v128.and(v128.xor(s, c), i64x2.neg(bit1));
      s = v128.xor(s, swap);
      c = v128.xor(c, swap);
      r = v128.xor(r, i64x2.shl(b, 63)); // bit 0 is the sign of both
      c = f64x2.mul(r, c);
      s = f64x2.mul(r, s);
      v128.store(out, v128.shuffle<i64>(c, s, 0, 2));
      v128.store(out, v128.shuffle<i64>(c, s, 1, 3), 16);
      raw += 32;
      out += 32;
    }
  }
}

/** n float32, n even or the last pair whole. */
export function fillNormal32(n: i32): void {
  fill(changetype<Normal32>(0), OUT, (n + 1) >> 1);
}

/** n float64, likewise. */
export function fillNormal64(n: i32): void {
  fill(changetype<Normal64>(0), OUT, (n + 1) >> 1);
}

/** One pair of float64 at OUT from four given words: the same code, so the same bits, for draws without a size. */
export function normalPair64(w0: u32, w1: u32, w2: u32, w3: u32): void {
  store<u32>(RAW, w0);
  store<u32>(RAW, w1, 4);
  store<u32>(RAW, w2, 8);
  store<u32>(RAW, w3, 12);
  changetype<Normal64>(0).run(RAW, OUT, 1);
}
