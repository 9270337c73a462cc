/** How the functions of `ndrand/nn` read what they have in common: shape, dtype, out, rng. */
import { toTarget, type DTypeOf, type OutOf, type Target } from '../arguments.ts';
import { checkFinite, isOptions, NONE, type Options } from '../checks.ts';
import { dtypes, isFloatDType, type FloatDType } from '../dtype.ts';
import { Elsewhere, plainOptions, type OnAllCores, type Watch } from '../elsewhere.ts';
import { rangeError, typeError } from '../errors.ts';
import { Generator } from '../generator.ts';
import type { NDArray } from '../ndarray.ts';
import { sharedGenerator } from '../random.ts';
import type { Size } from '../shape.ts';
import type { Slice } from '../slice.ts';

/** The float dtypes. */
export const FLOATS = dtypes.filter(isFloatDType);

/** The options every initialiser takes. */
export const INITIALIZER = ['rng', 'dtype', 'out'] as const;

/** The options of a function whose own are `X`. */
export type With<X> = X & {
  /** The generator to draw from, or a slice of its fills; without it the one that `seed` of `ndrand` seeds. */
  rng?: Generator | Slice;
};

/** The same of a function that does not draw everything in one fill. */
type SerialWith<X> = X & { rng?: Generator };

/** What takes rng's place for a fill on all cores, which gives a promise. */
export interface InParallel extends Watch {
  /** `parallel(rng)` of `ndrand/parallel`. */
  rng: OnAllCores;
}

/** Weights of a shape, into a new array or `out`; `O` are options. */
interface Fresh<O> {
  <D extends FloatDType = 'float32'>(shape: Size, options: O & { dtype?: D; out?: undefined }): NDArray<D>;
  <T extends OutOf<FloatDType>>(shape: Size, options: O & { out: T; dtype?: DTypeOf<T> }): NDArray<DTypeOf<T>>;
}

/** The same later. */
interface Later<O> {
  <D extends FloatDType = 'float32'>(shape: Size, options: O & InParallel & { dtype?: D; out?: OutOf<D> }): Promise<NDArray<D>>;
}

/** Where the options all have defaults. */
type Plain = (shape: Size, options?: undefined) => NDArray<'float32'>;

/** An initialiser with options `X` of its own, which all have defaults: float32 unless `dtype` or `out` says otherwise. */
export type Initializer<X = object> = Plain & Fresh<With<X>> & Later<X>;

/** The same where an option has no default. */
export type DemandingInitializer<X> = Fresh<With<X>> & Later<X>;

/** One that takes a generator alone as `rng`. */
export type SerialInitializer<X> = Plain & Fresh<SerialWith<X>>;

/** The same where an option has no default. */
export type DemandingSerialInitializer<X> = Fresh<SerialWith<X>>;

/** Calls a function whose last argument has options; where their `rng` is a slice, or all cores, the fill goes there. */
export function elsewhere(call: (first: unknown, options: unknown) => NDArray, [first, options]: [unknown, unknown]): unknown {
  const { rng } = isOptions(options) ? options : NONE;
  return rng instanceof Elsewhere ? rng.run(changed => call(first, changed), plainOptions(options as Options)) : call(first, options);
}

/** An initialiser that takes slices and all cores as `rng` as well. */
export function anywhere<F>(call: (shape: unknown, options: unknown) => NDArray): F {
  return ((...args: [unknown, unknown]) => elsewhere(call, args)) as F;
}

/** The generator to draw from. */
export function rngOption({ rng }: Options): Generator {
  if (rng === undefined) return sharedGenerator();
  if (!(rng instanceof Generator)) throw typeError('rng', rng, 'a Generator');
  return rng;
}

/** Where an initialiser's values go: its shape is always given. */
export function toWeights(shape: unknown, options: Options): Target<FloatDType> & { shape: readonly number[] } {
  if (shape === undefined) throw typeError('shape', shape, 'a non-negative integer or an array of them');
  const target = toTarget(shape, options, FLOATS, 'float32', 'shape');
  return { ...target, shape: target.shape! };
}

/** One of a few names. */
export function nameOption<N extends string>(name: string, value: unknown, names: readonly N[], otherwise: N): N {
  if (value === undefined) return otherwise;
  if (typeof value !== 'string') throw typeError(name, value, `one of ${names.join(', ')}`);
  if (!names.includes(value as N)) throw rangeError(name, value, `one of ${names.join(', ')}`);
  return value as N;
}

/** A finite number that the dtype holds. */
export function checkWithin(name: string, value: unknown, dtype: FloatDType): number {
  const number = checkFinite(name, value);
  if (dtype === 'float32' && !Number.isFinite(Math.fround(number))) throw rangeError(name, value, 'a number within float32');
  return number;
}

/** A standard deviation that the dtype holds. */
export function checkStd(value: unknown, dtype: FloatDType): number {
  const std = checkWithin('std', value, dtype);
  if (std < 0) throw rangeError('std', value, 'a number of at least 0');
  return std;
}
