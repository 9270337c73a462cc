/** `rng.slice(start, end)`: the elements from start to end of what a whole fill would be, found without the others. */
import { align, type DTypeOf, type Into, type OutOf } from './arguments.ts';
import type { BitGenerator } from './bitGenerator.ts';
import type { Value } from './broadcast.ts';
import { checkInteger, isOptions, type Options } from './checks.ts';
import type { FloatDType, IntDType, TypedArray } from './dtype.ts';
import { Elsewhere } from './elsewhere.ts';
import { rangeError } from './errors.ts';
import { fillArray, type Kernel } from './fill.ts';
import type { Generator } from './generator.ts';
import type { NDArray } from './ndarray.ts';
import { MAX_ELEMENTS, type Size } from './shape.ts';
import { mostElements, StandIn } from './standIn.ts';

/** Draws a part of each fill, always the same, from a place that stays. */
class Window extends StandIn {
  /** Where the whole fill would begin. */
  private readonly from: BitGenerator;

  constructor(base: BitGenerator, private readonly start: bigint, private readonly stop: bigint) {
    super(base);
    this.from = base.copy();
  }

  override fillInstead(kernel: Kernel, data: TypedArray, then: () => void): void {
    this.checkFixed(kernel);
    if (kernel.together) throw new TypeError('low: takes a number in a slice, as high does: how many words an element takes follows from the bounds of all');
    const { start, stop, from } = this, count = Number(stop - start);
    if (data.length !== count) throw rangeError('size', data.length, `as many elements as the slice has, ${count}`);
    const most = mostElements(kernel);
    if (stop > most) throw rangeError('end', stop, `an integer to ${most}: a fill of these elements has no more`);
    const place = from.copy();
    place.skip(kernel, start);
    fillArray(place, kernel, data, then);
  }
}

/** The size of a slice's result is the slice's: another shape of as many elements may be given. */
type Sliced<D, X = unknown> =
  | [] | [size: Size | undefined, options?: { dtype?: D; out?: undefined } & X] | [options: { size?: Size; dtype?: D; out?: undefined } & X];

/** The dtypes of masks and integers. */
type MaskDType = 'uint8' | 'bool' | 'float32';
type DrawnDType = IntDType | 'bool';
type Endpoint = { endpoint?: boolean };

/**
 * A part of a fill: each method draws the elements from `start` to `end` (less one) of what the generator's own method of that name would fill from where
 * the generator stood when the slice was made. Nothing moves: methods may be called in any order and again.
 *
 * Those with fixed consumption are here; `truncatedNormal`, `dropout` and the other initialisers of `ndrand/nn` take a slice as `rng`. Arrays of parameters
 * are those of the slice's own elements. Results have one dimension unless a size or `out` of as many elements says otherwise.
 */
export class Slice extends Elsewhere {
  /** The first element. */
  readonly start: bigint;
  /** The one after the last. */
  readonly end: bigint;
  /** @internal A generator whose fills are the slice. */
  readonly generator: Generator;

  /** @internal */
  constructor(base: BitGenerator, start: unknown, end: unknown, toGenerator: (bitGenerator: BitGenerator) => Generator) {
    super();
    this.start = checkInteger('start', start);
    this.end = checkInteger('end', end);
    if (this.start < 0n) throw rangeError('start', start, 'a non-negative integer');
    if (this.end < this.start) throw rangeError('end', end, `an integer of at least start, ${this.start}`);
    if (this.end - this.start > MAX_ELEMENTS) throw rangeError('end', end, 'an integer at most 2^32 past start');
    this.generator = toGenerator(new Window(base, this.start, this.end));
  }

  /** @internal */
  override run(call: (options: Options) => unknown, options: Options): unknown {
    return call({ ...options, rng: this.generator });
  }

