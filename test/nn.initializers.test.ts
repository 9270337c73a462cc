/** Initialisers to the bit: fans and gains by the rules of PyTorch and Keras, values by the generator's own draws. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { constructorOf, type FloatDType } from '../src/dtype.ts';
import { fillArray } from '../src/fill.ts';
import { defaultRng, Generator } from '../src/generator.ts';
import { NDArray } from '../src/ndarray.ts';
import * as nn from '../src/nn/index.ts';
import { truncatedKernel } from '../src/nn/truncatedNormal.ts';
import * as ndrand from '../src/random.ts';
import { sizeOf } from '../src/shape.ts';
import { again, classes, hexOf, names, stateOf } from './draws.ts';

type Layout = 'oi' | 'io';
type Mode = 'fanIn' | 'fanOut' | 'fanAvg';
type Shape = readonly number[];
type Loose = (shape: unknown, options?: unknown) => NDArray<FloatDType>;

/** PyTorch's rule (torch/nn/init.py, `_calculate_fan_in_and_fan_out`): axis 1 in, axis 0 out, times the elements of what follows. */
function torchFans(shape: Shape): { fanIn: number; fanOut: number } {
  let field = 1;
  for (const size of shape.slice(2)) field *= size;
  return { fanIn: shape[1] * field, fanOut: shape[0] * field };
}

/** Keras's rule (keras/src/initializers/random_initializers.py, `compute_fans`): the last axis out, the one before in, times those in front. */
function kerasFans(shape: Shape): { fanIn: number; fanOut: number } {
  const rest = [...shape], out = rest.pop()!, channels = rest.pop()!;
  const field = rest.reduce((a, b) => a * b, 1);
  return { fanIn: channels * field, fanOut: out * field };
}

const fansBy = { oi: torchFans, io: kerasFans };
const modes: Mode[] = ['fanIn', 'fanOut', 'fanAvg'];
const fanBy = (shape: Shape, layout: Layout, mode: Mode) => {
  const { fanIn, fanOut } = fansBy[layout](shape);
  return { fanIn, fanOut, fanAvg: (fanIn + fanOut) / 2 }[mode];
};
/** The same weight in the other layout: [out, in, …field] to […field, in, out]. */
const transposed = ([out, channels, ...field]: Shape): number[] => [...field, channels, out];

const shapes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 2, maxLength: 5 });
const anyLayout = fc.constantFrom<Layout>('oi', 'io'), anyDType = fc.constantFrom<FloatDType>('float32', 'float64');
const anyFactor = fc.double({ min: 1e-6, max: 1e6, noNaN: true });

describe('fans', () => {
  test.each([
    // dense, conv1d, conv2d, conv3d, as PyTorch and Keras give them
    [[300, 784], 'oi', 784, 300], [[784, 300], 'io', 784, 300],
    [[64, 16, 5], 'oi', 80, 320], [[5, 16, 64], 'io', 80, 320],
    [[64, 3, 7, 7], 'oi', 147, 3136], [[7, 7, 3, 64], 'io', 147, 3136],
    [[32, 8, 3, 4, 5], 'oi', 480, 1920], [[3, 4, 5, 8, 32], 'io', 480, 1920],
    [[1, 1], 'oi', 1, 1], [[1, 1, 1, 1, 1, 1], 'io', 1, 1], [[2 ** 16, 2 ** 16], 'io', 2 ** 16, 2 ** 16],
  ] as [number[], Layout, number, number][])('%j %s', (shape, layout, fanIn, fanOut) => {
    expect(nn.fans(shape, layout)).toEqual({ fanIn, fanOut });
  });

  test('any shape, by both rules; a layout is the other transposed', () => {
    fc.assert(fc.property(shapes, shape => {
      expect(nn.fans(shape)).toEqual(torchFans(shape));
      expect(nn.fans(shape, undefined)).toEqual(torchFans(shape));
      expect(nn.fans(shape, 'io')).toEqual(kerasFans(shape));
      expect(nn.fans(transposed(shape), 'io')).toEqual(nn.fans(shape, 'oi'));
    }));
    const frozen = Object.freeze([2, 3]);
    expect(nn.fans(frozen)).toEqual({ fanIn: 3, fanOut: 2 });
  });
});

