/** The Generator's methods for real distributions: NumPy's, their streams those of NumPy's Generator. */
import { align, sizeArgument, type Drawn, type DTypeOf, type Into, type OutOf, type Rest, type Single, type Sized } from './arguments.ts';
import type { ArrayParameter, Value } from './broadcast.ts';
import { checkOptions } from './checks.ts';
import { drawDirichlet } from './dirichlet.ts';
import { drawReals, laws, type Law } from './distributions.ts';
import { Drawing } from './drawing.ts';
import type { FloatDType } from './dtype.ts';
import { fillArray } from './fill.ts';
import { normalKernel } from './kernels.ts';
import { multivariateNormal, type MultivariateNormalOptions, type Numbers } from './multivariateNormal.ts';
import type { NDArray } from './ndarray.ts';
import type { Size } from './shape.ts';

/** The options of a draw. */
const DRAW = ['dtype', 'out', 'size'] as const;

export abstract class Continuous extends Drawing {
  /** @internal Draws by the law; the arguments are its parameters, size and options. */
  protected reals(law: Law, ...args: unknown[]): number | NDArray<FloatDType> {
    const aligned = align(args), options = checkOptions(aligned.pop(), DRAW), size = aligned.pop();
    return drawReals(this.bitGenerator, law, aligned, size, options);
  }

  /**
   * Laplace's double exponential, by inversion: density e^(−|x − loc| / scale) / (2 scale).
   *
   * @param loc a number, 0 by default, or an array of them
   * @param scale a number of at least 0, 1 by default, or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).laplace(0, [1, 2, 3]).shape; // [3]
   */
  laplace<A extends Value = number, B extends Value = number, R extends Rest<'float64'> = []>(loc?: A, scale?: B, ...rest: R): Drawn<A | B, R>;
  laplace(loc?: unknown, scale?: unknown, size?: unknown, options?: unknown): unknown {
    return this.reals(laws.laplace, loc, scale, size, options);
  }

  /**
   * Gumbel's distribution of extremes, by inversion: distribution function e^(−e^(−(x − loc) / scale)).
   *
   * @param loc a number, 0 by default, or an array of them
   * @param scale a number of at least 0, 1 by default, or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).gumbel(0, 1, 3).size; // 3
   */
  gumbel<A extends Value = number, B extends Value = number, R extends Rest<'float64'> = []>(loc?: A, scale?: B, ...rest: R): Drawn<A | B, R>;
  gumbel(loc?: unknown, scale?: unknown, size?: unknown, options?: unknown): unknown {
    return this.reals(laws.gumbel, loc, scale, size, options);
  }

  /**
   * Logistic, by inversion: distribution function 1 / (1 + e^(−(x − loc) / scale)).
   *
   * @param loc a number, 0 by default, or an array of them
   * @param scale a number of at least 0, 1 by default, or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).logistic(0, 1, 3).size; // 3
   */
  logistic<A extends Value = number, B extends Value = number, R extends Rest<'float64'> = []>(loc?: A, scale?: B, ...rest: R): Drawn<A | B, R>;
  logistic(loc?: unknown, scale?: unknown, size?: unknown, options?: unknown): unknown {
    return this.reals(laws.logistic, loc, scale, size, options);
  }

  /**
   * e to the power of a normal of that mean and standard deviation.
   *
   * @param mean a number, 0 by default, or an array of them
   * @param sigma a number of at least 0, 1 by default, or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).lognormal(0, 0.25, [2, 3]).shape; // [2, 3]
   */
  lognormal<A extends Value = number, B extends Value = number, R extends Rest<'float64'> = []>(mean?: A, sigma?: B, ...rest: R): Drawn<A | B, R>;
  lognormal(mean?: unknown, sigma?: unknown, size?: unknown, options?: unknown): unknown {
    return this.reals(laws.lognormal, mean, sigma, size, options);
  }

