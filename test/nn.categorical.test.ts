/** `categorical`: against a plain form of its definition, the softmax's probabilities, and sorts. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numberDTypes, type FloatDType } from '../src/dtype.ts';
import { Generator } from '../src/generator.ts';
import { array, NDArray } from '../src/ndarray.ts';
import { categorical, type CategoricalOptions } from '../src/nn/categorical.ts';
import { keepLargest } from '../src/nn/nucleus.ts';
import { seed } from '../src/random.ts';
import { sizeOf } from '../src/shape.ts';
import { again, start, stateOf } from './draws.ts';
import { emitting } from './forcedWords.ts';
import { R, refuses, T, type Loose, type Outs, type Row } from './refuses.ts';
import { accept, massP } from './statistics.ts';

/** Normals of a generator of its own. */
const normals = <D extends FloatDType = 'float64'>(shape: number[], dtype: D = 'float64' as D, sd = 1) => start('PCG32DXSM', 9).normal(0, sd, shape, { dtype });

/** Absolute normals over their sum. */
function masses(length: number, dtype: FloatDType = 'float64'): number[] {
  const p = Array.from(normals([length], dtype).data, Math.abs), sum = p.reduce((a, b) => a + b);
  return p.map(v => v / sum);
}

/** Which of the values are kept: the k largest, then the nucleus, of equals the first. */
function kept(values: readonly number[], weights: readonly number[], { topK = Infinity, topP = 1 }: CategoricalOptions): Set<number> {
  const order = values.map((_, i) => i).sort((a, b) => values[b] - values[a] || a - b).slice(0, topK);
  const total = order.reduce((sum, i) => sum + weights[i], 0);
  let sum = 0, n = 0;
  while (n < order.length && (topP === 1 || sum < topP * total)) sum += weights[order[n++]];
  return new Set(order.slice(0, n));
}

/** The probabilities of one row, as the documentation has them. */
function probabilities(values: readonly number[], options: CategoricalOptions): number[] {
  const { input = 'logits', temperature = 1 } = options, most = Math.max(...values);
  if (temperature === 0) return values.map((_, i) => Number(i === values.indexOf(most)));
  const weights = values.map(v => (input === 'logits' ? Math.exp((v - most) / temperature) : temperature === 1 ? v : Math.exp(Math.log(v / most) / temperature)));
  const left = kept(values, weights, options);
  const total = weights.reduce((sum, w, i) => (left.has(i) ? sum + w : sum), 0);
  return weights.map((w, i) => (left.has(i) ? w / total : 0));
}

/** The first category with a cumulative probability above u. */
function invert(p: readonly number[], u: number): number {
  let sum = 0, last = 0;
  for (let i = 0; i < p.length; i++) {
    if (p[i] === 0) continue;
    last = i;
    sum += p[i];
    if (sum > u) return i;
  }
  return last;
}

/** What categorical gives, by the definition, in plain numbers. */
function reference(x: NDArray<FloatDType>, times: number, options: CategoricalOptions, u: ArrayLike<number>): number[] {
  const axis = ((options.axis ?? -1) + x.ndim) % x.ndim, length = x.shape[axis], inner = sizeOf(x.shape.slice(axis + 1)), rows = x.size / length;
  const all = Array.from({ length: rows }, (_, row) => {
    const first = Math.floor(row / inner) * length * inner + row % inner;
    return probabilities(Array.from({ length }, (_, k) => x.data[first + k * inner]), options);
  });
  return Array.from({ length: times * rows }, (_, i) => invert(all[i % rows], u[i]));
}

