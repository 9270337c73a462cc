/** Draws moved to a place and a width: `uniform` and `normal`, whose two parameters may be arrays. */
import { toResult, toTarget } from './arguments.ts';
import type { BitGenerator } from './bitGenerator.ts';
import { broadcast, isParameters, spread, takeAll, toParameters, type Range, type Take } from './broadcast.ts';
import { checkFinite, NONE, type Options } from './checks.ts';
import { anyNumber, checkRule, nonNegative, parts } from './distributions.ts';
import { dtypes, isFloatDType, type FloatDType } from './dtype.ts';
import { kernels, out } from './engine.ts';
import { rangeError } from './errors.ts';
import { fillArray, type Kernel } from './fill.ts';
import { atLeast32, below32, below64 } from './float.ts';
import { affineKernel } from './kernels.ts';
import type { NDArray } from './ndarray.ts';
import { sizeOf } from './shape.ts';

const FLOATS = dtypes.filter(isFloatDType);

/** u · scale + offset, kept from rounding up past `most`. */
export interface Affine {
  scale: number;
  offset: number;
  most: number;
}

/**
 * Checks the bounds of [low, high) and gives what takes [0, 1) there: values of the dtype, none of them `high`.
 *
 * @param closed low may be high, and so may values
 */
export function uniformAffine(low: unknown, high: unknown, dtype: FloatDType, closed = false): Affine {
  const from = checkFinite('low', low), to = checkFinite('high', high);
  // a range of −0 is refused as NumPy refuses it
  if (closed ? !nonNegative.fits(to - from) : from >= to) throw rangeError('low', low, `a number ${closed ? 'not above' : 'below'} high, ${to}`);
  if (dtype === 'float64') {
    if (!Number.isFinite(to - from)) throw rangeError('high', high, `bounds and a difference within float64 (low is ${from})`);
    return { scale: to - from, offset: from, most: closed ? Infinity : below64(to) };
  }
  const offset = atLeast32(from), most = below32(to), scale = Math.fround(to - from);
  if (!Number.isFinite(scale) || !Number.isFinite(offset) || !Number.isFinite(most)) throw rangeError('high', high, `bounds and a difference within float32 (low is ${from})`);
  if (offset > most) throw rangeError('low', low, `bounds with a float32 between them: high is ${to}`);
  return { scale, offset, most };
}

/** Checks mean and standard deviation. `closed`: as NumPy does. */
function normalAffine(loc: unknown, scale: unknown, dtype: FloatDType, closed = false): Affine {
  if (closed && dtype === 'float64') return { scale: checkRule('scale', scale, nonNegative), offset: checkRule('loc', loc, anyNumber), most: Infinity };
  const offset = checkFinite('loc', loc), factor = checkFinite('scale', scale);
  if (factor < 0) throw rangeError('scale', scale, 'a number of at least 0');
  if (dtype === 'float32') {
    if (!Number.isFinite(Math.fround(offset))) throw rangeError('loc', loc, 'a number within float32');
    if (!Number.isFinite(Math.fround(factor))) throw rangeError('scale', scale, 'a number within float32');
  }
  return { scale: factor, offset, most: Infinity };
}

/** A distribution of two parameters that is a unit one moved: how they move it. */
export interface AffineLaw {
  names: readonly [string, string];
  otherwise: readonly [number, number];
  affine: typeof uniformAffine;
  /** As NumPy has it: is a pair good? All between good ones are. The first is what is added, */
  fits(first: number, second: number): boolean;
  /** and the second what it is scaled by, or that less the first. */
  spans: boolean;
}

export const uniformLaw: AffineLaw = {
  names: ['low', 'high'], otherwise: [0, 1], affine: uniformAffine, fits: (low, high) => nonNegative.fits(high - low) && high - low < Infinity, spans: true,
};
export const normalLaw: AffineLaw = {
  names: ['loc', 'scale'], otherwise: [0, 1], affine: normalAffine, fits: (_, scale) => nonNegative.fits(scale), spans: false,
};

