/** Slices of fills: any part, of any fill with fixed consumption, found without the rest. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultRng, Generator, PCG32, PCG32DXSM, PCG64, type BitGenerator, type NDArray } from '../src/index.ts';
import * as nn from '../src/nn/index.ts';

type Draw = (rng: Generator, n: number) => NDArray;

const floats = ['float32', 'float64'] as const;
const draws: Record<string, Draw> = {
  ...Object.fromEntries(floats.flatMap((dtype): [string, Draw][] => [
    [`random ${dtype}`, (rng, n) => rng.random(n, { dtype })],
    [`uniform ${dtype}`, (rng, n) => rng.uniform(-1, 3, n, { dtype })],
    [`standardNormal ${dtype}`, (rng, n) => rng.standardNormal(n, { dtype })],
    [`normal ${dtype}`, (rng, n) => rng.normal(2, 0.5, n, { dtype })],
  ])),
  ...Object.fromEntries((['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'bool'] as const).map((dtype): [string, Draw] =>
    [`integers ${dtype}`, (rng, n) => rng.integers(0, dtype === 'bool' ? 2 : 100, n, { dtype })])),
  'integers of two words': (rng, n) => rng.integers(-5, 2 ** 24 + 1, n),
  'integers redrawn': (rng, n) => rng.integers(0, 2n ** 63n + 1n, n, { dtype: 'uint64' }),
  'integers of one value': (rng, n) => rng.integers(7, 8, n),
  'bernoulli': (rng, n) => rng.bernoulli(0.3, n),
  'bernoulli float32': (rng, n) => rng.bernoulli(0.3, n, { dtype: 'float32' }),
  'bernoulli bool': (rng, n) => rng.bernoulli(0.5, n, { dtype: 'bool' }),
};

const bytes = ({ data }: NDArray): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
/** The same call of a slice. */
const sliced = (name: string, rng: Generator, from: number | bigint, to: number | bigint): NDArray => {
  const slice = rng.slice(from, to);
  return draws[name](slice as unknown as Generator, Number(slice.end - slice.start));
};

/** What leaves a phase of each kind, or none. */
const before: ((rng: Generator) => unknown)[] = [
  () => 0, rng => rng.standardNormal(3), rng => rng.standardNormal(1, { dtype: 'float32' }), rng => rng.bernoulli(0.5, 5), rng => rng.bernoulli(0.5, 3), rng => rng.random(), rng => rng.normal(),
];

describe.each([['PCG32DXSM', PCG32DXSM], ['PCG32', PCG32]] as [string, new (seed: number) => BitGenerator][])('%s', (_, Class) => {
  test.each(Object.keys(draws))('%s: any slice is that part of the fill, and the generator stays', name => {
    fc.assert(fc.property(fc.nat(60), fc.nat(60), fc.nat(before.length - 1), fc.nat(1000), (start, size, b, seed) => {
      const rng = new Generator(new Class(seed));
      before[b](rng);
      const state = JSON.stringify(rng.bitGenerator.state), slice = bytes(sliced(name, rng, start, start + size));
      expect(JSON.stringify(rng.bitGenerator.state)).toBe(state);
      const whole = draws[name](rng, start + size), unit = whole.data.BYTES_PER_ELEMENT;
      expect(Buffer.compare(slice, bytes(whole).subarray(start * unit))).toBe(0);
    }), { numRuns: 60 });
  });

  test.each(Object.keys(draws))('%s: blocks of a million elements', name => {
    const rng = new Generator(new Class(5)), whole = draws[name](new Generator(new Class(5)), 1_000_003), unit = whole.data.BYTES_PER_ELEMENT;
    for (const [from, to] of [[0, 131_073], [131_071, 400_000], [999_998, 1_000_003], [500_001, 500_001]]) {
      expect(Buffer.compare(bytes(sliced(name, rng, from, to)), bytes(whole).subarray(from * unit, to * unit))).toBe(0);
    }
  });
});

