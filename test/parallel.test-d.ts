import { expectTypeOf, test } from 'vitest';
import { defaultRng, type NDArray, type Slice } from 'ndrand';
import { dropout, dropoutMask, heNormal, orthogonal } from 'ndrand/nn';
import { parallel } from 'ndrand/parallel';

test('fills in parallel are promises of what the methods give', () => {
  const cores = parallel(defaultRng(1), { workers: 2 }), signal = new AbortController().signal;
  expectTypeOf(cores.random()).toEqualTypeOf<Promise<number>>();
  expectTypeOf(cores.random([2, 3])).toEqualTypeOf<Promise<NDArray<'float64'>>>();
  expectTypeOf(cores.normal(0, 1, 5, { dtype: 'float32', signal, onProgress: (done, total) => void (done / total) })).toEqualTypeOf<Promise<NDArray<'float32'>>>();
  expectTypeOf(cores.integers(10, { size: 3, dtype: 'uint8' })).toEqualTypeOf<Promise<NDArray<'uint8'>>>();
  expectTypeOf(cores.uniform(0, 1, { out: new Float32Array(3) })).toEqualTypeOf<Promise<NDArray<'float32'>>>();
  expectTypeOf(cores.truncatedNormal(3, { std: 2 })).toEqualTypeOf<Promise<NDArray<'float32'>>>();
  // @ts-expect-error: no fixed consumption
  void cores.binomial;
  // @ts-expect-error: a number
  parallel(defaultRng(1), { workers: '2' });
});

test('the functions of ndrand/nn give a promise where rng is all cores, and an array elsewhere', () => {
  const rng = parallel(defaultRng(1)), slice = defaultRng(1).slice(0n, 6);
  expectTypeOf(slice).toEqualTypeOf<Slice>();
  expectTypeOf(heNormal([2, 3], { rng })).toEqualTypeOf<Promise<NDArray<'float32'>>>();
  expectTypeOf(heNormal([2, 3], { rng, dtype: 'float64' })).toEqualTypeOf<Promise<NDArray<'float64'>>>();
  expectTypeOf(heNormal([2, 3])).toEqualTypeOf<NDArray<'float32'>>();
  expectTypeOf(heNormal([2, 3], { rng: slice })).toEqualTypeOf<NDArray<'float32'>>();
  expectTypeOf(dropoutMask(3, { keep: 0.5, rng })).toEqualTypeOf<Promise<NDArray<'uint8'>>>();
  expectTypeOf(dropout(new Float32Array(6), { keep: 0.5, rng: slice })).toEqualTypeOf<NDArray<'float32'>>();
  expectTypeOf(dropout(new Float32Array(6), { keep: 0.5, rng })).toExtend<Promise<NDArray>>();
  // @ts-expect-error: a QR decomposition is made on one thread
  orthogonal([2, 2], { rng });
  expectTypeOf(slice.standardNormal({ dtype: 'float32' })).toEqualTypeOf<NDArray<'float32'>>();
  // @ts-expect-error: bounds are numbers in a slice
  slice.integers([1, 2]);
});
