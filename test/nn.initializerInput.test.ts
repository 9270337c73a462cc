/** Every way an initialiser refuses its arguments: the parameter named, nothing drawn, nothing written. */
import { describe, expect, test } from 'vitest';
import { defaultRng } from '../src/generator.ts';
import { array, type NDArray } from '../src/ndarray.ts';
import * as nn from '../src/nn/index.ts';
import { seed, sharedGenerator } from '../src/random.ts';
import { jsonOf, R, refuses, T, type ErrorClass, type Row } from './refuses.ts';

type Call = (...args: unknown[]) => unknown;
/** Every function as JavaScript may call it. */
const f = nn as unknown as Record<string, Call>;

/** What each takes beside rng, dtype and out; options it needs. */
const own: Record<string, string[]> = {
  uniform: ['low', 'high'], normal: ['mean', 'std'], xavierUniform: ['gain', 'layout'], xavierNormal: ['gain', 'layout'],
  heUniform: ['mode', 'nonlinearity', 'a', 'layout'], heNormal: ['mode', 'nonlinearity', 'a', 'layout'], lecunUniform: ['layout'], lecunNormal: ['layout'],
  varianceScaling: ['scale', 'mode', 'distribution', 'layout'], zeros: [], ones: [], constant: ['value'], sparse: ['sparsity', 'std', 'layout'], eye: ['gain'], dirac: ['groups', 'layout'],
};
const needed: Record<string, object> = { constant: { value: 1 }, sparse: { sparsity: 0.5 } };
const all = Object.keys(own);
const byFans = ['xavierUniform', 'xavierNormal', 'heUniform', 'heNormal', 'lecunUniform', 'lecunNormal', 'varianceScaling'];
const having = (option: string) => all.filter(name => own[name].includes(option));
const shapeOf = (name: string) => (name === 'dirac' ? [3, 2, 1] : [3, 2]);

/** A row of one call with these options, on the generator tested. */
const row = (name: string, options: object, Class: ErrorClass, begins: string, shape: unknown = shapeOf(name)): Row =>
  [rng => f[name](shape, { ...needed[name], ...options, rng }), Class, begins];

/** No number at all, and how a message shows it. */
const noNumber: [unknown, string][] = [
  ['1', '"1"'], ['', '""'], [null, 'null'], [1n, '1n'], [true, 'true'], [[1], '[1]'], [{}, '{}'], [() => 1, 'function'], [Symbol('s'), 'Symbol(s)'], [new Date(0), 'a Date'],
  [new Number(1), 'a Number'], [new Float32Array(1), 'Float32Array(1)'], [array([1]), 'a NDArray'], [Object.create(null), ''], [new Proxy({}, {}), '{}'],
];
const notFinite: [unknown, string][] = [[NaN, 'NaN'], [Infinity, 'Infinity'], [-Infinity, '-Infinity']];