/** A unit kernel moved by parameters of each element, taken in turn. `closed`: as NumPy does. */
export function affineEachKernel({ affine, spans }: AffineLaw, unit: Kernel, takes: readonly Take[], closed: boolean): Kernel {
  const single = unit.view === out.float32, map = single ? kernels.affineEach32 : kernels.affineEach64, dtype = single ? 'float32' : 'float64';
  const into = single ? parts.map(part => new Float32Array(part.buffer, part.byteOffset, part.length)) : parts;
  const take = (n: number, from: number): void => {
    const [scales, offsets, mosts] = into, [first, second] = closed ? [offsets, scales] : parts;
    takes[0](first as Float64Array, from, n);
    takes[1](second as Float64Array, from, n);
    if (closed) {
      if (spans) for (let i = from; i < n; i++) scales[i] -= offsets[i];
      mosts.fill(Infinity, 0, n);
      return;
    }
    // in their place, which float32 only lags behind
    for (let i = from; i < n; i++) {
      const { scale, offset, most } = affine(first[i], second[i], dtype, false);
      scales[i] = scale;
      offsets[i] = offset;
      mosts[i] = most;
    }
  };
  return {
    ...unit,
    recipe: ['affineEach', spans, unit.recipe],
    inputs: n => takeAll(takes, n),
    capacity: parts[0].length,
    run(n, at) {
      unit.run(n, at);
      // a unit begun before has its first elements drawn again, to no use
      take(n, Math.max(0, -at));
      map(n);
    },
  };
}

/** Draws; all is checked before. `unit` makes the draws to be moved; `one` a single one, undefined where only a fill can. */
export function drawAffine(
  generator: BitGenerator, law: AffineLaw, values: readonly unknown[], size: unknown, options: Options,
  unit: (dtype: FloatDType) => Kernel, one: () => number | undefined,
): number | NDArray {
  const { names, otherwise, affine, fits } = law;
  const closed = (dtype: FloatDType): boolean => generator.isNumPy && dtype === 'float64', given = values.map((value, k) => (value === undefined ? otherwise[k] : value));
  if (typeof given[0] === 'number' && typeof given[1] === 'number' && size === undefined && options === NONE) {
    const { scale, offset, most } = affine(given[0], given[1], 'float64', closed('float64')), u = one();
    if (u !== undefined) {
      const value = u * scale + offset;
      return value > most ? most : value;
    }
  }
  if (!given.some(isParameters)) {
    const target = toTarget(size, options, FLOATS, 'float64'), moved = affine(given[0], given[1], target.dtype, closed(target.dtype));
    fillArray(generator, affineKernel(unit(target.dtype), moved), target.data);
    return toResult(target);
  }
  const reads = given.map((value, k): Range => {
    if (isParameters(value)) return toParameters(names[k], value, false, Number, () => true);
    const one = checkRule(names[k], value, anyNumber);
    return { data: Float64Array.of(one), shape: [], least: one, most: one };
  });
  const shape = broadcast(names, reads);
  const target = toTarget(size === undefined && options.size === undefined && options.out === undefined && shape.length > 0 ? shape : size, options, FLOATS, 'float64');
  const takesOf = (to: Parameters<typeof spread>[2]): ReturnType<typeof spread>[] => reads.map((each, k) => spread(names[k], each, to));
  const isClosed = closed(target.dtype), [a, b] = reads;
  const areGood = (first: number, second: number): boolean => {
    if (isClosed) return fits(first, second);
    try {
      return affine(first, second, target.dtype) !== undefined;
    } catch {
      return false;
    }
  };
  // all pairs are, where those farthest apart and nearest are
  if (!(a.least <= a.most && b.least <= b.most && areGood(a.most, b.least) && areGood(a.least, b.most))) {
    // one by one
    const check = takesOf({ data: new Float64Array(0), shape }), count = sizeOf(shape), [first, second] = parts;
    for (let at = 0; at < count; at += first.length) {
      const n = Math.min(first.length, count - at);
      check[0](first, 0, n);
      check[1](second, 0, n);
      for (let i = 0; i < n; i++) if (!isClosed || !fits(first[i], second[i])) affine(first[i], second[i], target.dtype, isClosed);
    }
  }
  const takes = takesOf({ data: target.data, shape: target.shape ?? [] });
  fillArray(generator, affineEachKernel(law, unit(target.dtype), takes, isClosed), target.data);
  return toResult(target);
}
