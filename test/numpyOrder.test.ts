import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { choose } from '../src/choice.ts';
import { Generator } from '../src/generator.ts';
import { drawRandint } from '../src/legacyIntegers.ts';
import { MT19937 } from '../src/mt19937.ts';
import { array } from '../src/ndarray.ts';
import { PCG32DXSM } from '../src/pcg32.ts';
import { PCG64 } from '../src/pcg64.ts';
import { permutation } from '../src/shuffle.ts';
import { classes, play, stateDigest, type Program } from './numpyCalls.ts';

// Written by fixtures/numpy_order.py from NumPy.
const fixture = JSON.parse(readFileSync(new URL('./fixtures/numpyOrder.json', import.meta.url), 'utf8')) as {
  numpy: string;
  lists: Record<'generator' | 'legacy', unknown[]>;
  programs: Program[];
};

test('the fixture is of NumPy 2.4', () => {
  expect(fixture.numpy).toMatch(/^2\.4\./);
});

test.each(fixture.programs.map((program, i) => [i, program] as const))('calls in turn, program %i', (_, { name, seed, legacy, calls, state }) => {
  const rng = new classes[name](BigInt(seed));
  for (const [call, drawn] of calls) expect([call, play(rng, legacy, call)]).toEqual([call, drawn]);
  expect(stateDigest(rng)).toBe(state);
});

describe("arrays of JavaScript as Python's lists", () => {
  test('Generator', () => {
    const g = new Generator(new PCG64(42)), cards = [...'abcdefgh'], rows = [[1, 2], [3, 4], [5, 6]];
    g.shuffle(cards);
    g.shuffle(rows);
    expect([
      cards, rows, g.permutation(['x', 'y', 'z']), g.permutation([[1, 2, 3], [4, 5, 6]], { axis: 1 }), g.permuted([[1, 2, 3], [4, 5, 6]], { axis: 1 }),
      g.permuted([['a', 'b'], ['c', 'd']]), g.choice(['a', 'b', 'c'], 5), g.choice([[0, 1, 2], [3, 4, 5], [6, 7, 8]], 2),
      g.choice(['a', 'b', 'c'], { p: [0.3, 0.6, 0.1] }), g.integers(1 << 30),
    ]).toEqual(fixture.lists.generator);
  });
  test('RandomState', () => {
    const rng = MT19937.legacy(42), letters = ['a', 'b', 'c'];
    expect([
      permutation(rng, [1, -4, 3, 2, -6], {}, true), choose(rng, letters, undefined, { p: [0.3, 0.6, 0.1] }, true), choose(rng, letters, 4, {}, true),
      permutation(rng, [[1, 2], [3, 4], [5, 6]], {}, true), drawRandint(rng, 1 << 30, undefined, undefined, {}),
    ]).toEqual(fixture.lists.legacy);
  });
});

describe('permuted', () => {
  const matrix = () => array(Array.from({ length: 6 }, (_, i) => Array.from({ length: 5 }, (_, j) => 10 * i + j)), 'int16');
  for (const Class of [PCG64, PCG32DXSM]) {
    test(`${Class.name}: elements stay in their run`, () => {
      const rng = new Generator(new Class(1));
      const rows = rng.permuted(matrix(), { axis: 1 }).toArray() as number[][], columns = rng.permuted(matrix(), { axis: -2 }).toArray() as number[][];
      rows.forEach((row, i) => expect([...row].sort((a, b) => a - b)).toEqual(matrix().toArray()[i as never]));
      columns.flatMap(row => row.map((value, j) => expect(value % 10).toBe(j)));
      expect(columns).not.toEqual(matrix().toArray());
      expect([...rng.permuted(matrix()).data].sort((a, b) => a - b)).toEqual([...matrix().data]);
    });
    test(`${Class.name}: into out, which may be x, and of a dtype that holds it`, () => {
      const begun = () => new Generator(new Class(1)), want = begun().permuted(matrix(), { axis: 0 }), out = array(matrix(), 'float64'), x = matrix();
      const wide = new BigInt64Array(3);
      expect(begun().permuted(matrix(), { axis: 0, out })).toBe(out);
      expect([...out.data]).toEqual([...want.data]);
      expect(begun().permuted(x, { axis: 0, out: x })).toBe(x);
      expect(x).toEqual(want);
      begun().permuted([1, 2, 3].map(BigInt), { out: wide });
      expect([...wide].sort()).toEqual([1n, 2n, 3n]);
      const kinds = [new Uint8Array(8), new Float32Array(8), new Float64Array(8), new BigUint64Array(8)].map(data => {
        data.forEach((_, i) => { (data as { [i: number]: unknown })[i] = data instanceof BigUint64Array ? BigInt(i) : i; });
        return Array.from<number | bigint, number>(begun().permuted(data).data as never, Number);
      });
      for (const each of kinds) expect(each).toEqual(kinds[0]);
    });
    test(`${Class.name}: what is refused takes nothing`, () => {
      const rng = new Generator(new Class(1)), { state } = rng.bitGenerator, loose = rng as unknown as { permuted(x: unknown, options?: unknown): unknown };
      for (const [call, message] of [
        [() => loose.permuted(5), /^x: got 5, takes /],
        [() => loose.permuted(matrix(), { axis: 2 }), /^axis: got 2, takes /],
        [() => loose.permuted(matrix(), { out: new Int8Array(30) }), /^out: got Int8Array\(30\), takes an NDArray or typed array that holds every int16/],
        [() => loose.permuted(matrix(), { out: new Int16Array(30) }), /^out: got Int16Array\(30\), takes the shape of x, \[6, 5\]/],
        [() => loose.permuted(matrix(), { out: [1] }), /^out: got \[1\], takes /],
        [() => loose.permuted(array(1)), /^x: got a NDArray, takes an array of at least one dimension/],
      ] as const) expect(call).toThrow(message);
      expect(rng.bitGenerator.state).toEqual(state);
    });
  }
});
