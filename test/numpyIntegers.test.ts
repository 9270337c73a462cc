import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Generator } from '../src/generator.ts';
import { drawRandint, drawRandomIntegers } from '../src/legacyIntegers.ts';
import { MT19937 } from '../src/mt19937.ts';
import { array, NDArray } from '../src/ndarray.ts';
import { PCG32, PCG32DXSM } from '../src/pcg32.ts';
import { PCG64 } from '../src/pcg64.ts';
import { classes, digest, play, stateDigest, type Name, type Program } from './numpyCalls.ts';

type Range = [name: Name, legacy: number, dtype: string, low: string, high: string, endpoint: boolean, seed: string, drawn: string, state: string];

// Written by fixtures/numpy_integers.py from NumPy.
const fixture = JSON.parse(readFileSync(new URL('./fixtures/numpyIntegers.json', import.meta.url), 'utf8')) as {
  numpy: string;
  sizes: (number | null)[];
  ranges: Range[];
  millions: [name: Name, legacy: number, dtype: string, low: string, high: string, drawn: string, state: string][];
  programs: Program[];
};

const draw = (rng: InstanceType<(typeof classes)[Name]>, legacy: number, low: string, high: string, size: number | undefined, dtype: string, endpoint: boolean) => {
  const given = legacy
    ? drawRandint(rng, BigInt(low), BigInt(high), size, { dtype })
    : (new Generator(rng) as unknown as { integers(...args: unknown[]): unknown }).integers(BigInt(low), BigInt(high), size, { dtype, endpoint });
  return given instanceof NDArray ? Array.from(given.data as ArrayLike<number | bigint>, BigInt) : [BigInt(given as number | bigint | boolean)];
};

test('the fixture is of NumPy 2.4', () => {
  expect(fixture.numpy).toMatch(/^2\.4\./);
  expect(fixture.ranges.length).toBeGreaterThan(500);
});

describe('every dtype and number of values, one size after another', () => {
  for (const name of Object.keys(classes) as Name[]) {
    for (const legacy of [0, 1]) {
      const cases = fixture.ranges.filter(range => range[0] === name && range[1] === legacy);
      if (cases.length === 0) continue;
      test(`${name}${legacy ? ', legacy' : ''}: ${cases.length}`, () => {
        for (const [, , dtype, low, high, endpoint, seed, drawn, state] of cases) {
          const rng = new classes[name](BigInt(seed));
          const values = fixture.sizes.flatMap(size => draw(rng, legacy, low, high, size ?? undefined, dtype, endpoint));
          expect([dtype, low, high, digest(BigInt64Array.from(values)), stateDigest(rng)]).toEqual([dtype, low, high, drawn, state]);
        }
      });
    }
  }
});

test.each(fixture.millions)('a million: %s, legacy %i, %s from %s to %s', (name, legacy, dtype, low, high, drawn, state) => {
  const rng = new classes[name](7);
  expect(digest(BigInt64Array.from(draw(rng, legacy, low, high, 10 ** 6, dtype, false)))).toBe(drawn);
  expect(stateDigest(rng)).toBe(state);
});

test.each(fixture.programs.map((program, i) => [i, program] as const))('calls in turn, program %i', (_, { name, seed, legacy, calls, state }) => {
  const rng = new classes[name](BigInt(seed));
  for (const [call, drawn] of calls) expect([call, play(rng, legacy, call)]).toEqual([call, drawn]);
  expect(stateDigest(rng)).toBe(state);
});

describe('containers', () => {
  const rng = new Generator(new PCG64(1));
  test.each([
    [0, 2 ** 31, 'int32'], [0, 2 ** 31 + 1, 'float64'], [-(2 ** 31), 0, 'int32'], [-(2 ** 31) - 1, 0, 'float64'], [0, 2n ** 53n + 1n, 'float64'],
    [0, 2n ** 53n + 2n, 'int64'], [-(2n ** 53n), 0, 'float64'], [-(2n ** 53n) - 1n, 0, 'int64'],
  ])('[%s, %s) is %s', (low, high, dtype) => {
    expect(rng.integers(low, high, 3).dtype).toBe(dtype);
    expect(rng.integers([low], high).dtype).toBe(dtype);
  });
  test('a draw without a size is a number where one is the value', () => {
    expect(typeof rng.integers(0, 2 ** 50)).toBe('number');
    expect(typeof rng.integers(2n ** 60n + 1n, 2n ** 60n + 2n)).toBe('bigint');
    expect(rng.integers(1, 2, { dtype: 'bool' })).toBe(true);
  });
  test('no size, no bounds: as NumPy, which looks at none then', () => {
    expect(rng.integers(5, 5, 0).size).toBe(0);
    expect(rng.integers(5, 0, { size: [2, 0], dtype: 'uint8' }).shape).toEqual([2, 0]);
  });
});

