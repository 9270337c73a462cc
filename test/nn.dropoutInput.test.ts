/** What dropout and masks refuse: by name, with nothing drawn and nothing written. The layer's own are in nn.layerInput.test.ts. */
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { show } from '../src/errors.ts';
import { NDArray } from '../src/ndarray.ts';
import { start } from './draws.ts';
import { dropout, dropoutMask, layer, lost, noFloats, transferred, unpackMask } from './nn.loose.ts';
import { expectSame } from './nn.reference.ts';
import { R, refuses, T, type ErrorClass, type Row } from './refuses.ts';

type Options = Record<string, unknown>;

/** Every function that takes keep or rate, with good arguments but for those. */
const takers: [string, (options: Options) => unknown][] = [
  ['dropout float32', options => dropout(new Float32Array(6), options)],
  ['dropout float64', options => dropout(new NDArray(new Float64Array(6), [2, 3], 'float64'), options)],
  ['dropoutMask', options => dropoutMask([2, 3], options)],
  ['dropoutMask bits', options => dropoutMask(6, { dtype: 'bits', ...options })],
  ['dropoutMask scaled', options => dropoutMask(6, { dtype: 'float32', scaled: true, ...options })],
  ['Dropout', options => layer(options)],
];

describe('keep and rate', () => {
  const bad: [unknown, ErrorClass, string][] = [
    [NaN, R, 'NaN'], [-1e-300, R, '-1e-300'], [1 + 2 ** -52, R, '1.0000000000000002'], [Infinity, R, 'Infinity'], [-1, R, '-1'], [2, R, '2'],
    ['0.5', T, '"0.5"'], [1n, T, '1n'], [true, T, 'true'], [null, T, 'null'], [[0.5], T, '[0.5]'], [new Float64Array(1), T, 'Float64Array(1)'],
    [{}, T, '{}'], [Symbol('p'), T, 'Symbol(p)'], [() => 0.5, T, 'function'],
  ];
  for (const [name, call] of takers) {
    refuses(name, [
      ...bad.flatMap(([value, Class, shown]): Row[] => [
        [rng => call({ keep: value, rng }), Class, `keep: got ${shown}`],
        [rng => call({ rate: value, rng }), Class, `rate: got ${shown}`],
      ]),
      [rng => call({ rng }), T, 'keep: got undefined'],
      [rng => call({ keep: undefined, rate: undefined, rng }), T, 'keep: got undefined'],
      [rng => call({ keep: 0.5, rate: 0.5, rng }), T, 'rate: got 0.5'],
      [rng => call({ keep: 1, rate: 0, rng }), T, 'rate: got 0'],
      [rng => call({ keep: 0.5, rate: null, rng }), T, 'rate: got null'],
      [rng => call({ keep: null, rate: 0.5, rng }), T, 'rate: got 0.5'],
      [rng => call({ keep: Object.create(null), rate: 0.5, rng }), T, 'rate: got 0.5'],
    ]);
  }
});

