/** Typed arrays as the fixtures write them: little-endian bytes in hex. */
import { constructorOf } from '../src/dtype.ts';
import type { DataOf, DType } from '../src/dtype.ts';

export function fromHex<D extends DType>(dtype: D, hex: string): DataOf<D> {
  return new (constructorOf(dtype))(Uint8Array.from(Buffer.from(hex, 'hex')).buffer);
}

export function toHex(data: ArrayBufferView): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex');
}
