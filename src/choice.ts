/** `choice`: with and without replacement, with and without probabilities, from anything with elements. */
import { axisOption, flag } from './arguments.ts';
import type { BitGenerator } from './bitGenerator.ts';
import { allocate, dtypeOf, type ScalarOf, type TypedArray } from './dtype.ts';
import { kernels, out, OUT_BYTES } from './engine.ts';
import { rangeError, typeError } from './errors.ts';
import { parts } from './distributions.ts';
import { drawBlocks, fillArray, plainKernel, type Kernel } from './fill.ts';
import { takeSlices } from './gather.ts';
import { integersKernel } from './integers.ts';
import { exponential64, unitKernel } from './kernels.ts';
import { nest, NDArray, type DTypeOfData, type NestedArray } from './ndarray.ts';
import { aliasTable, checkProbabilities, cumulate } from './probabilities.ts';
import { checkCount, type Options } from './checks.ts';
import { sizeOf, toShape, type Size } from './shape.ts';
import { indicesKernel, MOST_INDICES, permutation, shuffleEnd } from './shuffle.ts';
import { oneCategory, oneInteger } from './single.ts';

/** What can be drawn from. */
export type Population = number | TypedArray | NDArray | readonly unknown[];

export interface ChoiceOptions {
  /** May an element be drawn twice? Default true. */
  replace?: boolean;
  /** A probability for each element, summing to 1; without it all are alike. */
  p?: readonly number[] | Float64Array | Float32Array | NDArray<'float64'> | NDArray<'float32'>;
  /** The axis of an NDArray whose slices are drawn. Default 0. */
  axis?: number;
  /** Without replacement: is the order random too? Default true; false may be faster. */
  shuffle?: boolean;
}

type ElementOfData<A> = A extends BigInt64Array | BigUint64Array ? bigint : number;

/** One draw from P: a slice of an NDArray of two or more dimensions, otherwise an element. */
export type Choice<P> =
  P extends number ? number
  : P extends NDArray<infer D> ? ScalarOf<D> | NDArray<D>
  : P extends readonly (infer T)[] ? T
  : ElementOfData<P>;

/** Draws of size S from P. */
export type Chosen<P, S extends Size = Size> =
  P extends number ? NDArray<'int32'>
  : P extends NDArray<infer D> ? NDArray<D>
  : P extends readonly (infer T)[] ? (S extends number ? T[] : NestedArray<T>)
  : P extends TypedArray ? NDArray<DTypeOfData<P>> : never;

/** Past this the alias method; the engine's table of thresholds has so many places. */
const MOST_THRESHOLDS = kernels.mostThresholds();

const cumulative = new Float64Array(MOST_THRESHOLDS + 1);

/** Sets the engine's thresholds; a kernel of category numbers. */
function categoriesKernel(thresholds: Float64Array, count: number): Kernel {
  for (let i = 0; i < count; i++) kernels.setThreshold(i, thresholds[i]);
  return plainKernel(out.int32, n => kernels.fillCategories(n, count));
}

/** Category numbers by the alias method: the engine draws column and coin, the table is looked up here. */
function fillAlias(generator: BitGenerator, p: ArrayLike<number>, indices: Int32Array): void {
  const { keep, own, other } = aliasTable(p);
  const coins = out.float64.subarray(OUT_BYTES / 16);
  const kernel = plainKernel(out.int32, n => kernels.fillAliasDraws(n, keep.length), OUT_BYTES / 16);
  drawBlocks(generator, kernel, indices.length, (columns, _, n, at) => {
    for (let i = 0; i < n; i++) {
      const column = columns[i] as number;
      indices[at + i] = coins[i] < keep[column] ? own[column] : other[column];
    }
  });
}

/** The most thresholds that the engine's search takes, and the elements it makes at once: a part of the output block, and three. */
const MOST_SEARCHED = parts[2].length;

/** NumPy's category numbers: where a uniform number falls among the cumulative probabilities. */
function fillSearched(generator: BitGenerator, p: ArrayLike<number>, indices: Int32Array): void {
  const scaled = new Float64Array(p.length), count = cumulate(p, scaled);
  if (indices.length === 1) indices[0] = search(scaled, count, generator.nextDouble());
  else if (count <= MOST_SEARCHED) {
    parts[2].set(scaled.subarray(0, count));
    fillArray(generator, plainKernel(out.int32, n => kernels.fillSearched(n, count), 3 * MOST_SEARCHED), indices);
  } else {
    drawBlocks(generator, unitKernel('float64'), indices.length, (uniforms, _, n, at) => {
      for (let i = 0; i < n; i++) indices[at + i] = search(scaled, count, uniforms[i] as number);
    });
  }
}

/** How many of the first `count` thresholds are not above u. */
function search(thresholds: Float64Array, count: number, u: number): number {
  let low = 0;
  while (low < count) {
    const middle = (low + count) >>> 1;
    if (thresholds[middle] <= u) low = middle + 1;
    else count = middle;
  }
  return low;
}