describe('options', () => {
  for (const [name, call] of takers) {
    refuses(name, [
      [rng => call({ keep: 0.5, Rate: 0.5, rng }), T, 'options: got the unknown option "Rate"'],
      [rng => call({ keep: 0.5, p: 0.5, rng }), T, 'options: got the unknown option "p"'],
      [rng => call({ keep: 0.5, size: 6, rng }), T, 'options: got the unknown option "size"'],
      ...([[null, 'null'], [5, '5'], ['shared', '"shared"'], [{}, '{}'], [Math, '']] as const)
        .map(([value, shown]): Row => [() => call({ keep: 0.5, rng: value }), T, `rng: got ${shown}`]),
      [rng => call({ keep: 0.5, rng: rng.bitGenerator }), T, 'rng: got a PCG32'],
    ]);
  }
  refuses('no object', [
    [() => dropout(new Float32Array(6)), T, 'keep: got undefined'],
    [() => dropoutMask(6), T, 'keep: got undefined'],
    [() => layer(), T, 'keep: got undefined'],
    ...([[0.5, '0.5'], ['keep', '"keep"'], [null, 'null'], [[0.5], '[0.5]'], [new Map([['keep', 0.5]]), 'a Map'],
      [new Float32Array(6), 'Float32Array(6)']] as const).flatMap(([value, shown]): Row[] => [
      [() => dropout(new Float32Array(6), value), T, `options: got ${shown}`],
      [() => dropoutMask(6, value), T, `options: got ${shown}`],
      [() => layer(value), T, `options: got ${shown}`],
      [() => unpackMask(new Uint8Array(1), 6, value), T, `options: got ${shown}`],
      [() => layer({ keep: 0.5 }).forward(new Float32Array(6), value), T, `options: got ${shown}`],
    ]),
    [rng => dropout(new Float32Array(6), Object.create({ keep: 0.5, inherited: 1, rng })), T, 'options: got the unknown option "inherited"'],
    [rng => dropout(new Float32Array(6), { keep: 0.5, dtype: 'float32', rng }), T, 'options: got the unknown option "dtype"'],
    [(rng, { f32 }) => layer({ keep: 0.5, rng, out: f32 }), T, 'options: got the unknown option "out"'],
    [rng => layer({ keep: 0.5, rng }).forward(new Float32Array(6), { keep: 0.5 }), T, 'options: got the unknown option "keep"'],
    [rng => unpackMask(new Uint8Array(1), 6, { rng }), T, 'options: got the unknown option "rng"'],
    [rng => dropoutMask(6, { keep: 0.5, noiseShape: [6], rng }), T, 'options: got the unknown option "noiseShape"'],
  ]);
});

describe('x', () => {
  refuses('of another kind', noFloats.map(([, value, shown]): Row => [(rng, { f32 }) => dropout(value, { keep: 0.5, rng, out: f32 }), T, `x: got ${shown}`]));
  refuses('memory that went away', [
    [(rng, { f32 }) => dropout(lost(), { keep: 0.5, rng, out: f32 }), R, 'x: got a NDArray'],
    [rng => dropout(lost(), { keep: 0.5, rng, noiseShape: 1 }), R, 'x: got a NDArray'],
    [(rng, { f32 }) => dropout(transferred(new Float32Array(6)), { keep: 0.5, rng, out: f32 }), R, 'out: got Float32Array(6)'],
    [(_, { u8 }) => unpackMask(lost('uint8'), 48, { out: u8 }), R, 'bits: got a NDArray'],
    [() => unpackMask(transferred(new Uint8Array(6)), 48), R, 'bits: got Uint8Array(0)'],
  ]);
});

