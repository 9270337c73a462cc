/** Counts against NumPy (fixtures/counts.py): the values, and the word that follows 10,000 of them. */
import { describe, expect, test } from 'vitest';
import fixture from './fixtures/counts.json' with { type: 'json' };
import { drawCounts, type CountLaw } from '../src/distributions.ts';
import { kernels } from '../src/engine.ts';
import { Generator } from '../src/generator.ts';
import { legacyCountLaws } from '../src/legacyCounts.ts';
import { MT19937 } from '../src/mt19937.ts';
import { drawMultinomial } from '../src/multivariateCounts.ts';
import type { NDArray } from '../src/ndarray.ts';

import { PCG64 } from '../src/pcg64.ts';
import type { BitGenerator } from '../src/bitGenerator.ts';
import type { Loose } from './refuses.ts';


type Argument = string | number | (string | number)[];

/** Whole numbers stand as text. */
const toArgument = (text: Argument): unknown =>
  Array.isArray(text) ? text.map(toArgument) : text === 'inf' ? Infinity : typeof text === 'string' ? BigInt(text) : text;
const camel = (name: string) => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
const words = (array: NDArray) => Array.from(array.data as Iterable<number | bigint>, each => BigInt(each).toString());
const nextOf = (bits: BitGenerator) => `0x${BigInt((bits.randomRaw as () => number | bigint).call(bits)).toString(16)}`;

function drawLegacy(bits: BitGenerator, law: string, args: unknown[], size?: number): NDArray {
  if (law === 'multinomial') return drawMultinomial(bits, args[0], args[1], size, {}, true);
  new Uint8Array(kernels.memory.buffer, kernels.gaussAt(), 16).fill(0);
  const laws: Record<string, CountLaw> = legacyCountLaws;
  return drawCounts(bits, laws[camel(law)]!, args, size, {}) as NDArray;
}

describe('NumPy\'s', () => {
  for (const { law, args, size, first, next } of fixture.generator) {
    test(`${law}(${args.join(', ')})`, () => {
      const bits = new PCG64(fixture.seed), rng = new Generator(bits) as unknown as Loose;
      const drawn = (rng[camel(law)] as (...rest: unknown[]) => NDArray)(...(args as Argument[]).map(toArgument), size);
      expect(words(drawn).slice(0, 40).join(' ')).toBe(first);
      expect(nextOf(bits)).toBe(next);
    });
  }
  for (const { args: [colors, sample], size, first, next } of fixture.count) {
    test(`multivariate_hypergeometric(${String(colors)}, ${String(sample)}, method='count')`, () => {
      const bits = new PCG64(fixture.seed);
      const drawn = new Generator(bits).multivariateHypergeometric((colors as string[]).map(BigInt), BigInt(sample as string), size, { method: 'count' });
      expect(words(drawn).slice(0, 40).join(' ')).toBe(first);
      expect(nextOf(bits)).toBe(next);
    });
  }
  for (const { law, args, shape, first, next } of fixture.arrays) {
    test(`${law}(${JSON.stringify(args)})`, () => {
      const bits = new PCG64(fixture.seed), rng = new Generator(bits) as unknown as Loose;
      const drawn = (rng[camel(law)] as (...rest: unknown[]) => NDArray)(...args);
      expect(drawn.shape).toEqual(shape);
      expect(words(drawn).join(' ')).toBe(first);
      expect(nextOf(bits)).toBe(next);
    });
  }
});

describe('RandomState\'s', () => {
  for (const { law, args, size, first, next } of fixture.legacy) {
    test(`${law}(${args.join(', ')})`, () => {
      const bits = new MT19937(fixture.seed);
      expect(words(drawLegacy(bits, law, (args as Argument[]).map(toArgument), size)).slice(0, 40).join(' ')).toBe(first);
      expect(nextOf(bits)).toBe(next);
    });
  }
  for (const { law, args, shape, first, next } of fixture.legacyArrays) {
    test(`${law}(${JSON.stringify(args)})`, () => {
      const bits = new MT19937(fixture.seed), drawn = drawLegacy(bits, law, args);
      expect(drawn.shape).toEqual(shape);
      expect(words(drawn).join(' ')).toBe(first);
      expect(nextOf(bits)).toBe(next);
    });
  }
});
