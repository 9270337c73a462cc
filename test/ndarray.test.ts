import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, dtypes, isBigIntDType, isFloatDType } from '../src/dtype.ts';
import type { DType, TypedArray } from '../src/dtype.ts';
import { NDArray, array } from '../src/ndarray.ts';
import type { Nested, Operand } from '../src/ndarray.ts';
import { toHex } from './hex.ts';

const shapes = fc.array(fc.nat(4), { maxLength: 4 });
const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
const counting = (shape: number[]): NDArray<'int32'> => new NDArray(Int32Array.from({ length: product(shape) }, (_, i) => i), shape, 'int32');

/** 0, 1, 0, 1 … of any dtype. */
function alternating(shape: number[], dtype: DType): NDArray {
  const data = allocate(dtype, product(shape)) as { [index: number]: number | bigint; length: number };
  for (let i = 0; i < data.length; i++) data[i] = isBigIntDType(dtype) ? BigInt(i % 2) : i % 2;
  return new NDArray(data as TypedArray, shape, dtype);
}

describe('constructor', () => {
  it('is a view on the data, with a shape of its own that cannot change', () => {
    const data = new Float32Array(6);
    const shape = [2, 3];
    const a = new NDArray(data, shape, 'float32');
    shape[0] = 9;
    expect(a.data).toBe(data);
    expect(a.shape).toEqual([2, 3]);
    expect(Object.isFrozen(a.shape)).toBe(true);
    expect([a.size, a.ndim, a.dtype, a.strides]).toEqual([6, 2, 'float32', [3, 1]]);
    expect(Object.prototype.toString.call(a)).toBe('[object NDArray]');
  });

  it('takes a number for one dimension and [] for none', () => {
    expect(new NDArray(new Int8Array(3), 3, 'int8').shape).toEqual([3]);
    expect(new NDArray(Int8Array.of(7), [], 'int8').at()).toBe(7);
    expect(new NDArray(new Int8Array(0), [0, 3], 'int8').strides).toEqual([3, 1]);
  });

  it.each<[string, () => unknown, new (message: string) => Error, string]>([
    ['a length that is not the product', () => new NDArray(new Float32Array(6), [4], 'float32'), RangeError, "shape: got [4], takes dimensions whose product is data's length, 6"],
    ['an empty shape for many', () => new NDArray(new Float32Array(6), [], 'float32'), RangeError, 'shape: got []'],
    ['data of another dtype', () => new NDArray(new Float32Array(6) as never, [6], 'float64'), TypeError, 'data: got Float32Array(6), takes a Float64Array for dtype float64'],
    ['data that is no typed array', () => new NDArray([1, 2] as never, [2], 'float64'), TypeError, 'data: got [1, 2]'],
    ['clamped bytes', () => new NDArray(new Uint8ClampedArray(2) as never, [2], 'uint8'), TypeError, 'takes a Uint8Array for dtype uint8'],
    ['signed bytes for bool', () => new NDArray(new Int8Array(2) as never, [2], 'bool'), TypeError, 'takes a Uint8Array for dtype bool'],
    ['an unknown dtype', () => new NDArray(new Float32Array(1), [1], 'float16' as unknown as 'float32'), RangeError, 'dtype: got "float16", takes one of float64, float32'],
    ['a dtype that is no string', () => new NDArray(new Float32Array(1), [1], Float32Array as unknown as 'float32'), TypeError, 'dtype: got function Float32Array'],
    ['a dtype named like a method of objects', () => new NDArray(new Float32Array(1), [1], 'toString' as unknown as 'float32'), RangeError, 'dtype: got "toString"'],
    ['a negative dimension', () => new NDArray(new Float32Array(1), [-1], 'float32'), RangeError, 'shape[0]: got -1'],
    ['a shape that is no array', () => new NDArray(new Float32Array(1), '1' as never, 'float32'), TypeError, 'shape: got "1"'],
  ])('refuses %s', (_, make, type, message) => {
    expect(make).toThrow(type);
    expect(make).toThrow(message);
  });
});

