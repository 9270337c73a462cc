/** What the tests of masks and dropout compare with: the definition in BigInts (reference.ts), and plain loops. */
import { expect } from 'vitest';
import type { FloatDType, TypedArray } from '../src/dtype.ts';
import { Generator } from '../src/generator.ts';
import { NDArray } from '../src/ndarray.ts';
import { dropout } from '../src/nn/dropout.ts';
import { dropoutMask, unpackMask } from '../src/nn/mask.ts';
import { classes } from './draws.ts';
import * as plain from './reference.ts';
import type { Name } from './reference.ts';

const [INITIAL, STREAM] = [0x853c49e6748fea9bn, 0xda3e39cb94b95bdbn];
/** A generator and its definition, at the same word. */
export const placed = (name: Name) => new Generator(classes[name].fromState(INITIAL, STREAM));
export const definition = (name: Name) => new plain.Pcg(name, INITIAL, STREAM);

/** Probabilities at every kind of edge: of no bit, of eight bits, a little beside those, with digits to the end of a double. */
export const KEEPS = [
  0, 1, 0.5, 1 / 256, (1 + 2 ** -52) / 256, (1 - 2 ** -53) / 256, 255 / 256, 255 / 256 + 2 ** -53, 255.5 / 256, 0.1, 0.3, 0.9, 1 / 3, 1 - 2 ** -53,
    2 ** -9, 2 ** -53, 2 ** -64, 1e-39, 1e-300, 2 ** -1022, 2 ** -1074,
];

export type Floats = Float32Array | Float64Array;
export const floatsOf = { float32: Float32Array, float64: Float64Array };
export const floatDTypes: FloatDType[] = ['float32', 'float64'];

const bytesOf = (data: ArrayBufferView) => Buffer.from(data.buffer, data.byteOffset, data.byteLength);

/** Equality of bytes, that of floats but for the payload of a NaN; what differs is said by place. */
export function expectSame(found: ArrayBufferView, expected: ArrayBufferView, label: unknown): void {
  expect(found.constructor.name).toBe(expected.constructor.name);
  expect((found as TypedArray).length).toBe((expected as TypedArray).length);
  if (bytesOf(found).equals(bytesOf(expected))) return;
  const a = found as TypedArray, b = expected as TypedArray;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) expect.fail(`${label}: element ${i} of ${a.length} is ${a[i]}, not ${b[i]}`);
}

/** Inverted dropout by a mask: one loop. */
export function plainDropout<A extends Floats>(x: A, mask: ArrayLike<number>, keep: number): A {
  const result = x.slice() as A, scale = x instanceof Float32Array ? Math.fround(1 / keep) : 1 / keep;
  for (let i = 0; i < x.length; i++) result[i] = mask[i] === 0 ? 0 : x[i] * scale;
  return result;
}

/** A mask as bits: element i is bit i mod 8 of byte ⌊i / 8⌋. */
export function plainBits(mask: ArrayLike<number>): Uint8Array {
  const bits = new Uint8Array(Math.ceil(mask.length / 8));
  for (let i = 0; i < mask.length; i++) bits[i >> 3] |= mask[i] << (i & 7);
  return bits;
}

/** Numbers of any size and sign, with all that is special among them. */
export function activations<D extends FloatDType>(n: number, dtype: D, seed = 1): (typeof floatsOf)[D]['prototype'] {
  const rng = new Generator(new classes.PCG32(seed)), x = rng.standardNormal(n, { dtype }).data as Floats;
  const special = [NaN, Infinity, -Infinity, -0, 0, 5e-324, -5e-324, 1e-45, -1e-45, 2 ** -126, 2 ** -149 * 3, 2 ** -1022, 3.4028234663852886e38,
    1.7976931348623157e308, -1.7976931348623157e308, 1 / 3, 1e-320];
  const which = rng.integers(0, 4 * special.length, n).data;
  for (let i = 0; i < n; i++) if (which[i] < special.length) x[i] = special[which[i]];
  return x;
}

/** Ways to draw n elements of one and the same mask, each given as bytes of 0 and 1. */
export const forms: { label: string; draw(rng: Generator, keep: number, n: number): ArrayLike<number> }[] = [
  { label: 'uint8', draw: (rng, keep, n) => dropoutMask(n, { keep, rng }).data },
  { label: 'rate', draw: (rng, keep, n) => dropoutMask(n, 1 - (1 - keep) === keep ? { rate: 1 - keep, rng } : { keep, rng }).data },
  { label: 'float32', draw: (rng, keep, n) => dropoutMask(n, { keep, rng, dtype: 'float32' }).data },
  { label: 'scaled', draw: (rng, keep, n) => dropoutMask(n, { keep, rng, dtype: 'float32', scaled: true }).data.map(Math.sign) },
  { label: 'bits', draw: (rng, keep, n) => unpackMask(dropoutMask(n, { keep, rng, dtype: 'bits' }), n).data },
  { label: 'bits as float32', draw: (rng, keep, n) => unpackMask(dropoutMask([1, n], { keep, rng, dtype: 'bits' }), [n, 1], { dtype: 'float32' }).data },
  { label: 'dropout float32', draw: (rng, keep, n) => dropout(new Float32Array(n).fill(1), { keep, rng }).data.map(Math.sign) },
  { label: 'dropout float64', draw: (rng, keep, n) => dropout(new Float64Array(n).fill(1), { keep, rng }).data.map(Math.sign) },
  { label: 'dropout in place', draw: (rng, keep, n) => { const x = new Float32Array(n).fill(1); dropout(x,
    { keep, rng, out: x }); return x.map(Math.sign); } },
  { label: 'dropout by rows', draw: (rng, keep, n) => dropout(new NDArray(new Float64Array(2 * n).fill(1), [n, 2], 'float64'),
    { keep, rng, noiseShape: [n, 1] }).data.filter((_, i) => i % 2 === 0).map(Math.sign) },
  { label: 'bernoulli', draw: (rng, keep, n) => rng.bernoulli(keep, n).data },
  { label: 'bernoulli float32', draw: (rng, keep, n) => rng.bernoulli(keep, n, { dtype: 'float32' }).data },
  { label: 'bernoulli of an array', draw: (rng, keep, n) => rng.bernoulli(new Float64Array(n).fill(keep)).data },
  { label: 'bernoulli of an array, spread', draw: (rng, keep, n) => rng.bernoulli([keep], n, { dtype: 'bool' }).data },
  { label: 'binomial', draw: (rng, keep, n) => rng.binomial(1, keep, n).data },
  { label: 'one by one', draw: (rng, keep, n) => Array.from({ length: n }, () => rng.bernoulli(keep)) },
];
