/** `parallel(rng)`: the methods with fixed consumption, on all cores. */
import { align, SHARED, type DTypeOf, type Into, type OutOf, type Single, type SingleAs, type Sized } from '../arguments.ts';
import type { BitGenerator } from '../bitGenerator.ts';
import type { Value, WholeValue } from '../broadcast.ts';
import { checkOptions, isOptions, type Options } from '../checks.ts';
import { dtypeOf, type BigIntDType, type FloatDType, type IntDType, type TypedArray } from '../dtype.ts';
import { OnAllCores, plainOptions, type Watch } from '../elsewhere.ts';
import { rangeError, typeError } from '../errors.ts';
import { fillArray, type Kernel } from '../fill.ts';
import { Generator } from '../generator.ts';
import type { NDArray } from '../ndarray.ts';
import { truncatedNormal } from '../nn/truncatedNormal.ts';
import type { Size } from '../shape.ts';
import { refuseOthers, StandIn } from '../standIn.ts';
import { fillParallel, type Fill } from './fill.ts';
import { cores } from './pool.ts';

/** The most workers: more than any machine has threads for is a mistake. */
const MOST_WORKERS = 256;

/** Fills of so few elements are done at the call: a worker would take longer to answer (measured: 0.1 ms). */
const FEW = 2 ** 15;

/** Can results stand in memory that threads share? */
const canShare = typeof SharedArrayBuffer === 'function' && globalThis.crossOriginIsolated !== false;

/** Takes down what is to be filled, once all arguments are checked. */
class Recorder extends StandIn {
  fill: Fill | undefined;

  override fillInstead(kernel: Kernel, data: TypedArray, then: () => void): void {
    this.checkFixed(kernel);
    if (data.length <= FEW) fillArray(this.base, kernel, data, then);
    else this.fill = { kernel, data, dtype: dtypeOf(data)!, then };
  }

  // draws without a size
  override next32(): number {
    return this.base.next32();
  }
  override unread32(): void {
    this.base.unread32();
  }
  override nextDouble(): number {
    return this.base.nextDouble();
  }
  override nextNormal(): number | undefined {
    return this.base.nextNormal();
  }
}

/** The dtypes of masks and integers. */
type MaskDType = 'uint8' | 'bool' | 'float32';
type DrawnDType = IntDType | 'bool';
type Endpoint = { endpoint?: boolean };

/** The options of `truncatedNormal`. */
type Truncated = { mean?: number; std?: number; low?: number; high?: number } & Watch;

/**
 * Fills on all cores, as promises: each method takes what the Generator's own takes, with the options `signal`, which ends a fill within some milliseconds,
 * and `onProgress(done, total)`, and gives the bits of the generator's own call however many workers there are.
 *
 * The generator moves at the call, to where it is left, so fills can be started one after the other. Where one fails or is aborted, the generator is put back
 * unless it was used since, and `out` is unspecified. Results stand on a SharedArrayBuffer where the platform has one (Node, Deno, Bun, pages that are cross-origin isolated),
 * elsewhere, and in an `out` of other memory, blocks are transferred and copied. Small fills are done at the call.
 *
 * The initialisers, `dropout` and `dropoutMask` of `ndrand/nn` take it as `rng`, with `signal` and `onProgress` among their options.
 */
export class Parallel extends OnAllCores {
  /** The generator that is drawn from. */
  readonly rng: Generator;
  override readonly workers: number;

  /** @internal */
  constructor(rng: Generator, workers: number) {
    super();
    this.rng = rng;
    this.workers = workers;
  }

  /** @internal */
  override async run(call: (options: Options) => unknown, { signal, onProgress, ...options }: Options & Watch): Promise<unknown> {
    if (signal !== undefined && (typeof signal !== 'object' || signal === null || typeof signal.addEventListener !== 'function')) throw typeError('signal', signal, 'an AbortSignal');
    if (onProgress !== undefined && typeof onProgress !== 'function') throw typeError('onProgress', onProgress, 'a function');
    if (signal?.aborted) throw signal.reason;
    const { bitGenerator } = this.rng, recorder = new Recorder(bitGenerator);
    const result = call({ ...options, rng: new Generator(recorder), [SHARED]: canShare } as Options);
    if (recorder.fill !== undefined) await fillParallel(bitGenerator, recorder.fill, this.workers, { signal, onProgress });
    return result;
  }