describe('at and set', () => {
  it('finds every element by its indices, counted from either end', () => {
    fc.assert(fc.property(shapes.filter(shape => product(shape) > 0), fc.nat(), (shape, pick) => {
      const a = counting(shape);
      const offset = pick % a.size;
      const index = a.strides.map((stride, axis) => Math.floor(offset / stride) % shape[axis]);
      expect(a.at(...index)).toBe(offset);
      expect(a.at(...index.map((i, axis) => i - shape[axis]))).toBe(offset);
      expect(a.set(-1, ...index)).toBe(a);
      expect(a.data.indexOf(-1)).toBe(offset);
    }));
  });

  it('gives each dtype its scalars', () => {
    expect(new NDArray(Uint8Array.of(0, 1), [2], 'bool').at(1)).toBe(true);
    expect(new NDArray(Uint8Array.of(0, 1), [2], 'bool').at(0)).toBe(false);
    expect(array([5n]).at(-1)).toBe(5n);
    expect(array([0.1], 'float32').at(0)).toBe(Math.fround(0.1));
  });

  it.each<[unknown[], new () => Error, string]>([
    [[2, 0], RangeError, 'index[0]: got 2, takes an integer in [-2, 2)'],
    [[0, -4], RangeError, 'index[1]: got -4, takes an integer in [-3, 3)'],
    [[0.5, 0], RangeError, 'index[0]: got 0.5'],
    [[NaN, 0], RangeError, 'index[0]: got NaN'],
    [['0', 0], TypeError, 'index[0]: got "0"'],
    [[0], RangeError, 'index: got [0], takes one index for each axis of shape [2, 3]'],
    [[0, 0, 0], RangeError, 'index: got [0, 0, 0]'],
    [[], RangeError, 'index: got []'],
  ])('refuses the index %o, to read or to write', (index, type, message) => {
    const a = counting([2, 3]);
    for (const act of [() => a.at(...(index as number[])), () => a.set(9, ...(index as number[]))]) {
      expect(act).toThrow(type);
      expect(act).toThrow(message);
    }
    expect(a.data).toEqual(counting([2, 3]).data);
  });

  it.each<[DType, unknown[], unknown[], unknown[]]>([
    // dtype, taken, RangeErrors, TypeErrors
    ['float64', [0.1, -Infinity, NaN, -0], [], [1n, true, '1', null, undefined]],
    ['float32', [0.5, Infinity], [], [1n, false]],
    ['int8', [-128, 127, -0], [-129, 128, 0.5, NaN, Infinity], [1n, true, '1']],
    ['uint8', [0, 255], [-1, 256], [1n]],
    ['int16', [-32768, 32767], [-32769, 32768], [[1]]],
    ['uint16', [0, 65535], [-1, 65536], [{}]],
    ['int32', [-(2 ** 31), 2 ** 31 - 1], [2 ** 31, -(2 ** 31) - 1], [1n]],
    ['uint32', [0, 2 ** 32 - 1], [2 ** 32, -1], [1n]],
    ['int64', [-(2n ** 63n), 2n ** 63n - 1n], [2n ** 63n, -(2n ** 63n) - 1n], [1, true]],
    ['uint64', [0n, 2n ** 64n - 1n], [-1n, 2n ** 64n], [1, '1']],
    ['bool', [true, false, 0, 1], [2, -1, 0.5], [1n, 'true', null]],
  ])('set on %s takes what it holds and nothing else', (dtype, taken, outside, wrong) => {
    const a = alternating([2], dtype);
    for (const value of taken) {
      a.set(value as number, 1);
      const stored = typeof value === 'boolean' ? Number(value) : value;
      expect(a.data[1]).toEqual(isFloatDType(dtype) ? stored : stored === 0 ? 0 : stored); // an integer has no -0
    }
    const before = toHex(a.data);
    for (const value of outside) expect(() => a.set(value as number, 0)).toThrow(RangeError);
    for (const value of wrong) expect(() => a.set(value as number, 0)).toThrow(TypeError);
    for (const value of [...outside, ...wrong]) expect(() => a.set(value as number, 0)).toThrow(/^value: got .*, takes /);
    expect(toHex(a.data)).toBe(before);
  });

  it('says what the dtype takes', () => {
    expect(() => array([1], 'int16').set(40000, 0)).toThrow('value: got 40000, takes an integer in [-32768, 32767]');
    expect(() => array([1n]).set(2n ** 63n, 0)).toThrow('takes a bigint in [-9223372036854775808n, 9223372036854775807n]');
    expect(() => array([true]).set(2 as 1, 0)).toThrow('takes a boolean, 0 or 1');
  });
});

