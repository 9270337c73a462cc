/** Element types: their names, their typed arrays, their limits. */

/** The typed array behind each dtype. `bool` is stored as bytes of 0 and 1. */
export interface DTypeArrays {
  float64: Float64Array;
  float32: Float32Array;
  int8: Int8Array;
  uint8: Uint8Array;
  int16: Int16Array;
  uint16: Uint16Array;
  int32: Int32Array;
  uint32: Uint32Array;
  int64: BigInt64Array;
  uint64: BigUint64Array;
  bool: Uint8Array;
}

/** The name of an element type, spelled as NumPy spells it. */
export type DType = keyof DTypeArrays;

/** The typed array of dtype `D`. */
export type DataOf<D extends DType> = DTypeArrays[D];

/** What one element of dtype `D` is to JavaScript. */
export type ScalarOf<D extends DType> = D extends 'int64' | 'uint64' ? bigint : D extends 'bool' ? boolean : number;

export type FloatDType = 'float32' | 'float64';
export type BigIntDType = 'int64' | 'uint64';
export type IntDType = 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | BigIntDType;

/** Any typed array an NDArray can stand on. */
export type TypedArray = DTypeArrays[DType];

interface TypedArrayConstructor<A> {
  new (length: number): A;
  new (buffer: ArrayBufferLike, byteOffset?: number, length?: number): A;
  readonly BYTES_PER_ELEMENT: number;
  readonly name: string;
}

const constructors: { readonly [D in DType]: TypedArrayConstructor<DTypeArrays[D]> } = {
  float64: Float64Array,
  float32: Float32Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  bool: Uint8Array,
};

/** Every dtype name. */
export const dtypes = Object.keys(constructors) as readonly DType[];

/** The typed-array constructor of a dtype. */
export function constructorOf<D extends DType>(dtype: D): TypedArrayConstructor<DataOf<D>> {
  return constructors[dtype];
}

export function isDType(value: unknown): value is DType {
  return typeof value === 'string' && Object.hasOwn(constructors, value);
}

/** Is this dtype held as BigInts? */
export function isBigIntDType(dtype: DType): dtype is BigIntDType {
  return dtype === 'int64' || dtype === 'uint64';
}

export function isFloatDType(dtype: DType): dtype is FloatDType {
  return dtype === 'float32' || dtype === 'float64';
}

/** The least and the most an integer dtype holds. */
export function integerLimits(dtype: DType): [least: bigint, most: bigint] {
  const half = 1n << BigInt(constructors[dtype].BYTES_PER_ELEMENT * 8 - 1);
  return dtype[0] === 'u' ? [0n, half * 2n - 1n] : [-half, half - 1n];
}

/** Those of numbers: all but bool. */
export const numberDTypes = dtypes.filter(dtype => dtype !== 'bool');

/** By the name that any realm's typed array has. A Uint8Array is `uint8`. */
const byName = new Map<unknown, Exclude<DType, 'bool'>>(numberDTypes.map(dtype => [constructors[dtype].name, dtype]));

/** Gives that name, undefined for what is no typed array: a fifth of the time that Object.prototype.toString takes (measured: 250 ns). */
const nameOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Int8Array.prototype), Symbol.toStringTag)!.get!;

/** The dtype of a typed array, or undefined where it is none of ours. */
export function dtypeOf(data: unknown): Exclude<DType, 'bool'> | undefined {
  return byName.get(nameOf.call(data));
}

/** Is it on memory that threads share? */
export function isShared({ buffer }: TypedArray): boolean {
  return typeof SharedArrayBuffer === 'function' && buffer instanceof SharedArrayBuffer;
}

/** Allocates `length` zeros, in memory of its own or such as threads share; a RangeError names the parameter where the platform cannot. */
export function allocate<D extends DType>(dtype: D, length: number, name = 'size', shared = false): DataOf<D> {
  const Constructor = constructors[dtype];
  try {
    return shared ? new Constructor(new SharedArrayBuffer(length * Constructor.BYTES_PER_ELEMENT)) : new Constructor(length);
  } catch {
    throw new RangeError(`${name}: ${length} elements of ${dtype} (${length * Constructor.BYTES_PER_ELEMENT} bytes) are more than this platform can allocate`);
  }
}
