/** What np.random is to TypeScript. */
import type { DataOf, DType, FloatDType, IntDType, ScalarOf, TypedArray } from '../dtype.ts';
import type { DTypeOf, OutOf } from '../arguments.ts';
import type { Choice, Chosen, Population } from '../choice.ts';
import type { BitGenerator as BaseBitGenerator } from '../bitGenerator.ts';
import type { Generator as BaseGenerator } from '../generator.ts';
import type { NDArray } from '../ndarray.ts';
import type { SeedSequence as BaseSequence } from '../seedSequence.ts';
import type { Size } from '../shape.ts';
import type { Args, Bound, Distribution, Given, Integers, Named, NestedNumbers, None, Result, Sized, Spelled, Value } from './calls.ts';

/** Seeds: None for entropy from the platform, non-negative integers of any size (past 2^53 as bigints), sequences of them, a SeedSequence. */
export type SeedLike = number | bigint | readonly NestedNumbers[] | TypedArray | NDArray | BaseSequence | SeedSequence | None;

/** A class, which can be called without `new` too. */
export interface PythonClass<A extends readonly unknown[], T> {
  new (...args: A): T;
  (...args: A): T;
  readonly prototype: T;
}

/** A bit generator's state, as NumPy's dictionary: integers are numbers or, past 2^53, bigints; lists may stand for typed arrays. */
export interface State {
  bit_generator: string;
  state: object;
  has_uint32?: number | bigint;
  uinteger?: number | bigint;
  [key: string]: unknown;
}

/** The tuple that RandomState's `get_state` gives, of MT19937. */
export type LegacyState = readonly [bit_generator: 'MT19937', key: Uint32Array | readonly number[], pos: number, has_gauss: number, cached_gaussian: number];

/** NumPy's SeedSequence. @example np.random.SeedSequence(42).generate_state(2); // new Uint32Array([3444837047, 2669555309]) */
export interface SeedSequence {
  readonly entropy: number | bigint | readonly (number | bigint)[];
  readonly spawn_key: readonly (number | bigint)[];
  readonly pool_size: number;
  readonly n_children_spawned: number;
  /** A copy of the pool. */
  readonly pool: Uint32Array;
  /** What it was made of: the constructor's arguments by their names. */
  readonly state: { entropy: number | bigint | readonly (number | bigint)[]; spawn_key: readonly (number | bigint)[]; pool_size: number; n_children_spawned: number };
  /** `n_words` words of `dtype`, 'uint32' (default) or 'uint64'. */
  generate_state<const A extends Args<['n_words', 'dtype'], { n_words: number; dtype?: Spelled<'uint32' | 'uint64'> }>>(
    ...args: A
  ): DataOf<Named<Given<Bound<A, ['n_words', 'dtype']>, 'dtype'>, 'uint32'>>;
  /** The next `n_children` children. */
  spawn(n_children: number | { n_children: number }): SeedSequence[];
}

/** What all bit generators have. */
export interface BitGenerator {
  /** ndrand's own class, on the same stream. */
  readonly base: BaseBitGenerator;
  /** NumPy's dictionary; set it to go on from there. A damaged one, one of another class and one with unsafe numbers are refused. */
  get state(): State;
  set state(value: State | LegacyState);
  /** The seed sequence it came from; null where it came from a key or `_legacy_seeding`. */
  readonly seed_seq: SeedSequence | null;
  /** `n_children` new ones from spawned seed sequences. */
  spawn(n_children: number | { n_children: number }): this[];
  /** The next raw words: uint64, of MT19937 uint32; nothing where `output` is false. */
  random_raw(output: { size?: null; output?: true }): number | bigint;
  random_raw(): number | bigint;
  random_raw(size: Size | { size: Size; output?: true }, output?: true): NDArray<'uint32' | 'uint64'>;
  random_raw(...args: Args<['size', 'output'], { size?: Size | null; output?: boolean }>): number | bigint | NDArray<'uint32' | 'uint64'> | undefined;
}

