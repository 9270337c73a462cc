import { describe, expect, test } from 'vitest';
import { defaultRng, Generator } from '../src/generator.ts';
import { array, NDArray } from '../src/ndarray.ts';
import { PCG32, PCG32DXSM } from '../src/pcg32.ts';
import * as ndrand from '../src/random.ts';
import { R, refuses, T, type ErrorClass, type Loose, type Row } from './refuses.ts';

describe('parameters', () => {
  const numbers: [unknown, ErrorClass, string][] = [[NaN, R, 'NaN'], [Infinity, R, 'Infinity'], [-Infinity, R, '-Infinity'], ['1', T, '"1"'], [1n, T, '1n'], [true, T, 'true'], [[1], T, '[1]'], [null, T, 'null']];
  for (const [name, parameter, call] of [
    ['uniform', 'low', (rng, x, ...rest) => rng.uniform(x, 9, ...rest)],
    ['uniform', 'high', (rng, x, ...rest) => rng.uniform(-9, x, ...rest)],
    ['normal', 'loc', (rng, x, ...rest) => rng.normal(x, 1, ...rest)],
    ['normal', 'scale', (rng, x, ...rest) => rng.normal(0, x, ...rest)],
    ['bernoulli', 'p', (rng, x, ...rest) => rng.bernoulli(x, ...rest)],
    ['binomial', 'n', (rng, x, ...rest) => rng.binomial(x, 0.5, ...rest)],
    ['binomial', 'p', (rng, x, ...rest) => rng.binomial(9, x, ...rest)],
    ['binomial of one', 'p', (rng, x, ...rest) => rng.binomial(1, x, ...rest)],
  ] as [string, string, (rng: Loose, x: unknown, ...rest: unknown[]) => unknown][]) {
    // all take arrays, and binomial whole numbers as bigints
    refuses(`${name}: ${parameter}`, numbers.filter(([x]) => !Array.isArray(x) && !(name.startsWith('binomial') && x === 1n)).flatMap(([x, Class, shown]): Row[] => [
      [rng => call(rng, x), Class, `${parameter}: got ${shown}`],
      [rng => call(rng, x, 3), Class, `${parameter}: got ${shown}`],
      [(rng, { f32, i32 }) => call(rng, x, { out: name.startsWith('bi') ? i32 : f32 }), Class, `${parameter}: got ${shown}`],
    ]));
  }
  refuses('bounds of uniform', [
    [rng => rng.uniform(1, 1), R, 'low: got 1'],
    [rng => rng.uniform(2, 1, 3), R, 'low: got 2'],
    [rng => rng.uniform(1), R, 'low: got 1'],
    [rng => rng.uniform(0, -0), R, 'low: got 0'],
    [rng => rng.uniform(-1.7e308, 1.7e308), R, 'high: got 1.7e+308'],
    [rng => rng.uniform(0, 1e39, 3, { dtype: 'float32' }), R, 'high: got 1e+39'],
    [rng => rng.uniform(-3e38, 3e38, 3, { dtype: 'float32' }), R, 'high: got 3e+38'],
    [rng => rng.uniform(-1e39, 0, 3, { dtype: 'float32' }), R, ''],
    [rng => rng.uniform(1 + 2 ** -30, 1 + 2 ** -29, 3, { dtype: 'float32' }), R, 'low: got 1.0000000009313226'],
  ]);
  refuses('mean and deviation of normal', [
    [rng => rng.normal(0, -1), R, 'scale: got -1'],
    [rng => rng.normal(0, -1e-300, 3), R, 'scale: got -1e-300'],
    [rng => rng.normal(1e39, 1, 3, { dtype: 'float32' }), R, 'loc: got 1e+39'],
    [rng => rng.normal(0, 1e39, { dtype: 'float32' }), R, 'scale: got 1e+39'],
  ]);
  refuses('probabilities and trials', [
    [rng => rng.bernoulli(-1e-300), R, 'p: got -1e-300'],
    [rng => rng.bernoulli(1 + 2 ** -52, 3), R, 'p: got 1.0000000000000002'],
    [rng => rng.bernoulli(), T, 'p: got undefined'],
    [rng => rng.bernoulli(-1, 3, { dtype: 'bool' }), R, 'p: got -1'],
    [rng => rng.binomial(9, 1.01, 3), R, 'p: got 1.01'],
    [rng => rng.binomial(9, -0.1), R, 'p: got -0.1'],
    [rng => rng.binomial(0, 2), R, 'p: got 2'],
    [rng => rng.binomial(9), T, 'p: got undefined'],
    [rng => rng.binomial(-1, 0.5), R, 'n: got -1'],
    [rng => rng.binomial(1.5, 0.5, 3), R, 'n: got 1.5'],
    [rng => rng.binomial(2 ** 53, 0.5), R, 'n: got 9007199254740992'],
    [rng => rng.binomial(256, 0.5, 3, { dtype: 'uint8' }), R, 'dtype: got "uint8"'],
    [rng => rng.binomial(2 ** 31, 0.5, 3, { dtype: 'int32' }), R, 'dtype: got "int32"'],
    [rng => rng.binomial(2 ** 24 + 1, 0.5, 3, { dtype: 'float32' }), R, 'dtype: got "float32"'],
  ]);
  refuses('bounds of integers', [
    ...([[undefined, T, 'undefined'], ['5', T, '"5"'], [null, T, 'null'], [true, T, 'true'], [0.5, R, '0.5'], [NaN, R, 'NaN'], [Infinity, R, 'Infinity'], [2 ** 53, R, '9007199254740992']] as const).flatMap(([x, Class, shown]): Row[] => [
      [rng => rng.integers(x), Class, `low: got ${shown}`],
      [rng => rng.integers(x, 9, 3), Class, `low: got ${shown}`],
      ...(x === undefined ? [] : [
        [rng => rng.integers(0, x), Class, `high: got ${shown}`],
        [rng => rng.integers(0, x, 3, { dtype: 'int64' }), Class, `high: got ${shown}`],
      ] as Row[]),
    ]),
    [rng => rng.integers(5, 5), R, 'low: got 5'],
    [rng => rng.integers(5, 5, 3), R, 'low: got 5'],
    [rng => rng.integers(6, 5, 0), R, 'low: got 6'],
    [rng => rng.integers(6, 5, 3, { endpoint: true }), R, 'low: got 6'],
    [rng => rng.integers(0), R, 'low: got 0'],
    [rng => rng.integers(0, undefined, 3), R, 'low: got 0'],
    [rng => rng.integers(-5), R, 'low: got -5'],
    [rng => rng.integers(-1, { endpoint: true }), R, 'low: got -1'],
    [rng => rng.integers(0, 257, 3, { dtype: 'uint8' }), R, 'high: got 257'],
    [rng => rng.integers(0, 256, 3, { dtype: 'uint8', endpoint: true }), R, 'high: got 256'],
    [rng => rng.integers(-1, 5, 3, { dtype: 'uint8' }), R, 'low: got -1'],
    [rng => rng.integers(-129, 5, 3, { dtype: 'int8' }), R, 'low: got -129'],
    [rng => rng.integers(0, 129, 3, { dtype: 'int8' }), R, 'high: got 129'],
    [rng => rng.integers(200, 300, 3, { dtype: 'int8' }), R, 'low: got 200'],
    [rng => rng.integers(2 ** 31 + 1), R, 'low: got 2147483649'],
    [rng => rng.integers(0, 2 ** 31 + 1), R, 'high: got 2147483649'],
    [rng => rng.integers(-(2 ** 31) - 1, 0), R, 'low: got -2147483649'],
    [rng => rng.integers(0, 2n ** 63n + 1n, 3, { dtype: 'int64' }), R, 'high: got 9223372036854775809n'],
    [rng => rng.integers(0, 2n ** 64n + 1n, 3, { dtype: 'uint64' }), R, 'high: got 18446744073709551617n'],
    [rng => rng.integers(0, 2n ** 64n, { dtype: 'uint64', endpoint: true }), R, 'high: got 18446744073709551616n'],
  ]);
  refuses('populations and their probabilities', [
    [rng => rng.choice(), T, 'a: got undefined'],
    [rng => rng.choice('abc'), T, 'a: got "abc"'],
    [rng => rng.choice(3n), T, 'a: got 3n'],
    [rng => rng.choice(new Set([1])), T, 'a: got a Set'],
    [rng => rng.choice(-1), R, 'a: got -1'],
    [rng => rng.choice(1.5, 2), R, 'a: got 1.5'],
    [rng => rng.choice(2 ** 53), R, 'a: got 9007199254740992'],
    [rng => rng.choice(0), R, 'a: got 0'],
    [rng => rng.choice(0, 3), R, 'a: got 0'],
    [rng => rng.choice([]), R, 'a: got []'],
    [rng => rng.choice(new Float64Array(0), 3), R, 'a: got Float64Array(0)'],
    [rng => rng.choice(new NDArray(new Float64Array(0), [0, 3], 'float64'), 1), R, 'a: got a NDArray'],
    [rng => rng.choice(new NDArray(Float64Array.of(1), [], 'float64')), R, 'a: got a NDArray'],
    [rng => rng.choice(3, 4, { replace: false }), R, 'size: got 4'],
    [rng => rng.choice(3, [2, 2], { replace: false }), R, 'size: got [2, 2]'],
    [rng => rng.choice(['a'], { size: 2, replace: false }), R, 'size: got 2'],
    [rng => rng.choice(3, 3, { replace: false, p: [0.5, 0, 0.5] }), R, 'size: got 3'],
    [rng => rng.choice(2, 3, { p: [0.5, 0.4] }), R, 'p: got [0.5, 0.4]'],
    [rng => rng.choice(2, { p: [0.5, 0.5 + 2e-8] }), R, 'p: got [0.5, 0.50000002]'],
    [rng => rng.choice(2, { p: [0.5, 0.5 - 2e-8] }), R, 'p: got [0.5, 0.49999998]'],
    [rng => rng.choice(2, { p: Float32Array.of(0.5, 0.4996) }), R, 'p: got Float32Array(2)'],
    [rng => rng.choice(2, 3, { p: [1.5, -0.5] }), R, 'p[1]: got -0.5'],
    [rng => rng.choice(2, 3, { p: [NaN, 1] }), R, 'p[0]: got NaN'],
    [rng => rng.choice(2, 3, { p: [Infinity, 0] }), R, 'p'],
    [rng => rng.choice(2, 3, { p: [0, 0] }), R, 'p: got [0, 0]'],
    [rng => rng.choice(2, 3, { p: ['0.5', 0.5] }), T, 'p[0]: got "0.5"'],
    [rng => rng.choice(2, 3, { p: [0.5, null] }), T, 'p[1]: got null'],
    [rng => rng.choice(2, 3, { p: [1, ,] }), T, 'p[1]: got undefined'],
    [rng => rng.choice(3, 3, { p: [0.5, 0.5] }), R, 'p: got [0.5, 0.5]'],
    [rng => rng.choice(['a', 'b'], { p: [1] }), R, 'p: got [1]'],
    [rng => rng.choice(2, 0, { p: [1] }), R, 'p: got [1]'],
    [rng => rng.choice(array([[1, 2], [3, 4], [5, 6]]), 1, { p: [0.5, 0.5] }), R, 'p: got [0.5, 0.5]'],
    [rng => rng.choice(array([[1, 2], [3, 4], [5, 6]]), 1, { axis: 1, p: [0.25, 0.25, 0.5] }), R, 'p: got [0.25, 0.25, 0.5]'],
    [rng => rng.choice(4, 1, { p: array([[0.25, 0.25], [0.25, 0.25]]) }), R, 'p: got a NDArray'],
    [rng => rng.choice(2, 1, { p: 0.5 }), T, 'p: got 0.5'],
    [rng => rng.choice(2, 1, { p: null }), T, 'p: got null'],
    [rng => rng.choice(2, 1, { p: Int32Array.of(1, 0) }), T, 'p: got Int32Array(2)'],
  ]);
  refuses('what is shuffled', [
    [rng => rng.shuffle(5), T, 'x: got 5'],
    [rng => rng.shuffle('abc'), T, 'x: got "abc"'],
    [rng => rng.shuffle(), T, 'x: got undefined'],
    [rng => rng.shuffle({ length: 3 }), T, 'x: got {length}'],
    [(rng, { clamped }) => rng.shuffle(clamped), T, 'x: got Uint8ClampedArray(6)'],
    [rng => rng.shuffle(new NDArray(Float64Array.of(1), [], 'float64')), R, 'x: got a NDArray'],
    [rng => rng.shuffle(Object.freeze([1, 2, 3])), T, 'x: got [1, 2, 3]'],
    [rng => rng.permutation('abc'), T, 'x: got "abc"'],
    [rng => rng.permutation(5n), T, 'x: got 5n'],
    [rng => rng.permutation({ length: 3 }), T, 'x: got {length}'],
    [rng => rng.permutation(new NDArray(Float64Array.of(1), [], 'float64')), R, 'x: got a NDArray'],
  ]);
  refuses('moves', [
    ...['advance', 'jumped'].flatMap((name): Row[] => {
      const parameter = name === 'advance' ? 'delta' : 'jumps';
      return [
        [rng => rng.bitGenerator[name](0.5), R, `${parameter}: got 0.5`],
        [rng => rng.bitGenerator[name](NaN), R, `${parameter}: got NaN`],
        [rng => rng.bitGenerator[name](-Infinity), R, `${parameter}: got -Infinity`],
        [rng => rng.bitGenerator[name](2 ** 53), R, `${parameter}: got 9007199254740992`],
        [rng => rng.bitGenerator[name]('1'), T, `${parameter}: got "1"`],
        [rng => rng.bitGenerator[name](null), T, `${parameter}: got null`],
      ];
    }),
    [rng => rng.bitGenerator.advance(), T, 'delta: got undefined'],
  ]);
});

