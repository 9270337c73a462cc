/** A product of matrices. */
import { OUT, PART } from '../memory';

// @ts-ignore: decorator
@inline function sumWith(sum: v128, x: f64, y: v128): v128 { return f64x2.add(sum, f64x2.mul(f64x2.splat(x), y)); }

/**
 * A B, by row, in the third part of the output block, of A (rows × inner) in the first and B (inner × columns) in the second. Four rows and four columns at
 * once: both are rounded up, to no use.
 */
export function fillProduct(rows: i32, inner: i32, columns: i32): void {
  const step = <usize>inner << 3, stride = <usize>columns << 3;
  for (let i = 0; i < rows; i += 4) {
    const first = OUT + <usize>i * step;
    for (let j: usize = 0; j < stride; j += 32) {
      let a = first, b = OUT + PART + j;
      let p = f64x2.splat(0), q = p, r = p, s = p, t = p, u = p, v = p, w = p;
      for (const end = first + step; a < end; a += 8, b += stride) {
        const x = v128.load(b), y = v128.load(b, 16);
        const k = load<f64>(a), l = load<f64>(a + step), m = load<f64>(a + 2 * step), n = load<f64>(a + 3 * step);
        p = sumWith(p, k, x);
        q = sumWith(q, k, y);
        r = sumWith(r, l, x);
        s = sumWith(s, l, y);
        t = sumWith(t, m, x);
        u = sumWith(u, m, y);
        v = sumWith(v, n, x);
        w = sumWith(w, n, y);
      }
      const to = OUT + 2 * PART + <usize>i * stride + j;
      v128.store(to, p);
      v128.store(to, q, 16);
      v128.store(to + stride, r);
      v128.store(to + stride, s, 16);
      v128.store(to + 2 * stride, t);
      v128.store(to + 2 * stride, u, 16);
      v128.store(to + 3 * stride, v);
      v128.store(to + 3 * stride, w, 16);
    }
  }
}
