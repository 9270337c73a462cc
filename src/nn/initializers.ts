/** Initialisers whose elements are drawn one by one: constants, uniforms and normals, plain or scaled by fan-in and fan-out. */
import { toResult, type Target } from '../arguments.ts';
import { checkFinite, checkOptions, type Options } from '../checks.ts';
import type { FloatDType } from '../dtype.ts';
import { rangeError, typeError } from '../errors.ts';
import { fillArray, type Kernel } from '../fill.ts';
import { uniformAffine } from '../affine.ts';
import type { BitGenerator } from '../bitGenerator.ts';
import { affineKernel, normalKernel, unitKernel } from '../kernels.ts';
import type { NDArray } from '../ndarray.ts';
import { anywhere, checkStd, checkWithin, INITIALIZER, nameOption, rngOption, toWeights, type DemandingInitializer, type Initializer } from './arguments.ts';
import { fanOf, fans, gainOf, layoutOption, type Fans, type Layout, type Mode, type Nonlinearity } from './fans.ts';
import { truncatedKernel } from './truncatedNormal.ts';

type Weights = Target<FloatDType> & { shape: readonly number[]; bitGenerator: BitGenerator };

/** What an initialiser's options and shape come to: the kernel that draws it. */
type Plan = (options: Options, weights: Weights) => Kernel;

/** An initialiser that draws every element with one kernel. */
function drawn<X>(known: readonly string[], plan: Plan): Initializer<X> {
  const all = [...INITIALIZER, ...known];
  return anywhere((shape, given) => {
    const options = checkOptions(given, all), { bitGenerator } = rngOption(options), weights = { ...toWeights(shape, options), bitGenerator };
    fillArray(bitGenerator, plan(options, weights), weights.data);
    return toResult<FloatDType>(weights) as NDArray;
  });
}

/** A number above 0. */
function positive(name: string, value: unknown): number {
  const number = checkFinite(name, value);
  if (number <= 0) throw rangeError(name, value, 'a number above 0');
  return number;
}

/** Half the width of a uniform of standard deviation `std`. */
function boundOf(std: number): number {
  return Math.sqrt(3) * std;
}

/** The standard deviation that the option `name` came to: above 0 in the dtype, and the width of a uniform of it within. */
function scaled(std: number, name: string, value: unknown, { dtype }: Weights): number {
  const round = dtype === 'float32' ? Math.fround : Number;
  if (round(std) > 0 && round(2 * boundOf(std)) < Infinity) return std;
  throw rangeError(name, value, `one that gives weights within ${dtype}: this gives a standard deviation of ${std}`);
}

/** Normals of a standard deviation. */
function normals(std: number, { dtype, bitGenerator }: Weights, mean = 0): Kernel {
  return affineKernel(normalKernel(dtype, bitGenerator), { scale: std, offset: mean, most: Infinity });
}

/** Uniforms in [−√3 std, √3 std), whose standard deviation is `std`. */
function uniforms(std: number, { dtype }: Weights): Kernel {
  const bound = boundOf(std);
  return affineKernel(unitKernel(dtype), uniformAffine(-bound, bound, dtype));
}

/** The option `layout`, of every initialiser that counts fans. */
interface LayoutOption {
  /** 'oi' (PyTorch, the default) or 'io' (Keras, tfjs). */
  layout?: Layout;
}

/** The fans of the weights, by their layout. */
function fansOf({ layout }: Options, { shape }: Weights): Fans {
  return fans(shape, layoutOption(layout));
}

/**
 * Uniform in [low, high): `torch.nn.init.uniform_`, Keras's RandomUniform (-0.05 and 0.05 there). Options low = 0, high = 1; rng, dtype, out.
 *
 * @throws RangeError where low ≥ high or no value of the dtype lies between
 * @example
 * uniform([3, 5], { low: -0.05, high: 0.05 }).dtype; // 'float32'
 */
export const uniform: Initializer<{ low?: number; high?: number }> = drawn(['low', 'high'], ({ low = 0, high = 1 }, { dtype }) =>
  affineKernel(unitKernel(dtype), uniformAffine(low, high, dtype)));

/**
 * Normal: `torch.nn.init.normal_`, Keras's RandomNormal (std 0.05 there). Options mean = 0, std = 1; rng, dtype, out.
 *
 * @throws RangeError for a negative std, or a number that is not finite in the dtype
 * @example
 * normal([768, 3072], { std: 0.02 }).shape; // [768, 3072]
 */
