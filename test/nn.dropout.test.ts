import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MASK_ELEMENTS } from '../src/nn/engine.ts';
import { NDArray } from '../src/ndarray.ts';
import { dropout } from '../src/nn/dropout.ts';
import { dropoutMask } from '../src/nn/mask.ts';
import * as ndrand from '../src/random.ts';
import { lcg, names, start, stateOf } from './draws.ts';
import { activations, definition, expectSame, floatDTypes, floatsOf, KEEPS, placed, plainDropout, type Floats } from './nn.reference.ts';
import * as plain from './reference.ts';

const few = Array.from({ length: 201 }, (_, n) => n);
/** Around chunks of either dtype, and of what is 2^20. */
const many = [4096, MASK_ELEMENTS / 2, MASK_ELEMENTS, 3 * MASK_ELEMENTS / 2, 2 * MASK_ELEMENTS, 131_072, 2 ** 20]
  .flatMap(edge => [-65, -4, -3, -1, 0, 1, 2, 4, 63].map(by => edge + by));

describe.each(names)('%s', name => {
  describe.each(floatDTypes)('%s', dtype => {
    test.each(KEEPS)('keep = %d: the loop over the definition, NaN, infinities, −0 and subnormals among x', keep => {
      const n = 20_011, x = activations(n, dtype), pcg = definition(name), mask = plain.bernoulli(pcg, n, keep), rng = placed(name);
      const { data } = dropout(x, { keep, rng });
      expectSame(data, plainDropout(x, mask, keep), keep);
      expect(lcg(rng).state.state.state).toBe(String(pcg.state));
      expect(lcg(rng).state.phase).toEqual({ kind: 'bernoulli', done: n % 4 });
      // what is dropped is +0, whatever it was; what is kept keeps the sign of a zero
      mask.forEach((kept, i) => { if (!kept && !Object.is(data[i], 0)) expect.fail(`${x[i]} dropped gives ${data[i]}`); });
      if (keep > 0.2 && keep < 1) {
        const seen = new Set(data.map((value, i) => (mask[i] ? value : 7)));
        for (const value of [NaN, Infinity, -Infinity, 0]) expect(seen.has(value)).toBe(true);
        expect(data.some((value, i) => mask[i] === 1 && Object.is(value, -0))).toBe(true);
      }
    });

    test('every size to 200 and around the edges, from any place in a word', () => {
      const whole = activations(Math.max(...many) + 8, dtype, 5), keep = 0.7, mask = start(name).bernoulli(keep, whole.length).data;
      for (const n of [...few, ...many]) {
        for (const skip of n < 70 ? [0, 1, 2, 3] : [(n >> 1) % 4]) {
          const rng = start(name), counted = start(name), from = n % 5, x = whole.subarray(from, from + n);
          rng.bernoulli(keep, skip);
          counted.bernoulli(keep, skip + n);
          expectSame(dropout(x, { keep, rng }).data, plainDropout(x, mask.subarray(skip, skip + n), keep), `${n} from ${skip}`);
          expect(stateOf(rng)).toBe(stateOf(counted));
        }
      }
    });

    test('keep = 1 gives x, keep = 0 zeros; both take as much of the stream as any', () => {
      for (const n of [0, 1, 3, 70, 16_385, 50_000]) {
        const x = new NDArray(activations(2 * n, dtype) as Float32Array, [2, n], dtype as 'float32'), zeros = new floatsOf[dtype](2 * n);
        for (const noiseShape of [undefined, [1, n], [2, 1]]) {
          const draws = noiseShape ? noiseShape[0] * noiseShape[1] : 2 * n, counted = start(name);
          counted.bernoulli(0.3, draws);
          for (const options of [{ keep: 1 }, { rate: 0 }, { keep: 0 }, { keep: -0 }, { rate: 1 }]) {
            const rng = start(name), expected = options.keep === 1 || options.rate === 0 ? x.data : zeros;
            expectSame(dropout(x, { ...(options as { keep: number }), noiseShape, rng }).data, expected, options);
            expect(stateOf(rng)).toBe(stateOf(counted));
          }
        }
      }
    });

    test('any split is the whole, with draws of masks between', () => {
      fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(0, 0, 0, 1, 2, 3), fc.oneof(fc.nat({ max: 9 }), fc.nat({ max: 200 }))),
        { maxLength: 12 }), fc.constantFrom(0.2, 0.999, 1 / 256), fc.nat(), (pieces, keep, seed) => {
        const n = pieces.reduce((sum, [, size]) => sum + size, 0), x = activations(n, dtype, seed), rng = start(name, seed), whole = start(name, seed);
        const expected = dropout(x, { keep, rng: whole }).data as Floats, mask = start(name, seed).bernoulli(keep, n).data;
        let done = 0;
        for (const [form, size] of pieces) {
          const part = x.subarray(done, done + size), end = done + size;
          if (form === 0) expectSame(dropout(part, { keep, rng }).data, expected.slice(done, end), 'piece');
          if (form === 1) expectSame(rng.bernoulli(keep, size).data, mask.slice(done, end), 'bernoulli');
          if (form === 2) expectSame(dropoutMask(size, { keep, rng, dtype: 'float32' }).data, Float32Array.from(mask.subarray(done, end)), 'mask');
          if (form === 3) for (let i = done; i < end; i++) expect(rng.bernoulli(keep)).toBe(mask[i]);
          done = end;
        }
        expect(stateOf(rng)).toBe(stateOf(whole));
      }), { seed: 21, numRuns: 60 });
    });

    test('in place, and out anywhere over x on the same memory', () => {
      const Array = floatsOf[dtype];
      const check = (n: number, at: number, to: number, Memory: typeof ArrayBuffer | typeof SharedArrayBuffer, noiseShape?: number[]) => {
        const elements = Math.max(at, to) + n + 3, all = new Array(new Memory(elements * Array.BYTES_PER_ELEMENT) as ArrayBuffer);
        all.set(activations(elements, dtype, n));
        const before = all.slice(), rng = start(name), x = all.subarray(at, at + n), out = all.subarray(to, to + n);
        const expected = before.slice(), fresh = dropout(before.slice(at, at + n), { keep: 0.6, rng: start(name), noiseShape }).data;
        expected.set(fresh as Floats, to);
        const made = dropout(x, { keep: 0.6, rng, out, noiseShape });
        expect(made.data).toBe(out);
        expectSame(all, expected, `${n} from ${at} to ${to}`);
      };
      for (const Memory of [ArrayBuffer, SharedArrayBuffer]) {
        for (const n of [1, 5, 70]) for (let shift = -n - 1; shift <= n + 1; shift++) check(n, n + 1, n + 1 + shift, Memory);
        for (const shift of [-40_001, -16_384, -16_383, -8192, -65, -1, 0, 1, 63, 64, 8191, 8192, 16_385, 40_000]) {
          check(40_001, 40_001, 40_001 + shift, Memory);
          check(40_001, 40_001, 40_001 + shift, Memory, [1]);
        }
      }
    });
  });

  test('both dtypes and either container have the same mask', () => {
    const n = 40_003, ones32 = new Float32Array(n).fill(1), ones64 = new Float64Array(n).fill(1), keep = 1 / 3;
    const a = dropout(ones32, { keep, rng: start(name) }), b = dropout(new NDArray(ones64, [n, 1], 'float64'), { keep, rng: start(name) });
    expect(new Set(a.data)).toEqual(new Set([0, Math.fround(3)]));
    expect(new Set(b.data)).toEqual(new Set([0, 1 / (1 / 3)]));
    expectSame(Uint8Array.from(a.data, Math.sign), Uint8Array.from(b.data, Math.sign), 'masks');
    expectSame(dropoutMask(n, { keep, dtype: 'float32', scaled: true, rng: start(name) }).data, a.data, 'scaled mask');
  });
});

