/** Array parameters: numbers spread over a result's shape by NumPy's broadcasting. */
import { apartFrom, checkMemory } from './arguments.ts';
import { checkProbability } from './checks.ts';
import { dtypeOf, isBigIntDType, type BigIntDType, type DataOf, type DType, type TypedArray } from './dtype.ts';
import { rangeError, show, typeError } from './errors.ts';
import { fromNested, NDArray, type Nested } from './ndarray.ts';
import { stridesOf } from './shape.ts';


type NumberDType = Exclude<DType, BigIntDType | 'bool'>;

/** What a parameter with a value an element may be. */
export type ArrayParameter = NDArray<NumberDType> | DataOf<NumberDType> | readonly Nested<number>[];

/** A parameter of a distribution: a number, or an array of them, broadcast against the others and the size. */
export type Value = number | ArrayParameter;

/** The same for a whole number, a bigint past 2^53. */
export type WholeValue = Value | bigint | NDArray<BigIntDType> | DataOf<BigIntDType> | readonly Nested<number | bigint>[];

/** The same, read. */
export interface Spread {
  data: TypedArray;
  shape: readonly number[];
}

/** Is this an array of parameters, not one? */
export function isParameters(value: unknown): boolean {
  // a number is none without asking for its tag
  return typeof value === 'object' && (value instanceof NDArray || Array.isArray(value) || dtypeOf(value) !== undefined);
}

/** Element `i` of an array in brackets, an index an axis. */
export function placeOf(i: number, shape: readonly number[]): string {
  return stridesOf(shape).map((stride, axis) => `[${Math.floor(i / stride) % shape[axis]}]`).join('');
}

/** An array in any of the forms that one may be given in. */
export function toArray(name: string, value: unknown): NDArray {
  const given = Array.isArray(value) ? fromNested(value, undefined, name) : value;
  const array = given instanceof NDArray ? given : new NDArray(given as TypedArray, (given as TypedArray).length, dtypeOf(given)!);
  checkMemory(name, array);
  return array;
}

/**
 * Reads an array of parameters as float64, or int64 where they are `whole`; `check` gives each value back or throws, with the place it has. With
 * `fits` a float64 array is taken as it is and asked of only what does not fit (measured: 1 ns an element for 20).
 */
export function toParameters(name: string, value: unknown, whole: boolean, check: (value: number | bigint, place: () => string) => number | bigint, fits?: (value: number) => boolean): Spread {
  const { data, shape } = toArray(name, value);
  if (fits && !whole && data instanceof Float64Array) {
    for (let i = 0; i < data.length; i++) if (!fits(data[i])) check(data[i], () => placeOf(i, shape));
    return { data, shape };
  }
  const read = whole ? new BigInt64Array(data.length) : new Float64Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const element = check(data[i], () => placeOf(i, shape));
    read[i] = whole ? BigInt(element) : element;
  }
  return { data: read, shape };
}

/** The shape that arrays have together; numbers have none. @throws RangeError that names the first that does not fit */
export function broadcast(names: readonly string[], values: readonly (Spread | number | bigint)[]): number[] {
  let shape: number[] = [];
  values.forEach((value, k) => {
    if (typeof value !== 'object') return;
    const before = shape, own = value.shape, ndim = Math.max(own.length, before.length);
    shape = Array.from({ length: ndim }, (_, axis) => {
      const a = before[axis - ndim + before.length] ?? 1, b = own[axis - ndim + own.length] ?? 1;
      if (a !== b && a !== 1 && b !== 1) throw rangeError(names[k], own, `a shape that broadcasts with ${show(before)}`);
      return a === 1 ? b : a;
    });
  });
  return shape;
}

/** Reads an array of probabilities. */
export function toProbabilities(name: string, value: unknown): Spread {
  const { data, shape, dtype } = toArray(name, value);
  if (dtype === 'bool' || isBigIntDType(dtype)) throw typeError(name, value, 'an array of numbers in [0, 1]');
  for (let i = 0; i < data.length; i++) {
    const p = data[i];
    // the name with the place is made for a message alone
    if (!(p >= 0 && p <= 1)) checkProbability(name + placeOf(i, shape), p);
  }
  return { data, shape };
}

/** Below this, a loop is faster than `set` or `fill` (measured). */
const FEW = 64;

/** Writes the next elements of a parameter to `into` from index `at` to `end`. */
export type Take = (into: Float64Array | BigInt64Array, at: number, end: number) => void;

/** Gives the elements of `from` in the order of the target's shape, as they are before it is written. */
export function spread(name: string, { data: given, shape: from }: Spread, { data: target, shape }: Spread): Take {
  const missing = shape.length - from.length, strides = stridesOf(from);
  const fits = missing >= 0 && from.every((own, axis) => own === 1 || own === shape[axis + missing]);
  if (!fits) throw rangeError(name, from, `a shape that broadcasts to ${show(shape)}`);
  const data = apartFrom(target, given) as Float64Array;
  const steps = shape.map((_, axis) => ((from[axis - missing] ?? 1) === 1 ? 0 : strides[axis - missing]));
  const index = shape.map(() => 0), last = shape.length - 1, step = steps[last];
  let offset = 0;
  return (given, at, end) => {
    const into = given as Float64Array; // or both are of bigints
    while (at < end) {
      // along the last axis, as far as it goes
      const run = last < 0 ? 1 : Math.min(end - at, shape[last] - index[last]);
      if (run < FEW) for (let i = 0; i < run; i++) into[at + i] = data[offset + i * step];
      else if (step === 0) into.fill(data[offset], at, at + run);
      else into.set(data.subarray(offset, offset + run), at);
      at += run;
      offset += run * step;
      index[last] += run;
      for (let axis = last; axis > 0 && index[axis] === shape[axis]; axis--) {
        offset += steps[axis - 1] - steps[axis] * shape[axis];
        index[axis] = 0;
        index[axis - 1]++;
      }
    }
  };
}