/** One that has jumps. */
export interface JumpingBitGenerator extends BitGenerator {
  /** A new one, `jumps` jumps ahead; this one does not move. */
  jumped(jumps?: number | bigint | { jumps?: number | bigint }): this;
}

/** One that moves by any number of steps. */
export interface AdvancingBitGenerator extends JumpingBitGenerator {
  /** Moves by `delta` steps, in place. */
  advance(delta: number | bigint | { delta: number | bigint }): this;
}

/** The Mersenne Twister. */
export interface MT19937 extends JumpingBitGenerator {
  /** Seeds as RandomState does, in place. */
  _legacy_seeding(seed?: SeedLike | { seed?: SeedLike }): void;
}

type Seeding = Args<['seed'], { seed?: SeedLike }>;
type Ints = number | bigint | readonly (number | bigint)[] | DataOf<IntDType> | NDArray<IntDType>;

/** The distributions that Generator and RandomState both have. */
export interface Distributions {
  // all but the last three: parameters are numbers or arrays that broadcast; without a size and arrays one number comes, else float64 or the least
  // container of the counts. They throw TypeErrors and RangeErrors that name the parameter.
  /** Uniform in [low, high). @example np.random.uniform(-1, 1, [2, 3]).shape; // [2, 3] */
  uniform: Distribution<['low', 'high'], 'low' | 'high'>;
  /** Normal. @example np.random.normal(0, 2, [2, 3]).shape; // [2, 3] */
  normal: Distribution<['loc', 'scale'], 'loc' | 'scale'>;
  /** Laplace's double exponential. @example np.random.laplace(0, 1, [2, 3]).shape; // [2, 3] */
  laplace: Distribution<['loc', 'scale'], 'loc' | 'scale'>;
  /** Gumbel's extreme value distribution. @example np.random.gumbel(0, 1, [2, 3]).shape; // [2, 3] */
  gumbel: Distribution<['loc', 'scale'], 'loc' | 'scale'>;
  /** Logistic. @example np.random.logistic(0, 1, [2, 3]).shape; // [2, 3] */
  logistic: Distribution<['loc', 'scale'], 'loc' | 'scale'>;
  /** Log-normal: of mean and standard deviation of the logarithm. @example np.random.lognormal(0, 0.5, [2, 3]).shape; // [2, 3] */
  lognormal: Distribution<['mean', 'sigma'], 'mean' | 'sigma'>;
  /** Exponential: `scale` is 1 / λ. @example np.random.exponential(2, [2, 3]).shape; // [2, 3] */
  exponential: Distribution<['scale'], 'scale'>;
  /** Rayleigh. @example np.random.rayleigh(2, [2, 3]).shape; // [2, 3] */
  rayleigh: Distribution<['scale'], 'scale'>;
  /** Gamma. @example np.random.gamma(2, 1.5, [2, 3]).shape; // [2, 3] */
  gamma: Distribution<['shape', 'scale'], 'scale'>;
  /** Beta. @example np.random.beta(2, 3, [2, 3]).shape; // [2, 3] */
  beta: Distribution<['a', 'b']>;
  /** Fisher's F. @example np.random.f(5, 7, [2, 3]).shape; // [2, 3] */
  f: Distribution<['dfnum', 'dfden']>;
  /** Noncentral F. @example np.random.noncentral_f(5, 7, 1, [2, 3]).shape; // [2, 3] */
  noncentral_f: Distribution<['dfnum', 'dfden', 'nonc']>;
  /** Chi-square. @example np.random.chisquare(3, [2, 3]).shape; // [2, 3] */
  chisquare: Distribution<['df']>;
  /** Noncentral chi-square. @example np.random.noncentral_chisquare(3, 1, [2, 3]).shape; // [2, 3] */
  noncentral_chisquare: Distribution<['df', 'nonc']>;
  /** Cauchy of mode 0. @example np.random.standard_cauchy([2, 3]).shape; // [2, 3] */
  standard_cauchy: Distribution<[]>;
  /** Student's t. @example np.random.standard_t(4, [2, 3]).shape; // [2, 3] */
  standard_t: Distribution<['df']>;
  /** Von Mises, on the circle. @example np.random.vonmises(0, 2, [2, 3]).shape; // [2, 3] */
  vonmises: Distribution<['mu', 'kappa']>;
  /** Pareto II, Lomax. @example np.random.pareto(3, [2, 3]).shape; // [2, 3] */
  pareto: Distribution<['a']>;
  /** Weibull. @example np.random.weibull(3, [2, 3]).shape; // [2, 3] */
  weibull: Distribution<['a']>;
  /** Powers: density a·x^(a−1) in [0, 1]. @example np.random.power(3, [2, 3]).shape; // [2, 3] */
  power: Distribution<['a']>;
  /** Wald, the inverse Gaussian. @example np.random.wald(2, 3, [2, 3]).shape; // [2, 3] */
  wald: Distribution<['mean', 'scale']>;
  /** Triangular. @example np.random.triangular(0, 1, 2, [2, 3]).shape; // [2, 3] */
  triangular: Distribution<['left', 'mode', 'right']>;
  /** Successes of n trials. @example np.random.binomial(10, 0.3, [2, 3]).shape; // [2, 3] */
  binomial: Distribution<['n', 'p'], never, Integers>;
  /** Failures before the n-th success. @example np.random.negative_binomial(5, 0.4, [2, 3]).shape; // [2, 3] */
  negative_binomial: Distribution<['n', 'p'], never, Integers>;
  /** Poisson. @example np.random.poisson(4, [2, 3]).shape; // [2, 3] */
  poisson: Distribution<['lam'], 'lam', Integers>;
  /** Zipf. @example np.random.zipf(2.5, [2, 3]).shape; // [2, 3] */
  zipf: Distribution<['a'], never, Integers>;
  /** Trials to the first success. @example np.random.geometric(0.2, [2, 3]).shape; // [2, 3] */
  geometric: Distribution<['p'], never, Integers>;
  /** Fisher's logarithmic series. @example np.random.logseries(0.6, [2, 3]).shape; // [2, 3] */
  logseries: Distribution<['p'], never, Integers>;
  /** Good ones of nsample drawn from ngood and nbad. @example np.random.hypergeometric(20, 30, 15, [2, 3]).shape; // [2, 3] */
  hypergeometric: Distribution<['ngood', 'nbad', 'nsample'], never, Integers>;
  /** Counts of n trials with probabilities `pvals`, along the last axis. @example np.random.multinomial(20, [0.2, 0.3, 0.5], 4).shape; // [4, 3] */
  multinomial(...args: Args<['n', 'pvals', 'size'], { n: Value; pvals: Value } & Sized>): Integers;
  /** Dirichlet: shares along the last axis. @example np.random.dirichlet([1, 2, 3.5], { size: 4 }).shape; // [4, 3] */
  dirichlet(...args: Args<['alpha', 'size'], { alpha: Value } & Sized>): NDArray<'float64'>;
  /** `length` random bytes. @example np.random.bytes(4).length; // 4 */
  bytes(length: number | { length: number }): Uint8Array;
}

