/**
 * RandomState's integers, over any bit generator: bounded ones by a mask. The options are known ones (`checkOptions`). Bytes are Generator's, as are the
 * orders of `shuffle` and `permutation` (shuffle.ts); `choice` is `choose` with `legacy`.
 */
import { toResult, toTarget } from './arguments.ts';
import type { BitGenerator } from './bitGenerator.ts';
import { checkInteger, type Options } from './checks.ts';
import { kernels, out } from './engine.ts';
import { fillArray, plainKernel } from './fill.ts';
import { drawIntegers, plain } from './integers.ts';
import type { NDArray } from './ndarray.ts';
import { oneMasked } from './single.ts';

/**
 * `randint`: [low, high), or [0, low) without a high; numbers or arrays. Without a dtype the draw is int64's, a plain value or int32, float64 or int64 by
 * the bounds (`containerOf` in integers.ts); with one ('bool' among them), or an `out`, of that dtype.
 *
 * @throws TypeError, RangeError
 */
export function drawRandint(generator: BitGenerator, low: unknown, high: unknown, size: unknown, options: Options): number | bigint | boolean | NDArray {
  if (size === undefined && options.size === undefined && options.dtype === undefined && options.out === undefined) {
    const first = high === undefined ? 0 : low, end = high === undefined ? low : high;
    // plain int32 bounds
    if (typeof first === 'number' && typeof end === 'number' && (first | 0) === first && (end | 0) === end && first < end) {
      return first + oneMasked(generator, end - first - 1);
    }
  }
  return drawIntegers(generator, low, high, size, options, true);
}

/** `random_integers`: [low, high], or [1, low] without a high. */
export function drawRandomIntegers(generator: BitGenerator, low: unknown, high: unknown, size: unknown): number | bigint | boolean | NDArray {
  const [first, last] = high === undefined ? [1, low] : [low, high];
  return drawRandint(generator, first, checkInteger(high === undefined ? 'low' : 'high', last) + 1n, size, {});
}

/** `tomaxint`: from 0 to 2^63 − 1, int64; a plain value is a bigint where no number is the value. */
export function drawTomaxint(generator: BitGenerator, size: unknown): number | bigint | NDArray {
  const target = toTarget(size, {}, ['int64'], 'int64');
  // NumPy shifts a draw of 64 bits: another order than a mask's
  fillArray(generator, plainKernel(out.int64, n => kernels.fillPositive(n)), target.data);
  const result = toResult(target);
  return typeof result === 'bigint' ? plain(result) : (result as NDArray);
}
