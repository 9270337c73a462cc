/** What np.random is to TypeScript. */
import type { DataOf, DType, FloatDType, IntDType, ScalarOf, TypedArray } from '../dtype.ts';
import type { DTypeOf, OutOf } from '../arguments.ts';
import type { Choice, Chosen, Population } from '../choice.ts';
import type { NDArray } from '../ndarray.ts';
import type { SeedSequence as BaseSequence } from '../seedSequence.ts';
import type { Size } from '../shape.ts';
import type { Args, Bound, Distribution, Given, Integers, Named, NestedNumbers, None, Result, Sized, Spelled, Spellings, Value } from './calls.ts';

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

/** NumPy's SeedSequence. */
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
  generate_state<const A extends Args<['n_words', 'dtype'], { n_words: number; dtype?: Spelled<'uint32' | 'uint64'> }>>(...args: A): DataOf<Named<Given<Bound<A, ['n_words', 'dtype']>, 'dtype'>, 'uint32'>>;
  /** The next `n_children` children. */
  spawn(n_children: number | { n_children: number }): SeedSequence[];
}

/** What all bit generators have. */
export interface BitGenerator {
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
  /** Uniform in [low, high). */
  uniform: Distribution<['low', 'high'], 'low' | 'high'>;
  /** Normal. */
  normal: Distribution<['loc', 'scale'], 'loc' | 'scale'>;
  /** Laplace's double exponential. */
  laplace: Distribution<['loc', 'scale'], 'loc' | 'scale'>;
  /** Gumbel's extreme value distribution. */
  gumbel: Distribution<['loc', 'scale'], 'loc' | 'scale'>;
  /** Logistic. */
  logistic: Distribution<['loc', 'scale'], 'loc' | 'scale'>;
  /** Log-normal: of mean and standard deviation of the logarithm. */
  lognormal: Distribution<['mean', 'sigma'], 'mean' | 'sigma'>;
  /** Exponential: `scale` is 1 / λ. */
  exponential: Distribution<['scale'], 'scale'>;
  /** Rayleigh. */
  rayleigh: Distribution<['scale'], 'scale'>;
  /** Gamma. */
  gamma: Distribution<['shape', 'scale'], 'scale'>;
  /** Beta. */
  beta: Distribution<['a', 'b']>;
  /** Fisher's F. */
  f: Distribution<['dfnum', 'dfden']>;
  /** Noncentral F. */
  noncentral_f: Distribution<['dfnum', 'dfden', 'nonc']>;
  /** Chi-square. */
  chisquare: Distribution<['df']>;
  /** Noncentral chi-square. */
  noncentral_chisquare: Distribution<['df', 'nonc']>;
  /** Cauchy of mode 0. */
  standard_cauchy: Distribution<[]>;
  /** Student's t. */
  standard_t: Distribution<['df']>;
  /** Von Mises, on the circle. */
  vonmises: Distribution<['mu', 'kappa']>;
  /** Pareto II, Lomax. */
  pareto: Distribution<['a']>;
  /** Weibull. */
  weibull: Distribution<['a']>;
  /** Powers: density a·x^(a−1) in [0, 1]. */
  power: Distribution<['a']>;
  /** Wald, the inverse Gaussian. */
  wald: Distribution<['mean', 'scale']>;
  /** Triangular. */
  triangular: Distribution<['left', 'mode', 'right']>;
  /** Successes of n trials. */
  binomial: Distribution<['n', 'p'], never, Integers>;
  /** Failures before the n-th success. */
  negative_binomial: Distribution<['n', 'p'], never, Integers>;
  /** Poisson. */
  poisson: Distribution<['lam'], 'lam', Integers>;
  /** Zipf. */
  zipf: Distribution<['a'], never, Integers>;
  /** Trials to the first success. */
  geometric: Distribution<['p'], never, Integers>;
  /** Fisher's logarithmic series. */
  logseries: Distribution<['p'], never, Integers>;
  /** Good ones of nsample drawn from ngood and nbad. */
  hypergeometric: Distribution<['ngood', 'nbad', 'nsample'], never, Integers>;
  /** Counts of n trials with probabilities `pvals`, along the last axis. */
  multinomial(...args: Args<['n', 'pvals', 'size'], { n: Value; pvals: Value } & Sized>): Integers;
  /** Dirichlet: shares along the last axis. */
  dirichlet(...args: Args<['alpha', 'size'], { alpha: Value } & Sized>): NDArray<'float64'>;
  /** `length` random bytes. */
  bytes(length: number | { length: number }): Uint8Array;
}

