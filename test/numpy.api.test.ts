/** ndrand/numpy: NumPy's names, its way of calling, its results, its states. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { NDArray } from '../src/index.ts';
import { np as typed, stateFromJSON, stateToJSON } from '../src/numpy/index.ts';

/** Without types: what is called here is called by name. */
type Any = any; // eslint-disable-line
const np = typed as Any, { random } = np;

type Parameter = [name: string, kind: string, defaultText: string | null];
type Draw = { arguments: Record<string, unknown>; sized: boolean; values: [unknown, unknown] };
const fixture = stateFromJSON(readFileSync(new URL('fixtures/numpyApi.json', import.meta.url), 'utf8')) as {
  names: Record<string, string[]>;
  signatures: Record<string, Record<string, Parameter[]>>;
  draws: Record<'Generator' | 'RandomState', Record<string, Draw>>;
  states: Record<string, { text: string; dictionary: string; next: number[] }>;
};

/** Plain values: arrays of numbers, bigints where they are needed. */
function plain(value: unknown): unknown {
  if (value instanceof NDArray) return plain(value.toArray());
  if (Array.isArray(value)) return value.map(plain);
  return typeof value === 'bigint' && BigInt(Number(value)) === value ? Number(value) : value;
}

/** The same but for the last bits of reals. */
function expectSame(found: unknown, wanted: unknown): void {
  if (Array.isArray(wanted)) {
    expect(found).toHaveLength(wanted.length);
    wanted.forEach((each, i) => expectSame((found as unknown[])[i], each));
  } else if (typeof wanted === 'number' && !Number.isInteger(wanted)) {
    expect(Math.abs(Number(found) - wanted)).toBeLessThanOrEqual(1e-13 * Math.abs(wanted));
  } else expect(found).toEqual(plain(wanted));
}

const make: Record<string, () => Any> = { Generator: () => random.default_rng(42), RandomState: () => random.RandomState(42) };
const draws = (['Generator', 'RandomState'] as const).flatMap(of => Object.entries(fixture.draws[of]).map(([name, draw]) => ({ of, name, ...draw })));

describe('names', () => {
  // Python's own affairs
  const none = ['capsule', 'cffi', 'ctypes', 'lock', 'mtrand', 'bit_generator', 'test'];

  test.each(Object.keys(fixture.names))('%s has every public one', of => {
    const names = fixture.names[of].filter(name => of === 'Generator' || !none.includes(name));
    const on = of === 'random' ? random : of === 'SeedSequence' || of === 'BitGenerator' ? random[of].prototype : of in make ? make[of]() : random[of](1);
    const owner = of === 'SeedSequence' ? random.SeedSequence(1) : on;
    expect(names.filter(name => !(name in owner))).toEqual([]);
  });

  test('Generator has 45 and RandomState 49', () => {
    expect([fixture.names.Generator.length, fixture.names.RandomState.length]).toEqual([45, 49]);
  });

  test('classes can be called with and without new, and made things know theirs', () => {
    for (const name of ['PCG64', 'PCG64DXSM', 'MT19937', 'Philox', 'SFC64']) {
      for (const made of [random[name](1), new random[name](1)]) {
        expect(made).toBeInstanceOf(random[name]);
        expect(made).toBeInstanceOf(random.BitGenerator);
        expect(made.constructor).toBe(random[name]);
        expect(made.constructor.name).toBe(name);
      }
    }
    expect(() => random.BitGenerator(1)).toThrow(TypeError);
    expect(String(new random.Generator(random.SFC64(1)))).toBe('Generator(SFC64)');
    expect(String(random.RandomState(1))).toBe('RandomState(MT19937)');
  });

  test('dtypes have constants', () => {
    expect([np.float32, np.float64, np.int8, np.uint64, np.bool, np.intp, np.single]).toEqual(['float32', 'float64', 'int8', 'uint64', 'bool', 'int64', 'float32']);
    expect(Object.keys(np).filter(name => name.length < 4 || name === 'float')).toEqual([]);
  });
});