describe('results', () => {
  test('a fresh NDArray of x\'s shape and dtype; x is left as it is', () => {
    for (const dtype of floatDTypes) {
      for (const shape of [[], [0], [7], [2, 3, 4], [0, 5]]) {
        const n = shape.reduce((a, b) => a * b, 1), x = new NDArray(activations(n, dtype) as Float32Array, shape, dtype as 'float32'),
          before = x.data.slice(), made = dropout(x, { keep: 0.5 });
        expect([made.dtype, made.shape, made instanceof NDArray, made.data.buffer === x.data.buffer]).toEqual([dtype, shape, true, false]);
        expectSame(x.data, before, 'x');
      }
      const flat = dropout(new floatsOf[dtype](5), { rate: 0.5 });
      expect([flat.dtype, flat.shape]).toEqual([dtype, [5]]);
    }
  });

  test('out: an NDArray comes back itself, a typed array in x\'s shape; x itself, for dropout in place', () => {
    const x = new NDArray(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3], 'float32'), expected = dropout(x, { keep: 0.5, rng: start('PCG32') }).data;
    const array = new NDArray(new Float32Array(6), [2, 3], 'float32'), typed = new Float32Array(8).subarray(1, 7);
    expect(dropout(x, { keep: 0.5, rng: start('PCG32'), out: array })).toBe(array);
    expectSame(array.data, expected, 'array');
    const made = dropout(x, { keep: 0.5, rng: start('PCG32'), out: typed });
    expect([made.data === typed, made.shape]).toEqual([true, [2, 3]]);
    expectSame(typed.slice(), expected, 'typed');
    expect(dropout(x.data.slice(), { keep: 0.5, rng: start('PCG32'), out: new NDArray(new Float32Array(6), [6], 'float32') }).shape).toEqual([6]);
    expect(dropout(x, { keep: 0.5, rng: start('PCG32'), out: x })).toBe(x);
    expectSame(x.data, expected, 'in place');
    const plain = expected.slice();
    expect(dropout(plain, { keep: 1, out: plain }).data).toBe(plain);
  });

  test('rate is 1 − keep', () => {
    const x = activations(1000, 'float64');
    for (const rate of [0, 1, 0.1, 0.25, 1e-3, 2 ** -53]) {
      const expected = dropout(x, { keep: 1 - rate, rate: undefined, rng: start('PCG32') }).data;
      expectSame(dropout(x, { rate, keep: undefined, rng: start('PCG32') }).data, expected, rate);
    }
  });

  test('without rng it draws from the generator that seed seeds', () => {
    const x = activations(100, 'float32');
    ndrand.seed(9);
    const first = dropout(x, { keep: 0.5 }).data, after = ndrand.random();
    const rng = start('PCG32DXSM', 9);
    expectSame(first, dropout(x, { keep: 0.5, rng }).data, 'shared');
    expect(after).toBe(rng.random());
  });
});

