/** `categorical`: draws from a softmax, or from probabilities, for every row of a batch. */
import { align, sizeArgument, toResult, toTarget } from '../arguments.ts';
import type { DTypeOf, Into, OutOf, Single, SingleAs, Sized } from '../arguments.ts';
import { checkOptions, type Options } from '../checks.ts';
import { allocate, dtypeOf, integerLimits, isBigIntDType, isFloatDType, numberDTypes } from '../dtype.ts';
import type { BigIntDType, FloatDType, ScalarOf, TypedArray } from '../dtype.ts';
import { rangeError, typeError } from '../errors.ts';
import { fillArray } from '../fill.ts';
import type { Generator } from '../generator.ts';
import { unitKernel } from '../kernels.ts';
import { array, NDArray, type Nested } from '../ndarray.ts';
import { sizeOf, stridesOf, toAxis, toShape } from '../shape.ts';
import { nameOption, rngOption, type With } from './arguments.ts';
import { prepare, type Batch } from './rows.ts';

/** The dtypes of category numbers. */
type IndexDType = (typeof numberDTypes)[number];

/** What logits or probabilities come as. */
type Row = Float32Array | Float64Array | readonly number[];
type Values = Row | NDArray<FloatDType> | readonly Nested<number>[];

export interface CategoricalOptions {
  /** What is given: logits, of which the softmax is taken (default), or probabilities, every row summing to 1. */
  input?: 'logits' | 'probs';
  /** The axis of the categories. Default −1. */
  axis?: number;
  /** Divides the logits (raises probabilities to 1 / temperature): below 1 sharper, above 1 flatter. 0 takes the most probable. Default 1. */
  temperature?: number;
  /** Only the so many most probable categories are drawn; of equals the first. */
  topK?: number;
  /** Only the fewest most probable categories, after temperature and topK, that make up this share of the probability. */
  topP?: number;
}

type Own = With<CategoricalOptions>;

const OPTIONS = ['input', 'axis', 'temperature', 'topK', 'topP', 'rng', 'dtype', 'out', 'size'] as const;
const INPUTS = ['logits', 'probs'] as const;
const TAKES = 'an NDArray of float32 or float64, a Float32Array, a Float64Array or nested arrays of numbers';

/** Draws a generator makes at a time, at least: 8 MB. */
const DRAWS = 2 ** 20;

/** The logits or probabilities given, as they are; nested arrays as float64. */
function toValues(name: string, x: unknown): { data: Float32Array | Float64Array; shape: readonly number[] } {
  let found: NDArray;
  if (x instanceof NDArray) found = x;
  else if (dtypeOf(x) === 'float32' || dtypeOf(x) === 'float64') return { data: x as Float32Array, shape: [(x as Float32Array).length] };
  else if (Array.isArray(x)) {
    try {
      found = array(x as Nested<number>);
    } catch (error) {
      const { constructor, message } = error as Error;
      throw new (constructor as ErrorConstructor)(message.replace(/^values/, name));
    }
  } else throw typeError(name, x, TAKES);
  if (!isFloatDType(found.dtype)) throw typeError(name, x, TAKES);
  if (found.ndim === 0) throw rangeError(name, x, 'at least one dimension');
  return found as NDArray<FloatDType>;
}

function temperatureOption({ temperature }: Options): number {
  if (temperature === undefined) return 1;
  if (typeof temperature !== 'number') throw typeError('temperature', temperature, 'a finite number of at least 0');
  if (!(temperature >= 0 && temperature < Infinity)) throw rangeError('temperature', temperature, 'a finite number of at least 0');
  return temperature;
}

/** The most categories that are kept. */
function topKOption({ topK }: Options): number {
  if (topK === undefined) return Infinity;
  if (typeof topK !== 'number') throw typeError('topK', topK, 'an integer of at least 1');
  if (!(Number.isSafeInteger(topK) && topK >= 1)) throw rangeError('topK', topK, 'an integer of at least 1');
  return topK;
}

/** The share of the probability that is kept. */
function topPOption({ topP }: Options): number {
  if (topP === undefined) return 1;
  if (typeof topP !== 'number') throw typeError('topP', topP, 'a number in (0, 1]');
  if (!(topP > 0 && topP <= 1)) throw rangeError('topP', topP, 'a number in (0, 1]');
  return topP;
}

/** The greatest category number a dtype holds with all below it. */
function mostIndex(dtype: IndexDType): number {
  if (dtype === 'float32') return 2 ** 24;
  return dtype === 'float64' ? Number.MAX_SAFE_INTEGER : Number(integerLimits(dtype)[1]);
}

/** A square of so many rows and elements is copied at a time: it stays in the L1 cache. */
const TILE = 32;

/** A copy with the axis of `length` elements, `inner` apart, as the last one. */
function axisLast(data: Float32Array | Float64Array, length: number, inner: number): Float32Array | Float64Array {
  const moved = allocate(data.BYTES_PER_ELEMENT === 4 ? 'float32' : 'float64', data.length, 'axis');
  for (let outer = 0; outer < data.length; outer += length * inner) {
    for (let first = 0; first < inner; first += TILE) {
      const end = Math.min(first + TILE, inner);
      for (let begin = 0; begin < length; begin += TILE) {
        const stop = Math.min(begin + TILE, length);
        for (let i = first; i < end; i++) {
          for (let k = begin, to = outer + i * length, from = outer + i; k < stop; k++) moved[to + k] = data[from + k * inner];
        }
      }
    }
  }
  return moved;
}

/** Names element k of a row, or with ':' the row, by its index in the array given: `logits[3, 17]`. */
function namer(name: string, batch: readonly number[], axis: number): (row: number, k: number | ':') => string {
  return (row, k) => {
    if (batch.length === 0 && k === ':') return name;
    const index: (number | ':')[] = stridesOf(batch).map((stride, i) => Math.floor(row / stride) % batch[i]);
    index.splice(axis, 0, k);
    return `${name}[${index.join(', ')}]`;
  };
}

