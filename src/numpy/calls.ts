/** The types of Python's calls: arguments by position, then by keyword in a final object, and what comes of them. */
import type { BigIntDType, DataOf, DType, TypedArray } from '../dtype.ts';
import type { NDArray } from '../ndarray.ts';
import type { Size } from '../shape.ts';

export type None = null | undefined;

/** What stands for each dtype: NumPy's spellings. */
export interface Spellings {
  bool: 'bool' | '?' | 'b1' | 'bool_';
  int8: 'int8' | 'b' | 'i1' | 'byte';
  uint8: 'uint8' | 'B' | 'u1' | 'ubyte';
  int16: 'int16' | 'h' | 'i2' | 'short';
  uint16: 'uint16' | 'H' | 'u2' | 'ushort';
  int32: 'int32' | 'i' | 'i4' | 'intc';
  uint32: 'uint32' | 'I' | 'u4' | 'uintc';
  int64: 'int64' | 'l' | 'i8' | 'q' | 'p' | 'n' | 'int' | 'int_' | 'long' | 'longlong' | 'intp';
  uint64: 'uint64' | 'L' | 'u8' | 'Q' | 'P' | 'N' | 'uint' | 'ulong' | 'ulonglong' | 'uintp';
  float32: 'float32' | 'f' | 'f4' | 'single';
  float64: 'float64' | 'd' | 'f8' | 'double' | 'float';
}

/** A spelling of one of the dtypes D. */
export type Spelled<D extends DType> = Spellings[D];

/** The dtype of a spelling; `Otherwise` where none is given. */
export type Named<S, Otherwise extends DType> = [S] extends [None] ? Otherwise : { [D in DType]: S extends Spellings[D] ? D : never }[DType];

/** The arguments of a function: N names its parameters in order, T what they take, K those that are given by keyword alone. */
export type Args<N extends readonly string[], T, K = unknown> = N extends readonly [infer H extends keyof T & string, ...infer R extends readonly string[]]
  ? (object extends Pick<T, N[number] & keyof T> ? [] : never)
    | [keywords: Pick<T, N[number] & keyof T> & K] | [value: T[H], ...rest: Args<R, T, K>]
  : unknown extends K ? [] : [] | [keywords: K];

/** Objects that are values, not keywords. */
type ValueObject = readonly unknown[] | NDArray | TypedArray;

/** The arguments A by their names. */
export type Bound<A, N extends readonly string[]> = A extends readonly [infer H, ...infer R]
  ? H extends ValueObject ? At<N, H, R> : H extends object ? H : At<N, H, R>
  : unknown;
type At<N extends readonly string[], H, R> =
  N extends readonly [infer K extends string, ...infer M extends readonly string[]] ? { [P in K]: H } & Bound<R, M> : unknown;

/** The argument called K. */
export type Given<B, K extends string> = K extends keyof B ? B[K] : undefined;

/** Is it given? boolean where that is not known. */
type IsGiven<V> = [V] extends [None] ? false : [Extract<V, None>] extends [never] ? true : boolean;
type If<T, Yes, No> = T extends true ? Yes : No;

/** Are all the parameters P numbers? */
type AreNumbers<B, P> = [P extends string ? Given<B, P> : never] extends [number | bigint | boolean | None] ? true : false;

/** What a draw gives: an array where there is a size or a parameter is an array, else one value. */
export type Result<B, P, Many, One = number> = AreNumbers<B, P> extends true ? If<IsGiven<Given<B, 'size'>>, Many, One> : Many;

/** A parameter: a number, or an array of numbers that is broadcast. */
export type Value = number | bigint | NDArray<Exclude<DType, 'bool'>> | DataOf<Exclude<DType, 'bool'>> | readonly NestedNumbers[];
export type NestedNumbers = number | bigint | readonly NestedNumbers[];

/** Integers of draws without a dtype: int32 where every value that the arguments can give fits, else float64 to 2^53, else int64. */
export type Integers = NDArray<'int32' | 'float64' | BigIntDType>;

/** The last parameter of every draw. */
export interface Sized {
  size?: Size | null;
}

/** What a distribution with parameters N takes, of which O have defaults. */
type Parameters<N extends readonly string[], O extends string> = { [P in Exclude<N[number], O>]: Value } & { [P in O]?: Value } & Sized;

/** A distribution with parameters N, of which O have defaults. */
export type Distribution<N extends readonly string[], O extends string = never, Many = NDArray<'float64'>> =
  <const A extends Args<[...N, 'size'], Parameters<N, O>>>(...args: A) => Result<Bound<A, [...N, 'size']>, N[number], Many>;