/** Draws, compares with the reference, and checks shape and generator. */
function compare(x: NDArray<FloatDType>, size: number[] | undefined, options: CategoricalOptions = {}, seed = 5): void {
  const rng = start('PCG32DXSM', seed), other = start('PCG32DXSM', seed);
  const axis = ((options.axis ?? -1) + x.ndim) % x.ndim, shape = [...(size ?? []), ...x.shape.filter((_, i) => i !== axis)];
  const result = categorical(x, size!, { ...options, rng }) as NDArray<'int32'> | number;
  const u = other.random(sizeOf(shape)).data;
  if (typeof result === 'number') expect([result]).toEqual(reference(x, 1, options, u));
  else {
    expect(result.shape).toEqual(shape);
    expect(result.dtype).toBe('int32');
    expect([...result.data]).toEqual(reference(x, sizeOf(size ?? []), options, u));
  }
  expect(stateOf(rng)).toBe(stateOf(other));
}

describe('the definition', () => {
  test.each([[1], [2], [3], [7], [8], [9], [127], [128], [129], [255], [256], [257], [1000], [8192], [8193], [16384], [16385], [50257]])('%i categories', length => {
    for (const dtype of ['float32', 'float64'] as const) {
      const rows = Math.max(2, Math.min(40, Math.floor(60_000 / length)));
      compare(normals([rows, length], dtype), undefined);
      compare(normals([length], dtype), undefined);
      compare(normals([length], dtype), [30]);
      compare(normals([2, length], dtype), [length > 2000 ? 200 : 400]);
    }
  });

  test.each([['the last of three', -1], ['the middle', 1], ['the first', 0]])('axis: %s', (_, axis) => {
    for (const shape of [[5, 7, 6], [3, 300, 20], [130, 3, 2], [4, 1, 9], [1, 17, 1]]) {
      for (const dtype of ['float32', 'float64'] as const) {
        compare(normals(shape, dtype), undefined, { axis });
        compare(normals(shape, dtype), [2, 3], { axis });
      }
    }
  });

  test.each([[0.05], [0.7], [1], [1.3], [20], [1e300], [1e-300], [5e-324]])('temperature %f', temperature => {
    for (const sd of [1e-3, 1, 30]) compare(normals([20, 300], 'float32', sd), [5], { temperature });
    const p = array(Array.from({ length: 20 }, (_, r) => [...masses(180 + r), ...new Array<number>(20 - r).fill(0)]));
    compare(p, [5], { input: 'probs', temperature });
  });

  test('rows in any number of chunks, draws in any number of parts', () => {
    compare(normals([3000, 17], 'float32'), undefined);
    compare(normals([700, 600]), undefined);
    compare(normals([50_000, 3]), [30]); // more than 2^20 draws
    compare(normals([4, 2]), [300_000]);
  });

  test.each([[undefined, 0.9], [3, undefined], [200, 0.5], [40, 0.99], [1, 0.1], [399, 1e-9], [400, 0.9999]])('topK %s, topP %s', (topK, topP) => {
    for (const dtype of ['float32', 'float64'] as const) {
      for (const temperature of [1, 0.6]) {
        compare(normals([30, 400], dtype, 2), [3], { topK, topP, temperature });
        compare(normals([2, 9000, 2], dtype, 2), undefined, { topK, topP, temperature, axis: 1 });
      }
      compare(array(masses(400), dtype), [50], { input: 'probs', topK, topP });
    }
  });

  test('any of them', () => {
    const dims = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 });
    const logit = fc.oneof({ weight: 8, arbitrary: fc.double({ min: -8, max: 8, noNaN: true }) }, fc.constant(-Infinity), fc.constant(0), fc.double({ noNaN: true, max: 1e300 }));
    fc.assert(fc.property(dims, fc.integer({ min: 1, max: 300 }), fc.nat(3), fc.infiniteStream(logit), fc.constantFrom(1, 0.5, 3), fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }), (others, length, where, stream, temperature, topK) => {
      const axis = Math.min(where, others.length), shape = [...others.slice(0, axis), length, ...others.slice(axis)], inner = sizeOf(shape.slice(axis + 1));
      const data = Float64Array.from({ length: sizeOf(shape) }, () => stream.next().value);
      // one of each row at least
      for (let i = 0; i < data.length; i++) if (Math.floor(i / inner) % length === 0 && data[i] === -Infinity) data[i] = 1;
      compare(new NDArray(data, shape, 'float64'), undefined, { axis, temperature, topK });
    }), { numRuns: 200, seed: 1 });
  });
});

