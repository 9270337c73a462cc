/** Normals between two bounds. */
import { plainKernel, fillArray, type Kernel, type Recipe } from '../fill.ts';
import { checkFinite, checkOptions } from '../checks.ts';
import { toResult } from '../arguments.ts';
import type { FloatDType } from '../dtype.ts';
import { out } from '../engine.ts';
import { rangeError, typeError } from '../errors.ts';
import { atLeast32 } from '../float.ts';
import type { NDArray } from '../ndarray.ts';
import { anywhere, INITIALIZER, rngOption, toWeights, type Initializer } from './arguments.ts';
import { nn } from './engine.ts';

/** The largest finite float32. */
const MAX_32 = 3.4028234663852886e38;

/** A bound: infinite, or any other number. */
function checkBound(name: string, value: unknown): number {
  if (typeof value !== 'number') throw typeError(name, value, 'a number, or an infinite one for no bound');
  if (Number.isNaN(value)) throw rangeError(name, value, 'a number, or an infinite one for no bound');
  return value;
}

/** The least finite value of the dtype that is at least `bound`; Infinity where there is none. */
function atLeast(bound: number, dtype: FloatDType): number {
  if (dtype === 'float64') return Math.max(bound, -Number.MAX_VALUE);
  return bound === -Infinity ? -MAX_32 : atLeast32(bound);
}

/** The window that the engine has: setting one takes a microsecond or two. */
let present: readonly unknown[] = [];

/**
 * @internal Checks the parameters, as `truncatedNormal` has them, and gives the kernel that draws from them: one word an element for
 * float32, two for float64.
 */
export function truncatedKernel(mean: unknown, std: unknown, low: unknown, high: unknown, dtype: FloatDType): Kernel {
  const centre = checkFinite('mean', mean) + 0, deviation = checkFinite('std', std);
  const from = checkBound('low', low) + 0, to = checkBound('high', high) + 0; // no −0
  if (!(deviation > 0)) throw rangeError('std', std, 'a number above 0');
  const single = dtype === 'float32';
  if (single && !Number.isFinite(Math.fround(centre))) throw rangeError('mean', mean, 'a number within float32');
  if (single && !Number.isFinite(Math.fround(deviation))) throw rangeError('std', std, 'a number within float32');
  if (!(from < to)) throw rangeError('low', low, `a number below high, ${to}`);
  const least = atLeast(from, dtype), most = -atLeast(-to, dtype);
  if (least > most) throw rangeError('low', low, `bounds with a float32 between them: high is ${to}`);
  const recipe: Recipe = ['truncated', mean, std, low, high, dtype];
  const window = [centre, deviation, from, to, least, most, single] as const, fill = single ? nn.fillTruncated32 : nn.fillTruncated64;
  const kernel = plainKernel(out[dtype], n => {
    if (!window.every((x, i) => x === present[i])) {
      nn.setTruncated(...window);
      present = window;
    }
    fill(n);
  });
  return { ...kernel, words: single ? 1 : 2, recipe };
}

/**
 * Weights from a normal distribution cut off at two bounds: of what `normal(mean, std)` gives, that which lies in [low, high].
 * torch.nn.init.trunc_normal_ (its a and b are `low` and `high`); TensorFlow's truncated normal is `low: mean - 2 * std, high: mean + 2 * std`.
 *
 * By inversion, not rejection: an element takes one word of the generator (two for float64) however narrow the window or far out it lies, so a
 * fill in parts is the fill in one. The bounds hold as real numbers: no value is ever outside, rounding to float32 included. Windows beyond any
 * number of standard deviations are drawn rightly: with `mean: -100, low: 0` what comes is the tail's shape, not lumps or a bound.
 *
 * @param shape a number of elements or a shape
 * @param options `mean` (0) and `std` (1): those of the normal before it is cut, in the units of the values. `low` (−2) and `high` (2): the bounds
 * themselves, not in units of std; infinite for none. `rng`, `dtype` ('float32') and `out` as for every initialiser
 * @returns an NDArray of the shape, or the one on `out`
 * @throws RangeError where std is not above 0 (with std = 0 there is no distribution to cut), low not below high, mean or std not finite in
 * the dtype, a bound NaN, or no value of the dtype in the window; TypeError for anything that is no number or an unknown option
 * @example
 * import { truncatedNormal } from 'ndrand/nn';
 * const w = truncatedNormal([768, 3072], { std: 0.02, low: -0.04, high: 0.04 });
 * w.shape; // [768, 3072]
 * w.data.every(x => Math.abs(x) <= 0.04); // true
 */
export const truncatedNormal: Initializer<{ mean?: number; std?: number; low?: number; high?: number }> = anywhere((shape, options) => {
  const given = checkOptions(options, ['mean', 'std', 'low', 'high', ...INITIALIZER]);
  const { mean = 0, std = 1, low = -2, high = 2 } = given;
  const target = toWeights(shape, given), rng = rngOption(given);
  fillArray(rng.bitGenerator, truncatedKernel(mean, std, low, high, target.dtype), target.data);
  return toResult(target) as NDArray;
});