/** Draws with dtype and out: D are the dtypes. */
interface Filled<D extends FloatDType = FloatDType> extends Sized {
  dtype?: Spelled<D> | null;
  out?: OutOf<D> | null;
}
type FilledNames = ['size', 'dtype', 'out'];
type ExponentialNames = ['size', 'dtype', 'method', 'out'];
type GammaNames = ['shape', ...FilledNames];
/** What such a draw gives. */
type FilledResult<B, P = never> = [Given<B, 'out'>] extends [None] ? Result<B, P, NDArray<Named<Given<B, 'dtype'>, 'float64'>>> : NDArray<DTypeOf<Given<B, 'out'>>>;

interface ToChoose extends Sized {
  a: Population;
  replace?: boolean;
  p?: readonly number[] | Float64Array | Float32Array | NDArray<'float64' | 'float32'> | null;
}
interface ToChooseAlong extends ToChoose {
  axis?: number;
  shuffle?: boolean;
}
type ChoiceNames = ['a', 'size', 'replace', 'p'];
/** What a choice gives: one, or an array of the size. */
type Picked<B> = PickedOf<Given<B, 'a'>, Given<B, 'size'>>;
type PickedOf<P, S> = S extends Size ? Chosen<P, S> : Choice<P>;

/** The arrays that can be shuffled in place. */
type Shuffled = NDArray | TypedArray | unknown[];
/** A shuffled copy of X: of a count, 0 … X − 1. */
type Permutation<X> =
  X extends number ? NDArray<'int32'> : X extends NDArray ? X : X extends readonly (infer T)[] ? T[] : X extends OutOf<DType> ? NDArray<DTypeOf<X>> : never;

