import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Generator } from '../src/generator.ts';
import { array } from '../src/ndarray.ts';
import * as ndrand from '../src/random.ts';
import { jsonOf, R, refuses, T, type ErrorClass, type Row } from './refuses.ts';

/** Every method with a size: its name and the arguments before it. */
const sized: [name: string, ...args: unknown[]][] = [
  ['random'], ['uniform', 0, 1], ['standardNormal'], ['normal', 0, 1], ['bernoulli', 0.5], ['binomial', 1, 0.5], ['binomial', 9, 0.5], ['integers', 5, 9], ['choice', 5],
];

describe('sizes and dimensions', () => {
  const badSizes: [unknown, ErrorClass, string][] = [
    [-1, R, 'size: got -1'], [1.5, R, 'size: got 1.5'], [NaN, R, 'size: got NaN'], [Infinity, R, 'size: got Infinity'], [2 ** 53, R, 'size: got 9007199254740992'],
    ['3', T, 'size: got "3"'], [null, T, 'size: got null'], [true, T, 'size: got true'], [3n, T, 'size: got 3n'], [new Int32Array(2), T, 'size: got Int32Array(2)'], [() => 3, T, 'size: got function'],
    [array([2, 3]), T, 'size: got a NDArray'],
    [[2, -1], R, 'size[1]: got -1'], [[0.5], R, 'size[0]: got 0.5'], [[2, 3, NaN], R, 'size[2]: got NaN'], [[2 ** 53], R, 'size[0]: got 9007199254740992'], [[0, -1], R, 'size[1]: got -1'],
    [['2'], T, 'size[0]: got "2"'], [[[2]], T, 'size[0]: got [2]'], [[2, null], T, 'size[1]: got null'], [[2n], T, 'size[0]: got 2n'], [[2, undefined], T, 'size[1]: got undefined'],
    [[2, , 3], T, 'size[1]: got undefined'],
    [2 ** 32 + 1, R, 'size: got 4294967297'], [[2 ** 16, 2 ** 16, 2], R, 'size: got [65536, 65536, 2]'], [[2 ** 52, 2 ** 52], R, 'size: got [4503599627370496, 4503599627370496]'],
  ];
  for (const [name, ...args] of sized) {
    refuses(`${name}(${args.join(', ')}${args.length > 0 ? ', ' : ''}size)`, badSizes.flatMap(([size, Class, begins]): Row[] => [
      [rng => rng[name](...args, size), Class, begins],
      [rng => rng[name](...args, { size }), Class, begins],
      [rng => rng[name](...args, undefined, { size }), Class, begins],
    ]));
  }
  refuses('randomRaw(size)', badSizes.map(([size, Class, begins]) => [rng => rng.bitGenerator.randomRaw(size), Class, begins]));
  refuses('randomRaw', [[rng => rng.bitGenerator.randomRaw({ size: 3 }), T, 'size: got {size}']]);
  refuses('size given twice', sized.map(([name, ...args]) => [rng => rng[name](...args, 3, { size: 4 }), T, 'size: got 4']));

  refuses('counts', [
    [rng => rng.bytes(-1), R, 'length: got -1'],
    [rng => rng.bytes(0.5), R, 'length: got 0.5'],
    [rng => rng.bytes(NaN), R, 'length: got NaN'],
    [rng => rng.bytes('4'), T, 'length: got "4"'],
    [rng => rng.bytes(), T, 'length: got undefined'],
    [rng => rng.bytes([4]), T, 'length: got [4]'],
    [rng => rng.bytes(2 ** 53), R, 'length: got 9007199254740992'],
    [rng => rng.bytes(2 ** 53 - 1), R, 'length: '],
    [rng => rng.spawn(-1), R, 'n: got -1'],
    [rng => rng.spawn(1.5), R, 'n: got 1.5'],
    [rng => rng.spawn('2'), T, 'n: got "2"'],
    [rng => rng.spawn(), T, 'n: got undefined'],
    [rng => rng.spawn(2 ** 32), R, 'n: got 4294967296'],
    [rng => rng.bitGenerator.spawn(-1), R, 'n: got -1'],
    [rng => rng.permutation(-1), R, 'x: got -1'],
    [rng => rng.permutation(2.5), R, 'x: got 2.5'],
    [rng => rng.permutation(NaN), R, 'x: got NaN'],
    [rng => rng.permutation(2 ** 32), R, 'x: got 4294967296'],
  ]);

  test('module-level dimensions', () => {
    for (const f of [ndrand.rand, ndrand.randn] as unknown as ((...args: unknown[]) => unknown)[]) {
      expect(() => f(2, -1)).toThrow(new R('dims[1]: got -1, takes a non-negative integer'));
      expect(() => f(1.5)).toThrow(new R('dims[0]: got 1.5, takes a non-negative integer'));
      expect(() => f([2, 3])).toThrow(T);
      expect(() => f('2')).toThrow(/^dims\[0\]: got "2", /);
      expect(() => f(2 ** 20, 2 ** 20)).toThrow(/^dims: got \[1048576, 1048576\], takes at most 2\^32/);
    }
    expect(() => ndrand.randint(0, 10, -1)).toThrow(/^size: got -1, /);
  });
});