  /** A generator's method; the size, where none is given, is the slice's. */
  private fill(method: 'random' | 'uniform' | 'integers' | 'bernoulli' | 'standardNormal' | 'normal', given: readonly unknown[], parameters: number): never {
    const args = align(Array.from({ length: parameters + 2 }, (_, i) => given[i])), options = args[parameters + 1];
    const sized = isOptions(options) && (options.size !== undefined || options.out !== undefined);
    if (args[parameters] === undefined && !sized) args[parameters] = Number(this.end - this.start);
    return (this.generator[method] as (...args: unknown[]) => never)(...args);
  }

  /** Elements of `Generator.random`. @example defaultRng(42).slice(3, 5).random().data[0] === defaultRng(42).random(4).data[3]; // true */
  random<D extends FloatDType = 'float64'>(...rest: Sliced<D>): NDArray<D>;
  random<O extends OutOf<FloatDType>>(...rest: Into<O>): NDArray<DTypeOf<O>>;
  random(...args: unknown[]): NDArray {
    return this.fill('random', args, 0);
  }

  /** Elements of `Generator.uniform`. @example defaultRng(42).slice(10, 13).uniform(-1, 1).size; // 3 */
  uniform<D extends FloatDType = 'float64'>(low?: Value, high?: Value, ...rest: Sliced<D>): NDArray<D>;
  uniform<O extends OutOf<FloatDType>>(low: Value | undefined, high: Value | undefined, ...rest: Into<O>): NDArray<DTypeOf<O>>;
  uniform(...args: unknown[]): NDArray {
    return this.fill('uniform', args, 2);
  }

  /** Elements of `Generator.integers`, whose bounds are numbers here. @example defaultRng(42).slice(2n ** 60n, 2n ** 60n + 3n).integers(0, 10).dtype; // 'int32' */
  integers<D extends DrawnDType = 'int32'>(low: number | bigint, ...rest: Sliced<D, Endpoint>): NDArray<D>;
  integers<D extends DrawnDType = 'int32'>(low: number | bigint, high: number | bigint | undefined, ...rest: Sliced<D, Endpoint>): NDArray<D>;
  integers<O extends OutOf<DrawnDType>>(low: number | bigint, high: number | bigint | undefined, ...rest: Into<O, Endpoint>): NDArray<DTypeOf<O>>;
  integers(...args: unknown[]): NDArray {
    return this.fill('integers', args, 2);
  }

  /** Elements of `Generator.bernoulli`. @example defaultRng(42).slice(1, 9).bernoulli(0.5).dtype; // 'uint8' */
  bernoulli<D extends MaskDType = 'uint8'>(p?: Value, ...rest: Sliced<D>): NDArray<D>;
  bernoulli<O extends OutOf<MaskDType>>(p: Value | undefined, ...rest: Into<O>): NDArray<DTypeOf<O>>;
  bernoulli(...args: unknown[]): NDArray {
    return this.fill('bernoulli', args, 1);
  }

  /** Elements of `Generator.standardNormal`. @example defaultRng(42).slice(1, 9).standardNormal([2, 4]).shape; // [2, 4] */
  standardNormal<D extends FloatDType = 'float64'>(...rest: Sliced<D>): NDArray<D>;
  standardNormal<O extends OutOf<FloatDType>>(...rest: Into<O>): NDArray<DTypeOf<O>>;
  standardNormal(...args: unknown[]): NDArray {
    return this.fill('standardNormal', args, 0);
  }

  /** Elements of `Generator.normal`. @example defaultRng(42).slice(5e9, 5e9 + 1000).normal(0, 1, { dtype: 'float32' }).size; // 1000 */
  normal<D extends FloatDType = 'float64'>(loc?: Value, scale?: Value, ...rest: Sliced<D>): NDArray<D>;
  normal<O extends OutOf<FloatDType>>(loc: Value | undefined, scale: Value | undefined, ...rest: Into<O>): NDArray<DTypeOf<O>>;
  normal(...args: unknown[]): NDArray {
    return this.fill('normal', args, 2);
  }
}
