/** How the functions of `ndrand/nn` read what they have in common: shape, dtype, out, rng. */
import { toTarget, type DTypeOf, type OutOf, type Target } from '../arguments.ts';
import { checkFinite, type Options } from '../checks.ts';
import { dtypes, isFloatDType, type FloatDType } from '../dtype.ts';
import { rangeError, typeError } from '../errors.ts';
import { Generator } from '../generator.ts';
import type { NDArray } from '../ndarray.ts';
import { sharedGenerator } from '../random.ts';
import type { Size } from '../shape.ts';

/** The float dtypes. */
export const FLOATS = dtypes.filter(isFloatDType);

/** The options every initialiser takes. */
export const INITIALIZER = ['rng', 'dtype', 'out'] as const;

/** The options of a function whose own are `X`. */
export type With<X> = X & {
  /** The generator to draw from; without it the one that `seed` of `ndrand` seeds. */
  rng?: Generator;
};

/** An initialiser with options `X` of its own: float32 unless `dtype` or `out` says otherwise. `Initializer` is any whose options have defaults. */
export interface Initializer<X = object> {
  <D extends FloatDType = 'float32'>(shape: Size, options?: With<X> & { dtype?: D; out?: undefined }): NDArray<D>;
  <O extends OutOf<FloatDType>>(shape: Size, options: With<X> & { out: O; dtype?: DTypeOf<O> }): NDArray<DTypeOf<O>>;
}

/** The same where an option has no default. */
export interface DemandingInitializer<X> {
  <D extends FloatDType = 'float32'>(shape: Size, options: With<X> & { dtype?: D; out?: undefined }): NDArray<D>;
  <O extends OutOf<FloatDType>>(shape: Size, options: With<X> & { out: O; dtype?: DTypeOf<O> }): NDArray<DTypeOf<O>>;
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
