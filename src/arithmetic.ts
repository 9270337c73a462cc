/** Element-wise + − × ÷ on typed arrays, with the result dtypes of NumPy. */
import { allocate, isBigIntDType, isFloatDType } from './dtype.ts';
import type { DType, FloatDType, TypedArray } from './dtype.ts';
import { describe, holds } from './element.ts';
import { rangeError } from './errors.ts';

export type Operation = 'add' | 'sub' | 'mul' | 'div';

/** A run of elements and their type. */
export interface Elements {
  readonly data: TypedArray;
  readonly dtype: DType;
}

/** NumPy's promotion table, `np.result_type` of two dtypes, for the compiler; `promote` is its rule. */
interface Promotions {
  bool: { bool: 'bool'; int8: 'int8'; uint8: 'uint8'; int16: 'int16'; uint16: 'uint16'; int32: 'int32'; uint32: 'uint32'; int64: 'int64'; uint64: 'uint64'; float32: 'float32'; float64: 'float64' };
  int8: { bool: 'int8'; int8: 'int8'; uint8: 'int16'; int16: 'int16'; uint16: 'int32'; int32: 'int32'; uint32: 'int64'; int64: 'int64'; uint64: 'float64'; float32: 'float32'; float64: 'float64' };
  uint8: { bool: 'uint8'; int8: 'int16'; uint8: 'uint8'; int16: 'int16'; uint16: 'uint16'; int32: 'int32'; uint32: 'uint32'; int64: 'int64'; uint64: 'uint64'; float32: 'float32'; float64: 'float64' };
  int16: { bool: 'int16'; int8: 'int16'; uint8: 'int16'; int16: 'int16'; uint16: 'int32'; int32: 'int32'; uint32: 'int64'; int64: 'int64'; uint64: 'float64'; float32: 'float32'; float64: 'float64' };
  uint16: { bool: 'uint16'; int8: 'int32'; uint8: 'uint16'; int16: 'int32'; uint16: 'uint16'; int32: 'int32'; uint32: 'uint32'; int64: 'int64'; uint64: 'uint64'; float32: 'float32'; float64: 'float64' };
  int32: { bool: 'int32'; int8: 'int32'; uint8: 'int32'; int16: 'int32'; uint16: 'int32'; int32: 'int32'; uint32: 'int64'; int64: 'int64'; uint64: 'float64'; float32: 'float64'; float64: 'float64' };
  uint32: { bool: 'uint32'; int8: 'int64'; uint8: 'uint32'; int16: 'int64'; uint16: 'uint32'; int32: 'int64'; uint32: 'uint32'; int64: 'int64'; uint64: 'uint64'; float32: 'float64'; float64: 'float64' };
  int64: { bool: 'int64'; int8: 'int64'; uint8: 'int64'; int16: 'int64'; uint16: 'int64'; int32: 'int64'; uint32: 'int64'; int64: 'int64'; uint64: 'float64'; float32: 'float64'; float64: 'float64' };
  uint64: { bool: 'uint64'; int8: 'float64'; uint8: 'uint64'; int16: 'float64'; uint16: 'uint64'; int32: 'float64'; uint32: 'uint64'; int64: 'float64'; uint64: 'uint64'; float32: 'float64'; float64: 'float64' };
  float32: { bool: 'float32'; int8: 'float32'; uint8: 'float32'; int16: 'float32'; uint16: 'float32'; int32: 'float64'; uint32: 'float64'; int64: 'float64'; uint64: 'float64'; float32: 'float32'; float64: 'float64' };
  float64: { bool: 'float64'; int8: 'float64'; uint8: 'float64'; int16: 'float64'; uint16: 'float64'; int32: 'float64'; uint32: 'float64'; int64: 'float64'; uint64: 'float64'; float32: 'float64'; float64: 'float64' };
}

/** The dtype two arrays' dtypes meet in: `Promote<'int8', 'uint8'>` is `'int16'`. */
export type Promote<A extends DType, B extends DType> = Promotions[A][B];

type ToFloat<D extends DType> = D extends FloatDType ? D : 'float64';

/**
 * The dtype of an array of dtype `D` plus, minus or times an operand `O`: with an array {@link Promote}; with a bigint
 * (Python's int) `D` itself, int64 for bool; with a number (Python's float) `D` where it is a float dtype, else float64.
 */
export type SumDType<D extends DType, O> =
  O extends { readonly dtype: infer E extends DType } ? Promote<D, E>
  : O extends bigint ? (D extends 'bool' ? 'int64' : D)
  : ToFloat<D>;

/** The dtype of an array of dtype `D` divided by an operand `O`: {@link SumDType} where that is a float dtype, else float64. */
export type QuotientDType<D extends DType, O> =
  O extends { readonly dtype: infer E extends DType } ? ToFloat<Promote<D, E>> : ToFloat<D>;

