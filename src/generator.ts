/** The Generator: every draw a user makes, by NumPy's names and positional order. */
import { align, sizeArgument, toTarget, type DTypeOf, type Into, type OutOf, type Single, type SingleAs, type Sized } from './arguments.ts';
import { drawAffine, normalLaw, uniformLaw } from './affine.ts';
import { BitGenerator, type Seed } from './bitGenerator.ts';
import { isParameters, spread, toProbabilities, type ArrayParameter, type Value, type WholeValue } from './broadcast.ts';
import { checkCount, checkOptions, checkProbability, oneOf, type Options } from './checks.ts';
import { choose, type Choice, type ChoiceOptions, type Chosen, type Population } from './choice.ts';
import { Discrete } from './discrete.ts';
import { allocate, dtypes, isFloatDType, type BigIntDType, type DType, type FloatDType, type IntDType } from './dtype.ts';
import type { Kernel } from './fill.ts';
import { drawIntegers, type DrawnDType } from './integers.ts';
import {
  bernoulliEachKernel, bernoulliKernel, exponentialKernel, exponentialMethods, normalKernel, normalMethods, unitKernel,
} from './kernels.ts';
import type { NDArray } from './ndarray.ts';
import { PCG32DXSM } from './pcg32.ts';
import { permutation, permuted, shuffleInPlace } from './shuffle.ts';
import { oneInteger } from './single.ts';
import type { Size } from './shape.ts';
import { Slice } from './slice.ts';
import { refuseOthers } from './standIn.ts';

const FLOATS = dtypes.filter(isFloatDType);
const MASKS = ['uint8', 'bool', 'float32'] as const;

/** The options of a plain draw. */
const DRAW = ['dtype', 'out', 'size'] as const;

/** Normals and exponentials have one more: how they are made. */
type NormalMethod = (typeof normalMethods)[number];
type NormalOption = { method?: NormalMethod };
type ExponentialOption = { method?: (typeof exponentialMethods)[number] };
const NORMAL = [...DRAW, 'method'] as const;

/** `integers` has one more: is `high` drawn too? */
type Endpoint = { endpoint?: boolean };
const INTEGER_OPTIONS = [...DRAW, 'endpoint'] as const;

/** A bound of them, and arrays of bounds. */
type Bound = number | bigint;
type Bounds = Exclude<WholeValue, Bound>;

type MaskDType = (typeof MASKS)[number];

/**
 * Draws from a bit generator into shaped arrays. Every method takes NumPy's positional arguments, then `size` (a number or a
 * shape), then options; without a size it gives a plain value. The options may stand in the place of `size`, and `{ out }` implies it.
 *
 * Bulk methods (`random`, `uniform`, `integers`, `bernoulli`, `standardNormal`, `normal`) take a fixed number of words an element, so a
 * fill in two calls is the fill in one. A rejected argument throws a TypeError or RangeError that names it, and changes nothing.
 *
 * @example
 * const rng = new Generator(new PCG32DXSM(42));
 * rng.standardNormal([2, 3], { dtype: 'float32' }).data; // a Float32Array of 6
 */
export class Generator extends Discrete {
  /**
   * Uniform in [0, 1): float64 of 53 bits (two words), or float32 of 24 bits (one word).
   *
   * @param size elements or shape; none for a number
   * @param options dtype 'float64' (default) or 'float32'; out
   * @example
   * defaultRng(42).random([2, 3]).shape; // [2, 3]
   */
  random<D extends FloatDType = 'float64'>(...rest: Single<D>): number;
  random<D extends FloatDType = 'float64'>(...rest: Sized<D>): NDArray<D>;
  random<O extends OutOf<FloatDType>>(...rest: Into<O>): NDArray<DTypeOf<O>>;
  random(size?: unknown, options?: unknown): number | NDArray {
    if (size === undefined && options === undefined) return this.bitGenerator.nextDouble();
    [size, options] = align([size, options]);
    const target = toTarget(size, checkOptions(options, DRAW), FLOATS, 'float64');
    return this.draw(target, unitKernel(target.dtype));
  }