  /** A generator's method. */
  private fill(method: 'random' | 'uniform' | 'integers' | 'bernoulli' | 'standardNormal' | 'normal', given: readonly unknown[], parameters: number): Promise<never> {
    const call = async (): Promise<unknown> => {
      const args = align(Array.from({ length: parameters + 2 }, (_, i) => given[i])), last = args.pop();
      if (last !== undefined && !isOptions(last)) checkOptions(last, ['size', 'dtype', 'out', 'signal', 'onProgress']);
      return this.run(({ rng, ...options }) => ((rng as Generator)[method] as (...args: unknown[]) => unknown)(...args, options), plainOptions((last ?? {}) as Options));
    };
    return call() as Promise<never>;
  }

  /** `Generator.random`. @example (await parallel(defaultRng(42)).random([300, 300])).shape; // [300, 300] */
  random<D extends FloatDType = 'float64'>(...rest: Single<D, Watch>): Promise<number>;
  random<D extends FloatDType = 'float64'>(...rest: Sized<D, Watch>): Promise<NDArray<D>>;
  random<O extends OutOf<FloatDType>>(...rest: Into<O, Watch>): Promise<NDArray<DTypeOf<O>>>;
  random(...args: unknown[]): Promise<unknown> {
    return this.fill('random', args, 0);
  }

  /** `Generator.uniform`. @example (await parallel(defaultRng(42)).uniform(-1, 1, 10)).size; // 10 */
  uniform<D extends FloatDType = 'float64'>(low?: number, high?: number, ...rest: Single<D, Watch>): Promise<number>;
  uniform<D extends FloatDType = 'float64'>(low: Value | undefined, high: Value | undefined, ...rest: Sized<D, Watch>): Promise<NDArray<D>>;
  uniform<O extends OutOf<FloatDType>>(low: Value | undefined, high: Value | undefined, ...rest: Into<O, Watch>): Promise<NDArray<DTypeOf<O>>>;
  uniform(...args: unknown[]): Promise<unknown> {
    return this.fill('uniform', args, 2);
  }

  /** `Generator.integers`. @example (await parallel(defaultRng(42)).integers(0, 10, 5, { dtype: 'uint8' })).dtype; // 'uint8' */
  integers(low: number | bigint, high: number | bigint | undefined, ...rest: SingleAs<BigIntDType, Endpoint & Watch>): Promise<bigint>;
  integers<D extends Exclude<DrawnDType, BigIntDType> = 'int32'>(low: number | bigint, high?: number | bigint, ...rest: Single<D, Endpoint & Watch>): Promise<number>;
  integers<D extends DrawnDType = 'int32'>(low: WholeValue, high: WholeValue | undefined, ...rest: Sized<D, Endpoint & Watch>): Promise<NDArray<D>>;
  integers<D extends DrawnDType = 'int32'>(low: WholeValue, ...rest: Sized<D, Endpoint & Watch>): Promise<NDArray<D>>;
  integers<O extends OutOf<DrawnDType>>(low: WholeValue, high: WholeValue | undefined, ...rest: Into<O, Endpoint & Watch>): Promise<NDArray<DTypeOf<O>>>;
  integers(...args: unknown[]): Promise<unknown> {
    return this.fill('integers', args, 2);
  }

  /** `Generator.bernoulli`. @example (await parallel(defaultRng(42)).bernoulli(0.9, [64, 256])).dtype; // 'uint8' */
  bernoulli<D extends MaskDType = 'uint8'>(p?: number, ...rest: Single<D, Watch>): Promise<number | boolean>;
  bernoulli<D extends MaskDType = 'uint8'>(p: Value | undefined, ...rest: Sized<D, Watch>): Promise<NDArray<D>>;
  bernoulli<O extends OutOf<MaskDType>>(p: Value | undefined, ...rest: Into<O, Watch>): Promise<NDArray<DTypeOf<O>>>;
  bernoulli(...args: unknown[]): Promise<unknown> {
    return this.fill('bernoulli', args, 1);
  }