/** NumPy's `result_type`: the smallest dtype that holds both, float64 where an integer dtype would need more than 64 bits. */
export function promote(a: DType, b: DType): DType {
  if (a === b || b === 'bool') return a;
  if (a === 'bool') return b;
  const bitsA = parseInt(a.replace(/\D+/, '')), bitsB = parseInt(b.replace(/\D+/, '')), most = Math.max(bitsA, bitsB);
  if (isFloatDType(a) || isFloatDType(b)) {
    // float32 holds integers of 16 bits
    const wide = isFloatDType(a) === isFloatDType(b) || (isFloatDType(a) ? bitsB : bitsA) > 16 || most === 64;
    return wide ? 'float64' : 'float32';
  }
  const unsignedA = a[0] === 'u', unsignedB = b[0] === 'u';
  if (unsignedA === unsignedB) return bitsA > bitsB ? a : b;
  const unsigned = unsignedA ? bitsA : bitsB;
  const needed = Math.max(unsignedA ? bitsB : bitsA, unsigned * 2);
  return needed > 64 ? 'float64' : (`int${needed}` as DType);
}

function resultDType(operation: Operation, left: DType, right: Elements | number | bigint): DType {
  const sum = typeof right === 'number' ? (isFloatDType(left) ? left : 'float64')
    : typeof right === 'bigint' ? (left === 'bool' ? 'int64' : left)
    : promote(left, right.dtype);
  return operation !== 'div' || isFloatDType(sum) ? sum : 'float64';
}

/** Does `out[i] = a[i] ∘ b[i]` for the first `count` elements, a multiple of four. */
type Kernel<A> = (out: A, a: A, b: A, count: number) => void;

/**
 * The loops, in the five types that all work is done in. Each loop is written out for one kind of array: shared by two kinds
 * it was measured 1.6 times slower, by all 30 times; unrolled by four, floats go twice as fast. Integers wrap when they are stored.
 */
const kernels: {
  float32: Record<Operation, Kernel<Float32Array>>;
  float64: Record<Operation, Kernel<Float64Array>>;
  int32: Partial<Record<Operation, Kernel<Int32Array>>>;
  int64: Partial<Record<Operation, Kernel<BigInt64Array>>>;
  bool: Partial<Record<Operation, Kernel<Uint8Array>>>;
} = {
  // The float64 result of two float32 operands, rounded to float32, is float32's own.
  float32: {
    add(out, a, b, count) {
      for (let i = 0; i < count; i += 4) {
        out[i] = a[i] + b[i];
        out[i + 1] = a[i + 1] + b[i + 1];
        out[i + 2] = a[i + 2] + b[i + 2];
        out[i + 3] = a[i + 3] + b[i + 3];
      }
    },
    sub(out, a, b, count) {
      for (let i = 0; i < count; i += 4) {
        out[i] = a[i] - b[i];
        out[i + 1] = a[i + 1] - b[i + 1];
        out[i + 2] = a[i + 2] - b[i + 2];
        out[i + 3] = a[i + 3] - b[i + 3];
      }
    },
    mul(out, a, b, count) {
      for (let i = 0; i < count; i += 4) {
        out[i] = a[i] * b[i];
        out[i + 1] = a[i + 1] * b[i + 1];
        out[i + 2] = a[i + 2] * b[i + 2];
        out[i + 3] = a[i + 3] * b[i + 3];
      }
    },
    div(out, a, b, count) {
      for (let i = 0; i < count; i += 4) {
        out[i] = a[i] / b[i];
        out[i + 1] = a[i + 1] / b[i + 1];
        out[i + 2] = a[i + 2] / b[i + 2];
        out[i + 3] = a[i + 3] / b[i + 3];
      }
    },
  },
  float64: {
    add(out, a, b, count) {
      for (let i = 0; i < count; i += 4) {
        out[i] = a[i] + b[i];
        out[i + 1] = a[i + 1] + b[i + 1];
        out[i + 2] = a[i + 2] + b[i + 2];
        out[i + 3] = a[i + 3] + b[i + 3];
      }
    },
    sub(out, a, b, count) {
      for (let i = 0; i < count; i += 4) {
        out[i] = a[i] - b[i];
        out[i + 1] = a[i + 1] - b[i + 1];
        out[i + 2] = a[i + 2] - b[i + 2];
        out[i + 3] = a[i + 3] - b[i + 3];
      }
    },
    mul(out, a, b, count) {
      for (let i = 0; i < count; i += 4) {
        out[i] = a[i] * b[i];
        out[i + 1] = a[i + 1] * b[i + 1];
        out[i + 2] = a[i + 2] * b[i + 2];
        out[i + 3] = a[i + 3] * b[i + 3];
      }
    },
    div(out, a, b, count) {
      for (let i = 0; i < count; i += 4) {
        out[i] = a[i] / b[i];
        out[i + 1] = a[i + 1] / b[i + 1];
        out[i + 2] = a[i + 2] / b[i + 2];
        out[i + 3] = a[i + 3] / b[i + 3];
      }
    },
  },
  int32: {
    add(out, a, b, count) { for (let i = 0; i < count; i++) out[i] = a[i] + b[i]; },
    sub(out, a, b, count) { for (let i = 0; i < count; i++) out[i] = a[i] - b[i]; },
    mul(out, a, b, count) { for (let i = 0; i < count; i++) out[i] = Math.imul(a[i], b[i]); },
  },
  // asIntN lets V8 keep to machine words, without a BigInt an element.
  int64: {
    add(out, a, b, count) { for (let i = 0; i < count; i++) out[i] = BigInt.asIntN(64, a[i] + b[i]); },
    sub(out, a, b, count) { for (let i = 0; i < count; i++) out[i] = BigInt.asIntN(64, a[i] - b[i]); },
    mul(out, a, b, count) { for (let i = 0; i < count; i++) out[i] = BigInt.asIntN(64, a[i] * b[i]); },
  },
  bool: {
    add(out, a, b, count) { for (let i = 0; i < count; i++) out[i] = a[i] | b[i]; },
    mul(out, a, b, count) { for (let i = 0; i < count; i++) out[i] = a[i] & b[i]; },
  },
};

