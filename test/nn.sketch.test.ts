/** Sums that are near enough, and draws that they decide: as if they were exact. */
import { describe, expect, test } from 'vitest';
import { out } from '../src/engine.ts';
import { array, NDArray } from '../src/ndarray.ts';
import { categorical } from '../src/nn/categorical.ts';
import { input, nn } from '../src/nn/engine.ts';
import { BLOCK, blocksOf, LOGITS, Softmax } from '../src/nn/softmax.ts';
import { start, stateOf } from './draws.ts';
import { emitting } from './forcedWords.ts';
import { normals } from './softmaxReference.ts';

describe('a sketched weight', () => {
  /** The greatest error over what is claimed: (5 + 3 |x|) 2^-24 of e^x. */
  function worst(xs: Float32Array, max: number, temperature: number): number {
    let most = 0;
    for (const l of xs) {
      input.float32[0] = l;
      nn.sketchSums(0, 1, max, Math.LOG2E / temperature);
      const x = (l - max) / temperature, exact = Math.exp(x), error = Math.abs(out.float64[0] - exact) / (exact * (5 - 3 * x) * 2 ** -24);
      if (!(error <= most)) most = error;
    }
    return most;
  }

  test('is as near as is claimed', () => {
    const next = start('PCG32DXSM', 3), cell = new Float32Array(1), bits = new Int32Array(cell.buffer);
    // every so many floats from -87 to the smallest, and at random
    const sweep: number[] = [];
    cell[0] = -87;
    for (let b = bits[0]; b < -0x80000000 + 0x7fffffff; b -= 4001) {
      bits[0] = b;
      if (cell[0] > -1e-6) break;
      sweep.push(cell[0]);
    }
    const xs = Float32Array.from([0, -0, -1e-30, ...sweep]), error = worst(xs, 0, 1);
    expect(xs.length).toBeGreaterThan(30_000);
    expect(error).toBeLessThan(0.9);
    for (const [max, temperature] of [[0, 0.7], [4.3, 1], [17.33, 1.3], [-1000.1, 0.9], [1e6, 1000]]) {
      const logits = next.uniform(0, 1, 50_000).data.map(u => max - u * 80 * temperature), rounded = Float32Array.from(logits).filter(l => l <= max);
      expect(worst(rounded, Math.fround(max), temperature)).toBeLessThan(1);
    }
    if (process.env.FIGURES) console.log(error);
  });

  test('is 0 far below, and nothing past the end is weighed', () => {
    for (const n of [1, 2, 3, 4, 5, 7, 8, 9, 127, 128, 129]) {
      input.float32.fill(NaN);
      input.float32.fill(0, 5, 5 + n);
      nn.sketchSums(5, n, 0, 1);
      let sum = 0;
      for (let b = 0; b < blocksOf(n); b++) sum += out.float64[b];
      expect(sum).toBe(n);
    }
    input.float32.fill(0);
    input.float32[1] = -Infinity;
    input.float32[2] = -3.4e38;
    input.float32[3] = -128;
    nn.sketchSums(0, 4, 0, 1);
    expect(out.float64[0]).toBe(1);
  });
});

test('sums are as near as their own error says, in rows of several pieces', () => {
  for (const sd of [0.1, 1, 5]) {
    const { data } = normals([50_000], 'float32', sd), softmax = new Softmax(data, data.length, LOGITS, 1), blocks = blocksOf(data.length);
    data.fill(-Infinity, 16_384, 40_000);
    const near = new Float64Array(blocks), exact = new Float64Array(blocks);
    const max = softmax.sketch(0, data.length, near, 0);
    expect(max).toBe(data.reduce((a, b) => Math.max(a, b)));
    softmax.sums(0, data.length, max, exact, 0);
    for (let b = 0; b < blocks; b++) expect(Math.abs(near[b] / exact[b] - 1)).toBeLessThan(2e-6);
    expect(near[blocks - 1]).not.toBe(exact[blocks - 1]);
    expect(near[40_000 / BLOCK | 0]).toBeGreaterThan(near[20_000 / BLOCK | 0]);
  }
});

describe('draws by sketches are those by the exact sums of float64', () => {
  test.each([[1000, 3000], [5000, 600], [20_000, 100], [50_257, 60]])('%i categories, %i rows', (length, rows) => {
    for (const [sd, temperature] of [[1, 1], [1, 0.7], [4, 1.3], [0.01, 1], [1e4, 3e4], [1e-3, 1e-4]]) {
      const x = normals([rows, length], 'float32', sd), one = start('PCG32DXSM', 21), other = start('PCG32DXSM', 21);
      expect(categorical(x, [], { temperature, rng: one }).data).toEqual(categorical(array(x, 'float64'), [], { temperature, rng: other }).data);
      expect(stateOf(one)).toBe(stateOf(other));
    }
  });

  test('at the edges of categories, blocks and pieces', () => {
    // 2^16 alike: category k begins at k · 2^-16
    const alike = new NDArray(new Float32Array(2 ** 16).fill(3.3), [2 ** 16], 'float32');
    for (let k = 1; k < 2 ** 16; k += k % 128 === 0 || k % 128 === 127 ? 1 : 61) {
      for (const [from, to] of [[0n, 0], [-1n, -1], [2n ** 36n, 0]] as const) {
        const u = (BigInt(k) << 37n) + from;
        expect(categorical(alike, 1, { rng: emitting(Number(u << 11n & 0xffffffffn), Number(u >> 21n)) }).data[0]).toBe(k + to);
      }
    }
  });

  test('with -Infinity, wide ranges and extreme temperatures', () => {
    const x = normals([40_000], 'float32', 1).data;
    const arrangements = [
      x.map((v, i) => (i < 16_384 ? -Infinity : v)), x.map((v, i) => (i % 7 === 0 ? v : -Infinity)), x.map((v, i) => (i > 20_000 ? v - 60 : v)), x.map((v, i) => (i < 20_000 ? v - 95 : v)),
      x.map((v, i) => (i % 5000 === 0 ? v : -3e38)), x.map(v => v * 3e37), x.map((_, i) => -i / 300),
    ];
    for (const data of arrangements) {
      for (const temperature of [1, 0.5, 2 ** -19.5, 2 ** -21, 2 ** 19.5, 2 ** 21, 1e38]) {
        const drawn = (input: Float32Array | Float64Array) => categorical(input, 60, { temperature, rng: start('PCG32', 4) }).data;
        expect(drawn(data)).toEqual(drawn(Float64Array.from(data)));
      }
    }
  });
});
