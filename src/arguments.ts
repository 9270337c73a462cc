/** How every drawing method reads its arguments: size or shape, then options, `out` among them. */
import { allocate, dtypeOf, type DataOf, type DType, type ScalarOf, type TypedArray } from './dtype.ts';
import { isOptions, type Options } from './checks.ts';
import { rangeError, typeError } from './errors.ts';
import { NDArray } from './ndarray.ts';
import { sameShape, sizeOf, toAxis, toShape, type Size } from './shape.ts';

/** What `out` may be for dtypes `D`: a typed array, on any memory and at any offset, or an NDArray. */
export type OutOf<D extends DType> = { [E in D]: DataOf<E> | NDArray<E> }[D];

/** The dtype that an `out` has; a Uint8Array is `uint8` unless `dtype: 'bool'` says otherwise. */
export type DTypeOf<O> =
  O extends NDArray<infer D> ? D
  : O extends Float64Array ? 'float64' : O extends Float32Array ? 'float32'
  : O extends Int8Array ? 'int8' : O extends Uint8Array ? 'uint8'
  : O extends Int16Array ? 'int16' : O extends Uint16Array ? 'uint16'
  : O extends Int32Array ? 'int32' : O extends Uint32Array ? 'uint32'
  : O extends BigInt64Array ? 'int64' : O extends BigUint64Array ? 'uint64' : never;

/** The arguments after a method's own for one plain value. */
export type Single<D extends DType, X = unknown> = [] | [size: undefined, options?: { dtype?: D } & X] | [options: { dtype?: D; size?: undefined; out?: undefined } & X];

/** The same where the dtype decides what the plain value is, so must be given. */
export type SingleAs<D extends DType, X = unknown> = [size: undefined, options: { dtype: D } & X] | [options: { dtype: D; size?: undefined; out?: undefined } & X];

/** The same for an array of a size; the options may stand in size's place. */
export type Sized<D extends DType, X = unknown> = [size: Size, options?: { dtype?: D; out?: undefined } & X] | [options: { size: Size; dtype?: D; out?: undefined } & X];

/** The same for filling an array that is there already. */
export type Into<O, X = unknown> =
  | [options: { out: O; size?: Size; dtype?: DTypeOf<O> } & X]
  | [size: Size | undefined, options: { out: O; dtype?: DTypeOf<O> } & X];

/** What stands after the parameters of a distribution whose samples have dtypes `D`. */
export type Rest<D extends DType, X = unknown> =
  | [] | [size: Size | undefined, options?: { out?: OutOf<D>; dtype?: D } & X] | [options: { size?: Size; out?: OutOf<D>; dtype?: D } & X];

/** Does an R of `Rest` ask for an array? */
type Asks<R> = R extends readonly [] ? false : R extends readonly [infer S, ...infer O] ?
  S extends Size ? true : S extends undefined ? AsksIn<O extends readonly [infer P] ? P : never> : AsksIn<S> : false;
type AsksIn<O> = [O] extends [never] ? false : O extends { size: Size } | { out: object } ? true : false;

/** What a distribution gives for parameters V (their union) and the arguments R after them: a number where all of that are numbers, else an array. */
export type Drawn<V, R, Many = NDArray<'float64'>, One = number> = [V] extends [number | bigint | undefined] ? (Asks<R> extends true ? Many : One) : Many;

/**
 * Lets the options stand in the place of the first argument left out: `integers(10, { size: 3 })`. Gives the arguments with the options
 * last; `size` is the one before.
 */
export function align(args: unknown[]): unknown[] {
  const last = args.length - 1;
  for (let i = 0; i < last; i++) {
    if (!isOptions(args[i])) continue;
    for (let j = i + 1; j <= last; j++) {
      if (args[j] !== undefined) throw typeError(j === last ? 'options' : 'size', args[j], 'nothing after the options');
    }
    args[last] = args[i];
    args[i] = undefined;
    break;
  }
  return args;
}

/** A boolean option, its value given: looked up by name in here it would cost 10 ns (measured). */
export function flag(name: string, value: unknown, otherwise: boolean): boolean {
  if (value === undefined) return otherwise;
  if (typeof value !== 'boolean') throw typeError(name, value, 'true or false');
  return value;
}

