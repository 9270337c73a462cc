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

/** An array of parameters with its extremes: NaN where they are not known. */
export interface Range extends Spread {
  least: number;
  most: number;
}

/** Elements that are looked at together. */
const block = new Float64Array(1024);

/** Are the elements bigints? */
export function isWide(data: TypedArray): boolean {
  return typeof data[0] === 'bigint';
}

/** The least and the most; NaN where one is NaN, or is not whole where all should be. Bigints are rounded. */
export function extremesOf(data: TypedArray, whole: boolean): [least: number, most: number] {
  let least = Infinity, most = -Infinity;
  for (let at = 0; at < data.length; at += block.length) {
    const some = data.subarray(at, at + block.length), n = some.length;
    let reals: Float64Array = block;
    if (some instanceof Float64Array) {
      reals = some;
    } else if (isWide(data)) {
      // as halves (measured: 1 ns an element for 20)
      const words = new (some instanceof BigUint64Array ? Uint32Array : Int32Array)(some.buffer as ArrayBuffer, some.byteOffset, 2 * n);
      for (let i = 0; i < n; i++) block[i] = (words[2 * i] >>> 0) + words[2 * i + 1] * 2 ** 32;
    } else {
      block.set(some as Float32Array);
    }
    for (let i = 0; i < n; i++) {
      const x = reals[i];
      least = Math.min(least, x);
      most = Math.max(most, x);
    }
    if (whole) for (let i = 0; i < n; i++) if (Math.floor(reals[i]) !== reals[i]) return [NaN, NaN];
  }
  return [least, most];
}

/**
 * Reads an array of parameters: as it is where `fits`, which takes all numbers between two that it takes, takes the extremes, and they are numbers that are
 * `whole` where they should be. Elsewhere `check` gives each value, or throws, with the place it has.
 */
export function toParameters(
  name: string, value: unknown, whole: boolean, check: (value: number | bigint, place: () => string) => number | bigint, fits?: (value: number) => boolean,
): Range {
  const { data, shape } = toArray(name, value), same = fits !== undefined && (whole || !isWide(data));
  if (same) {
    const [least, most] = extremesOf(data, whole);
    if (least <= most && fits(least) && fits(most) && (!whole || (Number.isSafeInteger(least) && Number.isSafeInteger(most)))) return { data, shape, least, most };
  }
  const read = same ? data : new Float64Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const element = check(data[i], () => placeOf(i, shape));
    if (!same) read[i] = element as number;
  }
  return { data: read, shape, least: NaN, most: NaN };
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

/** The next n elements of parameters, for who draws them elsewhere. */
export function takeAll(takes: readonly Take[], n: number): Float64Array[] {
  return takes.map(take => {
    const all = new Float64Array(n);
    take(all, 0, n);
    return all;
  });
}

/** Reads a copy of them. */
export function takeFrom(data: TypedArray): Take {
  const shape = [data.length];
  return spread('', { data, shape }, { data: new Float64Array(0), shape });
}

/** Gives the elements of `from` in the order of the target's shape, as they are before it is written: those of numbers as int64 where that is asked for. */
export function spread(name: string, { data: given, shape: from }: Spread, { data: target, shape }: Spread): Take {
  const missing = shape.length - from.length, strides = stridesOf(from);
  const fits = missing >= 0 && from.every((own, axis) => own === 1 || own === shape[axis + missing]);
  if (!fits) throw rangeError(name, from, `a shape that broadcasts to ${show(shape)}`);
  const data = apartFrom(target, given) as Float64Array;
  const steps = shape.map((_, axis) => ((from[axis - missing] ?? 1) === 1 ? 0 : strides[axis - missing]));
  const index = shape.map(() => 0), last = shape.length - 1, step = steps[last];
  let offset = 0;
  return (given, from, end) => {
    const widens = given instanceof BigInt64Array && !isWide(data);
    const into = (widens ? new Float64Array(given.buffer, given.byteOffset, end) : given) as Float64Array; // or both are of bigints
    for (let at = from; at < end;) {
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
    if (!widens) return;
    // as halves: BigInt would take ten times as long (measured)
    const words = new Int32Array(into.buffer, into.byteOffset, 2 * end);
    for (let i = from; i < end; i++) {
      const x = into[i];
      words[2 * i] = x;
      words[2 * i + 1] = Math.floor(x / 2 ** 32);
    }
  };
}