describe('exactly', () => {
  /** A generator whose next uniform is k · 2^-53. */
  function at(k: bigint): Generator {
    return emitting(Number(k << 11n & 0xffffffffn), Number(k >> 21n));
  }

  test('a category begins where the one before ends', () => {
    const x = Float64Array.of(0.25, 0, 0.25, 0.5, 0), drawn = (k: bigint) => categorical(x, { input: 'probs', rng: at(k) });
    const quarter = 1n << 51n;
    expect([0n, quarter - 1n, quarter, 2n * quarter - 1n, 2n * quarter, 4n * quarter - 1n].map(drawn)).toEqual([0, 0, 2, 2, 3, 3]);
  });

  test.each([[1], [40], [1000], [70_000]])('of 2^16 alike, drawn %i times', times => {
    for (const dtype of ['float32', 'float64'] as const) {
      const x = array(new Float64Array(2 ** 16).fill(2 ** -16), dtype), logits = array(new Float64Array(2 ** 16).fill(-3.7), dtype);
      for (const k of [0, 1, 127, 128, 129, 8191, 8192, 16383, 16384, 33333, 65535]) {
        const edge = BigInt(k) << 37n;
        expect(categorical(x, times, { input: 'probs', rng: at(edge) }).data[0]).toBe(k);
        expect(categorical(logits, times, { rng: at(edge) }).data[0]).toBe(k);
        if (k > 0) expect(categorical(x, times, { input: 'probs', rng: at(edge - 1n) }).data[0]).toBe(k - 1);
      }
    }
  });

  test('the same however many are drawn at once, and of whichever dtype', () => {
    const x = normals([30_000], 'float32', 3), rng = start('PCG32DXSM', 1), whole = categorical(x, 3000, { rng }).data;
    for (const [parts, input] of [[[1, 2, 40, 57, 58, 59, 1000, 1783], x], [[3000], array(x, 'float64')]] as const) {
      const split = start('PCG32DXSM', 1);
      expect(parts.flatMap(n => [...categorical(input, n, { rng: split }).data])).toEqual([...whole]);
      expect(stateOf(split)).toBe(stateOf(rng));
    }
    const one = start('PCG32DXSM', 1);
    expect(Array.from({ length: 200 }, () => categorical(x.data, { rng: one }))).toEqual([...whole.subarray(0, 200)]);
  });

  test('a shift of all logits changes nothing', () => {
    const x = normals([50, 200], 'float32'), integers = array(x.data.map(v => Math.round(v * 16) / 16)).reshape(50, 200);
    for (const shift of [1e4, -1e4, 2 ** 40, -(2 ** 47)]) {
      const shifted = array(Float64Array.from(integers.data, v => v + shift)).reshape(50, 200);
      expect(categorical(shifted, 20, { rng: start('PCG32', 3) }).data).toEqual(categorical(integers, 20, { rng: start('PCG32', 3) }).data);
    }
  });

  test('uniforms of size, then batch', () => {
    const x = normals([6, 11]), rng = start('PCG32DXSM', 4), other = start('PCG32DXSM', 4);
    const first = categorical(x, 5, { rng }), second = categorical(x, [2, 3], { rng });
    expect([...first.data, ...second.data]).toEqual([...categorical(x, 11, { rng: other }).data]);
    expect([first.shape, second.shape]).toEqual([[5, 6], [2, 3, 6]]);
    expect(categorical(x, { size: 5, rng: start('PCG32DXSM', 4) }).data).toEqual(first.data);
    expect(categorical(x, 0, { rng }).shape).toEqual([0, 6]);
    expect(categorical(normals([0, 4]), { rng })).toEqual(new NDArray(new Int32Array(0), [0], 'int32'));
    expect(stateOf(rng)).toBe(stateOf(other));
  });

  test('the shared generator, as seed leaves it', () => {
    const x = normals([4, 5]);
    seed(12);
    const drawn = categorical(x, 10);
    expect(drawn.data).toEqual(categorical(x, 10, { rng: start('PCG32DXSM', 12) }).data);
  });
});

