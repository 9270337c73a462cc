/** Standard exponentials by inversion, −ln u: the keys of weighted sampling without replacement. */
import { OUT } from '../memory';
import { BLOCK, log, Plain64 } from '../math/v64';
import { affine64, fillUniform64 } from './uniform';

/** n float64, each from 53 bits. */
export function fillExponential64(n: i32): void {
  fillUniform64(n);
  affine64(n, -1, 1, Infinity); // 1 − u, in (0, 1]
  let out = OUT;
  for (let left = (n + 1) >> 1; left > 0; left -= BLOCK) {
    const vectors = min(left, BLOCK);
    log(changetype<Plain64>(0), out, out, vectors);
    for (let i = 0; i < vectors; i++) {
      v128.store(out, f64x2.neg(v128.load(out)));
      out += 16;
    }
  }
}