describe('noiseShape', () => {
  /** x times the mask of the noise's shape, element by element, by index. */
  function naive(x: Floats, shape: number[], noise: number[], mask: ArrayLike<number>, keep: number): Floats {
    const full = [...new Array<number>(shape.length - noise.length).fill(1), ...noise];
    const spread = Array.from(x, (_, i) => {
      let left = i, place = 0, step = 1;
      for (let axis = shape.length - 1; axis >= 0; axis--) {
        const index = left % shape[axis];
        left = Math.floor(left / shape[axis]);
        if (full[axis] !== 1) place += index * step;
        step *= full[axis];
      }
      return mask[place];
    });
    return plainDropout(x, spread, keep);
  }

  function compare(dtype: 'float32' | 'float64', shape: number[], noise: number | number[], keep: number, skip: number) {
    const n = shape.reduce((a, b) => a * b, 1), dims = [noise].flat(), m = dims.reduce((a, b) => a * b, 1);
    const x = new NDArray(activations(n, dtype, n) as Float32Array, shape, dtype as 'float32'), rng = start('PCG32', n), counted = start('PCG32', n);
    rng.bernoulli(keep, skip);
    counted.bernoulli(keep, skip);
    const mask = counted.bernoulli(keep, m).data, expected = naive(x.data, shape, dims, mask, keep), made = dropout(x, { keep, noiseShape: noise, rng });
    expect([made.shape, made.dtype]).toEqual([shape, dtype]);
    expectSame(made.data, expected, `${shape} with noise ${noise}`);
    // as many draws as the noise has elements
    expect(stateOf(rng)).toBe(stateOf(counted));
    dropout(x, { keep, noiseShape: noise, rng: start('PCG32', n), out: x });
    if (skip === 0) expectSame(x.data, expected, 'in place');
  }

  test.each([
    [[4, 5, 6], [4, 1, 6]], [[4, 6, 5, 3], [4, 6, 1, 1]], [[4, 5, 6], [1, 1, 1]], [[4, 5, 6], [1]], [[4, 5, 6], 1], [[4, 5, 6], []], [[4, 5, 6], 6],
    [[4, 5, 6], [5, 6]], [[4, 5, 6], [5, 1]], [[4, 5, 6], [1, 5, 1]], [[4, 5, 6], [4, 5, 6]],
    [[4, 5, 6], [4, 1, 1]], [[3, 1, 4], [3, 1, 1]], [[1, 1, 4], [1]], [[1, 3, 1, 4, 1], [3, 1, 1, 1]], [[2, 2, 2, 2, 2, 2], [2, 1, 2, 1, 2, 1]],
    [[2, 2, 2, 2, 2, 2], [2, 1, 2, 1, 2]], [[7], [1]], [[1], [1]], [[1], []], [[], []],
    [[0, 3], [1, 3]], [[0, 3], [1, 1]], [[0, 3], [0, 1]], [[3, 0], [3, 1]], [[3, 0, 2], [3, 0, 1]], [[3, 0, 2], []], [[130, 130], [130, 1]],
    [[130, 130], [1, 130]], [[2, 20_000], [2, 1]], [[20_000, 2], [20_000, 1]], [[2, 33, 500], [2, 1, 500]],
  ] as [number[], number | number[]][])('%j by %j', (shape, noise) => {
    for (const dtype of floatDTypes) for (const keep of [0.5, 0.9, 0, 1, 1e-300]) for (const skip of [0, 3]) compare(dtype, shape, noise, keep, skip);
  });

  test('any shapes', () => {
    const axis = fc.record({ size: fc.constantFrom(0, 1, 1, 2, 3, 4, 7), isSpread: fc.boolean() });
    fc.assert(fc.property(fc.array(axis, { maxLength: 5 }), fc.nat({ max: 5 }), fc.constantFrom(...floatDTypes),
      fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 3 }), (axes, cut, dtype, keep, skip) => {
      const noise = axes.map(({ size, isSpread }) => (isSpread ? 1 : size)), missing = Math.min(cut, noise.length);
      // leading axes may be left out where they are 1
      compare(dtype, axes.map(({ size }) => size), noise.slice(0, missing).every(size => size === 1) ? noise.slice(missing) : noise, keep, skip);
    }), { seed: 22, numRuns: 300 });
  });

  test('of x\'s own shape it is no noiseShape', () => {
    const x = new NDArray(activations(24, 'float64'), [2, 3, 4], 'float64');
    expectSame(dropout(x, { keep: 0.5, noiseShape: [2, 3, 4], rng: start('PCG32') }).data, dropout(x, { keep: 0.5, rng: start('PCG32') }).data, 'same');
  });
});