  /**
   * Exponential of mean `scale`, by the ziggurat: density e^(−x / scale) / scale.
   *
   * @param scale a number of at least 0, 1 by default, or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).exponential([1, 10]).shape; // [2]
   */
  exponential<A extends Value = number, R extends Rest<'float64'> = []>(scale?: A, ...rest: R): Drawn<A, R>;
  exponential(scale?: unknown, size?: unknown, options?: unknown): unknown {
    return this.reals(laws.exponential, scale, size, options);
  }

  /**
   * Rayleigh's: the length of a vector of two normals of standard deviation `scale`.
   *
   * @param scale a number of at least 0, 1 by default, or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).rayleigh(2, 3).size; // 3
   */
  rayleigh<A extends Value = number, R extends Rest<'float64'> = []>(scale?: A, ...rest: R): Drawn<A, R>;
  rayleigh(scale?: unknown, size?: unknown, options?: unknown): unknown {
    return this.reals(laws.rayleigh, scale, size, options);
  }

  /**
   * Pareto's second kind (Lomax): density a / (1 + x)^(a + 1) from 0 on. Add 1 for the first kind.
   *
   * @param a a number above 0, or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).pareto(3, 3).size; // 3
   */
  pareto<A extends Value, R extends Rest<'float64'> = []>(a: A, ...rest: R): Drawn<A, R>;
  pareto(a: unknown, size?: unknown, options?: unknown): unknown {
    return this.reals(laws.pareto, a, size, options);
  }

  /**
   * Weibull's: an exponential to the power of 1 / a; of a = 0 always 0.
   *
   * @param a a number of at least 0, or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).weibull(0, 2).toArray(); // [0, 0]
   */
  weibull<A extends Value, R extends Rest<'float64'> = []>(a: A, ...rest: R): Drawn<A, R>;
  weibull(a: unknown, size?: unknown, options?: unknown): unknown {
    return this.reals(laws.weibull, a, size, options);
  }

  /**
   * Density a·x^(a − 1) in [0, 1].
   *
   * @param a a number above 0, or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).power(5, 3).size; // 3
   */
  power<A extends Value, R extends Rest<'float64'> = []>(a: A, ...rest: R): Drawn<A, R>;
  power(a: unknown, size?: unknown, options?: unknown): unknown {
    return this.reals(laws.power, a, size, options);
  }

  /**
   * Gamma: `scale` times `standardGamma`.
   *
   * @param shape a number of at least 0, or an array of them
   * @param scale a number of at least 0, 1 by default, or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).gamma([1, 2], 3).shape; // [2]
   */
  gamma<A extends Value, B extends Value = number, R extends Rest<'float64'> = []>(shape: A, scale?: B, ...rest: R): Drawn<A | B, R>;
  gamma(shape: unknown, scale?: unknown, size?: unknown, options?: unknown): unknown {
    return this.reals(laws.gamma, shape, scale, size, options);
  }

  /**
   * Beta, density x^(a − 1)·(1 − x)^(b − 1) / B(a, b) in [0, 1]: by Jöhnk's method where neither is above 1, else by two gammas.
   *
   * @param a a number above 0, or an array of them
   * @param b a number above 0, or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).beta(0.5, [[0.5], [2]]).shape; // [2, 1]
   */
  beta<A extends Value, B extends Value, R extends Rest<'float64'> = []>(a: A, b: B, ...rest: R): Drawn<A | B, R>;
  beta(a: unknown, b: unknown, size?: unknown, options?: unknown): unknown {
    return this.reals(laws.beta, a, b, size, options);
  }

  /**
   * Chi-square of `df` degrees of freedom: twice a gamma of shape df / 2.
   *
   * @param df a number above 0, or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).chisquare(3, 3).size; // 3
   */
  chisquare<A extends Value, R extends Rest<'float64'> = []>(df: A, ...rest: R): Drawn<A, R>;
  chisquare(df: unknown, size?: unknown, options?: unknown): unknown {
    return this.reals(laws.chisquare, df, size, options);
  }