interface ToIntegers extends Sized {
  low: Value;
  high?: Value | null;
  dtype?: Spelled<IntDType | 'bool'>;
}
type RandintNames = ['low', 'high', 'size', 'dtype'];
type IntegersNames = [...RandintNames, 'endpoint'];
type IntegersResult<B> = [Given<B, 'dtype'>] extends [None] ? Result<B, 'low' | 'high', Integers>
  : Result<B, 'low' | 'high', NDArray<Named<Given<B, 'dtype'>, 'int64'>>, ScalarOf<Named<Given<B, 'dtype'>, 'int64'>>>;

interface ToMultivariateNormal extends Sized {
  mean: readonly number[] | TypedArray | NDArray;
  cov: readonly (readonly number[])[] | NDArray;
  check_valid?: 'warn' | 'raise' | 'ignore';
  tol?: number;
}

/** NumPy's Generator: its streams are those of NumPy 2.4, to the bit. */
export interface Generator extends Distributions {
  /** What it draws from. */
  readonly bit_generator: BitGenerator;
  /** ndrand's own Generator on the same stream: what `ndrand/nn` takes. @example np.random.default_rng(42).base.random(); // 0.7739560485559633 */
  readonly base: BaseGenerator;
  /** `n_children` new Generators. @example np.random.default_rng(42).spawn(2).length; // 2 */
  spawn(n_children: number | { n_children: number }): Generator[];
  /** Uniform in [0, 1). @example np.random.default_rng(42).random(); // 0.7739560485559633 */
  random<const A extends Args<FilledNames, Filled>>(...args: A): FilledResult<Bound<A, FilledNames>>;
  /** Standard normals. @example np.random.default_rng(42).standard_normal([2, 3], 'float32').dtype; // 'float32' */
  standard_normal<const A extends Args<FilledNames, Filled>>(...args: A): FilledResult<Bound<A, FilledNames>>;
  /**
   * Standard exponentials, by NumPy's ziggurat or by inversion.
   *
   * @example
   * np.random.default_rng(42).standard_exponential(3, { method: 'inv' }).shape; // [3]
   */
  standard_exponential<const A extends Args<ExponentialNames, Filled & { method?: 'zig' | 'inv' }>>(...args: A): FilledResult<Bound<A, ExponentialNames>>;
  /** Gamma of scale 1. @example np.random.default_rng(42).standard_gamma([1, 2, 3]).shape; // [3] */
  standard_gamma<const A extends Args<GammaNames, Filled & { shape: Value }>>(...args: A): FilledResult<Bound<A, GammaNames>, 'shape'>;
  /**
   * Integers in [low, high), [low, high] with `endpoint`, [0, low) without a high. The default is NumPy's int64 draw in the least container; `dtype: 'int64'` gives BigInts.
   *
   * @example
   * np.random.default_rng(42).integers(0, 10, { size: 5, dtype: 'uint8', endpoint: true }).dtype; // 'uint8'
   */
  integers<const A extends Args<IntegersNames, ToIntegers & { endpoint?: boolean }>>(...args: A): IntegersResult<Bound<A, IntegersNames>>;
  /** Draws from `a`, a count or any array. @example np.random.default_rng(42).choice(['a', 'b', 'c'], 4, { p: [0.3, 0.6, 0.1] }).length; // 4 */
  choice<A extends Args<[...ChoiceNames, 'axis', 'shuffle'], ToChooseAlong>>(...args: A): Picked<Bound<A, ChoiceNames>>;
  /** Shuffles in place, along `axis`. @example np.random.default_rng(42).shuffle([1, 2, 3], { axis: 0 }); */
  shuffle(...args: Args<['x', 'axis'], { x: Shuffled; axis?: number }>): void;
  /** A shuffled copy. @example np.random.default_rng(42).permutation(5).shape; // [5] */
  permutation<X extends number | NDArray | TypedArray | readonly unknown[]>(...args: Args<['x', 'axis'], { x: X; axis?: number }>): Permutation<X>;
  /**
   * A copy, or `out`, whose lines along `axis` are each shuffled on their own; all elements where there is no axis.
   *
   * @example
   * np.random.default_rng(42).permuted([[1, 2], [3, 4]], { axis: 1 }).length; // 2
   */
  permuted<X extends NDArray | TypedArray | readonly unknown[]>(...args: Args<['x'], { x: X }, { axis?: number | null; out?: NDArray | TypedArray | null }>): Permutation<X>;
  /**
   * Normals of a covariance matrix, along the last axis.
   *
   * @example
   * np.random.default_rng(42).multivariate_normal([0, 1], [[2, 0.5], [0.5, 1]], 10, { method: 'cholesky' }).shape; // [10, 2]
   */
  multivariate_normal(...args: Args<['mean', 'cov', 'size', 'check_valid', 'tol'], ToMultivariateNormal, { method?: 'svd' | 'eigh' | 'cholesky' }>): NDArray<'float64'>;
  /**
   * Counts of each of `colors` among nsample drawn, along the last axis.
   *
   * @example
   * np.random.default_rng(42).multivariate_hypergeometric([16, 8, 4], 6, 3).shape; // [3, 3]
   */
  multivariate_hypergeometric(
    ...args: Args<['colors', 'nsample', 'size', 'method'], { colors: Value; nsample: number | bigint; method?: 'marginals' | 'count' } & Sized>
  ): Integers;
}

