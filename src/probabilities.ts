/** Probabilities of categories: checked, cumulated, and laid out for the alias method. */
import { rangeError, typeError } from './errors.ts';
import { NDArray } from './ndarray.ts';

/** How far from 1 a sum may be: NumPy's √ε of the dtype. */
export const TOLERANCE_64 = 2 ** -26, TOLERANCE_32 = 3.4526698300124393e-4;

/** Checks `p` against the number of categories and gives it as an indexable of non-negative numbers that sum to 1. */
export function checkProbabilities(p: unknown, count: number): ArrayLike<number> {
  const values = (p instanceof NDArray ? p.data : p) as ArrayLike<number>;
  if (!Array.isArray(values) && !(values instanceof Float64Array) && !(values instanceof Float32Array)) {
    throw typeError('p', p, 'an array of numbers, a Float64Array or a Float32Array');
  }
  if (p instanceof NDArray && p.ndim !== 1) throw rangeError('p', p, `one dimension, not ${p.ndim}`);
  const { length } = values;
  if (length !== count) throw rangeError('p', p, `one probability for each of ${count}, not ${length}`);
  // Kahan's sum, as NumPy's check
  let sum = 0, lost = 0;
  for (let i = 0; i < length; i++) {
    const value = values[i];
    if (typeof value !== 'number') throw typeError(`p[${i}]`, value, 'a number in [0, 1]');
    if (!(value >= 0 && value <= Infinity)) throw rangeError(`p[${i}]`, value, 'a number in [0, 1]');
    const term = value - lost, next = sum + term;
    lost = next - sum - term;
    sum = next;
  }
  if (!(Math.abs(sum - 1) <= (values instanceof Float32Array ? TOLERANCE_32 : TOLERANCE_64))) {
    throw rangeError('p', p, `probabilities that sum to 1, not ${sum}`);
  }
  return values;
}

/**
 * Writes the cumulative probabilities, scaled to end in exactly 1, to `into` and gives how many are below 1: the
 * thresholds between categories that can be drawn.
 */
export function cumulate(p: ArrayLike<number>, into: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) into[i] = sum += p[i];
  let count = 0;
  while (count < p.length && (into[count] /= sum) < 1) count++;
  return count;
}

/** Alias columns: column c is category `own[c]` where the coin is below `keep[c]`, else `other[c]`. */
export interface AliasTable {
  keep: Float64Array;
  own: Int32Array;
  other: Int32Array;
}

/** Walker's alias table by Vose's method ("A linear algorithm for generating random numbers with a given distribution", 1991). */
export function aliasTable(p: ArrayLike<number>): AliasTable {
  // categories of probability 0 get no column, so that no rounding can draw them
  let size = 0, sum = 0;
  for (let i = 0; i < p.length; i++) if (p[i] > 0) size++, sum += p[i];
  const own = new Int32Array(size), other = new Int32Array(size), keep = new Float64Array(size), scaled = new Float64Array(size);
  // one array, small columns from the left, large ones from the right
  const work = new Int32Array(size);
  let small = 0, large = size, column = 0;
  for (let i = 0; i < p.length; i++) {
    if (!(p[i] > 0)) continue;
    own[column] = other[column] = i;
    scaled[column] = p[i] * size / sum;
    if (scaled[column] < 1) work[small++] = column++;
    else work[--large] = column++;
  }
  while (small > 0 && large < size) {
    const less = work[--small], more = work[large];
    keep[less] = scaled[less];
    other[less] = own[more];
    scaled[more] = scaled[more] + scaled[less] - 1;
    if (scaled[more] < 1) {
      large++;
      work[small++] = more;
    }
  }
  // what is left is 1 but for rounding
  while (small > 0) keep[work[--small]] = 1;
  while (large < size) keep[work[large++]] = 1;
  return { keep, own, other };
}
