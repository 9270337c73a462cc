/** The initialisers with a pattern, against references of their own: constants, eye, dirac, sparse. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FloatDType } from '../src/dtype.ts';
import { defaultRng } from '../src/generator.ts';
import * as nn from '../src/nn/index.ts';
import { again, hexOf, stateOf } from './draws.ts';

type Layout = 'oi' | 'io';
const anyLayout = fc.constantFrom<Layout>('oi', 'io'), anyDType = fc.constantFrom<FloatDType>('float32', 'float64');

describe('zeros, ones, constant', () => {
  test('of any shape', () => {
    expect(nn.zeros([2, 3]).toArray()).toEqual([[0, 0, 0], [0, 0, 0]]);
    expect(nn.ones([2, 1, 2], { dtype: 'float64' }).toArray()).toEqual([[[1, 1]], [[1, 1]]]);
    expect(nn.constant([], { value: 2.5 }).toArray()).toBe(2.5);
    expect(nn.ones(0).shape).toEqual([0]);
    expect(nn.constant([3, 0], { value: 1 }).shape).toEqual([3, 0]);
  });

  test('the value in the dtype\'s own precision, its sign included', () => {
    for (const value of [0.1, -0, 0, 1e-45, 3.4e38, -3.4e38, 1 / 3, Number.MIN_VALUE]) {
      expect([...nn.constant(3, { value }).data]).toEqual(new Array(3).fill(Math.fround(value)));
      expect([...nn.constant(3, { value, dtype: 'float64' }).data]).toEqual(new Array(3).fill(value));
    }
    expect(nn.constant(1, { value: 1e300, dtype: 'float64' }).at(0)).toBe(1e300);
    // the largest that rounds to a float32
    expect(nn.constant(1, { value: 3.4028235677973362e38 }).at(0)).toBe(3.4028234663852886e38);
  });

  test('overwrite what out held, NaN too', () => {
    const out = new Float32Array(4).fill(NaN);
    expect([...nn.zeros([2, 2], { out }).data]).toEqual([0, 0, 0, 0]);
    expect([...nn.eye([2, 2], { out: out.fill(NaN) }).data]).toEqual([1, 0, 0, 1]);
    expect([...nn.dirac([2, 2, 1], { out: out.fill(NaN) }).data]).toEqual([1, 0, 0, 1]);
    expect([...nn.sparse([2, 2], { sparsity: 1, out: out.fill(NaN) }).data]).toEqual([0, 0, 0, 0]);
  });
});

describe('eye', () => {
  test('is torch.eye of any two dimensions, times gain', () => {
    fc.assert(fc.property(fc.nat(9), fc.nat(9), fc.double({ min: -9, max: 9, noNaN: true }), anyDType, (rows, columns, gain, dtype) => {
      const value = dtype === 'float32' ? Math.fround(gain) : gain;
      const expected = Array.from({ length: rows * columns }, (_, k) => (Math.floor(k / columns) === k % columns ? value : 0));
      expect([...nn.eye([rows, columns], { gain, dtype }).data]).toEqual(expected);
    }));
    expect(nn.eye([3, 2]).toArray()).toEqual([[1, 0], [0, 1], [0, 0]]);
    expect(nn.eye([1, 1], { gain: 0 }).toArray()).toEqual([[0]]);
  });
});

/** Every index of a shape, in C order. */
function indices(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>((all, size) => all.flatMap(index => Array.from({ length: size }, (_, i) => [...index, i])), [[]]);
}

/**
 * PyTorch's rule (torch/nn/init.py, `dirac_`): output o of group g = ⌊o / (out / groups)⌋ passes on the input of its place in the group, where there is
 * one, at the field's middle ⌊size / 2⌋.
 */
function diracAt(index: readonly number[], shape: readonly number[], groups: number): number {
  const [o, i, ...place] = index, [outputs, , ...field] = shape, place0 = o % (outputs / groups);
  return i === place0 && place.every((at, axis) => at === Math.floor(field[axis] / 2)) ? 1 : 0;
}