describe('shape', () => {
  const bad: [shape: unknown, Class: ErrorClass, begins: string][] = [
    [null, T, 'shape: got null'], ['2', T, 'shape: got "2"'], [true, T, 'shape: got true'], [2n, T, 'shape: got 2n'],
    [new Int32Array([3, 2]), T, 'shape: got Int32Array(2)'], [array([3, 2]), T, 'shape: got a NDArray'], [{ shape: [3, 2] }, T, 'shape: got {shape}'], [() => [3, 2], T, 'shape: got function'],
    [new Set([3, 2]), T, 'shape: got a Set'], [Symbol('s'), T, 'shape: got Symbol(s)'], [{ length: 2, 0: 3, 1: 2 }, T, 'shape: got {0, 1, length}'],
    [-1, R, 'shape: got -1'], [1.5, R, 'shape: got 1.5'], [NaN, R, 'shape: got NaN'], [Infinity, R, 'shape: got Infinity'], [2 ** 53, R, 'shape: got 9007199254740992'],
    [[3, -1], R, 'shape[1]: got -1'], [[0.5, 2], R, 'shape[0]: got 0.5'], [[3, NaN], R, 'shape[1]: got NaN'], [[3, Infinity], R, 'shape[1]: got Infinity'], [[0, -1], R, 'shape[1]: got -1'],
    [['3', 2], T, 'shape[0]: got "3"'], [[3, null], T, 'shape[1]: got null'], [[3, undefined], T, 'shape[1]: got undefined'], [[3, , 2], T, 'shape[1]: got undefined'],
    [[[3, 2]], T, 'shape[0]: got [3, 2]'], [[3n, 2], T, 'shape[0]: got 3n'], [[3, true], T, 'shape[1]: got true'], [new Array(2), T, 'shape[0]: got undefined'],
    [[2 ** 16, 2 ** 16, 2], R, 'shape: got [65536, 65536, 2]'], [[2 ** 53 - 1, 2], R, 'shape: got [9007199254740991, 2]'],
  ];
  for (const name of all) refuses(name, bad.map(([shape, Class, begins]) => row(name, {}, Class, begins, shape)));
  refuses('none', all.flatMap((name): Row[] => [
    [() => f[name](), T, name === 'constant' ? 'value: got undefined' : 'shape: got undefined'], [rng => f[name](undefined, { ...needed[name], rng }), T, 'shape: got undefined'],
    [(rng, { f32 }) => f[name](undefined, { ...needed[name], rng, out: f32 }), T, 'shape: got undefined'],
  ]));

  const thin: [unknown, string][] = [[[], 'shape: got []'], [[5], 'shape: got [5]'], [[0], 'shape: got [0]']], count: [unknown, string][] = [[5, 'shape: got 5'], [0, 'shape: got 0']];
  const empty: [unknown, string][] = [[[0, 3], 'shape: got [0, 3]'], [[3, 0], 'shape: got [3, 0]'], [[3, 3, 0], 'shape: got [3, 3, 0]'], [[0, 0], 'shape: got [0, 0]'], [[0, 3, 2, 2], 'shape: got [0, 3, 2, 2]']];
  for (const name of byFans) {
    // a number is a shape of one dimension
    const flat: typeof thin = [[5, 'shape: got [5]'], [0, 'shape: got [0]']];
    refuses(`${name}, too few dimensions or one of 0`, (['oi', 'io'] as const).flatMap(layout => [...thin, ...flat, ...empty].map(([shape, begins]) => row(name, { layout }, R, begins, shape))));
    refuses(`${name} into out`, [[(rng, { f32 }) => f[name](6, { rng, out: f32 }), R, 'shape: got [6]'], [(rng, { f64 }) => f[name]([0, 3], { rng, out: f64 }), R, 'out: got Float64Array(6)']]);
  }
  for (const name of ['eye', 'sparse']) refuses(`${name}, not two dimensions`, [...thin, ...count, [[2, 3, 1], 'shape: got [2, 3, 1]'] as const].map(([shape, begins]) => row(name, {}, R, begins, shape)));
  refuses('dirac, not three to five', [...thin, ...count, [[3, 3], 'shape: got [3, 3]'] as const, [[1, 1, 1, 1, 1, 1], 'shape: got [1, 1, 1, 1, 1, 1]'] as const].map(([shape, begins]) => row('dirac', {}, R, begins, shape)));

  test('fans', () => {
    for (const [shape, Class, begins] of [...bad, ...[...thin, ...count, ...empty].map(([shape, begins]) => [shape, R, begins] as const)]) {
      expect(() => f.fans(shape)).toThrow(Class);
      expect(() => f.fans(shape, 'io')).toThrow(begins);
    }
    for (const layout of [null, 'OI', '', 'hwio', 1, ['oi'], {}, Symbol('oi')]) expect(() => f.fans([2, 3], layout)).toThrow(/^layout: got .*, takes one of oi, io$/);
  });
});