/** NumPy's way without replacement: draws with it, of which the new ones are kept, until there are enough; their probabilities are 0 then. */
function searchedWithout(generator: BitGenerator, given: ArrayLike<number>, size: number): Int32Array {
  const p = Float64Array.from(given), picked = new Int32Array(size), isPicked = new Uint8Array(p.length);
  for (let found = 0; found < size;) {
    const drawn = new Int32Array(size - found);
    fillSearched(generator, p, drawn);
    for (const index of drawn) {
      if (isPicked[index]) continue;
      isPicked[index] = 1;
      p[index] = 0;
      picked[found++] = index;
    }
  }
  return picked;
}

/** `indices.length` category numbers, with replacement. */
function fillWeighted(generator: BitGenerator, p: ArrayLike<number>, indices: Int32Array): void {
  if (p.length > MOST_THRESHOLDS + 1) {
    fillAlias(generator, p, indices);
    return;
  }
  const count = cumulate(p, cumulative);
  if (indices.length === 1) {
    const index = oneCategory(generator, cumulative, count);
    if (index !== undefined) {
      indices[0] = index;
      return;
    }
  }
  fillArray(generator, categoriesKernel(cumulative, count), indices);
}

/**
 * Category numbers without replacement, in the order drawn: the smallest of E_i / p_i with E_i standard exponentials (Efraimidis and
 * Spirakis, "Weighted random sampling with a reservoir", 2006) have the law of drawing one after the other.
 */
function weightedWithout(generator: BitGenerator, p: ArrayLike<number>, size: number): Int32Array {
  if (size === 0) return new Int32Array(0);
  const keys = new Float64Array(p.length);
  fillArray(generator, exponential64, keys);
  for (let i = 0; i < keys.length; i++) keys[i] = p[i] > 0 ? keys[i] / p[i] : Infinity;
  const last = keys.slice().sort()[size - 1];
  const picked: number[] = [];
  for (let i = 0; i < keys.length; i++) if (keys[i] <= last) picked.push(i);
  return Int32Array.from(picked.sort((a, b) => keys[a] - keys[b] || a - b).slice(0, size));
}

/** Where a single index is drawn to: making a typed array costs more than the draw. */
const cell = new Int32Array(1);

/** One index with replacement. */
function oneIndex(generator: BitGenerator, count: number, p: ArrayLike<number> | undefined, legacy: boolean): number {
  if (p !== undefined) (legacy || generator.isNumPy ? fillSearched : fillWeighted)(generator, p, cell);
  else {
    const index = legacy ? undefined : oneInteger(generator, count);
    return index ?? fillPlain(generator, count, 1, legacy)[0];
  }
  return cell[0];
}

/** Indices with replacement, all alike. */
function fillPlain(generator: BitGenerator, count: number, length: number, legacy: boolean): Int32Array | Float64Array {
  const isSmall = count <= 2 ** 31, drawn = isSmall ? allocate('int32', length) : allocate('float64', length);
  if (length === 0) return drawn;
  if (legacy || generator.isNumPy) {
    fillArray(generator, integersKernel(generator, 0n, BigInt(count), 'int64', isSmall ? 'int32' : 'float64', legacy), drawn);
  } else if (isSmall) fillArray(generator, integersKernel(generator, 0n, BigInt(count), 'int32'), drawn);
  else drawBlocks(generator, integersKernel(generator, 0n, BigInt(count), 'uint64'), length, (view, _, n, at) => {
    for (let i = 0; i < n; i++) drawn[at + i] = Number(view[i]);
  });
  return drawn;
}

/** Floyd's set takes more time an element than a pass over the population takes: the ratio where they meet (measured). */
const FLOYD_FROM = 32;

/** A set of at most `most` integers below `count`, by open addressing; it tells whether one was not in it yet. */
function integerSet(most: number, count: number): (value: number) => boolean {
  const mask = 2 ** (32 - Math.clz32(most * 1.2)) - 1, shift = Math.clz32(mask);
  const slots = count < 2 ** 31 ? new Int32Array(mask + 1) : new Float64Array(mask + 1);
  return value => {
    let at = Math.imul(value, 0x9e3779b1) >>> shift; // Fibonacci hashing (Knuth, TAOCP volume 3, section 6.4)
    for (; slots[at] !== 0; at = (at + 1) & mask) if (slots[at] === value + 1) return false;
    slots[at] = value + 1;
    return true;
  };
}

/** NumPy's indices without replacement: see `choice` in numpy/random/_generator.pyx, or in mtrand.pyx. */
function numpyWithout(generator: BitGenerator, count: number, size: number, shuffle: boolean, legacy: boolean): ArrayLike<number> {
  if (legacy) return (permutation(generator, count, {}, true) as NDArray<'int32'>).data.subarray(0, size);
  if (count > 10000 && size > Math.floor(count / (shuffle ? 50 : 20))) {
    const all = count <= 2 ** 31 ? allocate('int32', count, 'a') : allocate('float64', count, 'a');
    for (let i = 0; i < count; i++) all[i] = i;
    shuffleEnd(generator, all, size, 'lemire');
    return all.subarray(count - size);
  }
  // Floyd, as below
  const picked = count <= 2 ** 31 ? new Int32Array(size) : new Float64Array(size), add = integerSet(size, count), first = count - size;
  drawBlocks(generator, indicesKernel(first + 1, 1, 'lemire', size), size, (view, _, n, at) => {
    for (let k = 0; k < n; k++) {
      let index = view[k] as number;
      if (!add(index)) add(index = first + at + k);
      picked[at + k] = index;
    }
  });
  if (shuffle) shuffleEnd(generator, picked, size, 'lemire');
  return picked;
}

