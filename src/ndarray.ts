/** n-dimensional arrays: a typed array with a shape, and NumPy's habits. */
import { combine } from './arithmetic.ts';
import type { Operation, QuotientDType, SumDType } from './arithmetic.ts';
import { allocate, constructorOf, dtypeOf, dtypes, isDType } from './dtype.ts';
import type { BigIntDType, DataOf, DType, ScalarOf, TypedArray } from './dtype.ts';
import { checkElement, convertElement } from './element.ts';
import { rangeError, show, typeError } from './errors.ts';
import { formatArray, reprArray } from './format.ts';
import { sameShape, sizeOf, stridesOf, toAxis, toShape } from './shape.ts';
import type { Size } from './shape.ts';

export type { Promote, QuotientDType, SumDType } from './arithmetic.ts';

/** A value, or arrays of values nested to any depth. */
export type Nested<T> = T | readonly Nested<T>[];

/** What {@link NDArray.toArray} gives: like {@link Nested}, and yours to change. */
export type NestedArray<T> = T | NestedArray<T>[];

/** What an array can be added to, or subtracted from, multiplied with or divided by. */
export type Operand = number | bigint | NDArray;

/** What may be written to an array of dtype `D`: its scalar, and for bool also 0 or 1. */
export type ElementOf<D extends DType> = ScalarOf<D> | (D extends 'bool' ? 0 | 1 : never);

export const inspect = Symbol.for('nodejs.util.inspect.custom');

/**
 * An n-dimensional array: `data` in C order, seen as `shape`. It is a view: it never copies the typed array that it is
 * given, and neither do `reshape` and iteration. `tf.tensor(a.data, a.shape)` and the like take both as they are.
 *
 * @example
 * const a = array([[1, 2, 3], [4, 5, 6]], 'float32');
 * a.shape                    // [2, 3]
 * a.at(1, -1)                // 6
 * String(a.mul(0.5))         // '[[0.5 1.  1.5]\n [2.  2.5 3. ]]'
 * [...a.reshape(3, -1)][0]   // array([1., 2.], dtype=float32), on the same memory
 */
export class NDArray<D extends DType = DType> {
  /** The elements in C order (the last axis varies fastest). For bool, bytes of 0 and 1. */
  readonly data: DataOf<D>;
  /** The dimensions, frozen; `[]` for a single scalar. */
  readonly shape: number[];
  /** The element type, in NumPy's spelling. */
  readonly dtype: D;

  /**
   * Stands on `data` without copying it.
   *
   * @param data the elements in C order, of the typed array that belongs to `dtype` (bool: Uint8Array)
   * @param shape the dimensions, whose product is `data.length`; a number n is [n]
   * @param dtype the element type
   * @throws TypeError where `data` or `dtype` is of the wrong kind, RangeError where the lengths disagree
   * @example
   * new NDArray(Float32Array.of(1, 2, 3, 4), [2, 2], 'float32').at(1, 0) // 3
   */
  constructor(data: DataOf<D>, shape: Size, dtype: D) {
    checkDType(dtype);
    const actual = dtypeOf(data);
    if (actual !== dtype && !(dtype === 'bool' && actual === 'uint8')) throw typeError('data', data, `a ${constructorOf(dtype).name} for dtype ${dtype}`);
    const dimensions = toShape(shape, 'shape');
    if (sizeOf(dimensions) !== data.length) throw rangeError('shape', dimensions, `dimensions whose product is data's length, ${data.length}`);
    this.data = data;
    this.shape = dimensions;
    Object.freeze(dimensions);
    this.dtype = dtype;
  }

  /** The number of elements. */
  get size(): number {
    return this.data.length;
  }

  /** The number of axes. */
  get ndim(): number {
    return this.shape.length;
  }

  /** How many elements apart neighbours along each axis are (elements, not bytes). */
  get strides(): number[] {
    return stridesOf(this.shape);
  }

  /**
   * The element at an index an axis; negative ones count from the end. bool gives a boolean, int64 and uint64 a bigint.
   *
   * @throws RangeError where an index is out of bounds or their number is not `ndim`, TypeError where one is no number
   * @example
   * array([[1, 2], [3, 4]]).at(-1, 0) // 3
   */
  at(...index: number[]): ScalarOf<D> {
    return toScalar(this.dtype, this.data[offsetOf(this.shape, index)]) as ScalarOf<D>;
  }

