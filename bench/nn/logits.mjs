/** The logits that are sampled from, to the bit those of `logits` in numpy_rival.py. */
import { COLUMNS, ROWS } from './cases.mjs';

/**
 * Each the sum of four hashed bytes, less its mean, / 64: near normal with a deviation of 2.3, as a language model's are.
 * The hash is MurmurHash3's finaliser of the place times the golden ratio.
 */
export function logits() {
  const values = new Float32Array(ROWS * COLUMNS);
  for (let i = 0; i < values.length; i++) {
    let h = Math.imul(i, 0x9e3779b1);
    h = Math.imul(h ^ h >>> 16, 0x85ebca6b);
    h = Math.imul(h ^ h >>> 13, 0xc2b2ae35);
    h ^= h >>> 16;
    values[i] = ((h & 255) + (h >>> 8 & 255) + (h >>> 16 & 255) + (h >>> 24) - 510) / 64;
  }
  return values;
}
