/** The Generator's methods for distributions of counts: NumPy's, their streams those of NumPy's Generator. */
import { align, toTarget, type Drawn, type Into, type Rest, type Single, type SingleAs, type Sized, type OutOf, type DTypeOf } from './arguments.ts';
import type { ArrayParameter, Value, WholeValue } from './broadcast.ts';
import { checkOptions, checkProbability } from './checks.ts';
import { Continuous } from './continuous.ts';
import { countLaws, exactBinomial } from './counts.ts';
import { containerOf, drawCounts, type CountLaw } from './distributions.ts';
import { numberDTypes, type BigIntDType } from './dtype.ts';
import { bernoulliKernel } from './kernels.ts';
import { drawMultinomial, drawMultivariateHypergeometric, type hypergeometricMethods } from './multivariateCounts.ts';
import type { NDArray } from './ndarray.ts';

/** The options of a draw. */
const DRAW = ['dtype', 'out', 'size'] as const;

type CountDType = (typeof numberDTypes)[number];

/** How multivariate hypergeometric rows are made. */
type MethodOption = { method?: (typeof hypergeometricMethods)[number] };

/**
 * Counts come as int32 where every value that the arguments can give fits, else as float64 where all are at most 2^53, else as int64; `dtype` or `out`
 * may be any number dtype that holds them. Without a size a count is a number, a bigint only past 2^53.
 */
export abstract class Discrete extends Continuous {
  /** @internal Draws by the law; the arguments are its parameters, size and options. */
  protected counts(law: CountLaw, ...args: unknown[]): number | bigint | NDArray {
    const aligned = align(args), options = checkOptions(aligned.pop(), DRAW), size = aligned.pop();
    return drawCounts(this.bitGenerator, law, aligned, size, options);
  }

  /**
   * Binomial counts of n trials with success probability p, exact for every n. Over `PCG32DXSM` and `PCG32`: the mask kernel for n = 1 where no parameter
   * is an array, inversion for small n·min(p, 1 − p), else BTRS rejection. Over NumPy's generators by inversion or BTPE, as NumPy has it. int32 where n < 2^31.
   *
   * @param n an integer from 0 to 2^53 − 1, over NumPy's generators to 2^63 − 1, or an array of them
   * @param p a number in [0, 1], or an array of them
   * @param options dtype any number dtype that holds n; out
   * @throws RangeError for n or p out of range, or a dtype that does not hold n
   * @example
   * const scaledMask = defaultRng(42).binomial(1, 0.9, [64, 256]).div(0.9);
   * defaultRng(42).binomial([10, 1000], [[0], [1]]).toArray(); // [[0, 0], [10, 1000]]
   */
  binomial(n: number | bigint, p: number, ...rest: SingleAs<BigIntDType>): bigint;
  binomial<D extends CountDType = 'int32'>(n: number | bigint, p: number, ...rest: Single<D>): number;
  binomial<D extends CountDType = 'int32' | 'float64'>(n: WholeValue, p: Value, ...rest: Sized<D>): NDArray<D>;
  binomial<O extends OutOf<CountDType>>(n: WholeValue, p: Value, ...rest: Into<O>): NDArray<DTypeOf<O>>;
  binomial<D extends CountDType = 'int32' | 'float64'>(n: WholeValue, p: Value, ...rest: Single<D>): NDArray<D>;
  binomial(n: unknown, p: unknown, size?: unknown, options?: unknown): number | bigint | NDArray {
    if (this.bitGenerator.isNumPy) return this.counts(countLaws.binomial, n, p, size, options);
    if (n !== 1 || typeof p !== 'number') return this.counts(exactBinomial, n, p, size, options);
    [size, options] = align([size, options]);
    const known = checkOptions(options, DRAW), { dtypes, usual } = containerOf(1, known), probability = checkProbability('p', p);
    return this.draw(toTarget(size, known, dtypes, usual), bernoulliKernel(probability, 'uint8', this.bitGenerator)) as number | bigint | NDArray;
  }

  /**
   * Failures before the n-th success of probability p: a Poisson count whose mean is a gamma variate of shape n and scale (1 − p) / p, so n may be any
   * positive number. int32 where p is not tiny nor n huge: 2^31 would be some 40 standard deviations away.
   *
   * @param n a number above 0, or an array of them
   * @param p a number in (0, 1], or an array of them
   * @throws TypeError, RangeError; also where (1 − p) / p · (n + 10 √n) is above 2^63 − 10·2^31.5
   * @example
   * defaultRng(42).negativeBinomial(2.5, 0.1, 10).dtype; // 'int32'
   */
  negativeBinomial<A extends Value, B extends Value, R extends Rest<CountDType>>(n: A, p: B, ...rest: R): Drawn<A | B, R, NDArray<CountDType>>;
  negativeBinomial(n: unknown, p: unknown, size?: unknown, options?: unknown): unknown {
    return this.counts(countLaws.negativeBinomial, n, p, size, options);
  }

