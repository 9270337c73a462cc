/** `categorical` by its definition, in plain numbers. */
import { expect } from 'vitest';
import type { FloatDType } from '../src/dtype.ts';
import type { NDArray } from '../src/ndarray.ts';
import { categorical, type CategoricalOptions } from '../src/nn/categorical.ts';
import { sizeOf } from '../src/shape.ts';
import { start, stateOf } from './draws.ts';

/** Normals of a generator of its own. */
export const normals = <D extends FloatDType = 'float64'>(shape: number[], dtype: D = 'float64' as D, sd = 1) => start('PCG32DXSM', 9).normal(0, sd, shape, { dtype });

/** Absolute normals over their sum. */
export function masses(length: number, dtype: FloatDType = 'float64'): number[] {
  const p = Array.from(normals([length], dtype).data, Math.abs), sum = p.reduce((a, b) => a + b);
  return p.map(v => v / sum);
}

/** Which of the values are kept: the k largest, then the nucleus, of equals the first. */
export function kept(values: readonly number[], weights: readonly number[], { topK = Infinity, topP = 1 }: CategoricalOptions): Set<number> {
  const order = values.map((_, i) => i).sort((a, b) => values[b] - values[a] || a - b).slice(0, topK);
  const total = order.reduce((sum, i) => sum + weights[i], 0);
  let sum = 0, n = 0;
  while (n < order.length && (topP === 1 || sum < topP * total)) sum += weights[order[n++]];
  return new Set(order.slice(0, n));
}

/** The probabilities of one row, as the documentation has them. */
export function probabilities(values: readonly number[], options: CategoricalOptions): number[] {
  const { input = 'logits', temperature = 1 } = options, most = Math.max(...values);
  if (temperature === 0) return values.map((_, i) => Number(i === values.indexOf(most)));
  const weights = values.map(v => (input === 'logits' ? Math.exp((v - most) / temperature) : temperature === 1 ? v : Math.exp(Math.log(v / most) / temperature)));
  const left = kept(values, weights, options);
  const total = weights.reduce((sum, w, i) => (left.has(i) ? sum + w : sum), 0);
  return weights.map((w, i) => (left.has(i) ? w / total : 0));
}

/** The first category with a cumulative probability above u. */
function invert(p: readonly number[], u: number): number {
  let sum = 0, last = 0;
  for (let i = 0; i < p.length; i++) {
    if (p[i] === 0) continue;
    last = i;
    sum += p[i];
    if (sum > u) return i;
  }
  return last;
}

/** What categorical gives, by the definition, in plain numbers. */
function reference(x: NDArray<FloatDType>, times: number, options: CategoricalOptions, u: ArrayLike<number>): number[] {
  const axis = ((options.axis ?? -1) + x.ndim) % x.ndim, length = x.shape[axis], inner = sizeOf(x.shape.slice(axis + 1)), rows = x.size / length;
  const all = Array.from({ length: rows }, (_, row) => {
    const first = Math.floor(row / inner) * length * inner + row % inner;
    return probabilities(Array.from({ length }, (_, k) => x.data[first + k * inner]), options);
  });
  return Array.from({ length: times * rows }, (_, i) => invert(all[i % rows], u[i]));
}

/** Draws, compares with the reference, and checks shape and generator. */
export function compare(x: NDArray<FloatDType>, size: number[] | undefined, options: CategoricalOptions = {}, seed = 5): void {
  const rng = start('PCG32DXSM', seed), other = start('PCG32DXSM', seed);
  const axis = ((options.axis ?? -1) + x.ndim) % x.ndim, shape = [...(size ?? []), ...x.shape.filter((_, i) => i !== axis)];
  const result = categorical(x, size!, { ...options, rng }) as NDArray<'int32'> | number;
  const u = other.random(sizeOf(shape)).data;
  if (typeof result === 'number') expect([result]).toEqual(reference(x, 1, options, u));
  else {
    expect(result.shape).toEqual(shape);
    expect(result.dtype).toBe('int32');
    const expected = reference(x, sizeOf(size ?? []), options, u), wrong = expected.findIndex((k, i) => k !== result.data[i]);
    // as an array of a million is slow to compare
    expect({ wrong, is: result.data[wrong] }).toEqual({ wrong: -1, is: undefined });
    expect(result.size).toBe(expected.length);
  }
  expect(stateOf(rng)).toBe(stateOf(other));
}
