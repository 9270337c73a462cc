import { describe, expectTypeOf, it } from 'vitest';
import * as ndrand from '../src/index.ts';
import { Generator, PCG32, PCG32DXSM, SeedSequence, defaultRng, type BitGenerator, type NDArray } from '../src/index.ts';
import type { NestedArray } from '../src/ndarray.ts';

const rng = defaultRng(1);
declare const f32: Float32Array, f64: Float64Array, u8: Uint8Array, i32: Int32Array, i64: BigInt64Array, u64: BigUint64Array;
declare const nd32: NDArray<'float32'>, ndMask: NDArray<'bool'>, nd64: NDArray<'int64'>;
declare const either: 'float32' | 'float64';

describe('random, standardNormal', () => {
  it('is a number without a size', () => {
    expectTypeOf(rng.random()).toEqualTypeOf<number>();
    expectTypeOf(rng.random(undefined)).toEqualTypeOf<number>();
    expectTypeOf(rng.random({ dtype: 'float32' })).toEqualTypeOf<number>();
    expectTypeOf(rng.standardNormal()).toEqualTypeOf<number>();
    expectTypeOf(rng.standardNormal(undefined, { dtype: 'float32' })).toEqualTypeOf<number>();
  });

  it('is an NDArray of its dtype with one', () => {
    expectTypeOf(rng.random(3)).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(rng.random([2, 3])).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(rng.random([2, 3] as const).data).toEqualTypeOf<Float64Array>();
    expectTypeOf(rng.random(3, { dtype: 'float32' }).data).toEqualTypeOf<Float32Array>();
    expectTypeOf(rng.random({ size: [2], dtype: 'float32' }).data).toEqualTypeOf<Float32Array>();
    expectTypeOf(rng.random({ size: 2 })).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(rng.standardNormal([2], { dtype: 'float32' })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(rng.random(3, { dtype: either }).data).toEqualTypeOf<Float32Array | Float64Array>();
  });

  it('has the dtype of out', () => {
    expectTypeOf(rng.random({ out: f32 })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(rng.random({ out: f64 }).data).toEqualTypeOf<Float64Array>();
    expectTypeOf(rng.random([2, 3], { out: f32 }).data).toEqualTypeOf<Float32Array>();
    expectTypeOf(rng.random({ out: f32, size: [2, 3], dtype: 'float32' })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(rng.standardNormal({ out: nd32 })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(rng.random({ out: new Float32Array(new SharedArrayBuffer(8)) }).dtype).toEqualTypeOf<'float32'>();
    expectTypeOf(rng.random({ out: f64.subarray(1) }).dtype).toEqualTypeOf<'float64'>();
  });

  it('refuses what it has not', () => {
    // @ts-expect-error no dtype of random's
    rng.random(3, { dtype: 'int32' });
    // @ts-expect-error nor this
    rng.random(3, { dtype: 'Float32' });
    // @ts-expect-error nor this one
    rng.standardNormal({ dtype: 'uint8' });
    // @ts-expect-error an out of another dtype
    rng.random({ out: i32 });
    // @ts-expect-error an NDArray of another
    rng.random({ out: ndMask });
    // @ts-expect-error dtype and out disagree
    rng.random({ out: f32, dtype: 'float64' });
    // @ts-expect-error a misspelt option
    rng.random(3, { dtyp: 'float32' });
    // @ts-expect-error an option of another method
    rng.random(3, { endpoint: true });
    // @ts-expect-error a size that is no number
    rng.random('3');
    // @ts-expect-error nor are its dimensions
    rng.random(['3']);
    // @ts-expect-error a bigint is none either
    rng.random(3n);
    // @ts-expect-error the size given twice
    rng.random(3, { size: 3 });
    // @ts-expect-error options twice
    rng.random({ size: 3 }, { dtype: 'float32' });
  });
});

describe('uniform, normal', () => {
  it('takes bounds, then size and options', () => {
    expectTypeOf(rng.uniform()).toEqualTypeOf<number>();
    expectTypeOf(rng.uniform(1, 2)).toEqualTypeOf<number>();
    expectTypeOf(rng.uniform(1, 2, { dtype: 'float32' })).toEqualTypeOf<number>();
    expectTypeOf(rng.uniform(1, 2, 3)).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(rng.uniform(undefined, undefined, [3], { dtype: 'float32' }).data).toEqualTypeOf<Float32Array>();
    expectTypeOf(rng.uniform(-1, 1, { out: f32 }).data).toEqualTypeOf<Float32Array>();
    expectTypeOf(rng.normal(0, 1, { size: 3, dtype: 'float32' }).data).toEqualTypeOf<Float32Array>();
    expectTypeOf(rng.normal(0, 0.02, [768, 3072], { dtype: 'float32' })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(rng.normal(0, 1)).toEqualTypeOf<number>();
    // @ts-expect-error bounds are numbers
    rng.uniform('0', 1);
    // @ts-expect-error not bigints
    rng.uniform(0n, 1n);
    // @ts-expect-error no dtype of normal's
    rng.normal(0, 1, 3, { dtype: 'int8' });
  });
});

describe('bernoulli, binomial', () => {
  it('is a number, a boolean for bool', () => {
    expectTypeOf(rng.bernoulli(0.5)).toEqualTypeOf<number>();
    expectTypeOf(rng.bernoulli(0.5, { dtype: 'bool' })).toEqualTypeOf<boolean>();
    expectTypeOf(rng.bernoulli(0.5, undefined, { dtype: 'bool' })).toEqualTypeOf<boolean>();
    expectTypeOf(rng.bernoulli(0.5, { dtype: 'float32' })).toEqualTypeOf<number>();
    expectTypeOf(rng.binomial(10, 0.5)).toEqualTypeOf<number>();
    expectTypeOf(rng.binomial(10, 0.5, { dtype: 'int64' })).toEqualTypeOf<bigint>();
    expectTypeOf(rng.binomial(10, 0.5, { dtype: 'float64' })).toEqualTypeOf<number>();
  });

  it('or an NDArray', () => {
    expectTypeOf(rng.bernoulli(0.5, 3).data).toEqualTypeOf<Uint8Array>();
    expectTypeOf(rng.bernoulli(0.5, 3)).toEqualTypeOf<NDArray<'uint8'>>();
    expectTypeOf(rng.bernoulli(0.5, [3], { dtype: 'bool' })).toEqualTypeOf<NDArray<'bool'>>();
    expectTypeOf(rng.bernoulli(0.5, [3], { dtype: 'float32' }).data).toEqualTypeOf<Float32Array>();
    expectTypeOf(rng.bernoulli(0.5, { out: u8 })).toEqualTypeOf<NDArray<'uint8'>>();
    expectTypeOf(rng.bernoulli(0.5, { out: ndMask })).toEqualTypeOf<NDArray<'bool'>>();
    expectTypeOf(rng.binomial(10, 0.5, 3, { dtype: 'uint8' }).data).toEqualTypeOf<Uint8Array>();
    expectTypeOf(rng.binomial(10, 0.5, 3, { dtype: 'int64' }).data).toEqualTypeOf<BigInt64Array>();
    expectTypeOf(rng.binomial(10, 0.5, { out: i32 }).data).toEqualTypeOf<Int32Array>();
    // the count decides between the two
    expectTypeOf(rng.binomial(10, 0.5, 3).data).toEqualTypeOf<Int32Array | Float64Array>();
    // @ts-expect-error p is needed
    rng.bernoulli();
    // @ts-expect-error and a number
    rng.bernoulli('0.5');
    // @ts-expect-error no mask
    rng.bernoulli(0.5, 3, { dtype: 'float64' });
    // @ts-expect-error nor is this one
    rng.bernoulli(0.5, { out: f64 });
    // @ts-expect-error counts are no booleans
    rng.binomial(10, 0.5, 3, { dtype: 'bool' });
  });
});

describe('integers', () => {
  it('is a number, a bigint for 64 bits', () => {
    expectTypeOf(rng.integers(10)).toEqualTypeOf<number>();
    expectTypeOf(rng.integers(5, 10)).toEqualTypeOf<number>();
    expectTypeOf(rng.integers(5n, 10n, { dtype: 'uint8' })).toEqualTypeOf<number>();
    expectTypeOf(rng.integers(10, { endpoint: true })).toEqualTypeOf<number>();
    expectTypeOf(rng.integers(10, { dtype: 'int64' })).toEqualTypeOf<bigint>();
    expectTypeOf(rng.integers(0, 10, { dtype: 'uint64' })).toEqualTypeOf<bigint>();
    expectTypeOf(rng.integers(0, 10, undefined, { dtype: 'int64', endpoint: true })).toEqualTypeOf<bigint>();
  });

  it('or an NDArray', () => {
    expectTypeOf(rng.integers(0, 9n, 4, { dtype: 'int64' }).data).toEqualTypeOf<BigInt64Array>();
    expectTypeOf(rng.integers(0, 9, 4).data).toEqualTypeOf<Int32Array>();
    expectTypeOf(rng.integers(9, undefined, [4, 2], { dtype: 'uint16' }).data).toEqualTypeOf<Uint16Array>();
    expectTypeOf(rng.integers(9, { size: 4 })).toEqualTypeOf<NDArray<'int32'>>();
    expectTypeOf(rng.integers(9, { size: 4, dtype: 'uint64', endpoint: true }).data).toEqualTypeOf<BigUint64Array>();
    expectTypeOf(rng.integers(1, 7, { size: 4, dtype: 'int8' }).data).toEqualTypeOf<Int8Array>();
    expectTypeOf(rng.integers(9, { out: u8 })).toEqualTypeOf<NDArray<'uint8'>>();
    expectTypeOf(rng.integers(0, 9, { out: u64 })).toEqualTypeOf<NDArray<'uint64'>>();
    expectTypeOf(rng.integers(0, 9, [2, 2], { out: i64, endpoint: true }).data).toEqualTypeOf<BigInt64Array>();
    expectTypeOf(rng.integers(0, 9, { out: nd64 })).toEqualTypeOf<NDArray<'int64'>>();
    // @ts-expect-error no integers
    rng.integers(0, 9, 4, { dtype: 'float64' });
    expectTypeOf(rng.integers(0, 2, 4, { dtype: 'bool' })).toEqualTypeOf<NDArray<'bool'>>();
    expectTypeOf(rng.integers(0, 2, { dtype: 'bool' })).toEqualTypeOf<boolean>();
    expectTypeOf(rng.integers([5, 6])).toEqualTypeOf<NDArray<'int32'>>();
    expectTypeOf(rng.integers(1, [5n, 6n], { dtype: 'int64' })).toEqualTypeOf<NDArray<'int64'>>();
    expectTypeOf(rng.integers([[1], [2]], 9)).toEqualTypeOf<NDArray<'int32'>>();
    expectTypeOf(rng.permuted(nd64, { axis: 0 })).toEqualTypeOf<NDArray<'int64'>>();
    expectTypeOf(rng.permuted(['a'])).toEqualTypeOf<string[]>();
    // @ts-expect-error nor into floats
    rng.integers(0, 9, { out: f64 });
    // @ts-expect-error a bound is needed
    rng.integers();
    // @ts-expect-error and an integer
    rng.integers('9');
    // @ts-expect-error endpoint is true or false
    rng.integers(0, 9, 4, { endpoint: 1 });
  });
});

describe('choice', () => {
  const labels = ['a', 'b'];
  it('draws what is there', () => {
    expectTypeOf(rng.choice(5)).toEqualTypeOf<number>();
    expectTypeOf(rng.choice(labels)).toEqualTypeOf<string>();
    expectTypeOf(rng.choice(['a', 1] as const)).toEqualTypeOf<'a' | 1>();
    expectTypeOf(rng.choice(f32)).toEqualTypeOf<number>();
    expectTypeOf(rng.choice(i64)).toEqualTypeOf<bigint>();
    expectTypeOf(rng.choice(labels, { p: [0.5, 0.5] })).toEqualTypeOf<string>();
    expectTypeOf(rng.choice(nd32)).toEqualTypeOf<number | NDArray<'float32'>>();
  });

  it('in arrays of its own kind', () => {
    expectTypeOf(rng.choice(5, 3)).toEqualTypeOf<NDArray<'int32'>>();
    expectTypeOf(rng.choice(labels, 3)).toEqualTypeOf<string[]>();
    expectTypeOf(rng.choice(labels, 3, { p: f64, replace: false, shuffle: false })).toEqualTypeOf<string[]>();
    expectTypeOf(rng.choice(f32, [2, 3])).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(rng.choice(i64, { size: 3 }).data).toEqualTypeOf<BigInt64Array>();
    expectTypeOf(rng.choice(nd32, 3, { axis: 1 })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(rng.choice(labels, [2, 3])).toEqualTypeOf<NestedArray<string>>();
    expectTypeOf(rng.choice([{ x: 1 }], 2)).toEqualTypeOf<{ x: number }[]>();
    // @ts-expect-error no population
    rng.choice('ab');
    // @ts-expect-error a misspelt option
    rng.choice(labels, 3, { replacement: false });
    // @ts-expect-error no probabilities
    rng.choice(labels, 3, { p: i32 });
    // @ts-expect-error replace is true or false
    rng.choice(labels, 3, { replace: 'no' });
  });
});

describe('permutation, shuffle', () => {
  it('is a copy of the same kind', () => {
    expectTypeOf(rng.permutation(5)).toEqualTypeOf<NDArray<'int32'>>();
    expectTypeOf(rng.permutation(['a', 'b'])).toEqualTypeOf<string[]>();
    expectTypeOf(rng.permutation(['a', 1] as const)).toEqualTypeOf<('a' | 1)[]>();
    expectTypeOf(rng.permutation(f32)).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(rng.permutation(nd64, { axis: 1 })).toEqualTypeOf<NDArray<'int64'>>();
    expectTypeOf(rng.shuffle(['a'])).toEqualTypeOf<void>();
    expectTypeOf(rng.shuffle(f32)).toEqualTypeOf<void>();
    expectTypeOf(rng.shuffle(ndMask, { axis: 0 })).toEqualTypeOf<void>();
    // @ts-expect-error nothing to permute
    rng.permutation('ab');
    // @ts-expect-error nothing to shuffle in place
    rng.shuffle(5);
    const fixed = ['a', 'b'] as const;
    // @ts-expect-error what cannot be written to
    rng.shuffle(fixed);
  });
});

describe('generators', () => {
  it('keeps its class', () => {
    expectTypeOf(rng.bytes(4)).toEqualTypeOf<Uint8Array>();
    expectTypeOf(rng.spawn(2)).toEqualTypeOf<Generator[]>();
    expectTypeOf(rng.bitGenerator).toEqualTypeOf<BitGenerator>();
    const pcg = new PCG32(1);
    expectTypeOf(pcg.advance(5n)).toEqualTypeOf<PCG32>();
    expectTypeOf(pcg.jumped()).toEqualTypeOf<PCG32>();
    expectTypeOf(pcg.spawn(2)).toEqualTypeOf<PCG32[]>();
    expectTypeOf(pcg.randomRaw()).toEqualTypeOf<number>();
    expectTypeOf(pcg.randomRaw([2])).toEqualTypeOf<NDArray<'uint32'>>();
    expectTypeOf(pcg.state.phase).toEqualTypeOf<{ kind: 'normal32' | 'normal64' | 'bernoulli'; done: number } | null>();
    expectTypeOf(PCG32DXSM.fromState(1, 2n)).toEqualTypeOf<PCG32DXSM>();
    expectTypeOf(PCG32DXSM.fromJSON({})).toEqualTypeOf<PCG32DXSM>();
    expectTypeOf(defaultRng(new SeedSequence(1))).toEqualTypeOf<Generator>();
    defaultRng(2n ** 70n);
    defaultRng([1, 2n]);
    defaultRng(null);
    defaultRng(pcg);
    // @ts-expect-error no seed
    defaultRng('1');
    // @ts-expect-error no bit generator
    new Generator(5);
    // @ts-expect-error past 2^53 as a bigint, not text
    pcg.advance('5');
  });
});

describe('module-level functions', () => {
  it('has the types of the methods', () => {
    expectTypeOf(ndrand.rand()).toEqualTypeOf<number>();
    expectTypeOf(ndrand.rand(2, 3)).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(ndrand.randn(2)).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(ndrand.randint(10)).toEqualTypeOf<number>();
    expectTypeOf(ndrand.randint(0, 10, [2, 3])).toEqualTypeOf<NDArray<'int32'>>();
    expectTypeOf(ndrand.random(3, { dtype: 'float32' }).data).toEqualTypeOf<Float32Array>();
    expectTypeOf(ndrand.uniform).toEqualTypeOf<Generator['uniform']>();
    expectTypeOf(ndrand.normal(0, 1, { out: f32 }).data).toEqualTypeOf<Float32Array>();
    expectTypeOf(ndrand.standardNormal()).toEqualTypeOf<number>();
    expectTypeOf(ndrand.bernoulli(0.5, { dtype: 'bool' })).toEqualTypeOf<boolean>();
    expectTypeOf(ndrand.binomial(5, 0.5, { dtype: 'uint64' })).toEqualTypeOf<bigint>();
    expectTypeOf(ndrand.choice(['a'])).toEqualTypeOf<string>();
    expectTypeOf(ndrand.permutation(f64)).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(ndrand.shuffle([1])).toEqualTypeOf<void>();
    expectTypeOf(ndrand.seed(5)).toEqualTypeOf<void>();
    // @ts-expect-error no seed
    ndrand.seed('5');
    // @ts-expect-error the shape is the arguments here
    ndrand.rand([2, 3]);
    // @ts-expect-error no dtype of random's
    ndrand.random(3, { dtype: 'int8' });
  });
});
