/**
 * The normal quantile over blocks: x = Φ⁻¹(½ + c), where the chance p = ½ − |c| of the nearer tail is given beside c, so that neither the
 * middle nor an end loses to cancellation; then x · std + mean, within bounds.
 *
 * Within 2.001 σ x = c (√(2π) + (½ − s) N(s) / D(s)) with s = √(p (1 − p)). The root takes the logarithm's branch away from the interval:
 * degrees 6 and 7 do for float64, 2 and 3 for float32, where p (1 − p) itself would take 10 and 10, 4 and 4. There is no logarithm, and a
 * window of ±2 σ needs nothing else. Lanes further out (4.5 % of an untruncated normal) are gathered and done by themselves, in float64:
 * x = r − N(r) / D(r) with r = √(−2 ln p).
 *
 * Minimax fits by Remez's second algorithm: test/fixtures/quantile.py finds the coefficients. A central and an outer range are Wichura's
 * idea ("Algorithm AS 241", 1988; degrees 7 and 7 to 1.44 σ there).
 */
import { BLOCK, log } from '../math/v64';

/** What the callers fill: c, p and s, in vectors of either dtype. */
// @ts-ignore: decorator
@lazy export const CENTRES: usize = memory.data(1024, 16);
// @ts-ignore: decorator
@lazy export const CHANCES: usize = memory.data(1024, 16);
// @ts-ignore: decorator
@lazy export const ROOTS: usize = memory.data(1024, 16);

// @ts-ignore: decorator
@lazy const NUMERATORS: usize = memory.data(1024, 16);
/** The chances of the outer lanes, with the sign of c; then their values. */
// @ts-ignore: decorator
@lazy const GATHERED: usize = memory.data(2064, 16);
/** Where in the block they belong. */
// @ts-ignore: decorator
@lazy const PLACES: usize = memory.data(512, 16);

/** From standard units to values: std / scale, mean / scale, scale, least, most. */
// @ts-ignore: decorator
@lazy const AFFINE: usize = memory.data(40, 16);
/** The same in float32, without a scale. */
// @ts-ignore: decorator
@lazy const AFFINE32: usize = memory.data(16, 16);

// @ts-ignore: decorator
@lazy const F32: usize = memory.data<f32>([
  2.5066282746310002, // 0: √(2π)
  0.5, // 4
  0.07579893618822098, // 8: N
  1.3675183057785034, // 12
  2.4074299335479736, // 16
  0.006967171095311642, // 20: D, whose leading coefficient is 1
  0.2366429716348648, // 24
  1.0734410285949707, // 28
  0.022696195, // 32: 1 − Φ(2.001)
], 16);

// @ts-ignore: decorator
@lazy const F64: usize = memory.data<f64>([
  2.50662827463100050242, // 0: √(2π)
  0.5, // 8
  0.022696194945641550, // 16: 1 − Φ(2.001)
  0.000247691859088084452313, // 24: N
  0.0314726672822732016381, // 32
  0.802017838533255293093, // 40
  6.31560412847145559949, // 48
  16.9235100036259688124, // 56
  13.7196533381469967111, // 64
  2.48706219246015110703, // 72
  0.000018371034064653063005, // 80: D, whose leading coefficient is 1
  0.00332543104462490945339, // 88
  0.116399911299626952964, // 96
  1.31330391290761444105, // 104
  5.69102061117422218171, // 112
  9.87285284977370443404, // 120
  6.22979893049248113989, // 128
], 16);

// @ts-ignore: decorator
@lazy const TAIL: usize = memory.data<f64>([
  -2, // 0
  3.40841661152715994276, // 8: N
  18.9063642383610831487, // 16
  23.5790731219472327793, // 24
  13.1893113601624007497, // 32
  3.29446317794869649136, // 40
  0.298396732259735741122, // 48
  0.00811989168427961370429, // 56
  0.0000423275283665973749096, // 64
  1, // 72: D
  9.11723487992751053293, // 80
  17.8507746835166357638, // 88
  14.3862675486756587714, // 96
  5.85908473667989030155, // 104
  1.05997577144417099027, // 112
  0.0716539076246423222406, // 120
  0.00147087206236879822077, // 128
  0.00000540449920419611159987, // 136
], 16);

/** Sets what makes values of standard units, min(max(x · std + mean, least), most): the sum `scale` times smaller at first, a power of 2. */
export function setAffine(mean: f64, std: f64, least: f64, most: f64, scale: f64): void {
  store<f64>(AFFINE, std / scale);
  store<f64>(AFFINE, mean / scale, 8);
  store<f64>(AFFINE, scale, 16);
  store<f64>(AFFINE, least, 24);
  store<f64>(AFFINE, most, 32);
  store<f32>(AFFINE32, <f32>std);
  store<f32>(AFFINE32, <f32>mean, 4);
  store<f32>(AFFINE32, <f32>least, 8);
  store<f32>(AFFINE32, <f32>most, 12);
}

