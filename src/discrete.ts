/** The Generator's methods for distributions of counts. */
import { align, toTarget, type Drawn, type Into, type Rest, type Single, type SingleAs, type Sized, type OutOf, type DTypeOf } from './arguments.ts';
import type { Value } from './broadcast.ts';
import { checkCount, checkOptions, checkProbability } from './checks.ts';
import { Continuous } from './continuous.ts';
import { countLaws, drawCounts, type CountLaw } from './distributions.ts';
import { integerLimits, numberDTypes, type BigIntDType } from './dtype.ts';
import { rangeError } from './errors.ts';
import { bernoulliKernel, binomialKernel } from './kernels.ts';
import type { NDArray } from './ndarray.ts';

/** The options of a draw. */
const DRAW = ['dtype', 'out', 'size'] as const;

type CountDType = (typeof numberDTypes)[number];

/** The largest count a container of `binomial` holds exactly. */
function mostCounts(dtype: CountDType): number {
  if (dtype === 'float32') return 2 ** 24;
  return dtype === 'float64' ? Number.MAX_SAFE_INTEGER : Math.min(Number.MAX_SAFE_INTEGER, Number(integerLimits(dtype)[1]));
}


export abstract class Discrete extends Continuous {
  /** @internal Draws by the law; the arguments are its parameters, size and options. */
  protected counts(law: CountLaw, ...args: unknown[]): number | bigint | NDArray {
    const aligned = align(args), options = checkOptions(aligned.pop(), DRAW), size = aligned.pop();
    return drawCounts(this.bitGenerator, law, aligned, size, options);
  }

  /**
   * Trials up to and with the first success of probability p: 1, 2, 3 …
   *
   * @param p a number in (0, 1], or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).geometric(0.5, 10).dtype; // 'int32'
   */
  geometric<A extends Value, R extends Rest<CountDType>>(p: A, ...rest: R): Drawn<A, R, NDArray<CountDType>>;
  geometric(p: unknown, size?: unknown, options?: unknown): unknown {
    return this.counts(countLaws.geometric, p, size, options);
  }

  /**
   * Binomial counts of n trials with success probability p, exact for every n: the mask kernel for n = 1, inversion for small
   * n·min(p, 1 − p), else BTRS rejection. Without a dtype int32 where n < 2^31, else float64; a count is never rounded or cut.
   *
   * @param n an integer from 0 to 2^53 − 1
   * @param p a number in [0, 1]
   * @param options dtype any number dtype that holds n; out
   * @throws RangeError for n or p out of range, or a dtype that does not hold n
   * @example
   * const scaledMask = defaultRng(42).binomial(1, 0.9, [64, 256]).div(0.9);
   */
  binomial(n: number, p: number, ...rest: SingleAs<BigIntDType>): bigint;
  binomial<D extends CountDType = 'int32'>(n: number, p: number, ...rest: Single<D>): number;
  binomial<D extends CountDType = 'int32' | 'float64'>(n: number, p: number, ...rest: Sized<D>): NDArray<D>;
  binomial<O extends OutOf<CountDType>>(n: number, p: number, ...rest: Into<O>): NDArray<DTypeOf<O>>;
  binomial(n: unknown, p: unknown, size?: unknown, options?: unknown): number | bigint | NDArray {
    const trials = checkCount('n', n), probability = checkProbability('p', p);
    [size, options] = align([size, options]);
    const target = toTarget<CountDType>(size, checkOptions(options, DRAW), numberDTypes, trials > 0x7fffffff ? 'float64' : 'int32');
    if (trials > mostCounts(target.dtype)) throw rangeError('dtype', target.dtype, `a dtype that holds n = ${trials}`);
    const kernel = trials === 1 ? bernoulliKernel(probability, 'uint8', this.bitGenerator) : binomialKernel(trials, probability);
    return this.draw(target, kernel) as number | bigint | NDArray;
  }
}
