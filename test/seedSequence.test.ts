import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { SeedSequence } from '../src/seedSequence.ts';
import type { Entropy, SeedSequenceJSON, SeedSequenceOptions } from '../src/seedSequence.ts';

interface Case {
  entropy: string | string[];
  spawnKey: string[];
  poolSize: number;
  pool: string;
  uint32: string;
  uint64: string;
}
interface Tree extends Case {
  nChildrenSpawned: number;
  startedAt?: number;
  children: (Case & { children: Case[] })[];
}
const fixture = JSON.parse(readFileSync(new URL('./fixtures/seedSequence.json', import.meta.url), 'utf8')) as { numpy: string; cases: Case[]; trees: Tree[] };

const hex = (words: Uint32Array | BigUint64Array, digits: number) => Array.from(words as ArrayLike<number | bigint>, word => word.toString(16).padStart(digits, '0')).join(' ');
const count = (words: string) => words.split(' ').length;
const big = (value: string | string[]) => (Array.isArray(value) ? value.map(BigInt) : BigInt(value));
/** Numbers where they are exact, else bigints. */
const small = (value: string | string[]): number | bigint | (number | bigint)[] =>
  Array.isArray(value) ? value.map(item => small(item) as number | bigint) : Number(value) <= Number.MAX_SAFE_INTEGER ? Number(value) : BigInt(value);

function expectCase(seq: SeedSequence, expected: Case) {
  expect(hex(seq.pool, 8)).toBe(expected.pool);
  expect(hex(seq.generateState(count(expected.uint32)), 8)).toBe(expected.uint32);
  expect(hex(seq.generateState(count(expected.uint64), 'uint64'), 16)).toBe(expected.uint64);
}

describe(`the words of NumPy ${fixture.numpy}`, () => {
  test.each(fixture.cases)('entropy $entropy, spawn key $spawnKey, pool of $poolSize', expected => {
    const { entropy, spawnKey, poolSize } = expected;
    expectCase(new SeedSequence(small(entropy), { spawnKey: small(spawnKey) as (number | bigint)[], poolSize }), expected);
    expectCase(new SeedSequence(big(entropy), { spawnKey: spawnKey.map(BigInt), poolSize }), expected);
    expectCase(SeedSequence.fromJSON({ entropy, spawnKey, poolSize, nChildrenSpawned: 0 }), expected);
  });

  test.each(fixture.trees)('children of entropy $entropy, spawn key $spawnKey', tree => {
    const { entropy, spawnKey, poolSize, startedAt = 0 } = tree;
    const root = new SeedSequence(small(entropy), { spawnKey: small(spawnKey) as (number | bigint)[], poolSize, nChildrenSpawned: startedAt });
    const children = startedAt === 0 ? [...root.spawn(2), ...root.spawn(1)] : root.spawn(tree.children.length);
    expect(root.nChildrenSpawned).toBe(tree.nChildrenSpawned);
    expectCase(root, tree);
    expect(children.length).toBe(tree.children.length);
    children.forEach((child, i) => {
      const expected = tree.children[i];
      expect(child.spawnKey.map(String)).toEqual(expected.spawnKey);
      expect(child.nChildrenSpawned).toBe(0);
      expectCase(child, expected);
      if (expected.children.length === 0) return;
      const grandchildren = [...child.spawn(1), ...child.spawn(2)];
      expect(grandchildren.length).toBe(expected.children.length);
      grandchildren.forEach((grandchild, j) => {
        expect(grandchild.spawnKey.map(String)).toEqual(expected.children[j].spawnKey);
        expectCase(grandchild, expected.children[j]);
      });
    });
  });

  test.each([
    ['Uint8Array', new Uint8Array([7, 0, 255])],
    ['Int16Array', new Int16Array([7, 0, 255])],
    ['Uint32Array', new Uint32Array([7, 0, 255])],
    ['BigInt64Array', new BigInt64Array([7n, 0n, 255n])],
    ['BigUint64Array', new BigUint64Array([7n, 0n, 255n])],
  ])('a %s is the array of its values', (_, entropy) => {
    const expected = new SeedSequence([7, 0, 255]);
    expect(new SeedSequence(entropy).pool).toEqual(expected.pool);
    expect(new SeedSequence(0, { spawnKey: entropy }).pool).toEqual(new SeedSequence(0, { spawnKey: [7, 0, 255] }).pool);
  });

  test('a BigUint64Array element above 2^32 takes two words, as in an array', () => {
    expect(new SeedSequence(new BigUint64Array([2n ** 40n, 0n, 5n])).pool).toEqual(new SeedSequence([2 ** 40, 0, 5]).pool);
  });
});