/** Draws with dtype and out: D are the dtypes. */
interface Filled<D extends FloatDType = FloatDType> extends Sized {
  dtype?: Spelled<D> | null;
  out?: OutOf<D> | null;
}
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
type Permutation<X> = X extends number ? NDArray<'int32'> : X extends NDArray ? X : X extends readonly (infer T)[] ? T[] : X extends OutOf<DType> ? NDArray<DTypeOf<X>> : never;

interface ToIntegers<D extends DType> extends Sized {
  low: Value;
  high?: Value | null;
  dtype?: Spelled<D>;
}
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
  readonly bit_generator: BitGenerator;
  /** `n_children` new Generators. */
  spawn(n_children: number | { n_children: number }): Generator[];
  /** Uniform in [0, 1). */
  random<const A extends Args<['size', 'dtype', 'out'], Filled>>(...args: A): FilledResult<Bound<A, ['size', 'dtype', 'out']>>;
  /** Standard normals. */
  standard_normal<const A extends Args<['size', 'dtype', 'out'], Filled>>(...args: A): FilledResult<Bound<A, ['size', 'dtype', 'out']>>;
  /** Standard exponentials, by NumPy's ziggurat or by inversion. */
  standard_exponential<const A extends Args<['size', 'dtype', 'method', 'out'], Filled & { method?: 'zig' | 'inv' }>>(...args: A): FilledResult<Bound<A, ['size', 'dtype', 'method', 'out']>>;
  /** Gamma of scale 1. */
  standard_gamma<const A extends Args<['shape', 'size', 'dtype', 'out'], Filled & { shape: Value }>>(...args: A): FilledResult<Bound<A, ['shape', 'size', 'dtype', 'out']>, 'shape'>;
  /** Integers in [low, high), [low, high] with `endpoint`, [0, low) without a high. The default is NumPy's int64 draw in the least container; `dtype: 'int64'` gives BigInts. */
  integers<const A extends Args<['low', 'high', 'size', 'dtype', 'endpoint'], ToIntegers<IntDType | 'bool'> & { endpoint?: boolean }>>(...args: A): IntegersResult<Bound<A, ['low', 'high', 'size', 'dtype', 'endpoint']>>;
  /** Draws from `a`, a count or any array. */
  choice<A extends Args<[...ChoiceNames, 'axis', 'shuffle'], ToChooseAlong>>(...args: A): Picked<Bound<A, ChoiceNames>>;
  /** Shuffles in place, along `axis`. */
  shuffle(...args: Args<['x', 'axis'], { x: Shuffled; axis?: number }>): void;
  /** A shuffled copy. */
  permutation<X extends number | NDArray | TypedArray | readonly unknown[]>(...args: Args<['x', 'axis'], { x: X; axis?: number }>): Permutation<X>;
  /** A copy, or `out`, whose lines along `axis` are each shuffled on their own; all elements where there is no axis. */
  permuted<X extends NDArray | TypedArray | readonly unknown[]>(...args: Args<['x'], { x: X }, { axis?: number | null; out?: NDArray | TypedArray | null }>): NDArray;
  /** Normals of a covariance matrix, along the last axis. */
  multivariate_normal(...args: Args<['mean', 'cov', 'size', 'check_valid', 'tol'], ToMultivariateNormal, { method?: 'svd' | 'eigh' | 'cholesky' }>): NDArray<'float64'>;
  /** Counts of each of `colors` among nsample drawn, along the last axis. */
  multivariate_hypergeometric(...args: Args<['colors', 'nsample', 'size', 'method'], { colors: Value; nsample: number } & Sized & { method?: 'marginals' | 'count' }>): Integers;
}

