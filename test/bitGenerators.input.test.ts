import { describe, expect, test } from 'vitest';
import { Generator } from '../src/generator.ts';
import { MT19937 } from '../src/mt19937.ts';
import { array, NDArray } from '../src/ndarray.ts';
import { PCG32DXSM } from '../src/pcg32.ts';
import { PCG64, PCG64DXSM } from '../src/pcg64.ts';
import { Philox } from '../src/philox.ts';
import { SFC64 } from '../src/sfc64.ts';

const classes = { PCG64, PCG64DXSM, SFC64, Philox, MT19937 };
type Name = keyof typeof classes;
type Json = Record<string, never>;
/** Any bit generator, to be called with anything. */
type Loose = Record<string, (...args: unknown[]) => unknown> & { state: unknown };
type Row = [what: string, run: (rng: Loose) => unknown, Class: typeof RangeError | typeof TypeError, begins: string];
const R = RangeError, T = TypeError;

/** In the middle of everything: words drawn ahead, a half-word, children spawned. */
function begun(name: Name) {
  const rng = new classes[name](7), generator = new Generator(rng);
  rng.spawn(2);
  generator.random({ dtype: 'float32' });
  generator.random();
  return rng;
}
const nextOf = (rng: InstanceType<(typeof classes)[Name]>) => [new Generator(rng).random(), ...new Generator(rng).random(3, { dtype: 'float32' }).data, rng.randomRaw(), ...rng.randomRaw(3).data];

function refuses(names: readonly Name[], rows: Row[]) {
  test.each(names.flatMap(name => rows.map(row => [name, ...row] as const)))('%s: %s', (name, _, run, Class, begins) => {
    const rng = begun(name), before = JSON.stringify(rng);
    let error: unknown;
    try {
      run(rng as unknown as Loose);
    } catch (thrown) {
      error = thrown;
    }
    expect(error, 'nothing was thrown').toBeInstanceOf(Class);
    expect((error as Error).message.slice(0, begins.length)).toBe(begins);
    // without asking for the state before: it must not be what puts things right
    expect(nextOf(rng)).toEqual(nextOf(begun(name)));
    expect(JSON.stringify(rng)).not.toBe(before);
  });
}

const all = Object.keys(classes) as Name[], wide = ['PCG64', 'PCG64DXSM', 'SFC64', 'Philox'] as const, lcgs = ['PCG64', 'PCG64DXSM'] as const;
const set = (change: (state: Json) => unknown) => (rng: Loose) => { rng.state = change(structuredClone(rng.state) as Json); };
const inner = (part: object) => set(state => ({ ...state, state: { ...(state.state as object), ...part } }));
const outer = (part: object) => set(state => ({ ...state, ...part }));
/** Where a decimal string below 2^bits is wanted. */
const notDecimals = (bits: number): [value: unknown, Class: typeof R | typeof T][] => [
  ...['', '-1', '+1', '01', '1.5', '1e3', ' 1', '0x10', '1n', String(2n ** BigInt(bits)), '9'.repeat(500), 'abc'].map((text): [unknown, typeof R] => [text, R]),
  ...[5, 5n, null, undefined, true, ['1'], {}].map((value): [unknown, typeof T] => [value, T]),
];
const label = (value: unknown) => (Array.isArray(value) ? `array of ${value.length}` : String(value)).slice(0, 40);