  /**
   * Writes one element and gives the array back. The value must be one that the dtype holds: a bigint for int64 and
   * uint64, a boolean (or 0 or 1) for bool, an integer in range for the other integer dtypes.
   *
   * @throws TypeError for a value or index of the wrong kind, RangeError for one out of range; nothing is written then
   * @example
   * array([1, 2, 3], 'int8').set(7, -1).toArray() // [1, 2, 7]
   */
  set(value: ElementOf<D>, ...index: number[]): this {
    const offset = offsetOf(this.shape, index);
    (this.data as { [offset: number]: number | bigint })[offset] = checkElement(this.dtype, value, () => 'value');
    return this;
  }

  /**
   * The same memory with other dimensions of the same product; one of them may be −1, to be worked out.
   *
   * @throws RangeError where the sizes do not agree, TypeError where a dimension is no number
   * @example
   * array([1, 2, 3, 4, 5, 6]).reshape(2, -1).shape // [2, 3]
   */
  reshape(shape: readonly number[]): NDArray<D>;
  reshape(...shape: number[]): NDArray<D>;
  reshape(...args: number[] | [readonly number[]]): NDArray<D> {
    const shape = (args.length === 1 && Array.isArray(args[0]) ? args[0] : args) as readonly number[];
    return new NDArray<D>(this.data, solveShape(shape, this.size), this.dtype);
  }

  /** A copy on memory of its own. */
  copy(): NDArray<D> {
    return new NDArray<D>(copyData(this.data, this.dtype), this.shape, this.dtype);
  }

  /**
   * This array plus a number, a bigint or an array of the same shape, in a fresh array. The result's dtype is NumPy's:
   * two arrays meet in `np.result_type` of theirs ({@link Promote}; uint64 with a signed dtype is float64). A number is
   * Python's float: float dtypes keep theirs, all others give float64. A bigint is Python's int: every dtype keeps
   * its own (bool gives int64) and integers wrap around. bool + bool is "or".
   *
   * @throws RangeError where the shapes differ or the dtype cannot hold the bigint, TypeError for any other operand
   * @example
   * array([1, 2], 'float32').add(0.5).dtype         // 'float32'
   * array([250, 251], 'uint8').add(10n).toArray()   // [4, 5]
   * array([1, 2], 'int8').add(array([1, 2], 'uint8')).dtype // 'int16'
   */
  add<O extends Operand>(other: O): NDArray<SumDType<D, O>> {
    return operate('add', this, other);
  }

  /** This array minus `other`; dtypes and errors as for {@link add}. bool − bool is a TypeError, as in NumPy. */
  sub<O extends Operand>(other: O): NDArray<SumDType<D, O>> {
    return operate('sub', this, other);
  }

  /** This array times `other`, element by element; dtypes and errors as for {@link add}. bool × bool is "and". */
  mul<O extends Operand>(other: O): NDArray<SumDType<D, O>> {
    return operate('mul', this, other);
  }

  /**
   * This array divided by `other` (true division): float32 where {@link add} gives float32, float64 for all else. Errors as for {@link add}.
   *
   * @example
   * array([7n, 8n]).div(2n).toArray() // [3.5, 4]
   */
  div<O extends Operand>(other: O): NDArray<QuotientDType<D, O>> {
    return operate('div', this, other);
  }

  /** Along the first axis: the scalars of a 1-d array, else the arrays one dimension down, on the same memory. A 0-d array is a TypeError. */
  [Symbol.iterator](): IterableIterator<ScalarOf<D> | NDArray<D>> {
    if (this.ndim === 0) throw new TypeError('a 0-d array cannot be iterated over');
    return iterate(this);
  }

  /** The elements as JavaScript arrays nested as the shape says; the scalar itself of a 0-d array. */
  toArray(): NestedArray<ScalarOf<D>> {
    return nest(this.shape, offset => toScalar(this.dtype, this.data[offset]) as ScalarOf<D>);
  }

  /** What JSON.stringify writes: {@link toArray}, with the bigints of int64 and uint64 as decimal strings. */
  toJSON(): NestedArray<D extends BigIntDType ? string : ScalarOf<D>> {
    return nest(this.shape, offset => {
      const value = this.data[offset];
      return (typeof value === 'bigint' ? String(value) : toScalar(this.dtype, value)) as D extends BigIntDType ? string : ScalarOf<D>;
    });
  }

  /** The array as NumPy's `str` prints it: aligned, in lines of 75 characters, summarised past 1,000 elements. */
  toString(): string {
    return formatArray(this.data, this.shape, this.dtype);
  }

