/** Shuffles and permutations: Fisher–Yates (Durstenfeld 1964) by the engine's index stream. */
import { apartFrom, axisOption } from './arguments.ts';
import { promote } from './arithmetic.ts';
import type { BitGenerator } from './bitGenerator.ts';
import { isParameters, toArray } from './broadcast.ts';
import { allocate, dtypeOf, isBigIntDType, type TypedArray } from './dtype.ts';
import { kernels, out } from './engine.ts';
import { rangeError, typeError } from './errors.ts';
import { drawBlocks, plainKernel, type Kernel } from './fill.ts';
import { cellsOf, takeSlices, type Swappable } from './gather.ts';
import { flatten, NDArray, nest } from './ndarray.ts';
import { checkCount, type Options } from './checks.ts';
import { sameShape, sizeOf, toAxis } from './shape.ts';

/** What indices are drawn with: at most this many values. */
export const MOST_INDICES = 2 ** 32 - 1;

/** How NumPy draws an index: shuffles by a mask, choices by Lemire's method. RandomState does over any generator, Generator over NumPy's. */
export type NumPyOrder = 'mask' | 'lemire';

/**
 * Indices, the first uniform over 0 … `values` − 1, each next one over `change` (1 or −1) more values. In NumPy's orders those that go down to 2 values begin
 * again; past 2^32 they are float64.
 */
export function indicesKernel(values: number, change: 1 | -1, order?: NumPyOrder, draws = values): Kernel {
  if (order === undefined) {
    kernels.setIndices(values, change);
    return plainKernel(out.uint32, kernels.fillIndices);
  }
  return seriesKernel(values - 1, change < 0 ? 1 : values + draws - 2, order);
}

/** Indices as NumPy draws them, their bounds from `first` to `last`, again and again. */
export function seriesKernel(first: number, last: number, order: NumPyOrder): Kernel {
  const wide = Math.max(first, last) >= MOST_INDICES;
  kernels.setSeries(first, last, order === 'mask');
  return plainKernel(wide ? out.float64 : out.uint32, n => kernels.fillSeries(n, wide));
}

/** The order of a shuffle. */
function shuffleOrder({ isNumPy }: { isNumPy: boolean }, legacy: boolean): NumPyOrder | undefined {
  return isNumPy || legacy ? 'mask' : undefined;
}

/** Swaps element i with the j drawn for it, i from `last` down: the inner loop of every 1-D shuffle. */
function swapDown(x: Swappable, indices: Uint32Array, n: number, last: number): void {
  for (let k = 0; k < n; k++) {
    const i = last - k, j = indices[k], value = x[i];
    x[i] = x[j];
    x[j] = value;
  }
}

/** The same of int32. */
function swapDown32(x: Int32Array, indices: Uint32Array, n: number, last: number): void {
  for (let k = 0; k < n; k++) {
    const i = last - k, j = indices[k], value = x[i];
    x[i] = x[j];
    x[j] = value;
  }
}

/** The same of elements of two int32. */
function swapDown64(x: Int32Array, indices: Uint32Array, n: number, last: number): void {
  for (let k = 0; k < n; k++) {
    const i = 2 * (last - k), j = 2 * indices[k], low = x[i], high = x[i + 1];
    x[i] = x[j];
    x[i + 1] = x[j + 1];
    x[j] = low;
    x[j + 1] = high;
  }
}

/** Shuffles the last `count` places of x, each against all before it: all of x for count = x.length. */
export function shuffleEnd(generator: BitGenerator, x: Swappable, count: number, order?: NumPyOrder): void {
  const { length } = x, draws = Math.min(count, length - 1);
  if (draws <= 0) return;
  const { cells, width } = cellsOf(x), swap = (width > 1 ? swapDown64 : cells instanceof Int32Array ? swapDown32 : swapDown) as typeof swapDown;
  drawBlocks(generator, indicesKernel(length, -1, order), draws, (indices, _, n, at) => swap(cells, indices as Uint32Array, n, length - 1 - at));
}

