/**
 * ndrand: random numbers for n-dimensional arrays.
 *
 *   seed ──SeedSequence──▶ state ──refill──▶ raw block ──transform──▶ output block ──copy──▶ typed array ──▶ NDArray
 *          seedSequence    pcg32   ········ linear memory (assembly/) ········        fill                ndarray
 *
 * generator.ts has the methods, arguments.ts reads what they are given, kernels.ts turns that into a kernel of the engine,
 * fill.ts runs it. choice.ts and shuffle.ts stand on index streams.
 *
 * Generator inherits: drawing ◀ continuous ◀ discrete ◀ generator. distributions.ts (counts.ts) has the table of laws: parameters, rules, kernel; affine.ts moves
 * uniforms and normals; dirichlet.ts, multivariateCounts.ts, multivariateNormal.ts (linalg.ts, lapack.ts) make rows; legacy*.ts are RandomState's.
 * wide.ts is what NumPy's 64-bit generators share.
 *
 * slice.ts draws parts of fills, by a bit generator that stands in (standIn.ts); elsewhere.ts is what functions take in a generator's place.
 *
 * nn/, numpy/ and parallel/ are other entries, `ndrand/nn`, `ndrand/numpy`, `ndrand/parallel`; init.ts, `ndrand/init`, comes before all.
 */
import './engine.ts'; // first: with the binary in front, the rest of the bundle stays within gzip's window (measured: 0.5 KB)

export { SeedSequence } from './seedSequence.ts';
export type { Entropy, SeedSequenceJSON, SeedSequenceOptions } from './seedSequence.ts';
export { BitGenerator } from './bitGenerator.ts';
export type { BitGeneratorJSON, BitGeneratorState, Phase, PhaseKind, Seed } from './bitGenerator.ts';
export { PCG32, PCG32DXSM } from './pcg32.ts';
export { PCG64, PCG64DXSM } from './pcg64.ts';
export { SFC64 } from './sfc64.ts';
export { Philox } from './philox.ts';
export { MT19937 } from './mt19937.ts';
export type { PCG32State } from './pcg32.ts';
export { defaultRng, Generator } from './generator.ts';
export { bernoulli, binomial, choice, normal, permutation, rand, randint, randn, random, seed, shuffle, standardNormal, uniform } from './random.ts';
export { array, NDArray } from './ndarray.ts';
export type { Slice } from './slice.ts';
export type { DataOf, DType, FloatDType, IntDType, ScalarOf, TypedArray } from './dtype.ts';
export type { ChoiceOptions, Population } from './choice.ts';
export type { Size } from './shape.ts';