describe('far out', () => {
  // words before an element, and elements a unit, as the design has them
  test.each<[string, Draw, words: bigint, unit: bigint]>([
    ['random float32', draws['random float32'], 1n, 1n],
    ['random float64', draws['random float64'], 2n, 1n],
    ['normal float32', draws['normal float32'], 2n, 2n],
    ['normal float64', draws['normal float64'], 4n, 2n],
    ['integers int32', draws['integers int32'], 1n, 1n],
    ['integers of two words', draws['integers of two words'], 2n, 1n],
    ['bernoulli', draws.bernoulli, 1n, 4n],
  ])('%s: past 2^53 and to 2^62, found as `advance` finds it', (name, draw, words, unit) => {
    for (const place of [2n ** 53n + 1n, 2n ** 61n + 12_345n, 2n ** 62n - 9n]) {
      const rng = defaultRng(7), skipped = place % unit, moved = new Generator(new PCG32DXSM(7).advance(place / unit * words));
      expect(bytes(sliced(name, rng, place, place + 7n))).toEqual(bytes(draw(moved, Number(skipped) + 7)).slice(-7 * draw(defaultRng(1), 1).data.BYTES_PER_ELEMENT));
    }
  });

  test('the end of the period is the end', () => {
    const rng = defaultRng(1);
    expect(rng.slice(2n ** 64n - 2n, 2n ** 64n).random({ dtype: 'float32' }).size).toBe(2);
    expect(() => rng.slice(2n ** 64n - 2n, 2n ** 64n + 1n).random({ dtype: 'float32' })).toThrow(/^end: got 18446744073709551617n, takes an integer to 18446744073709551616/);
    expect(() => rng.slice(2n ** 63n, 2n ** 63n + 1n).random()).toThrow(RangeError);
    expect(rng.slice(2n ** 65n, 2n ** 65n + 1n).bernoulli(0.5).size).toBe(1);
  });
});

test('a slice stays what it was when the generator moves on, and may be used again', () => {
  const rng = defaultRng(3), slice = rng.slice(10, 20), first = slice.normal();
  rng.random(1000);
  expect(slice.normal()).toEqual(first);
  expect(slice.random({ dtype: 'float32' })).toEqual(defaultRng(3).slice(10, 20).random({ dtype: 'float32' }));
});

test('shapes, out and arrays of parameters', () => {
  const slice = defaultRng(3).slice(10, 16), whole = defaultRng(3).standardNormal(16).data.slice(10), out = new Float64Array(8).subarray(1, 7);
  expect([slice.normal().shape, slice.normal(0, 1, [2, 3]).shape, slice.normal(0, 1, { size: [3, 2] }).shape]).toEqual([[6], [2, 3], [3, 2]]);
  slice.standardNormal({ out });
  expect(out).toEqual(whole);
  expect(slice.normal([0, 1, 2, 3, 4, 5], 2).data).toEqual(whole.map((z, i) => z * 2 + i));
  const p = [0, 1, 0.5, 1, 0, 1];
  expect([...slice.bernoulli(p).data]).toEqual([...defaultRng(3).bernoulli([...new Array<number>(10).fill(0.1), ...p]).data.slice(10)]);
});