/** PyTorch's table (torch/nn/init.py, `calculate_gain`). */
const torchGains: Record<string, number> = {
  linear: 1, sigmoid: 1, conv1d: 1, conv2d: 1, conv3d: 1, conv_transpose1d: 1, conv_transpose2d: 1, conv_transpose3d: 1, tanh: 5 / 3, relu: 2 ** 0.5, selu: 3 / 4,
};

describe('calculateGain', () => {
  test.each(Object.entries(torchGains))('%s', (name, gain) => {
    expect(nn.calculateGain(name)).toBe(gain);
    expect(nn.calculateGain(name, undefined)).toBe(gain);
    expect(nn.calculateGain(name.replace('_t', 'T'))).toBe(gain);
  });

  test('identity; leakyRelu in both spellings, by its slope', () => {
    expect(nn.calculateGain('identity')).toBe(1);
    expect(nn.calculateGain('leakyRelu')).toBe(Math.sqrt(2 / 1.0001));
    for (const name of ['leakyRelu', 'leaky_relu']) {
      for (const a of [0, -0, 0.01, 0.2, -0.2, 1, 5.5, 1e10]) expect(nn.calculateGain(name, a)).toBe(Math.sqrt(2 / (1 + a * a)));
      expect(nn.calculateGain(name, undefined)).toBe(nn.calculateGain(name, 0.01));
    }
  });
});

/** What the generator draws for it. */
const draws = {
  normal: (rng: Generator, std: number, shape: Shape, dtype: FloatDType) => rng.normal(0, std, shape, { dtype }),
  uniform: (rng: Generator, std: number, shape: Shape, dtype: FloatDType) => rng.uniform(-Math.sqrt(3) * std, Math.sqrt(3) * std, shape, { dtype }),
  truncatedNormal(rng: Generator, std: number, shape: Shape, dtype: FloatDType) {
    const parent = std / 0.8796256610342398, data = new (constructorOf(dtype))(sizeOf(shape));
    fillArray(rng.bitGenerator, truncatedKernel(0, parent, -2 * parent, 2 * parent, dtype), data);
    return new NDArray(data, shape, dtype);
  },
};

interface Case {
  label: string;
  call: unknown;
  kind: keyof typeof draws;
  /** Options of its own, and the standard deviation they should give. */
  options: fc.Arbitrary<Record<string, unknown>>;
  std(shape: Shape, options: never, layout: Layout): number;
}

const heOptions = fc.record({
  mode: fc.constantFrom(...modes),
  nonlinearity: fc.constantFrom(...Object.keys(torchGains), 'leakyRelu', 'leaky_relu', 'identity', 'convTranspose2d', undefined),
  slope: fc.option(fc.double({ min: -20, max: 20, noNaN: true }), { nil: undefined }),
}, { requiredKeys: [] }).map(({ slope, ...rest }) => {
  // a slope is leakyRelu's, which it implies where nothing else is said
  const leaky = rest.nonlinearity === undefined || /^leaky/.test(rest.nonlinearity);
  return slope !== undefined && leaky ? { ...rest, a: slope } : rest;
});

function heGain({ nonlinearity, a }: { nonlinearity?: string; a?: number }): number {
  if (nonlinearity === 'identity' || nonlinearity === 'convTranspose2d') return 1;
  // without a slope PyTorch's kaiming functions take 0, which is relu
  return torchGains[nonlinearity ?? ''] ?? Math.sqrt(2 / (1 + (a ?? 0) ** 2));
}