describe('dirac', () => {
  const check = (shape: number[], groups: number, dtype: FloatDType) => {
    const expected = indices(shape).map(index => diracAt(index, shape, groups));
    expect([...nn.dirac(shape, { groups, dtype }).data]).toEqual(expected);
    // […field, in, out] of the same
    const [outputs, inputs, ...field] = shape, io = [...field, inputs, outputs];
    const moved = indices(io).map(index => diracAt([index.at(-1)!, index.at(-2)!, ...index.slice(0, -2)], shape, groups));
    expect([...nn.dirac(io, { groups, dtype, layout: 'io' }).data]).toEqual(moved);
  };

  test.each([
    // odd and even kernels, as many channels in as out, more in, more out, in groups
    [[3, 3, 3], 1], [[3, 3, 4], 1], [[2, 5, 3], 1], [[5, 2, 3], 1], [[4, 4, 3, 3], 1], [[4, 4, 2, 5], 1], [[6, 2, 3, 3], 3], [[6, 3, 3, 3], 2], [[6, 1, 1, 1], 6],
    [[4, 9, 2, 2], 2], [[2, 2, 3, 2, 5], 1], [[4, 1, 2, 3, 3], 2], [[1, 1, 1], 1],
  ] as [number[], number][])('%j in %i groups', (shape, groups) => check(shape, groups, 'float32'));

  test('any shape and groups', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 5 }), fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }), anyDType,
      (groups, perGroup, inputs, field, dtype) => check([groups * perGroup, inputs, ...field], groups, dtype)));
  });

  test('passes its input on: a convolution with it is the identity', () => {
    const channels = 3, width = 7, kernel = 5, weights = nn.dirac([channels, channels, kernel]), x = nn.normal([channels, width], { rng: defaultRng(1) });
    for (let o = 0; o < channels; o++) {
      for (let t = 0; t < width; t++) {
        let sum = 0;
        for (let i = 0; i < channels; i++) for (let k = 0; k < kernel; k++) {
          const from = t + k - Math.floor(kernel / 2);
          if (from >= 0 && from < width) sum += weights.at(o, i, k) * x.at(i, from);
        }
        expect(sum).toBe(x.at(o, t));
      }
    }
  });

  test('of nothing is nothing', () => {
    expect(nn.dirac([0, 3, 3]).size).toBe(0);
    expect(nn.dirac([0, 3, 3], { groups: 5 }).size).toBe(0);
    expect(nn.dirac([3, 0, 3]).size).toBe(0);
    expect(nn.dirac([3, 3, 0], { groups: 3 }).size).toBe(0);
    expect(nn.dirac([3, 3, 2, 0, 2], { layout: 'io' }).size).toBe(0);
  });
});

describe('sparse', () => {
  test('is the normals with, for each input, a draw of outputs without replacement set to 0', () => {
    const anyStd = fc.double({ min: 1e-3, max: 10, noNaN: true });
    fc.assert(fc.property(fc.nat(12), fc.nat(12), fc.double({ min: 0, max: 1, noNaN: true }), anyStd, anyLayout, anyDType, fc.integer({ min: 0 }), (outputs, inputs, sparsity, std, layout, dtype, seed) => {
      const shape = layout === 'oi' ? [outputs, inputs] : [inputs, outputs], rng = defaultRng(seed), other = again(rng);
      const got = nn.sparse(shape, { sparsity, std, layout, dtype, rng }), expected = other.normal(0, std, shape, { dtype }), zeros = Math.ceil(sparsity * outputs);
      for (let input = 0; input < inputs && zeros > 0; input++) {
        for (const output of other.choice(outputs, zeros, { replace: false, shuffle: false }).data as Int32Array) {
          if (layout === 'oi') expected.set(0, output, input);
          else expected.set(0, input, output);
        }
      }
      expect(hexOf(got.data)).toBe(hexOf(expected.data));
      expect([got.shape, got.dtype]).toEqual([shape, dtype]);
      expect(stateOf(rng)).toBe(stateOf(other));
    }));
  });

  test('has ⌈sparsity · out⌉ zeros an input, as PyTorch counts them', () => {
    // 0.07 · 100 is 7.000000000000001 in Python too
    for (const [outputs, sparsity, zeros] of [[10, 0.9, 9], [10, 0.91, 10], [100, 0.07, 8], [7, 0, 0], [7, 1e-9, 1], [7, 1, 7], [3, 1 / 3, 1], [1, 0.5, 1]] as const) {
      for (const layout of ['oi', 'io'] as const) {
        const w = nn.sparse(layout === 'oi' ? [outputs, 5] : [5, outputs], { sparsity, layout, rng: defaultRng(outputs) });
        for (let input = 0; input < 5; input++) {
          const line = Array.from({ length: outputs }, (_, o) => (layout === 'oi' ? w.at(o, input) : w.at(input, o)));
          expect(line.filter(x => Object.is(x, 0)).length).toBe(zeros);
        }
      }
    }
  });

  test('std is 0.01 by default; 0 is all zeros; float64 has a wider range', () => {
    expect(hexOf(nn.sparse([6, 4], { sparsity: 0.5, rng: defaultRng(1) }).data)).toBe(hexOf(nn.sparse([6, 4], { sparsity: 0.5, std: 0.01, rng: defaultRng(1) }).data));
    expect(nn.sparse([6, 4], { sparsity: 0, std: 0, rng: defaultRng(1) }).data.every(x => x === 0)).toBe(true);
    const wide = nn.sparse([6, 4], { sparsity: 0, std: 1e300, dtype: 'float64', rng: defaultRng(1) });
    expect(hexOf(wide.data)).toBe(hexOf(defaultRng(1).normal(0, 1e300, [6, 4]).data));
  });
});
