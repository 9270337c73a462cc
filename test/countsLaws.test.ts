/** Counts over PCG32DXSM and PCG32: their probabilities, containers and place in the stream; and what all of them refuse. */
import { describe, expect, test } from 'vitest';
import { drawCounts } from '../src/distributions.ts';
import { Generator } from '../src/generator.ts';
import { legacyCountLaws } from '../src/legacyCounts.ts';
import { MT19937 } from '../src/mt19937.ts';
import { drawMultinomial } from '../src/multivariateCounts.ts';
import { PCG32, PCG32DXSM } from '../src/pcg32.ts';
import { PCG64 } from '../src/pcg64.ts';
import { R, refuses, T } from './refuses.ts';
import { accept, binomialMass, massP } from './statistics.ts';

/** Masses by a ratio from one count to the next. */
function masses(first: number, ratio: (k: number) => number, length: number): Float64Array {
  const mass = new Float64Array(length);
  mass[0] = first;
  for (let k = 1; k < length; k++) mass[k] = mass[k - 1]! * ratio(k);
  return mass;
}

const N = 400_000;
const share = (data: ArrayLike<number | bigint>, length: number, first = 0): Float64Array => {
  const counts = new Float64Array(length);
  for (let i = 0; i < data.length; i++) counts[Math.min(Number(data[i]) - first, length - 1)]!++;
  return counts;
};
/** The last cell has all that is beyond. */
const closed = (mass: Float64Array): Float64Array => {
  const rest = 1 - mass.subarray(0, -1).reduce((sum, each) => sum + each, 0);
  mass[mass.length - 1] = rest;
  return mass;
};

describe('probabilities', () => {
  test('poisson', () => {
    const rng = new Generator(new PCG32DXSM(501));
    for (const mean of [0.5, 9.5, 10.5, 60]) {
      const mass = closed(masses(Math.exp(-mean), k => mean / k, Math.ceil(mean + 8 * Math.sqrt(mean) + 8)));
      accept({ [mean]: massP(share(rng.poisson(mean, N).data, mass.length), mass, N) });
    }
  });
  test('negativeBinomial, over PCG32', () => {
    const rng = new Generator(new PCG32(502));
    for (const [n, p] of [[0.5, 0.4], [3, 0.5], [20, 0.3]] as const) {
      const mass = closed(masses(p ** n, k => ((n + k - 1) / k) * (1 - p), 150));
      accept({ [`${n}, ${p}`]: massP(share(rng.negativeBinomial(n, p, N).data, 150), mass, N) });
    }
  });
  test('zipf, logseries and geometric', () => {
    const rng = new Generator(new PCG32DXSM(503)), zeta3 = 1.2020569031595942;
    accept({
      zipf: massP(share(rng.zipf(3, N).data, 40, 1), closed(masses(1 / zeta3, k => (k / (k + 1)) ** 3, 40)), N),
      logseries: massP(share(rng.logseries(0.8, N).data, 60, 1), closed(masses(-0.8 / Math.log(0.2), k => (0.8 * k) / (k + 1), 60)), N),
      search: massP(share(rng.geometric(0.4, N).data, 40, 1), closed(masses(0.4, () => 0.6, 40)), N),
      inversion: massP(share(rng.geometric(0.1, N).data, 200, 1), closed(masses(0.1, () => 0.9, 200)), N),
    });
  });
  test('hypergeometric', () => {
    const rng = new Generator(new PCG32DXSM(504));
    for (const [good, bad, sample] of [[6, 9, 5], [40, 60, 30], [40, 30, 60]] as const) {
      const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k);
      const least = Math.max(0, sample - bad), mass = new Float64Array(Math.min(good, sample) - least + 1);
      mass.forEach((_, k) => (mass[k] = (choose(good, k + least) * choose(bad, sample - k - least)) / choose(good + bad, sample)));
      accept({ [good]: massP(share(rng.hypergeometric(good, bad, sample, N).data, mass.length, least), mass, N) });
    }
  });
  test('binomial with arrays: n = 1 among others, n·p either side of 10', () => {
    const rng = new Generator(new PCG32DXSM(505)), drawn = rng.binomial([[1], [15], [60]], [0.5, 0.3], [N / 4, 3, 2]).data;
    [1, 15, 60].forEach((n, i) => [0.5, 0.3].forEach((p, j) => {
      const { first, mass } = binomialMass(n, p), counts = new Float64Array(mass.length);
      for (let at = i * 2 + j; at < drawn.length; at += 6) counts[Number(drawn[at]) - first]!++;
      accept({ [`${n}, ${p}`]: massP(counts, mass, N / 4) });
    }));
  });
  test('the marginals of rows', () => {
    const rng = new Generator(new PCG32DXSM(506)), rows = 100_000, { first, mass } = binomialMass(30, 0.2);
    const drawn = rng.multinomial(30, [0.5, 0.2, 0.3], rows).data, counts = new Float64Array(mass.length);
    for (let i = 0; i < drawn.length; i += 3) {
      expect(Number(drawn[i]) + Number(drawn[i + 1]) + Number(drawn[i + 2])).toBe(30);
      counts[Number(drawn[i + 1]) - first]!++;
    }
    accept({ multinomial: massP(counts, mass, rows) });
    for (const method of ['marginals', 'count'] as const) {
      const { data } = rng.multivariateHypergeometric([3, 4, 5], 7, 500, { method });
      for (let i = 0; i < 1500; i += 3) expect(Number(data[i]) + Number(data[i + 1]) + Number(data[i + 2])).toBe(7);
    }
  });
});

