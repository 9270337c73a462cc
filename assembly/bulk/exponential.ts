/** Standard exponentials by inversion, −ln u: the keys of weighted sampling without replacement. */
import { OUT } from '../memory';
import * as v64 from '../math/v64';
import { fillUniform64 } from './uniform';

/** n float64, each from 53 bits. */
export function fillExponential64(n: i32): void {
  fillUniform64(n);
  const end = OUT + (<usize>n << 3);
  for (let out = OUT; out < end; out += 16) {
    v128.store(out, f64x2.neg(v64.log(f64x2.sub(f64x2.splat(1), v128.load(out)))));
  }
}