describe('memory', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  test('more than the platform can allocate is a RangeError that names the size', async () => {
    // a platform of little memory, whatever this one has
    for (const name of ['Float64Array', 'Float32Array', 'Int32Array', 'Uint8Array', 'Uint32Array', 'BigInt64Array'] as const) {
      const Full = globalThis[name] as unknown as new (...args: unknown[]) => object;
      vi.stubGlobal(name, class extends Full {
        static override readonly name = name;
        constructor(...args: unknown[]) {
          if ((args[0] as number) > 1e6) throw new RangeError('Array buffer allocation failed');
          super(...args);
        }
      });
    }
    vi.resetModules();
    const small = await import('../src/generator.ts'), rng = small.defaultRng(7);
    rng.bernoulli(0.5, 3);
    const state = jsonOf(rng as unknown as Generator), n = 1_000_001;
    const tries: [() => unknown, RegExp][] = [
      [() => rng.random(n), /^size: .*1000001 elements of float64 \(8000008 bytes\)/],
      [() => rng.random([n, 1], { dtype: 'float32' }), /^size: .*1000001 elements of float32/],
      [() => rng.standardNormal(n), /^size: .*1000001 elements of float64/],
      [() => rng.bernoulli(0.5, n), /^size: .*1000001 elements of uint8/],
      [() => rng.integers(0, 5, n, { dtype: 'int64' }), /^size: .*1000001 elements of int64/],
      [() => rng.binomial(9, 0.5, n), /^size: .*1000001 elements of int32/],
      [() => rng.choice(5, n), /^size: .*1000001/],
      [() => rng.bitGenerator.randomRaw(n), /^size: .*1000001 elements of uint32/],
      [() => rng.permutation(n), /1000001/],
      [() => rng.choice(2 * n, n, { replace: false }), /000002|000001/],
    ];
    for (const [run, message] of tries) {
      expect(run).toThrow(RangeError);
      expect(run).toThrow(message);
      expect(run).toThrow('more than this platform can allocate');
      expect(jsonOf(rng as unknown as Generator)).toBe(state);
    }
    expect(rng.random(1_000_000).size).toBe(1_000_000);
  });
});

