/** Arrays of parameters that are longer than what is looked at together: what their extremes do not tell is found element by element. */
import { describe, expect, test } from 'vitest';
import { defaultRng, Generator, MT19937, NDArray, PCG64 } from '../src/index.ts';

const N = 5000;
const make = (): Generator => new Generator(new PCG64(1));
const reals = (value: number, at = -1, other = 0): Float64Array => new Float64Array(N).fill(value).fill(other, at, at < 0 ? 0 : at + 1);
const wide = (value: bigint, at = -1, other = 0n): BigInt64Array => new BigInt64Array(N).fill(value).fill(other, at, at < 0 ? 0 : at + 1);

describe('a bad element is named, and nothing is drawn', () => {
  const cases: [message: string, call: (rng: Generator) => unknown][] = [
    ['lam[4000]', rng => rng.poisson(reals(3, 4000, NaN))],
    ['lam[4999]', rng => rng.poisson(reals(3, 4999, -1))],
    ['n[3000]', rng => rng.binomial(reals(3, 3000, 2.5), 0.5)],
    ['n[3000]', rng => rng.binomial(wide(3n, 3000, -1n), 0.5)],
    ['n[0]', rng => rng.binomial(BigUint64Array.of(2n ** 63n), 0.5)],
    ['scale[4321]', rng => rng.gamma(reals(1), reals(1, 4321, -0))],
    ['scale', rng => rng.normal(reals(0, 17, NaN), reals(1, 4500, -1))],
    ['high', rng => rng.uniform(reals(0), reals(1, 4500, Infinity))],
    ['low', rng => rng.uniform(reals(0), reals(1, 4500, -0))],
    ['low', rng => rng.uniform(0, -0)],
    ['mode', rng => rng.triangular(reals(0), reals(1, 4500, -1), reals(2))],
    ['nsample', rng => rng.hypergeometric(reals(5), reals(5), reals(5, 2345, 11))],
    ['high[1234]', rng => rng.integers(0, reals(7, 1234, 0.5))],
    ['low', rng => rng.integers(reals(0, 1234, 7), reals(7))],
  ];
  test.each(cases)('%s', (message, call) => {
    const rng = make();
    expect(() => call(rng)).toThrow(message);
    expect(rng.random()).toBe(make().random());
  });
});

test('NaN is taken where NumPy takes it, beside all other values', () => {
  const drawn = make().exponential(reals(2, 4000, NaN)), plain = make().exponential(2, N);
  expect(drawn.data[4000]).toBeNaN();
  drawn.data[4000] = plain.data[4000];
  expect(drawn.data).toEqual(plain.data);
});

describe('the container is that of the elements, not of extremes that do not meet', () => {
  const n = Float64Array.of(1e12, 1), p = Float64Array.of(1, 1e-12);
  test('counts', () => {
    const means = (great: number): NDArray => make().negativeBinomial(n, Float64Array.of(1, great)) as NDArray;
    expect(means(0.5).dtype).toBe('int32');
    expect((make().negativeBinomial(n, p) as NDArray).dtype).toBe('float64');
    expect((make().hypergeometric([5, 9], [5, 9], [3, 18], { dtype: 'int8' }) as NDArray).dtype).toBe('int8');
  });
});

describe('whole numbers reach the engine as what they are', () => {
  test.each([Int8Array, Uint16Array, Int32Array, Float32Array, Float64Array])('%o', Kind => {
    const trials = new Kind(N).map((_: number, i: number) => i % 100), same = BigInt64Array.from(trials, BigInt);
    expect(make().binomial(trials, 0.3).data).toEqual(make().binomial(same, 0.3).data);
    expect(make().binomial(trials, 1).data).toEqual(Int32Array.from(trials));
  });
  test('past 32 bits', () => {
    const great = Float64Array.of(2 ** 53 - 1, 2 ** 32, 2 ** 32 - 1, 2 ** 31);
    expect(make().binomial(great, 1).data).toEqual(great);
    expect(make().integers(Float64Array.of(-(2 ** 53) + 1, -1, -(2 ** 40)), Float64Array.of(-(2 ** 53) + 2, 0, 1 - 2 ** 40)).data).toEqual(Float64Array.of(-(2 ** 53) + 1, -1, -(2 ** 40)));
    expect(make().integers(Float64Array.of(5, -7), BigInt64Array.of(6n, -6n)).data).toEqual(Int32Array.of(5, -7));
  });
});

test('each of many means as it is drawn alone, in turn', () => {
  for (const Bits of [PCG64, MT19937]) {
    const means = Float64Array.from({ length: 600 }, (_, i) => [0, 0.5, 9.999, 10, 3, 1e-320, 200][i % 7]), one = new Generator(new Bits(3));
    expect(new Generator(new Bits(3)).poisson(means).data).toEqual(Int32Array.from(means, mean => one.poisson(mean) as number));
  }
});

test('over PCG32DXSM as well, uniform and normal in their place', () => {
  const low = reals(1), high = reals(3), one = defaultRng(1);
  expect(defaultRng(1).uniform(low, high).data).toEqual(one.uniform(1, 3, N).data);
  expect(defaultRng(1).normal(low, high, { dtype: 'float32' }).data).toEqual(defaultRng(1).normal(1, 3, N, { dtype: 'float32' }).data);
});