/** Draws `times` categories a row, in C order of (times, rows), to `target`. */
function draw({ bitGenerator }: Generator, batch: Batch, target: TypedArray, wide: boolean, times: number): void {
  const { rows, length } = batch, most = Math.max(1, Math.floor(Math.max(DRAWS, rows * length) / rows));
  const room = Math.min(times, most) * rows, uniforms = new Float64Array(room), drawn = new Uint32Array(room);
  const into = target as unknown as { [i: number]: unknown; set(from: Uint32Array, at: number): void };
  for (let done = 0; done < times; done += most) {
    const now = Math.min(times - done, most), n = now * rows, at = done * rows;
    const whole = n === room;
    if (n === 1) uniforms[0] = bitGenerator.nextDouble();
    else fillArray(bitGenerator, unitKernel('float64'), whole ? uniforms : uniforms.subarray(0, n));
    batch.draw({ uniforms, drawn, step: rows, times: now });
    if (wide) for (let i = 0; i < n; i++) into[at + i] = BigInt(drawn[i]);
    else into.set(whole ? drawn : drawn.subarray(0, n), at);
  }
}

/**
 * Draws category numbers from the softmax of logits, or by probabilities: one for every row of a batch, or `size` of them. The result's shape is
 * that of the logits without `axis`, `size` before it; one row without a size gives a plain number (`size: []` an NDArray of whatever there is).
 *
 * One float64 uniform (two words) a draw, in the order of the result, whatever the options; the category is the first whose cumulative weight is
 * above the uniform times the sum of weights, all in float64: logits of float32 draw what the same numbers in float64 draw. Categories of logit
 * −Infinity or probability 0 are never drawn. `temperature: 0` takes the most probable, of equals the first. Top-k keeps exactly k; top-p is the
 * nucleus of Holtzman et al., "The curious case of neural text degeneration" (2020), the category that crosses the threshold included.
 *
 * @param x logits or probabilities: an NDArray of float32 or float64 of at least one dimension, a typed array of them, or nested arrays of numbers
 * @param size draws a row, a number or a shape; none for one
 * @param options input 'logits' (default) or 'probs'; axis (default −1); temperature (default 1); topK; topP; rng; dtype int32 (default) or any
 *   number dtype that holds the category numbers; out
 * @throws RangeError for NaN or +Infinity, a row of −Infinity alone, no categories, probabilities that are negative or do not sum to 1 (NumPy's
 *   tolerance), a dtype too small, an option out of range; TypeError for the wrong kind. Nothing is drawn or written then
 * @example
 * const logits = array([[0, 1, 2], [5, -Infinity, 5]], 'float32');
 * const tokens = categorical(logits, { temperature: 0.8, topK: 50, topP: 0.95, rng: defaultRng(42) });
 * categorical(logits, { temperature: 0 }); // array([2, 0], dtype=int32)
 * categorical(logits, [4, 5]).shape; // [4, 5, 2]
 */
export function categorical(x: Row, ...rest: SingleAs<BigIntDType, Own>): bigint;
export function categorical<D extends Exclude<IndexDType, BigIntDType> = 'int32'>(x: Row, ...rest: Single<D, Own>): number;
export function categorical<D extends IndexDType = 'int32'>(x: NDArray<FloatDType>, ...rest: Single<D, Own>): ScalarOf<D> | NDArray<D>;
export function categorical<D extends IndexDType = 'int32'>(x: readonly Nested<number>[], ...rest: Single<D, Own>): NDArray<D>;
export function categorical<D extends IndexDType = 'int32'>(x: Values, ...rest: Sized<D, Own>): NDArray<D>;
export function categorical<O extends OutOf<IndexDType>>(x: Values, ...rest: Into<O, Own>): NDArray<DTypeOf<O>>;
export function categorical(x: unknown, size?: unknown, options?: unknown): number | bigint | NDArray {
  [size, options] = align([size, options]);
  const known = checkOptions(options, OPTIONS), rng = rngOption(known);
  const input = nameOption('input', known.input, INPUTS, 'logits'), values = toValues(input, x), { shape } = values;
  const axis = known.axis === undefined ? shape.length - 1 : toAxis(known.axis, shape.length), length = shape[axis];
  const temperature = temperatureOption(known), topK = topKOption(known), topP = topPOption(known);
  if (length === 0) throw rangeError(input, x, 'at least one category');

  const batch = shape.filter((_, i) => i !== axis), rows = sizeOf(batch), wanted = sizeArgument(size, known);
  const wantedShape = wanted === undefined ? (batch.length > 0 ? batch : undefined) : [...toShape(wanted), ...batch];
  const shapeName = wanted === undefined ? 'the batch' : 'size and batch';
  const target = toTarget<IndexDType>(wantedShape, { dtype: known.dtype, out: known.out }, numberDTypes, 'int32', shapeName);
  if (length - 1 > mostIndex(target.dtype)) throw rangeError('dtype', target.dtype, `a dtype that holds ${length - 1}, the last category`);

  const inner = sizeOf(shape.slice(axis + 1));
  let { data } = values;
  if (inner > 1) data = axisLast(data, length, inner);
  else if (data.buffer === target.data.buffer) data = data.slice(); // rows are read after the first draws are written
  const prepared = prepare({ data, rows, length, input, temperature, topK, topP, times: target.data.length / rows, name: namer(input, batch, axis) });
  if (target.data.length > 0) draw(rng, prepared, target.data, isBigIntDType(target.dtype), target.data.length / rows);
  return toResult(target) as number | bigint | NDArray;
}