describe('states', () => {
  const good = (rng: Loose) => (rng.bitGenerator as unknown as PCG32).state;
  const set = (rng: Loose, state: unknown) => { rng.bitGenerator.state = state; };
  const within = (rng: Loose, change: object) => set(rng, { ...good(rng), state: { ...good(rng).state, ...change } });
  refuses('state', [
    ...([[null, T, 'state: got null'], [undefined, T, 'state: got undefined'], ['x', T, 'state: got "x"'], [5n, T, 'state: got 5n'], [[], R, 'state.bitGenerator: got undefined'], [{}, R, 'state.bitGenerator: got undefined']] as const).map(([state, Class, begins]): Row => [rng => set(rng, state), Class, begins]),
    [rng => set(rng, { ...good(rng), bitGenerator: 'PCG64' }), R, 'state.bitGenerator: got "PCG64"'],
    [rng => set(rng, (good(rng).bitGenerator === 'PCG32' ? new PCG32DXSM(1) : new PCG32(1)).state), R, 'state.bitGenerator: got "PCG32'],
    [rng => set(rng, { ...good(rng), state: undefined }), T, 'state.state: got undefined'],
    [rng => set(rng, { ...good(rng), state: '5' }), T, 'state.state: got "5"'],
    ...['', '-1', '+1', '1.5', 'abc', ' 1', '01', '0x10', '1e3', '18446744073709551616', '99999999999999999999', '1'.repeat(200)].flatMap((text): Row[] => [
      [rng => within(rng, { state: text }), R, `state.state.state: got "${text.slice(0, 90)}`],
      [rng => within(rng, { inc: text }), R, `state.state.inc: got "${text.slice(0, 90)}`],
    ]),
    ...([[5, '5'], [5n, '5n'], [undefined, 'undefined'], [null, 'null'], [{}, '{}']] as const).flatMap(([value, shown]): Row[] => [
      [rng => within(rng, { state: value }), T, `state.state.state: got ${shown}`],
      [rng => within(rng, { inc: value }), T, `state.state.inc: got ${shown}`],
    ]),
    [rng => within(rng, { inc: '108' }), R, 'state.state.inc: got "108"'],
    [rng => set(rng, { ...good(rng), phase: undefined }), T, 'state.phase: got undefined'],
    [rng => set(rng, { ...good(rng), phase: 'bernoulli' }), T, 'state.phase: got "bernoulli"'],
    ...['normal', '', 'toString', '__proto__', undefined, 3].map((kind): Row => [rng => set(rng, { ...good(rng), phase: { kind, done: 1 } }), R, 'state.phase.kind: got ']),
    ...[0, -1, 4, 1.5, NaN, undefined, '1'].map((done): Row => [rng => set(rng, { ...good(rng), phase: { kind: 'bernoulli', done } }), R, 'state.phase.done: got ']),
    [rng => set(rng, { ...good(rng), phase: { kind: 'normal32', done: 2 } }), R, 'state.phase.done: got 2'],
    [rng => set(rng, { ...good(rng), phase: { kind: 'normal64', done: 2 } }), R, 'state.phase.done: got 2'],
  ]);

  test.each([PCG32DXSM, PCG32])('fromJSON and fromState of %o', Class => {
    const json = new Class(7).toJSON(), loose = Class as unknown as Record<string, (...args: unknown[]) => unknown>;
    const other = Class === PCG32 ? PCG32DXSM : PCG32;
    const tries: [unknown, RegExp][] = [
      [null, /^json: got null, /], [undefined, /^json: got undefined, /], ['{}', /^json: got "{}", /],
      [other.fromState(1, 2).toJSON(), /^state\.bitGenerator: got "PCG32/],
      [{ ...json, state: { state: '1', inc: '2' } }, /^state\.state\.inc: got "2", takes an odd/],
      [{ ...json, phase: { kind: 'bernoulli', done: 4 } }, /^state\.phase\.done: got 4, /],
      [{}, /^seedSeq: got undefined, /],
      [{ ...json, seedSeq: undefined }, /^seedSeq: got undefined, /],
      [{ ...json, seedSeq: 'x' }, /^seedSeq: got "x", /],
      [{ ...json, seedSeq: { ...json.seedSeq, entropy: '-1' } }, /^(seedSeq\.)?entropy: got "-1", /],
      [{ ...json, seedSeq: { ...json.seedSeq, poolSize: 3 } }, /^(seedSeq\.)?poolSize: got 3, /],
      [{ ...json, seedSeq: { ...json.seedSeq, nChildrenSpawned: -1 } }, /^(seedSeq\.)?nChildrenSpawned: got -1, /],
    ];
    for (const [bad, message] of tries) expect(() => loose.fromJSON(bad), JSON.stringify(bad)).toThrow(message);
    for (const [bad, message] of [[-1, 'got -1'], [1.5, 'got 1.5'], [2 ** 53, 'got 9007199254740992'], [2n ** 64n, 'got 18446744073709551616n'], ['5', 'got "5"'], [undefined, 'got undefined']] as const) {
      const kind = typeof bad === 'number' || typeof bad === 'bigint' ? R : T;
      for (const [run, name] of [[() => loose.fromState(bad, 1), 'initialState'], [() => loose.fromState(1, bad), 'stream']] as const) {
        expect(run).toThrow(kind);
        expect(run).toThrow(`${name}: ${message}, `);
      }
    }
    // no seed, no children
    expect(() => Class.fromState(1, 2).spawn(1)).toThrow(/^spawn: .* has no seed sequence$/);
    expect(() => new Generator(Class.fromState(1, 2)).spawn(1)).toThrow(T);
  });
});

describe('seeds', () => {
  const seeds: [unknown, ErrorClass, string][] = [
    [-1, R, 'entropy: got -1'], [-5n, R, 'entropy: got -5n'], [1.5, R, 'entropy: got 1.5'], [NaN, R, 'entropy: got NaN'], [Infinity, R, 'entropy: got Infinity'], [2 ** 53, R, 'entropy: got 9007199254740992'],
    ['42', T, 'entropy: got "42"'], [true, T, 'entropy: got true'], [{}, T, 'entropy: got {}'], [() => 1, T, 'entropy: got function'], [new Date(0), T, 'entropy: got a Date'], [Symbol('s'), T, 'entropy: got Symbol(s)'],
    [[1, -1], R, 'entropy[1]: got -1'], [[1, 2.5], R, 'entropy[1]: got 2.5'], [['1'], T, 'entropy[0]: got "1"'], [[[1]], T, 'entropy[0]: got [1]'], [Int8Array.of(-1), R, 'entropy[0]: got -1'], [Float64Array.of(1), T, 'entropy: got Float64Array(1)'],
  ];
  test.each(seeds)('%o', (seed, Class, begins) => {
    const bad = seed as number;
    for (const run of [() => defaultRng(bad), () => new PCG32(bad), () => new PCG32DXSM(bad), () => ndrand.seed(bad)]) {
      expect(run).toThrow(Class);
      expect(run).toThrow(begins);
    }
    // the shared generator goes on where it was
    ndrand.seed(5);
    const [first, second] = [ndrand.rand(), ndrand.rand()];
    ndrand.seed(5);
    expect(ndrand.rand()).toBe(first);
    expect(() => ndrand.seed(bad)).toThrow(Class);
    expect(ndrand.rand()).toBe(second);
  });

  test('a Generator stands on a bit generator', () => {
    for (const bad of [3, null, undefined, {}, PCG32, defaultRng(1)]) expect(() => new Generator(bad as never)).toThrow(/^bitGenerator: got .*, takes /);
  });
});