  /** `Generator.standardNormal`. @example (await parallel(defaultRng(42)).standardNormal(10)).data[9] === defaultRng(42).standardNormal(10).data[9]; // true */
  standardNormal<D extends FloatDType = 'float64'>(...rest: Single<D, Watch>): Promise<number>;
  standardNormal<D extends FloatDType = 'float64'>(...rest: Sized<D, Watch>): Promise<NDArray<D>>;
  standardNormal<O extends OutOf<FloatDType>>(...rest: Into<O, Watch>): Promise<NDArray<DTypeOf<O>>>;
  standardNormal(...args: unknown[]): Promise<unknown> {
    return this.fill('standardNormal', args, 0);
  }

  /** `Generator.normal`. @example (await parallel(defaultRng(42)).normal(0, 0.02, [512, 768], { dtype: 'float32' })).size; // 393216 */
  normal<D extends FloatDType = 'float64'>(loc?: number, scale?: number, ...rest: Single<D, Watch>): Promise<number>;
  normal<D extends FloatDType = 'float64'>(loc: Value | undefined, scale: Value | undefined, ...rest: Sized<D, Watch>): Promise<NDArray<D>>;
  normal<O extends OutOf<FloatDType>>(loc: Value | undefined, scale: Value | undefined, ...rest: Into<O, Watch>): Promise<NDArray<DTypeOf<O>>>;
  normal(...args: unknown[]): Promise<unknown> {
    return this.fill('normal', args, 2);
  }

  /**
   * `truncatedNormal` of `ndrand/nn`: normals of `mean` (0) and `std` (1) between `low` (−2) and `high` (2), float32 by default.
   *
   * @example (await parallel(defaultRng(42)).truncatedNormal([768, 3072], { std: 0.02, low: -0.04, high: 0.04 })).dtype; // 'float32'
   */
  truncatedNormal<D extends FloatDType = 'float32'>(shape: Size, options?: Truncated & { dtype?: D; out?: undefined }): Promise<NDArray<D>>;
  truncatedNormal<O extends OutOf<FloatDType>>(shape: Size, options: Truncated & { out: O; dtype?: DTypeOf<O> }): Promise<NDArray<DTypeOf<O>>>;
  async truncatedNormal(shape: Size, options?: Truncated): Promise<unknown> {
    if (options !== undefined && !isOptions(options)) throw typeError('options', options, 'an object');
    return truncatedNormal(shape, { ...plainOptions((options ?? {}) as Options), rng: this });
  }
}

refuseOthers(Parallel.prototype, Generator.prototype, 'parallel(rng)');

/** The options of `parallel`. */
export interface ParallelOptions {
  /** The threads that fill: all cores by default. */
  workers?: number;
}

/**
 * The generator's fills on all cores: see {@link Parallel}. Starts nothing: the first fill starts the workers, which all of a thread's `parallel` share and which
 * keep no process alive.
 *
 * @param rng a Generator on `PCG32DXSM` or `PCG32`
 * @param options workers, an integer from 1 to 256
 * @throws TypeError for another generator, or one whose fills have no fixed consumption; TypeError or RangeError for workers
 * @example
 * const rng = defaultRng(42), weights = await parallel(rng).normal(0, 0.02, [1024, 768], { dtype: 'float32' });
 */
export function parallel(rng: Generator, options?: ParallelOptions): Parallel {
  if (!(rng instanceof Generator)) throw typeError('rng', rng, 'a Generator');
  const { workers = Math.min(cores(), MOST_WORKERS) } = checkOptions(options, ['workers']) as ParallelOptions, takes = `an integer from 1 to ${MOST_WORKERS}`;
  if (typeof workers !== 'number') throw typeError('workers', workers, takes);
  if (!Number.isInteger(workers) || workers < 1 || workers > MOST_WORKERS) throw rangeError('workers', workers, takes);
  new Recorder(rng.bitGenerator as BitGenerator); // which takes some alone
  return new Parallel(rng, workers);
}