describe('reshape', () => {
  it('shares memory and works out -1', () => {
    const a = counting([2, 3, 4]);
    expect(a.reshape(6, 4).shape).toEqual([6, 4]);
    expect(a.reshape([4, -1]).shape).toEqual([4, 6]);
    expect(a.reshape(-1).shape).toEqual([24]);
    expect(a.reshape(-1).data).toBe(a.data);
    a.reshape(-1).set(-7, 23);
    expect(a.at(1, 2, 3)).toBe(-7);
    expect(counting([1]).reshape().shape).toEqual([]);
    expect(counting([]).reshape(1, 1).shape).toEqual([1, 1]);
    expect(counting([0, 3]).reshape(-1, 5).shape).toEqual([0, 5]);
  });

  it.each<[unknown[], new () => Error]>([
    [[5], RangeError], [[7, -1], RangeError], [[-1, -1], RangeError], [[-2, -12], RangeError], [[], RangeError], [[0, -1], RangeError],
    [[[2, 3], 4], TypeError], [['24'], TypeError], [[2.4, 10], RangeError], [[48, 0.5], RangeError],
  ])('refuses 24 elements as %o', (shape, type) => {
    const act = (): unknown => counting([2, 3, 4]).reshape(...(shape as number[]));
    expect(act).toThrow(type);
    expect(act).toThrow(/^shape(\[\d\])?: got /);
  });

  it('refuses -1 where nothing tells it', () => {
    expect(() => counting([0]).reshape(0, -1)).toThrow(RangeError);
  });
});

describe('iteration, nesting and copies', () => {
  it('gives scalars of one dimension and views of more', () => {
    expect([...array([true, false])]).toEqual([true, false]);
    const a = counting([3, 2]);
    const rows = [...a] as NDArray<'int32'>[];
    expect(rows.map(row => row.shape)).toEqual([[2], [2], [2]]);
    rows[1].set(-9, 0);
    expect(a.at(1, 0)).toBe(-9);
    expect([...counting([0, 3])]).toEqual([]);
    expect([...counting([2, 0])].map(row => (row as NDArray).shape)).toEqual([[0], [0]]);
    expect(() => counting([])[Symbol.iterator]()).toThrow(TypeError);
  });

  it('nests as the shape says, and array() reads it back', () => {
    fc.assert(fc.property(shapes, fc.constantFrom(...dtypes), (shape, dtype) => {
      const a = alternating(shape, dtype);
      const nested = a.toArray();
      const flat = ([nested] as unknown[]).flat(Infinity);
      expect(flat.length).toBe(a.size);
      const back = array(nested as Nested<number>, dtype);
      const depth = shape.indexOf(0); // no nesting shows beyond an axis of no elements
      expect(back.shape).toEqual(depth < 0 ? shape : shape.slice(0, depth + 1));
      expect(toHex(back.data)).toBe(toHex(a.data));
    }));
    expect(counting([2, 1, 2]).toArray()).toEqual([[[0, 1]], [[2, 3]]]);
    expect(array(true).toArray()).toBe(true);
    expect(array([[1n]]).toArray()).toEqual([[1n]]);
  });

  it('is written as JSON', () => {
    expect(JSON.stringify({ a: array([[1, 2.5], [NaN, -3]]), b: array([2n ** 63n - 1n]), c: array([true]), d: array(4) }))
      .toBe('{"a":[[1,2.5],[null,-3]],"b":["9223372036854775807"],"c":[true],"d":4}');
  });

  it('prints as NumPy does, in the console too', () => {
    const a = array([[1, 2.5], [-3, 4]], 'float32');
    expect(`${a}`).toBe('[[ 1.   2.5]\n [-3.   4. ]]');
    expect(inspect(a)).toBe('array([[ 1. ,  2.5],\n       [-3. ,  4. ]], dtype=float32)');
    expect(inspect({ w: array([true]) })).toBe('{ w: array([ True]) }');
  });

  it('copy stands on memory of its own, even of a Buffer', () => {
    const a = new NDArray(Buffer.from([1, 2, 3]), [3], 'uint8');
    const b = a.copy().set(9, 0);
    expect([a.at(0), b.at(0), b.shape, b.dtype]).toEqual([1, 9, [3], 'uint8']);
  });

  it('works on shared memory and on views that do not start at its beginning', () => {
    const memory = new SharedArrayBuffer(64);
    const a = new NDArray(new Float64Array(memory, 8, 6), [3, 2], 'float64');
    a.set(2.5, 2, 1);
    expect(new Float64Array(memory)[6]).toBe(2.5);
    expect((([...a][2] as NDArray<'float64'>)).data.buffer).toBe(memory);
    expect((([...a][2] as NDArray<'float64'>)).at(1)).toBe(2.5);
    expect(a.reshape(-1).data.buffer).toBe(memory);
    expect(a.add(a.mul(2)).at(-1, -1)).toBe(7.5);
    expect(a.copy().data.buffer).toBeInstanceOf(ArrayBuffer);
    expect(String(a)).toBe('[[0.  0. ]\n [0.  0. ]\n [0.  2.5]]');
    const odd = new NDArray(new Uint8Array(memory, 13, 2), [2], 'uint8');
    expect(odd.add(3n).toArray()).toEqual([3, 3]);
  });
});

