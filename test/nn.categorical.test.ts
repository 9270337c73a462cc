/** `categorical`: against a plain form of its definition, and the softmax's probabilities. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Generator } from '../src/generator.ts';
import { array, NDArray } from '../src/ndarray.ts';
import { categorical } from '../src/nn/categorical.ts';
import { seed } from '../src/random.ts';
import { sizeOf } from '../src/shape.ts';
import { again, start, stateOf } from './draws.ts';
import { emitting } from './forcedWords.ts';
import { compare, masses, normals, probabilities } from './softmaxReference.ts';
import { accept, massP } from './statistics.ts';

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

  test.each([[0.001], [0.3], [0.9], [0.999], [0.999999], [1 - 1e-10]])('the nucleus of long rows, topP %f', topP => {
    for (const [length, sd] of [[1024, 1], [3000, 4], [20_000, 1], [17_000, 12]]) {
      compare(normals([3, length], 'float32', sd), undefined, { topP });
      compare(normals([length], 'float64', sd), [40], { topP, temperature: 1.5 });
      compare(array(masses(length)), [40], { input: 'probs', topP });
    }
    // many alike, and most of them below 2^-31
    compare(array(normals([3, 3000]).data.map(Math.round)).reshape(3, 3000), [5], { topP: topP * 0.99 });
    compare(array(Float64Array.from({ length: 5000 }, (_, i) => (i === 77 ? 1 - 4999 * 2e-10 : 2e-10))), [500], { input: 'probs', topP });
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