describe('options', () => {
  for (const [name, ...args] of sized) {
    const { length } = [...args], first = name === 'choice' ? 'replace' : 'dtype';
    refuses(`${name}, ${length} arguments before`, [
      [rng => rng[name](...args, 3, { [first]: undefined, sise: 3 }), T, 'options: got the unknown option "sise"'],
      [rng => rng[name](...args, { Size: 3 }), T, 'options: got the unknown option "Size"'],
      [rng => rng[name](...args, 3, null), T, 'options: got null'],
      [rng => rng[name](...args, 3, 'float32'), T, 'options: got "float32"'],
      [rng => rng[name](...args, 3, 4), T, 'options: got 4'],
      [rng => rng[name](...args, 3, [4]), T, 'options: got [4]'],
      [rng => rng[name](...args, 3, () => 4), T, 'options: got function'],
      [(rng, { f64 }) => rng[name](...args, 3, f64), T, 'options: got Float64Array(6)'],
      [(rng, { matrix }) => rng[name](...args, 3, matrix), T, 'options: got a NDArray'],
      [rng => rng[name](...args, { size: 3 }, 4), T, 'options: got 4'],
      [rng => rng[name](...args, { size: 3 }, { size: 3 }), T, 'options: got {size}'],
      // objects of other classes are no options, though they have no unknown key
      [rng => rng[name](...args, 3, new Map([['dtype', 'float32']])), T, 'options: got a Map'],
      [rng => rng[name](...args, 3, new Date(0)), T, 'options: got a Date'],
      [rng => rng[name](...args, new Set([3])), T, ''],
      [(rng, { buffer }) => rng[name](...args, buffer), T, ''],
      [rng => rng[name](...args, new Number(3)), T, ''],
    ]);
  }
  refuses('options before other arguments', [
    [rng => rng.uniform({ size: 3 }, 1), T, 'size: got 1'],
    [rng => rng.uniform(0, { size: 3 }, 3), T, 'size: got 3'],
    [rng => rng.integers(0, { size: 3 }, 3), T, 'size: got 3'],
    [rng => rng.bernoulli({ size: 3 }), T, 'p: got {size}'],
    [rng => rng.integers({ size: 3 }), T, 'low: got {size}'],
    [rng => rng.choice({ size: 3 }), T, 'a: got {size}'],
  ]);
  refuses('those of one method only', [
    [rng => rng.random(3, { endpoint: true }), T, 'options: got the unknown option "endpoint"'],
    [rng => rng.integers(0, 5, 3, { endpoint: 1 }), T, 'endpoint: got 1'],
    [rng => rng.integers(0, 5, 3, { endpoint: null }), T, 'endpoint: got null'],
    [rng => rng.choice(5, 3, { replace: 0 }), T, 'replace: got 0'],
    [rng => rng.choice(5, 3, { replace: null }), T, 'replace: got null'],
    [rng => rng.choice(5, 3, { replace: false, shuffle: 'no' }), T, 'shuffle: got "no"'],
    [rng => rng.choice(5, 3, { dtype: 'int32' }), T, 'options: got the unknown option "dtype"'],
    [rng => rng.choice(array([[1, 2], [3, 4]]), 3, { axis: 2 }), R, 'axis: got 2'],
    [rng => rng.choice(array([[1, 2], [3, 4]]), 3, { axis: -3 }), R, 'axis: got -3'],
    [rng => rng.choice(array([[1, 2], [3, 4]]), 3, { axis: 0.5 }), R, 'axis: got 0.5'],
    [rng => rng.choice(array([[1, 2], [3, 4]]), 3, { axis: '0' }), T, 'axis: got "0"'],
    [rng => rng.choice(array([[1, 2], [3, 4]]), 3, { axis: null }), T, 'axis: got null'],
    [rng => rng.choice([1, 2], 3, { axis: 1 }), R, 'axis: got 1'],
    [rng => rng.permutation(4, { axis: 1 }), R, 'axis: got 1'],
    [rng => rng.permutation(array([[1, 2], [3, 4]]), { axis: 2 }), R, 'axis: got 2'],
    [rng => rng.permutation([1, 2], { axis: NaN }), R, 'axis: got NaN'],
    [rng => rng.permutation([1, 2], { axis: null }), T, 'axis: got null'],
    [rng => rng.permutation([1, 2], { axes: 0 }), T, 'options: got the unknown option "axes"'],
    [rng => rng.permutation([1, 2], 0), T, 'options: got 0'],
    [(rng, { matrix }) => rng.shuffle(matrix, { axis: 2 }), R, 'axis: got 2'],
    [(rng, { matrix }) => rng.shuffle(matrix, { axis: -3 }), R, 'axis: got -3'],
    [(rng, { matrix }) => rng.shuffle(matrix, { axis: true }), T, 'axis: got true'],
    [(rng, { list }) => rng.shuffle(list, { axis: 1 }), R, 'axis: got 1'],
    [(rng, { list }) => rng.shuffle(list, { size: 1 }), T, 'options: got the unknown option "size"'],
    [(rng, { f64 }) => rng.shuffle(f64, 1), T, 'options: got 1'],
  ]);
});