/** Indices without replacement, all alike. */
function uniformWithout(generator: BitGenerator, count: number, size: number, shuffle: boolean): ArrayLike<number> {
  if (count <= MOST_INDICES && size * FLOYD_FROM > count) {
    const all = allocate('uint32', count);
    for (let i = 0; i < count; i++) all[i] = i;
    shuffleEnd(generator, all, size);
    return all.subarray(count - size);
  }
  // Floyd: a uniform j below i + 1, or i itself where j is in already (Bentley, "A sample of brilliance", 1987)
  const seen = new Set<number>();
  const first = count - size;
  if (count <= MOST_INDICES) {
    drawBlocks(generator, indicesKernel(first + 1, 1), size, (view, _, n, at) => {
      for (let k = 0; k < n; k++) seen.add(seen.has(view[k] as number) ? first + at + k : (view[k] as number));
    });
  } else {
    const one = new BigUint64Array(1);
    for (let i = first; i < count; i++) {
      fillArray(generator, integersKernel(generator, 0n, BigInt(i) + 1n, 'uint64'), one);
      seen.add(seen.has(Number(one[0])) ? i : Number(one[0]));
    }
  }
  const picked = Float64Array.from(seen);
  if (shuffle) shuffleEnd(generator, picked, picked.length);
  return picked;
}

/** How many elements, or slices along `axis`, there are to draw from. */
function countOf(a: unknown, axis: number): number {
  if (a instanceof NDArray) return a.shape[axis];
  if (typeof a === 'number') return checkCount('a', a);
  if (!Array.isArray(a) && dtypeOf(a) === undefined) throw typeError('a', a, 'a count, an array, a typed array or an NDArray');
  return (a as ArrayLike<unknown>).length;
}

/** The element or slice at one index. */
function takeOne(a: unknown, axis: number, index: number): unknown {
  if (typeof a === 'number') return index;
  if (a instanceof NDArray) return a.ndim === 1 ? a.at(index) : takeSlices(a, axis, [index], []);
  return (a as ArrayLike<unknown>)[index];
}

/** Those at many indices, arranged as `shape`. */
function take(a: unknown, axis: number, indices: ArrayLike<number>, shape: readonly number[]): unknown {
  if (a instanceof NDArray) return takeSlices(a, axis, indices, shape);
  if (Array.isArray(a)) return nest(shape, offset => a[indices[offset]]);
  if (typeof a !== 'number') {
    const data = a as TypedArray;
    return takeSlices(new NDArray(data, [data.length], dtypeOf(data)!), 0, indices, shape);
  }
  if (a <= 2 ** 31) return new NDArray(indices instanceof Int32Array ? indices : Int32Array.from(indices), shape, 'int32');
  return new NDArray(BigInt64Array.from(Array.from(indices, BigInt)), shape, 'int64');
}

/** Draws from `a`; all arguments are checked before anything is drawn. `legacy`: as RandomState does. */
export function choose(generator: BitGenerator, a: unknown, size: unknown, options: Options, legacy = false): unknown {
  const ndim = a instanceof NDArray ? a.ndim : 1;
  if (ndim === 0) throw rangeError('a', a, 'an NDArray of at least one dimension');
  const axis = axisOption(options, ndim), count = countOf(a, axis);
  const shape = size === undefined ? [] : toShape(size), length = sizeOf(shape);
  const replace = flag('replace', options.replace, true), shuffle = flag('shuffle', options.shuffle, true);
  const p = options.p === undefined ? undefined : checkProbabilities(options.p, count);
  if (count === 0 && length > 0) throw rangeError('a', a, 'at least one element to draw from');
  if (!replace && length > count) throw rangeError('size', size, `at most ${count} without replacement`);

  const numpy = legacy || generator.isNumPy;
  if (replace && size === undefined) return takeOne(a, axis, oneIndex(generator, count, p, legacy));
  let indices: ArrayLike<number>;
  if (replace && p === undefined) indices = fillPlain(generator, count, length, legacy);
  else if (replace) {
    const drawn = allocate('int32', length);
    if (length > 0) (numpy ? fillSearched : fillWeighted)(generator, p!, drawn);
    indices = drawn;
  } else if (p !== undefined) {
    let possible = 0;
    for (let i = 0; i < count; i++) if (p[i] > 0) possible++;
    if (length > possible) throw rangeError('size', size, `at most ${possible} without replacement, the probabilities above 0`);
    indices = (numpy ? searchedWithout : weightedWithout)(generator, p, length);
  } else indices = numpy ? numpyWithout(generator, count, length, shuffle, legacy) : uniformWithout(generator, count, length, shuffle);
  return size === undefined ? takeOne(a, axis, indices[0]) : take(a, axis, indices, shape);
}
