/**
 * The engine: one WebAssembly instance a thread, its binary inlined (nn/engine.ts adds one that stands in the same memory). Its memory is
 * fixed, so the views made here are never detached. A generator is *resident* while its state stands in the engine's memory; whoever draws
 * next puts it away.
 */
import { instantiateSync } from '@assemblyscript/loader';
import compile from '../build/release.wasm';
import { constructorOf, dtypes, type DTypeArrays } from './dtype.ts';
import { compiled } from './init.ts';

/** The exports of assembly/index.ts. */
type Exports = {
  memory: WebAssembly.Memory;
  stateAt(): number;
  rawAt(): number;
  rawWords(): number;
  outAt(): number;
  outBytes(): number;
  select(id: number): void;
  refill(words: number): void;
  refill32(words: number): void;
  advance(low: bigint, high: bigint): void;
  ahead(words: number): number;
  rewind(words: number): void;
  fillUniform32(n: number): void;
  fillUniform64(n: number): void;
  affine32(n: number, scale: number, offset: number, most: number): void;
  affine64(n: number, scale: number, offset: number, most: number): void;
  affineEach32(n: number): void;
  affineEach64(n: number): void;
  fillNormal32(n: number): void;
  fillNormal64(n: number): void;
  normalPair64(w0: number, w1: number, w2: number, w3: number): void;
  fillBernoulli8(n: number, p: number): void;
  fillBernoulli32(n: number, p: number): void;
  fillBernoulliEach(n: number): void;
  setRange(first: bigint, values: bigint): void;
  fillBounded(n: number, bytes: number): void;
  fillBoundedEach(n: number, words: number, bytes: number, reals: boolean): void;
  setBounds(first: bigint, top: bigint, bits: number, masked: boolean): void;
  fillIntegers(n: number, bits: number, form: number): void;
  fillPositive(n: number): void;
  fillIntegersEach(n: number, bits: number, form: number, masked: boolean, reals: boolean, again: boolean): void;
  fillExponential64(n: number): void;
  setSeries(from: number, to: number, masked: boolean): void;
  fillSeries(n: number, wide: boolean): void;
  fillProduct(rows: number, inner: number, columns: number): void;
  setIndices(first: number, change: number): void;
  fillIndices(n: number): void;
  mostThresholds(): number;
  setThreshold(i: number, cumulative: number): void;
  fillCategories(n: number, thresholds: number): void;
  fillSearched(n: number, thresholds: number): void;
  fillAliasDraws(n: number, columns: number): void;
  zigguratNormal32(n: number): void;
  zigguratNormal64(n: number): void;
  zigguratExponential32(n: number): void;
  zigguratExponential64(n: number): void;
  inverseExponential32(n: number): void;
  inverseExponential64(n: number): void;
  setLegacy(on: boolean): void;
  gaussAt(): number;
  fillLaplace(n: number, each: boolean): void;
  fillBetween(n: number, each: boolean): void;
  fillStandardNormal(n: number): void;
  fillStandardExponential(n: number): void;
  fillGumbel(n: number, each: boolean): void;
  fillLocatedNormal(n: number, each: boolean): void;
  fillLogistic(n: number, each: boolean): void;
  fillLognormal(n: number, each: boolean): void;
  fillTriangular(n: number, each: boolean): void;
  fillPareto(n: number, each: boolean): void;
  fillPower(n: number, each: boolean): void;
  fillRayleigh(n: number, each: boolean): void;
  fillScaledExponential(n: number, each: boolean): void;
  fillWeibull(n: number, each: boolean): void;
  fillBeta(n: number, each: boolean): void;
  fillCauchy(n: number, each: boolean): void;
  fillChiSquare(n: number, each: boolean): void;
  fillF(n: number, each: boolean): void;
  fillGamma(n: number, each: boolean): void;
  fillNoncentralChiSquare(n: number, each: boolean): void;
  fillNoncentralF(n: number, each: boolean): void;
  fillStandardGamma(n: number, each: boolean): void;
  fillStudentT(n: number, each: boolean): void;
  fillWald(n: number, each: boolean): void;
  fillStandardGamma32(n: number, each: boolean): void;
  fillRows(rows: number, k: number): void;
  fillVonMises(n: number, each: boolean): void;
  fillGeometric(n: number, each: boolean, form: number): void;
  fillExactBinomial(n: number, each: boolean, form: number): void;
  fillBinomial(n: number, each: boolean, form: number): void;
  fillMultinomial(n: number, each: boolean, form: number): void;
  setCategories(n: number): void;
  fillPoisson(n: number, each: boolean, form: number): void;
  fillNegativeBinomial(n: number, each: boolean, form: number): void;
  fillZipf(n: number, each: boolean, form: number): void;
  fillLogSeries(n: number, each: boolean, form: number): void;
  fillHypergeometric(n: number, each: boolean, form: number): void;
  fillMarginals(n: number, each: boolean, form: number): void;
  setColours(n: number, sample: number, total: number): void;
};

/** Whatever has a state that can stand in the engine's memory. */
export interface Resident {
  /** Which bit generator it is, as assembly/raw.ts's refill numbers them. */
  readonly id: number;
  /** Copies its state into the engine's memory. */
  load(): void;
  /** Copies it back out. */
  save(): void;
}

/** @internal An instance of a binary: its own exports, as the loader's wrap every call to count its arguments (measured: 20 ns a call). */
export function instantiate<E>(module: () => WebAssembly.Module, imports: WebAssembly.Imports): E {
  try {
    return instantiateSync(module(), imports).instance.exports as E;
  } catch (cause) {
    const where = 'Chrome 114, Firefox 89, Safari 16.4 or newer; where bytes may not be compiled, ndrand/init takes modules';
    throw new Error(`ndrand needs WebAssembly SIMD and synchronous compilation: ${where}`, { cause });
  }
}

/** @internal The engine's functions. */
export const kernels = instantiate<Exports>(() => compiled('engine', compile), {});
const buffer = kernels.memory.buffer as ArrayBuffer;

/** Words in a full raw block. */
export const RAW_WORDS = kernels.rawWords();

/** Bytes in a full output block. */
export const OUT_BYTES = kernels.outBytes();

/** The resident generator's state, as its file in assembly/bitgen/ lays it out: low halves first. */
export const state = new Uint32Array(buffer, kernels.stateAt(), 628);

/** The raw block. */
export const raw = new Uint32Array(buffer, kernels.rawAt(), RAW_WORDS);

/** The output block, as each kernel writes it. */
export const out = Object.fromEntries(dtypes.map(dtype => {
  const View = constructorOf(dtype);
  return [dtype, new View(buffer, kernels.outAt(), OUT_BYTES / View.BYTES_PER_ELEMENT)];
})) as unknown as DTypeArrays;

/** The bytes of the engine's memory: constant. */
export const memoryBytes = buffer.byteLength;

let resident: Resident | undefined;

/** Makes `next` the resident generator; the one before is put away. */
export function reside(next: Resident): void {
  if (resident === next) return;
  resident?.save();
  resident = next;
  next.load();
  kernels.select(next.id);
}

/** Takes `generator` off the engine without saving it: its state is about to be replaced. */
export function evict(generator: Resident): void {
  if (resident === generator) resident = undefined;
}