export const normal: Initializer<{ mean?: number; std?: number }> = drawn(['mean', 'std'], ({ mean = 0, std = 1 }, weights) => {
  const offset = checkWithin('mean', mean, weights.dtype);
  return normals(checkStd(std, weights.dtype), weights, offset);
});

/** Options of the Xavier initialisers. */
interface XavierOptions extends LayoutOption {
  /** What the standard deviation is multiplied by, 1 by default: see `calculateGain`. */
  gain?: number;
}

/** gain · √(2 / (fanIn + fanOut)): Glorot and Bengio 2010, equation 16. */
function xavierStd(options: Options, weights: Weights): number {
  const { fanIn, fanOut } = fansOf(options, weights), { gain = 1 } = options;
  return scaled(positive('gain', gain) * Math.sqrt(2 / (fanIn + fanOut)), 'gain', gain, weights);
}

/**
 * Xavier (Glorot) uniform: in [−b, b) with b = gain · √(6 / (fanIn + fanOut)). Options gain = 1, layout = 'oi'; rng, dtype, out.
 *
 * @param shape at least 2 dimensions: [out, in, …] in layout 'oi', […, in, out] in 'io'
 * @throws RangeError for fewer dimensions, a dimension of 0, an unknown layout, a gain that is not above 0
 * @see Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010
 * @example
 * xavierUniform([256, 784], { gain: calculateGain('tanh') }).shape; // [256, 784]
 */
export const xavierUniform: Initializer<XavierOptions> = drawn(['gain', 'layout'], (options, weights) => uniforms(xavierStd(options, weights), weights));

/**
 * Xavier (Glorot) normal: of standard deviation gain · √(2 / (fanIn + fanOut)), not truncated, as PyTorch's. Options and errors as for
 * {@link xavierUniform}. Keras's GlorotNormal is truncated: {@link varianceScaling} with `mode: 'fanAvg'`.
 *
 * @example
 * xavierNormal([64, 3, 7, 7]).ndim; // 4
 */
export const xavierNormal: Initializer<XavierOptions> = drawn(['gain', 'layout'], (options, weights) => normals(xavierStd(options, weights), weights));

/** Options of the He initialisers. */
interface HeOptions extends LayoutOption {
  /** The fan that the variance is divided by: 'fanIn' (default) keeps it forward, 'fanOut' backward. */
  mode?: Mode;
  /** What follows: 'relu' by default, 'leakyRelu' where `a` is given. */
  nonlinearity?: Nonlinearity | (string & {});
  /** The negative slope of leakyRelu, 0 by default. */
  a?: number;
}

/** gain / √fan: He et al. 2015, equations 10 and 15. */
function heStd(options: Options, weights: Weights): number {
  const fan = fanOf(fansOf(options, weights), options.mode, 'fanIn'), { a, nonlinearity = a === undefined ? 'relu' : 'leakyRelu' } = options;
  // a slope of 0 where none is given, as PyTorch's kaiming functions have it; calculateGain alone takes 0.01
  return scaled(gainOf(nonlinearity, a, 0) / Math.sqrt(fan), 'a', a, weights);
}

const HE = ['mode', 'nonlinearity', 'a', 'layout'];

/**
 * He (Kaiming) uniform: in [−b, b) with b = gain · √(3 / fan). Options mode = 'fanIn', nonlinearity = 'relu', a, layout = 'oi'; rng, dtype, out.
 *
 * @param shape at least 2 dimensions: [out, in, …] in layout 'oi', […, in, out] in 'io'
 * @throws RangeError for fewer dimensions, a dimension of 0, an unknown layout, mode or nonlinearity, an `a` without leakyRelu
 * @see He et al., "Delving deep into rectifiers", ICCV 2015
 * @example
 * heUniform([64, 3, 7, 7], { mode: 'fanOut' }).dtype; // 'float32'
 */
export const heUniform: Initializer<HeOptions> = drawn(HE, (options, weights) => uniforms(heStd(options, weights), weights));

/**
 * He (Kaiming) normal: of standard deviation gain / √fan, not truncated, as PyTorch's. Options and errors as for {@link heUniform}.
 * Keras's HeNormal is truncated: {@link varianceScaling} with `scale: 2`.
 *
 * @example
 * heNormal([512, 784], { rng: defaultRng(42) }).shape; // [512, 784]
 */
export const heNormal: Initializer<HeOptions> = drawn(HE, (options, weights) => normals(heStd(options, weights), weights));

