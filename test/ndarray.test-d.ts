import { describe, expectTypeOf, it } from 'vitest';
import type { DType } from '../src/dtype.ts';
import { NDArray, array } from '../src/ndarray.ts';
import type { NestedArray, Promote, QuotientDType, SumDType } from '../src/ndarray.ts';

declare const f32: NDArray<'float32'>;
declare const f64: NDArray<'float64'>;
declare const i8: NDArray<'int8'>;
declare const u8: NDArray<'uint8'>;
declare const i64: NDArray<'int64'>;
declare const u64: NDArray<'uint64'>;
declare const mask: NDArray<'bool'>;
declare const either: NDArray<'float32' | 'float64'>;
declare const any: NDArray;

describe('NDArray', () => {
  it('has the typed array and the scalars of its dtype', () => {
    expectTypeOf(f32.data).toEqualTypeOf<Float32Array>();
    expectTypeOf(i64.data).toEqualTypeOf<BigInt64Array>();
    expectTypeOf(mask.data).toEqualTypeOf<Uint8Array>();
    expectTypeOf(either.data).toEqualTypeOf<Float32Array | Float64Array>();
    expectTypeOf(f32.dtype).toEqualTypeOf<'float32'>();
    expectTypeOf(any.dtype).toEqualTypeOf<DType>();
    expectTypeOf(f32.at(0)).toEqualTypeOf<number>();
    expectTypeOf(u64.at(0)).toEqualTypeOf<bigint>();
    expectTypeOf(mask.at(0)).toEqualTypeOf<boolean>();
    expectTypeOf(any.at(0)).toEqualTypeOf<number | bigint | boolean>();
    expectTypeOf(new NDArray(new Float32Array(2), [2], 'float32')).toEqualTypeOf<NDArray<'float32'>>();
    // @ts-expect-error data of another dtype
    new NDArray(new Float32Array(2), [2], 'int32');
    // @ts-expect-error the data cannot be replaced
    f32.data = new Float32Array(1);
  });

  it('takes the elements of its dtype', () => {
    expectTypeOf(f32.set(1, 0)).toEqualTypeOf<NDArray<'float32'>>();
    i64.set(1n, 0);
    mask.set(true, 0).set(1, 0);
    // @ts-expect-error a number for int64
    i64.set(1, 0);
    // @ts-expect-error a bigint for float32
    f32.set(1n, 0);
    // @ts-expect-error two for bool
    mask.set(2, 0);
  });

  it('keeps its dtype through reshape, iteration and copies', () => {
    expectTypeOf(f32.reshape(2, -1)).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(f32.reshape([2, -1] as const)).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(f32.copy()).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf([...i64]).toEqualTypeOf<(bigint | NDArray<'int64'>)[]>();
    expectTypeOf(mask.toArray()).toEqualTypeOf<NestedArray<boolean>>();
    expectTypeOf(i64.toJSON()).toEqualTypeOf<NestedArray<string>>();
  });

  it('of one dtype is one of any', () => {
    expectTypeOf(f32).toExtend<NDArray>();
    expectTypeOf(mask).toExtend<NDArray>();
    expectTypeOf(f32).toExtend<NDArray<'float32' | 'float64'>>();
    expectTypeOf(f32).not.toExtend<NDArray<'float64'>>();
    expectTypeOf(any).not.toExtend<NDArray<'float32'>>();
  });

  it('feeds functions that take data and a plain shape', () => {
    type TensorLike = Float32Array | Int32Array | Uint8Array;
    expectTypeOf<(values: TensorLike, shape?: number[]) => void>().toBeCallableWith(f32.data, f32.shape);
  });

  it('has the result dtypes of NumPy', () => {
    expectTypeOf(f32.mul(2)).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(i8.add(2)).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(mask.sub(2)).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(i8.add(2n)).toEqualTypeOf<NDArray<'int8'>>();
    expectTypeOf(mask.mul(2n)).toEqualTypeOf<NDArray<'int64'>>();
    expectTypeOf(f32.div(2n)).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(i64.div(2n)).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(i8.add(u8)).toEqualTypeOf<NDArray<'int16'>>();
    expectTypeOf(i64.mul(u64)).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(f32.sub(f64)).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(f32.div(i8)).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(mask.add(mask)).toEqualTypeOf<NDArray<'bool'>>();
    expectTypeOf(mask.div(mask)).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(any.add(1)).toEqualTypeOf<NDArray<'float32' | 'float64'>>();
    expectTypeOf(f32.mul(2).add(f32).div(3).reshape(-1).data).toEqualTypeOf<Float32Array>();
    // @ts-expect-error no booleans
    f32.add(true);
    // @ts-expect-error no typed arrays
    f32.add(new Float32Array(2));
  });

  it('exports its rules as types', () => {
    expectTypeOf<Promote<'int32', 'uint32'>>().toEqualTypeOf<'int64'>();
    expectTypeOf<SumDType<'bool', bigint>>().toEqualTypeOf<'int64'>();
    expectTypeOf<SumDType<'int8', number | bigint>>().toEqualTypeOf<'int8' | 'float64'>();
    expectTypeOf<QuotientDType<'int8', NDArray<'float32'>>>().toEqualTypeOf<'float32'>();
  });

  it('is held by generic code', () => {
    const twice = <D extends DType>(a: NDArray<D>): NDArray<D>[] => [a, a.copy(), a.reshape(-1)];
    expectTypeOf(twice(i8)).toEqualTypeOf<NDArray<'int8'>[]>();
    const scaled = <D extends 'float32' | 'float64'>(a: NDArray<D>): NDArray => a.mul(0.5);
    expectTypeOf(scaled(f32)).toEqualTypeOf<NDArray>();
  });
});

describe('array', () => {
  it('takes its dtype from the values or from the caller', () => {
    expectTypeOf(array([1, 2])).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(array([[1n], [2n]])).toEqualTypeOf<NDArray<'int64'>>();
    expectTypeOf(array([true])).toEqualTypeOf<NDArray<'bool'>>();
    expectTypeOf(array([])).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(array(3)).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(array([1, 2], 'float32')).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(array([1n], 'uint8')).toEqualTypeOf<NDArray<'uint8'>>();
    expectTypeOf(array(new Int16Array(2))).toEqualTypeOf<NDArray<'int16'>>();
    expectTypeOf(array(new Uint8Array(2), 'bool')).toEqualTypeOf<NDArray<'bool'>>();
    expectTypeOf(array(new BigUint64Array(2))).toEqualTypeOf<NDArray<'uint64'>>();
    expectTypeOf(array(i8)).toEqualTypeOf<NDArray<'int8'>>();
    expectTypeOf(array(any)).toEqualTypeOf<NDArray>();
    // @ts-expect-error no strings
    array(['1']);
    // @ts-expect-error no such dtype
    array([1], 'float16');
  });
});