/** a + b x. */
// @ts-ignore: decorator
@inline export function linear(a: v128, b: v128, x: v128): v128 {
  return f64x2.add(a, f64x2.mul(b, x));
}

// @ts-ignore: decorator
@inline function linear32(a: v128, b: v128, x: v128): v128 {
  return f32x4.add(a, f32x4.mul(b, x));
}

/** Magnitudes. */
@unmanaged
class Magnitude64 {
  // @ts-ignore: decorator
  @inline get step(): usize { return 16; }
  // @ts-ignore: decorator
  @inline load(at: usize): v128 { return f64x2.abs(v128.load(at)); }
}

/** The outer lanes' values from their chances, in place. */
function outer(count: i32): void {
  store<f64>(GATHERED + (<usize>count << 3), 0.5); // the last vector's other lane
  let at = GATHERED;
  for (let left = (count + 1) >> 1; left > 0; left -= BLOCK) {
    const vectors = min(left, BLOCK), size = <usize>vectors << 4;
    log(changetype<Magnitude64>(0), at, ROOTS, vectors);
    const minusTwo = v128.load64_splat(TAIL);
    const n0 = v128.load64_splat(TAIL, 8), n1 = v128.load64_splat(TAIL, 16), n2 = v128.load64_splat(TAIL, 24), n3 = v128.load64_splat(TAIL, 32);
    const n4 = v128.load64_splat(TAIL, 40), n5 = v128.load64_splat(TAIL, 48), n6 = v128.load64_splat(TAIL, 56), n7 = v128.load64_splat(TAIL, 64);
    for (let i: usize = 0; i < size; i += 16) {
      const r = f64x2.sqrt(f64x2.mul(v128.load(ROOTS + i), minusTwo)), z = f64x2.mul(r, r), w = f64x2.mul(z, z);
      v128.store(ROOTS + i, r);
      v128.store(NUMERATORS + i, linear(linear(linear(n0, n1, r), linear(n2, n3, r), z), linear(linear(n4, n5, r), linear(n6, n7, r), z), w));
    }
    const d0 = v128.load64_splat(TAIL, 72), d1 = v128.load64_splat(TAIL, 80), d2 = v128.load64_splat(TAIL, 88), d3 = v128.load64_splat(TAIL, 96);
    const d4 = v128.load64_splat(TAIL, 104), d5 = v128.load64_splat(TAIL, 112), d6 = v128.load64_splat(TAIL, 120), d7 = v128.load64_splat(TAIL, 128);
    const d8 = v128.load64_splat(TAIL, 136), sign = i64x2.splat(1 << 63);
    for (let i: usize = 0; i < size; i += 16) {
      const r = v128.load(ROOTS + i), z = f64x2.mul(r, r), w = f64x2.mul(z, z);
      const high = linear(linear(linear(d4, d5, r), linear(d6, d7, r), z), d8, w);
      const d = linear(linear(linear(d0, d1, r), linear(d2, d3, r), z), high, w);
      const x = f64x2.sub(r, f64x2.div(v128.load(NUMERATORS + i), d));
      v128.store(at, placed64(v128.or(x, v128.and(v128.load(at), sign))));
      at += 16;
    }
  }
}

/** Keeps values within bounds. */
// @ts-ignore: decorator
@inline export function within64(x: v128): v128 {
  return f64x2.pmin(f64x2.pmax(x, v128.load64_splat(AFFINE, 24)), v128.load64_splat(AFFINE, 32));
}

/** x · std + mean, within bounds. */
// @ts-ignore: decorator
@inline function placed64(x: v128): v128 {
  return within64(f64x2.mul(linear(v128.load64_splat(AFFINE, 8), v128.load64_splat(AFFINE), x), v128.load64_splat(AFFINE, 16)));
}

