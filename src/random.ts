/** The module-level functions: one shared generator, from entropy until `seed` is called. */
import type { NDArray } from './ndarray.ts';
import { defaultRng, type Generator } from './generator.ts';
import type { Seed } from './bitGenerator.ts';
import { toShape } from './shape.ts';

let shared: Generator = defaultRng();

/** @internal The generator that `seed` seeds, as it is now. */
export function sharedGenerator(): Generator {
  return shared;
}

/**
 * Seeds the shared generator: what the module-level functions give from here on repeats. Without a seed, from entropy.
 *
 * @throws TypeError or RangeError that names the seed; the generator then stays as it was
 * @example
 * seed(1111);
 * randint(0, 10); // the same on every run
 */
export function seed(value?: Seed | null): void {
  shared = defaultRng(value);
}

/** `rand(d0, d1, …)`: float64 uniforms in [0, 1) of that shape; a number without dimensions. @example rand(2, 3).shape; // [2, 3] */
export function rand(): number;
export function rand(...dims: [number, ...number[]]): NDArray<'float64'>;
export function rand(...dims: number[]): number | NDArray<'float64'>;
export function rand(...dims: number[]): number | NDArray<'float64'> {
  return dims.length === 0 ? shared.random() : shared.random(toShape(dims, 'dims'));
}

/** `randn(d0, d1, …)`: float64 standard normals of that shape; a number without dimensions. @example randn(784, 256).mul(0.01); */
export function randn(): number;
export function randn(...dims: [number, ...number[]]): NDArray<'float64'>;
export function randn(...dims: number[]): number | NDArray<'float64'>;
export function randn(...dims: number[]): number | NDArray<'float64'> {
  return dims.length === 0 ? shared.standardNormal() : shared.standardNormal(toShape(dims, 'dims'));
}

type Call = (...args: never[]) => unknown;

/** The shared generator's method, whichever generator is shared when it is called. */
function method<M extends keyof Generator>(name: M): Generator[M] {
  return ((a: never, b: never, c: never, d: never) => (shared[name] as Call)(a, b, c, d)) as Generator[M];
}

/** Integers in [low, high), or [0, low) without a high: `Generator.integers` of the shared generator. @example randint(0, 10, [2, 3]).shape; // [2, 3] */
export const randint = method('integers');
/** `Generator.random` of the shared generator. */
export const random = method('random');
/** `Generator.uniform` of the shared generator. */
export const uniform = method('uniform');
/** `Generator.normal` of the shared generator. */
export const normal = method('normal');
/** `Generator.standardNormal` of the shared generator. */
export const standardNormal = method('standardNormal');
/** `Generator.bernoulli` of the shared generator. */
export const bernoulli = method('bernoulli');
/** `Generator.binomial` of the shared generator. */
export const binomial = method('binomial');
/** `Generator.choice` of the shared generator. */
export const choice = method('choice');
/** `Generator.permutation` of the shared generator. */
export const permutation = method('permutation');
/** `Generator.shuffle` of the shared generator. */
export const shuffle = method('shuffle');
