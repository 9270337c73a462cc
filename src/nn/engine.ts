/** The binary of `ndrand/nn`: an instance beside the engine's, in its memory. */
import compile from '../../build/nn.wasm';
import { instantiate, kernels } from '../engine.ts';

/** The exports of assembly/nn/index.ts. */
type Exports = {
  inAt(): number;
  inElements(): number;
  dropout32(n: number, p: number, scale: number): void;
  dropout64(n: number, p: number, scale: number): void;
  packedMask(n: number, p: number, skip: number): void;
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

/** @internal Its functions. */
export const nn = instantiate<Exports>(compile, { engine: kernels, env: { memory } });

const at = nn.inAt(), bytes = nn.inElements() * 4;

/** Where kernels find what they work on. */
export const input = {
  float32: new Float32Array(memory.buffer, at, bytes / 4),
  float64: new Float64Array(memory.buffer, at, bytes / 8),
};

/** The sums of weights by size, as the `weights` of a row leaves them: see `keepShare`. */
export const tally = { sums: new Float64Array(memory.buffer, nn.tallyAt(), nn.tallyBins()), top: nn.tallyTop(), shift: nn.tallyShift() };
