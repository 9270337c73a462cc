/** Bounded integers: bounds read and checked, the kernel and the container that they need. Over NumPy's generators the draws are NumPy's. */
import { flag, sizeArgument, toResult, toTarget, type Target } from './arguments.ts';
import type { BitGenerator } from './bitGenerator.ts';
import { broadcast, extremesOf, isParameters, isWide, placeOf, spread, toArray, type Spread } from './broadcast.ts';
import { checkInteger, type Options } from './checks.ts';
import { parts, wholeParts } from './distributions.ts';
import { constructorOf, integerLimits, isBigIntDType, isFloatDType, numberDTypes, type DType, type IntDType } from './dtype.ts';
import { kernels, out, OUT_BYTES } from './engine.ts';
import { rangeError } from './errors.ts';
import { fillArray, plainKernel, type Kernel } from './fill.ts';
import { flatten, NDArray } from './ndarray.ts';
import { sizeOf, toShape } from './shape.ts';

/** What integers are drawn as. */
export type DrawnDType = IntDType | 'bool';

const INTEGERS: readonly DrawnDType[] = ['bool', ...numberDTypes.filter(dtype => !isFloatDType(dtype))];

function limitsOf(dtype: DrawnDType): [least: bigint, most: bigint] {
  return dtype === 'bool' ? [0n, 1n] : integerLimits(dtype);
}

/** Bits of the pieces that NumPy's draws of a dtype go by. */
function bitsOf(dtype: DrawnDType): number {
  return dtype === 'bool' ? 1 : constructorOf(dtype).BYTES_PER_ELEMENT * 8;
}

/** Checks the bounds of [low, high), or [low, high] with `endpoint`; [0, low) without a high. Gives the first value and their number. */
function integerRange(low: unknown, high: unknown, endpoint: boolean, dtype: DrawnDType): [first: bigint, values: bigint] {
  const single = high === undefined;
  const first = single ? 0n : checkInteger('low', low);
  const stop = single ? checkInteger('low', low) : checkInteger('high', high);
  const end = endpoint ? stop + 1n : stop;
  const [least, most] = limitsOf(dtype);
  const limits = `an integer from ${least} to ${most} for dtype ${dtype}`;
  if (first < least || first > most) throw rangeError('low', low, limits);
  if (end > most + 1n) throw rangeError(single ? 'low' : 'high', single ? low : high, endpoint ? limits : `at most ${most + 1n} for dtype ${dtype}`);
  if (first >= end) {
    if (single) throw rangeError('low', low, `at least ${endpoint ? 0 : 1} where it stands for the upper bound`);
    throw rangeError('low', low, `an integer ${endpoint ? 'not above' : 'below'} high, ${stop}`);
  }
  return [first, end - first];
}

/** The container of a draw without a dtype: it follows from the bounds alone. */
function containerOf(least: number | bigint, most: number | bigint): 'int32' | 'float64' | 'int64' {
  if (least >= -(2 ** 31) && most < 2 ** 31) return 'int32';
  return least >= -(2 ** 53) && most <= 2 ** 53 ? 'float64' : 'int64';
}

/** 0: as wide as the pieces are; 1: int64; 2: float64. See assembly/bulk/integers.ts. */
function formOf(container: DType, bits: number): number {
  return container === 'float64' ? 2 : Number(isBigIntDType(container) && bits === 32);
}

/**
 * Integers: `values` of them from `first` on, drawn as `dtype`. Over the PCG32 pair one word an element to 2^24 values, two beyond; over NumPy's, or with
 * `masked`, NumPy's.
 */
export function integersKernel(
  { isNumPy }: { isNumPy: boolean }, first: bigint, values: bigint, dtype: DrawnDType, container: DType = dtype, masked = false,
): Kernel {
  const from = BigInt.asIntN(64, first), view = out[container];
  if (!isNumPy && !masked) {
    const bytes = constructorOf(container).BYTES_PER_ELEMENT;
    kernels.setRange(from, BigInt.asIntN(64, values));
    // narrower dtypes are made as int32 and packed in place
    return {
      ...plainKernel(view, n => kernels.fillBounded(n, bytes), OUT_BYTES / Math.max(bytes, 4)), words: wordsFor(values), recipe: ['integers', first, values, container],
    };
  }
  if (values === 1n) {
    const only = isBigIntDType(container) ? first : Number(first);
    return plainKernel(view, n => (view as { fill(value: unknown, from: number, to: number): void }).fill(only, 0, n));
  }
  const own = bitsOf(dtype), bits = own === 64 && values <= 2n ** 32n ? 32 : own, form = formOf(container, bits);
  kernels.setBounds(from, BigInt.asIntN(64, values - 1n), bits, masked);
  return plainKernel(view, n => kernels.fillIntegers(n, bits, form));
}

