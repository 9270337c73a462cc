/** Dropout masks: bytes, float32, or bits; and how the probability of keeping is told. */
import { apartFrom, checkMemory, flag, toResult, toTarget, type Target } from '../arguments.ts';
import type { BitGenerator } from '../bitGenerator.ts';
import { checkOptions, checkProbability, type Options } from '../checks.ts';
import { dtypeOf, type DType } from '../dtype.ts';
import { out, OUT_BYTES } from '../engine.ts';
import { rangeError, show, typeError } from '../errors.ts';
import { drawBlocks, fillArray, type Kernel } from '../fill.ts';
import { affineKernel, bernoulliKernel } from '../kernels.ts';
import { NDArray } from '../ndarray.ts';
import { sizeOf, toShape, type Size } from '../shape.ts';
import { StandIn } from '../standIn.ts';
import { elsewhere, nameOption, rngOption, type InParallel, type With } from './arguments.ts';
import { input, MASK_ELEMENTS, nn } from './engine.ts';

/** The probability of keeping an element, or that of dropping it: exactly one of them, as half the world's p is the other half's 1 − p. */
export type KeepOrRate = { keep: number; rate?: undefined } | { rate: number; keep?: undefined };

/** Reads `keep` or `rate`, exactly one, as the probability of keeping. */
export function keepOption({ keep, rate }: Options): number {
  if (rate === undefined) return checkProbability('keep', keep === undefined ? refuseNeither() : keep) + 0; // no −0
  if (keep !== undefined) throw typeError('rate', rate, `nothing where keep is given (${show(keep)})`);
  return 1 - checkProbability('rate', rate);
}

function refuseNeither(): never {
  throw typeError('keep', undefined, 'a number in [0, 1], or rate in its place');
}

const MASKS = ['uint8', 'float32', 'bits'] as const;

/** Draws n elements of a mask as bits, the lowest of each byte first. */
function fillBits(generator: BitGenerator, keep: number, n: number, bits: Uint8Array): void {
  if (generator.isNumPy) {
    bits.fill(0);
    drawBlocks(generator, bernoulliKernel(keep, 'uint8', generator), n, (view, _, count, at) => {
      for (let i = 0; i < count; i++) bits[Math.floor((at + i) / 8)] |= (view[i] as number) << ((at + i) % 8);
    });
    return;
  }
  // whole bytes at once: a chunk that ends inside a word leaves the phase to the next
  const most = OUT_BYTES * 8 - 128;
  for (let done = 0; done < n; done += most) {
    const count = Math.min(most, n - done), skip = generator.resume('bernoulli', 1);
    nn.packedMask(skip + count, keep, skip);
    generator.leave('bernoulli', skip + count);
    bits.set(out.uint8.subarray(0, Math.ceil(count / 8)), done / 8);
  }
}

/** A float32 mask with 1 / keep for 1. */
export function scaledKernel(mask: Kernel, keep: number): Kernel {
  if (Number.isFinite(Math.fround(1 / keep))) return affineKernel(mask, { scale: 1 / keep, offset: 0, most: Infinity });
  // 0 · ∞ is no 0
  return {
    ...mask,
    recipe: ['scaled', mask.recipe, keep],
    run(n, at) {
      mask.run(n, at);
      for (let i = 0; i < n; i++) if (mask.view[i] !== 0) mask.view[i] = Infinity;
    },
  };
}

/** Reads the argument `name` as bytes. */
function toBytes(name: string, bits: unknown): Uint8Array {
  if ((bits instanceof NDArray ? bits.dtype : dtypeOf(bits)) !== 'uint8') throw typeError(name, bits, 'a Uint8Array or an NDArray of uint8');
  if (!(bits instanceof NDArray)) return bits as Uint8Array;
  checkMemory(name, bits);
  return bits.data as Uint8Array;
}

/** Where the bits of `shape` go: one dimension of bytes. */
function toBits(shape: unknown, options: Options): Target<'uint8'> & { elements: number } {
  const elements = sizeOf(toShape(shape, 'shape')), bytes = Math.ceil(elements / 8), { out: given } = options;
  if (given !== undefined) {
    const length = given instanceof NDArray ? given.size : dtypeOf(given) === 'uint8' ? (given as Uint8Array).length : undefined;
    if (length !== undefined && length !== bytes) throw rangeError('out', given, `${bytes} bytes, for ${elements} elements as bits`);
  }
  return { ...toTarget(given === undefined ? bytes : undefined, { out: given }, ['uint8'], 'uint8', 'shape'), elements };
}

/** The options of `dropoutMask`, beside `dtype` and `out`. */
export type MaskOptions = With<KeepOrRate>;

/**
 * A dropout mask: 1 where an element is kept, with probability `keep` exactly. With `dtype: 'float32'` and `scaled` the kept are
 * 1 / keep, so that the mask times x has x's mean; with `dtype: 'bits'` eight elements a byte, the lowest bit first
 * (`np.unpackbits(…, bitorder='little')`), the bits past the end 0: `unpackMask` gives the bytes.
 *
 * All three hold the same mask, that of the generator's `bernoulli(keep)`: an element takes 8 bits of the stream, and masks in two calls are the mask of one.
 *
 * @param shape the mask's shape; the result's too, but for bits: ⌈elements / 8⌉ bytes
 * @param options keep or rate, exactly one, in [0, 1]; dtype 'uint8' (default), 'float32' or 'bits'; scaled (float32 alone; default false); rng; out
 * @throws TypeError where both keep and rate are given, or neither; RangeError for one outside [0, 1], for `scaled` with another dtype, for an `out` of another size
 * @see Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", JMLR 15 (2014)
 * @example
 * dropoutMask([2, 8], { keep: 0.8, rng: defaultRng(42) }).shape; // [2, 8]
 */