type WorkType = keyof typeof kernels;

/** The type in which results of `dtype` are computed: signed for unsigned, since wrapping makes them the same bits. */
function workTypeOf(dtype: DType): WorkType {
  if (dtype === 'bool' || isFloatDType(dtype)) return dtype;
  return isBigIntDType(dtype) ? 'int64' : 'int32';
}

const BLOCK = 1024; // elements, a multiple of four: three blocks of the widest type are 24 KiB, inside the L1 cache
const workspaces: Partial<Record<WorkType, readonly [TypedArray, TypedArray, TypedArray]>> = {};

/**
 * Computes `left ∘ right` into a fresh array, `right` being as many elements, or a number or bigint for all of them.
 * Throws a RangeError for a bigint that the dtype cannot hold and a TypeError for bool − bool.
 */
export function combine(operation: Operation, left: Elements, right: Elements | number | bigint): Elements {
  const dtype = resultDType(operation, left.dtype, right);
  const workType = workTypeOf(dtype);
  const kernel = kernels[workType][operation] as Kernel<TypedArray> | undefined;
  if (kernel === undefined) throw new TypeError('other: bool arrays cannot be subtracted');
  const [blockA, blockB, blockOut] = workspaces[workType] ??= [allocate(workType, BLOCK), allocate(workType, BLOCK), allocate(workType, BLOCK)];
  const isScalar = typeof right !== 'object';
  const count = left.data.length;
  if (isScalar) (blockB as Writable).fill(toWorkScalar(right, dtype), 0, count + 3);
  const data = allocate(dtype, count);
  for (let start = 0; start < count; start += BLOCK) {
    const length = Math.min(BLOCK, count - start);
    // Whole blocks of the work type itself are used where they lie.
    const isWhole = length === BLOCK;
    const part = (elements: Elements, block: TypedArray): TypedArray =>
      isWhole && elements.dtype === workType ? elements.data.subarray(start, start + BLOCK) : load(block, elements.data, start, length);
    const a = part(left, blockA);
    const b = isScalar ? blockB : part(right, blockB);
    const isInPlace = isWhole && dtype === workType;
    const out = isInPlace ? data.subarray(start, start + BLOCK) : blockOut;
    kernel(out, a, b, (length + 3) & ~3);
    if (!isInPlace) (data as Writable).set(out.subarray(0, length), start);
  }
  return { data, dtype };
}

/** A typed array whose number or bigint nature the surrounding code has made sure of. */
interface Writable {
  set(from: TypedArray, offset?: number): void;
  fill(value: number | bigint, start: number, end: number): void;
}

/** Copies `length` elements from `start` on into the block, each converted to the block's type, and gives the block. */
function load(block: TypedArray, from: TypedArray, start: number, length: number): TypedArray {
  const part = from.subarray(start, start + length);
  const isBigInt = typeof part[0] === 'bigint';
  if (isBigInt === (typeof block[0] === 'bigint')) (block as Writable).set(part);
  else if (isBigInt) for (let i = 0; i < length; i++) block[i] = Number(part[i]);
  else for (let i = 0; i < length; i++) block[i] = BigInt(part[i]);
  return block;
}

/** A scalar operand as the result's work type takes it (float32 rounds it on storing), range-checked. */
function toWorkScalar(value: number | bigint, dtype: DType): number | bigint {
  if (isFloatDType(dtype)) {
    const number = Number(value);
    if (typeof value === 'bigint' && !Number.isFinite(number)) throw rangeError('other', value, 'a bigint within the range of float64');
    return number;
  }
  const element = isBigIntDType(dtype) ? value : Number(value);
  if (!holds(dtype, element)) throw rangeError('other', value, `${describe(dtype)} for ${dtype}`);
  return element;
}