describe('out', () => {
  const x32 = new Float32Array(6), x64 = new NDArray(new Float64Array(6), [2, 3], 'float64');
  refuses('dropout', [
    [(rng, { f64 }) => dropout(x32, { keep: 0.5, rng, out: f64 }), T, 'out: got Float64Array(6)'],
    [(rng, { f32 }) => dropout(x64, { keep: 0.5, rng, out: f32 }), T, 'out: got Float32Array(6)'],
    [(rng, { u8 }) => dropout(x32, { keep: 0.5, rng, out: u8 }), T, 'out: got Uint8Array(6)'],
    [(rng, { i32 }) => dropout(x32, { keep: 0.5, rng, out: i32 }), T, 'out: got Int32Array(6)'],
    [(rng, { bytes }) => dropout(x32, { keep: 0.5, rng, out: bytes }), T, 'out: got a NDArray'],
    [(rng, { list }) => dropout(x32, { keep: 0.5, rng, out: list }), T, 'out: got [1, 2, 3]'],
    [(rng, { buffer }) => dropout(x32, { keep: 0.5, rng, out: buffer }), T, 'out: got a ArrayBuffer'],
    [rng => dropout(x32, { keep: 0.5, rng, out: null }), T, 'out: got null'],
    [rng => dropout(x32, { keep: 0.5, rng, out: 6 }), T, 'out: got 6'],
    [(rng, { f32 }) => dropout(x32, { keep: 0.5, rng, out: f32.subarray(1) }), R, 'out: got Float32Array(5)'],
    [(rng, { f32 }) => dropout(new Float32Array(5), { keep: 0.5, rng, out: f32 }), R, 'out: got Float32Array(6)'],
    [(rng, { matrix }) => dropout(new Float64Array(6), { keep: 0.5, rng, out: matrix }), R, 'out: got a NDArray'],
    [(rng, { matrix }) => dropout(x64, { keep: 0.5, rng, out: matrix.reshape(3, 2) }), R, 'out: got a NDArray'],
    [(rng, { matrix }) => dropout(x64, { keep: 0.5, rng, out: matrix.reshape(6) }), R, 'out: got a NDArray'],
    [rng => dropout(x32, { keep: 0.5, rng, out: transferred(new Float32Array(6)) }), R, 'out: got Float32Array(0)'],
    [rng => dropout(x32, { keep: 0.5, rng, out: lost() }), R, 'out: got a NDArray'],
  ]);
  refuses('dropoutMask', [
    [(rng, { f64 }) => dropoutMask(6, { keep: 0.5, rng, out: f64 }), T, 'out: got Float64Array(6)'],
    [(rng, { mask }) => dropoutMask(6, { keep: 0.5, rng, out: mask }), T, 'out: got a NDArray'],
    [(rng, { clamped }) => dropoutMask(6, { keep: 0.5, rng, out: clamped }), T, 'out: got Uint8ClampedArray(6)'],
    [(rng, { i8 }) => dropoutMask(6, { keep: 0.5, rng, out: i8 }), T, 'out: got Int8Array(6)'],
    [(rng, { u8 }) => dropoutMask(6, { keep: 0.5, rng, out: u8, dtype: 'float32' }), T, 'out: got Uint8Array(6)'],
    [(rng, { f32 }) => dropoutMask(6, { keep: 0.5, rng, out: f32, dtype: 'uint8' }), T, 'out: got Float32Array(6)'],
    [(rng, { f32 }) => dropoutMask(48, { keep: 0.5, rng, out: f32, dtype: 'bits' }), T, 'out: got Float32Array(6)'],
    [(rng, { u8 }) => dropoutMask(7, { keep: 0.5, rng, out: u8 }), R, 'out: got Uint8Array(6)'],
    [(rng, { u8 }) => dropoutMask(6, { keep: 0.5, rng, out: u8, dtype: 'bits' }), R, 'out: got Uint8Array(6)'],
    [(rng, { u8 }) => dropoutMask(49, { keep: 0.5, rng, out: u8, dtype: 'bits' }), R, 'out: got Uint8Array(6)'],
    [(rng, { u8 }) => dropoutMask(40, { keep: 0.5, rng, out: u8, dtype: 'bits' }), R, 'out: got Uint8Array(6)'],
    [(rng, { bytes }) => dropoutMask(40, { keep: 0.5, rng, out: bytes, dtype: 'bits' }), R, 'out: got a NDArray'],
    [(rng, { mask }) => dropoutMask(48, { keep: 0.5, rng, out: mask, dtype: 'bits' }), T, 'out: got a NDArray'],
    [(rng, { list }) => dropoutMask(24, { keep: 0.5, rng, out: list, dtype: 'bits' }), T, 'out: got [1, 2, 3]'],
    [rng => dropoutMask(6, { keep: 0.5, rng, out: null, dtype: 'bits' }), T, 'out: got null'],
    [(rng, { bytes }) => dropoutMask([2, 3], { keep: 0.5, rng, out: bytes }), R, 'out: got a NDArray'],
    [rng => dropoutMask(6, { keep: 0.5, rng, out: lost('uint8') }), R, 'out: got a NDArray'],
    [rng => dropoutMask(48, { keep: 0.5, rng, out: lost('uint8'), dtype: 'bits' }), R, 'out: got a NDArray'],
    [(_, { u8 }) => unpackMask(new Uint8Array(1), 7, { out: u8 }), R, 'out: got Uint8Array(6)'],
    [(_, { f64 }) => unpackMask(new Uint8Array(1), 6, { out: f64 }), T, 'out: got Float64Array(6)'],
    [(_, { mask }) => unpackMask(new Uint8Array(1), 6, { out: mask }), T, 'out: got a NDArray'],
    [(_, { f32 }) => unpackMask(new Uint8Array(1), 6, { out: f32, dtype: 'uint8' }), T, 'out: got Float32Array(6)'],
    [(_, { bytes }) => unpackMask(new Uint8Array(1), [2, 3], { out: bytes }), R, 'out: got a NDArray'],
    [() => unpackMask(new Uint8Array(1), 6, { out: lost() }), R, 'out: got a NDArray'],
  ]);
});