/** Shuffles slices of `inner` elements, `count` of them in each of the outer blocks, all blocks alike. */
function shuffleSlices(generator: BitGenerator, data: Swappable, outer: number, count: number, inner: number, order?: NumPyOrder): void {
  if (count < 2) return;
  const { cells, width } = cellsOf(data);
  inner *= width;
  drawBlocks(generator, indicesKernel(count, -1, order), count - 1, (indices, _, n, at) => {
    for (let k = 0; k < n; k++) {
      const i = (count - 1 - at - k) * inner, j = Number(indices[k]) * inner;
      if (i === j) continue;
      for (let block = 0; block < outer; block++) {
        const start = block * count * inner;
        for (let e = start; e < start + inner; e++) {
          const value = cells[i + e];
          cells[i + e] = cells[j + e];
          cells[j + e] = value;
        }
      }
    }
  });
}

/** Swaps elements of runs of `count`, `inner` apart, each run from its last element down; the first index here is the one numbered `at`. */
function swapRuns(cells: Swappable, width: number, indices: Uint32Array, n: number, at: number, count: number, inner: number): void {
  const step = inner * width, last = (count - 1) * step;
  let run = Math.floor(at / (count - 1)), start = startOf(run, last, step, width), i = last - (at % (count - 1)) * step;
  for (let k = 0; k < n; k++) {
    const a = start + i, b = start + indices[k] * step, value = cells[a];
    cells[a] = cells[b];
    cells[b] = value;
    if (width > 1) {
      const high = cells[a + 1];
      cells[a + 1] = cells[b + 1];
      cells[b + 1] = high;
    }
    if ((i -= step) > 0) continue;
    start = startOf(++run, last, step, width);
    i = last;
  }
}

/** Where a run starts: `inner` of them lie side by side, then come as many again. */
function startOf(run: number, last: number, step: number, width: number): number {
  return Math.floor(run * width / step) * last + run * width;
}

/** Shuffles each run of `count` elements, `inner` apart, by itself. */
function shuffleRuns(generator: BitGenerator, data: Swappable, count: number, inner: number, order?: NumPyOrder): void {
  const runs = data.length / count, draws = count - 1;
  if (!(runs > 0) || draws < 1) return;
  const { cells, width } = cellsOf(data);
  // NumPy's series begins again by itself
  const rounds = order === undefined ? runs : 1;
  for (let round = 0; round < rounds; round++) {
    drawBlocks(generator, indicesKernel(count, -1, order), runs / rounds * draws, (indices, _, n, at) => {
      swapRuns(cells, width, indices as Uint32Array, n, round * draws + at, count, inner);
    });
  }
}

function checkLength(length: number): void {
  if (length > MOST_INDICES) throw rangeError('x', length, 'at most 2^32 − 1 elements to shuffle');
}

/** Shuffles elements of a shape along an axis. `always`: NumPy draws even where the slices are empty. */
function shuffleAlong(generator: BitGenerator, data: Swappable, shape: readonly number[], axis: number, legacy: boolean, always: boolean): void {
  const order = shuffleOrder(generator, legacy);
  checkLength(shape[axis]);
  if (shape.length === 1) shuffleEnd(generator, data, data.length, order);
  else if (data.length > 0 || always || order === undefined) {
    shuffleSlices(generator, data, sizeOf(shape.slice(0, axis)), shape[axis], sizeOf(shape.slice(axis + 1)), order);
  }
}

/** Shuffles in place, an NDArray along `axis`. `legacy`: as RandomState does. */
export function shuffleInPlace(generator: BitGenerator, x: unknown, options: Options, legacy = false): void {
  const array = x instanceof NDArray, ndim = array ? x.ndim : 1;
  const plain = Array.isArray(x) || dtypeOf(x) !== undefined;
  if (!array && (!plain || Object.isFrozen(x))) throw typeError('x', x, 'an array that can be written, a typed array or an NDArray');
  if (array && ndim === 0) throw rangeError('x', x, 'an NDArray of at least one dimension');
  const along = axisOption(options, ndim), data = (array ? x.data : x) as Swappable;
  shuffleAlong(generator, data, array ? x.shape : [data.length], along, legacy, false);
}

/** 0 … n − 1. */
function arange(n: number): NDArray<'int32'> {
  const data = allocate('int32', n, 'x');
  for (let i = 0; i < n; i++) data[i] = i;
  return new NDArray(data, [n], 'int32');
}