describe('what Python prints', () => {
  test('np.random.seed, randint', () => {
    random.seed(1111);
    expect(random.randint(0, 10)).toBe(7);
    expect([0, 3, 6].map(s => (random.seed(s), random.randint(0, 10)))).toEqual([5, 8, 9]);
    random.seed(0);
    expect(random.randint(0, 10, [2, 3]).toArray()).toEqual([[5, 0, 3], [3, 7, 9]]);
  });

  test('default_rng(42).standard_normal([2, 3])', () => {
    expect(random.default_rng(42).standard_normal([2, 3]).toArray()).toEqual([
      [0.30471707975443135, -1.0399841062404955, 0.7504511958064572], [0.9405647163912139, -1.9510351886538364, -1.302179506862318],
    ]);
  });

  test('permutation and choice of lists', () => {
    random.seed(5);
    expect(random.permutation([1, -4, 3, 2, -6])).toEqual([-6, 1, -4, 3, 2]);
    expect(random.choice(['a', 'b', 'c'], { p: [0.3, 0.6, 0.1] })).toBe('b');
    expect(random.choice(['a', 'b', 'c'], 5, { p: [0.3, 0.6, 0.1] })).toEqual(['c', 'a', 'b', 'b', 'b']);
  });

  test.each(draws)('$of $name', ({ of, name, arguments: keywords, sized, values }) => {
    const made = make[of](), call = (more: object): unknown => plain(made[name]({ ...keywords, ...more }));
    expectSame(call(sized ? { size: 3 } : {}), values[0]);
    expectSame(call({}), values[1]);
  });
});