describe('array', () => {
  it('takes its dtype from the values', () => {
    expect(array([[1, 2], [3, 4]])).toMatchObject({ dtype: 'float64', shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) });
    expect(array([[1n], [2n]])).toMatchObject({ dtype: 'int64', shape: [2, 1], data: BigInt64Array.of(1n, 2n) });
    expect(array([true, false])).toMatchObject({ dtype: 'bool', shape: [2], data: Uint8Array.of(1, 0) });
    expect(array(3).shape).toEqual([]);
    expect(array([])).toMatchObject({ dtype: 'float64', shape: [0] });
    expect(array([[], []]).shape).toEqual([2, 0]);
    expect(array([], 'bool').dtype).toBe('bool');
  });

  it('copies typed arrays and arrays', () => {
    const data = Int16Array.of(1, -2);
    const a = array(data);
    expect(a).toMatchObject({ dtype: 'int16', shape: [2], data });
    expect(a.data).not.toBe(data);
    const b = array(a.reshape(2, 1));
    expect(b).toMatchObject({ dtype: 'int16', shape: [2, 1] });
    expect(b.data).not.toBe(a.data);
    expect(array(a, 'int64').data).toEqual(BigInt64Array.of(1n, -2n));
    expect(array(BigUint64Array.of(2n ** 64n - 1n), 'float32').data).toEqual(Float32Array.of(2 ** 64));
    expect(array(array([true, false]), 'int8').data).toEqual(Int8Array.of(1, 0));
    expect(array(Uint8Array.of(1, 0), 'bool').toArray()).toEqual([true, false]);
  });

  it('converts what the dtype can hold', () => {
    expect(array([1, -2], 'int64').data).toEqual(BigInt64Array.of(1n, -2n));
    expect(array([1n, 255n], 'uint8').data).toEqual(Uint8Array.of(1, 255));
    expect(array([true, false], 'float32').data).toEqual(Float32Array.of(1, 0));
    expect(array([true], 'uint64').data).toEqual(BigUint64Array.of(1n));
    expect(array([1n, 0n], 'bool').toArray()).toEqual([true, false]);
    expect(array([0.1, 1e300], 'float32').data).toEqual(Float32Array.of(0.1, Infinity));
  });

  it('refuses an array that contains itself', () => {
    const circular: Nested<number>[] = [];
    circular.push(circular);
    expect(() => array(circular)).toThrow('values: got […], takes at most 64 levels of nesting');
  });

  it.each<[unknown, DType | undefined, new () => Error, string]>([
    [[[1, 2], [3]], undefined, RangeError, 'values[1]: got [3], takes an array of length 2'],
    [[[1], 2], undefined, RangeError, 'values[1]: got 2, takes an array of length 1'],
    [[1, [2]], undefined, RangeError, 'values[1]: got [2], takes no array'],
    [[[[1], [2]], [[3], [4, 5]]], undefined, RangeError, 'values[1][1]: got [4, 5]'],
    [[[], [1]], undefined, RangeError, 'values[1]: got [1], takes an array of length 0'],
    [[1, 2n], undefined, TypeError, 'values[1]: got 2n, takes a number, like'],
    [[true, 1], 'int8', TypeError, 'values[1]: got 1, takes a boolean, like'],
    [[[1, 'a']], undefined, TypeError, 'values[0][1]: got "a", takes a number'],
    [['a'], 'float64', TypeError, 'values[0]: got "a", takes a number, a bigint or a boolean'],
    [[undefined], undefined, TypeError, 'values[0]: got undefined'],
    [[1, , 3], undefined, TypeError, 'values[1]: got undefined'],
    [null, undefined, TypeError, 'values: got null'],
    [{ length: 2 }, undefined, TypeError, 'values: got {length}'],
    [[[1, 2], [3, 256]], 'uint8', RangeError, 'values[1][1]: got 256, takes an integer in [0, 255]'],
    [[0.5], 'int32', RangeError, 'values[0]: got 0.5, takes an integer in [-2147483648, 2147483647]'],
    [[0.5], 'int64', RangeError, 'values[0]: got 0.5, takes a bigint in'],
    [[NaN], 'uint64', RangeError, 'values[0]: got NaN'],
    [[1e300], 'int64', RangeError, 'values[0]: got 1e+300'],
    [[2n ** 63n], undefined, RangeError, 'values[0]: got 9223372036854775808n'],
    [[2n ** 53n + 1n], 'int32', RangeError, 'values[0]: got 9007199254740993n'],
    [[10n ** 400n], 'float64', RangeError, 'values[0]: got 1000'],
    [[2], 'bool', RangeError, 'values[0]: got 2, takes a boolean, 0 or 1'],
    [Float64Array.of(1, 1.5), 'int8', RangeError, 'values.data[1]: got 1.5'],
    [[1], 'complex64' as DType, RangeError, 'dtype: got "complex64"'],
    [[1], 8 as unknown as DType, TypeError, 'dtype: got 8'],
  ])('refuses %o as %s', (values, dtype, type, message) => {
    const act = (): unknown => array(values as Nested<number>, dtype);
    expect(act).toThrow(type);
    expect(act).toThrow(message);
  });
});