describe('names', () => {
  const wrong: Record<string, string[]> = {
    layout: ['OI', 'OIHW', 'hwio', '', ' oi', 'channelsLast', '__proto__'],
    mode: ['fan_in', 'FanIn', 'fan', '', 'toString', 'fanin'],
    distribution: ['normal', 'truncated_normal', 'TruncatedNormal', '', 'uniform ', 'constructor'],
    nonlinearity: ['ReLU', 'gelu', '', 'leaky', 'leaky-relu', 'leaky_Relu', 'LEAKY_RELU', 'conv_2d', 'conv_transpose_2d', '_relu', '__proto__', 'toString', 'hasOwnProperty', 'constructor', 'a'],
  };
  for (const [option, values] of Object.entries(wrong)) {
    for (const name of having(option)) {
      refuses(`${name} ${option}`, [
        ...values.map(value => row(name, { [option]: value }, R, `${option}: got ${JSON.stringify(value)}, takes one of `)),
        ...[...noNumber.slice(2), [1, '1'] as const, [NaN, 'NaN'] as const, [0, '0'] as const, [false, 'false'] as const].map(([value, shown]) => row(name, { [option]: value }, T, `${option}: got ${shown}`)),
        ...[['oi'], ['relu'], ['fanIn'], ['leakyRelu']].map(value => row(name, { [option]: value }, T, `${option}: got ["${value[0]}"], takes one of `)),
        row(name, { [option]: { toString: () => 'leaky_relu' } }, T, `${option}: got {toString}, takes one of `),
      ]);
    }
  }

  test('calculateGain', () => {
    for (const name of wrong.nonlinearity) expect(() => f.calculateGain(name)).toThrow(new RegExp(`^nonlinearity: got ${JSON.stringify(name)}, takes one of linear, .*leakyRelu$`));
    for (const [value] of [...noNumber.slice(2), [undefined], [1]]) expect(() => f.calculateGain(value)).toThrow(/^nonlinearity: got .*, takes one of linear, /);
  });
});

describe('the slope', () => {
  for (const name of ['heNormal', 'heUniform']) {
    refuses(name, [
      ...noNumber.flatMap(([a, shown]) => [row(name, { a }, T, `a: got ${shown}`), row(name, { a, nonlinearity: 'leaky_relu' }, T, `a: got ${shown}`)]),
      ...notFinite.map(([a, shown]) => row(name, { a }, R, `a: got ${shown}, takes a finite number`)),
      // a slope so steep that nothing is left of the gain
      ...[1e60, -1e60, 1e200, Number.MAX_VALUE].map(a => row(name, { a }, R, `a: got ${a}, takes one that gives weights within float32`)),
      row(name, { a: 1e200, dtype: 'float64' }, R, 'a: got 1e+200, takes one that gives weights within float64'),
      ...['relu', 'linear', 'tanh', 'conv_transpose1d', 'selu'].flatMap(nonlinearity => [
        row(name, { nonlinearity, a: 0.1 }, R, `a: got 0.1, takes nothing with ${nonlinearity}`), row(name, { nonlinearity, a: 0 }, R, `a: got 0, takes nothing with ${nonlinearity}`),
      ]),
      row(name, { nonlinearity: 'relu', a: null }, T, 'a: got null'),
      row(name, { nonlinearity: 'gelu', a: 1 }, R, 'nonlinearity: got "gelu"'),
      row(name, { negativeSlope: 0.1 }, T, 'options: got the unknown option "negativeSlope"'),
    ]);
  }
  test('calculateGain', () => {
    for (const [a] of noNumber) expect(() => f.calculateGain('leakyRelu', a)).toThrow(/^a: got .*, takes a finite number$/);
    for (const [a] of notFinite) expect(() => f.calculateGain('leaky_relu', a)).toThrow(new R(`a: got ${String(a)}, takes a finite number`));
    expect(() => f.calculateGain('relu', 0.1)).toThrow(new R('a: got 0.1, takes nothing with relu: it is the slope of leakyRelu'));
    expect(() => f.calculateGain('relu', 'x')).toThrow(T);
  });
});

