/** The binary of `ndrand/nn`: an instance beside the engine's, in its memory. */
import compile from '../../build/nn.wasm';
import { instantiate, kernels, memoryBytes } from '../engine.ts';
import { compiled } from '../init.ts';

/** The exports of assembly/nn/index.ts. */
type Exports = {
  inAt(): number;
  inElements(): number;
  dropout32(n: number, p: number): void;
  dropout64(n: number, p: number): void;
  packedMask(n: number, p: number, skip: number): void;
  unpackMask(n: number): void;
  qrBytes(rows: number, columns: number): number;
  qrBegin(at: number, rows: number, columns: number): number;
  qrRun(): void;
  qrMost(transposed: boolean): number;
  qrTake32(from: number, to: number, gain: number, transposed: boolean): number;
  qrTake64(from: number, to: number, gain: number, transposed: boolean): number;
  setTruncated(mean: number, std: number, low: number, high: number, least: number, most: number, single: boolean): void;
  fillTruncated32(n: number): void;
  fillTruncated64(n: number): void;
  greatestOf(from: number, n: number, form: number, opposite: boolean): number;
  blockSums(from: number, n: number, form: number, max: number, inverse: number): void;
  softmaxWeights(from: number, n: number, form: number, max: number, inverse: number, first: boolean): void;
  sketchSums(from: number, n: number, max: number, factor: number): void;
  powerOf(x: number): number;
  tallyAt(): number;
  tallyBins(): number;
  tallyTop(): number;
  tallyShift(): number;
  cumulativeWeights(from: number, n: number, form: number, max: number, inverse: number, before: number): number;
};

const { memory } = kernels;

// one module: a second instance has the code that the first one's calls have made fast
const module = (): WebAssembly.Module => compiled('nn', compile);

/** @internal Its functions. */
export const nn = instantiate<Exports>(module, { engine: kernels, env: { memory } });

/** Elements of a mask at once. */
export const MASK_ELEMENTS = nn.inElements();

const at = nn.inAt(), bytes = MASK_ELEMENTS * 4;

/** Where kernels find what they work on. */
export const input = {
  float32: new Float32Array(memory.buffer, at, bytes / 4),
  float64: new Float64Array(memory.buffer, at, bytes / 8),
  uint8: new Uint8Array(memory.buffer, at, bytes),
};

const PAGE = 65536;

/** The most bytes {@link separate} has: one page less than 4 GiB, so that no address past the end is 0, less what stands before. */
export const SEPARATE_BYTES = 65535 * PAGE - memoryBytes;

/** An instance for one job. */
export interface Separate {
  kernels: Exports;
  buffer: ArrayBuffer;
  /** Where the job's bytes are: zeros. */
  at: number;
}

/**
 * An instance on a memory of its own, to be dropped after use: for work on whole arrays, as the engine's memory stays as it is. null where
 * the platform has no such memory. What it imports of the engine still works on the engine's.
 */
export function separate(bytes: number): Separate | null {
  const pages = Math.ceil((memoryBytes + bytes) / PAGE);
  let own: WebAssembly.Memory;
  try {
    own = new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch {
    return null;
  }
  return { kernels: instantiate<Exports>(module, { engine: kernels, env: { memory: own } }), buffer: own.buffer as ArrayBuffer, at: memoryBytes };
}
/** The sums of weights by size, as the `weights` of a row leaves them: see `keepShare`. */
export const tally = { sums: new Float64Array(memory.buffer, nn.tallyAt(), nn.tallyBins()), top: nn.tallyTop(), shift: nn.tallyShift() };