describe('the law', () => {
  const counts = (drawn: ArrayLike<number>, length: number) => {
    const found = new Float64Array(length);
    for (let i = 0; i < drawn.length; i++) found[drawn[i]]++;
    return found;
  };

  test.each([[2], [3], [10], [127], [128], [129], [2000], [50257]])('the softmax of %i logits', length => {
    const n = length > 1000 ? 2_000_000 : 400_000, pValues: Record<string, number> = {};
    for (const dtype of ['float32', 'float64'] as const) {
      for (const temperature of [0.5, 1, 4]) {
        for (const shift of [0, 1e4]) {
          const x = array(normals([length], 'float64').data.map(v => v + shift), dtype), p = probabilities([...x.data], { temperature });
          pValues[`${dtype} ${temperature} ${shift}`] = massP(counts(categorical(x, n, { temperature, rng: start('PCG32DXSM', length) }).data, length), p, n);
        }
      }
    }
    accept(pValues);
  });

  test('one draw a row, of many rows', () => {
    const pValues: Record<string, number> = {};
    for (const length of [4, 130, 3000]) {
      const rows = Math.floor(3_000_000 / length), row = normals([length]).data, x = new Float32Array(rows * length);
      for (let r = 0; r < rows; r++) x.set(row, r * length);
      const last = new NDArray(x, [rows, length], 'float32'), p = probabilities([...Float32Array.from(row)], {});
      pValues[length] = massP(counts(categorical(last, [], { rng: start('PCG32DXSM', 8) }).data, length), p, rows);
    }
    accept(pValues);
  });

  test('top-k, nucleus and probabilities', () => {
    const x = normals([300]), n = 300_000, pValues: Record<string, number> = {}, p = masses(300);
    for (const options of [{ topK: 20 }, { topP: 0.7 }, { topK: 50, topP: 0.8, temperature: 0.9 }]) {
      const rng = start('PCG32DXSM', 6);
      pValues[`logits ${JSON.stringify(options)}`] = massP(counts(categorical(x, n, { ...options, rng }).data, 300), probabilities([...x.data], options), n);
      pValues[`probs ${JSON.stringify(options)}`] = massP(counts(categorical(p, n, { ...options, input: 'probs', rng }).data, 300), probabilities(p, { ...options, input: 'probs' }), n);
    }
    accept(pValues);
  });
});