describe('fresh entropy', () => {
  test('fills the pool and repeats from the noted value', () => {
    const seq = new SeedSequence();
    expect(typeof seq.entropy).toBe('bigint');
    expect(new SeedSequence(seq.entropy).pool).toEqual(seq.pool);
    expect(new SeedSequence(null).entropy).not.toBe(seq.entropy);
    expect(new SeedSequence(undefined).entropy).not.toBe(seq.entropy);
  });

  test.each([4, 8])('asks for as many words as the pool of %i has, each in its place', poolSize => {
    const spy = vi.spyOn(globalThis.crypto, 'getRandomValues').mockImplementation(array => {
      const words = array as unknown as Uint32Array;
      words.forEach((_, i) => { words[i] = i === 0 ? 1 : 0xa0 + i; });
      return array;
    });
    try {
      const { entropy } = new SeedSequence(null, { poolSize });
      expect(entropy).toBe(Array.from({ length: poolSize }, (_, i) => BigInt(i === 0 ? 1 : 0xa0 + i)).reduce((all, word) => (all << 32n) | word));
    } finally {
      spy.mockRestore();
    }
  });

  test('says so where the platform has none', () => {
    vi.stubGlobal('crypto', undefined);
    try {
      expect(() => new SeedSequence()).toThrow('no crypto.getRandomValues');
      expect(new SeedSequence(1).poolSize).toBe(4);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe('what a sequence shows', () => {
  test('its arguments, safe from later changes', () => {
    const entropy = [1, 2n ** 70n];
    const spawnKey = [3];
    const seq = new SeedSequence(entropy, { spawnKey, poolSize: 6, nChildrenSpawned: 2 });
    const { pool } = seq;
    entropy[0] = spawnKey[0] = 9;
    seq.pool.fill(0);
    expect(seq.state).toEqual({ entropy: [1, 2n ** 70n], spawnKey: [3], poolSize: 6, nChildrenSpawned: 2 });
    expect(seq.pool).toEqual(pool);
    expect(() => { (seq.entropy as number[])[0] = 5; }).toThrow(TypeError);
    expect(() => { (seq.spawnKey as number[]).push(5); }).toThrow(TypeError);
  });

  test('minus zero is zero', () => {
    expect(Object.is(new SeedSequence(-0).entropy, 0)).toBe(true);
  });

  test('JSON has decimal strings for integers of any size', () => {
    const seq = new SeedSequence([5, 10n ** 30n], { spawnKey: [2n ** 64n] });
    seq.spawn(3);
    expect(seq.toJSON()).toEqual({ entropy: ['5', '1000000000000000000000000000000'], spawnKey: ['18446744073709551616'], poolSize: 4, nChildrenSpawned: 3 });
    expect(new SeedSequence(7).toJSON().entropy).toBe('7');
  });
});

const integer = fc.oneof(fc.maxSafeNat(), fc.bigInt({ min: 0n, max: 2n ** 300n }));
const anySequence = fc
  .record({
    entropy: fc.oneof(integer, fc.array(integer, { maxLength: 12 })),
    spawnKey: fc.array(integer, { maxLength: 4 }),
    poolSize: fc.integer({ min: 4, max: 12 }),
    nChildrenSpawned: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ entropy, ...options }) => new SeedSequence(entropy, options));
const pools = (sequences: SeedSequence[]) => sequences.map(seq => [seq.spawnKey.map(String), hex(seq.pool, 8)]);

describe('properties', () => {
  test('a JSON round trip gives the same sequence, its children included', () => {
    fc.assert(fc.property(anySequence, seq => {
      const copy = SeedSequence.fromJSON(JSON.parse(JSON.stringify(seq)) as SeedSequenceJSON);
      expect(copy.toJSON()).toEqual(seq.toJSON());
      expect(copy.pool).toEqual(seq.pool);
      expect(pools(copy.spawn(2))).toEqual(pools(seq.spawn(2)));
    }));
  });

  test('state gives the arguments to make it again', () => {
    fc.assert(fc.property(anySequence, seq => {
      const { entropy, ...options } = seq.state;
      expect(new SeedSequence(entropy, options).toJSON()).toEqual(seq.toJSON());
    }));
  });

  test('spawn(a), spawn(b) give the children of spawn(a + b)', () => {
    fc.assert(fc.property(anySequence, fc.nat(5), fc.nat(5), (seq, a, b) => {
      const copy = SeedSequence.fromJSON(seq.toJSON());
      expect(pools([...seq.spawn(a), ...seq.spawn(b)])).toEqual(pools(copy.spawn(a + b)));
      expect(seq.nChildrenSpawned).toBe(copy.nChildrenSpawned);
    }));
  });

  test('a safe integer seeds alike as number and as bigint', () => {
    fc.assert(fc.property(fc.maxSafeNat(), n => {
      expect(new SeedSequence(n).pool).toEqual(new SeedSequence(BigInt(n)).pool);
      expect(new SeedSequence([n], { spawnKey: [n] }).pool).toEqual(new SeedSequence([BigInt(n)], { spawnKey: [BigInt(n)] }).pool);
    }));
  });

  test('fewer words are a prefix, uint64 is pairs of uint32 with the low half first', () => {
    fc.assert(fc.property(anySequence, fc.nat(40), fc.nat(40), (seq, n, m) => {
      const longer = seq.generateState(n + m);
      expect(seq.generateState(n)).toEqual(longer.slice(0, n));
      const wide = seq.generateState(n, 'uint64');
      const halves = seq.generateState(2 * n);
      expect(Array.from(wide)).toEqual(Array.from(wide, (_, i) => BigInt(halves[2 * i]) + 2n ** 32n * BigInt(halves[2 * i + 1])));
    }));
  });

  test('a refused argument leaves nChildrenSpawned untouched', () => {
    const bad = fc.oneof(fc.integer({ max: -1 }), fc.double().filter(x => !Number.isSafeInteger(x) || x < 0), fc.string(), fc.constantFrom(null, [], {}, true, 1n));
    fc.assert(fc.property(anySequence, bad, (seq, n) => {
      const before = seq.nChildrenSpawned;
      expect(() => seq.spawn(n as number)).toThrow(/^n: got /);
      expect(() => seq.generateState(n as number)).toThrow(/^nWords: got /);
      expect(seq.nChildrenSpawned).toBe(before);
    }));
  });
});

describe('refusals name the parameter and its value', () => {
  const integerText = 'a non-negative integer (number or bigint)';
  test.each<[unknown, unknown, typeof RangeError | typeof TypeError, string]>([
    [-1, {}, RangeError, `entropy: got -1, takes ${integerText} or a flat array of them`],
    [-1n, {}, RangeError, 'entropy: got -1n'],
    [1.5, {}, RangeError, 'entropy: got 1.5'],
    [NaN, {}, RangeError, 'entropy: got NaN'],
    [Infinity, {}, RangeError, 'entropy: got Infinity'],
    [2 ** 53, {}, RangeError, 'entropy: got 9007199254740992, takes a non-negative integer (number or bigint) or a flat array of them; above 2^53 - 1 a number is not exact: pass a bigint'],
    ['12', {}, TypeError, 'entropy: got "12"'],
    [true, {}, TypeError, 'entropy: got true'],
    [{}, {}, TypeError, 'entropy: got {}'],
    [() => 1, {}, TypeError, 'entropy: got function'],
    [new Float64Array([1]), {}, TypeError, 'entropy: got Float64Array(1)'],
    [new DataView(new ArrayBuffer(8)), {}, TypeError, 'entropy: got DataView(8)'],
    [[1, 2, -3], {}, RangeError, `entropy[2]: got -3, takes ${integerText}`],
    [[1, [2]], {}, TypeError, 'entropy[1]: got [2]'],
    [[1, '2'], {}, TypeError, 'entropy[1]: got "2"'],
    [[0, 2 ** 60], {}, RangeError, 'pass a bigint'],
    [new Int32Array([0, -4]), {}, RangeError, 'entropy[1]: got -4'],
    [1, { spawnKey: [-1] }, RangeError, 'spawnKey[0]: got -1'],
    [1, { spawnKey: 5 }, TypeError, 'spawnKey: got 5'],
    [1, { spawnKey: [0, null] }, TypeError, 'spawnKey[1]: got null'],
    [1, { spawnKey: null }, TypeError, 'spawnKey: got null'],
    [1, { poolSize: 3 }, RangeError, 'poolSize: got 3, takes an integer from 4 to 16384'],
    [1, { poolSize: 4.5 }, RangeError, 'poolSize: got 4.5'],
    [1, { poolSize: 2 ** 14 + 1 }, RangeError, 'poolSize: got 16385'],
    [1, { poolSize: '4' }, TypeError, 'poolSize: got "4"'],
    [1, { nChildrenSpawned: -1 }, RangeError, 'nChildrenSpawned: got -1'],
    [1, { nChildrenSpawned: 2 ** 32 + 1 }, RangeError, 'nChildrenSpawned: got 4294967297'],
    [1, { nChildrenSpawned: 1n }, TypeError, 'nChildrenSpawned: got 1n'],
    [1, { spawn_key: [1] }, TypeError, 'options: got the unknown option "spawn_key"'],
    [1, 5, TypeError, 'options: got 5'],
    [1, null, TypeError, 'options: got null'],
  ])('new SeedSequence(%o, %o)', (entropy, options, type, message) => {
    let thrown: unknown;
    try {
      new SeedSequence(entropy as Entropy, options as SeedSequenceOptions);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(type);
    expect((thrown as Error).message).toContain(message);
  });

  test('dtype and sizes beyond the platform', () => {
    const seq = new SeedSequence(1);
    expect(() => seq.generateState(1, 'float64' as 'uint32')).toThrow(new RangeError("dtype: got \"float64\", takes 'uint32' or 'uint64'"));
    expect(() => seq.generateState(1, 64 as unknown as 'uint32')).toThrow(TypeError);
    expect(() => seq.generateState(2 ** 50)).toThrow(/^nWords: got 1125899906842624/);
    expect(() => seq.generateState(2 ** 50, 'uint64')).toThrow(/^nWords: got 1125899906842624/);
    expect(seq.generateState(0, 'uint64')).toEqual(new BigUint64Array(0));
  });

  test('no more than 2^32 children', () => {
    const seq = new SeedSequence(1, { nChildrenSpawned: 2 ** 32 - 1 });
    expect(() => seq.spawn(2)).toThrow('n: got 2, takes at most 1 more children, 2^32 in all');
    expect(seq.spawn(1)[0].spawnKey).toEqual([2 ** 32 - 1]);
    expect(seq.nChildrenSpawned).toBe(2 ** 32);
    expect(() => seq.spawn(1)).toThrow(RangeError);
  });

  const good = new SeedSequence([3, 4], { spawnKey: [1] }).toJSON();
  test.each<[unknown, string]>([
    [null, 'json: got null'],
    ['{}', 'json: got "{}"'],
    [[], 'json: got []'],
    [{}, 'entropy: got undefined'],
    [{ ...good, entropy: 3 }, 'entropy: got 3'],
    [{ ...good, entropy: '0x10' }, 'entropy: got "0x10"'],
    [{ ...good, entropy: '' }, 'entropy: got ""'],
    [{ ...good, entropy: '-1' }, 'entropy: got "-1"'],
    [{ ...good, entropy: null }, 'entropy: got null'],
    [{ ...good, entropy: ['3', '4.5'] }, 'entropy[1]: got "4.5"'],
    [{ ...good, entropy: { 0: '3' } }, 'entropy: got {0}'],
    [{ ...good, spawnKey: '1' }, 'spawnKey: got "1"'],
    [{ ...good, spawnKey: ['1', 'x'] }, 'spawnKey[1]: got "x"'],
    [{ ...good, spawnKey: undefined }, 'spawnKey: got undefined'],
    [{ ...good, poolSize: '4' }, 'poolSize: got "4"'],
    [{ ...good, poolSize: 1e15 }, 'poolSize: got 1000000000000000'],
    [{ ...good, nChildrenSpawned: -2 }, 'nChildrenSpawned: got -2'],
    [{ ...good, nChildrenSpawned: undefined }, 'nChildrenSpawned: got undefined'],
  ])('fromJSON(%o)', (json, message) => {
    expect(() => SeedSequence.fromJSON(json as SeedSequenceJSON)).toThrow(message);
  });
});