describe('shapes, dtypes, flags', () => {
  const sizes: [unknown, ErrorClass, string][] = [
    [undefined, T, 'shape: got undefined'], [null, T, 'shape: got null'], ['6', T, 'shape: got "6"'], [6n, T, 'shape: got 6n'],
    [-1, R, 'shape: got -1'], [1.5, R, 'shape: got 1.5'], [NaN, R, 'shape: got NaN'], [{ keep: 0.5 }, T, 'shape: got {keep}'],
    [new Uint8Array(2), T, 'shape: got Uint8Array(2)'], [[2, -3], R, 'shape[1]: got -3'], [[2, '3'], T, 'shape[1]: got "3"'],
    [[, 3], T, 'shape[0]: got undefined'], [2 ** 33, R, 'shape: got 8589934592'], [[2 ** 20, 2 ** 20], R, 'shape: got [1048576, 1048576]'],
  ];
  refuses('shape', sizes.flatMap(([shape, Class, begins]): Row[] => [
    [rng => dropoutMask(shape, { keep: 0.5, rng }), Class, begins],
    [rng => dropoutMask(shape, { keep: 0.5, rng, dtype: 'bits' }), Class, begins],
    [(rng, { u8 }) => dropoutMask(shape, { keep: 0.5, rng, out: u8 }), Class, begins],
    [(_, { u8 }) => unpackMask(new Uint8Array(1), shape, { out: u8 }), Class, begins],
  ]));
  refuses('dtype and scaled', [
    ...['float64', 'bool', 'int8', 'Bits', 'bit', ''].map((dtype): Row => [rng => dropoutMask(6, { keep: 0.5, rng, dtype }), R, `dtype: got "${dtype}"`]),
    ...([[1, '1'], [null, 'null'], [['bits'], '["bits"]'], [Uint8Array, 'function Uint8Array']] as const)
      .map(([dtype, shown]): Row => [rng => dropoutMask(6, { keep: 0.5, rng, dtype }), T, `dtype: got ${shown}`]),
    ...['float64', 'bool', 'bits'].map((dtype): Row => [() => unpackMask(new Uint8Array(1), 6, { dtype }), R, `dtype: got "${dtype}"`]),
    [() => unpackMask(new Uint8Array(1), 6, { dtype: 8 }), T, 'dtype: got 8'],
    ...[undefined, 'uint8', 'bits'].map((dtype): Row => [rng => dropoutMask(6, { keep: 0.5, rng, dtype, scaled: true }), R, 'scaled: got true']),
    [(rng, { u8 }) => dropoutMask(6, { keep: 0.5, rng, out: u8, scaled: true }), R, 'scaled: got true'],
    ...([[1, '1'], ['true', '"true"'], [null, 'null'], [0.5, '0.5']] as const)
      .map(([scaled, shown]): Row => [rng => dropoutMask(6, { keep: 0.5, rng, dtype: 'float32', scaled }), T, `scaled: got ${shown}`]),
  ]);
  refuses('bits', [
    ...([[0, 1], [1, 9], [2, 8], [2, 0], [3, [4, 4]], [6, 40]] as const)
      .map(([bytes, shape]): Row => [(_, { u8 }) => unpackMask(new Uint8Array(bytes), shape, { out: u8 }), R, `bits: got Uint8Array(${bytes})`]),
    [() => unpackMask(new NDArray(new Uint8Array(2), [2], 'uint8'), 8), R, 'bits: got a NDArray'],
    [() => unpackMask(new NDArray(new Uint8Array(1), [1], 'bool'), 8), T, 'bits: got a NDArray'],
    ...[Int8Array, Uint8ClampedArray, Float32Array, BigUint64Array].map((Array): Row => [() => unpackMask(new Array(1), 8), T, `bits: got ${Array.name}(1)`]),
    ...([[[255], '[255]'], [null, 'null'], [undefined, 'undefined'], [255, '255'], ['a', '"a"'], [new ArrayBuffer(1), 'a ArrayBuffer']] as const)
      .map(([bits, shown]): Row => [() => unpackMask(bits, 8), T, `bits: got ${shown}`]),
  ]);
});

