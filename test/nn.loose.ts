/** Dropout, masks and layer as JavaScript may call them, and memory that went away. */
import { NDArray } from '../src/ndarray.ts';
import * as dropouts from '../src/nn/dropout.ts';
import { Dropout } from '../src/nn/layer.ts';
import * as masks from '../src/nn/mask.ts';

type Call = (...args: unknown[]) => unknown;
export const { dropout, dropoutMask, unpackMask } = { ...dropouts, ...masks } as unknown as Record<'dropout' | 'dropoutMask' | 'unpackMask', Call>;

export type Layer = Record<'forward' | 'backward', Call> & Record<'train' | 'eval', (...args: unknown[]) => Layer> & { readonly training: boolean };
export const layer = (options?: unknown) => new Dropout(options as { keep: number }) as unknown as Layer;

/** Gives its memory away, as to a worker. */
export function transferred<A extends { buffer: ArrayBufferLike }>(holder: A): A {
  structuredClone(holder.buffer, { transfer: [holder.buffer as ArrayBuffer] });
  return holder;
}

/** An array of six whose memory went so. */
export function lost(dtype: 'float32' | 'uint8' = 'float32'): NDArray {
  const array = new NDArray(dtype === 'float32' ? new Float32Array(6) : new Uint8Array(6), [6], dtype);
  transferred(array.data);
  return array;
}

/** What is no array of floats: its name, itself, and how a message shows it. */
export const noFloats: [string, unknown, string][] = [
  ...[Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array]
    .map((Array): [string, unknown, string] => [Array.name, new Array(6), `${Array.name}(6)`]),
  ['ints', new NDArray(new Int32Array(6), [6], 'int32'), 'a NDArray'], ['bools', new NDArray(new Uint8Array(6), [6], 'bool'), 'a NDArray'],
  ['bigints', new NDArray(new BigInt64Array(6), [6], 'int64'), 'a NDArray'],
  ['a list', [1, 2, 3], '[1, 2, 3]'], ['an empty list', [], '[]'], ['null', null, 'null'], ['undefined', undefined, 'undefined'],
  ['a number', 1, '1'], ['a string', '123456', '"123456"'],
  ['an object', { data: new Float32Array(6), shape: [6], dtype: 'float32' }, '{data, shape, dtype}'],
  ['a buffer', new ArrayBuffer(24), 'a ArrayBuffer'], ['a view', new DataView(new ArrayBuffer(24)), 'DataView(24)'], ['a set', new Set([1]), 'a Set'],
];
