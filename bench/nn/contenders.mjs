/** The calls of `ndrand/nn` that are timed, by name: see ../contenders.mjs. */
import { COLUMNS, KEEP, LARGE, N, ROWS, SIDE, SMALL } from './cases.mjs';
import { logits } from './logits.mjs';
import { activations, kept, meanSquare, ones, orthonormal } from './statistics.mjs';

/** Makes an array a call, as `make` does. */
function making(make, statistic) {
  let made;
  return { call: () => { made = make().data; }, statistic: () => statistic(made) };
}

/** What a fresh array costs, filled with whatever: the system gives each page of 4 KiB at the first write to it. */
function touchFresh() {
  const fresh = new Float32Array(SIDE * SIDE);
  for (let i = 0; i < fresh.length; i += 1024) fresh[i] = 1;
}

/**
 * ndrand's, given the modules.
 *
 * @typedef {typeof import('../../dist/index.js')} NDRand
 * @typedef {typeof import('../../dist/nn/index.js')} NN
 * @type {Record<string, (ndrand: NDRand, nn: NN) => import('../contenders.mjs').Contender>}
 */
export const ours = {
  dropout: ({ defaultRng }, { dropout }) => {
    const rng = defaultRng(42), x = activations(N), out = new Float32Array(N), options = { keep: KEEP, rng, out };
    return { call: () => { dropout(x, options); }, beside: () => out.set(x), statistic: () => kept(x, out) };
  },
  'mask-bits': ({ defaultRng }, { dropoutMask }) => {
    const options = { keep: KEEP, dtype: 'bits', rng: defaultRng(42) };
    return making(() => dropoutMask(N, options), mask => ones(mask, N));
  },
  'mask-uint8': ({ defaultRng }, { dropoutMask }) => {
    const options = { keep: KEEP, dtype: 'uint8', rng: defaultRng(42) };
    return making(() => dropoutMask(N, options), mask => ones(mask, N));
  },
  'mask-bits-out': ({ defaultRng }, { dropoutMask }) => {
    const options = { keep: KEEP, dtype: 'bits', rng: defaultRng(42), out: new Uint8Array(N / 8) };
    return { call: () => { dropoutMask(N, options); }, statistic: () => ones(options.out, N) };
  },
  'mask-uint8-out': ({ defaultRng }, { dropoutMask }) => {
    const options = { keep: KEEP, dtype: 'uint8', rng: defaultRng(42), out: new Uint8Array(N) };
    return { call: () => { dropoutMask(N, options); }, statistic: () => ones(options.out, N) };
  },
  'he-normal': ({ defaultRng }, { heNormal }) => {
    const options = { rng: defaultRng(42) };
    return { ...making(() => heNormal([SIDE, SIDE], options), meanSquare), beside: touchFresh };
  },
  'he-normal-out': ({ defaultRng }, { heNormal }) => {
    const rng = defaultRng(42), out = new Float32Array(SIDE * SIDE), options = { rng, out };
    return { call: () => { heNormal([SIDE, SIDE], options); }, statistic: () => meanSquare(out) };
  },
  'truncated-normal': ({ defaultRng }, { truncatedNormal }) => {
    const rng = defaultRng(42), out = new Float32Array(N), options = { rng, out };
    return {
      call: () => { truncatedNormal([N], options); },
      statistic: () => {
        if (!out.every(z => Math.abs(z) <= 2)) throw new Error('normals beyond ±2');
        return meanSquare(out);
      },
    };
  },
  orthogonal: ({ defaultRng }, { orthogonal }) => {
    const options = { rng: defaultRng(42) };
    return making(() => orthogonal([LARGE, LARGE], options), q => orthonormal(q, LARGE));
  },
  'orthogonal-small': ({ defaultRng }, { orthogonal }) => {
    const options = { rng: defaultRng(42) };
    return making(() => orthogonal([SMALL, SMALL], options), q => orthonormal(q, SMALL));
  },
  categorical: ({ defaultRng, NDArray }, { categorical }) => {
    const values = logits(), x = new NDArray(values, [ROWS, COLUMNS], 'float32'), options = { rng: defaultRng(42) };
    const logitOf = (index, row) => {
      if (!(index >= 0 && index < COLUMNS)) throw new Error(`category ${index}`);
      return values[row * COLUMNS + index];
    };
    const mean = drawn => Array.from(drawn, (index, row) => logitOf(Number(index), row)).reduce((sum, value) => sum + value) / ROWS;
    return making(() => categorical(x, options), mean);
  },
};

/** @type {Record<string, () => import('../contenders.mjs').Contender>} */
export const loops = {};