describe('noiseShape', () => {
  const matrix = new NDArray(new Float64Array(6), [2, 3], 'float64'), empty = new NDArray(new Float64Array(0), [0, 3], 'float64');
  const into = (noiseShape: unknown): Row[0] => (rng, { matrix: out }) => dropout(matrix, { keep: 0.5, rng, noiseShape, out });
  refuses('that does not broadcast', [[2], [3, 1], [1, 2], [2, 3, 1], [1, 1, 1], [0], [2, 0], 2, 6, 0]
    .map((noise): Row => [into(noise), R, `noiseShape: got ${show(noise)}, takes a shape that broadcasts to [2, 3]`]));
  refuses('that is no shape', ([
    [null, T, ': got null'], ['3', T, ': got "3"'], [3n, T, ': got 3n'], [-1, R, ': got -1'], [1.5, R, ': got 1.5'], [NaN, R, ': got NaN'],
    [[1, -3], R, '[1]: got -3'], [[null, 3], T, '[0]: got null'], [[, 3], T, '[0]: got undefined'], [new Int32Array(2), T, ': got Int32Array(2)'],
    [{}, T, ': got {}'], [true, T, ': got true'],
  ] as [unknown, ErrorClass, string][]).map(([noise, Class, shown]): Row => [into(noise), Class, `noiseShape${shown}`]));
  refuses('of what is empty', [
    [rng => dropout(empty, { keep: 0.5, rng, noiseShape: [2, 3] }), R, 'noiseShape: got [2, 3]'],
    [rng => dropout(empty, { keep: 0.5, rng, noiseShape: 0 }), R, 'noiseShape: got 0'],
    [rng => dropout(new NDArray(new Float32Array(1), [], 'float32'), { keep: 0.5, rng, noiseShape: 1 }), R,
      'noiseShape: got 1, takes a shape that broadcasts to []'],
  ]);
});

test('typed arrays, lists and options of another realm are taken as our own', () => {
  const code = '({ x: Float32Array.of(1, 2, 3, 4, 5, 6), out: new Float32Array(6), bits: new Uint8Array(1), options: { keep: 0.5 }, shape: [2, 3] })';
  const theirs = runInNewContext(code) as { x: Float32Array; out: Float32Array; bits: Uint8Array; options: { keep: number }; shape: number[] };
  const made = dropout(theirs.x, { ...theirs.options, rng: start('PCG32'), out: theirs.out }) as NDArray;
  expect(made.data).toBe(theirs.out);
  expectSame(Float32Array.from(theirs.out), (dropout(Float32Array.of(1, 2, 3, 4, 5, 6), { keep: 0.5, rng: start('PCG32') }) as NDArray).data, 'dropout');
  expect((dropoutMask(theirs.shape, { keep: 0.5, dtype: 'bits', rng: start('PCG32'), out: theirs.bits }) as NDArray).data).toBe(theirs.bits);
  expect(unpackMask(theirs.bits, theirs.shape)).toEqual(dropoutMask([2, 3], { keep: 0.5, rng: start('PCG32') }));
  expect((dropoutMask(4, theirs.options) as NDArray).size).toBe(4);
  expect(layer(theirs.options).training).toBe(true);
});

test('a buffer of Node is bytes', () => {
  const out = Buffer.alloc(13);
  expect((dropoutMask(100, { keep: 1, dtype: 'bits', out }) as NDArray).data).toBe(out);
  expect((unpackMask(out, 100) as NDArray<'uint8'>).data.every(byte => byte === 1)).toBe(true);
});

test('memory that can be resized: as long as it is now; an NDArray it was shrunk under is refused', () => {
  const resizable = ArrayBuffer as unknown as new (bytes: number, options: { maxByteLength: number }) => ArrayBuffer & { resize(bytes: number): void };
  const buffer = new resizable(24, { maxByteLength: 48 }), out = new Float32Array(buffer), x = new Float32Array(6).fill(1);
  expect((dropout(x, { keep: 1, out }) as NDArray).data).toBe(out);
  expect([...out]).toEqual([...x]);
  const array = new NDArray(out, [6], 'float32'), rng = start('PCG32'), next = start('PCG32').random();
  for (const bytes of [48, 8]) {
    buffer.resize(bytes);
    for (const call of [() => dropout(array, { keep: 0.5, rng }), () => dropout(x, { keep: 0.5, rng, out: array }), () => dropout(x, { keep: 0.5, rng, out })]) {
      expect(call).toThrow(/^(x|out): got /);
    }
  }
  expect(rng.random()).toBe(next);
});