describe('arithmetic', () => {
  it('leaves both operands as they are', () => {
    const a = array([1, 2, 3], 'float32');
    const b = array([4, 5, 6], 'float32');
    expect(a.sub(b).data).toEqual(Float32Array.of(-3, -3, -3));
    expect(a.div(a).data).toEqual(Float32Array.of(1, 1, 1));
    expect([a.data, b.data]).toEqual([Float32Array.of(1, 2, 3), Float32Array.of(4, 5, 6)]);
    expect(a.mul(a).shape).toEqual([3]);
  });

  it('is right for any number of elements and keeps the shape', () => {
    for (const length of [0, 1, 2, 1023, 1024, 1025, 2500]) {
      for (const dtype of dtypes) {
        const a = alternating([1, length], dtype);
        for (const tripled of [a.mul(2).add(a), a.mul(2n).add(a), a.div(0.5).sub(a.mul(-1))] as NDArray[]) {
          expect(tripled.shape).toEqual([1, length]);
          expect(Array.from(tripled.data, Number)).toEqual(Array.from({ length }, (_, i) => (i % 2) * 3));
        }
      }
    }
  });

  it('rounds float32 work to float32, operand and result', () => {
    fc.assert(fc.property(fc.float32Array({ minLength: 1, maxLength: 20 }), fc.double(), (values, x) => {
      const a = new NDArray(values, [values.length], 'float32');
      const f = Math.fround(x);
      const check = (result: NDArray<'float32'>, expected: (v: number) => number): void => expect(result.data).toEqual(values.map(expected));
      check(a.add(x), v => v + f);
      check(a.sub(x), v => v - f);
      check(a.mul(x), v => v * f);
      check(a.div(x), v => v / f);
    }));
  });

  it('wraps 64-bit integers as BigInts say', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (x, y) => {
      const a = array([x], 'uint64');
      expect([a.add(y).at(0), a.sub(y).at(0), a.mul(y).at(0)]).toEqual([x + y, x - y, x * y].map(v => BigInt.asUintN(64, v)));
      const b = array([BigInt.asIntN(64, x)]);
      const z = array([BigInt.asIntN(64, y)]);
      expect([b.add(z).at(0), b.sub(z).at(0), b.mul(z).at(0)]).toEqual([x + y, x - y, x * y].map(v => BigInt.asIntN(64, v)));
      expect(b.div(z).dtype).toBe('float64');
    }));
  });

  it.each<[string, () => unknown, new () => Error, string]>([
    ['another shape', () => array([[1, 2], [3, 4]]).add(array([1, 2, 3, 4])), RangeError, "other.shape: got [4], takes this array's shape, [2, 2]"],
    ['a boolean', () => array([1]).mul(true as unknown as Operand), TypeError, 'other: got true, takes a number, a bigint or an NDArray'],
    ['a typed array', () => array([1]).mul(Float64Array.of(1) as unknown as Operand), TypeError, 'other: got Float64Array(1)'],
    ['nothing', () => array([1]).div(undefined as unknown as Operand), TypeError, 'other: got undefined'],
    ['a bigint that does not fit', () => array([1], 'uint8').add(256n), RangeError, 'other: got 256n, takes an integer in [0, 255] for uint8'],
    ['a bigint that does not fit a bool', () => array([true]).add(2n ** 63n), RangeError, 'for int64'],
    ['bool − bool', () => array([true]).sub(array([false])), TypeError, 'bool'],
  ])('refuses %s', (_, act, type, message) => {
    expect(act).toThrow(type);
    expect(act).toThrow(message);
  });
});