  /**
   * Uniform in [low, high): `low + (high − low)·u` in the dtype's own arithmetic, never `high`, rounding included. Over NumPy's generators
   * float64 is NumPy's: low may be high, and rounding may give `high`.
   *
   * @param low a finite number, 0 by default, or an array of them
   * @param high a finite number above low, 1 by default, or an array of them
   * @param options dtype 'float64' (default) or 'float32'; out
   * @throws RangeError where low ≥ high, a bound or the difference is not finite, or no value of the dtype lies between
   * @example
   * defaultRng(42).uniform(-1, 1, [4]).size; // 4
   * defaultRng(42).uniform([0, 10], [[11], [20]]).shape; // [2, 2]
   */
  uniform<D extends FloatDType = 'float64'>(low?: number, high?: number, ...rest: Single<D>): number;
  uniform<D extends FloatDType = 'float64'>(low: Value | undefined, high: Value | undefined, ...rest: Sized<D>): NDArray<D>;
  uniform<O extends OutOf<FloatDType>>(low: Value | undefined, high: Value | undefined, ...rest: Into<O>): NDArray<DTypeOf<O>>;
  uniform<D extends FloatDType = 'float64'>(low: Value | undefined, high?: Value, ...rest: Single<D>): NDArray<D>;
  uniform(low?: unknown, high?: unknown, size?: unknown, options?: unknown): number | NDArray {
    [low, high, size, options] = align([low, high, size, options]);
    return drawAffine(this.bitGenerator, uniformLaw, [low, high], size, checkOptions(options, DRAW), unitKernel, () => this.bitGenerator.nextDouble());
  }

  /**
   * Standard normals. By Box and Muller's transform over `PCG32DXSM` and `PCG32`: pairs from two words (float32, |z| to 6.66) or four
   * (float64, |z| to 8.57). Over NumPy's generators by NumPy's ziggurat, whose words an element are not fixed. `method` chooses either.
   *
   * @param options dtype 'float64' (default) or 'float32'; method 'box-muller' or 'ziggurat'; out
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).standardNormal([784, 256], { dtype: 'float32' }).dtype; // 'float32'
   */
  standardNormal<D extends FloatDType = 'float64'>(...rest: Single<D, NormalOption>): number;
  standardNormal<D extends FloatDType = 'float64'>(...rest: Sized<D, NormalOption>): NDArray<D>;
  standardNormal<O extends OutOf<FloatDType>>(...rest: Into<O, NormalOption>): NDArray<DTypeOf<O>>;
  standardNormal(size?: unknown, options?: unknown): number | NDArray {
    if (size === undefined && options === undefined) {
      const value = this.bitGenerator.nextNormal();
      if (value !== undefined) return value;
    }
    [size, options] = align([size, options]);
    const known = checkOptions(options, NORMAL), method = this.normalMethod(known);
    const target = toTarget(size, known, FLOATS, 'float64');
    return this.draw(target, normalKernel(target.dtype, this.bitGenerator, method));
  }

  /** @internal The option `method` of normals. */
  private normalMethod({ method }: Options): NormalMethod {
    return oneOf('method', method, normalMethods, this.bitGenerator.isNumPy ? 'ziggurat' : 'box-muller');
  }

  /**
   * Normals of mean `loc` and standard deviation `scale`: `loc + scale·z` in the dtype's own arithmetic, z as in `standardNormal`. Over NumPy's
   * generators float64 takes what NumPy takes: infinities and NaN.
   *
   * @param loc a finite number, 0 by default, or an array of them
   * @param scale a finite number of at least 0, 1 by default, or an array of them
   * @param options dtype 'float64' (default) or 'float32'; method as in `standardNormal`; out
   * @throws RangeError for a negative scale, or a number that is not finite in the dtype
   * @example
   * defaultRng(42).normal(0, 0.02, [768, 3072], { dtype: 'float32' }).ndim; // 2
   */
  normal<D extends FloatDType = 'float64'>(loc?: number, scale?: number, ...rest: Single<D, NormalOption>): number;
  normal<D extends FloatDType = 'float64'>(loc: Value | undefined, scale: Value | undefined, ...rest: Sized<D, NormalOption>): NDArray<D>;
  normal<O extends OutOf<FloatDType>>(loc: Value | undefined, scale: Value | undefined, ...rest: Into<O, NormalOption>): NDArray<DTypeOf<O>>;
  normal<D extends FloatDType = 'float64'>(loc: Value | undefined, scale?: Value, ...rest: Single<D, NormalOption>): NDArray<D>;
  normal(loc?: unknown, scale?: unknown, size?: unknown, options?: unknown): number | NDArray {
    [loc, scale, size, options] = align([loc, scale, size, options]);
    const known = checkOptions(options, NORMAL), method = this.normalMethod(known), { bitGenerator } = this;
    const unit = (dtype: FloatDType): Kernel => normalKernel(dtype, bitGenerator, method);
    return drawAffine(bitGenerator, normalLaw, [loc, scale], size, known, unit, () => (method === 'box-muller' ? bitGenerator.nextNormal() : undefined));
  }

