/** Shuffles and permutations: Fisher–Yates (Durstenfeld 1964) by the engine's index stream. */
import { axisOption } from './arguments.ts';
import type { BitGenerator } from './bitGenerator.ts';
import { allocate, dtypeOf, type TypedArray } from './dtype.ts';
import { kernels, out } from './engine.ts';
import { rangeError, typeError } from './errors.ts';
import { drawBlocks, plainKernel, type Kernel } from './fill.ts';
import { NDArray } from './ndarray.ts';
import { checkCount, type Options } from './checks.ts';
import { sizeOf } from './shape.ts';

/** Anything with elements to swap. */
interface Swappable {
  readonly length: number;
  [index: number]: unknown;
}

/** What indices are drawn with: at most this many values. */
export const MOST_INDICES = 2 ** 32 - 1;

/** Indices, the first uniform over 0 … `values` − 1, each next one over `change` (1 or −1) more values. */
export function indicesKernel(values: number, change: 1 | -1): Kernel {
  kernels.setIndices(values, change);
  return plainKernel(out.uint32, kernels.fillIndices);
}

/** Swaps element i with the j drawn for it, i from `last` down: the inner loop of every 1-D shuffle. */
function swapDown(x: Swappable, indices: Uint32Array, n: number, last: number): void {
  for (let k = 0; k < n; k++) {
    const i = last - k, j = indices[k], value = x[i];
    x[i] = x[j];
    x[j] = value;
  }
}

/** Shuffles the last `count` places of x, each against all before it: all of x for count = x.length. */
export function shuffleEnd(generator: BitGenerator, x: Swappable, count: number): void {
  const { length } = x, draws = Math.min(count, length - 1);
  if (draws <= 0) return;
  drawBlocks(generator, indicesKernel(length, -1), draws, (indices, _, n, at) => swapDown(x, indices as Uint32Array, n, length - 1 - at));
}

/** Shuffles slices of `inner` elements, `count` of them in each of the outer blocks, all blocks alike. */
function shuffleSlices(generator: BitGenerator, data: Swappable, outer: number, count: number, inner: number): void {
  if (count < 2) return;
  drawBlocks(generator, indicesKernel(count, -1), count - 1, (indices, _, n, at) => {
    for (let k = 0; k < n; k++) {
      const i = (count - 1 - at - k) * inner, j = Number(indices[k]) * inner;
      if (i === j) continue;
      for (let block = 0; block < outer; block++) {
        const start = block * count * inner;
        for (let e = start; e < start + inner; e++) {
          const value = data[i + e];
          data[i + e] = data[j + e];
          data[j + e] = value;
        }
      }
    }
  });
}

/** Shuffles in place, an NDArray along `axis`. */
export function shuffleInPlace(generator: BitGenerator, x: unknown, options: Options): void {
  const array = x instanceof NDArray, ndim = array ? x.ndim : 1;
  const plain = Array.isArray(x) || dtypeOf(x) !== undefined;
  if (!array && (!plain || Object.isFrozen(x))) throw typeError('x', x, 'an array that can be written, a typed array or an NDArray');
  if (array && ndim === 0) throw rangeError('x', x, 'an NDArray of at least one dimension');
  const along = axisOption(options, ndim);
  const length = array ? x.shape[along] : (x as Swappable).length;
  if (length > MOST_INDICES) throw rangeError('x', x, 'at most 2^32 − 1 elements to shuffle');
  if (!array || ndim === 1) {
    const data = (array ? x.data : x) as Swappable;
    shuffleEnd(generator, data, data.length);
    return;
  }
  shuffleSlices(generator, x.data as Swappable, sizeOf(x.shape.slice(0, along)), length, sizeOf(x.shape.slice(along + 1)));
}

/** 0 … n − 1. */
function arange(n: number): NDArray<'int32'> {
  const data = allocate('int32', n, 'x');
  for (let i = 0; i < n; i++) data[i] = i;
  return new NDArray(data, [n], 'int32');
}

/** A shuffled copy, or a permutation of 0 … x − 1. */
export function permuted(generator: BitGenerator, x: unknown, options: Options): NDArray | unknown[] {
  let copy: NDArray | unknown[];
  if (typeof x === 'number') {
    if (checkCount('x', x) > 2 ** 31) throw rangeError('x', x, 'at most 2^31, whose numbers are int32');
    axisOption(options, 1);
    copy = arange(x);
  } else if (Array.isArray(x)) copy = x.slice();
  else if (x instanceof NDArray) copy = x.copy();
  else {
    const dtype = dtypeOf(x);
    if (dtype === undefined) throw typeError('x', x, 'a count, an array, a typed array or an NDArray');
    const data = (x as TypedArray).slice();
    copy = new NDArray(data, [data.length], dtype);
  }
  shuffleInPlace(generator, copy, options);
  return copy;
}
