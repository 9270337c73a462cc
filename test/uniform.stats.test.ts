/** Uniforms against theory, and the open end of [low, high). See statistics.ts for the thresholds. */
import { describe, expect, test } from 'vitest';
import { Generator, PCG32, PCG32DXSM } from '../src/index.ts';
import { emitting } from './forcedWords.ts';
import { accept, binomialP, evenP, uniformKS } from './statistics.ts';

const generators = [['PCG32DXSM', PCG32DXSM], ['PCG32', PCG32]] as const;

describe.each(generators)('%s', (_, BitGenerator) => {
  test('random, 10^7 draws: distribution, and neighbours jointly', () => {
    const figures: Record<string, number> = {};
    for (const [dtype, seed] of [['float32', 101], ['float64', 102]] as const) {
      const u = Float64Array.from(new Generator(new BitGenerator(seed)).random(10_000_000, { dtype }).data);
      const pairs = new Float64Array(4096), triples = new Float64Array(4096);
      for (let i = 0; i + 1 < u.length; i += 2) pairs[(u[i] * 64 | 0) * 64 + (u[i + 1] * 64 | 0)]++;
      for (let i = 0; i + 2 < u.length; i += 3) triples[((u[i] * 16 | 0) * 16 + (u[i + 1] * 16 | 0)) * 16 + (u[i + 2] * 16 | 0)]++;
      figures[`${dtype} pairs`] = evenP(pairs);
      figures[`${dtype} triples`] = evenP(triples);
      figures[`${dtype} ks`] = uniformKS(u);
    }
    accept(figures);
  });

  test('bytes, 4 · 10^7: each of a word\'s four, and neighbours', () => {
    const bytes = new Generator(new BitGenerator(103)).bytes(40_000_000);
    const single = [0, 1, 2, 3].map(() => new Float64Array(256)), pairs = new Float64Array(65536);
    for (let i = 0; i < bytes.length; i += 4) {
      for (let j = 0; j < 4; j++) single[j][bytes[i + j]]++;
      pairs[bytes[i] << 8 | bytes[i + 1]]++;
      pairs[bytes[i + 2] << 8 | bytes[i + 3]]++;
    }
    accept({ byte0: evenP(single[0]), byte1: evenP(single[1]), byte2: evenP(single[2]), byte3: evenP(single[3]), pairs: evenP(pairs) });
  });
});

test('every bit of a draw is fair', () => {
  const n = 2_000_000, figures: Record<string, number> = {};
  for (const [dtype, bits, seed] of [['float32', 24, 104], ['float64', 53, 105]] as const) {
    const u = new Generator(new PCG32DXSM(seed)).random(n, { dtype }).data;
    const ones = new Float64Array(bits);
    for (let i = 0; i < n; i++) {
      // 24 bits and the 29 below them
      const scaled = u[i] * 2 ** 24, top = Math.floor(scaled), rest = (scaled - top) * 2 ** 29;
      for (let b = 0; b < 24; b++) ones[b] += top >>> (23 - b) & 1;
      for (let b = 24; b < bits; b++) ones[b] += rest >>> (52 - b) & 1;
      if (dtype === 'float32' ? rest !== 0 : rest !== Math.floor(rest)) expect([i, u[i]]).toBe(`a multiple of 2^-${bits}`);
    }
    ones.forEach((count, b) => (figures[`${dtype} bit ${b}`] = binomialP(count, n, 0.5)));
  }
  accept(figures);
});

test('4 · 10^8 float32 reach 0 and 1 − 2^-24, never 1', () => {
  const rng = new Generator(new PCG32DXSM(106)), block = new Float32Array(400_000);
  let least = Infinity, most = -Infinity;
  for (let done = 0; done < 400_000_000; done += block.length) {
    rng.random({ out: block });
    for (let i = 0; i < block.length; i++) {
      const u = block[i];
      if (u < least) least = u;
      if (u > most) most = u;
    }
  }
  // each is missed with probability (1 − 2^-24)^(4 · 10^8) = 4 · 10^-11
  expect([least, most]).toEqual([0, 1 - 2 ** -24]);
});

test('the extreme words give 0 and the largest value below 1', () => {
  for (const [word, in32, in64] of [[0, 0, 0], [0xffffffff, 1 - 2 ** -24, 1 - 2 ** -53]]) {
    expect(emitting(word, word).random(1, { dtype: 'float32' }).data[0]).toBe(in32);
    expect(emitting(word, word).random(1).data[0]).toBe(in64);
    expect(emitting(word, word).random()).toBe(in64);
    expect(emitting(word, word).random({ dtype: 'float32' })).toBe(in32);
  }
});

