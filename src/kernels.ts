/** The bulk kernels with their parameters checked and set: what a method's arguments mean to the engine. */
import { kernels, out, OUT_BYTES } from './engine.ts';
import type { Take } from './broadcast.ts';
import { checkFinite, checkInteger } from './checks.ts';
import { rangeError } from './errors.ts';
import { constructorOf, integerLimits, type FloatDType, type IntDType } from './dtype.ts';
import { plainKernel, type Kernel } from './fill.ts';
import { atLeast32, below32, below64 } from './float.ts';

const uniform32 = plainKernel(out.float32, kernels.fillUniform32);
const uniform64 = plainKernel(out.float64, kernels.fillUniform64);
const normal32: Kernel = { ...plainKernel(out.float32, kernels.fillNormal32), kind: 'normal32', words: 2 };
const normal64: Kernel = { ...plainKernel(out.float64, kernels.fillNormal64), kind: 'normal64', words: 4 };
/** Standard exponentials: −ln u. */
export const exponential64 = plainKernel(out.float64, kernels.fillExponential64);

/** Uniforms in [0, 1). */
export function unitKernel(dtype: FloatDType): Kernel {
  return dtype === 'float32' ? uniform32 : uniform64;
}

/** Standard normals, Box–Muller. */
export function normalKernel(dtype: FloatDType): Kernel {
  return dtype === 'float32' ? normal32 : normal64;
}

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
  if (closed ? from > to : from >= to) throw rangeError('low', low, `a number ${closed ? 'not above' : 'below'} high, ${to}`);
  if (dtype === 'float64') {
    if (!Number.isFinite(to - from)) throw rangeError('high', high, `bounds and a difference within float64 (low is ${from})`);
    return { scale: to - from, offset: from, most: closed ? Infinity : below64(to) };
  }
  const offset = atLeast32(from), most = below32(to), scale = Math.fround(to - from);
  if (!Number.isFinite(scale) || !Number.isFinite(offset) || !Number.isFinite(most)) throw rangeError('high', high, `bounds and a difference within float32 (low is ${from})`);
  if (offset > most) throw rangeError('low', low, `bounds with a float32 between them: high is ${to}`);
  return { scale, offset, most };
}

/** Checks mean and standard deviation. */
export function normalAffine(loc: unknown, scale: unknown, dtype: FloatDType): Affine {
  const offset = checkFinite('loc', loc), factor = checkFinite('scale', scale);
  if (factor < 0) throw rangeError('scale', scale, 'a number of at least 0');
  if (dtype === 'float32') {
    if (!Number.isFinite(Math.fround(offset))) throw rangeError('loc', loc, 'a number within float32');
    if (!Number.isFinite(Math.fround(factor))) throw rangeError('scale', scale, 'a number within float32');
  }
  return { scale: factor, offset, most: Infinity };
}

/** A float kernel followed by an affine map in its own precision. */
export function affineKernel(kernel: Kernel, { scale, offset, most }: Affine): Kernel {
  const map = kernel.view === out.float32 ? kernels.affine32 : kernels.affine64;
  return {
    ...kernel,
    run(n, at) {
      kernel.run(n, at);
      map(n, scale, offset, most);
    },
  };
}

/** Masks: bytes, or float32, of 0 and 1. */
export function bernoulliKernel(p: number, dtype: 'uint8' | 'bool' | 'float32'): Kernel {
  const float = dtype === 'float32';
  const run = float ? kernels.fillBernoulli32 : kernels.fillBernoulli8;
  return { ...plainKernel(float ? out.float32 : out.uint8, n => run(n, p)), kind: 'bernoulli' };
}

/** The upper half of the output block, where probabilities wait. */
const each = out.float64.subarray(OUT_BYTES / 16);

/** Masks with a probability an element, taken in turn: bytes. */
export function bernoulliEachKernel(take: Take): Kernel {
  return {
    kind: 'bernoulli',
    words: 1,
    view: out.uint8,
    capacity: each.length,
    run(n, at) {
      // a unit begun before has its first elements drawn again, to no use
      take(each, Math.max(0, -at), n);
      kernels.fillBernoulliEach(n);
    },
  };
}

/** Binomials: int32 where n < 2^31, else float64. */
export function binomialKernel(n: number, p: number): Kernel {
  return plainKernel(n > 0x7fffffff ? out.float64 : out.int32, count => kernels.fillBinomial(count, n, p));
}

/** Checks the bounds of [low, high), or [low, high] with `endpoint`; [0, low) without a high. Gives the first value and their number. */
export function integerRange(low: unknown, high: unknown, endpoint: boolean, dtype: IntDType): [first: bigint, values: bigint] {
  const single = high === undefined;
  const first = single ? 0n : checkInteger('low', low);
  const stop = single ? checkInteger('low', low) : checkInteger('high', high);
  const end = endpoint ? stop + 1n : stop;
  const [least, most] = integerLimits(dtype);
  const limits = `an integer from ${least} to ${most} for dtype ${dtype}`;
  if (first < least || first > most) throw rangeError('low', low, limits);
  if (end > most + 1n) throw rangeError(single ? 'low' : 'high', single ? low : high, endpoint ? limits : `at most ${most + 1n} for dtype ${dtype}`);
  if (first >= end) {
    if (single) throw rangeError('low', low, `at least ${endpoint ? 0 : 1} where it stands for the upper bound`);
    throw rangeError('low', low, `an integer ${endpoint ? 'not above' : 'below'} high, ${stop}`);
  }
  return [first, end - first];
}

/** Integers: `values` of them from `first` on; one word an element to 2^24 values, two beyond. */
export function integersKernel(first: bigint, values: bigint, dtype: IntDType): Kernel {
  const bytes = constructorOf(dtype).BYTES_PER_ELEMENT;
  kernels.setRange(BigInt.asIntN(64, first), BigInt.asIntN(64, values));
  // narrower dtypes are made as int32 and packed in place
  return plainKernel(out[dtype], n => kernels.fillBounded(n, bytes), OUT_BYTES / Math.max(bytes, 4));
}
