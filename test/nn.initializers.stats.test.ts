/** Initialisers against theory: mean, variance, bounds, distribution; and that the tests would see a wrong variance. See statistics.ts for the thresholds. */
import { describe, expect, test } from 'vitest';
import type { FloatDType } from '../src/dtype.ts';
import { defaultRng } from '../src/generator.ts';
import type { NDArray } from '../src/ndarray.ts';
import * as nn from '../src/nn/index.ts';
import { accept, binomialP, chiSquareTailP, evenP, LEVEL, normalP, normalTail, toUniform, uniformKS } from './statistics.ts';

type Layout = 'oi' | 'io';
type Initialise = (shape: readonly number[], options: object) => NDArray<FloatDType>;

/** The chance of a standard normal within two standard deviations, and its density there. */
const within2 = 1 - 2 * normalTail(2), density2 = Math.exp(-2) / Math.sqrt(2 * Math.PI);
/** Variance and fourth moment of a standard normal within [−2, 2]: by parts, m_k = (k − 1) m_(k−2) − 2 · 2^(k−1) φ(2) / P. */
const truncatedVariance = 1 - 4 * density2 / within2, truncatedFourth = 3 * truncatedVariance - 16 * density2 / within2;

/** A distribution of variance 1 and mean 0: its fourth moment, its distribution function of every value, its bound. */
interface Law {
  fourth: number;
  toUniform(x: Float64Array): Float64Array;
  bound: number;
}

const parent = Math.sqrt(truncatedVariance);
const laws: Record<'normal' | 'uniform' | 'truncated', Law> = {
  normal: { fourth: 3, toUniform, bound: Infinity },
  uniform: { fourth: 9 / 5, toUniform: x => x.map(v => v / Math.sqrt(12) + 0.5), bound: Math.sqrt(3) },
  truncated: { fourth: truncatedFourth / truncatedVariance ** 2, toUniform: x => toUniform(x.map(v => v * parent)).map(u => (u - normalTail(2)) / within2), bound: 2 / parent },
};

/** Of a standard normal statistic; as far as the p-value is above the smallest numbers. */
const tailP = (z: number): number => normalP(Math.min(Math.abs(z), 35));

/** p-values of values that should follow `law` times `std`. */
function figures(data: ArrayLike<number>, std: number, { fourth, toUniform: cdf }: Law): Record<'mean' | 'variance' | 'ks', number> {
  const z = Float64Array.from(data, x => x / std), n = z.length;
  let sum = 0, squares = 0;
  for (const x of z) {
    sum += x;
    squares += x * x;
  }
  // the variance of z is 1, that of z² is fourth − 1
  return { mean: tailP(sum / Math.sqrt(n)), variance: tailP((squares - n) / Math.sqrt(n * (fourth - 1))), ks: uniformKS(cdf(z)) };
}

/** Within the bound, and close to it on both sides: a bound 0.3 % off is seen. */
function expectBound(data: ArrayLike<number>, bound: number): void {
  if (bound === Infinity) return;
  let most = -Infinity, least = Infinity;
  for (let i = 0; i < data.length; i++) most = Math.max(most, data[i]), least = Math.min(least, data[i]);
  expect(most).toBeLessThanOrEqual(bound * (1 + 1e-7));
  expect(least).toBeGreaterThanOrEqual(-bound * (1 + 1e-7));
  expect(Math.min(most, -least)).toBeGreaterThan(bound * 0.997);
}

/** Dense, 1-, 2- and 3-dimensional convolutions in both layouts: shape, layout, fan-in, fan-out. */
const shapes: [shape: number[], layout: Layout, fanIn: number, fanOut: number][] = [
  [[250, 400], 'oi', 400, 250], [[250, 400], 'io', 250, 400], [[160, 125, 5], 'oi', 625, 800], [[5, 160, 125], 'io', 800, 625],
  [[96, 64, 4, 4], 'oi', 1024, 1536], [[4, 4, 96, 64], 'io', 1536, 1024], [[50, 34, 3, 4, 5], 'oi', 2040, 3000], [[3, 4, 5, 50, 34], 'io', 3000, 2040],
];

