/** Elements as the cells of memory that are swapped or copied in their place. */
import { allocate, type DataOf, type DType, type TypedArray } from './dtype.ts';
import { NDArray } from './ndarray.ts';
import { sizeOf } from './shape.ts';

/** Anything with elements to swap. */
export interface Swappable {
  readonly length: number;
  [index: number]: unknown;
}

/**
 * What is swapped or copied in place of elements: of a typed array its memory as integers, `width` of them an element, as loops that see all kinds of arrays take five
 * times as long (measured), and bigints more.
 */
export function cellsOf(x: Swappable): { cells: Swappable; width: number } {
  if (!ArrayBuffer.isView(x)) return { cells: x, width: 1 };
  const { buffer, byteOffset, byteLength, length } = x as unknown as TypedArray, bytes = byteLength / length;
  if (bytes === 1) return { cells: new Int8Array(buffer, byteOffset, length), width: 1 };
  if (bytes === 2) return { cells: new Int16Array(buffer, byteOffset, length), width: 1 };
  return { cells: new Int32Array(buffer, byteOffset, byteLength >> 2), width: bytes >> 2 };
}

/** Copies the slices of `inner` cells at `indices`, one after the other from `to` on; gives where they end. */
function gather(into: Swappable, to: number, from: Swappable, indices: ArrayLike<number>, inner: number): number {
  for (let i = 0; i < indices.length; i++) {
    for (let e = indices[i] * inner, end = e + inner; e < end; e++) into[to++] = from[e];
  }
  return to;
}

/** From this many cells on the platform's copy is faster than a loop (measured). */
const LONG = 64;

/** The same of int32, a cell of 128 slices after the other: many loads wait for memory at once then (measured: half the time). */
function gather32(into: Int32Array, to: number, from: Int32Array, indices: Int32Array, inner: number): number {
  const { length } = indices;
  if (inner >= LONG) for (let i = 0; i < length; i++) into.set(from.subarray(indices[i] * inner, (indices[i] + 1) * inner), to + i * inner);
  else for (let start = 0; start < length; start += 128) {
    const end = Math.min(length, start + 128);
    for (let k = 0; k < inner; k++) {
      for (let i = start, at = to + start * inner + k; i < end; i++, at += inner) into[at] = from[indices[i] * inner + k];
    }
  }
  return to + length * inner;
}

/** The slices of an NDArray at `indices`, the axis replaced by the axes of `shape`. */
export function takeSlices({ data, shape: full, dtype }: NDArray, axis: number, indices: ArrayLike<number>, shape: readonly number[]): NDArray {
  const before = full.slice(0, axis), after = full.slice(axis + 1), taken = [...before, ...shape, ...after];
  const result = allocate(dtype, sizeOf(taken)), { cells, width } = cellsOf(data as Swappable), into = cellsOf(result as Swappable).cells;
  const inner = sizeOf(after) * width, block = full[axis] * inner, copy = (cells instanceof Int32Array && indices instanceof Int32Array ? gather32 : gather) as typeof gather;
  for (let outer = sizeOf(before), at = 0, to = 0; outer > 0; outer--, at += block) {
    to = copy(into, to, at > 0 ? (cells as unknown as Int32Array).subarray(at) as unknown as Swappable : cells, indices, inner);
  }
  return new NDArray(result as unknown as DataOf<DType>, taken, dtype);
}