  /**
   * Standard exponentials, density e^−x: by NumPy's ziggurat, or by inversion, −ln(1 − u). Consumption is not fixed.
   *
   * @param options dtype 'float64' (default) or 'float32'; method 'ziggurat' (default) or 'inverse'; out
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).standardExponential(1000, { dtype: 'float32' }).size; // 1000
   */
  standardExponential<D extends FloatDType = 'float64'>(...rest: Single<D, ExponentialOption>): number;
  standardExponential<D extends FloatDType = 'float64'>(...rest: Sized<D, ExponentialOption>): NDArray<D>;
  standardExponential<O extends OutOf<FloatDType>>(...rest: Into<O, ExponentialOption>): NDArray<DTypeOf<O>>;
  standardExponential(size?: unknown, options?: unknown): number | NDArray {
    [size, options] = align([size, options]);
    const known = checkOptions(options, NORMAL), method = oneOf('method', known.method, exponentialMethods, 'ziggurat');
    const target = toTarget(size, known, FLOATS, 'float64');
    return this.draw(target, exponentialKernel(target.dtype, method));
  }

  /**
   * Bernoulli trials, 1 with probability p: exact in every bit of p, four elements a word. With `dtype: 'float32'` the same mask as 0 and 1
   * to multiply with. An array of probabilities is broadcast to the size, its own shape by default; it takes as many words as a number.
   *
   * @param p a number in [0, 1], or an array of them: an NDArray, a typed array or nested arrays
   * @param options dtype 'uint8' (default), 'bool' or 'float32'; out
   * @throws RangeError for p outside [0, 1] or NaN, or an array that does not broadcast to the size
   * @example
   * defaultRng(42).bernoulli(0.9, [64, 256]).data; // a Uint8Array of 0 and 1
   * defaultRng(42).bernoulli([[0], [1]], [2, 3]).toArray(); // [[0, 0, 0], [1, 1, 1]]
   */
  bernoulli(p: number, ...rest: SingleAs<'bool'>): boolean;
  bernoulli<D extends MaskDType = 'uint8'>(p: number, ...rest: Single<D>): number;
  bernoulli<D extends MaskDType = 'uint8'>(p: number, ...rest: Sized<D>): NDArray<D>;
  bernoulli<O extends OutOf<MaskDType>>(p: number | ArrayParameter, ...rest: Into<O>): NDArray<DTypeOf<O>>;
  bernoulli<D extends MaskDType = 'uint8'>(p: ArrayParameter, size?: Size, options?: { dtype?: D; out?: undefined }): NDArray<D>;
  bernoulli<D extends MaskDType = 'uint8'>(p: ArrayParameter, options: { size?: Size; dtype?: D; out?: undefined }): NDArray<D>;
  bernoulli(p: unknown, size?: unknown, options?: unknown): number | boolean | NDArray {
    [size, options] = align([size, options]);
    const known = checkOptions(options, DRAW), each = isParameters(p) ? toProbabilities('p', p) : undefined;
    if (each && sizeArgument(size, known) === undefined && known.out === undefined) size = each.shape;
    const target = toTarget(size, known, MASKS, 'uint8');
    const kernel = each
      ? bernoulliEachKernel(spread('p', each, { ...target, shape: target.shape! }), this.bitGenerator)
      : bernoulliKernel(checkProbability('p', p), target.dtype, this.bitGenerator);
    return this.draw(target, kernel) as number | boolean | NDArray;
  }