  /**
   * Noncentral chi-square: of `df` normals, the squares of their means adding up to `nonc`, the sum of squares.
   *
   * @param df a number above 0, or an array of them
   * @param nonc a number of at least 0, or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).noncentralChisquare(3, 20, 3).size; // 3
   */
  noncentralChisquare<A extends Value, B extends Value, R extends Rest<'float64'> = []>(df: A, nonc: B, ...rest: R): Drawn<A | B, R>;
  noncentralChisquare(df: unknown, nonc: unknown, size?: unknown, options?: unknown): unknown {
    return this.reals(laws.noncentralChisquare, df, nonc, size, options);
  }

  /**
   * Fisher's F: the ratio of two chi-squares, each over its degrees of freedom.
   *
   * @param dfnum a number above 0, or an array of them
   * @param dfden a number above 0, or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).f(1, 48, 3).size; // 3
   */
  f<A extends Value, B extends Value, R extends Rest<'float64'> = []>(dfnum: A, dfden: B, ...rest: R): Drawn<A | B, R>;
  f(dfnum: unknown, dfden: unknown, size?: unknown, options?: unknown): unknown {
    return this.reals(laws.f, dfnum, dfden, size, options);
  }

  /**
   * Fisher's F with a noncentral chi-square as its numerator.
   *
   * @param dfnum a number above 0, or an array of them
   * @param dfden a number above 0, or an array of them
   * @param nonc a number of at least 0, or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).noncentralF(3, 20, 3, 3).size; // 3
   */
  noncentralF<A extends Value, B extends Value, C extends Value, R extends Rest<'float64'> = []>(dfnum: A, dfden: B, nonc: C, ...rest: R): Drawn<A | B | C, R>;
  noncentralF(dfnum: unknown, dfden: unknown, nonc: unknown, size?: unknown, options?: unknown): unknown {
    return this.reals(laws.noncentralF, dfnum, dfden, nonc, size, options);
  }

  /**
   * Student's t of `df` degrees of freedom.
   *
   * @param df a number above 0, or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).standardT(10, 3).size; // 3
   */
  standardT<A extends Value, R extends Rest<'float64'> = []>(df: A, ...rest: R): Drawn<A, R>;
  standardT(df: unknown, size?: unknown, options?: unknown): unknown {
    return this.reals(laws.standardT, df, size, options);
  }

  /**
   * Cauchy's: the ratio of two standard normals.
   *
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).standardCauchy(3).size; // 3
   */
  standardCauchy<R extends Rest<'float64'> = []>(...rest: R): Drawn<undefined, R>;
  standardCauchy(size?: unknown, options?: unknown): unknown {
    return this.reals(laws.standardCauchy, size, options);
  }

  /**
   * Von Mises' angles in [−π, π], about `mu` with concentration `kappa`: Best and Fisher's rejection; past kappa = 10^6 a wrapped normal.
   *
   * @param mu a number, or an array of them
   * @param kappa a number of at least 0, or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).vonmises(0, 4, 3).size; // 3
   */
  vonmises<A extends Value, B extends Value, R extends Rest<'float64'> = []>(mu: A, kappa: B, ...rest: R): Drawn<A | B, R>;
  vonmises(mu: unknown, kappa: unknown, size?: unknown, options?: unknown): unknown {
    return this.reals(laws.vonmises, mu, kappa, size, options);
  }

  /**
   * Wald's, the inverse Gaussian: by Michael, Schucany and Haas' transformation.
   *
   * @param mean a number above 0, or an array of them
   * @param scale a number above 0, or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).wald(3, 2, 3).size; // 3
   */
  wald<A extends Value, B extends Value, R extends Rest<'float64'> = []>(mean: A, scale: B, ...rest: R): Drawn<A | B, R>;
  wald(mean: unknown, scale: unknown, size?: unknown, options?: unknown): unknown {
    return this.reals(laws.wald, mean, scale, size, options);
  }