describe('states', () => {
  refuses(all, [
    ['null', set(() => null), T, 'state: got null'],
    ['undefined', set(() => undefined), T, 'state: got undefined'],
    ['text', set(state => JSON.stringify(state)), T, 'state: got '],
    ['nothing', set(() => ({})), R, 'state.bitGenerator: got undefined'],
    ['a Map', set(state => new Map(Object.entries(state))), R, 'state.bitGenerator: got undefined'],
    ['names of Python', set(state => ({ bit_generator: state.bitGenerator, state: state.state })), R, 'state.bitGenerator: got undefined'],
    ["PCG32DXSM's", set(() => new PCG32DXSM(1).state), R, 'state.bitGenerator: got "PCG32DXSM"'],
    ['no state', outer({ state: undefined }), T, 'state.state: got undefined'],
    ['state null', outer({ state: null }), T, 'state.state: got null'],
  ]);
  for (const name of all) {
    refuses([name], all.filter(other => other !== name).map(other => [other, set(() => new classes[other](1).state), R, `state.bitGenerator: got "${other}"`]));
  }
  refuses(wide, [
    ...[2, -1, 0.5, NaN].map((value): Row => [`hasUint32 ${value}`, outer({ hasUint32: value }), R, 'state.hasUint32: got ']),
    ...[true, '1', null, undefined, 1n].map((value): Row => [`hasUint32 ${value}`, outer({ hasUint32: value }), T, 'state.hasUint32: got ']),
    ...[2 ** 32, -1, 0.5, Infinity].map((value): Row => [`uinteger ${value}`, outer({ uinteger: value }), R, 'state.uinteger: got ']),
    ...['1', null, undefined, 1n].map((value): Row => [`uinteger ${value}`, outer({ uinteger: value }), T, 'state.uinteger: got ']),
  ]);
  refuses(lcgs, ['state', 'inc'].flatMap(field => notDecimals(128).map(([value, Class]): Row => [`${field} ${label(value)}`, inner({ [field]: value }), Class, `state.state.${field}: got `])));
  const lists = (field: string, place: (value: unknown) => (rng: Loose) => void, count: number): Row[] => [
    ...[undefined, null, '1', {}, Array(count).fill('1').concat('1'), Array(count - 1).fill('1'), BigUint64Array.from({ length: count }, () => 1n)].map((value): Row => [`${field} ${label(value)}`, place(value), T, `${field}: got `]),
    ...notDecimals(64).map(([value, Class]): Row => [`${field} of ${label(value)}`, place(['1', value, '1', '1'].slice(0, count)), Class, `${field}[1]: got `]),
    [`${field} with a hole`, place(Array(count)), T, `${field}[0]: got undefined`],
  ];
  refuses(['SFC64'], lists('state.state.state', state => inner({ state }), 4));
  refuses(['Philox'], [
    ...lists('state.state.counter', counter => inner({ counter }), 4),
    ...lists('state.state.key', key => inner({ key }), 2),
    ...lists('state.buffer', buffer => outer({ buffer }), 4),
    ...[-1, 5, 0.5, NaN].map((value): Row => [`bufferPos ${value}`, outer({ bufferPos: value }), R, 'state.bufferPos: got ']),
    ...['4', null, undefined].map((value): Row => [`bufferPos ${value}`, outer({ bufferPos: value }), T, 'state.bufferPos: got ']),
  ]);
  const key = new MT19937(1).state.state.key, swapped = (value: unknown) => [...key.slice(0, 9), value, ...key.slice(10)];
  refuses(['MT19937'], [
    ...[undefined, null, 'x', {}, key.slice(1), [...key, 1], new Set(key)].map((value): Row => [`key ${label(value)}`, inner({ key: value }), T, 'state.state.key: got ']),
    ...[2 ** 32, -1, 0.5, NaN].map((value): Row => [`key of ${value}`, inner({ key: swapped(value) }), R, `state.state.key[9]: got ${value}`]),
    ...['1', null, 1n].map((value): Row => [`key of ${value}`, inner({ key: swapped(value) }), T, 'state.state.key[9]: got ']),
    ['key with a hole', inner({ key: Array(624) }), T, 'state.state.key[0]: got undefined'],
    ['key of halves', inner({ key: new Float64Array(624).fill(0.5) }), R, 'state.state.key[0]: got 0.5'],
    ...[-1, 625, 0.5, NaN].map((value): Row => [`pos ${value}`, inner({ pos: value }), R, `state.state.pos: got ${value}`]),
    ...['4', null, undefined].map((value): Row => [`pos ${value}`, inner({ pos: value }), T, 'state.state.pos: got ']),
    ['a list of two', set(() => ['MT19937', key]), R, 'state: got ["MT19937"'],
    ['a list of four', set(() => ['MT19937', key, 5, 0]), R, 'state: got ["MT19937"'],
    ['a list of another', set(() => ['PCG64', key, 5]), R, 'state: got ["PCG64"'],
    ['a list of a short key', set(() => ['MT19937', key.slice(1), 5]), T, 'state.state.key: got '],
  ]);

  test('MT19937 takes what get_state of RandomState gives, and typed keys', () => {
    const { state } = new MT19937(3), { key: words, pos } = state.state, rng = new MT19937(0);
    for (const given of [['MT19937', words, pos], ['MT19937', words, pos, 1, 0.5], ['MT19937', Uint32Array.from(words), pos], { ...state, state: { key: array(words, 'uint32'), pos } }]) {
      rng.state = new MT19937(0).state;
      rng.state = given as never;
      expect(rng.state).toEqual(state);
    }
  });
});

