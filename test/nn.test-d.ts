import { describe, expectTypeOf, it } from 'vitest';
import { defaultRng, type NDArray } from '../src/index.ts';
import { Dropout, dropout, dropoutMask, unpackMask, type DropoutOptions, type KeepOrRate } from '../src/nn/index.ts';

const rng = defaultRng(1);
declare const f32: Float32Array, f64: Float64Array, u8: Uint8Array, i32: Int32Array, i64: BigInt64Array;
declare const nd32: NDArray<'float32'>, nd64: NDArray<'float64'>, nd8: NDArray<'uint8'>, ndBool: NDArray<'bool'>, ndInt: NDArray<'int32'>,
  ndBig: NDArray<'int64'>;
declare const either: NDArray<'float32'> | NDArray<'float64'>;
declare const keepOrRate: KeepOrRate;

describe('dropout', () => {
  it('has the dtype of x', () => {
    expectTypeOf(dropout(new Float32Array(3), { keep: 0.5 })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(dropout(f64, { rate: 0.5, rng, noiseShape: [3] })).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(dropout(nd32, { keep: 0.5, noiseShape: 3 })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(dropout(nd64, { keep: 0.5 }).data).toEqualTypeOf<Float64Array>();
    expectTypeOf(dropout(rng.random(3), { keep: 0.5 })).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(dropout(f32.subarray(1), { keep: 0.5, out: f32 }).data).toEqualTypeOf<Float32Array>();
    expectTypeOf(dropout(nd32, { keep: 0.5, out: f32 })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(dropout(f32, { keep: 0.5, out: nd32 })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(dropout(new Float32Array(new SharedArrayBuffer(8)), { keep: 0.5 })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(dropout(either, { keep: 0.5 }).dtype).toEqualTypeOf<'float32' | 'float64'>();
    expectTypeOf(dropout(f32, { ...keepOrRate, rng })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(dropout(f32, { keep: 0.5, noiseShape: [1, 2] as const })).toEqualTypeOf<NDArray<'float32'>>();
  });

  it('refuses what it has not', () => {
    // @ts-expect-error keep or rate is needed
    dropout(f32);
    // @ts-expect-error and no other option makes up for them
    dropout(f32, { rng });
    // @ts-expect-error not both
    dropout(f32, { keep: 0.5, rate: 0.5 });
    // @ts-expect-error a number
    dropout(f32, { keep: '0.5' });
    // @ts-expect-error not a bare one
    dropout(f32, 0.5);
    // @ts-expect-error integers
    dropout(i32, { keep: 0.5 });
    // @ts-expect-error an NDArray of them
    dropout(ndInt, { keep: 0.5 });
    // @ts-expect-error lists
    dropout([1, 2, 3], { keep: 0.5 });
    // @ts-expect-error an out of another dtype
    dropout(nd32, { keep: 0.5, out: f64 });
    // @ts-expect-error the same for a typed array
    dropout(f32, { keep: 0.5, out: f64 });
    // @ts-expect-error the same
    dropout(f64, { keep: 0.5, out: nd32 });
    // @ts-expect-error no float
    dropout(f32, { keep: 0.5, out: u8 });
    // @ts-expect-error a misspelt option
    dropout(f32, { keep: 0.5, noise: [3] });
    // @ts-expect-error a bit generator is no Generator
    dropout(f32, { keep: 0.5, rng: rng.bitGenerator });
    // @ts-expect-error a seed is none either
    dropout(f32, { keep: 0.5, rng: 42 });
    // @ts-expect-error the dtype is x's
    dropout(f32, { keep: 0.5, dtype: 'float32' });
    // @ts-expect-error a shape of numbers
    dropout(f32, { keep: 0.5, noiseShape: ['1'] });
  });
});

describe('dropoutMask, unpackMask', () => {
  it('is uint8, or float32 where asked for', () => {
    expectTypeOf(dropoutMask(3, { keep: 0.5 })).toEqualTypeOf<NDArray<'uint8'>>();
    expectTypeOf(dropoutMask([2, 3], { rate: 0.5, dtype: 'uint8', rng })).toEqualTypeOf<NDArray<'uint8'>>();
    expectTypeOf(dropoutMask([2, 3], { keep: 0.5, dtype: 'bits' })).toEqualTypeOf<NDArray<'uint8'>>();
    expectTypeOf(dropoutMask(3, { keep: 0.5, dtype: 'bits', out: u8 }).data).toEqualTypeOf<Uint8Array>();
    expectTypeOf(dropoutMask(3, { keep: 0.5, out: nd8, scaled: false })).toEqualTypeOf<NDArray<'uint8'>>();
    expectTypeOf(dropoutMask(3, { keep: 0.5, dtype: 'float32' })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(dropoutMask(3, { keep: 0.5, dtype: 'float32', scaled: true, out: f32 })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(dropoutMask(3, { keep: 0.5, scaled: true, out: nd32 })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(unpackMask(u8, 24)).toEqualTypeOf<NDArray<'uint8'>>();
    expectTypeOf(unpackMask(nd8, [4, 6], { out: u8 })).toEqualTypeOf<NDArray<'uint8'>>();
    expectTypeOf(unpackMask(u8, 24, { dtype: 'float32' })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(unpackMask(u8, 24, { out: f32 }).data).toEqualTypeOf<Float32Array>();
  });

  it('refuses what it has not', () => {
    // @ts-expect-error keep or rate is needed
    dropoutMask(3);
    // @ts-expect-error and the shape
    dropoutMask({ keep: 0.5 });
    // @ts-expect-error no mask
    dropoutMask(3, { keep: 0.5, dtype: 'float64' });
    // @ts-expect-error nor this
    dropoutMask(3, { keep: 0.5, dtype: 'bool' });
    // @ts-expect-error bytes cannot be scaled
    dropoutMask(3, { keep: 0.5, scaled: true });
    // @ts-expect-error nor bits
    dropoutMask(3, { keep: 0.5, dtype: 'bits', scaled: true });
    // @ts-expect-error bits are bytes
    dropoutMask(3, { keep: 0.5, dtype: 'bits', out: f32 });
    // @ts-expect-error dtype and out disagree
    dropoutMask(3, { keep: 0.5, dtype: 'float32', out: u8 });
    // @ts-expect-error an out of another dtype
    dropoutMask(3, { keep: 0.5, out: ndBool });
    // @ts-expect-error no option of a mask
    dropoutMask(3, { keep: 0.5, noiseShape: 3 });
    // @ts-expect-error the shape is needed
    unpackMask(u8);
    // @ts-expect-error bits are bytes
    unpackMask(f32, 24);
    // @ts-expect-error no mask
    unpackMask(u8, 24, { dtype: 'bits' });
    // @ts-expect-error dtype and out disagree
    unpackMask(u8, 24, { dtype: 'uint8', out: f32 });
  });
});

describe('Dropout', () => {
  it('passes dtypes on', () => {
    const layer = new Dropout({ rate: 0.1, rng, noiseShape: [1, 3] });
    expectTypeOf(layer.forward(f32)).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(layer.forward(nd64)).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(layer.forward(nd64, { out: f64 })).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(layer.backward(f64)).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(layer.backward(nd32, { out: nd32 })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(layer.train().eval().train(false)).toEqualTypeOf<Dropout>();
    expectTypeOf(layer.training).toEqualTypeOf<boolean>();
    expectTypeOf(layer.keep).toEqualTypeOf<number>();
    expectTypeOf<ConstructorParameters<typeof Dropout>>().toEqualTypeOf<[options: DropoutOptions]>();
    // @ts-expect-error keep or rate is needed
    new Dropout();
    // @ts-expect-error not a bare number
    new Dropout(0.5);
    // @ts-expect-error out goes with each pass
    new Dropout({ keep: 0.5, out: f32 });
    // @ts-expect-error read only
    layer.training = false;
    // @ts-expect-error read only
    layer.keep = 0.5;
    // @ts-expect-error integers
    layer.forward(i32);
    // @ts-expect-error an out of another dtype
    layer.forward(nd32, { out: f64 });
    // @ts-expect-error the same for a typed array
    layer.forward(f32, { out: f64 });
    // @ts-expect-error the same backward
    layer.backward(f64, { out: f32 });
    // @ts-expect-error an option of the layer's
    layer.forward(f32, { keep: 0.5 });
    // @ts-expect-error true or false
    layer.train('yes');
  });
});

describe('bernoulli with an array of probabilities', () => {
  it('is always an array', () => {
    expectTypeOf(rng.bernoulli([0.1, 0.9])).toEqualTypeOf<NDArray<'uint8'>>();
    expectTypeOf(rng.bernoulli([[0.1], [0.9]], [2, 3])).toEqualTypeOf<NDArray<'uint8'>>();
    expectTypeOf(rng.bernoulli(f32, { dtype: 'float32' })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(rng.bernoulli(nd64, { size: [2, 3], dtype: 'bool' })).toEqualTypeOf<NDArray<'bool'>>();
    expectTypeOf(rng.bernoulli(u8, 3, { dtype: 'bool' })).toEqualTypeOf<NDArray<'bool'>>();
    expectTypeOf(rng.bernoulli(nd32, { out: f32 })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(rng.bernoulli(nd32, 3, { out: ndBool })).toEqualTypeOf<NDArray<'bool'>>();
    expectTypeOf(rng.bernoulli(nd32, undefined, { dtype: 'float32' })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(rng.bernoulli([0.5] as const)).toEqualTypeOf<NDArray<'uint8'>>();
    // a number is as before
    expectTypeOf(rng.bernoulli(0.5)).toEqualTypeOf<number>();
  });

  it('refuses what are no numbers', () => {
    // @ts-expect-error strings
    rng.bernoulli(['0.5']);
    // @ts-expect-error bigints
    rng.bernoulli([1n]);
    // @ts-expect-error a typed array of them
    rng.bernoulli(i64);
    // @ts-expect-error an NDArray of them
    rng.bernoulli(ndBig);
    // @ts-expect-error booleans
    rng.bernoulli([true]);
    // @ts-expect-error an NDArray of them
    rng.bernoulli(ndBool);
    // @ts-expect-error no mask
    rng.bernoulli(nd32, { dtype: 'float64' });
    // @ts-expect-error dtype and out disagree
    rng.bernoulli(nd32, { out: f32, dtype: 'bool' });
  });
});