  /**
   * Integers in [low, high), or [low, high] with `endpoint`; [0, low) without a high. Unbiased: Lemire's method. Over the PCG32 pair retries come from the
   * side stream, so that an element takes one word for up to 2^24 values, two beyond (with arrays as the widest of them does), and values do not depend on
   * the dtype. Over NumPy's generators they do, as there: without one the draw is int64's, held as int32 where [low, high) fits, else as float64 within
   * 2^53, else as int64.
   *
   * @param low an integer, as a bigint past 2^53, or an array of them
   * @param high an integer above low, or an array of them
   * @param options dtype 'int32' (default), any other of int8 … uint32, 'bool', or int64 and uint64 as BigInts; endpoint; out
   * @throws RangeError for low ≥ high, or bounds outside the dtype
   * @example
   * defaultRng(42).integers(1, 6, { size: 5, endpoint: true, dtype: 'uint8' }).data; // a Uint8Array of 5 dice
   * defaultRng(42).integers([1, 10, 100], { dtype: 'uint8' }).shape; // [3]
   */
  integers(low: Bound, ...rest: Single<Exclude<IntDType, BigIntDType>, Endpoint>): number;
  integers(low: Bound, high: Bound | undefined, ...rest: Single<Exclude<IntDType, BigIntDType>, Endpoint>): number;
  integers(low: Bound, ...rest: SingleAs<BigIntDType, Endpoint>): bigint;
  integers(low: Bound, high: Bound | undefined, ...rest: SingleAs<BigIntDType, Endpoint>): bigint;
  integers(low: Bound, ...rest: SingleAs<'bool', Endpoint>): boolean;
  integers(low: Bound, high: Bound | undefined, ...rest: SingleAs<'bool', Endpoint>): boolean;
  integers<D extends DrawnDType = 'int32'>(low: WholeValue, high: WholeValue | undefined, ...rest: Sized<D, Endpoint>): NDArray<D>;
  integers<D extends DrawnDType = 'int32'>(low: WholeValue, options: { size: Size; dtype?: D; endpoint?: boolean; out?: undefined }): NDArray<D>;
  integers<O extends OutOf<DrawnDType>>(low: WholeValue, high: WholeValue | undefined, ...rest: Into<O, Endpoint>): NDArray<DTypeOf<O>>;
  integers<O extends OutOf<DrawnDType>>(low: WholeValue, options: { out: O; size?: Size; dtype?: DTypeOf<O>; endpoint?: boolean }): NDArray<DTypeOf<O>>;
  integers<D extends DrawnDType = 'int32'>(low: Bounds, ...rest: Single<D, Endpoint>): NDArray<D>;
  integers<D extends DrawnDType = 'int32'>(low: WholeValue, high: Bounds, ...rest: Single<D, Endpoint>): NDArray<D>;
  integers<D extends DrawnDType = 'int32'>(low: Bounds, high: Bound, ...rest: Single<D, Endpoint>): NDArray<D>;
  integers(low: unknown, high?: unknown, size?: unknown, options?: unknown): number | bigint | boolean | NDArray {
    if (size === undefined && options === undefined) {
      const first = high === undefined ? 0 : low, end = high === undefined ? low : high;
      // plain int32 bounds
      if (typeof first === 'number' && typeof end === 'number' && (first | 0) === first && (end | 0) === end) {
        const value = oneInteger(this.bitGenerator, end - first);
        if (value !== undefined) return value + first;
      }
    }
    [high, size, options] = align([high, size, options]);
    return drawIntegers(this.bitGenerator, low, high, size, checkOptions(options, INTEGER_OPTIONS));
  }

  /**
   * A random permutation: of 0 … n − 1 (int32) for a number of at most 2^31, else a shuffled copy, along `axis` for an NDArray or nested arrays.
   *
   * @param x a count, a typed array, an NDArray or any array
   * @example
   * defaultRng(42).permutation(['a', 'b', 'c']).length; // 3
   */
  permutation(x: number, options?: { axis?: number }): NDArray<'int32'>;
  permutation<D extends DType>(x: NDArray<D>, options?: { axis?: number }): NDArray<D>;
  permutation<A extends OutOf<DType>>(x: A, options?: { axis?: number }): NDArray<DTypeOf<A>>;
  permutation<T>(x: readonly T[], options?: { axis?: number }): T[];
  permutation(x: unknown, options?: unknown): unknown {
    return permutation(this.bitGenerator, x, checkOptions(options, ['axis']));
  }

  /**
   * A copy with its elements shuffled: all of them, or with an `axis` each run along it by itself (`permutation` moves whole slices).
   *
   * @param x a typed array, an NDArray or any array, nested ones alike
   * @param options axis; out, of x's shape, or x itself, with a dtype that holds x's
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).permuted([[1, 2, 3], [4, 5, 6]], { axis: 1 }).length; // 2
   */
  permuted<O extends OutOf<DType>>(x: NDArray | OutOf<DType> | readonly unknown[], options: { axis?: number; out: O }): NDArray<DTypeOf<O>>;
  permuted<D extends DType>(x: NDArray<D>, options?: { axis?: number; out?: undefined }): NDArray<D>;
  permuted<A extends OutOf<DType>>(x: A, options?: { axis?: number; out?: undefined }): NDArray<DTypeOf<A>>;
  permuted<T>(x: readonly T[], options?: { axis?: number; out?: undefined }): T[];
  permuted(x: unknown, options?: unknown): unknown {
    return permuted(this.bitGenerator, x, checkOptions(options, ['axis', 'out']));
  }