describe('moves', () => {
  const bad: [value: unknown, Class: typeof R | typeof T][] = [[0.5, R], [NaN, R], [Infinity, R], [2 ** 53, R], ['1', T], [null, T]];
  refuses([...lcgs, 'Philox'], bad.map(([value, Class]): Row => [`advance(${value})`, rng => rng.advance(value), Class, `delta: got ${Class === T && value ? '"1"' : value}`]));
  refuses([...lcgs, 'Philox', 'MT19937'], bad.map(([value, Class]): Row => [`jumped(${value})`, rng => rng.jumped(value), Class, 'jumps: got ']));
  refuses([...lcgs, 'Philox'], [['advance()', rng => rng.advance(), T, 'delta: got undefined']]);
  refuses(['MT19937'], [-1, -1n].map((value): Row => [`jumped(${value})`, rng => rng.jumped(value), R, 'jumps: got -1']));
  refuses(['MT19937', 'SFC64'], [['advance(1)', rng => rng.advance(1), T, 'advance: ']]);
  refuses(['SFC64'], [['jumped()', rng => rng.jumped(), T, 'jumped: SFC64 has no jumps']]);
  refuses(all, [
    ['randomRaw(-1)', rng => rng.randomRaw(-1), R, 'size: got -1'],
    ['randomRaw([2, 0.5])', rng => rng.randomRaw([2, 0.5]), R, 'size[1]: got 0.5'],
    ["randomRaw('3')", rng => rng.randomRaw('3'), T, 'size: got "3"'],
    ['spawn(-1)', rng => rng.spawn(-1), R, 'n: got -1'],
  ]);
});

describe('seeds', () => {
  test.each(all)('%s', name => {
    const Class = classes[name] as unknown as new (seed: unknown) => unknown;
    for (const [seed, Error] of [[-1, R], [0.5, R], [2 ** 53, R], [-1n, R], ['1', T], [true, T], [{}, T], [[[1]], T], [[1, -1], R], [Float64Array.of(1), T], [new Generator(new PCG64(1)), T]] as const) {
      expect(() => new Class(seed)).toThrow(Error);
      expect(() => new Class(seed)).toThrow(/^entropy/);
    }
    const from = classes[name].fromJSON as (json: unknown) => unknown, json = JSON.parse(JSON.stringify(new classes[name](1))) as Json;
    for (const [bad, message] of [
      [null, /^json: got null/], ['x', /^json: got "x"/], [{ ...json, seedSeq: undefined }, /^seedSeq: got undefined/], [{ ...json, seedSeq: 5 }, /^seedSeq: got 5/],
      [{ ...json, seedSeq: { entropy: '1' } }, /^spawnKey: got undefined/], [{ ...json, bitGenerator: 'PCG32' }, /^state.bitGenerator: got "PCG32"/], [{ ...json, state: null }, /^state.state: got null/],
    ] as const) expect(() => from(bad)).toThrow(message);
    expect((from({ ...json, seedSeq: null }) as PCG64).seedSeq).toBe(null);
    expect(() => (from({ ...json, seedSeq: null }) as PCG64).spawn(1)).toThrow(/has no seed sequence/);
  });

  const Loosely = Philox as unknown as new (...args: unknown[]) => Philox;
  test.each<[unknown[], typeof R | typeof T, RegExp]>([
    [[1, { key: 2 }], R, /^key: got 2, takes no seed beside it/], [[null, { keys: 2 }], T, /unknown option "keys"/], [[1, 5], T, /^options: got 5/], [[{ key: 1 }], T, /^entropy: got {key}/],
    [[null, { key: -1 }], R, /^key: got -1/], [[null, { key: 2n ** 128n }], R, /^key: got /], [[null, { key: 0.5 }], R, /^key: got 0.5/], [[null, { key: 2 ** 53 }], R, /^key: got /], [[null, { key: '1' }], T, /^key: got "1"/],
    [[null, { key: [] }], R, /^key: got \[\]/], [[null, { key: [1] }], R, /^key: got \[1\]/], [[null, { key: [1, 2, 3] }], R, /^key: got /], [[null, { key: [1, -1] }], R, /^key\[1\]: got -1/], [[null, { key: [2n ** 64n, 1] }], R, /^key\[0\]: got /],
    [[null, { key: [1, ,] }], T, /^key\[1\]: got undefined/], [[null, { key: Float64Array.of(1, 2) }], T, /^key: got /], [[null, { key: BigInt64Array.of(-1n, 1n) }], R, /^key\[0\]: got -1/], [[null, { key: array([[1, 2]], 'uint32') }], T, /^key: got a NDArray/], [[null, { key: {} }], T, /^key: got {}/],
    [[1, { counter: 2n ** 256n }], R, /^counter: got /], [[1, { counter: -1n }], R, /^counter: got -1/], [[1, { counter: [1, 2] }], R, /^counter: got \[1, 2\]/], [[1, { counter: [1, 2, 3, '4'] }], T, /^counter\[3\]: got "4"/], [[1, { counter: true }], T, /^counter: got true/],
  ])('Philox(%o)', (args, Class, message) => {
    expect(() => new Loosely(...args)).toThrow(Class);
    expect(() => new Loosely(...args)).toThrow(message);
  });
  test('Philox: null is no key and no counter', () => {
    expect(new Philox(3, { key: null, counter: null } as never).state).toEqual(new Philox(3).state);
    expect(new Philox(undefined, {}).seedSeq).not.toBe(null);
    expect(new Philox(3, { counter: 0 }).seedSeq!.entropy).toBe(3);
  });

  const legacy = MT19937.legacy as (seed?: unknown) => MT19937;
  test.each<[unknown, typeof R | typeof T, RegExp]>([
    [-1, R, /^seed: got -1/], [2 ** 32, R, /^seed: got 4294967296/], [2n ** 32n, R, /^seed: got 4294967296n/], [0.5, R, /^seed: got 0.5/], [NaN, R, /^seed: got NaN/], ['5', T, /^seed: got "5"/], [true, T, /^seed: got true/], [{}, T, /^seed: got {}/],
    [[], R, /^seed: got \[\]/], [new Uint32Array(0), R, /^seed: got Uint32Array\(0\)/], [[1, -1], R, /^seed\[1\]: got -1/], [[2 ** 32], R, /^seed\[0\]: got /], [[0.5], R, /^seed\[0\]: got 0.5/], [[[1, 2]], T, /^seed\[0\]: got /], [[1, , 2], T, /^seed\[1\]: got undefined/],
    [Float64Array.of(1), T, /^seed: got Float64Array/], [BigUint64Array.of(1n, 2n), T, /^seed: got BigUint64Array/], [BigInt64Array.of(1n, -2n), R, /^seed\[1\]: got -2n/], [new NDArray(new Int32Array(4), [2, 2], 'int32'), R, /^seed: got a NDArray/], [new NDArray(new Int32Array(0), [1, 0], 'int32'), R, /^seed: got a NDArray/],
  ])('MT19937.legacy(%o)', (seed, Class, message) => {
    expect(() => legacy(seed)).toThrow(Class);
    expect(() => legacy(seed)).toThrow(message);
  });
  test('MT19937.legacy: dimensions of 1 go', () => {
    expect(legacy(array([[[5]]], 'uint64')).state).toEqual(legacy(5).state);
    expect(legacy(BigUint64Array.of(5n)).state).toEqual(legacy(5n).state);
    expect(legacy(array([[1, 2, 3]], 'int8')).state).toEqual(legacy([1, 2n, 3]).state);
    expect(legacy([5]).state).not.toEqual(legacy(5).state);
    const [a, b] = [legacy(), legacy(null)];
    expect(a.state).not.toEqual(b.state);
    expect(a.seedSeq).toBe(null);
  });
});