describe('calls', () => {
  test.each(draws)('$of $name takes its arguments by position and by keyword alike', ({ of, name, arguments: given, sized }) => {
    const parameters = fixture.signatures[of][name], keywords: Record<string, unknown> = sized ? { ...given, size: [2, 3] } : given;
    const names = parameters.map(([parameter]) => parameter), positional = parameters.filter(([, kind]) => kind === 'POSITIONAL_OR_KEYWORD').length;
    const last = Math.max(-1, ...Object.keys(keywords).map(key => names.indexOf(key)));
    const expected = plain(make[of]()[name](keywords));
    for (let split = 0; split <= Math.min(last + 1, positional); split++) {
      const args: unknown[] = names.slice(0, split).map(key => keywords[key]), rest = Object.entries(keywords).filter(([key]) => names.indexOf(key) >= split);
      if (rest.length > 0) args.push(Object.fromEntries(rest));
      expect(plain(make[of]()[name](...args))).toEqual(expected);
    }
  });

  const methods = ['Generator', 'RandomState', 'random']
    .flatMap(of => Object.entries(fixture.signatures[of]).map(([name, parameters]) => ({ of, name, parameters })))
    .filter(({ parameters, name }) => name !== 'test' && !parameters.some(([, kind]) => kind.startsWith('VAR')));

  test.each(methods)('$of $name refuses what Python refuses', ({ of, name, parameters }) => {
    const on = make[of]?.() ?? random, sample = { a: 3, x: 3, size: 2 } as Record<string, unknown>;
    const positional = parameters.filter(([, kind]) => kind === 'POSITIONAL_OR_KEYWORD');
    const required = positional.filter(([, , otherwise]) => otherwise === null).map(([key]) => key);
    const all = positional.map(([key]) => sample[key] ?? 1);
    const takes = `${all.length} positional argument${all.length === 1 ? '' : 's'}`;
    expect(() => on[name](...all, 1)).toThrow(new TypeError(`${name}() takes ${takes} but ${all.length + 1} were given`));
    expect(() => on[name](...all.slice(0, required.length), { sise: 3 })).toThrow(new TypeError(`${name}() got an unexpected keyword argument 'sise'`));
    if (required.length > 0) {
      const missing = required.at(-1)!;
      expect(() => on[name](...all.slice(0, required.length - 1))).toThrow(new TypeError(`${name}() missing required argument: '${missing}' (pos ${required.length})`));
      expect(() => on[name](...all.slice(0, required.length), { [missing]: 1 })).toThrow(new TypeError(`${name}() got multiple values for argument '${missing}'`));
    }
  });

  test('keyword-only parameters are not positional', () => {
    const rng = random.default_rng(1);
    expect(() => rng.permuted([1, 2], 0)).toThrow(TypeError);
    expect(() => rng.multivariate_normal([0], [[1]], 2, 'warn', 1e-8, 'svd')).toThrow(TypeError);
    expect(() => random.SeedSequence(1, [2])).toThrow(TypeError);
    expect(random.SeedSequence(1, { spawn_key: [2] }).spawn_key).toEqual([2]);
  });

  test('null and undefined are None, where NumPy takes it', () => {
    const value = random.default_rng(1).normal();
    expect(random.default_rng(1).normal({ size: null })).toBe(value);
    expect(random.default_rng(1).normal(0, 1, null)).toBe(value);
    expect(random.default_rng(1).normal(undefined, undefined, undefined)).toBe(value);
    expect(random.default_rng(1).random(null, null, null)).toBe(random.default_rng(1).random());
    expect(random.default_rng(1).integers(5, null, 2).toArray()).toEqual(random.default_rng(1).integers(5, { size: 2 }).toArray());
    expect(() => random.default_rng(1).normal(null)).toThrow(TypeError);
    expect(() => random.default_rng(1).gamma(null)).toThrow(TypeError);
    expect(() => random.default_rng(1).integers(0, 5, 2, null)).toThrow(/^dtype: got "float64"/);
  });

  test('a rejected call draws nothing', () => {
    const rng = random.default_rng(1), rs = random.RandomState(1), before = stateToJSON(rng.bit_generator.state), legacy = stateToJSON(rs.get_state());
    for (const on of [rng, rs]) {
      for (const args of [[1, -1], [0, 1, -2], [0, 1, 2.5], [0, 1, { sise: 3 }], ['0'], [{ scale: -1 }]]) expect(() => on.normal(...args)).toThrow();
    }
    expect(stateToJSON(rng.bit_generator.state)).toBe(before);
    expect(stateToJSON(rs.get_state())).toBe(legacy);
  });

  test('out is filled, and has the dtype that is drawn', () => {
    const out = new Float32Array(4), given = new NDArray(new Float64Array(4), [2, 2], 'float64');
    expect(random.default_rng(1).random({ out, dtype: np.float32 }).data).toBe(out);
    expect(random.default_rng(1).standard_normal({ out: given })).toBe(given);
    expect(() => random.default_rng(1).random({ out })).toThrow(TypeError); // float64 is the default
    expect(() => random.default_rng(1).standard_gamma(1, { out })).toThrow(TypeError);
    expect(() => random.default_rng(1).random({ size: 3, out: given })).toThrow(RangeError);
  });

  test('shuffle gives nothing and works in place', () => {
    for (const on of [random.default_rng(1), random.RandomState(1), random]) {
      const list = [1, 2, 3, 4, 5, 6, 7];
      expect(on.shuffle(list)).toBeUndefined();
      expect(list.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    }
  });

  test.each([
    ['float32', 'f4'], ['float32', 'f'], ['float32', 'single'], ['float64', 'd'], ['float64', '<f8'], ['float64', '=f8'],
  ])("random's %s is %s too", (name, spelling) => {
    expect(random.default_rng(1).random(3, spelling)).toEqual(random.default_rng(1).random(3, name));
  });

  test.each(Object.entries({ bool: '?', int8: 'b', uint8: 'u1', int16: '<i2', uint16: 'H', int32: 'intc', uint32: 'I', int64: 'int', uint64: 'Q' }))(
    'integers of %s are those of %s', (name, spelling) => {
      const integers = (dtype: string): Any => random.default_rng(3).integers(0, 2, 5, dtype), randint = (dtype: string): Any => random.RandomState(3).randint(0, 2, 5, dtype);
      for (const draw of [integers, randint]) {
        expect(draw(spelling).dtype).toBe(name);
        expect(draw(spelling)).toEqual(draw(name));
      }
    },
  );

  test.each(['f16', '>f8', 'foo', '', 'Float32', 3, {}])('no dtype: %o', dtype => {
    expect(() => random.default_rng(1).random(3, { dtype })).toThrow(/^dtype: got/);
    expect(() => random.default_rng(1).integers(3, { dtype })).toThrow(/^dtype: got/);
  });
});

describe('numbers', () => {
  test('bounds and counts lose their fractions, as in NumPy', () => {
    expect(random.default_rng(1).integers(0.9, 10.9)).toBe(random.default_rng(1).integers(0, 10));
    expect(random.RandomState(1).randint({ low: 10.5 })).toBe(random.RandomState(1).randint(10));
    expect(random.RandomState(1).binomial(10.5, 0.5)).toBe(random.RandomState(1).binomial(10, 0.5));
    expect(random.default_rng(1).negative_binomial(2.5, 0.5, 20)).not.toEqual(random.default_rng(1).negative_binomial(2, 0.5, 20));
    for (const bad of [NaN, Infinity]) expect(() => random.default_rng(1).integers(bad)).toThrow(RangeError);
  });

  test('bigints are numbers where NumPy takes Python integers', () => {
    expect(random.default_rng(1).normal(2n ** 60n, 1)).toBe(random.default_rng(1).normal(2 ** 60, 1));
    expect(random.default_rng(1).integers(2n ** 62n, 2n ** 63n)).toBeGreaterThanOrEqual(2 ** 62);
  });

  test('base is ndrand’s own Generator on the same stream', () => {
    const rng = random.default_rng(1), twin = random.default_rng(1);
    expect([rng.random(), rng.base.random(), rng.random()]).toEqual(twin.random(3).toArray());
  });
});

describe('seeds', () => {
  const first = (seed: unknown): number => random.default_rng(seed).random();

  test('of every kind', () => {
    const big = 2n ** 100n + 7n;
    expect(first(big)).toBe(first([7, 0, 0, 16]));
    expect(first([1, [2, 3]])).toBe(first([1, 2, 3]));
    expect(first(Uint32Array.of(1, 2, 3))).toBe(first([1, 2, 3]));
    expect(first(new NDArray(Int32Array.of(1, 2, 3), [3], 'int32'))).toBe(first([1, 2, 3]));
    expect(first(random.SeedSequence([1, 2, 3]))).toBe(first([1, 2, 3]));
    expect(first({ seed: 42 })).toBe(0.7739560485559633);
    expect(first(null)).not.toBe(first(null));
    const rng = random.default_rng(3);
    expect(random.default_rng(rng)).toBe(rng);
    const bits = random.Philox(3);
    expect(random.default_rng(bits).bit_generator).toBe(bits);
    const rs = random.RandomState(3);
    expect(random.default_rng(rs).bit_generator).toBe(rs._bit_generator);
    for (const bad of [-1, 1.5, 'seed', [1, -2], true, 2 ** 60, random.PCG64]) expect(() => first(bad)).toThrow();
  });

  test('sequences', () => {
    const made = random.SeedSequence(42);
    expect([...made.generate_state(2)]).toEqual([3444837047, 2669555309]);
    expect(made.generate_state(1, 'u8')).toBeInstanceOf(BigUint64Array);
    const [, child] = made.spawn({ n_children: 2 });
    expect(child).toBeInstanceOf(random.SeedSequence);
    expect([child.entropy, child.spawn_key, child.pool_size, child.n_children_spawned]).toEqual([42, [1], 4, 0]);
    expect(made.state).toEqual({ entropy: 42, spawn_key: [], pool_size: 4, n_children_spawned: 2 });
    expect(random.SeedSequence(made.state)).toMatchObject({ n_children_spawned: 2 });
    expect(child.spawn(1)[0].spawn_key).toEqual([1, 0]);
  });

  test('bit generators spawn, jump and advance', () => {
    const bits = random.PCG64(42), [child] = bits.spawn(1);
    expect(child).toBeInstanceOf(random.PCG64);
    expect(child.seed_seq.spawn_key).toEqual([0]);
    expect(random.Generator(random.PCG64(42)).spawn(1)[0].random()).toBe(random.Generator(child).random());
    expect(random.PCG64(1).advance(3)).toBeInstanceOf(random.PCG64);
    expect(plain(random.PCG64(1).advance(3).random_raw(2))).toEqual([17499493567006797778n, 5752274989370667689n]);
    expect(random.PCG64(1).random_raw(0).shape).toEqual([0]);
    expect(random.MT19937(1).jumped().random_raw()).toBe(1649717886);
    expect(random.PCG64(1).random_raw(3, false)).toBeUndefined();
    expect(random.PCG64(1).random_raw({ output: false })).toBeUndefined();
    const philox = random.Philox({ counter: 5, key: 2n ** 100n });
    expect(philox.state.state).toEqual({ counter: BigUint64Array.of(5n, 0n, 0n, 0n), key: BigUint64Array.of(0n, 2n ** 36n) });
    expect(philox.seed_seq).toBeNull();
    expect(() => random.Philox(1, { key: 2 })).toThrow(RangeError);
    expect(random.SFC64(1).jumped).toBeUndefined();
    expect(random.MT19937(1).advance).toBeUndefined();
    expect(random.RandomState(1)._bit_generator.seed_seq).toBeNull();
  });
});

describe('RandomState', () => {
  test('stands on any bit generator, and shares it', () => {
    const bits = random.SFC64(7), rs = random.RandomState(bits);
    expect(rs._bit_generator).toBe(bits);
    expect(rs.rand()).toBe(random.Generator(random.SFC64(7)).random());
    expect(() => rs.seed(1)).toThrow(TypeError);
    expect(rs.get_state()).toMatchObject({ bit_generator: 'SFC64', has_gauss: 0, gauss: 0 });
  });

  test('chooses from one dimension, where Generator takes slices', () => {
    const table = new NDArray(Int32Array.of(1, 2, 3, 4), [2, 2], 'int32');
    for (const a of [table, [[1, 2], [3, 4]]]) {
      expect(() => random.RandomState(1).choice(a, 2)).toThrow(RangeError);
      expect(random.default_rng(1).choice(a, 2)).toBeDefined();
    }
    expect(random.default_rng(1).choice(table, { size: 3, axis: 1 }).shape).toEqual([2, 3]);
  });

  test('keeps its spare normal to itself', () => {
    const a = random.RandomState(1), b = random.RandomState(1), values: number[] = [], others: number[] = [];
    for (let i = 0; i < 5; i++) {
      values.push(a.randn());
      others.push(b.randn());
    }
    expect(values).toEqual(random.RandomState(1).randn(5).toArray());
    expect(others).toEqual(values);
    expect(a.get_state()[3]).toBe(1);
    expect(a.get_state(0)).toEqual(a.get_state({ legacy: false }));
    a.seed(1);
    expect(a.get_state().slice(3)).toEqual([0, 0]);
    expect(a.randn()).toBe(values[0]);
  });

  test('the module functions are one on MT19937, on another bit generator where that is set', () => {
    const { seed, rand, get_bit_generator, set_bit_generator } = random, before = get_bit_generator();
    seed(3);
    expect(rand()).toBe(random.RandomState(3).rand());
    const bits = random.PCG64(5);
    set_bit_generator(bits);
    try {
      expect(get_bit_generator()).toBe(bits);
      expect(random.rand(2, 3).toArray()).toEqual(random.default_rng(5).random([2, 3]).toArray());
      seed(5);
      expect(random.random_sample()).toBe(random.default_rng(5).random());
    } finally {
      set_bit_generator({ bitgen: before });
    }
    expect(() => set_bit_generator(3)).toThrow(TypeError);
    expect(random.ranf).toBe(random.random_sample);
  });
});

describe('states', () => {
  const generators = ['PCG64', 'PCG64DXSM', 'MT19937', 'Philox', 'SFC64'];

  test.each(generators)('%s goes on from what Python wrote', name => {
    const bits = random[name](0), { text, next } = fixture.states[name];
    bits.state = stateFromJSON(text);
    expect(JSON.parse(stateToJSON(bits.state))).toEqual(JSON.parse(text));
    expect(stateToJSON(bits.state).replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    const rng = random.Generator(bits);
    expect([...rng.random(3, 'f4').data, ...rng.random(3).data]).toEqual(next);
  });

  test('RandomState does, from the tuple and from the dictionary', () => {
    const { text, dictionary, next } = fixture.states.RandomState;
    for (const from of [text, dictionary]) {
      const rs = random.RandomState(0);
      rs.set_state(stateFromJSON(from));
      expect(stateToJSON(rs.get_state()).replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      expect(stateToJSON(rs.get_state(false)).replace(/\s/g, '')).toBe(dictionary.replace(/\s/g, ''));
      expect([...rs.randn(3).data, ...rs.rand(3).data]).toEqual(next);
    }
  });

  test('are of types like NumPy has', () => {
    const { state } = random.MT19937(1);
    expect(state.state.key).toBeInstanceOf(Uint32Array);
    expect(state.state.key).toHaveLength(624);
    expect(random.RandomState(1).get_state()[1]).toBeInstanceOf(Uint32Array);
    expect(random.SFC64(1).state.state.state).toBeInstanceOf(BigUint64Array);
    const bits = random.MT19937(2);
    bits.state = random.RandomState(1).get_state();
    expect(bits.random_raw()).toBe(random.RandomState(1)._bit_generator.random_raw());
  });

  test.each(generators)('a damaged one is refused, and %s stays', name => {
    const bits = random[name](1), good = bits.state, text = stateToJSON(good);
    const rounded = JSON.parse(fixture.states[name].text);
    if (name !== 'MT19937') expect(() => { bits.state = rounded; }).toThrow(/past 2\^53 as a bigint/);
    const inner = { ...good.state, key: 3, state: 1.5 };
    for (const bad of [null, 3, 'x', [], {}, { ...good, bit_generator: 'PCG32' }, { ...good, state: {} }, { ...good, state: 3 }, { ...good, state: inner }]) {
      expect(() => { bits.state = bad; }).toThrow();
    }
    if (name !== 'MT19937') {
      expect(() => { bits.state = { ...good, uinteger: 2 ** 32 }; }).toThrow(RangeError);
      expect(() => { bits.state = { ...good, has_uint32: undefined }; }).toThrow(TypeError);
    }
    expect(stateToJSON(bits.state)).toBe(text);
  });

  test('so are RandomState’s', () => {
    const rs = random.RandomState(1), good = rs.get_state(), text = stateToJSON(good);
    const tuples = [['PCG64', good[1], 3], good.slice(0, 4), [...good.slice(0, 3), 1, 'x'], ['MT19937', good[1].slice(1), 3]];
    for (const bad of [3, null, ...tuples, { bit_generator: 'MT19937' }, { state: {} }]) {
      expect(() => rs.set_state(bad)).toThrow();
    }
    expect(stateToJSON(rs.get_state())).toBe(text);
    rs.set_state({ state: good });
    rs.set_state(good.slice(0, 3));
  });

  test('JSON: integers stay whole, other values as they are', () => {
    expect(stateFromJSON('{"a": 9007199254740993, "b": [1, -9007199254740993, 1.5e300], "c": "12345678901234567890", "d\\"1": null}')).toEqual(
      { a: 9007199254740993n, b: [1, -9007199254740993n, 1.5e300], c: '12345678901234567890', 'd"1': null });
    expect(stateFromJSON('9007199254740991')).toBe(9007199254740991);
    expect(stateToJSON({ a: 2n ** 70n, b: [1n, 'x"1n'], c: Uint32Array.of(1, 2), d: new NDArray(BigUint64Array.of(2n ** 63n), [1], 'uint64') })).toBe(
      '{"a":1180591620717411303424,"b":[1,"x\\"1n"],"c":[1,2],"d":[9223372036854775808]}');
    expect(() => stateFromJSON('{')).toThrow(SyntaxError);
    expect(() => stateFromJSON(3 as never)).toThrow(TypeError);
    expect(() => stateToJSON(3 as never)).toThrow(TypeError);
  });

  const python = (code: string, input = '') => spawnSync('python3', ['-c', code], { input, encoding: 'utf8' });
  const hasNumPy = python('import numpy').status === 0;

  test.skipIf(!hasNumPy).each([...generators, 'RandomState'])('%s goes to Python and back', name => {
    const legacy = name === 'RandomState', made = random[name](77), rng = legacy ? made : random.Generator(made);
    if (legacy) made.randn(3);
    else rng.random(3, 'f4');
    const { status, stdout, stderr } = python(`
import json, sys
import numpy as np
made = np.random.${name}(0)
state = json.load(sys.stdin)
${legacy ? 'made.set_state(tuple(state))' : 'made.state = state'}
rng = made if ${legacy ? 'True' : 'False'} else np.random.Generator(made)
drawn = [${legacy ? 'rng.randn(3).tolist(), rng.rand(3).tolist()' : "rng.random(3, dtype='f4').tolist(), rng.random(3).tolist()"}]
print(json.dumps(drawn))
print(json.dumps(${legacy ? 'made.get_state()' : 'made.state'}, default=lambda a: a.tolist()))
`, stateToJSON(legacy ? made.get_state() : made.state));
    expect([stderr, status]).toEqual(['', 0]);
    const [drawn, after] = stdout.split('\n'), own = legacy ? [rng.randn(3), rng.rand(3)] : [rng.random(3, 'f4'), rng.random(3)];
    expect(own.map(plain)).toEqual(JSON.parse(drawn));
    const back = random[name](0);
    if (legacy) back.set_state(stateFromJSON(after));
    else back.state = stateFromJSON(after);
    expect((legacy ? back : random.Generator(back)).random(5)).toEqual(rng.random(5));
  });
});