describe('never drawn', () => {
  test('categories of logit -Infinity, at any place and temperature', () => {
    for (const length of [3, 128, 200, 20_000]) {
      const x = normals([length], 'float32').data as Float32Array;
      for (let k = 0; k < length; k++) if (k % 3 !== 1) x[k] = -Infinity;
      for (const options of [{}, { temperature: 50 }, { temperature: 1e308 }, { topK: length - 1 }, { topP: 0.999 }, { temperature: 0 }]) {
        const { data } = categorical(x, length === 20_000 ? 3000 : 20_000, { ...options, rng: start('PCG32', 1) });
        expect(data.every(k => k % 3 === 1), JSON.stringify(options)).toBe(true);
      }
    }
  });

  test('one category of a row, whatever the uniform', () => {
    for (const place of [0, 127, 128, 300]) {
      const x = new Float64Array(301).fill(-Infinity), p = new Float64Array(301);
      x[place] = -1e30;
      p[place] = 1;
      for (const rng of [emitting(0, 0), emitting(0xffffffff, 0xffffffff)]) {
        expect(categorical(x, { rng: again(rng) })).toBe(place);
        expect(categorical(p, { input: 'probs', rng })).toBe(place);
      }
    }
  });

  test('categories of probability 0', () => {
    const p = Float64Array.from({ length: 1000 }, (_, k) => (k % 10 === 3 ? 0.01 : 0));
    for (const temperature of [1, 0.3, 5, 1000]) {
      for (const topK of [undefined, 500]) {
        const { data } = categorical(p, 20_000, { input: 'probs', temperature, topK, rng: start('PCG32', 1) });
        expect(data.every(k => k % 10 === 3)).toBe(true);
        expect(new Set(data).size).toBe(100);
      }
    }
  });

  test('extremes: -1e30, the greatest numbers, subnormal probabilities', () => {
    const rng = start('PCG32DXSM', 1);
    expect(new Set(categorical([-1e30, 0, -1e30, 1, -745], 1000, { rng }).data)).toEqual(new Set([1, 3]));
    expect(categorical([-Number.MAX_VALUE, Number.MAX_VALUE], 50, { rng }).data).toEqual(new Int32Array(50).fill(1));
    expect(new Set(categorical([-1e30, -1e30, -2e30], 100, { rng }).data)).toEqual(new Set([0, 1]));
    expect(categorical(Float32Array.of(3.4e38, -3.4e38), { rng })).toBe(0);
    // 2^-1074 and 1 at T = 1000 weigh 0.475 and 1
    const p = [5e-324, 1, 0], n = 100_000, few = categorical(p, n, { input: 'probs', temperature: 1000, rng }).data.filter(k => k === 0).length;
    const expected = Math.exp(Math.log(5e-324) / 1000);
    accept({ subnormal: massP([few, n - few], [expected / (1 + expected), 1 / (1 + expected)], n) });
  });
});