type HeOptions = { mode?: Mode; nonlinearity?: string; a?: number };
type ScalingOptions = { scale?: number; mode?: Mode };
const heStd = (shape: Shape, options: HeOptions, layout: Layout) => heGain(options) / Math.sqrt(fanBy(shape, layout, options.mode ?? 'fanIn'));
const xavierStd = (shape: Shape, { gain = 1 }: { gain?: number }, layout: Layout) => gain * Math.sqrt(2 / (2 * fanBy(shape, layout, 'fanAvg')));
const lecunStd = (shape: Shape, _: unknown, layout: Layout) => 1 / Math.sqrt(fanBy(shape, layout, 'fanIn'));
const scalingStd = (shape: Shape, { scale = 1, mode = 'fanIn' }: ScalingOptions, layout: Layout) => Math.sqrt(scale / fanBy(shape, layout, mode));
const gains = fc.record({ gain: anyFactor }, { requiredKeys: [] });
const scaling = (distribution: string) => fc.record({ scale: anyFactor, mode: fc.constantFrom(...modes), distribution: fc.constant(distribution) }, { requiredKeys: ['distribution'] });

const cases: Case[] = [
  { label: 'heNormal', call: nn.heNormal, kind: 'normal', options: heOptions, std: heStd },
  { label: 'heUniform', call: nn.heUniform, kind: 'uniform', options: heOptions, std: heStd },
  { label: 'xavierNormal', call: nn.xavierNormal, kind: 'normal', options: gains, std: xavierStd },
  { label: 'xavierUniform', call: nn.xavierUniform, kind: 'uniform', options: gains, std: xavierStd },
  { label: 'lecunNormal', call: nn.lecunNormal, kind: 'normal', options: fc.constant({}), std: lecunStd },
  { label: 'lecunUniform', call: nn.lecunUniform, kind: 'uniform', options: fc.constant({}), std: lecunStd },
  { label: 'varianceScaling, uniform', call: nn.varianceScaling, kind: 'uniform', options: scaling('uniform'), std: scalingStd },
  { label: 'varianceScaling, untruncated', call: nn.varianceScaling, kind: 'normal', options: scaling('untruncatedNormal'), std: scalingStd },
  { label: 'varianceScaling, truncated', call: nn.varianceScaling, kind: 'truncatedNormal', options: scaling('truncatedNormal'), std: scalingStd },
];

/** Runs `initialise` and `draw` on generators at one point, a phase perhaps begun, and expects the same bits, state and array. */
function expectSame(rng: Generator, initialise: (rng: Generator) => NDArray<FloatDType>, draw: (rng: Generator) => NDArray<FloatDType>): void {
  const other = again(rng), got = initialise(rng), expected = draw(other);
  expect([got.dtype, got.shape]).toEqual([expected.dtype, expected.shape]);
  expect(hexOf(got.data)).toBe(hexOf(expected.data));
  expect(stateOf(rng)).toBe(stateOf(other));
}

/** A generator after an odd or even number of draws, so that pairs are begun. */
const starts = fc.record({ name: fc.constantFrom(...names), seed: fc.integer({ min: 0 }), normals: fc.integer({ min: 0, max: 3 }), phase: anyDType })
  .map(({ name, seed, normals, phase }) => {
    const rng = new Generator(new classes[name](seed));
    rng.standardNormal(normals, { dtype: phase });
    return rng;
  });