describe('containers', () => {
  const rng = new Generator(new PCG64(1));
  test.each([
    [rng.binomial(2 ** 31 - 1, 0.5, 3).dtype, 'int32'], [rng.binomial(2 ** 31, 0.5, 3).dtype, 'float64'], [rng.binomial(2 ** 53 - 1, 0.5, 3).dtype, 'float64'],
    [rng.binomial(2n ** 54n, 0.5, 3).dtype, 'int64'], [rng.poisson(4e8, 3).dtype, 'int32'], [rng.poisson(1e9, 3).dtype, 'float64'], [rng.poisson(1e17, 3).dtype, 'int64'],
    [rng.zipf(2.75, 3).dtype, 'int32'], [rng.zipf(2, 3).dtype, 'float64'], [rng.zipf(1.9, 3).dtype, 'int64'], [rng.geometric(0.13, 3).dtype, 'int32'],
    [rng.geometric(1e-9, 3).dtype, 'float64'], [rng.geometric(1e-16, 3).dtype, 'int64'], [rng.logseries(0.9999, 3).dtype, 'int32'],
    [rng.logseries(1 - 2 ** -40, 3).dtype, 'float64'], [rng.negativeBinomial(10, 1e-3, 3).dtype, 'int32'], [rng.negativeBinomial(10, 1e-9, 3).dtype, 'float64'],
    [rng.multinomial(2n ** 60n, [0.5, 0.5]).dtype, 'int64'], [rng.multinomial([1, 2 ** 40], [0.5, 0.5]).dtype, 'float64'],
    [rng.multivariateHypergeometric([5, 6], 3).dtype, 'int32'], [rng.binomial([1, 2 ** 40], 0.5).dtype, 'float64'],
  ])('%s is %s', (dtype, wanted) => expect(dtype).toBe(wanted));

  test('a draw without a size is a number, a bigint only past 2^53', () => {
    expect(rng.binomial(2n ** 62n, 0)).toBe(0);
    expect(rng.binomial(2n ** 62n + 1n, 1)).toBe(2n ** 62n + 1n);
    expect(typeof rng.poisson(3)).toBe('number');
    expect(rng.hypergeometric(5n, 0n, 3n)).toBe(3);
  });
  test('out and dtype', () => {
    const out = new Uint8Array(4), wide = new BigInt64Array(6);
    expect(rng.binomial([200], 1, { out }).data).toBe(out);
    expect([...out]).toEqual([200, 200, 200, 200]);
    expect(rng.multinomial(9, [1, 0, 0], 2, { out: wide }).shape).toEqual([2, 3]);
    expect([...wide]).toEqual([9n, 0n, 0n, 9n, 0n, 0n]);
    expect(rng.geometric(0.13, 3, { dtype: 'uint16' }).dtype).toBe('uint16');
    expect(rng.multivariateHypergeometric([2, 3], 5, 2, { method: 'count', dtype: 'int64' }).toArray()).toEqual([[2n, 3n], [2n, 3n]]);
  });
  test('empty', () => {
    expect(rng.poisson([]).shape).toEqual([0]);
    expect(rng.multinomial(3, [0.5, 0.5], [0]).shape).toEqual([0, 2]);
    expect(rng.multivariateHypergeometric([], 0, 4).shape).toEqual([4, 0]);
    expect(rng.multivariateHypergeometric([3, 4], 0).toArray()).toEqual([0, 0]);
  });
});

test('one call or two, over each: the same', () => {
  for (const Class of [PCG32DXSM, PCG64, MT19937]) {
    const two = new Generator(new Class(9)), one = new Generator(new Class(9));
    for (const draw of [(rng: Generator, n: number) => rng.poisson(3, n), (rng: Generator, n: number) => rng.poisson(30, n), (rng: Generator, n: number) => rng.binomial(50, 0.2, n),
      (rng: Generator, n: number) => rng.multinomial(9, [0.2, 0.3, 0.5], n)]) {
      const [a, b] = [draw(two, 7), draw(two, 20_000)];
      expect([...a.data, ...b.data]).toEqual([...draw(one, 20_007).data]);
    }
  }
});