export function dropoutMask(shape: Size, options: MaskOptions & { dtype?: 'uint8' | 'bits'; scaled?: false; out?: Uint8Array | NDArray<'uint8'> }): NDArray<'uint8'>;
export function dropoutMask(shape: Size, options: MaskOptions & { dtype: 'float32'; scaled?: boolean; out?: Float32Array | NDArray<'float32'> }): NDArray<'float32'>;
export function dropoutMask(shape: Size, options: MaskOptions & { dtype?: undefined; scaled?: boolean; out: Float32Array | NDArray<'float32'> }): NDArray<'float32'>;
export function dropoutMask(shape: Size, options: KeepOrRate & InParallel & { dtype?: 'uint8'; out?: Uint8Array | NDArray<'uint8'> }): Promise<NDArray<'uint8'>>;
export function dropoutMask(shape: Size, options: KeepOrRate & InParallel & { dtype: 'float32'; scaled?: boolean; out?: Float32Array | NDArray<'float32'> }): Promise<NDArray<'float32'>>;
export function dropoutMask(...args: [unknown, unknown]): unknown {
  return elsewhere(drawnMask, args);
}

function drawnMask(shape: unknown, given: unknown): NDArray {
  const options = checkOptions(given, ['keep', 'rate', 'dtype', 'scaled', 'rng', 'out']);
  const { bitGenerator } = rngOption(options), keep = keepOption(options), scaled = flag('scaled', options.scaled, false);
  if (shape === undefined) throw typeError('shape', shape, 'a non-negative integer or an array of them');
  if (options.dtype !== undefined && nameOption('dtype', options.dtype, MASKS, 'uint8') === 'bits') {
    if (bitGenerator instanceof StandIn) throw rangeError('dtype', 'bits', "'uint8' or 'float32' in slices and in parallel");
    if (scaled) throw rangeError('scaled', scaled, "false with dtype bits: 1 / keep takes 'float32'");
    const target = toBits(shape, options);
    fillBits(bitGenerator, keep, target.elements, target.data);
    return toResult(target) as NDArray;
  }
  const target = toTarget(shape, options, ['uint8', 'float32'], 'uint8', 'shape');
  if (scaled && target.dtype !== 'float32') throw rangeError('scaled', scaled, `false with dtype ${target.dtype}: 1 / keep takes 'float32'`);
  const mask = bernoulliKernel(keep, target.dtype, bitGenerator);
  fillArray(bitGenerator, scaled ? scaledKernel(mask, keep) : mask, target.data);
  return toResult(target as Target<DType>) as NDArray;
}

/**
 * The bytes (or float32) of 0 and 1 of a mask packed to bits.
 *
 * @param bits ⌈elements / 8⌉ bytes, as `dropoutMask` gives them with `dtype: 'bits'`
 * @param shape the mask's shape
 * @param options dtype 'uint8' (default) or 'float32'; out
 * @throws RangeError where the bytes are not as many as the shape needs
 * @example
 * const packed = dropoutMask(100, { keep: 0.5, dtype: 'bits', rng: defaultRng(1) });
 * packed.size; // 13
 * unpackMask(packed, [4, 25]).shape; // [4, 25]
 */
export function unpackMask(bits: Uint8Array | NDArray<'uint8'>, shape: Size, options?: { dtype?: 'uint8'; out?: Uint8Array | NDArray<'uint8'> }): NDArray<'uint8'>;
export function unpackMask(bits: Uint8Array | NDArray<'uint8'>, shape: Size, options: { dtype: 'float32'; out?: undefined } | { dtype?: 'float32'; out: Float32Array | NDArray<'float32'> }): NDArray<'float32'>;
export function unpackMask(bits: unknown, shape: unknown, given?: unknown): NDArray {
  const options = checkOptions(given, ['dtype', 'out']);
  const packed = toBytes('bits', bits);
  if (shape === undefined) throw typeError('shape', shape, 'a non-negative integer or an array of them');
  const elements = sizeOf(toShape(shape, 'shape'));
  if (packed.length !== Math.ceil(elements / 8)) throw rangeError('bits', bits, `${Math.ceil(elements / 8)} bytes, for ${elements} elements`);
  const target = toTarget(shape, options, ['uint8', 'float32'], 'uint8', 'shape');
  const bytes = apartFrom(target.data, packed);
  for (let done = 0; done < elements; done += MASK_ELEMENTS) {
    const count = Math.min(MASK_ELEMENTS, elements - done);
    input.uint8.set(bytes.subarray(done / 8, Math.ceil((done + count) / 8)));
    nn.unpackMask(count);
    target.data.set(out.uint8.subarray(0, count), done);
  }
  return toResult(target as Target<DType>) as NDArray;
}