/** The dtype that the options ask for, by `dtype` or `out`. */
function dtypeIn({ dtype, out: into }: Options): DrawnDType | undefined {
  return dtype === undefined && into === undefined ? undefined : toTarget(undefined, { dtype, out: into }, INTEGERS, 'int32').dtype;
}

/** Bounds of elements; numbers where all are within 2^53, else int64 modulo 2^64. */
interface Bounds extends Spread {
  least: number | bigint;
  most: number | bigint;
  /** What is still to be taken from the elements. */
  less: number;
}

/** Reads `low`, or `high` less `less`; `check` gives what a bad one should be. */
function readBounds(name: string, value: unknown, less: number, check: (bound: number | bigint) => string | undefined): Bounds {
  const array = isParameters(value);
  let data: ArrayLike<unknown> = [value], shape: readonly number[] = [];
  // nested arrays may hold numbers beside bigints, and those of uint64
  if (Array.isArray(value)) {
    [data, shape] = flatten(value);
  } else if (array) {
    const given = toArray(name, value), [least, most] = extremesOf(given.data, true).map(bound => bound - less);
    const safe = Number.isSafeInteger(least) && Number.isSafeInteger(most) && !isWide(given.data);
    if (safe && check(least) === undefined && check(most) === undefined) return { data: given.data, shape: given.shape, least, most, less };
    ({ data, shape } = given);
  }
  const reals = new Float64Array(data.length);
  let small = true, least: number | bigint = Infinity, most: number | bigint = -Infinity;
  for (let i = 0; i < data.length; i++) {
    const element = data[i], place = (): string => name + (array ? placeOf(i, shape) : '');
    const bound = typeof element === 'number' && Number.isSafeInteger(element) ? element - less : checkInteger(place(), element) - BigInt(less);
    const bad = check(bound);
    if (bad !== undefined) throw rangeError(place(), element, bad);
    small &&= bound >= -(2 ** 53) && bound <= 2 ** 53;
    reals[i] = Number(bound);
    if (bound < least) least = bound;
    if (bound > most) most = bound;
  }
  return { data: small ? reals : wholes(data, less), shape, least, most, less: 0 };
}

function wholes(data: ArrayLike<unknown>, less: number): BigInt64Array {
  return BigInt64Array.from(Array.from(data as ArrayLike<bigint>, BigInt), element => element - BigInt(less));
}

/** Elements that one call takes bounds for. */
const PART = parts[0].length;

/** Draws with bounds that are arrays. */
function drawEach(generator: BitGenerator, low: unknown, high: unknown, size: unknown, options: Options, endpoint: boolean, masked: boolean): NDArray {
  const numpy = generator.isNumPy || masked, asked = dtypeIn(options), dtype = asked ?? (numpy ? 'int64' : 'int32');
  const names = ['low', high === undefined ? 'low' : 'high'] as const, [least, most] = limitsOf(dtype), less = Number(!endpoint);
  const bounds = [
    readBounds('low', high === undefined ? 0 : low, 0, bound => (bound < least ? `an integer of at least ${least} for dtype ${dtype}` : undefined)),
    readBounds(names[1], high ?? low, less, bound => (bound > most ? `an integer of at most ${most + BigInt(less)} for dtype ${dtype}` : undefined)),
  ];
  const reals = !bounds.some(({ data }) => isWide(data)), cells = reals ? parts : wholeParts;
  // numbers beside bigints
  if (!reals) for (const bound of bounds) if (bound.less) bound.data = wholes(bound.data, bound.less);
  const shape = broadcast(names, bounds);
  if (size === undefined && options.size === undefined && options.out === undefined) size = shape;

  const takesOf = (to: Spread): ((into: readonly (Float64Array | BigInt64Array)[], n: number) => void) => {
    const takes = bounds.map((bound, k) => spread(names[k], bound, to)), lowers = reals && bounds[1].less > 0;
    return (into, n) => {
      takes.forEach((take, k) => take(into[k], 0, n));
      if (lowers) for (let i = 0, last = into[1] as Float64Array; i < n; i++) last[i]--;
    };
  };
  // all is checked before there is a target to write to, where the extremes do not tell
  let widest = Number(bounds[1].most) - Number(bounds[0].least);
  if (bounds[0].most > bounds[1].least || (widest >= MOST_NARROW && !numpy)) {
    const take = takesOf({ data: new Float64Array(0), shape });
    widest = 0;
    for (let at = 0, count = sizeOf(shape); at < count; at += PART) {
      const n = Math.min(PART, count - at);
      take(cells, n);
      for (let i = 0; i < n; i++) {
        let first: number | bigint = cells[0][i], last: number | bigint = cells[1][i];
        if (!reals && dtype === 'uint64') [first, last] = [BigInt.asUintN(64, first as bigint), BigInt.asUintN(64, last as bigint)];
        if (first > last) throw rangeError('low', first, `an integer ${endpoint ? 'not above' : 'below'} high, ${BigInt(last) + BigInt(less)}`);
        widest = Math.max(widest, Number(last) - Number(first));
      }
    }
  }
  const usual = asked ?? (numpy ? containerOf(bounds[0].least, bounds[1].most) : dtype);
  const target = toTarget<DType>(size, options, asked ? INTEGERS : [usual], usual), { dtype: container } = target;
  const take = takesOf({ data: target.data, shape: target.shape! });
  const bits = container === 'int32' ? 32 : bitsOf(dtype);
  const kernel = plainKernel(out[container], () => {}, PART), words = widest < MOST_NARROW ? 1 : 2;
  fillArray(generator, numpy ? {
    ...kernel,
    run(n, at) {
      take(cells, n);
      kernels.fillIntegersEach(n, bits, Number(container === 'float64') * 2, masked, reals, at > 0);
    },
  } : integersEachKernel(n => take(cells, n), n => {
    const all = cells.map(({ constructor }) => new (constructor as typeof Float64Array)(n));
    take(all, n);
    return all;
  }, words, container as DrawnDType, reals), target.data);
  return toResult(target) as NDArray;
}