type Std = (fanIn: number, fanOut: number) => number;
const rows: [label: string, call: unknown, options: object, law: keyof typeof laws, std: Std][] = [
  ['xavierNormal', nn.xavierNormal, {}, 'normal', (i, o) => Math.sqrt(2 / (i + o))],
  ['xavierUniform, tanh', nn.xavierUniform, { gain: 5 / 3 }, 'uniform', (i, o) => 5 / 3 * Math.sqrt(2 / (i + o))],
  ['heNormal', nn.heNormal, {}, 'normal', i => Math.sqrt(2 / i)],
  ['heNormal, leakyRelu, fanOut', nn.heNormal, { a: 0.5, mode: 'fanOut' }, 'normal', (_, o) => Math.sqrt(2 / 1.25 / o)],
  ['heUniform, fanAvg', nn.heUniform, { mode: 'fanAvg' }, 'uniform', (i, o) => Math.sqrt(4 / (i + o))],
  ['lecunNormal', nn.lecunNormal, {}, 'normal', i => 1 / Math.sqrt(i)],
  ['lecunUniform', nn.lecunUniform, {}, 'uniform', i => 1 / Math.sqrt(i)],
  ['varianceScaling', nn.varianceScaling, {}, 'truncated', i => Math.sqrt(1 / i)],
  ['varianceScaling, 2, fanOut', nn.varianceScaling, { scale: 2, mode: 'fanOut' }, 'truncated', (_, o) => Math.sqrt(2 / o)],
  ['varianceScaling, 0.1, fanAvg, uniform', nn.varianceScaling, { scale: 0.1, mode: 'fanAvg', distribution: 'uniform' }, 'uniform', (i, o) => Math.sqrt(0.2 / (i + o))],
  ['varianceScaling, 3, untruncatedNormal', nn.varianceScaling, { scale: 3, distribution: 'untruncatedNormal' }, 'normal', i => Math.sqrt(3 / i)],
];

describe.each(rows)('%s', (_, call, options, law, stdOf) => {
  test.each(shapes)('%j %s', (shape, layout, fanIn, fanOut) => {
    const dtype: FloatDType = shape.length === 4 ? 'float64' : 'float32', std = stdOf(fanIn, fanOut);
    const { data } = (call as Initialise)(shape, { ...options, layout, dtype, rng: defaultRng([...shape, fanIn]) });
    expectBound(data, laws[law].bound * std);
    accept(figures(data, std, laws[law]));
  });
});

test('uniform and normal', () => {
  const u = nn.uniform([500, 700], { low: -3, high: 5, rng: defaultRng(5) }).data, z = nn.normal([500, 700], { mean: -7, std: 0.25, rng: defaultRng(6) }).data;
  const figuresOf = { uniform: figures(u.map(x => x - 1), 8 / Math.sqrt(12), laws.uniform), normal: figures(z.map(x => x + 7), 0.25, laws.normal) };
  accept(Object.fromEntries(Object.entries(figuresOf).flatMap(([name, all]) => Object.entries(all).map(([figure, p]) => [`${name} ${figure}`, p]))));
});

describe('the tests have the power to see', () => {
  const std = Math.sqrt(1 / 800), n = 320_000;
  /** A normal of standard deviation `std` whose values beyond two are drawn again: what varianceScaling is without the wider parent. */
  const narrow = (): Float32Array => {
    const z = defaultRng(12).standardNormal(2 * n, { dtype: 'float32' }).data.filter(x => Math.abs(x) <= 2).slice(0, n);
    return z.map(x => x * std);
  };

  test('a truncated normal whose parent has the variance asked for: 12 % off in the standard deviation', () => {
    const data = narrow(), p = figures(data, std, laws.truncated);
    expect(data.length).toBe(n);
    expect([p.variance < LEVEL ** 3, p.ks < LEVEL ** 3]).toEqual([true, true]);
    // the very values, widened, are right
    accept(figures(data, std * parent, laws.truncated));
  });

  test('a variance of 1 % more or less; the other law; a fan that is not the one', () => {
    const { data } = nn.heNormal([400, 800], { rng: defaultRng(3) }), he = Math.sqrt(2 / 800);
    expect(figures(data, he * 1.01, laws.normal).variance).toBeLessThan(LEVEL);
    expect(figures(data, he * 0.99, laws.normal).variance).toBeLessThan(LEVEL);
    expect(figures(data, he, laws.uniform).ks).toBeLessThan(LEVEL);
    expect(figures(data, he, laws.truncated).ks).toBeLessThan(LEVEL);
    expect(figures(nn.heNormal([400, 800], { layout: 'io', rng: defaultRng(3) }).data, he, laws.normal).variance).toBeLessThan(LEVEL ** 3);
  });

  test('moments of the truncated law agree with numerical integrals, and with the figure Keras has', () => {
    let mass = 0, second = 0, fourth = 0;
    const steps = 100_000;
    for (let i = 0; i < steps; i++) {
      const x = -2 + 4 * (i + 0.5) / steps, weight = Math.exp(-x * x / 2);
      mass += weight;
      second += weight * x ** 2;
      fourth += weight * x ** 4;
    }
    expect(truncatedVariance).toBeCloseTo(second / mass, 9);
    expect(truncatedFourth).toBeCloseTo(fourth / mass, 9);
    expect(parent).toBeCloseTo(0.87962566103423978, 12);
  });
});

