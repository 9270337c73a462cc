/** Dropout of an array: mask, scale and product at once. */
import { apartFrom, checkMemory, toResult, toTarget, type DTypeOf, type OutOf, type Target } from '../arguments.ts';
import type { BitGenerator } from '../bitGenerator.ts';
import { checkOptions, type Options } from '../checks.ts';
import { allocate, dtypeOf, isShared, type DataOf, type DType, type FloatDType } from '../dtype.ts';
import { rangeError, show, typeError } from '../errors.ts';
import { fillArray, type Kernel } from '../fill.ts';
import { bernoulliKernel } from '../kernels.ts';
import { NDArray } from '../ndarray.ts';
import { sameShape, sizeOf, toShape } from '../shape.ts';
import { elsewhere, FLOATS, rngOption, type InParallel, type With } from './arguments.ts';
import { input, nn } from './engine.ts';
import { keepOption, type KeepOrRate } from './mask.ts';

/** What dropout works on. */
export type Activations = OutOf<FloatDType>;

type Floats = Float32Array | Float64Array;

/** Reads the argument `name` as an NDArray of floats, on the memory given. */
export function toFloats(name: string, x: unknown): NDArray<FloatDType> {
  if (x instanceof NDArray && FLOATS.includes(x.dtype as FloatDType)) {
    checkMemory(name, x);
    return x as NDArray<FloatDType>;
  }
  const dtype = x instanceof NDArray ? undefined : dtypeOf(x);
  if (dtype !== 'float32' && dtype !== 'float64') throw typeError(name, x, 'a Float32Array, a Float64Array or an NDArray of float32 or float64');
  return new NDArray(x as Floats, [(x as Floats).length], dtype) as NDArray<FloatDType>;
}

/** Where the results for `x` go: an `out` of its dtype and shape. */
export function toTargetLike(x: NDArray<FloatDType>, options: Options): Target<FloatDType> {
  return toTarget<FloatDType>(x.shape, options, [x.dtype], x.dtype, 'x');
}

/** Mask, scale and product of `source`, fused. */
export function dropoutKernel(source: Floats, dtype: FloatDType, keep: number): Kernel {
  const place = input[dtype] as Float64Array, run = dtype === 'float32' ? nn.dropout32 : nn.dropout64;
  return {
    kind: 'bernoulli',
    words: 1,
    view: place,
    capacity: place.length,
    recipe: ['dropout', dtype, keep],
    inputs: (n, at) => [isShared(source) ? source.subarray(at, at + n) : source.slice(at, at + n)],
    run(n, at) {
      const from = Math.max(at, 0);
      place.set(source.subarray(from, at + n), from - at);
      run(n, keep);
    },
  };
}

/** Checks that a mask of shape `noiseShape` broadcasts to `shape`; gives it with as many dimensions. */
function toNoiseShape(noiseShape: unknown, shape: readonly number[]): number[] {
  const given = toShape(noiseShape, 'noiseShape'), missing = shape.length - given.length;
  const full = [...new Array<number>(Math.max(missing, 0)).fill(1), ...given];
  if (missing < 0 || !full.every((dimension, axis) => dimension === 1 || dimension === shape[axis])) {
    throw rangeError('noiseShape', noiseShape, `a shape that broadcasts to ${show(shape)}`);
  }
  return full;
}

/** target ← source · mask · scale, the mask broadcast from shape `noise` to `shape`. */
function multiply(source: Floats, target: Floats, shape: readonly number[], mask: Uint8Array, noise: readonly number[], scale: number): void {
  // neighbouring axes that are broadcast alike are walked as one
  const axes: { size: number; step: number }[] = [];
  for (let axis = 0; axis < shape.length; axis++) {
    const step = noise[axis] === shape[axis] ? 1 : 0, last = axes.at(-1);
    if (last?.step === step) last.size *= shape[axis];
    else axes.push({ size: shape[axis], step });
  }
  const walk = (axis: number, at: number, place: number): void => {
    const { size, step } = axes[axis];
    if (axis === axes.length - 1) {
      if (step) for (let i = 0; i < size; i++) target[at + i] = mask[place + i] ? source[at + i] * scale : 0;
      else if (mask[place]) for (let i = at; i < at + size; i++) target[i] = source[i] * scale;
      else target.fill(0, at, at + size);
      return;
    }
    let elements = 1, places = 1;
    for (const inner of axes.slice(axis + 1)) elements *= inner.size, places *= inner.step ? inner.size : 1;
    for (let i = 0; i < size; i++) walk(axis + 1, at + i * elements, place + i * step * places);
  };
  walk(0, 0, 0);
}