/** 1 / √fanIn: LeCun et al., "Efficient BackProp", 1998, section 4.6. */
function lecunStd(options: Options, weights: Weights): number {
  return 1 / Math.sqrt(fansOf(options, weights).fanIn);
}

/** LeCun uniform: in [−√(3 / fanIn), √(3 / fanIn)). Options layout = 'oi'; rng, dtype, out. @example lecunUniform([10, 128]).size; // 1280 */
export const lecunUniform: Initializer<LayoutOption> = drawn(['layout'], (options, weights) => uniforms(lecunStd(options, weights), weights));

/**
 * LeCun normal, for selu: of standard deviation √(1 / fanIn), not truncated. Options layout = 'oi'; rng, dtype, out.
 * Keras's LecunNormal is truncated: {@link varianceScaling} as it is.
 *
 * @example
 * lecunNormal([10, 128]).size; // 1280
 */
export const lecunNormal: Initializer<LayoutOption> = drawn(['layout'], (options, weights) => normals(lecunStd(options, weights), weights));

/** Options of `varianceScaling`. */
interface ScalingOptions extends LayoutOption {
  /** The variance times the fan, 1 by default. */
  scale?: number;
  /** The fan that the variance is divided by, 'fanIn' by default. */
  mode?: Mode;
  /** 'truncatedNormal' (default; at two standard deviations of the parent), 'untruncatedNormal' or 'uniform'. */
  distribution?: 'truncatedNormal' | 'untruncatedNormal' | 'uniform';
}

/** The standard deviation of a standard normal truncated to [−2, 2]: √(1 − 4 φ(2) / (2 Φ(2) − 1)). */
const TRUNCATED_STD = 0.8796256610342398;

/**
 * Keras's VarianceScaling: variance scale / fan exactly, the truncated normal's included, whose parent is made wider for what the truncation takes.
 * Options scale = 1, mode = 'fanIn', distribution = 'truncatedNormal', layout = 'oi'; rng, dtype, out.
 *
 * @param shape at least 2 dimensions: [out, in, …] in layout 'oi', […, in, out] in 'io'
 * @throws RangeError for fewer dimensions, a dimension of 0, an unknown layout, mode or distribution, a scale that is not above 0
 * @example
 * varianceScaling([3, 3, 16, 32], { scale: 2, mode: 'fanAvg', distribution: 'uniform', layout: 'io' }).size; // 4608
 */
export const varianceScaling: Initializer<ScalingOptions> = drawn(['scale', 'mode', 'distribution', 'layout'], (options, weights) => {
  const distribution = nameOption('distribution', options.distribution, ['truncatedNormal', 'untruncatedNormal', 'uniform'], 'truncatedNormal');
  const { scale = 1 } = options, variance = positive('scale', scale) / fanOf(fansOf(options, weights), options.mode, 'fanIn');
  const std = scaled(Math.sqrt(variance), 'scale', scale, weights);
  if (distribution === 'uniform') return uniforms(std, weights);
  if (distribution === 'untruncatedNormal') return normals(std, weights);
  const parent = std / TRUNCATED_STD;
  return truncatedKernel(0, parent, -2 * parent, 2 * parent, weights.dtype);
});

/** Every element the same value. The generator is checked, for initialisers are called alike, and not drawn from. */
function filled(shape: unknown, options: Options, value: unknown): NDArray {
  rngOption(options);
  const weights = toWeights(shape, options);
  weights.data.fill(checkWithin('value', value, weights.dtype));
  return toResult<FloatDType>(weights) as NDArray;
}

/** Zeros. Options dtype, out. @example zeros(3); // array([0., 0., 0.], dtype=float32) */
export const zeros: Initializer = anywhere((shape, options) => filled(shape, checkOptions(options, INITIALIZER), 0));

/** Ones. Options dtype, out. @example ones([1, 2]).toArray(); // [[1, 1]] */
export const ones: Initializer = anywhere((shape, options) => filled(shape, checkOptions(options, INITIALIZER), 1));

/** One value everywhere: the option `value`, a finite number, which has no default. Options dtype, out. @example constant(2, { value: 0.5 }).toArray(); // [0.5, 0.5] */
export const constant = anywhere((shape, given) => {
  const options = checkOptions(given, [...INITIALIZER, 'value']);
  if (options.value === undefined) throw typeError('value', undefined, 'a finite number');
  return filled(shape, options, options.value);
}) as DemandingInitializer<{ value: number }>;
