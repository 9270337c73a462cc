/** How a call that is written as data is made in JavaScript: what ndrand's and numpy-ts's contenders share. */
import { N } from '../cases.mjs';

const SAMPLE = 4096;

/** 0, 1, 2, … @param {string} dtype */
export const counting = dtype => (dtype === 'int32' ? Int32Array : Float64Array).from({ length: N }, (_, i) => i);

/** As NumPy's `linspace(from, to, N)`. */
export const linspace = ([from, to]) => Float64Array.from({ length: N }, (_, i) => from + i * ((to - from) / (N - 1)));

/**
 * The mean of log(1 + |x|) over the last elements: finite for every distribution here, however heavy its tail, and it tells scales apart. The last, so that
 * of first calls it also tells that all words before were consumed alike.
 *
 * @param {ArrayLike<number | bigint>} drawn
 */
export function meanLog(drawn) {
  const n = Math.min(SAMPLE, drawn.length);
  let sum = 0;
  for (let i = drawn.length - n; i < drawn.length; i++) sum += Math.log1p(Math.abs(Number(drawn[i])));
  return sum / n;
}