/** Draws of RandomState and of the module. */
export interface LegacyDraws extends Distributions {
  /** Seeds MT19937 anew: an integer below 2^32, or an array of them; entropy where there is none. */
  seed(...args: Args<['seed'], { seed?: SeedLike }>): void;
  /** The tuple ('MT19937', key, pos, has_gauss, cached_gaussian); the dictionary with `legacy` false, or on another bit generator. */
  get_state(legacy?: true | { legacy?: true }): LegacyState;
  get_state(legacy: boolean | { legacy?: boolean }): State | LegacyState;
  /** Goes on from what get_state gave, here or in Python. */
  set_state(state: State | LegacyState | readonly unknown[] | { state: State | LegacyState }): void;
  /** Uniform in [0, 1) of shape (d0, d1, …). */
  rand(): number;
  rand(...dims: [number, ...number[]]): NDArray<'float64'>;
  rand(...dims: number[]): number | NDArray<'float64'>;
  /** Standard normals of shape (d0, d1, …). */
  randn(): number;
  randn(...dims: [number, ...number[]]): NDArray<'float64'>;
  randn(...dims: number[]): number | NDArray<'float64'>;
  /** Integers in [low, high), [0, low) without a high. The default is NumPy's int64 draw in the least container; `dtype: 'int64'` gives BigInts. */
  randint<const A extends Args<['low', 'high', 'size', 'dtype'], ToIntegers<IntDType | 'bool'>>>(...args: A): IntegersResult<Bound<A, ['low', 'high', 'size', 'dtype']>>;
  /** Integers in [low, high], [1, low] without a high. */
  random_integers: Distribution<['low', 'high'], 'high', Integers>;
  /** Uniform in [0, 1). */
  random_sample: Distribution<[]>;
  random: Distribution<[]>;
  standard_normal: Distribution<[]>;
  standard_exponential: Distribution<[]>;
  standard_gamma: Distribution<['shape']>;
  /** Draws from `a`, a count or a 1-d array. */
  choice<A extends Args<ChoiceNames, ToChoose>>(...args: A): Picked<Bound<A, ChoiceNames>>;
  /** Shuffles in place, along the first axis. */
  shuffle(x: Shuffled | { x: Shuffled }): void;
  /** A shuffled copy. */
  permutation<X extends number | NDArray | TypedArray | readonly unknown[]>(x: X | { x: X }): Permutation<X>;
  multivariate_normal(...args: Args<['mean', 'cov', 'size', 'check_valid', 'tol'], ToMultivariateNormal>): NDArray<'float64'>;
}

/** NumPy's RandomState, frozen: the streams of numpy.random's first years. */
export interface RandomState extends LegacyDraws {
  readonly _bit_generator: BitGenerator;
  /** Integers from 0 to 2^63 − 1. */
  tomaxint: Distribution<[], never, NDArray<'int64'>>;
}

/** numpy.random. */
export interface Random extends LegacyDraws {
  readonly Generator: PythonClass<Args<['bit_generator'], { bit_generator: BitGenerator }>, Generator>;
  readonly RandomState: PythonClass<Args<['seed'], { seed?: SeedLike | BitGenerator }>, RandomState>;
  readonly SeedSequence: PythonClass<Args<['entropy'], { entropy?: SeedLike }, { spawn_key?: readonly (number | bigint)[]; pool_size?: number; n_children_spawned?: number }>, SeedSequence>;
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
type DTypeNames = { readonly [S in Exclude<{ [D in DType]: Spellings[D] }[DType], 'int' | 'float' | `${string}${1 | 2 | 4 | 8}` | OneLetter> | 'int8' | 'uint8' | 'int32' | 'uint32' | 'int64' | 'uint64' | 'int16' | 'uint16' | 'float32' | 'float64']: Named<S, 'float64'> };
type OneLetter = '?' | 'b' | 'B' | 'h' | 'H' | 'i' | 'I' | 'l' | 'L' | 'q' | 'Q' | 'p' | 'P' | 'n' | 'N' | 'f' | 'd';

/** NumPy, as far as its random numbers go. */
export interface NumPy extends DTypeNames {
  readonly random: Random;
}
