/** Every draw of a Generator in one form, for properties that all of them have. */
import { constructorOf, type DataOf, type DType, type TypedArray } from '../src/dtype.ts';
import { Generator } from '../src/generator.ts';
import type { NDArray } from '../src/ndarray.ts';
import { PCG32, PCG32DXSM } from '../src/pcg32.ts';
import type { Name } from './reference.ts';

export type LCG = PCG32 | PCG32DXSM;
export const classes = { PCG32DXSM, PCG32 };
export const names: Name[] = ['PCG32DXSM', 'PCG32'];
export const lcg = (rng: Generator) => rng.bitGenerator as LCG;
export const start = (name: Name, seed: number | bigint = 1) => new Generator(new classes[name](seed));
/** Another generator at the same point, by way of JSON text. */
export const again = (rng: Generator) => new Generator(classes[lcg(rng).name as Name].fromJSON(JSON.parse(JSON.stringify(lcg(rng)))));
export const stateOf = (rng: Generator) => JSON.stringify(lcg(rng).state);
export const hexOf = (data: ArrayBufferView) => Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex');

type Options = { dtype?: never; out?: never };

export interface Draw {
  label: string;
  dtype: DType;
  /** A number of elements, as an array. */
  fill(rng: Generator, n: number): TypedArray;
  /** One, without a size. */
  one(rng: Generator): number | bigint | boolean;
  /** Into what is there; absent where the method has no `out`. */
  into?(rng: Generator, out: unknown): NDArray;
  /** Words a unit takes, and its elements and phase; absent where only the values drawn decide. */
  unit?: { words: number; elements: number; kind: string | null };
}

const single = (words: number) => ({ words, elements: 1, kind: null });
const pair = (words: number) => ({ words, elements: 2, kind: words === 2 ? 'normal32' : 'normal64' });
const mask = { words: 1, elements: 4, kind: 'bernoulli' };

/** A draw from a method called as `call(rng, size, options)`; `bare` is without either. */
function draw(label: string, dtype: DType, unit: Draw['unit'], call: (rng: Generator, size: number | undefined, options: Options) => unknown, bare?: (rng: Generator) => unknown): Draw {
  const as = { dtype } as unknown as Options;
  return {
    label: `${label} ${dtype}`,
    dtype,
    unit,
    fill: (rng, n) => (call(rng, n, as) as NDArray).data as TypedArray,
    one: rng => (bare ? bare(rng) : call(rng, undefined, as)) as number,
    into: (rng, out) => call(rng, undefined, (dtype === 'bool' ? { out, dtype } : { out }) as unknown as Options) as NDArray,
  };
}

const kinds = ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64'] as const;
const many = Array.from({ length: 40 }, (_, i) => (i + 1) / 820);

/** The bulk methods: fixed words an element. */
export const bulk: Draw[] = [
  draw('random', 'float32', single(1), (rng, size, options) => rng.random(size!, options)),
  draw('random', 'float64', single(2), (rng, size, options) => rng.random(size!, options), rng => rng.random()),
  draw('uniform', 'float32', single(1), (rng, size, options) => rng.uniform(-3, 0.7, size!, options)),
  draw('uniform', 'float64', single(2), (rng, size, options) => rng.uniform(-3, 0.7, size!, options), rng => rng.uniform(-3, 0.7)),
  draw('standardNormal', 'float32', pair(2), (rng, size, options) => rng.standardNormal(size!, options)),
  draw('standardNormal', 'float64', pair(4), (rng, size, options) => rng.standardNormal(size!, options), rng => rng.standardNormal()),
  draw('normal', 'float32', pair(2), (rng, size, options) => rng.normal(5, 0.1, size!, options)),
  draw('normal', 'float64', pair(4), (rng, size, options) => rng.normal(5, 0.1, size!, options), rng => rng.normal(5, 0.1)),
  draw('bernoulli', 'uint8', mask, (rng, size, options) => rng.bernoulli(0.3, size!, options), rng => rng.bernoulli(0.3)),
  draw('bernoulli', 'bool', mask, (rng, size, options) => rng.bernoulli(0.9, size!, options)),
  draw('bernoulli', 'float32', mask, (rng, size, options) => rng.bernoulli(1 / 3, size!, options)),
  ...kinds.map(dtype => draw('integers', dtype, single(1), (rng, size, options) => rng.integers(1, 101, size!, options), dtype === 'int32' ? rng => rng.integers(1, 101) : undefined)),
  // of 257 words one is rejected
  draw('often rejected integers', 'int32', single(1), (rng, size, options) => rng.integers(16711936, undefined, size!, options), rng => rng.integers(16711936)),
  ...(['int32', 'uint32', 'int64', 'uint64'] as const).map(dtype => draw('wide integers', dtype, single(2), (rng, size, options) => rng.integers(5, 2e9, size!, options))),
  draw('all integers', 'uint64', single(2), (rng, size, options) => rng.integers(0, 2n ** 64n, size!, options)),
  draw('half of all integers', 'int64', single(2), (rng, size, options) => rng.integers(-(2n ** 62n), 2n ** 62n + 1n, size!, options)),
  draw('binomial(1)', 'int32', mask, (rng, size, options) => rng.binomial(1, 0.3, size!, options), rng => rng.binomial(1, 0.3)),
  {
    label: 'randomRaw', dtype: 'uint32', unit: single(1),
    fill: (rng, n) => rng.bitGenerator.randomRaw(n).data,
    one: rng => rng.bitGenerator.randomRaw(),
  },
];

/** Others whose elements follow one another: split like the bulk methods. */
export const serial: Draw[] = [
  draw('binomial by inversion', 'int32', undefined, (rng, size, options) => rng.binomial(20, 0.1, size!, options)),
  draw('binomial by rejection', 'int64', undefined, (rng, size, options) => rng.binomial(1000, 0.7, size!, options)),
  draw('binomial past int32', 'float64', undefined, (rng, size, options) => rng.binomial(2 ** 40, 0.4, size!, options)),
  ...([['choice', 10, undefined], ['choice with p', 3, [0.2, 0.5, 0.3]], ['choice with many p', 40, many]] as const).map(([label, count, p]): Draw => ({
    label, dtype: 'int32',
    fill: (rng, n) => rng.choice(count, n, { p }).data,
    one: rng => rng.choice(count, { p }),
  })),
];

/** A draw's plain value as an element of its typed array. */
export function toData(dtype: DType, values: (number | bigint | boolean)[]): TypedArray {
  const data = new (constructorOf(dtype))(values.length) as { [i: number]: unknown };
  values.forEach((value, i) => { data[i] = typeof value === 'boolean' ? Number(value) : value; });
  return data as DataOf<DType>;
}