  /** What Node's console shows: NumPy's `repr`, which tells the dtype too. */
  [inspect](): string {
    return reprArray(this.data, this.shape, this.dtype);
  }

  get [Symbol.toStringTag](): string {
    return 'NDArray';
  }
}

/**
 * An array of the values of nested JavaScript arrays, of a typed array or of another array: always a copy.
 *
 * Without a dtype numbers become float64, bigints int64 and booleans bool; a typed array or NDArray keeps its own. With
 * one, every value must be one that the dtype holds (fractions and values out of range are refused, not rounded or wrapped);
 * numbers, bigints and booleans are converted to each other. Only float dtypes round.
 *
 * @throws RangeError where the nesting is ragged or a value does not fit, TypeError where a value is no number, bigint
 * or boolean or they are mixed; the message says where
 * @example
 * array([[1, 2], [3, 4]])              // array([[1., 2.],\n       [3., 4.]])
 * array([1, 2, 3], 'uint8').data       // Uint8Array [1, 2, 3]
 * array([[1n], [2n]]).dtype            // 'int64'
 */
export function array<D extends DType>(values: NDArray | TypedArray | Nested<number | bigint | boolean>, dtype: D): NDArray<D>;
export function array<D extends DType>(values: NDArray<D>): NDArray<D>;
export function array<A extends TypedArray>(values: A): NDArray<DTypeOfData<A>>;
export function array(values: Nested<number>): NDArray<'float64'>;
export function array(values: Nested<bigint>): NDArray<'int64'>;
export function array(values: Nested<boolean>): NDArray<'bool'>;
export function array(values: NDArray | TypedArray | Nested<number | bigint | boolean>, dtype?: DType): NDArray;
export function array(values: NDArray | TypedArray | Nested<number | bigint | boolean>, dtype?: DType): NDArray {
  if (dtype !== undefined) checkDType(dtype);
  if (values instanceof NDArray) return fromData(values.data, values.shape, values.dtype, dtype);
  const actual = dtypeOf(values);
  if (actual !== undefined) return fromData(values as TypedArray, [(values as TypedArray).length], actual, dtype);
  return fromNested(values as Nested<unknown>, dtype);
}

/** The dtype that a typed array's own type tells (a Uint8Array is uint8). */
export type DTypeOfData<A extends TypedArray> = { [D in Exclude<DType, 'bool'>]: A extends DataOf<D> ? D : never }[Exclude<DType, 'bool'>];

function checkDType(dtype: unknown): asserts dtype is DType {
  if (!isDType(dtype)) throw (typeof dtype === 'string' ? rangeError : typeError)('dtype', dtype, `one of ${dtypes.join(', ')}`);
}

function toScalar(dtype: DType, element: number | bigint): number | bigint | boolean {
  return dtype === 'bool' ? element !== 0 : element;
}

function offsetOf(shape: readonly number[], index: readonly number[]): number {
  if (index.length !== shape.length) throw rangeError('index', index, `one index for each axis of shape ${show(shape)}`);
  let offset = 0;
  for (let axis = 0; axis < shape.length; axis++) {
    const i = index[axis];
    const dimension = shape[axis];
    // The name is worked out only where there is an error to be thrown.
    const place = Number.isInteger(i) && i >= 0 && i < dimension ? i : toAxis(i, dimension, `index[${axis}]`);
    offset = offset * dimension + place;
  }
  return offset;
}

/** The shape with its −1, if any, worked out; sizes that disagree are the caller's RangeError. */
function solveShape(shape: readonly number[], size: number): number[] {
  const unknown = shape.indexOf(-1);
  const known = toShape(unknown < 0 ? shape : shape.map((dimension, axis) => (axis === unknown ? 1 : dimension)), 'shape');
  const step = sizeOf(known);
  if (unknown >= 0) known[unknown] = size / step; // NaN or Infinity where step is 0
  const fits = unknown < 0 ? step === size : Number.isInteger(known[unknown]);
  if (!fits) throw rangeError('shape', shape, `dimensions whose product is ${size}; one of them may be -1`);
  return known;
}

function copyData<D extends DType>(data: DataOf<D>, dtype: D): DataOf<D> {
  const copy = allocate(dtype, data.length);
  (copy as { set(from: TypedArray): void }).set(data);
  return copy;
}

