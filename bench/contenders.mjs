/**
 * The calls that are timed in JavaScript, by name. `call` does the work; `statistic` is taken from what it drew last, so nothing can be
 * optimised away and nobody gets away with drawing something else: the mean square of the first elements of an array, or the mean of
 * what was summed.
 *
 * @typedef {object} Contender
 * @property {() => void} call
 * @property {() => void} [beside] a call on the same arrays to compare with; made before those of `call` in a round
 * @property {() => number} statistic throws where what was drawn cannot be right
 */
import { DRAWS, N, P } from './cases.mjs';

const SAMPLE = 4096;

/** @param {ArrayLike<number>} array */
function meanSquare(array) {
  let sum = 0;
  for (let i = 0; i < SAMPLE; i++) sum += array[i] * array[i];
  return sum / SAMPLE;
}

/** Fills one array again and again. */
function into(array, fill) {
  return { call: () => fill(array), statistic: () => meanSquare(array) };
}

/** Makes an array a call. */
function making(make) {
  let made;
  return { call: () => { made = make(); }, statistic: () => meanSquare(made) };
}

/** Sums single draws; each contender writes its own loop, so that each is compiled with its draw inlined. */
function summing(sum) {
  let last = NaN;
  return { call: () => { last = sum(); }, statistic: () => last / DRAWS };
}

/**
 * ndrand's, given the module.
 * @type {Record<string, (ndrand: typeof import('../dist/index.js')) => Contender>}
 */
export const ours = {
  random32: ({ defaultRng }) => {
    const rng = defaultRng(42);
    return into(new Float32Array(N), out => rng.random({ out }));
  },
  random64: ({ defaultRng }) => {
    const rng = defaultRng(42);
    return into(new Float64Array(N), out => rng.random({ out }));
  },
  normal32: ({ defaultRng }) => {
    const rng = defaultRng(42);
    return into(new Float32Array(N), out => rng.standardNormal({ out }));
  },
  normal64: ({ defaultRng }) => {
    const rng = defaultRng(42);
    return into(new Float64Array(N), out => rng.standardNormal({ out }));
  },
  bernoulli: ({ defaultRng }) => {
    const rng = defaultRng(42);
    return into(new Uint8Array(N), out => rng.bernoulli(0.3, { out }));
  },
  integers: ({ defaultRng }) => {
    const rng = defaultRng(42);
    return into(new Int32Array(N), out => rng.integers(0, 1000, { out }));
  },
  permutation: ({ defaultRng }) => {
    const rng = defaultRng(42);
    return making(() => rng.permutation(N).data);
  },
  choice: ({ defaultRng }) => {
    const rng = defaultRng(42);
    return making(() => rng.choice(3, N, { p: P }).data);
  },
  'one-random': ({ defaultRng }) => {
    const rng = defaultRng(42);
    return summing(() => {
      let sum = 0;
      for (let i = 0; i < DRAWS; i++) sum += rng.random();
      return sum;
    });
  },
  'one-normal': ({ defaultRng }) => {
    const rng = defaultRng(42);
    return summing(() => {
      let sum = 0;
      for (let i = 0; i < DRAWS; i++) {
        const z = rng.standardNormal();
        sum += z * z;
      }
      return sum;
    });
  },
  'one-integer': ({ defaultRng }) => {
    const rng = defaultRng(42);
    return summing(() => {
      let sum = 0;
      for (let i = 0; i < DRAWS; i++) sum += rng.integers(10);
      return sum;
    });
  },
  'one-choice': ({ defaultRng }) => {
    const rng = defaultRng(42), p = P;
    return summing(() => {
      let sum = 0;
      for (let i = 0; i < DRAWS; i++) if (rng.choice(['a', 'b', 'c'], { p }) === 'b') sum++;
      return sum;
    });
  },
  'two-generators': ({ defaultRng }) => {
    const first = defaultRng(1), second = defaultRng(2);
    return summing(() => {
      let sum = 0;
      for (let i = 0; i < DRAWS; i += 2) {
        sum += first.random();
        sum += second.random();
      }
      return sum;
    });
  },
};

/**
 * What one writes without a library.
 * @type {Record<string, () => Contender>}
 */
export const loops = {
  mathRandomFill: () => into(new Float32Array(N), a => {
    for (let i = 0; i < a.length; i++) a[i] = Math.random();
  }),
  boxMullerFill: () => into(new Float32Array(N), a => {
    for (let i = 0; i < a.length; i += 2) {
      const radius = Math.sqrt(-2 * Math.log(1 - Math.random())), angle = 2 * Math.PI * Math.random();
      a[i] = radius * Math.cos(angle);
      a[i + 1] = radius * Math.sin(angle);
    }
  }),
  mathRandom: () => summing(() => {
    let sum = 0;
    for (let i = 0; i < DRAWS; i++) sum += Math.random();
    return sum;
  }),
};