/** The options of `dropout`, beside `out`. */
export type DropoutOptions = With<KeepOrRate & {
  /** A shape that broadcasts to x's, of which one mask is drawn: [batch, 1, channels] drops whole channels. */
  noiseShape?: number | readonly number[];
}>;

/** Draws the mask from `generator` and writes x · mask / keep to the target: all arguments are good. */
export function applyDropout(generator: BitGenerator, x: NDArray<FloatDType>, target: Target<FloatDType>, keep: number, noise: readonly number[] | undefined): void {
  const data = target.data as Floats, given = x.data as Floats;
  // in place each element is read before it is written
  const source = given.buffer === data.buffer && given.byteOffset === data.byteOffset ? given : apartFrom(data, given);
  // the fused kernel's exactness rests on the side stream, which NumPy's generators have not
  if (noise === undefined && !generator.isNumPy) {
    fillArray(generator, dropoutKernel(source, x.dtype, keep), data as DataOf<DType>);
    return;
  }
  const shape = noise ?? x.shape, mask = allocate('uint8', sizeOf(shape), 'noiseShape');
  fillArray(generator, bernoulliKernel(keep, 'uint8', generator), mask, () => {
    if (data.length > 0) multiply(source, data, x.shape, mask, shape, x.dtype === 'float32' ? Math.fround(1 / keep) : 1 / keep);
  });
}

/** Reads `noiseShape`; undefined where every element has a draw of its own. */
export function noiseOption({ noiseShape }: Options, shape: readonly number[]): readonly number[] | undefined {
  if (noiseShape === undefined) return undefined;
  const noise = toNoiseShape(noiseShape, shape);
  return sameShape(noise, shape) ? undefined : noise;
}

/**
 * Inverted dropout: each element is kept with probability `keep`, exactly, and multiplied by 1 / keep, or else is 0 (never NaN, whatever it was).
 * `keep: 1` gives x, `keep: 0` zeros; both take as much of the stream as any other.
 *
 * The mask is that of `dropoutMask` and of the generator's `bernoulli(keep)` from the same point: 8 bits of the stream an element, and arrays in two calls
 * are masked as in one.
 *
 * @param x a Float32Array, Float64Array or NDArray of those
 * @param options keep or rate, exactly one, in [0, 1]; noiseShape; rng, which may be a slice or `parallel(rng)`; out, of x's dtype and shape, or x itself for dropout in place
 * @throws TypeError where both keep and rate are given or neither; RangeError for one outside [0, 1], a noiseShape that does not broadcast, an out of another shape
 * @see Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", JMLR 15 (2014)
 * @example
 * const x = array([1, 2, 3, 4], 'float32');
 * dropout(x, { keep: 0.5, rng: defaultRng(42) }); // array([2., 0., 6., 0.], dtype=float32)
 */
export function dropout<D extends FloatDType>(x: NDArray<D>, options: DropoutOptions & { out?: OutOf<D> }): NDArray<D>;
export function dropout<O extends Activations>(x: O, options: DropoutOptions & { out?: OutOf<DTypeOf<O>> }): NDArray<DTypeOf<O>>;
export function dropout(x: Activations, options: Omit<DropoutOptions, 'rng'> & InParallel & { out?: Activations }): Promise<NDArray<FloatDType>>;
export function dropout(...args: [unknown, unknown]): NDArray | Promise<NDArray<FloatDType>> {
  return elsewhere(applied, args) as NDArray;
}

function applied(x: unknown, given: unknown): NDArray {
  const options = checkOptions(given, ['keep', 'rate', 'noiseShape', 'rng', 'out']);
  const { bitGenerator } = rngOption(options), keep = keepOption(options);
  const array = toFloats('x', x), noise = noiseOption(options, array.shape), target = toTargetLike(array, options);
  applyDropout(bitGenerator, array, target, keep, noise);
  return toResult(target) as NDArray;
}
