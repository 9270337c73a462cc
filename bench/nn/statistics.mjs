/** What is taken from the results, and refused in them: shared by ndrand's contenders and TensorFlow.js's. */
import { KEEP } from './cases.mjs';

const SAMPLE = 4096;

/** @param {ArrayLike<number>} values the mean square of the first */
export function meanSquare(values) {
  let sum = 0;
  for (let i = 0; i < SAMPLE; i++) sum += values[i] * values[i];
  return sum / SAMPLE;
}

/** What dropout works on: no zeros, so that they tell what was dropped. @param {number} n */
export function activations(n) {
  return Float32Array.from({ length: n }, (_, i) => 1 + i % 1000 / 1000);
}

/** The share of `x` kept in `y`; the kept scaled, all others 0. @param {Float32Array} x @param {Float32Array} y */
export function kept(x, y) {
  let count = 0;
  for (let i = 0; i < x.length; i++) {
    if (y[i] === 0) continue;
    if (!(Math.abs(y[i] * KEEP / x[i] - 1) < 1e-6)) throw new Error(`dropout gave ${y[i]} for ${x[i]}`);
    count++;
  }
  if (y.length !== x.length) throw new Error(`${y.length} elements for ${x.length}`);
  return count / x.length;
}

/** The share of ones in n elements of a mask, bytes or packed bits. @param {Uint8Array} mask @param {number} n */
export function ones(mask, n) {
  const packed = mask.length !== n;
  if (packed && mask.length !== n / 8) throw new Error(`${mask.length} bytes for ${n} elements`);
  let count = 0;
  for (let byte of mask) {
    if (!packed && byte > 1) throw new Error(`${byte} in a mask`);
    for (; byte > 0; byte &= byte - 1) count++;
  }
  return count / n;
}

/** The mean square of a square matrix, some of whose rows and columns were found orthonormal. @param {Float32Array} q @param {number} side */
export function orthonormal(q, side) {
  const some = [0, 1, 2, side / 2, side - 2, side - 1];
  const product = (a, b, line, step) => {
    let sum = 0;
    for (let k = 0; k < side; k++) sum += q[a * line + k * step] * q[b * line + k * step];
    return sum;
  };
  for (const a of some) {
    for (const b of some) {
      for (const value of [product(a, b, side, 1), product(a, b, 1, side)]) {
        if (!(Math.abs(value - Number(a === b)) < 1e-4)) throw new Error(`rows or columns ${a} and ${b} have the product ${value}`);
      }
    }
  }
  return q.reduce((sum, value) => sum + value * value, 0) / (side * side);
}