refuses('counts', [
  [rng => rng.binomial(2n ** 53n, 0.5), R, 'n: got 9007199254740992n'],
  [rng => rng.binomial([3, -1], 0.5), R, 'n[1]: got -1'],
  [rng => rng.binomial(3, [0.5, NaN]), R, 'p[1]: got NaN'],
  [rng => rng.binomial([1, 2, 3], [0.5, 0.5]), R, 'p: got [2]'],
  [rng => rng.negativeBinomial(0, 0.5), R, 'n: got 0'],
  [rng => rng.negativeBinomial(NaN, 0.5), R, 'n: got NaN'],
  [rng => rng.negativeBinomial(1, 0), R, 'p: got 0'],
  [rng => rng.negativeBinomial(1e10, 1e-10), R, 'n: got 10000000000'],
  [rng => rng.negativeBinomial([1, 1e10], 1e-10), R, 'n: got 10000000000'],
  [rng => rng.poisson(-1), R, 'lam: got -1'],
  [rng => rng.poisson(NaN, 3), R, 'lam: got NaN'],
  [rng => rng.poisson(2 ** 63), R, 'lam: got 9223372036854776000'],
  [rng => rng.poisson('1'), T, 'lam: got "1"'],
  [rng => rng.poisson(1e17, 3, { dtype: 'float64' }), R, 'dtype: got "float64"'],
  [rng => rng.zipf(1), R, 'a: got 1'],
  [rng => rng.zipf(), T, 'a: got undefined'],
  [rng => rng.geometric(0), R, 'p: got 0'],
  [rng => rng.geometric(1.01, 3), R, 'p: got 1.01'],
  [rng => rng.logseries(1), R, 'p: got 1'],
  [rng => rng.logseries(-0.1), R, 'p: got -0.1'],
  [rng => rng.hypergeometric(1e9, 5, 3), R, 'ngood: got 1000000000'],
  [rng => rng.hypergeometric(5, 1e9, 3), R, 'nbad: got 1000000000'],
  [rng => rng.hypergeometric(5, 5, 11), R, 'nsample: got 11'],
  [rng => rng.hypergeometric(5, 5, [1, 11], 2), R, 'nsample: got 11'],
  [rng => rng.hypergeometric(5, 5.5, 1), R, 'nbad: got 5.5'],
  [rng => rng.multinomial(-1, [0.5, 0.5]), R, 'n: got -1'],
  [rng => rng.multinomial(3, 0.5), T, 'pvals: got 0.5'],
  [rng => rng.multinomial(3, []), R, 'pvals: got []'],
  [rng => rng.multinomial(3, [0.5, 1.5]), R, 'pvals[1]: got 1.5'],
  [rng => rng.multinomial(3, [0.5, NaN]), R, 'pvals[1]: got NaN'],
  [rng => rng.multinomial(3, [0.7, 0.7, 0]), R, 'pvals: got 1.4'],
  [rng => rng.multinomial([3, 4], [0.7, 0.3], 3), R, 'n: got [2, 1]'],
  [(rng, { i32 }) => rng.multinomial(3, [0.7, 0.3], 4, { out: i32 }), R, 'out: got'],
  [rng => rng.multivariateHypergeometric(5, 3), T, 'colors: got 5'],
  [rng => rng.multivariateHypergeometric([[5]], 3), T, 'colors: got'],
  [rng => rng.multivariateHypergeometric([5, -1], 3), R, 'colors[1]: got -1'],
  [rng => rng.multivariateHypergeometric([5, 1], 7), R, 'nsample: got 7'],
  [rng => rng.multivariateHypergeometric([5, 1], [3]), T, 'nsample: got [3]'],
  [rng => rng.multivariateHypergeometric([5e8, 5e8], 3), R, 'colors: got'],
  [rng => rng.multivariateHypergeometric([5, 1], 3, { method: 'counts' }), R, 'method: got "counts"'],
]);

test('RandomState\'s laws refuse what NumPy does', () => {
  const bits = new MT19937(1), before = JSON.stringify(bits);
  const tried: [() => unknown, string][] = [
    [() => drawCounts(bits, legacyCountLaws.negativeBinomial, [0, 0.5], 3, {}), 'n: got 0'],
    [() => drawCounts(bits, legacyCountLaws.hypergeometric, [3, 4, 0], 3, {}), 'nsample: got 0'],
    [() => drawCounts(bits, legacyCountLaws.hypergeometric, [2n ** 62n, 2n ** 62n, 5], 3, {}), 'nsample: got 5'],
    [() => drawCounts(bits, legacyCountLaws.hypergeometric, [2n ** 60n, 1n, 2n ** 60n + 2n], 3, {}), 'nsample: got 1152921504606846978n'],
    [() => drawCounts(bits, legacyCountLaws.binomial, [2n ** 63n, 0.5], 3, {}), 'n: got 9223372036854775808n'],
    [() => drawMultinomial(bits, [3], [0.5, 0.5], undefined, {}, true), 'n: got [3]'],
    [() => drawMultinomial(bits, 3, [[0.5, 0.5]], undefined, {}, true), 'pvals: got'],
  ];
  for (const [run, begins] of tried) expect(run).toThrow(begins);
  expect(JSON.stringify(bits)).toBe(before);
  expect(drawMultinomial(bits, 3, [], 2, {}, true).shape).toEqual([2, 0]);
});
