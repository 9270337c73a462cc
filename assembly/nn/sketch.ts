/** The block sums of softmax.ts for float32 logits, near enough to tell most draws by: four lanes at a time, in half the time (measured). */
import { IN } from './dropout';
import { OUT } from './engine';
import { exp } from '../math/v64';

/** Elements in a block, as in softmax.ts. */
// @ts-ignore: decorator
@inline const ELEMENTS: i32 = 128;

/** The powers of 2 and the rest of a block's arguments. */
// @ts-ignore: decorator
@lazy const EXPONENTS: usize = memory.data(512, 16);
// @ts-ignore: decorator
@lazy const FRACTIONS: usize = memory.data(512, 16);
// @ts-ignore: decorator
@lazy const CELL: usize = memory.data(16, 16);

// @ts-ignore: decorator
@lazy const TABLE: usize = memory.data<f32>([
  12583039, // 0: 1.5 · 2^23 + 127
  -127, // 4
  // (2^f − 1) / f for |f| ≤ ½, to 1.6 · 2^-24 of 2^f: weighted minimax, by Lawson's iteration in 150 bits; before them 1
  1, // 8
  0.6931469774771335, // 12
  0.24022241922662266, // 16
  0.05550733872879183, // 20
  0.009671523291753418, // 24
  0.0013264713268171856, // 28
], 16);

/**
 * OUT ← about the sum of 2^x, x = (l − max) · factor, over each block of float32 `from` … from + n of IN: a term is within (5 + 3 |x| ln2)
 * 2^-24 of itself, and 0 below −126.5.
 */
export function sketchSums(from: i32, n: i32, max: f32, factor: f32): void {
  const top = f32x4.splat(max), by = f32x4.splat(factor);
  for (let out = OUT, at = IN + (<usize>from << 2); n > 0; n -= ELEMENTS) {
    const count = min(n, ELEMENTS), size = <usize>count << 2, all = <usize>(count + 7 & ~7) << 2;
    const magic = v128.load32_splat(TABLE, 0), least = v128.load32_splat(TABLE, 4);
    for (let i: usize = 0; i < all; i += 32) {
      // k + 127 in the low bits of a sum with 1.5 · 2^23: moved up, 2^k, and 0 for the least
      const x = f32x4.pmax(f32x4.mul(f32x4.sub(v128.load(at + i), top), by), least), sum = f32x4.add(x, magic);
      const y = f32x4.pmax(f32x4.mul(f32x4.sub(v128.load(at + i, 16), top), by), least), tum = f32x4.add(y, magic);
      v128.store(EXPONENTS + i, i32x4.shl(sum, 23));
      v128.store(EXPONENTS + i, i32x4.shl(tum, 23), 16);
      v128.store(FRACTIONS + i, f32x4.sub(x, f32x4.sub(sum, magic)));
      v128.store(FRACTIONS + i, f32x4.sub(y, f32x4.sub(tum, magic)), 16);
    }
    // those past the end weigh nothing
    for (let i = size; i < all; i += 4) {
      store<f32>(EXPONENTS + i, 0);
      store<f32>(FRACTIONS + i, 0);
    }
    const c0 = v128.load32_splat(TABLE, 8), c1 = v128.load32_splat(TABLE, 12), c2 = v128.load32_splat(TABLE, 16);
    const c3 = v128.load32_splat(TABLE, 20), c4 = v128.load32_splat(TABLE, 24), c5 = v128.load32_splat(TABLE, 28);
    let lower = f64x2.splat(0), upper = lower;
    // one vector a turn: two take a quarter more time (measured)
    for (let i: usize = 0; i < all; i += 16) {
      const f = v128.load(FRACTIONS + i), z = f32x4.mul(f, f);
      const p = f32x4.add(c0, f32x4.mul(f, c1)), q = f32x4.add(c2, f32x4.mul(f, c3)), r = f32x4.add(c4, f32x4.mul(f, c5));
      const w = f32x4.mul(f32x4.add(p, f32x4.mul(z, f32x4.add(q, f32x4.mul(z, r)))), v128.load(EXPONENTS + i));
      lower = f64x2.add(lower, f64x2.promote_low_f32x4(w));
      upper = f64x2.add(upper, f64x2.promote_low_f32x4(v128.shuffle<i64>(w, w, 1, 0)));
    }
    lower = f64x2.add(lower, upper);
    store<f64>(out, f64x2.extract_lane(lower, 0) + f64x2.extract_lane(lower, 1));
    at += ELEMENTS << 2;
    out += 8;
  }
}

/** e^x for x ≤ 0: what the sums of a part weigh in the whole. */
export function powerOf(x: f64): f64 {
  v128.store(CELL, f64x2.splat(x));
  exp(CELL, 1);
  return load<f64>(CELL);
}