/** A copy to shuffle: what gives the result from it, its elements and their shape. */
function copyOf(x: unknown): [data: Swappable, shape: readonly number[], result: () => NDArray | unknown[]] {
  if (Array.isArray(x)) {
    const [flat, shape] = flatten(x);
    return [flat, shape, () => nest(shape, offset => flat[offset]) as unknown[]];
  }
  const dtype = x instanceof NDArray ? x.dtype : dtypeOf(x);
  if (dtype === undefined) throw typeError('x', x, 'a count, an array, a typed array or an NDArray');
  const copy = x instanceof NDArray ? x.copy() : new NDArray((x as TypedArray).slice(), [(x as TypedArray).length], dtype);
  return [copy.data as Swappable, copy.shape, () => copy];
}

/** A shuffled copy, or a permutation of 0 … x − 1. */
export function permutation(generator: BitGenerator, x: unknown, options: Options, legacy = false): NDArray | unknown[] {
  if (typeof x === 'number') {
    if (checkCount('x', x) > 2 ** 31) throw rangeError('x', x, 'at most 2^31, whose numbers are int32');
    axisOption(options, 1);
    const made = arange(x);
    shuffleEnd(generator, made.data as Swappable, x, shuffleOrder(generator, legacy));
    return made;
  }
  if (Array.isArray(x) && !options.axis) {
    const copy = x.slice();
    shuffleInPlace(generator, copy, options, legacy);
    return copy;
  }
  if (x instanceof NDArray && x.ndim > 1 && x.size > 0 && x.size === sizeOf(x.shape)) {
    // numbers of slices are shuffled, then slices copied once
    const axis = axisOption(options, x.ndim), indices = arange(x.shape[axis]).data;
    shuffleEnd(generator, indices, indices.length, shuffleOrder(generator, legacy));
    return takeSlices(x, axis, indices, x.shape.slice(axis, axis + 1));
  }
  const [data, shape, result] = copyOf(x);
  if (shape.length === 0) throw rangeError('x', x, 'an NDArray of at least one dimension');
  shuffleAlong(generator, data, shape, axisOption(options, shape.length), legacy, true);
  return result();
}

/** Copies x to `out` and gives that: NumPy's copyto where no value can change. */
function copyInto(x: unknown, shape: readonly number[], out: unknown): NDArray {
  const from = toArray('x', x), target = isParameters(out) && !Array.isArray(out) ? toArray('out', out) : undefined;
  if (target === undefined || promote(from.dtype, target.dtype) !== target.dtype) {
    throw typeError('out', out, `an NDArray or typed array that holds every ${from.dtype}`);
  }
  if (!sameShape(target.shape, shape)) throw rangeError('out', out, `the shape of x, [${shape.join(', ')}]`);
  const into = target.data as { [i: number]: number | bigint; set(from: TypedArray): void };
  if (isBigIntDType(from.dtype) === isBigIntDType(target.dtype)) into.set(from.data);
  else {
    const convert = isBigIntDType(target.dtype) ? BigInt : Number, elements = apartFrom(target.data, from.data);
    for (let i = 0; i < elements.length; i++) into[i] = convert(elements[i]);
  }
  return out instanceof NDArray ? out : target;
}

/** A copy with its elements shuffled, all of them or along `axis` each run by itself; into `out`, which may be x. */
export function permuted(generator: BitGenerator, x: unknown, { axis, out: given }: Options): NDArray | unknown[] {
  const isGiven = given !== undefined && given !== null;
  // what is copied into `out` needs no copy of its own
  let [data, shape, result] = isGiven && x instanceof NDArray ? [x.data as Swappable, x.shape, () => x as NDArray | unknown[]] : copyOf(x);
  if (shape.length === 0) throw rangeError('x', x, 'an array of at least one dimension');
  const along = axis === undefined || axis === null ? undefined : toAxis(axis, shape.length), order = shuffleOrder(generator, false);
  checkLength(along === undefined ? data.length : shape[along]);
  if (isGiven) {
    const into = copyInto(x, shape, given);
    data = into.data as Swappable;
    result = () => into;
  }
  if (along === undefined) shuffleEnd(generator, data, data.length, order);
  else shuffleRuns(generator, data, shape[along], sizeOf(shape.slice(along + 1)), order);
  return result();
}