describe('a network keeps its variance', () => {
  test.each([['heNormal', nn.heNormal], ['heUniform', nn.heUniform], ['varianceScaling', nn.varianceScaling]] as [string, unknown][])('ten layers of relu after %s', (name, call) => {
    const width = 256, rng = defaultRng(77), options = name === 'varianceScaling' ? { scale: 2 } : {};
    let x = nn.normal(width, { rng, dtype: 'float64' }).data as Float64Array;
    for (let layer = 0; layer < 10; layer++) {
      const w = (call as Initialise)([width, width], { ...options, rng }).data;
      x = Float64Array.from({ length: width }, (_, o) => {
        let sum = 0;
        for (let i = 0; i < width; i++) sum += w[o * width + i] * x[i];
        return Math.max(0, sum);
      });
    }
    // the mean square before relu is kept, so that after it is half: its logarithm is off by √(10 · 5 / 256) = 0.44 or so
    const meanSquare = x.reduce((a, b) => a + b * b, 0) / width;
    expect(Math.abs(Math.log(meanSquare))).toBeLessThan(6 * 0.44);
  });
});

describe('sparse', () => {
  test.each([['oi', 40, 7000, 0.3, 'float32'], ['io', 40, 7000, 0.9, 'float64'], ['oi', 301, 900, 0.5, 'float64'], ['io', 16, 20_000, 0.06, 'float32']] as const)(
    '%s, %i outputs, %i inputs, sparsity %d, %s', (layout, outputs, inputs, sparsity, dtype) => {
      const std = 0.02, w = nn.sparse(layout === 'oi' ? [outputs, inputs] : [inputs, outputs], { sparsity, std, layout, dtype, rng: defaultRng(outputs + inputs) }).data;
      const zeros = Math.ceil(sparsity * outputs), at = (o: number, i: number) => w[layout === 'oi' ? o * inputs + i : i * outputs + o];
      const byOutput = new Float64Array(outputs), kept: number[] = [];
      let adjacent = 0;
      for (let i = 0; i < inputs; i++) {
        let found = 0;
        for (let o = 0; o < outputs; o++) {
          if (at(o, i) !== 0) kept.push(at(o, i));
          else found++, byOutput[o]++, adjacent += o > 0 && at(o - 1, i) === 0 ? 1 : 0;
        }
        if (found !== zeros) expect([i, found]).toEqual([i, zeros]);
      }
      // with k of n places an input, the counts have variance k/n (1 − k/n) and correlation −1 / (n − 1): so many times chi-square with n − 1
      const share = zeros / outputs, spread = inputs * share * (1 - share) * outputs / (outputs - 1);
      const places = byOutput.reduce((sum, count) => sum + (count - inputs * share) ** 2, 0) / spread;
      // neighbours both 0: the variance is at most three times that of independent pairs, as each overlaps two others and the rest repel one another
      const pair = share * (zeros - 1) / (outputs - 1), pairs = inputs * (outputs - 1);
      accept({
        ...figures(kept, std, laws.normal), places: chiSquareTailP(places, outputs - 1),
        ...(zeros > 1 ? { neighbours: normalP((adjacent - pairs * pair) / Math.sqrt(pairs * pair * (1 - pair) * 3)) } : {}),
      });
    });

  test('every set of outputs is as likely as any other, from one input to the next too', () => {
    const inputs = 200_000, { data } = nn.sparse([inputs, 6], { sparsity: 0.5, layout: 'io', rng: defaultRng(66) });
    const sets = new Map<number, number>(), steps = new Map<number, number>();
    let before = -1;
    for (let i = 0; i < inputs; i++) {
      let set = 0;
      for (let o = 0; o < 6; o++) set |= Number(data[i * 6 + o] === 0) << o;
      sets.set(set, (sets.get(set) ?? 0) + 1);
      if (i % 2 === 1) steps.set(before * 64 + set, (steps.get(before * 64 + set) ?? 0) + 1);
      before = set;
    }
    expect([sets.size, steps.size]).toEqual([20, 400]);
    accept({ sets: evenP([...sets.values()]), steps: evenP([...steps.values()]) });
  });

  test('the sign and size of what is kept do not depend on what is not', () => {
    const { data } = nn.sparse([3, 100_000], { sparsity: 1 / 3, std: 1, rng: defaultRng(9) }), positive = [0, 0, 0], kept = [0, 0, 0];
    for (let i = 0; i < 100_000; i++) {
      for (let o = 0; o < 3; o++) {
        const x = data[o * 100_000 + i];
        kept[o] += Number(x !== 0);
        positive[o] += Number(x > 0);
      }
    }
    accept({ row0: binomialP(positive[0], kept[0], 0.5), row1: binomialP(positive[1], kept[1], 0.5), row2: binomialP(positive[2], kept[2], 0.5) });
  });
});
