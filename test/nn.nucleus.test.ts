/** What top-k and top-p keep: against sorts. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { categorical, type CategoricalOptions } from '../src/nn/categorical.ts';
import { keepLargest } from '../src/nn/nucleus.ts';
import { start } from './draws.ts';
import { kept, normals } from './softmaxReference.ts';

describe('the largest kept', () => {
  function keep(values: readonly number[], weighted: boolean, share: number): number[] {
    const keys = Float64Array.from(values), names = Uint32Array.from(values, (_, i) => i);
    const n = keepLargest(keys, names, values.length, weighted, share, new Uint32Array(values.length));
    expect([...keys.subarray(0, n)]).toEqual([...names.subarray(0, n)].map(i => values[i]));
    return [...names.subarray(0, n)];
  }
  const byRank = (values: readonly number[], options: CategoricalOptions) => [...kept(values, values, options)].sort((a, b) => a - b);
  const any = fc.oneof(fc.double({ noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(1, 2, -3, -Infinity)).map(v => v + 0);

  test('the k largest of any numbers, of equals the first', () => {
    fc.assert(fc.property(fc.array(any, { minLength: 1, maxLength: 300 }), fc.nat(), (values, k) => {
      const topK = 1 + k % values.length;
      expect(keep(values, false, topK)).toEqual(byRank(values, { topK }));
    }), { numRuns: 1000, seed: 2 });
  });

  test('a share of the sum, of equals the first', () => {
    // multiples of 2^-20: sums are exact in any order
    const masses = fc.oneof(fc.array(fc.nat(2 ** 20), { minLength: 1, maxLength: 300 }), fc.array(fc.nat(3), { minLength: 1, maxLength: 300 }), fc.array(fc.nat(30).map(e => 2 ** e), { minLength: 1, maxLength: 100 }));
    fc.assert(fc.property(masses, fc.integer({ min: 1, max: 1024 }), (integers, share) => {
      fc.pre(integers.some(m => m > 0));
      const values = integers.map(m => m * 2 ** -20);
      // with topP 1 the reference keeps zeros too
      if (share < 1024) expect(keep(values, true, share / 1024)).toEqual(byRank(values, { topP: share / 1024 }));
    }), { numRuns: 1000, seed: 3 });
  });

  test('of very many, in any arrangement', () => {
    const n = 20_000, random = normals([n]).data;
    const arrangements: number[][] = [[...random], [...random].sort((a, b) => a - b), [...random].sort((a, b) => b - a), random.map(v => Math.round(v * 3)) as unknown as number[],
      Array.from({ length: n }, (_, i) => 2 ** (-i / 60)), Array.from({ length: n }, (_, i) => 1 + i * 2 ** -52), new Array(n).fill(-7)];
    for (const values of arrangements) {
      const list = Array.from(values, v => v + 0);
      for (const topK of [1, 2, 31, 33, 1000, 15_000, n]) expect(keep(list, false, topK)).toEqual(byRank(list, { topK }));
    }
    const weights = Array.from(random, v => Math.floor(Math.exp(v) * 2 ** 20) * 2 ** -20);
    for (const topP of [0.001, 0.5, 0.9, 0.999999]) expect(keep(weights, true, topP)).toEqual(byRank(weights, { topP }));
  });

  test('where roundings hide the goal, all is kept', () => {
    const values = Array.from({ length: 5000 }, (_, i) => 0.1 + i * 1e-17);
    expect(keep(values, true, 1 - 2 ** -53).length).toBeGreaterThanOrEqual(4999);
  });

  test('draws come from all that is kept, and from nothing else', () => {
    const x = Float64Array.from({ length: 2000 }, (_, i) => (i * 7919) % 50 / 10);
    for (const options of [{ topK: 3 }, { topK: 40 }, { topK: 41 }, { topK: 1500 }, { topP: 0.01 }, { topP: 0.5 }, { topK: 90, topP: 0.5 }]) {
      const weights = Array.from(x, v => Math.exp(v - 4.9)), drawn = new Set(categorical(x, 400_000, { ...options, rng: start('PCG32DXSM', 2) }).data);
      expect([...drawn].sort((a, b) => a - b), JSON.stringify(options)).toEqual([...kept([...x], weights, options)].sort((a, b) => a - b));
    }
  });

  test('probability exactly reached is enough; k of all has no effect', () => {
    const all = (options: CategoricalOptions) => [...new Set(categorical([0.25, 0.125, 0.25, 0.125, 0.25], 2000, { input: 'probs', ...options, rng: start('PCG32', 2) }).data)].sort();
    expect(all({ topP: 0.25 })).toEqual([0]);
    expect(all({ topP: 0.5 })).toEqual([0, 2]);
    expect(all({ topP: 0.500001 })).toEqual([0, 2, 4]);
    expect(all({ topP: 0.875 })).toEqual([0, 1, 2, 4]);
    expect(all({ topP: 1 })).toEqual([0, 1, 2, 3, 4]);
    expect(all({ topK: 2 })).toEqual([0, 2]);
    expect(all({ topK: 4 })).toEqual([0, 1, 2, 4]);
    // of the two kept, one half each
    expect(all({ topK: 2, topP: 0.5 })).toEqual([0]);
    const x = normals([10, 30]);
    for (const topK of [30, 31, 2 ** 40]) expect(categorical(x, 9, { topK, topP: 1, rng: start('PCG32', 2) }).data).toEqual(categorical(x, 9, { rng: start('PCG32', 2) }).data);
  });
});