describe('numbers', () => {
  const wide: [unknown, string][] = [[1e39, '1e+39'], [-1e39, '-1e+39'], [3.5e38, '3.5e+38'], [Number.MAX_VALUE, '1.7976931348623157e+308']];
  const options = { gain: ['xavierUniform', 'xavierNormal', 'eye'], scale: ['varianceScaling'], std: ['normal', 'sparse'], mean: ['normal'], low: ['uniform'], high: ['uniform'], value: ['constant'] };
  for (const [option, functions] of Object.entries(options)) {
    for (const name of functions) {
      refuses(`${name} ${option}`, [
        ...noNumber.map(([value, shown]) => row(name, { [option]: value }, T, `${option}: got ${shown}`)),
        ...notFinite.map(([value, shown]) => row(name, { [option]: value }, R, `${option}: got ${shown}, takes a finite number`)),
        ...notFinite.map(([value, shown]) => row(name, { [option]: value, dtype: 'float64' }, R, `${option}: got ${shown}, takes a finite number`)),
        ...(option === 'scale' || option === 'low' || option === 'high' ? [] : wide.filter(([value]) => option !== 'std' || (value as number) > 0)
          .filter(([value]) => !name.startsWith('xavier') || (value as number) > 0).map(([value, shown]) => row(name, { [option]: value }, R, `${option}: got ${shown}`))),
      ]);
    }
  }

  for (const name of ['xavierUniform', 'xavierNormal', 'varianceScaling']) {
    const option = name === 'varianceScaling' ? 'scale' : 'gain', distributions = name === 'varianceScaling' ? [{}, { distribution: 'uniform' }, { distribution: 'untruncatedNormal' }] : [{}];
    refuses(`${name}, not above 0 or out of the dtype`, distributions.flatMap(distribution => [
      ...[0, -0, -1, -1e-300].map(value => row(name, { ...distribution, [option]: value }, R, `${option}: got ${String(value)}, takes a number above 0`)),
      row(name, { ...distribution, [option]: name === 'varianceScaling' ? 1e80 : 3e38 }, R, `${option}: got `, [1, 1]),
      row(name, { ...distribution, [option]: 1e-100 }, R, `${option}: got 1e-100, takes one that gives weights within float32`),
      row(name, { ...distribution, [option]: 5e-324, dtype: 'float64' }, R, `${option}: got 5e-324, takes one that gives weights within float64`, [9, 9]),
    ]));
  }

  refuses('bounds', [
    row('uniform', { low: 1 }, R, 'low: got 1, takes a number below high, 1'), row('uniform', { low: 2, high: 1 }, R, 'low: got 2'), row('uniform', { low: 0, high: 0 }, R, 'low: got 0'),
    row('uniform', { high: 0 }, R, 'low: got 0'), row('uniform', { high: -1 }, R, 'low: got 0'), row('uniform', { low: 0, high: -0 }, R, 'low: got 0'),
    row('uniform', { low: -3e38, high: 3e38 }, R, 'high: got 3e+38, takes bounds and a difference within float32'), row('uniform', { high: 1e39 }, R, 'high: got 1e+39'),
    row('uniform', { low: -1e308, high: 1e308, dtype: 'float64' }, R, 'high: got 1e+308'), row('uniform', { low: 1 + 1e-12, high: 1 + 2e-12 }, R, 'low: got 1.000000000001'),
    row('normal', { std: -1 }, R, 'std: got -1, takes a number of at least 0'), row('normal', { std: -1e-320 }, R, 'std: got -1e-320'),
    row('sparse', { std: -0.01 }, R, 'std: got -0.01, takes a number of at least 0'),
  ]);

  refuses('constant without a value', [
    [rng => f.constant([2], { rng }), T, 'value: got undefined, takes a finite number'], [rng => f.constant([2], { rng, value: undefined }), T, 'value: got undefined'],
    [() => f.constant([2]), T, 'value: got undefined'], [() => f.constant([2], 5), T, 'options: got 5'],
  ]);
  refuses('sparse', [
    [rng => f.sparse([2, 2], { rng }), T, 'sparsity: got undefined, takes a number in [0, 1]'], [rng => f.sparse([2, 2], { rng, sparsity: undefined }), T, 'sparsity: got undefined'],
    [() => f.sparse([2, 2]), T, 'sparsity: got undefined'], [() => f.sparse([2, 2], 0.5), T, 'options: got 0.5'],
    ...noNumber.map(([sparsity, shown]) => row('sparse', { sparsity }, T, `sparsity: got ${shown}`)),
    ...([[-0.1, '-0.1'], [1.0000001, '1.0000001'], [9, '9'], ...notFinite] as [unknown, string][]).map(([sparsity, shown]) => row('sparse', { sparsity }, R, `sparsity: got ${shown}, takes a number in [0, 1]`)),
  ]);
  refuses('groups', [
    ...noNumber.map(([groups, shown]) => row('dirac', { groups }, T, `groups: got ${shown}`)),
    ...([[0, '0'], [-0, '0'], [-1, '-1'], [1.5, '1.5'], [2, '2'], [4, '4'], [6, '6'], ...notFinite] as [unknown, string][])
      .map(([groups, shown]) => row('dirac', { groups }, R, `groups: got ${shown}, takes a positive integer that divides the 3 output channels`)),
    row('dirac', { groups: 3, layout: 'io' }, R, 'groups: got 3, takes a positive integer that divides the 2 output channels', [1, 3, 2]),
    row('dirac', { groups: 0 }, R, 'groups: got 0', [0, 3, 2]),
  ]);
});