function operate<R extends DType>(operation: Operation, left: NDArray, right: unknown): NDArray<R> {
  if (right instanceof NDArray) {
    if (!sameShape(left.shape, right.shape)) throw rangeError('other.shape', right.shape, `this array's shape, ${show(left.shape)}`);
  } else if (typeof right !== 'number' && typeof right !== 'bigint') throw typeError('other', right, 'a number, a bigint or an NDArray');
  const { data, dtype } = combine(operation, left, right);
  return new NDArray(data, left.shape, dtype) as NDArray<DType> as NDArray<R>;
}

function* iterate<D extends DType>({ data, shape: [count, ...rest], dtype }: NDArray<D>): Generator<ScalarOf<D> | NDArray<D>, undefined> {
  const step = sizeOf(rest);
  for (let i = 0; i < count; i++) {
    yield rest.length === 0 ? toScalar(dtype, data[i]) as ScalarOf<D> : new NDArray<D>(data.subarray(i * step, (i + 1) * step) as DataOf<D>, rest, dtype);
  }
}

/** Arrays nested as `shape` says, of what `value` gives for each offset in turn. */
export function nest<T>(shape: readonly number[], value: (offset: number) => T): NestedArray<T> {
  let offset = 0;
  const build = (axis: number): NestedArray<T> => (axis === shape.length ? value(offset++) : Array.from({ length: shape[axis] }, () => build(axis + 1)));
  return build(0);
}

/** The elements of nested arrays, and their shape as far as all branches have it. */
export function flatten(x: readonly unknown[]): [flat: unknown[], shape: number[]] {
  const shape = [x.length];
  let flat: readonly unknown[] = x;
  for (;;) {
    const length = Array.isArray(flat[0]) ? flat[0].length : -1;
    if (length < 0 || !flat.every(each => Array.isArray(each) && each.length === length)) return [flat.slice(), shape];
    shape.push(length);
    flat = flat.flat();
  }
}

function fromData(from: TypedArray, shape: readonly number[], actual: DType, dtype: DType = actual): NDArray {
  if (dtype === actual) return new NDArray(copyData(from, dtype), shape, dtype);
  const data = allocate(dtype, from.length) as { [index: number]: number | bigint };
  for (let i = 0; i < from.length; i++) data[i] = convertElement(dtype, from[i], () => `values.data[${i}]`);
  return new NDArray(data as TypedArray, shape, dtype);
}

const MAX_DEPTH = 64; // NumPy's; an array that contains itself ends here too

const defaultDTypes: { readonly [kind: string]: DType | undefined } = { number: 'float64', bigint: 'int64', boolean: 'bool' };

/** @internal The array of nested values; `root` is what messages call them. */
export function fromNested(values: Nested<unknown>, dtype?: DType, root = 'values'): NDArray {
  // The first element of every level tells the shape and the kind; all others must then agree.
  const shape: number[] = [];
  let first: unknown = values;
  while (Array.isArray(first)) {
    if (shape.push(first.length) > MAX_DEPTH) throw rangeError(root, values, `at most ${MAX_DEPTH} levels of nesting`);
    if (first.length === 0) break;
    first = first[0];
  }
  const isEmpty = Array.isArray(first);
  const kind = isEmpty ? 'number' : typeof first;
  const isKnown = Object.hasOwn(defaultDTypes, kind);
  const target = dtype ?? defaultDTypes[kind];
  const data = (target === undefined ? [] : allocate(target, sizeOf(shape))) as { [index: number]: number | bigint };

  const path: number[] = [];
  const name = (): string => `${root}${path.map(i => `[${i}]`).join('')}`;
  let offset = 0;
  const read = (value: unknown, axis: number): void => {
    if (Array.isArray(value) ? value.length !== shape[axis] : axis < shape.length) throw rangeError(name(), value, `${axis < shape.length ? `an array of length ${shape[axis]}` : 'no array'}: all branches are equally deep and long`);
    if (!Array.isArray(value)) {
      if (target === undefined || !isKnown || typeof value !== kind) throw typeError(name(), value, isKnown ? `a ${kind}, like the values before it` : 'a number, a bigint or a boolean');
      data[offset++] = convertElement(target, value as number | bigint | boolean, name);
      return;
    }
    for (let i = 0; i < value.length; i++) {
      path[axis] = i;
      read(value[i], axis + 1);
    }
    path.length = axis;
  };
  read(values, 0);
  return new NDArray(data as TypedArray, shape, target as DType);
}