describe('dtype and out', () => {
  const dtypes = {
    random: ['float64', 'float32'], uniform: ['float64', 'float32'], standardNormal: ['float64', 'float32'], normal: ['float64', 'float32'], bernoulli: ['uint8', 'bool', 'float32'],
    binomial: ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'float32', 'float64'], integers: ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'bool'],
  } as Record<string, string[]>;
  const all = ['float64', 'float32', 'int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'bool'];
  for (const [name, ...args] of sized) {
    if (name === 'choice') continue;
    refuses(`${name}(${args.join(', ')}) dtype`, [
      ...[...all.filter(dtype => !dtypes[name].includes(dtype)), 'float16', 'Float32', 'f4', '', 'toString', '__proto__'].flatMap((dtype): Row[] => [
        [rng => rng[name](...args, 3, { dtype }), R, `dtype: got ${JSON.stringify(dtype)}`],
        [rng => rng[name](...args, { dtype }), R, `dtype: got ${JSON.stringify(dtype)}`],
      ]),
      [rng => rng[name](...args, 3, { dtype: null }), T, 'dtype: got null'],
      [rng => rng[name](...args, 3, { dtype: 4 }), T, 'dtype: got 4'],
      [rng => rng[name](...args, 3, { dtype: Float64Array }), T, 'dtype: got function Float64Array'],
      [rng => rng[name](...args, 3, { dtype: ['float32'] }), T, 'dtype: got ["float32"]'],
    ]);
    refuses(`${name}(${args.join(', ')}) out`, [
      [(rng, { list }) => rng[name](...args, { out: list }), T, 'out: got [1, 2, 3]'],
      [(rng, { clamped }) => rng[name](...args, { out: clamped }), T, 'out: got Uint8ClampedArray(6)'],
      [(rng, { view }) => rng[name](...args, { out: view }), T, 'out: got DataView(8)'],
      [(rng, { buffer }) => rng[name](...args, { out: buffer }), T, 'out: got a ArrayBuffer'],
      [rng => rng[name](...args, { out: null }), T, 'out: got null'],
      [rng => rng[name](...args, { out: 'float64' }), T, 'out: got "float64"'],
      [rng => rng[name](...args, { out: { length: 3 } }), T, 'out: got {length}'],
    ]);
  }
  refuses('out of another dtype, length or shape', [
    [(rng, { i32 }) => rng.random({ out: i32 }), T, 'out: got Int32Array(6)'],
    [(rng, { u8 }) => rng.standardNormal({ out: u8 }), T, 'out: got Uint8Array(6)'],
    [(rng, { f64 }) => rng.bernoulli(0.5, { out: f64 }), T, 'out: got Float64Array(6)'],
    [(rng, { f64 }) => rng.integers(5, { out: f64 }), T, 'out: got Float64Array(6)'],
    [(rng, { mask }) => rng.binomial(1, 0.5, { out: mask }), T, 'out: got a NDArray'],
    [(rng, { f64 }) => rng.random({ out: f64, dtype: 'float32' }), T, 'out: got Float64Array(6)'],
    [(rng, { f32 }) => rng.uniform(0, 1, { out: f32, dtype: 'float64' }), T, 'out: got Float32Array(6)'],
    [(rng, { i32 }) => rng.integers(5, { out: i32, dtype: 'uint32' }), T, 'out: got Int32Array(6)'],
    [(rng, { u64 }) => rng.integers(5, { out: u64, dtype: 'int64' }), T, 'out: got BigUint64Array(6)'],
    [(rng, { f32 }) => rng.bernoulli(0.5, { out: f32, dtype: 'bool' }), T, 'out: got Float32Array(6)'],
    [(rng, { bytes }) => rng.bernoulli(0.5, { out: bytes, dtype: 'bool' }), T, 'out: got a NDArray'],
    [(rng, { mask }) => rng.bernoulli(0.5, { out: mask, dtype: 'uint8' }), T, 'out: got a NDArray'],
    [(rng, { f64 }) => rng.random(5, { out: f64 }), R, 'out: got Float64Array(6)'],
    [(rng, { f64 }) => rng.random([2, 4], { out: f64 }), R, 'out: got Float64Array(6)'],
    [(rng, { f64 }) => rng.random([], { out: f64 }), R, 'out: got Float64Array(6)'],
    [(rng, { f64 }) => rng.random(0, { out: f64 }), R, 'out: got Float64Array(6)'],
    [(rng, { f64 }) => rng.random({ out: f64, size: 7 }), R, 'out: got Float64Array(6)'],
    [(rng, { matrix }) => rng.random(6, { out: matrix }), R, 'out: got a NDArray'],
    [(rng, { matrix }) => rng.normal(0, 1, [3, 2], { out: matrix }), R, 'out: got a NDArray'],
    [(rng, { f64 }) => rng.random(-6, { out: f64 }), R, 'size: got -6'],
    [(rng, { f64 }) => rng.random({ out: f64, sise: 6 }), T, 'options: got the unknown option "sise"'],
  ]);
  refuses('good out, bad parameter', [
    [(rng, { f64 }) => rng.uniform(1, 0, { out: f64 }), R, 'low: got 1'],
    [(rng, { f64 }) => rng.normal(0, -1, { out: f64 }), R, 'scale: got -1'],
    [(rng, { u8 }) => rng.bernoulli(1.5, { out: u8 }), R, 'p: got 1.5'],
    [(rng, { i32 }) => rng.binomial(-1, 0.5, { out: i32 }), R, 'n: got -1'],
    [(rng, { i8 }) => rng.binomial(128, 0.5, { out: i8 }), R, 'dtype: got "int8"'],
    [(rng, { i8 }) => rng.integers(0, 129, { out: i8 }), R, 'high: got 129'],
    [(rng, { u64 }) => rng.integers(-1, 5, { out: u64 }), R, 'low: got -1'],
    [(rng, { i64 }) => rng.integers(5, 5, { out: i64 }), R, 'low: got 5'],
  ]);
});