describe('greedy', () => {
  test('temperature 0: the greatest, of equals the first, and the draws are used', () => {
    for (const dtype of ['float32', 'float64'] as const) {
      for (const shape of [[40, 3], [3, 20_000], [10, 129]]) compare(array(normals(shape).data.map(v => Math.round(v * 2)), dtype).reshape(shape), [2], { temperature: 0 });
    }
    const rng = start('PCG32', 5), other = start('PCG32', 5);
    expect(categorical([-0, 0, -1], 7, { temperature: 0, rng }).data).toEqual(new Int32Array(7));
    expect(categorical([0.2, 0.4, 0.4], { input: 'probs', temperature: -0, topK: 2, topP: 0.1, rng })).toBe(1);
    other.random(8);
    expect(stateOf(rng)).toBe(stateOf(other));
  });

  test('a low temperature comes to the same', () => {
    const x = normals([100, 50]);
    const greedy = [...categorical(x, [], { temperature: 0 }).data];
    for (const options of [{ temperature: 1e-4 }, { topK: 1 }, { topP: 1e-300 }]) expect([...categorical(x, [], { ...options, rng: start('PCG32', 1) }).data]).toEqual(greedy);
  });
});

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
    const n = 60_000, random = normals([n]).data;
    const arrangements: number[][] = [[...random], [...random].sort((a, b) => a - b), [...random].sort((a, b) => b - a), random.map(v => Math.round(v * 3)) as unknown as number[],
      Array.from({ length: n }, (_, i) => 2 ** (-i / 60)), Array.from({ length: n }, (_, i) => 1 + i * 2 ** -52), new Array(n).fill(-7)];
    for (const values of arrangements) {
      const list = Array.from(values, v => v + 0);
      for (const topK of [1, 2, 31, 33, 1000, 30_000, n - 1, n]) expect(keep(list, false, topK)).toEqual(byRank(list, { topK }));
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

describe('results', () => {
  const x = normals([3, 5]), expected = Array.from(categorical(x, 4, { rng: start('PCG32', 1) }).data);

  test.each(numberDTypes)('dtype %s, and out', dtype => {
    const drawn = categorical(x, 4, { dtype, rng: start('PCG32', 1) }) as NDArray;
    expect([drawn.dtype, drawn.shape]).toEqual([dtype, [4, 3]]);
    expect(Array.from(drawn.data as Int32Array, Number)).toEqual(expected);
    const out = new NDArray(drawn.data.slice() as Int32Array, [4, 3], dtype as 'int32');
    out.data.fill(typeof out.data[0] === 'bigint' ? (1n as unknown as number) : 1);
    expect(categorical(x, 4, { out, rng: start('PCG32', 1) })).toBe(out);
    expect(Array.from(out.data, Number)).toEqual(expected);
    const row = array([0, 0.5, 1]).data, one = categorical(row, { dtype: dtype as 'int32', rng: start('PCG32', 1) });
    expect(typeof one).toBe(dtype.endsWith('64') && !dtype.startsWith('f') ? 'bigint' : 'number');
    expect(Number(one)).toBe(categorical(row, { rng: start('PCG32', 1) }));
  });

  test('into the memory of the logits', () => {
    const square = normals([5, 5]), rng = start('PCG32', 1), expected = categorical(square, 5, { rng });
    const shared = square.copy();
    categorical(shared, 5, { out: shared, rng: start('PCG32', 1) });
    expect([...shared.data]).toEqual([...expected.data]);
  });

  test('every kind of input; out in the size\'s place', () => {
    const row = [0.5, -1, 2], draw = (input: unknown) => (categorical as unknown as Loose[string])(input, { rng: start('PCG32', 3) });
    expect(draw(row)).toBe(draw(Float64Array.from(row)));
    expect(draw(new NDArray(Float32Array.from(row), [3], 'float32'))).toBe(draw(row));
    expect((draw([row, row]) as NDArray).shape).toEqual([2]);
    const buffer = new SharedArrayBuffer(24);
    new Float64Array(buffer).set(row);
    expect(draw(new Float64Array(buffer))).toBe(draw(row));
    const out = new Uint8Array(50);
    const into = categorical(row, { out, rng: start('PCG32', 3) });
    expect([into.data === out, into.shape]).toEqual([true, [50]]);
    expect([...out]).toEqual([...categorical(row, 50, { rng: start('PCG32', 3) }).data]);
  });

  test('types', () => {
    const one: number = categorical([0, 1]), big: bigint = categorical(new Float32Array(2), { dtype: 'int64' });
    const many: NDArray<'int32'> = categorical([0, 1], 3), rows: NDArray<'uint8'> = categorical([[0, 1], [1, 2]], { dtype: 'uint8' });
    const batch: NDArray<'int32'> | number = categorical(x), sized: NDArray<'int32'> = categorical(x, []), into: NDArray<'float32'> = categorical(x, { out: new Float32Array(3) });
    // @ts-expect-error: no such option
    expect(() => categorical(x, { topk: 3 })).toThrow(TypeError);
    expect([one, Number(big), many.size, rows.size, (batch as NDArray).size, sized.size, into.size].every(v => v >= 0)).toBe(true);
  });
});

describe('refused', () => {
  const with_ = (x: unknown, options: object = {}, size?: unknown) => (rng: Loose) => (categorical as unknown as Loose[string])(x, size, { rng, ...options });
  const into = (x: unknown, out: (outs: Outs) => unknown, options: object = {}, size?: unknown) => (rng: Loose, outs: Outs) => (categorical as unknown as Loose[string])(x, size, { rng, out: out(outs), ...options });
  const row = [0, 1, 2], far = new Float32Array(40_000), late = new NDArray(new Float64Array(60), [3, 4, 5], 'float64');
  far[39_999] = NaN;
  late.set(Infinity, 2, 3, 1);
  const batch = (rows: number, length: number, change: (x: Float32Array) => void) => {
    const x = new Float32Array(rows * length);
    change(x);
    return new NDArray(x, [rows, length], 'float32');
  };
  const rows: Row[] = [
    ...[undefined, null, 'abc', 3, true, 5n, new Map(), () => 1, Symbol('s'), new Int32Array(3), new BigInt64Array(3), new Uint8ClampedArray(2), new DataView(new ArrayBuffer(8)), {}, new NDArray(new Int32Array(2), [2], 'int32'), [1n, 2n], [true, false]]
      .map((x): Row => [with_(x), T, 'logits: got ']),
    [with_(null, { input: 'probs' }), T, 'probs: got null'],
    [with_(new NDArray(new Float64Array(1), [], 'float64')), R, 'logits: got a NDArray'],
    [with_([]), R, 'logits: got [], takes at least one category'],
    [with_(new Float32Array(0), {}, 3), R, 'logits: got Float32Array(0)'],
    [with_(new NDArray(new Float64Array(0), [0, 0], 'float64')), R, 'logits: got a NDArray, takes at least one category'],
    [with_(new NDArray(new Float64Array(0), [4, 0], 'float64'), {}, 0), R, 'logits: got a NDArray, takes at least one category'],
    [with_([[0, 1], [0]]), R, 'logits[1]: got [0]'],
    [with_([0, 'a']), T, 'logits[1]: got "a"'],
    [with_([0, null]), T, 'logits[1]: got null'],
    [with_([0, , 1]), T, 'logits[1]: got undefined'],
    [with_([0, 1n]), T, 'logits[1]: got 1n'],
    [with_([0, NaN, 1]), R, 'logits[1]: got NaN'],
    [with_([0, 1, Infinity], {}, 0), R, 'logits[2]: got Infinity'],
    [with_([NaN, Infinity], { temperature: 0 }), R, 'logits[0]: got NaN'],
    [with_([0, NaN], { topK: 1, topP: 0.5 }), R, 'logits[1]: got NaN'],
    [with_(far), R, 'logits[39999]: got NaN'],
    [with_(late), R, 'logits[2, 3, 1]: got Infinity'],
    [with_(late, { axis: 0 }), R, 'logits[2, 3, 1]: got Infinity'],
    [with_(late, { axis: 1 }), R, 'logits[2, 3, 1]: got Infinity'],
    [with_(batch(300, 9, x => { x[2699] = NaN; })), R, 'logits[299, 8]: got NaN'],
    [with_(batch(2, 20_000, x => { x[39_998] = Infinity; })), R, 'logits[1, 19998]: got Infinity'],
    [with_([-Infinity, -Infinity]), R, 'logits: got -Infinity, takes a row with'],
    [with_(batch(4, 3, x => { x.fill(-Infinity, 6, 9); })), R, 'logits[2, :]: got -Infinity'],
    [with_(batch(3, 4, x => { for (let i = 1; i < 12; i += 4) x[i] = -Infinity; }), { axis: 0 }, 7), R, 'logits[:, 1]: got -Infinity'],
    [with_([0.5, 0.6], { input: 'probs' }), R, 'probs: got 1.1, takes probabilities that sum to 1'],
    [with_([0.5, 0.5 - 3e-8], { input: 'probs' }), R, 'probs: got 0.99999997'],
    [with_(Float32Array.of(0.5, 0.501), { input: 'probs' }), R, 'probs: got 1.00'],
    [with_([[0.5, 0.5], [0, 0]], { input: 'probs' }), R, 'probs[1, :]: got 0, takes probabilities that sum to 1'],
    [with_([[0.5, 0.5], [1.5, -0.5]], { input: 'probs' }), R, 'probs[1, 1]: got -0.5, takes a number in [0, 1]'],
    [with_([0.5, NaN], { input: 'probs' }), R, 'probs[1]: got NaN'],
    [with_([0.5, Infinity], { input: 'probs', temperature: 0 }), R, 'probs[1]: got Infinity'],
    [with_([0.5, -Infinity], { input: 'probs', temperature: 2 }), R, 'probs[1]: got -Infinity'],
    ...['Logits', '', 'log'].map((input): Row => [with_(row, { input }), R, `input: got ${JSON.stringify(input)}`]),
    [with_(row, { input: 1 }), T, 'input: got 1'],
    ...[1, -2, 0.5, NaN, Infinity].map((axis): Row => [with_(row, { axis }), R, `axis: got ${axis}`]),
    [with_(row, { axis: '0' }), T, 'axis: got "0"'],
    ...[-1, NaN, Infinity, -1e-300].map((temperature): Row => [with_(row, { temperature }), R, `temperature: got ${temperature}`]),
    ...['1', null, 1n].map((temperature): Row => [with_(row, { temperature }), T, 'temperature: got ']),
    ...[0, -1, 1.5, NaN, Infinity, 2 ** 53].map((topK): Row => [with_(row, { topK }), R, `topK: got ${topK}`]),
    ...['1', null, 1n].map((topK): Row => [with_(row, { topK }), T, 'topK: got ']),
    ...[0, -0, -0.1, 1.0001, NaN, Infinity].map((topP): Row => [with_(row, { topP }), R, 'topP: got ']),
    ...['1', null, true].map((topP): Row => [with_(row, { topP }), T, 'topP: got ']),
    ...[null, {}, new Map(), 7].map((bad): Row => [() => (categorical as unknown as Loose[string])(row, { rng: bad }), T, 'rng: got ']),
    ...[-1, 1.5, NaN].map((size): Row => [with_(row, {}, size), R, 'size: got ']),
    ...[null, 'a', new Int32Array(2), new Map()].map((size): Row => [with_(row, {}, size), T, 'size: got ']),
    [with_(row, {}, [2, -1]), R, 'size[1]: got -1'],
    [with_(normals([100, 3]), {}, 2 ** 31), R, 'size'],
    [with_(row, { size: 2 }, 3), T, 'size: got 2, takes one size'],
    [with_(row, { dtype: 'bool' }), R, 'dtype: got "bool"'],
    [with_(row, { dtype: null }), T, 'dtype: got null'],
    [with_(new Float32Array(129), { dtype: 'int8' }), R, 'dtype: got "int8"'],
    [with_(new Float32Array(257), { dtype: 'uint8' }), R, 'dtype: got "uint8"'],
    [with_(new Float32Array(32_769), { dtype: 'int16' }), R, 'dtype: got "int16"'],
    [into(new Float32Array(129), outs => outs.i8), R, 'dtype: got "int8"'],
    [into(row, outs => outs.i32, {}, 5), R, 'out: got Int32Array(6)'],
    [into(late, outs => outs.i32), R, 'out: got Int32Array(6)'],
    [into(row, outs => outs.matrix, {}, 6), R, 'out: got a NDArray'],
    [into(row, outs => outs.i32, { dtype: 'int8' }), T, 'out: got Int32Array(6)'],
    ...(['clamped', 'list', 'view', 'buffer', 'mask'] as const).map((name): Row => [into(row, outs => outs[name]), T, 'out: got ']),
    // found only after out was
    [into([0, NaN], outs => outs.f64), R, 'logits[1]: got NaN'],
    [into([0.3, 0.3], outs => outs.matrix, { input: 'probs' }), R, 'probs: got 0.6'],
    [with_(row, { topk: 3 }), T, 'options: got the unknown option "topk"'],
    ...[null, 3, 'a', [], new Map()].map((options): Row => [() => (categorical as unknown as Loose[string])(row, 3, options), T, 'options: got ']),
  ];
  refuses('categorical', rows);
});

describe('accepted', () => {
  test('the largest category a dtype holds; sums within the tolerance; sparse or negative zeros', () => {
    const last = (length: number) => Float32Array.from({ length }, (_, k) => (k === length - 1 ? 0 : -Infinity));
    for (const [dtype, length] of [['int8', 128], ['uint8', 256], ['int16', 32_768], ['uint16', 65_536]] as const) expect(categorical(last(length), { dtype })).toBe(length - 1);
    expect(categorical([1 - 1e-8, -0], { input: 'probs' })).toBe(0);
    expect(categorical(Float32Array.of(0.5, 0.5002), 5, { input: 'probs' }).size).toBe(5);
    expect(categorical([-0, 1], 9, { input: 'probs', topP: 0.5, topK: 1 }).data).toEqual(new Int32Array(9).fill(1));
  });
});