  /**
   * Triangular from `left` to `right`, highest at `mode`: by inversion.
   *
   * @param left a number, or an array of them
   * @param mode a number of at least left, or an array of them
   * @param right a number of at least mode, and above left, or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).triangular(0, 0.5, 1, [2, 2]).shape; // [2, 2]
   */
  triangular<A extends Value, B extends Value, C extends Value, R extends Rest<'float64'> = []>(left: A, mode: B, right: C, ...rest: R): Drawn<A | B | C, R>;
  triangular(left: unknown, mode: unknown, right: unknown, size?: unknown, options?: unknown): unknown {
    return this.reals(laws.triangular, left, mode, right, size, options);
  }

  /**
   * Gamma of scale 1, density x^(shape − 1)·e^−x / Γ(shape): Marsaglia and Tsang's method, below shape 1 Best's. In float32 a stream of its own,
   * as in NumPy.
   *
   * @param shape a number of at least 0, or an array of them
   * @param options dtype 'float64' (default) or 'float32'; out
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).standardGamma(2.5, [3], { dtype: 'float32' }).dtype; // 'float32'
   */
  standardGamma<D extends FloatDType = 'float64'>(shape: number, ...rest: Single<D>): number;
  standardGamma<D extends FloatDType = 'float64'>(shape: Value, ...rest: Sized<D>): NDArray<D>;
  standardGamma<O extends OutOf<FloatDType>>(shape: Value, ...rest: Into<O>): NDArray<DTypeOf<O>>;
  standardGamma<D extends FloatDType = 'float64'>(shape: Value, ...rest: Single<D>): NDArray<D>;
  standardGamma(shape: unknown, size?: unknown, options?: unknown): number | NDArray {
    return this.reals(laws.standardGamma, shape, size, options);
  }

  /**
   * Dirichlet's: k numbers that add up to 1, along a last axis of their own. Gammas over their sum, or, where each alpha is below 0.1, a stick broken
   * by betas.
   *
   * @param alpha an array of k numbers of at least 0
   * @param size the shape before that axis
   * @param options out
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).dirichlet([10, 5, 3], 20).shape; // [20, 3]
   */
  dirichlet<R extends Rest<'float64'>>(alpha: ArrayParameter, ...rest: R): NDArray<'float64'>;
  dirichlet(alpha: unknown, size?: unknown, options?: unknown): NDArray<'float64'> {
    [size, options] = align([size, options]);
    return drawDirichlet(this.bitGenerator, alpha, size, checkOptions(options, DRAW));
  }
  /**
   * Multivariate normals: `mean` plus standard normals times a factor of the covariance matrix, along a last axis of their own. Over NumPy's generators
   * the same normals as NumPy's, and values within 1e-12 of the largest term where the factor has the signs and bases that NumPy's has: nearly always.
   *
   * @param mean n numbers
   * @param cov n × n numbers
   * @param size the shape before the last axis
   * @param options checkValid 'warn' (default), 'raise' or 'ignore' where cov is not symmetric and positive semidefinite to within `tol`, 1e-8 by
   *   default; method 'svd' (default), 'eigh' or 'cholesky'
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).multivariateNormal([0, 1], [[2, 0.5], [0.5, 1]], 10).shape; // [10, 2]
   */
  multivariateNormal(
    mean: Numbers, cov: Numbers, ...rest: [size?: Size, options?: MultivariateNormalOptions] | [options: MultivariateNormalOptions & { size?: Size }]
  ): NDArray<'float64'>;
  multivariateNormal(mean: unknown, cov: unknown, size?: unknown, options?: unknown): NDArray<'float64'> {
    [size, options] = align([size, options]);
    const known = checkOptions(options, ['size', 'checkValid', 'tol', 'method']), { size: _, ...rest } = known, { bitGenerator } = this;
    const normals = (into: Float64Array): void => fillArray(bitGenerator, normalKernel('float64', bitGenerator), into);
    return multivariateNormal(normals, mean as Numbers, cov as Numbers, sizeArgument(size, known) as Size | undefined, rest);
  }
}