  /**
   * Poisson counts of mean lam: by products of uniforms below 10, else by Hörmann's PTRS. int32 where lam + 2^16·(√lam + 1) < 2^31: a count beyond that
   * comes once in 2^73.
   *
   * @param lam a number from 0 to 2^63 − 10·2^31.5, 1 by default, or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).poisson([[1, 100]], [3, 2]).shape; // [3, 2]
   */
  poisson<A extends Value, R extends Rest<CountDType>>(lam?: A, ...rest: R): Drawn<A, R, NDArray<CountDType>>;
  poisson(lam?: unknown, size?: unknown, options?: unknown): unknown {
    return this.counts(countLaws.poisson, lam, size, options);
  }

  /**
   * Zipf's (zeta) counts: k with a probability proportional to k^−a. At most 2^(53 / (a − 1)), since the least uniform is 2^-53: int32 for a above 2.71, float64
   * from 2 on, int64 below 2.
   *
   * @param a a number above 1, or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).zipf(3, 10).dtype; // 'int32'
   */
  zipf<A extends Value, R extends Rest<CountDType>>(a: A, ...rest: R): Drawn<A, R, NDArray<CountDType>>;
  zipf(a: unknown, size?: unknown, options?: unknown): unknown {
    return this.counts(countLaws.zipf, a, size, options);
  }

  /**
   * Trials up to and with the first success of probability p: 1, 2, 3 … At most 45 / p: int32 for p above 2.1e-8.
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
   * Counts of the logarithmic series: k with a probability proportional to p^k / k. At most 2 + 45 / (1 − p): int32 for p up to 1 − 2.1e-8.
   *
   * @param p a number in [0, 1), or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).logseries(0.9, 10).dtype; // 'int32'
   */
  logseries<A extends Value, R extends Rest<CountDType>>(p: A, ...rest: R): Drawn<A, R, NDArray<CountDType>>;
  logseries(p: unknown, size?: unknown, options?: unknown): unknown {
    return this.counts(countLaws.logseries, p, size, options);
  }

  /**
   * The good ones among nsample drawn without replacement from ngood good and nbad bad: one by one where few are drawn or left, else by Stadlober's
   * ratio of uniforms. Always int32.
   *
   * @param ngood an integer from 0 to 10^9 − 1, or an array of them
   * @param nbad the same
   * @param nsample an integer from 0 to ngood + nbad, or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).hypergeometric(5, 0, 3); // 3
   */
  hypergeometric<A extends WholeValue, B extends WholeValue, C extends WholeValue, R extends Rest<CountDType>>(
    ngood: A, nbad: B, nsample: C, ...rest: R
  ): Drawn<A | B | C, R, NDArray<CountDType>>;
  hypergeometric(ngood: unknown, nbad: unknown, nsample: unknown, size?: unknown, options?: unknown): unknown {
    return this.counts(countLaws.hypergeometric, ngood, nbad, nsample, size, options);
  }

  /**
   * How many of n trials come out each way, with the probabilities along the last axis of `pvals`; the last of them takes what is left. The result has
   * one axis more than the size, which is by default what n and the other axes of `pvals` broadcast to. int32 where n < 2^31.
   *
   * @param n an integer from 0 to 2^63 − 1, or an array of them
   * @param pvals an array of numbers in [0, 1]: those of a row, but for the last, sum to 1 at most
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).multinomial(20, [0.5, 0.25, 0.25], 4).shape; // [4, 3]
   */
  multinomial<R extends Rest<CountDType>>(n: WholeValue, pvals: ArrayParameter, ...rest: R): NDArray<CountDType>;
  multinomial(n: unknown, pvals: unknown, size?: unknown, options?: unknown): unknown {
    [size, options] = align([size, options]);
    return drawMultinomial(this.bitGenerator, n, pvals, size, checkOptions(options, DRAW));
  }

  /**
   * How many of each colour are among nsample drawn without replacement; the result has one axis more than the size. By the marginals of one colour after
   * the other, or with `method: 'count'` by the beginning of a shuffle of all there is, which takes four bytes for each. int32 where nsample < 2^31.
   *
   * @param colors how many there are of each: an array of integers of one dimension, their sum below 10^9 for 'marginals'
   * @param nsample an integer from 0 to that sum
   * @param options method 'marginals' (default) or 'count'; dtype; out
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).multivariateHypergeometric([16, 8, 4], 6, 3).shape; // [3, 3]
   */
  multivariateHypergeometric<R extends Rest<CountDType, MethodOption>>(colors: Exclude<WholeValue, number | bigint>, nsample: number | bigint, ...rest: R): NDArray<CountDType>;
  multivariateHypergeometric(colors: unknown, nsample: unknown, size?: unknown, options?: unknown): unknown {
    [size, options] = align([size, options]);
    return drawMultivariateHypergeometric(this.bitGenerator, colors, nsample, size, checkOptions(options, [...DRAW, 'method']));
  }
}