/** Integers between bounds of each element, which `take` puts into the engine: over the PCG32 pair. */
export function integersEachKernel(take: (n: number) => void, inputs: Kernel['inputs'], words: number, container: DrawnDType, reals: boolean): Kernel {
  const bytes = constructorOf(container).BYTES_PER_ELEMENT;
  return {
    ...plainKernel(out[container], n => {
      take(n);
      kernels.fillBoundedEach(n, words, bytes, reals);
    }, PART),
    words,
    recipe: ['integersEach', words, container, reals],
    inputs,
    together: true,
  };
}

/** Over the PCG32 pair one word makes so many values; see isNarrow in assembly/bulk/bounded.ts. */
const MOST_NARROW = 2 ** 24;

/** Words an element takes there. */
function wordsFor(values: bigint): number {
  return values <= MOST_NARROW ? 1 : 2;
}

/** An array of no dimensions is what it holds. */
function unwrap(value: unknown): unknown {
  return value instanceof NDArray && value.ndim === 0 ? value.data[0] : value;
}

/** Draws integers; `masked`: as RandomState does. The options are known ones. */
export function drawIntegers(
  generator: BitGenerator, low: unknown, high: unknown, size: unknown, options: Options, masked = false,
): number | bigint | boolean | NDArray {
  const endpoint = flag('endpoint', options.endpoint, false), numpy = generator.isNumPy || masked;
  const from = unwrap(low), to = unwrap(high);
  if (isParameters(from) || isParameters(to)) return drawEach(generator, from, to, size, options, endpoint, masked);
  const dtype = dtypeIn(options), wanted = sizeArgument(size, options);
  // NumPy looks at no bounds then
  const none = numpy && wanted !== undefined && sizeOf(toShape(wanted)) === 0;
  let range: readonly [first: bigint, values: bigint] = [0n, 1n], target: Target<DType>;
  if (dtype !== undefined || !numpy) {
    target = toTarget<DType>(size, options, INTEGERS, 'int32');
    if (!none) range = integerRange(from, to, endpoint, target.dtype as DrawnDType);
  } else {
    if (!none) range = integerRange(from, to, endpoint, 'int64');
    const usual = containerOf(range[0], range[0] + range[1] - 1n);
    target = toTarget<DType>(size, options, [usual], usual);
  }
  if (target.data.length > 0) {
    fillArray(generator, integersKernel(generator, ...range, dtype ?? (numpy ? 'int64' : 'int32'), target.dtype, masked), target.data);
  }
  const result = toResult(target) as number | bigint | boolean | NDArray;
  return dtype === undefined && typeof result === 'bigint' ? plain(result) : result;
}

/** A draw without a dtype: a bigint only where no number is the value. */
export function plain(value: bigint): number | bigint {
  return BigInt(Number(value)) === value ? Number(value) : value;
}