/** Writes the values of a block of float64. */
export function quantile64(out: usize, vectors: i32): void {
  const size = <usize>vectors << 4;
  const n0 = v128.load64_splat(F64, 24), n1 = v128.load64_splat(F64, 32), n2 = v128.load64_splat(F64, 40), n3 = v128.load64_splat(F64, 48);
  const n4 = v128.load64_splat(F64, 56), n5 = v128.load64_splat(F64, 64), n6 = v128.load64_splat(F64, 72), half = v128.load64_splat(F64, 8);
  for (let i: usize = 0; i < size; i += 16) {
    const s = v128.load(ROOTS + i), z = f64x2.mul(s, s), w = f64x2.mul(z, z);
    const n = linear(linear(linear(n0, n1, s), linear(n2, n3, s), z), linear(linear(n4, n5, s), n6, z), w);
    v128.store(NUMERATORS + i, f64x2.mul(f64x2.sub(half, s), n));
  }
  const root = v128.load64_splat(F64), edge = v128.load64_splat(F64, 16);
  const d0 = v128.load64_splat(F64, 80), d1 = v128.load64_splat(F64, 88), d2 = v128.load64_splat(F64, 96), d3 = v128.load64_splat(F64, 104);
  const d4 = v128.load64_splat(F64, 112), d5 = v128.load64_splat(F64, 120), d6 = v128.load64_splat(F64, 128);
  let outside = i64x2.splat(0);
  for (let i: usize = 0; i < size; i += 16) {
    const s = v128.load(ROOTS + i), z = f64x2.mul(s, s), w = f64x2.mul(z, z);
    const d = linear(linear(linear(d0, d1, s), linear(d2, d3, s), z), linear(linear(d4, d5, s), f64x2.add(d6, s), z), w);
    const x = f64x2.mul(v128.load(CENTRES + i), f64x2.add(root, f64x2.div(v128.load(NUMERATORS + i), d)));
    v128.store(out + i, placed64(x));
    outside = v128.or(outside, f64x2.lt(v128.load(CHANCES + i), edge));
  }
  if (!v128.any_true(outside)) return;
  // 64 lanes' bits at once: a branch a vector is mispredicted too often (measured: 3.4 ns an element of an unbounded float32 window for 3.0)
  let count = 0;
  for (let i = 0; i < vectors; i += 32) {
    let lanes: u64 = 0;
    for (let j = 0, most = min(vectors - i, 32); j < most; j++) {
      lanes |= <u64>i64x2.bitmask(f64x2.lt(v128.load(CHANCES + (<usize>(i + j) << 4)), edge)) << (j << 1);
    }
    while (lanes != 0) {
      const place = (i << 1) + <i32>ctz(lanes), from = <usize>place << 3;
      store<f64>(GATHERED + (<usize>count << 3), copysign<f64>(load<f64>(CHANCES + from), load<f64>(CENTRES + from)));
      store<u8>(PLACES + <usize>count, <u8>place);
      count++;
      lanes &= lanes - 1;
    }
  }
  outer(count);
  for (let j: usize = 0; j < <usize>count; j++) store<f64>(out + (<usize>load<u8>(PLACES + j) << 3), load<f64>(GATHERED + (j << 3)));
}

/** Writes the values of a block of float32. */
export function quantile32(out: usize, vectors: i32): void {
  const size = <usize>vectors << 4;
  const root = v128.load32_splat(F32), half = v128.load32_splat(F32, 4), edge = v128.load32_splat(F32, 32);
  const n0 = v128.load32_splat(F32, 8), n1 = v128.load32_splat(F32, 12), n2 = v128.load32_splat(F32, 16);
  const d0 = v128.load32_splat(F32, 20), d1 = v128.load32_splat(F32, 24), d2 = v128.load32_splat(F32, 28);
  const std = v128.load32_splat(AFFINE32), mean = v128.load32_splat(AFFINE32, 4);
  const least = v128.load32_splat(AFFINE32, 8), most = v128.load32_splat(AFFINE32, 12);
  let outside = i32x4.splat(0);
  for (let i: usize = 0; i < size; i += 16) {
    const s = v128.load(ROOTS + i), z = f32x4.mul(s, s);
    const n = f32x4.mul(f32x4.sub(half, s), linear32(linear32(n0, n1, s), n2, z));
    const d = linear32(linear32(d0, d1, s), f32x4.add(d2, s), z);
    const x = f32x4.mul(v128.load(CENTRES + i), f32x4.add(root, f32x4.div(n, d)));
    v128.store(out + i, f32x4.pmin(f32x4.pmax(linear32(mean, std, x), least), most));
    outside = v128.or(outside, f32x4.lt(v128.load(CHANCES + i), edge));
  }
  if (!v128.any_true(outside)) return;
  let count = 0;
  for (let i = 0; i < vectors; i += 16) {
    let lanes: u64 = 0;
    for (let j = 0, most = min(vectors - i, 16); j < most; j++) {
      lanes |= <u64>i32x4.bitmask(f32x4.lt(v128.load(CHANCES + (<usize>(i + j) << 4)), edge)) << (j << 2);
    }
    while (lanes != 0) {
      const place = (i << 2) + <i32>ctz(lanes), from = <usize>place << 2;
      store<f64>(GATHERED + (<usize>count << 3), <f64>copysign<f32>(load<f32>(CHANCES + from), load<f32>(CENTRES + from)));
      store<u8>(PLACES + <usize>count, <u8>place);
      count++;
      lanes &= lanes - 1;
    }
  }
  outer(count);
  for (let j: usize = 0; j < <usize>count; j++) store<f32>(out + (<usize>load<u8>(PLACES + j) << 2), <f32>load<f64>(GATHERED + (j << 3)));
}