/** Bounds that rounding makes hard, and the largest value that is drawn, where it is easily said. */
const hard = [
  ['float64', 1, 1 + 2 ** -52, 1],
  ['float64', 1, 1 + 3 * 2 ** -52, 1 + 2 ** -51],
  ['float64', 1, 1 + 5 * 2 ** -52, 1 + 2 ** -50],
  ['float64', -1 - 2 ** -51, -1, -1 - 2 ** -52],
  ['float64', -1, 1, 1 - 2 ** -52],
  ['float64', 0, 5e-324, 0],
  ['float64', -5e-324, 0, -5e-324],
  ['float64', 0, 2 ** -1022, 2 ** -1022 - 2 ** -1074],
  ['float64', 2 ** 53, 2 ** 53 + 4, 2 ** 53 + 2],
  ['float64', 2 ** 1000, 2 ** 1000 * (1 + 2 ** -51), 2 ** 1000 * (1 + 2 ** -52)],
  ['float64', -8e307, 8e307, 8e307 - 2 ** 971],
  ['float64', 0.1, 0.3, 0.3 - 2 ** -54],
  ['float32', 1, 1 + 2 ** -23, 1],
  ['float32', 1, 1 + 3 * 2 ** -23, 1 + 2 ** -22],
  ['float32', 1, 1 + 2 ** -30, 1],
  ['float32', 0.1, 0.3, Math.fround(0.3) - 2 ** -25],
  ['float32', -1, 1, 1 - 2 ** -23],
  ['float32', 2 ** 24, 2 ** 24 + 4, 2 ** 24 + 2],
  ['float32', 1e8, 1e8 + 24, 1e8 + 16],
  ['float32', -1e30, -0.99999e30, undefined],
  ['float32', 0, 2 ** -149, 0],
  ['float32', -1e38, 1e38, undefined],
] as const;

test.each(hard)('uniform, %s in [%d, %d)', (dtype, low, high, last) => {
  const extreme = (word: number): number[] => [0, 1, 2, 3].flatMap(salt => [
    emitting(word, word, salt).uniform(low, high, { dtype }), emitting(word, word, salt).uniform(low, high, 1, { dtype }).data[0],
  ]);
  const lowest = extreme(0), highest = extreme(0xffffffff);
  for (const x of [...lowest, ...highest, ...new Generator(new PCG32DXSM(107)).uniform(low, high, 200_000, { dtype }).data]) {
    if (!(x >= low && x < high && x >= lowest[0] && x <= highest[0])) expect(x).toBe(`from ${low} to below ${high}`);
  }
  expect(new Set(lowest).size).toBe(1);
  expect(new Set(highest).size).toBe(1);
  if (last !== undefined) expect(highest[0]).toBe(last);
  // u = 0 gives low itself, in float32 rounded up
  if (dtype === 'float64' || Math.fround(low) >= low) expect(lowest[0]).toBe(dtype === 'float32' ? Math.fround(low) : low);
});

test('uniform(low, high) is distributed so: KS over several bounds', () => {
  const figures: Record<string, number> = {};
  let seed = 108;
  for (const [low, high] of [[-1, 1], [0, 1e-300], [5, 5.5], [-1e6, 3]]) {
    const scale = high - low;
    figures[`float64 [${low}, ${high})`] = uniformKS(new Generator(new PCG32DXSM(seed++)).uniform(low, high, 1_000_000).data.map(x => (x - low) / scale));
    if (scale > 1e-30) figures[`float32 [${low}, ${high})`] = uniformKS(Float64Array.from(new Generator(new PCG32DXSM(seed++)).uniform(low, high, 1_000_000, { dtype: 'float32' }).data, x => (x - low) / scale));
  }
  accept(figures);
});

test('20,000 draws without a size are a fill of 20,000', () => {
  const n = 20_000, make = (): Generator => new Generator(new PCG32DXSM(118));
  const same = (draw: (rng: Generator) => number, fill: (rng: Generator) => ArrayLike<number>): void => {
    const rng = make(), filled = fill(make());
    const at = Array.from({ length: n }, () => draw(rng)).findIndex((v, i) => !Object.is(v, filled[i]));
    expect(at, 'the first that differs').toBe(-1);
  };
  same(rng => rng.random(), rng => rng.random(n).data);
  same(rng => rng.uniform(-2, 7), rng => rng.uniform(-2, 7, n).data);
  same(rng => rng.standardNormal(), rng => rng.standardNormal(n).data);
  same(rng => rng.integers(0, 6), rng => rng.integers(0, 6, n).data);
});