describe('draws of a Generator', () => {
  const draw = (run: (rng: Record<string, (...args: unknown[]) => unknown>) => unknown) => (rng: Loose) => run(new Generator(rng as never) as never);
  refuses(all, [
    ['uniform(1, 0)', draw(rng => rng.uniform(1, 0)), R, 'low: got 1, takes a number not above high, 0'],
    ['uniform(1, 1) of float32', draw(rng => rng.uniform(1, 1, 3, { dtype: 'float32' })), R, 'low: got 1, takes a number below high'],
    ['uniform(NaN, 1)', draw(rng => rng.uniform(NaN, 1, 3)), R, 'low: got NaN'],
    ['uniform(0, Infinity)', draw(rng => rng.uniform(0, Infinity)), R, 'high: got Infinity'],
    ['uniform of too wide a range', draw(rng => rng.uniform(-1e308, 1e308)), R, 'high: got 1e+308'],
    ['bytes(-1)', draw(rng => rng.bytes(-1)), R, 'length: got -1'],
    ['bytes(0.5)', draw(rng => rng.bytes(0.5)), R, 'length: got 0.5'],
    ["random of 'int32'", draw(rng => rng.random(3, { dtype: 'int32' })), R, 'dtype: got "int32"'],
  ]);

  test.each(all)("%s: NumPy's uniform, bounds that meet included", name => {
    const rng = new Generator(new classes[name](5)), plain = new Generator(new classes[name](5)), n = 1000;
    expect(rng.uniform(2, 2)).toBe(2);
    expect(new Set(rng.uniform(2, 2, n).data)).toEqual(new Set([2]));
    plain.random(n + 1);
    const high = 1 + 2 ** -52, values = rng.uniform(1, high, n).data;
    expect([...values]).toEqual(Array.from(plain.random(n).data, u => 1 + (high - 1) * u));
    expect(new Set(values).has(high)).toBe(true); // rounded up to
    expect(rng.bitGenerator.state).toEqual(plain.bitGenerator.state);
  });
});
