import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DType } from '../src/dtype.ts';
import { NDArray } from '../src/ndarray.ts';
import { fromHex, toHex } from './hex.ts';

interface Packed { dtype: DType; bytes: string }
interface Case {
  operation: 'add' | 'sub' | 'mul' | 'div';
  left: Packed;
  right: Packed | { number: number } | { bigint: string };
  result?: Packed;
  error?: 'TypeError' | 'OverflowError';
}
const fixture = JSON.parse(readFileSync(new URL('fixtures/arithmetic.json', import.meta.url), 'utf8')) as { numpy: string; cases: Case[] };

function unpack({ dtype, bytes }: Packed): NDArray {
  const data = fromHex(dtype, bytes);
  return new NDArray(data, data.length, dtype) as NDArray;
}

function toOperand(right: Case['right']): NDArray | number | bigint {
  if ('number' in right) return right.number;
  return 'bigint' in right ? BigInt(right.bigint) : unpack(right);
}

describe(`as NumPy ${fixture.numpy} computes`, () => {
  const dtypesOf = (c: Case): string => `${c.operation}, ${c.left.dtype}`;
  for (const title of new Set(fixture.cases.map(dtypesOf))) {
    it(title, () => {
      for (const c of fixture.cases.filter(other => dtypesOf(other) === title)) {
        const compute = (): NDArray => unpack(c.left)[c.operation](toOperand(c.right));
        const note = JSON.stringify(c).slice(0, 200);
        if (c.result === undefined) expect(compute, note).toThrow(c.error === 'OverflowError' ? RangeError : TypeError);
        else {
          const result = compute();
          expect({ dtype: result.dtype, bytes: toHex(result.data) }, note).toEqual(c.result);
        }
      }
    });
  }
});