  /**
   * Shuffles an array in place: a typed array, any array, or an NDArray's slices along `axis` (0 by default).
   *
   * @throws TypeError for anything else, RangeError for a bad axis
   * @example
   * const cards = ['♠', '♥', '♦', '♣'];
   * defaultRng(42).shuffle(cards);
   */
  shuffle(x: NDArray | OutOf<DType> | unknown[], options?: { axis?: number }): void {
    shuffleInPlace(this.bitGenerator, x, checkOptions(options, ['axis']));
  }

  /**
   * Draws from `a` (a count n for 0 … n − 1, a typed array, an NDArray's slices along `axis`, or any array), with or without
   * replacement, with or without probabilities. An array gives arrays of its own kind back, nested to the size's shape. Over NumPy's generators, as for all
   * orders, the draws are NumPy's.
   *
   * @param a the population
   * @param size elements or shape; none for one draw
   * @param options replace (default true); p, probabilities that sum to 1; axis (default 0); shuffle (default true: without replacement
   *   the order is random too)
   * @throws RangeError where p is negative, NaN, of another length or another sum than 1 (NumPy's tolerance, 1.5e-8), or more is drawn without replacement than there is
   * @example
   * defaultRng(42).choice(['a', 'b', 'c'], 10, { p: [0.3, 0.6, 0.1] }).length; // 10
   */
  choice<P extends Population>(a: P, ...rest: [] | [size: undefined, options?: ChoiceOptions] | [options: ChoiceOptions & { size?: undefined }]): Choice<P>;
  choice<P extends Population, S extends Size>(a: P, ...rest: [size: S, options?: ChoiceOptions] | [options: ChoiceOptions & { size: S }]): Chosen<P, S>;
  choice(a: unknown, size?: unknown, options?: unknown): unknown {
    [size, options] = align([size, options]);
    const known = checkOptions(options, ['replace', 'p', 'axis', 'shuffle', 'size']);
    return choose(this.bitGenerator, a, sizeArgument(size, known), known);
  }

  /**
   * Random bytes: the stream's words of 32 bits, low byte first; a word begun is used up. Over NumPy's generators no bytes take one, as there.
   *
   * @example
   * defaultRng(42).bytes(16).length; // 16
   */
  bytes(length: number): Uint8Array {
    const count = checkCount('length', length);
    // NumPy's (length − 1) // 4 + 1 in C, which rounds −1 / 4 to 0
    const words = allocate('uint32', count === 0 && this.bitGenerator.isNumPy ? 1 : Math.ceil(count / 4), 'length');
    this.bitGenerator.fill32(words);
    return new Uint8Array(words.buffer, 0, count);
  }

  /**
   * `n` new generators from this one's seed sequence: reproducible, each with a stream of its own.
   *
   * @throws TypeError where the bit generator was made from a state and has no seed sequence
   * @example
   * const [data, weights] = defaultRng(42).spawn(2);
   */
  spawn(n: number): Generator[] {
    return this.bitGenerator.spawn(n).map(child => new Generator(child));
  }

  /**
   * The elements from `start` to `end`, less one, of what a whole fill would be from here: `rng.slice(a, b).normal(0, 1)` is `rng.normal(0, 1, b)` from its
   * element a on, found in O(log a). This generator does not move. For `PCG32DXSM` and `PCG32`, and the methods with fixed consumption: those of {@link Slice}.
   *
   * @param start an integer from 0, past 2^53 as a bigint
   * @param end the same, from start to 2^32 past it; a period has 2^64 words
   * @throws TypeError for another bit generator; TypeError, RangeError for bounds that are no such integers
   * @example
   * const rng = defaultRng(42), part = rng.slice(900, 1000).standardNormal();
   * rng.standardNormal(1000).data[999] === part.data[99]; // true
   */
  slice(start: number | bigint, end: number | bigint): Slice {
    return new Slice(this.bitGenerator, start, end, bitGenerator => new Generator(bitGenerator));
  }
}

refuseOthers(Slice.prototype, Generator.prototype, 'a slice');

/**
 * A Generator on `PCG32DXSM`: from a seed (non-negative integers of any size, an array of them, a SeedSequence), or from
 * entropy. Given a bit generator or a Generator, one on the same stream.
 *
 * Its numbers are not those of NumPy's `default_rng`, which stands on PCG64.
 *
 * @throws TypeError or RangeError that names the seed
 * @example
 * defaultRng(42).random() === defaultRng(42).random(); // true
 */
export function defaultRng(seed?: Seed | BitGenerator | Generator | null): Generator {
  if (seed instanceof Generator) return seed;
  return new Generator(seed instanceof BitGenerator ? seed : new PCG32DXSM(seed));
}
