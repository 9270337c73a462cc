/** Shapes: sizes given as a number or a list of dimensions, strides, indices. */
import { checkCount } from './checks.ts';
import { rangeError, typeError } from './errors.ts';

/** A size: a number of elements (one dimension) or a shape. */
export type Size = number | readonly number[];

/** The most elements one array may have. */
export const MAX_ELEMENTS = 2 ** 32;

/** Checks a size and gives its shape, a fresh array. Throws a TypeError or RangeError that names `name`. */
export function toShape(size: unknown, name = 'size'): number[] {
  let shape: number[];
  if (typeof size === 'number') shape = [checkCount(name, size)];
  else if (Array.isArray(size)) {
    shape = [];
    for (let axis = 0; axis < size.length; axis++) {
      const dimension: unknown = size[axis]; // undefined in a hole
      // the name is made for a message alone
      shape.push(Number.isSafeInteger(dimension) && (dimension as number) > 0 ? (dimension as number) : checkCount(`${name}[${axis}]`, dimension));
    }
  }
  else throw typeError(name, size, 'a non-negative integer or an array of them');
  const count = sizeOf(shape);
  if (count > MAX_ELEMENTS) throw rangeError(name, size, 'at most 2^32 elements');
  return shape;
}

/** The number of elements of a shape: the product, 1 for []. */
export function sizeOf(shape: readonly number[]): number {
  let count = 1;
  for (const dimension of shape) {
    if (dimension === 0) return 0;
    count *= dimension;
  }
  return count;
}

/** C-order strides, in elements. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis];
  }
  return strides;
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((dimension, axis) => dimension === b[axis]);
}

/** Checks an axis (negative counts from the end) and gives it as 0 … ndim − 1. */
export function toAxis(axis: unknown, ndim: number, name = 'axis'): number {
  if (typeof axis !== 'number') throw typeError(name, axis, 'an integer');
  if (!Number.isInteger(axis) || axis < -ndim || axis >= ndim) throw rangeError(name, axis, `an integer in [${-ndim}, ${ndim})`);
  return axis < 0 ? axis + ndim : axis;
}