describe('arrays of bounds over the PCG32 pair', () => {
  test.each([PCG32, PCG32DXSM])('%o: alike they give what a number does, in any number of parts', Class => {
    for (const [low, high] of [[0, 10], [-5, 2 ** 24 - 5], [0, 2 ** 24 + 1], [-(2 ** 31), 2 ** 31]]) {
      const one = new Generator(new Class(3)), each = new Generator(new Class(3)), parts = new Generator(new Class(3));
      const lows = new Array<number>(9001).fill(low), want = one.integers(low, high, 9001);
      expect(each.integers(lows, high)).toEqual(want);
      expect([...parts.integers(lows.slice(0, 4097), high).data, ...parts.integers(lows.slice(4097), high).data]).toEqual([...want.data]);
      expect(each.bitGenerator.state).toEqual(one.bitGenerator.state);
    }
  });
  test('the widest range decides how many words each takes', () => {
    const rng = new Generator(new PCG32DXSM(3)), same = new Generator(new PCG32DXSM(3));
    rng.integers([0, 0], [2, 2 ** 30]);
    same.bitGenerator.advance(4);
    expect(rng.bitGenerator.state).toEqual(same.bitGenerator.state);
    rng.integers([0, 7, 0], [2, 8, 99]);
    same.bitGenerator.advance(3);
    expect(rng.bitGenerator.state).toEqual(same.bitGenerator.state);
  });
  test('values stay within their bounds, bigints and unsigned ones too', () => {
    const rng = new Generator(new PCG32DXSM(3)), low = array([0n, 2n ** 63n, 2n ** 64n - 2n], 'uint64');
    const { data } = rng.integers(low, [1, 2n ** 63n + 5n, 2n ** 64n], [100, 3], { dtype: 'uint64' });
    data.forEach((value, i) => expect(value >= low.data[i % 3] && value < [1n, 2n ** 63n + 5n, 2n ** 64n][i % 3]).toBe(true));
  });
});

describe('bounds that are refused take nothing', () => {
  for (const Class of [PCG64, MT19937, PCG32DXSM]) {
    test(Class.name, () => {
      const rng = new Generator(new Class(1) as PCG64), { state } = rng.bitGenerator;
      const out = new Int8Array(3);
      for (const [call, message] of [
        [() => rng.integers([1, 2, 3], [2, 2, 4]), /^low: got 2, takes an integer below high, 2/],
        [() => rng.integers([0, 300], 301, { dtype: 'uint8' }), /^high: got 301, takes an integer of at most 256/],
        [() => rng.integers([-1, 3], 7, { dtype: 'uint8' }), /^low\[0\]: got -1, takes an integer of at least 0/],
        [() => rng.integers([1, 2.5]), /^low\[1\]: got 2\.5, takes an integer/],
        [() => rng.integers([1, 2, 3], [4, 5]), /^high: got \[2\], takes a shape that broadcasts with \[3\]/],
        [() => rng.integers([1, 2], 9, { out }), /^low: got \[2\], takes a shape that broadcasts to \[3\]/],
        [() => rng.integers([[1, 2], [3]] as unknown as number[]), /^low\[0\]: got \[1, 2\], takes an integer/],
        [() => rng.integers(0, 3, { dtype: 'bool' }), /^high: got 3, takes at most 2 for dtype bool/],
      ] as const) expect(call).toThrow(message);
      expect(rng.bitGenerator.state).toEqual(state);
      expect([...out]).toEqual([0, 0, 0]);
    });
  }
});

test("RandomState's random_integers", () => {
  expect(drawRandomIntegers(MT19937.legacy(1), 10, undefined, 5)).toEqual(drawRandint(MT19937.legacy(1), 1, 11, 5, {}));
  expect(drawRandomIntegers(MT19937.legacy(1), -3, 3, undefined)).toBe(drawRandint(MT19937.legacy(1), -3, 4, undefined, {}));
  expect(drawRandint(MT19937.legacy(1111), 0, 10, undefined, {})).toBe(7);
});