test('the functions of ndrand/nn take a slice as rng', () => {
  const options = { std: 0.02, dtype: 'float64' } as const, x = defaultRng(9).random(1000);
  const whole = { truncated: nn.truncatedNormal(1000, { ...options, rng: defaultRng(4) }), he: nn.heNormal([10, 100], { rng: defaultRng(4) }), dropped: nn.dropout(x, { keep: 0.7, rng: defaultRng(4) }) };
  const rng = defaultRng(4).slice(600, 1000);
  expect(nn.truncatedNormal(400, { ...options, rng }).data).toEqual(whole.truncated.data.slice(600));
  expect(nn.normal([4, 100], { std: Math.sqrt(2 / 100), rng }).data).toEqual(whole.he.data.slice(600));
  expect(nn.dropout(x.data.slice(600), { keep: 0.7, rng }).data).toEqual(whole.dropped.data.slice(600));
  expect(() => nn.orthogonal([20, 20], { rng } as never)).toThrow(/^rng: got a Slice, takes a Generator/);
  expect(() => nn.sparse([20, 20], { sparsity: 0.5, rng } as never)).toThrow(/^rng: got a Slice, takes a Generator/);
  expect(() => nn.categorical([0, 1], 3, { rng } as never)).toThrow(/^rng: got a Slice, takes a Generator/);
});

describe('refuses, and the generator stays', () => {
  const refused = (rng: Generator, call: (rng: Generator) => unknown, error: new () => Error, message: RegExp): void => {
    const before = JSON.stringify(rng.bitGenerator.state);
    expect(() => call(rng)).toThrow(error);
    expect(() => call(rng)).toThrow(message);
    expect(JSON.stringify(rng.bitGenerator.state)).toBe(before);
  };
  test.each<[string, (rng: Generator) => unknown, new () => Error, RegExp]>([
    ['an end before the start', rng => rng.slice(5, 4), RangeError, /^end: got 4, takes an integer of at least start, 5$/],
    ['a start below 0', rng => rng.slice(-1, 4), RangeError, /^start: got -1, takes a non-negative integer$/],
    ['a fraction', rng => rng.slice(0, 1.5), RangeError, /^end: got 1.5, takes an integer/],
    ['a number past 2^53', rng => rng.slice(2 ** 60, 2 ** 60 + 2), RangeError, /^start: got 1152921504606847000, takes an integer \(past 2\^53 as a bigint\)$/],
    ['no numbers', rng => rng.slice('1' as never, 4), TypeError, /^start: got "1", takes an integer$/],
    ['no end', rng => rng.slice(1, undefined as never), TypeError, /^end: got undefined, takes an integer$/],
    ['more than an array holds', rng => rng.slice(0, 2 ** 32 + 1), RangeError, /^end: got 4294967297, takes an integer at most 2\^32 past start$/],
    ['another size', rng => rng.slice(0, 4).normal(0, 1, 5), RangeError, /^size: got 5, takes as many elements as the slice has, 4$/],
    ['an out of another size', rng => rng.slice(0, 4).random({ out: new Float64Array(3) }), RangeError, /^size: got 3, takes/],
    ['the ziggurat', rng => rng.slice(0, 4).normal(0, 1, { method: 'ziggurat' } as never), TypeError, /^method: .* use spawn$/],
    ['arrays of bounds', rng => rng.slice(0, 2).integers([1, 2] as never), TypeError, /^low: takes a number in a slice/],
    ['a bad scale', rng => rng.slice(0, 4).normal(0, -1), RangeError, /^scale: got -1/],
    ['an unknown option', rng => rng.slice(0, 4).normal(0, 1, { sise: 3 } as never), TypeError, /unknown option "sise"/],
    ...['binomial', 'choice', 'shuffle', 'gamma', 'poisson', 'permutation', 'standardExponential', 'bytes'].map((method): [string, (rng: Generator) => unknown, new () => Error, RegExp] =>
      [method, rng => (rng.slice(0, 4) as unknown as Record<string, (n: number) => unknown>)[method](3), TypeError, new RegExp(`^${method}: a slice has no such method, as it takes as many words .* use spawn$`)]),
  ])('%s', (_, call, error, message) => {
    refused(defaultRng(1), call, error, message);
  });
  test('generators whose fills have no fixed consumption', () => {
    refused(new Generator(new PCG64(1)), rng => rng.slice(0, 1), TypeError, /^bitGenerator: got a PCG64, takes a PCG32DXSM or PCG32.*use spawn$/);
  });
});
