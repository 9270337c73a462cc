/** Single elements: which JavaScript values a dtype takes. */
import { allocate, integerLimits, isBigIntDType, isFloatDType } from './dtype.ts';
import type { DType, TypedArray } from './dtype.ts';
import { rangeError, typeError } from './errors.ts';

const cells = new Map<DType, TypedArray>();

/** Does an integer dtype hold this value? Put into an array it comes back unchanged. */
export function holds(dtype: DType, value: number | bigint): boolean {
  let cell = cells.get(dtype);
  if (cell === undefined) cells.set(dtype, cell = allocate(dtype, 1));
  (cell as { [index: number]: number | bigint })[0] = value;
  return cell[0] === value;
}

/** What a dtype's elements are, in words, for an error message. */
export function describe(dtype: DType): string {
  if (dtype === 'bool') return 'a boolean, 0 or 1';
  if (isFloatDType(dtype)) return 'a number';
  const [low, high] = integerLimits(dtype);
  return isBigIntDType(dtype) ? `a bigint in [${low}n, ${high}n]` : `an integer in [${low}, ${high}]`;
}

/**
 * Checks that `value` is an element of `dtype` and gives it as its typed array takes it: a bigint for int64 and uint64,
 * 0 or 1 for bool (from a boolean, 0 or 1), a number for the rest. A value of the wrong kind is a TypeError, a fraction
 * or a value beyond an integer dtype a RangeError; both name it as `name()` says.
 */
export function checkElement(dtype: DType, value: unknown, name: () => string): number | bigint {
  if (dtype === 'bool') {
    if (typeof value === 'boolean' || value === 0 || value === 1) return Number(value);
    throw (typeof value === 'number' ? rangeError : typeError)(name(), value, describe(dtype));
  }
  if (typeof value !== (isBigIntDType(dtype) ? 'bigint' : 'number')) throw typeError(name(), value, describe(dtype));
  if (!isFloatDType(dtype) && !holds(dtype, value as number | bigint)) throw rangeError(name(), value, describe(dtype));
  return value as number | bigint;
}

/**
 * Like {@link checkElement}, but takes any number, bigint or boolean that the dtype can hold: bigints for the number dtypes,
 * whole numbers for int64 and uint64, booleans as 0 and 1. Only float dtypes round.
 */
export function convertElement(dtype: DType, value: number | bigint | boolean, name: () => string): number | bigint {
  const plain = typeof value === 'boolean' ? Number(value) : value;
  let converted = plain;
  if (!isBigIntDType(dtype)) converted = Number(plain);
  else if (Number.isInteger(plain)) converted = BigInt(plain);
  const fits = isFloatDType(dtype) ? typeof value === 'number' || Number.isFinite(converted)
    : dtype === 'bool' ? converted === 0 || converted === 1
    : isBigIntDType(dtype) === (typeof converted === 'bigint') && holds(dtype, converted);
  if (!fits) throw rangeError(name(), value, describe(dtype));
  return converted;
}