/** Draws of RandomState and of the module. */
export interface LegacyDraws extends Distributions {
  /** Seeds MT19937 anew: an integer below 2^32, or an array of them; entropy where there is none. @example np.random.seed(1111); */
  seed(...args: Args<['seed'], { seed?: SeedLike }>): void;
  /**
   * The tuple ('MT19937', key, pos, has_gauss, cached_gaussian); the dictionary with `legacy` false, or on another bit generator.
   *
   * @example
   * np.random.get_state()[0]; // 'MT19937'
   */
  get_state(legacy?: true | { legacy?: true }): LegacyState;
  get_state(legacy: boolean | { legacy?: boolean }): State | LegacyState;
  /** Goes on from what get_state gave, here or in Python. @example np.random.set_state(np.random.get_state()); */
  set_state(state: State | LegacyState | readonly unknown[] | { state: State | LegacyState }): void;
  /** Uniform in [0, 1) of shape (d0, d1, …). @example np.random.rand(2, 3).shape; // [2, 3] */
  rand(): number;
  rand(...dims: [number, ...number[]]): NDArray<'float64'>;
  rand(...dims: number[]): number | NDArray<'float64'>;
  /** Standard normals of shape (d0, d1, …). @example np.random.randn(2, 3).shape; // [2, 3] */
  randn(): number;
  randn(...dims: [number, ...number[]]): NDArray<'float64'>;
  randn(...dims: number[]): number | NDArray<'float64'>;
  /**
   * Integers in [low, high), [0, low) without a high. The default is NumPy's int64 draw in the least container; `dtype: 'int64'` gives BigInts.
   *
   * @example
   * np.random.randint(0, 10, [2, 3]).shape; // [2, 3]
   */
  randint<const A extends Args<RandintNames, ToIntegers>>(...args: A): IntegersResult<Bound<A, RandintNames>>;
  /** Integers in [low, high], [1, low] without a high. @example np.random.random_integers(1, 6, 5).shape; // [5] */
  random_integers: Distribution<['low', 'high'], 'high', Integers>;
  /** Uniform in [0, 1). @example np.random.random_sample([2, 3]).shape; // [2, 3] */
  random_sample: Distribution<[]>;
  /** The same. @example np.random.random({ size: 3 }).shape; // [3] */
  random: Distribution<[]>;
  /** Standard normals, by the polar method. @example np.random.standard_normal(3).shape; // [3] */
  standard_normal: Distribution<[]>;
  /** Standard exponentials, by inversion. @example np.random.standard_exponential(3).shape; // [3] */
  standard_exponential: Distribution<[]>;
  /** Gamma of scale 1. @example np.random.standard_gamma(2, 3).shape; // [3] */
  standard_gamma: Distribution<['shape']>;
  /** Draws from `a`, a count or a 1-d array. @example np.random.choice(5, 3, false).shape; // [3] */
  choice<A extends Args<ChoiceNames, ToChoose>>(...args: A): Picked<Bound<A, ChoiceNames>>;
  /** Shuffles in place, along the first axis. @example np.random.shuffle([1, 2, 3]); */
  shuffle(x: Shuffled | { x: Shuffled }): void;
  /** A shuffled copy. @example np.random.permutation(['a', 'b', 'c']).length; // 3 */
  permutation<X extends number | NDArray | TypedArray | readonly unknown[]>(x: X | { x: X }): Permutation<X>;
  /**
   * Normals of a covariance matrix, along the last axis.
   *
   * @example
   * np.random.multivariate_normal([0, 1], [[2, 0.5], [0.5, 1]], 10).shape; // [10, 2]
   */
  multivariate_normal(...args: Args<['mean', 'cov', 'size', 'check_valid', 'tol'], ToMultivariateNormal>): NDArray<'float64'>;
}

