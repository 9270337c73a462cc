/** Bounded integers against theory: by chi-square, and that Lemire's rejection is there. See statistics.ts for the thresholds. */
import { describe, expect, test } from 'vitest';
import { Generator, PCG32, PCG32DXSM } from '../src/index.ts';
import type { IntDType } from '../src/index.ts';
import { integerLimits } from '../src/dtype.ts';
import { emitting } from './forcedWords.ts';
import { accept, binShares, chiSquareP, evenP, massP, remainderShares } from './statistics.ts';

const around = (k: number): number[] => [2 ** k - 1, 2 ** k, 2 ** k + 1];

describe.each([['PCG32DXSM', PCG32DXSM], ['PCG32', PCG32]] as const)('%s', (_, BitGenerator) => {
  test.each([2, 3, 10, ...around(3), ...around(8), ...around(12), ...around(16)])('%i values: all alike', values => {
    const n = Math.max(2_000_000, values * 50), counts = new Float64Array(values);
    for (const v of new Generator(new BitGenerator([301, values])).integers(-7, values - 7, n).data) counts[v + 7]++;
    accept({ counts: evenP(counts) });
  });

  // ranges to 2^24 take a word, beyond two; past 2^31 values the results are bigints unless uint32 holds them
  test.each([...around(20), ...around(24), 3 * 2 ** 22, 10 ** 9 + 7, ...around(31), 3 * 2 ** 30])('%i values: by size and by remainder', values => {
    const n = 4_000_000, bins = new Float64Array(1024), remainders = new Float64Array(999);
    for (const v of new Generator(new BitGenerator([302, values])).integers(0, values, n, { dtype: 'uint32' }).data) {
      bins[Math.floor(v * 1024 / values)]++;
      remainders[v % 999]++;
    }
    accept({ bins: massP(bins, binShares(values, 1024), n), remainders: massP(remainders, remainderShares(values, 999), n) });
  });

  // 2^63 + 1 rejects every second word; 3 · 2^62 every fourth, without which the remainders mod 3 were 2 : 1 : 1
  test.each([2n ** 32n + 1n, 10n ** 12n + 39n, 2n ** 53n + 1n, 10n ** 18n + 9n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 63n + 1n, 3n * 2n ** 62n, 2n ** 64n - 1n])('%i values: by size and by remainder', values => {
    const n = 400_000, bins = new Float64Array(256), remainders = new Float64Array(252);
    for (const v of new Generator(new BitGenerator([303, values])).integers(0, values, n, { dtype: 'uint64' }).data) {
      bins[Number(v * 256n / values)]++;
      remainders[Number(v % 252n)]++;
    }
    accept({ bins: massP(bins, binShares(values, 256), n), remainders: massP(remainders, remainderShares(values, 252), n) });
  });

  test.each(['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64'] as IntDType[])('the full range of %s: top and low bits', dtype => {
    const n = 4_000_000, [first, last] = integerLimits(dtype), values = last - first + 1n;
    const { data } = new Generator(new BitGenerator([304, ...Buffer.from(dtype)])).integers(first, first + values, n, { dtype });
    const size = data.BYTES_PER_ELEMENT, bytes = new Uint8Array(data.buffer);
    const figures: Record<string, number> = {};
    for (let k = 0; k < size; k++) {
      const counts = new Float64Array(256);
      for (let i = k; i < bytes.length; i += size) counts[bytes[i]]++;
      figures[`byte ${k}`] = evenP(counts);
    }
    if (size > 1) {
      const tops = new Float64Array(65536), lows = new Float64Array(65536);
      for (let i = 0; i < bytes.length; i += size) {
        tops[bytes[i + size - 1] << 8 | bytes[i + size - 2]]++;
        lows[bytes[i + 1] << 8 | bytes[i]]++;
      }
      figures.tops = evenP(tops);
      figures.lows = evenP(lows);
    }
    accept(figures);
  });
});

test('rejection happens: 3 · 2^22 values by remainder mod 3', () => {
  // each value has 341 or 342 of the 2^32 words, by its remainder: without rejection chi-square's mean would be 2 + n · 1.9e-6 = 78
  const n = 40_000_000, values = 3 * 2 ** 22, counts = new Float64Array(3), block = new Int32Array(400_000);
  const rng = new Generator(new PCG32DXSM(305));
  for (let done = 0; done < n; done += block.length) {
    rng.integers(0, values, { out: block });
    for (let i = 0; i < block.length; i++) counts[block[i] % 3]++;
  }
  accept({ counts: evenP(counts) });
});

test('a rejected word is redrawn evenly from the side stream', () => {
  // 0 · R has low half 0, below the threshold 2^32 mod R wherever R divides no power of 2: the word 0 is always redrawn
  const figures: Record<string, number> = {};
  for (const [name, draw] of [
    ['array', (rng: Generator) => rng.integers(0, 48, 2).data[0]], ['single', (rng: Generator) => rng.integers(0, 48)],
    ['int8', (rng: Generator) => rng.integers(0, 48, 2, { dtype: 'int8' }).data[0]],
    ['uint64', (rng: Generator) => Number(rng.integers(0, 48, 2, { dtype: 'uint64' }).data[0])],
    ['two words', (rng: Generator) => Math.floor(rng.integers(0, 48 * 2 ** 25 + 48, 2, { dtype: 'uint32' }).data[0] / (2 ** 25 + 1))],
  ] as const) {
    const counts = new Float64Array(48);
    for (let salt = 0; salt < 40_000; salt++) counts[draw(emitting(0, 0, salt))]++;
    figures[name] = evenP(counts);
  }
  accept(figures);
});

test.each(['int8', 'int16', 'int32', 'int64'] as const)('small ranges below zero in %s', dtype => {
  const n = 1_000_000, counts = new Float64Array(10);
  for (const v of new Generator(new PCG32DXSM(306)).integers(-6, 4, n, { dtype }).data) counts[Number(v) + 6]++;
  accept({ counts: evenP(counts) });
});

test('bounds are reached, and `endpoint` draws high', () => {
  const n = 3_000_000, counts = new Float64Array(6);
  for (const v of new Generator(new PCG32DXSM(307)).integers(1, 6, n, { endpoint: true, dtype: 'uint8' }).data) counts[v - 1]++;
  accept({ dice: chiSquareP(counts, new Float64Array(6).fill(n / 6)) });
  const single = new Float64Array(6), rng = new Generator(new PCG32DXSM(308));
  for (let i = 0; i < 600_000; i++) single[rng.integers(0, 6)]++;
  accept({ single: evenP(single) });
  expect(rng.integers(5, 6, 1000).data.every(v => v === 5)).toBe(true);
});