describe('dtype, out and rng', () => {
  for (const name of all) {
    const shape = shapeOf(name), into = (out: unknown, options = {}) => (rng: unknown) => f[name](shape, { ...needed[name], ...options, out, rng });
    refuses(`${name} dtype`, [
      ...['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'bool', 'float16', 'Float32', 'f4', '', '__proto__'].map(dtype => row(name, { dtype }, R, `dtype: got ${JSON.stringify(dtype)}`)),
      ...([[null, 'null'], [4, '4'], [Float32Array, 'function Float32Array'], [['float32'], '["float32"]'], [Symbol('float32'), 'Symbol(float32)']] as const).map(([dtype, shown]) => row(name, { dtype }, T, `dtype: got ${shown}`)),
    ]);
    refuses(`${name} out`, [
      ...(['u8', 'i8', 'i32', 'i64', 'u64', 'mask', 'bytes', 'clamped', 'list', 'view', 'buffer'] as const).map((key): Row => [(rng, outs) => into(outs[key])(rng), T, 'out: got ']),
      ...[null, 'float32', 5, true, {}, { length: 6 }, () => 0, Symbol('o')].map((out): Row => [into(out), T, 'out: got ']),
      [(rng, { f32 }) => into(f32, { dtype: 'float64' })(rng), T, 'out: got Float32Array(6)'],
      [(rng, { f64 }) => into(f64, { dtype: 'float32' })(rng), T, 'out: got Float64Array(6)'],
      [(rng, { matrix }) => into(matrix, { dtype: 'float32' })(rng), T, 'out: got a NDArray'],
      [(rng, { f32 }) => into(f32.subarray(1))(rng), R, 'out: got Float32Array(5)'],
      [into(new Float64Array(7)), R, 'out: got Float64Array(7)'],
      [into(new Float32Array(0)), R, 'out: got Float32Array(0)'],
      // a matrix of [2, 3]: of as many elements, of another shape
      [(rng, { matrix }) => into(matrix)(rng), R, 'out: got a NDArray'],
    ]);
    refuses(`${name} rng`, ([[null, 'null'], [42, '42'], ['rng', '"rng"'], [Math.random, 'function random'], [{}, '{}'], [defaultRng(1).bitGenerator, 'a PCG32DXSM'], [nn, ''], [true, 'true']] as const)
      .map(([rng, shown]): Row => [() => f[name](shape, { ...needed[name], rng }), T, `rng: got ${shown}`]));
  }
});

describe('options', () => {
  for (const name of all) {
    const shape = shapeOf(name), unknown = ['seed', 'size', 'Gain', 'fan_in', 'axis', 'gian', ...Object.values(own).flat()].filter((option, i, list) => !own[name].includes(option) && list.indexOf(option) === i);
    refuses(`${name} of its own`, unknown.map(option => row(name, { [option]: undefined }, T, `options: got the unknown option "${option}", takes rng, dtype, out`)));
    refuses(`${name} that are none`, ([
      [null, 'null'], [[], '[]'], [[0.5], '[0.5]'], [new Map([['gain', 2]]), 'a Map'], [new Set(), 'a Set'], [() => ({}), 'function'], ['float32', '"float32"'], [0.5, '0.5'], [true, 'true'], [1n, '1n'],
      [new Float32Array(6), 'Float32Array(6)'], [array([1]), 'a NDArray'], [new Date(0), 'a Date'], [Symbol('s'), 'Symbol(s)'], [new Proxy([], {}), '[]'],
    ] as const).map(([options, shown]): Row => [() => f[name](shape, options), T, `options: got ${shown}`]));
  }

  test('a good out and a bad option: neither drawn nor written', () => {
    for (const name of all.filter(each => own[each].length > 0)) {
      for (const option of own[name]) {
        const out = new Float32Array(6).fill(9), rng = defaultRng(1), state = jsonOf(rng);
        expect(() => f[name](shapeOf(name), { ...needed[name], out, rng, [option]: null })).toThrow(new RegExp(`^${option}: got null`));
        expect([...out]).toEqual([9, 9, 9, 9, 9, 9]);
        expect(jsonOf(rng)).toBe(state);
      }
    }
  });

  test('the shared generator stays as it is too', () => {
    seed(5);
    const rng = sharedGenerator(), state = jsonOf(rng);
    for (const name of all) {
      expect(() => f[name]('3', needed[name])).toThrow(T);
      expect(() => f[name](shapeOf(name), { ...needed[name], dtype: 'int8' })).toThrow(R);
      for (const option of own[name]) expect(() => f[name](shapeOf(name), { ...needed[name], [option]: null })).toThrow(T);
    }
    expect(sharedGenerator()).toBe(rng);
    expect(jsonOf(rng)).toBe(state);
  });

  test('inherited, frozen and null-prototype options count as others do', () => {
    const expected = nn.heNormal([3, 2], { mode: 'fanOut', rng: defaultRng(1) }).toArray();
    class Options { mode = 'fanOut'; rng = defaultRng(1); }
    for (const options of [Object.freeze({ mode: 'fanOut', rng: defaultRng(1) }), Object.assign(Object.create(null), { mode: 'fanOut', rng: defaultRng(1) }), Object.create({ mode: 'fanOut', rng: defaultRng(1) }), new Options()]) {
      expect((f.heNormal([3, 2], options) as NDArray).toArray()).toEqual(expected);
    }
    expect(() => f.heNormal([3, 2], Object.create({ mod: 'fanOut' }))).toThrow('options: got the unknown option "mod"');
  });
});

test('the package built says the same, a symbol included: its minifier takes liberties with text', async () => {
  const built = '../dist/nn.js', { heNormal } = await import(/* @vite-ignore */ built) as Record<string, Call>;
  for (const [value, shown] of noNumber) expect(() => heNormal([3, 2], { a: value })).toThrow(`a: got ${shown}`);
  expect(() => heNormal([3, 2], { layout: Symbol('io') })).toThrow(new T('layout: got Symbol(io), takes one of oi, io'));
  expect(() => heNormal([3, 2], { rng: Symbol() })).toThrow(new T('rng: got Symbol(), takes a Generator'));
  expect(() => heNormal(-1)).toThrow(new R('shape: got -1, takes a non-negative integer'));
});