/** NumPy's RandomState, frozen: the streams of numpy.random's first years. */
export interface RandomState extends LegacyDraws {
  readonly _bit_generator: BitGenerator;
  /** Integers from 0 to 2^63 − 1. @example np.random.RandomState(1).tomaxint(3).dtype; // 'int64' */
  tomaxint: Distribution<[], never, NDArray<'int64'>>;
}

/** numpy.random. */
export interface Random extends LegacyDraws {
  readonly Generator: PythonClass<Args<['bit_generator'], { bit_generator: BitGenerator }>, Generator>;
  readonly RandomState: PythonClass<Args<['seed'], { seed?: SeedLike | BitGenerator }>, RandomState>;
  readonly SeedSequence: PythonClass<
    Args<['entropy'], { entropy?: SeedLike }, { spawn_key?: readonly (number | bigint)[]; pool_size?: number; n_children_spawned?: number }>, SeedSequence
  >;
  readonly BitGenerator: { readonly prototype: BitGenerator } & (abstract new () => BitGenerator);
  readonly PCG64: PythonClass<Seeding, AdvancingBitGenerator>;
  readonly PCG64DXSM: PythonClass<Seeding, AdvancingBitGenerator>;
  readonly Philox: PythonClass<Args<['seed', 'counter', 'key'], { seed?: SeedLike; counter?: Ints | null; key?: Ints | null }>, AdvancingBitGenerator>;
  readonly MT19937: PythonClass<Seeding, MT19937>;
  readonly SFC64: PythonClass<Seeding, BitGenerator>;
  /** A Generator on PCG64 from a seed; on the bit generator given, or a RandomState's; a Generator itself. */
  default_rng(...args: Args<['seed'], { seed?: SeedLike | BitGenerator | Generator | RandomState }>): Generator;
  ranf: Distribution<[]>;
  sample: Distribution<[]>;
  get_bit_generator(): BitGenerator;
  set_bit_generator(bitgen: BitGenerator | { bitgen: BitGenerator }): void;
}

/** The dtypes' names, as constants. */
type DTypeNames = {
  readonly [S in DType | 'bool_' | 'byte' | 'ubyte' | 'short' | 'ushort' | 'intc' | 'uintc' | 'int_' | 'long' | 'longlong' | 'intp'
    | 'uint' | 'ulong' | 'ulonglong' | 'uintp' | 'single' | 'double']: Named<S, 'float64'>
};

/** NumPy, as far as its random numbers go. */
export interface NumPy extends DTypeNames {
  readonly random: Random;
}
