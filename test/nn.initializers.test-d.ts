import { describe, expectTypeOf, it } from 'vitest';
import { defaultRng, type Generator, type NDArray } from '../src/index.ts';
import * as nn from '../src/nn/index.ts';
import type { Fans, Initializer, Layout, Mode, Nonlinearity } from '../src/nn/index.ts';

const rng = defaultRng(1);
declare const f32: Float32Array, f64: Float64Array, i32: Int32Array, u8: Uint8Array;
declare const nd32: NDArray<'float32'>, nd64: NDArray<'float64'>, ndMask: NDArray<'bool'>, anyArray: NDArray;
declare const either: 'float32' | 'float64';
declare const maybe: Generator | undefined;

describe('the dtype', () => {
  it('is float32 where nothing is said', () => {
    expectTypeOf(nn.heNormal([2, 3])).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(nn.heNormal([2, 3]).data).toEqualTypeOf<Float32Array>();
    expectTypeOf(nn.heNormal([2, 3] as const, {})).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(nn.xavierUniform([2, 3], { gain: 2, layout: 'io', rng })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(nn.varianceScaling([2, 3], { distribution: 'uniform' })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(nn.uniform(5, { low: -1 })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(nn.zeros(5)).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(nn.constant(5, { value: 1 })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(nn.sparse([2, 2], { sparsity: 0.5 })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(nn.eye([2, 2])).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(nn.dirac([2, 2, 1], { groups: 2 })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(nn.lecunNormal([2, 2], { rng: maybe })).toEqualTypeOf<NDArray<'float32'>>();
  });

  it('is the one asked for', () => {
    expectTypeOf(nn.heNormal([2, 3], { dtype: 'float64' })).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(nn.heNormal([2, 3], { dtype: 'float32' }).data).toEqualTypeOf<Float32Array>();
    expectTypeOf(nn.normal([2], { mean: 1, std: 2, dtype: 'float64' }).data).toEqualTypeOf<Float64Array>();
    expectTypeOf(nn.constant(5, { value: 1, dtype: 'float64' })).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(nn.ones([1], { dtype: 'float64' })).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(nn.heNormal([2, 3], { dtype: either }).data).toEqualTypeOf<Float32Array | Float64Array>();
  });

  it('is that of out', () => {
    expectTypeOf(nn.heNormal([2, 3], { out: f32 })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(nn.heNormal([2, 3], { out: f64 })).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(nn.xavierNormal([2, 3], { out: nd64 })).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(nn.xavierNormal([2, 3], { out: nd32, dtype: 'float32', gain: 1 })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(nn.sparse([2, 2], { out: f64, sparsity: 0.5 })).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(nn.constant([2, 2], { out: f64, value: 0 })).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(nn.zeros(3, { out: f64.subarray(1) })).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(nn.eye([2, 2], { out: new Float32Array(new SharedArrayBuffer(16)) }).dtype).toEqualTypeOf<'float32'>();
  });

  it('is a float, and one only', () => {
    // @ts-expect-error no integers
    nn.heNormal([2, 3], { dtype: 'int32' });
    // @ts-expect-error nor bool
    nn.zeros(3, { dtype: 'bool' });
    // @ts-expect-error nor into integers
    nn.ones(3, { out: i32 });
    // @ts-expect-error nor bytes
    nn.dirac([2, 2, 1], { out: u8 });
    // @ts-expect-error nor a mask
    nn.eye([2, 2], { out: ndMask });
    // @ts-expect-error nor an array of any dtype
    nn.normal(3, { out: anyArray });
    // @ts-expect-error out and dtype disagree
    nn.heNormal([2, 3], { out: f32, dtype: 'float64' });
    // @ts-expect-error for these as well
    nn.constant(3, { out: f64, dtype: 'float32', value: 1 });
  });
});

describe('options', () => {
  it('without a default are demanded', () => {
    // @ts-expect-error no value
    nn.constant(3);
    // @ts-expect-error no value among them
    nn.constant(3, { dtype: 'float64' });
    // @ts-expect-error nor beside out
    nn.constant(3, { out: f32 });
    // @ts-expect-error undefined is none
    nn.constant(3, { value: undefined });
    // @ts-expect-error no sparsity
    nn.sparse([2, 2]);
    // @ts-expect-error no sparsity among them
    nn.sparse([2, 2], { std: 1, rng });
  });

  it('are known', () => {
    // @ts-expect-error a misspelt one
    nn.heNormal([2, 3], { mod: 'fanIn' });
    // @ts-expect-error one of another initialiser
    nn.heNormal([2, 3], { gain: 2 });
    // @ts-expect-error eye is the same in both layouts
    nn.eye([2, 2], { layout: 'io' });
    // @ts-expect-error zeros have none
    nn.zeros(3, { value: 0 });
    // @ts-expect-error a generator, no seed
    nn.heNormal([2, 3], { seed: 5 });
    // @ts-expect-error a Generator, no bit generator
    nn.heNormal([2, 3], { rng: rng.bitGenerator });
    // @ts-expect-error nor a number
    nn.zeros(3, { rng: 5 });
    // @ts-expect-error no mode
    nn.heNormal([2, 3], { mode: 'fan_in' });
    // @ts-expect-error no layout
    nn.lecunUniform([2, 3], { layout: 'OIHW' });
    // @ts-expect-error no distribution
    nn.varianceScaling([2, 3], { distribution: 'normal' });
    // @ts-expect-error numbers are numbers
    nn.normal(3, { std: '1' });
    // @ts-expect-error no bigints
    nn.dirac([2, 2, 1], { groups: 1n });
    // @ts-expect-error text is no shape
    nn.heNormal('2,3');
    // @ts-expect-error nor are its dimensions
    nn.heNormal(['2', 3]);
    // @ts-expect-error a shape is needed
    nn.heNormal();
  });

  it('take names of PyTorch for what follows', () => {
    nn.heNormal([2, 3], { nonlinearity: 'leaky_relu', a: 0.2 });
    nn.heUniform([2, 3], { nonlinearity: 'convTranspose2d', mode: 'fanAvg' });
  });
});

describe('fans, calculateGain, aliases', () => {
  it('have types of their own', () => {
    expectTypeOf(nn.fans([2, 3])).toEqualTypeOf<Fans>();
    expectTypeOf(nn.fans([2, 3] as const, 'io')).toEqualTypeOf<{ fanIn: number; fanOut: number }>();
    expectTypeOf(nn.calculateGain('relu')).toEqualTypeOf<number>();
    expectTypeOf(nn.calculateGain('leaky_relu', 0.2)).toEqualTypeOf<number>();
    expectTypeOf<Layout>().toEqualTypeOf<'oi' | 'io'>();
    expectTypeOf<Mode>().toEqualTypeOf<'fanIn' | 'fanOut' | 'fanAvg'>();
    expectTypeOf<'leakyRelu' | 'tanh'>().toExtend<Nonlinearity>();
    // @ts-expect-error a number is no shape for fans
    nn.fans(5);
    // @ts-expect-error no layout
    nn.fans([2, 3], 'hwio');
    // @ts-expect-error no name
    nn.calculateGain(2);
    expectTypeOf(nn.kaimingNormal).toEqualTypeOf(nn.heNormal);
    expectTypeOf(nn.kaimingUniform).toEqualTypeOf(nn.heUniform);
    expectTypeOf(nn.glorotNormal).toEqualTypeOf(nn.xavierNormal);
    expectTypeOf(nn.glorotUniform).toEqualTypeOf(nn.xavierUniform);
  });

  it('initialisers are interchangeable where their options are', () => {
    const table: Record<string, Initializer> = { he: nn.heNormal, xavier: nn.xavierUniform, zeros: nn.zeros, uniform: nn.uniform };
    expectTypeOf(table.he([2, 3], { rng })).toEqualTypeOf<NDArray<'float32'>>();
    // @ts-expect-error what demands an option is none of them
    const demanding: Initializer = nn.constant;
    expectTypeOf(demanding).toBeFunction();
  });
});
