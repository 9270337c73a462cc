/** What is timed of `ndrand/nn`: see ../cases.mjs. */
import { N } from '../cases.mjs';

export { N };

/** The share that dropout keeps. */
export const KEEP = 0.8;

/** The side of the weights. */
export const SIDE = 4096;

/** The sides of the orthogonal matrices; TensorFlow.js takes two minutes for the larger. */
export const LARGE = 512, SMALL = 128;

/** A batch of GPT-2's logits. */
export const ROWS = 512, COLUMNS = 50257;

/** The variance of a standard normal cut at ±2: 1 − 4φ(2) / (2Φ(2) − 1). TensorFlow.js's heNormal is one, not widened to make up for it. */
const CUT = 0.7737413035;

/** @type {(name: string, label: string, bar?: number, reach?: number) => import('../cases.mjs').Rival} */
const numpy = (name, label, bar, reach) => ({ from: 'numpy', name, label: `NumPy ${label}`, bar, reach });
/** @type {(name: string, label: string, bar?: number) => import('../cases.mjs').Rival} */
const tfjs = (name, label, bar) => ({ from: 'tfjs', name, label: `tfjs ${label}`, bar });
/** @type {(name: string, label: string, bar?: number) => import('../cases.mjs').Rival} */
const ours = (name, label, bar) => ({ from: 'ours', name, label, bar });

/** @type {import('../cases.mjs').Case[]} */
export const cases = [
  {
    id: 'dropout', what: 'dropout float32 into out', draws: N, expected: KEEP, tolerance: 0.01,
    rivals: [numpy('dropout', 'h * (binomial(1, p, n) / p)', 24, 35), tfjs('dropout', 'dropout', 100)],
    beside: { label: 'out.set(x), the same arrays', bar: 6 },
  },
  {
    id: 'mask-bits', what: "dropoutMask 'bits', fresh", draws: N, expected: KEEP, tolerance: 0.01, allocates: true,
    rivals: [ours('mask-uint8', "dropoutMask 'uint8', fresh", 1)],
  },
  {
    id: 'mask-bits-out', what: "dropoutMask 'bits' into out", draws: N, expected: KEEP, tolerance: 0.01,
    rivals: [ours('mask-uint8-out', "dropoutMask 'uint8' into out", 1)],
  },
  {
    id: 'he-normal', what: 'heNormal([4096, 4096]), fresh', draws: SIDE * SIDE, expected: 2 / SIDE, allocates: true,
    rivals: [numpy('he-normal', 'standard_normal float32 * s', 3.3), { ...tfjs('he-normal', 'heNormal', 20), expected: CUT * 2 / SIDE, slow: true }],
    beside: { label: 'new Float32Array, a write to each of its pages' },
  },
  {
    id: 'he-normal-out', what: 'heNormal([4096, 4096]) into out', draws: SIDE * SIDE, expected: 2 / SIDE,
    rivals: [numpy('he-normal-out', 'standard_normal float32 and *= s into out')],
  },
  {
    id: 'truncated-normal', what: 'truncatedNormal float32 into out', draws: N, expected: CUT,
    rivals: [{ ...numpy('normal32', 'standard_normal float32, not truncated', 2), expected: 1 }],
  },
  {
    id: 'orthogonal', what: 'orthogonal([512, 512])', draws: LARGE * LARGE, expected: 1 / LARGE, allocates: true,
    milliseconds: { bar: 150 },
  },
  {
    id: 'orthogonal-small', what: 'orthogonal([128, 128])', draws: SMALL * SMALL, expected: 1 / SMALL, allocates: true,
    rivals: [{ ...tfjs('orthogonal-small', 'orthogonal'), slow: true }],
  },
  {
    id: 'orthogonal-slow', contender: 'orthogonal', what: 'orthogonal([512, 512])', draws: LARGE * LARGE, expected: 1 / LARGE, allocates: true,
    slow: true,
    rivals: [{ ...tfjs('orthogonal', 'orthogonal, one call', 500), slow: true }],
  },
  {
    id: 'categorical', what: 'categorical of [512, 50257] float32', draws: ROWS * COLUMNS, expected: 4 * tilted() - 510 / 64, tolerance: 0.1,
    rivals: [{ ...numpy('categorical', 'argmax(logits + gumbel)', 5), slow: true }],
  },
];

/** The mean of byte / 64 under the softmax of itself: what a drawn logit has of each of its four bytes, see logits.mjs. */
function tilted() {
  let sum = 0, weights = 0;
  for (let byte = 0; byte < 256; byte++) {
    const weight = Math.exp(byte / 64);
    weights += weight;
    sum += weight * byte / 64;
  }
  return sum / weights;
}
