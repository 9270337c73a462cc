/** Masks against theory: the rate, 10^9 draws in all, and independence of neighbours. See statistics.ts for the thresholds. */
import { describe, expect, test } from 'vitest';
import { Generator, PCG32, PCG32DXSM } from '../src/index.ts';
import type { NDArray } from '../src/index.ts';
import { accept, binomialP, chiSquareP, normalP } from './statistics.ts';

/** How many of the bytes, each 0 or 1, are 1: four at a time, 255 words before a byte of the sum can be full. */
function ones(words: Uint32Array): number {
  let total = 0;
  for (let i = 0; i < words.length;) {
    let sum = 0;
    for (const end = Math.min(words.length, i + 255); i < end; i++) sum = sum + words[i] | 0;
    total += (sum & 0xff) + (sum >>> 8 & 0xff) + (sum >>> 16 & 0xff) + (sum >>> 24);
  }
  return total;
}

test('counting bytes', () => {
  const bytes = new Uint8Array(4 * 1000).fill(1);
  expect(ones(new Uint32Array(bytes.buffer))).toBe(4000);
  bytes[17] = bytes[1234] = bytes[3999] = 0;
  expect(ones(new Uint32Array(bytes.buffer))).toBe(3997);
});

test.each([
  [1e-7, 400_000_000], [1e-3, 120_000_000], [0.1, 120_000_000], [1 / 3, 120_000_000], [0.5, 120_000_000], [0.999999, 120_000_000],
])('the rate of p = %d over %i draws: within 5 σ, and by the exact binomial tails', (p, draws) => {
  const rng = new Generator(new PCG32DXSM([201, Math.floor(p * 2 ** 53)])), block = new Uint8Array(400_000), words = new Uint32Array(block.buffer);
  let count = 0;
  for (let done = 0; done < draws; done += block.length) {
    rng.bernoulli(p, { out: block });
    count += ones(words);
  }
  const sigmas = (count - draws * p) / Math.sqrt(draws * p * (1 - p));
  if (process.env.FIGURES) console.log(`p = ${p}: ${count} of ${draws}, ${sigmas.toFixed(2)} σ`);
  expect(Math.abs(sigmas)).toBeLessThan(5);
  accept({ count: binomialP(count, draws, p) });
});

/** A mask's four bytes as four bits, the first the lowest. */
function lanes(word: number): number {
  return (word | word >>> 7 | word >>> 14 | word >>> 21) & 15;
}

function bitCount(x: number): number {
  x -= x >>> 1 & 0x55555555;
  x = (x & 0x33333333) + (x >>> 2 & 0x33333333);
  return Math.imul(x + (x >>> 4) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

describe.each([['PCG32DXSM', PCG32DXSM], ['PCG32', PCG32]] as const)('%s', (_, BitGenerator) => {
  // 1/512 and 1/300 are decided by ties alone or nearly so: the side stream's lanes among them
  test.each([0.5, 0.1, 1 / 3, 1 / 512, 1 / 300, 0.998])('p = %d: the four lanes of a word are independent, and lags 1 to 8 uncorrelated', p => {
    const n = 64_000_000, rng = new Generator(new BitGenerator([202, Math.floor(p * 2 ** 53)])), block = new Uint8Array(320_000), words = new Uint32Array(block.buffer);
    const patterns = new Float64Array(16), together = new Float64Array(9);
    let count = 0, before = 0;
    for (let done = 0; done < n; done += block.length) {
      rng.bernoulli(p, { out: block });
      for (let i = 0; i < words.length; i += 8) {
        let bits = 0;
        for (let j = 0; j < 8; j++) {
          const pattern = lanes(words[i + j]);
          patterns[pattern]++;
          bits |= pattern << 4 * j;
        }
        // bits of this 32 against those up to 8 places before, across the seam
        for (let lag = 1; lag <= 8; lag++) together[lag] += bitCount(bits & (bits << lag | before >>> (32 - lag)));
        count += bitCount(bits);
        before = bits;
      }
    }
    const q = 1 - p, figures: Record<string, number> = {};
    for (let lag = 1; lag <= 8; lag++) {
      // Σ (x_i − p)(x_{i+lag} − p), but for the few elements at the two ends
      figures[`lag ${lag}`] = normalP((together[lag] - 2 * p * count + n * p * p) / (p * q * Math.sqrt(n)));
    }
    // by the number of ones where the patterns themselves are too rare
    const expected = Float64Array.from(patterns, (_, pattern) => n / 4 * p ** bitCount(pattern) * q ** (4 - bitCount(pattern)));
    const many = [...expected.keys()].filter(i => expected[i] >= 10), few = [...expected.keys()].filter(i => expected[i] < 10);
    const rare = few.reduce((sum, i) => sum + patterns[i], 0), rareExpected = few.reduce((sum, i) => sum + expected[i], 0);
    if (few.length) figures['rare patterns'] = binomialP(rare, n / 4, rareExpected / (n / 4));
    const seen = many.reduce((sum, i) => sum + patterns[i], 0), seenExpected = many.reduce((sum, i) => sum + expected[i], 0);
    figures.lanes = chiSquareP(many.map(i => patterns[i]), many.map(i => expected[i] * seen / seenExpected));
    accept(figures);
  });
});

test('float32 and bool masks are the uint8 mask', () => {
  for (const p of [0, 1e-7, 0.1, 1 / 3, 0.5, 0.9, 0.999999, 1]) {
    for (const n of [1, 2, 3, 5, 63, 64, 65, 1000, 40_001, 300_003]) {
      const make = (): Generator => new Generator(new PCG32DXSM(203));
      const bytes = make().bernoulli(p, n).data;
      expect(Buffer.compare(make().bernoulli(p, n, { dtype: 'bool' }).data, bytes)).toBe(0);
      expect(Buffer.compare(Uint8Array.from(make().bernoulli(p, n, { dtype: 'float32' }).data), bytes)).toBe(0);
      if (p === 0 || p === 1) expect(bytes.every(b => b === p)).toBe(true);
    }
  }
});

test('a mask in pieces of all three dtypes is the mask in one', () => {
  const whole = new Generator(new PCG32DXSM(204)).bernoulli(0.3, 10_000).data;
  const rng = new Generator(new PCG32DXSM(204)), pieces: number[] = [];
  const dtypes = ['uint8', 'float32', 'bool'] as const;
  for (let turn = 0; pieces.length < whole.length; turn++) {
    const size = Math.min(whole.length - pieces.length, turn % 11);
    pieces.push(...(rng.bernoulli(0.3, size, { dtype: dtypes[turn % 3] }) as NDArray<'uint8'>).data);
  }
  expect(Buffer.compare(Uint8Array.from(pieces), whole)).toBe(0);
});
