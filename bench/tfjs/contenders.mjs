/**
 * TensorFlow.js's calls on its plain JavaScript backend, by name: see ../contenders.mjs. `dataSync` where a result might be computed later;
 * production mode leaves out its own checks and its greeting.
 */
import * as tf from '@tensorflow/tfjs';
import { KEEP, LARGE, N, SIDE, SMALL } from '../nn/cases.mjs';
import { activations, kept, meanSquare, orthonormal } from '../nn/statistics.mjs';

tf.enableProdMode();
if (!await tf.setBackend('cpu')) throw new Error('no CPU backend');

/** What it says of slowness is known. */
console.warn = () => {};

/**
 * Computes a tensor a call, and lets it go. What `tidy` returns is the tensor, not its values: it searches what it is given for tensors,
 * an array element by element (measured: 1 µs each).
 */
function computing(compute, statistic) {
  let made;
  const call = () => {
    const tensor = tf.tidy(compute);
    made = tensor.dataSync();
    tensor.dispose();
  };
  return { call, statistic: () => statistic(made) };
}

/** @type {Record<string, () => import('../contenders.mjs').Contender>} */
export const loops = {
  dropout: () => {
    const values = activations(N), x = tf.tensor1d(values);
    return computing(() => tf.dropout(x, 1 - KEEP), y => kept(values, y));
  },
  'he-normal': () => {
    const initializer = tf.initializers.heNormal({ seed: 1 });
    return computing(() => initializer.apply([SIDE, SIDE]), meanSquare);
  },
  orthogonal: () => {
    const initializer = tf.initializers.orthogonal({ seed: 1 });
    return computing(() => initializer.apply([LARGE, LARGE]), q => orthonormal(q, LARGE));
  },
  'orthogonal-small': () => {
    const initializer = tf.initializers.orthogonal({ seed: 1 });
    return computing(() => initializer.apply([SMALL, SMALL]), q => orthonormal(q, SMALL));
  },
};