describe.each(cases)('$label is the generator\'s draw', ({ call, kind, options, std, label }) => {
  const initialise = call as Loose;

  test('any shape, layout, dtype and options: bits and consumption', () => {
    fc.assert(fc.property(starts, shapes, options, anyLayout, anyDType, fc.boolean(), (rng, shape, own, layout, dtype, says) => {
      // defaults left out: layout 'oi', dtype float32
      const all = { ...own, ...(says || layout !== 'oi' ? { layout } : {}), ...(says || dtype !== 'float32' ? { dtype } : {}) };
      expectSame(rng, r => initialise(shape, { ...all, rng: r }), r => draws[kind](r, std(shape, own as never, layout), shape, dtype));
    }), { numRuns: 150 });
  });

  test('a weight transposed into the other layout has the same values in order of memory', () => {
    fc.assert(fc.property(shapes, options, anyDType, (shape, own, dtype) => {
      const oi = initialise(shape, { ...own, dtype, rng: defaultRng(3) }), io = initialise(transposed(shape), { ...own, dtype, layout: 'io', rng: defaultRng(3) });
      expect(hexOf(io.data)).toBe(hexOf(oi.data));
    }), { numRuns: 50 });
  });

  test('large enough for several blocks', () => {
    for (const dtype of ['float32', 'float64'] as const) {
      const shape = [257, 401], own = label.startsWith('varianceScaling') ? { distribution: kind === 'normal' ? 'untruncatedNormal' : kind } : {};
      expectSame(defaultRng(9), rng => initialise(shape, { ...own, rng, dtype }), rng => draws[kind](rng, std(shape, own as never, 'oi'), shape, dtype));
    }
  });
});

test('varianceScaling is truncated and by fan-in where nothing is said', () => {
  const bare = nn.varianceScaling([9, 5], { rng: defaultRng(1) }), said = { scale: 1, mode: 'fanIn', distribution: 'truncatedNormal', layout: 'oi', dtype: 'float32' } as const;
  expect(hexOf(bare.data)).toBe(hexOf(nn.varianceScaling([9, 5], { ...said, rng: defaultRng(1) }).data));
});

describe('uniform and normal', () => {
  test('are the generator\'s, float32 unless asked', () => {
    const anySize = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }));
    fc.assert(fc.property(starts, anySize, anyDType, fc.double({ min: -10, max: 10, noNaN: true }), fc.double({ min: 1e-3, max: 5, noNaN: true }), (rng, shape, dtype, at, width) => {
      expectSame(rng, r => nn.uniform(shape, { rng: r, low: at, high: at + width, dtype }), r => r.uniform(at, at + width, shape, { dtype }));
      expectSame(rng, r => nn.normal(shape, { rng: r, mean: at, std: width, dtype }), r => r.normal(at, width, shape, { dtype }));
      expectSame(rng, r => nn.uniform(shape, { rng: r }), r => r.random(shape, { dtype: 'float32' }));
      expectSame(rng, r => nn.normal(shape, { rng: r }), r => r.standardNormal(shape, { dtype: 'float32' }));
    }));
  });

  test('in two calls they are one call', () => {
    for (const call of [nn.uniform, nn.normal] as Loose[]) {
      const whole = call(37, { rng: defaultRng(4) }), rng = defaultRng(4);
      expect([...call([3, 3], { rng }).data, ...call(28, { rng }).data]).toEqual([...whole.data]);
    }
  });

  test('std 0 is the mean, and draws all the same', () => {
    expectSame(defaultRng(1), rng => nn.normal(5, { mean: 0.5, std: 0, rng }), rng => rng.normal(0.5, 0, 5, { dtype: 'float32' }));
    expect([...nn.normal(5, { mean: 0.5, std: 0 }).data]).toEqual([0.5, 0.5, 0.5, 0.5, 0.5]);
  });
});

/** Every initialiser here with options that make it draw. */
const everyone: [name: string, call: Loose, options: object][] = ([
  ['zeros', nn.zeros, {}], ['ones', nn.ones, {}], ['constant', nn.constant, { value: -1.5 }], ['uniform', nn.uniform, { low: -1 }], ['normal', nn.normal, { mean: 3 }],
  ['heNormal', nn.heNormal, {}], ['heUniform', nn.heUniform, {}], ['xavierNormal', nn.xavierNormal, {}], ['xavierUniform', nn.xavierUniform, {}],
  ['lecunNormal', nn.lecunNormal, {}], ['lecunUniform', nn.lecunUniform, {}], ['varianceScaling', nn.varianceScaling, {}],
  ['varianceScaling, uniform', nn.varianceScaling, { distribution: 'uniform' }], ['sparse', nn.sparse, { sparsity: 0.4, std: 1 }], ['eye', nn.eye, { gain: 2 }],
  ['dirac', nn.dirac, {}], ['orthogonal', nn.orthogonal, {}],
] as [string, unknown, object][]).map(([name, call, options]) => [name, call as Loose, options]);