/** The option `axis` of an array of `ndim` dimensions: the first axis where it is not given. */
export function axisOption(options: Options, ndim: number): number {
  return options.axis === undefined ? 0 : toAxis(options.axis, ndim);
}

/** The size argument, given before the options or among them. */
export function sizeArgument(size: unknown, options: Options): unknown {
  if (options.size === undefined) return size;
  if (size !== undefined) throw typeError('size', options.size, 'one size: it was given twice');
  return options.size;
}

/** Refuses an array whose memory was transferred or resized since it was made: its shape tells no longer what is there. */
export function checkMemory(name: string, array: NDArray): void {
  if (array.size !== sizeOf(array.shape)) throw rangeError(name, array, `${sizeOf(array.shape)} elements, as its shape says: its memory has ${array.size}`);
}

/** `source`, or a copy of it where writing to `target` would change it. */
export function apartFrom<A extends TypedArray>(target: TypedArray, source: A): A {
  if (source.buffer !== target.buffer) return source;
  const after = source.byteOffset >= target.byteOffset + target.byteLength, before = target.byteOffset >= source.byteOffset + source.byteLength;
  return after || before ? source : (source.slice() as A);
}

/** Among the options: results are to stand in memory that threads share. No user gives it. */
export const SHARED = Symbol('shared');

/** Where a method's draws go. */
export interface Target<D extends DType> {
  data: DataOf<D>;
  dtype: D;
  /** The shape; null for a single plain value. */
  shape: readonly number[] | null;
  /** The NDArray given as `out`. */
  array: NDArray<D> | undefined;
}

/**
 * Reads size and options into a target, allocated where no `out` is given. Nothing is drawn or written before all
 * arguments are found good.
 *
 * @param dtypes the dtypes the method has
 * @param usual the one it takes where neither `dtype` nor `out` says
 * @param name what the method calls its size
 */
export function toTarget<D extends DType>(size: unknown, options: Options, dtypes: readonly D[], usual: D, name = 'size'): Target<D> {
  const { out } = options;
  const wanted = sizeArgument(size, options);
  let dtype = options.dtype as D | undefined;
  if (dtype !== undefined) {
    if (typeof dtype !== 'string') throw typeError('dtype', dtype, `one of ${dtypes.join(', ')}`);
    if (!dtypes.includes(dtype)) throw rangeError('dtype', dtype, `one of ${dtypes.join(', ')}`);
  }
  const shape = wanted === undefined ? null : toShape(wanted, name);
  if (out === undefined) {
    dtype ??= usual;
    return { data: allocate(dtype, shape === null ? 1 : sizeOf(shape), name, (options as { [SHARED]?: boolean })[SHARED]), dtype, shape, array: undefined };
  }
  const array = out instanceof NDArray ? (out as NDArray<D>) : undefined;
  const data = array ? array.data : out;
  const found = array ? array.dtype : dtypeOf(data);
  // a Uint8Array serves bool as well, as soon as that is asked for or all the method has
  const fits = found === 'uint8' && !array && (dtype === 'bool' || !dtypes.includes('uint8' as D)) ? ('bool' as D) : (found as D);
  if (found === undefined || !dtypes.includes(fits) || (dtype !== undefined && fits !== dtype)) {
    throw typeError('out', out, `a typed array or NDArray of ${dtype ?? dtypes.join(', ')}`);
  }
  const length = (data as ArrayLike<unknown>).length;
  if (array) checkMemory('out', array);
  if (shape !== null && (array ? !sameShape(array.shape, shape) : length !== sizeOf(shape))) {
    throw rangeError('out', out, `the shape of ${name}, [${shape.join(', ')}]`);
  }
  return { data: data as DataOf<D>, dtype: fits, shape: array ? array.shape : (shape ?? [length]), array };
}

/** What a method returns for a filled target: a plain value, the `out` given, or an NDArray on the data. */
export function toResult<D extends DType>(target: Target<D>): ScalarOf<D> | NDArray<D> {
  if (target.shape === null) {
    const value = target.data[0];
    return (target.dtype === 'bool' ? value === 1 : value) as ScalarOf<D>;
  }
  return target.array ?? new NDArray(target.data, target.shape, target.dtype);
}