describe.each(everyone)('%s into memory', (name, call, options) => {
  const shape = name === 'dirac' ? [3, 2, 5] : [5, 6], size = 30;

  test.each(['float32', 'float64'] as const)('out of %s: a typed array at an offset, an NDArray, shared memory', dtype => {
    const View = constructorOf(dtype), expected = call(shape, { ...options, dtype, rng: defaultRng(8) }), hex = hexOf(expected.data);
    expect([expected.dtype, expected.shape]).toEqual([dtype, shape]);

    const wide = new View(size + 6).fill(7), part = wide.subarray(3, 3 + size), into = call(shape, { ...options, out: part, rng: defaultRng(8) });
    expect(into).toBeInstanceOf(NDArray);
    expect([into.data === part, into.dtype, into.shape]).toEqual([true, dtype, shape]);
    expect(hexOf(part)).toBe(hex);
    expect([...wide.subarray(0, 3), ...wide.subarray(-3)]).toEqual([7, 7, 7, 7, 7, 7]);

    const array = new NDArray(new View(size).fill(7), shape, dtype);
    expect(call(shape, { ...options, out: array, dtype, rng: defaultRng(8) })).toBe(array);
    expect(hexOf(array.data)).toBe(hex);

    const shared = new View(new SharedArrayBuffer((size + 1) * View.BYTES_PER_ELEMENT), View.BYTES_PER_ELEMENT, size).fill(7);
    expect(call(shape, { ...options, out: shared, rng: defaultRng(8) }).data).toBe(shared);
    expect(hexOf(shared)).toBe(hex);
  });

  test('is float32 on memory of its own; undefined options are defaults; the shape given stays as it is', () => {
    const given = [...shape], explicit = { ...options, dtype: undefined, out: undefined };
    const first = call(given, { ...explicit, rng: defaultRng(8) }), second = call(Object.freeze([...shape]), { ...options, rng: defaultRng(8) });
    expect([first.dtype, given]).toEqual(['float32', shape]);
    expect(hexOf(first.data)).toBe(hexOf(second.data));
    expect(first.data.buffer.byteLength).toBe(size * 4);
    expect(first.shape).not.toBe(given);
  });

  test('draws from the generator that seed seeds', () => {
    ndrand.seed(31);
    const [first, second] = [call(shape, options), call(shape, { ...options, rng: undefined })], after = ndrand.random(), rng = defaultRng(31);
    expect(hexOf(first.data)).toBe(hexOf(call(shape, { ...options, rng }).data));
    expect(hexOf(second.data)).toBe(hexOf(call(shape, { ...options, rng }).data));
    expect(after).toBe(rng.random());
  });
});

test('aliases are the same functions', () => {
  expect(nn.kaimingNormal).toBe(nn.heNormal);
  expect(nn.kaimingUniform).toBe(nn.heUniform);
  expect(nn.glorotNormal).toBe(nn.xavierNormal);
  expect(nn.glorotUniform).toBe(nn.xavierUniform);
});

test('what draws nothing leaves the generator as it is', () => {
  const rng = defaultRng(2), state = stateOf(rng);
  nn.zeros(5, { rng });
  nn.ones([], { rng });
  nn.constant([2, 0], { rng, value: 1 });
  nn.eye([3, 3], { rng });
  nn.dirac([3, 3, 3], { rng });
  nn.normal([0, 4], { rng });
  nn.uniform(0, { rng });
  nn.sparse([0, 4], { rng, sparsity: 0.5 });
  nn.sparse([4, 0], { rng, sparsity: 0.5 });
  expect(stateOf(rng)).toBe(state);
});
