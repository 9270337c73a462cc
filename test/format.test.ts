import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DType, TypedArray } from '../src/dtype.ts';
import { formatArray, reprArray } from '../src/format.ts';
import { fromHex } from './hex.ts';

interface PrintCase { name: string; dtype: DType; shape: number[]; bytes: string; str: string; repr: string }
const fixture = JSON.parse(readFileSync(new URL('fixtures/print.json', import.meta.url), 'utf8')) as { numpy: string; cases: PrintCase[] };

describe(`as NumPy ${fixture.numpy} prints`, () => {
  it.each(fixture.cases)('$name, $dtype $shape', ({ dtype, shape, bytes, str, repr }) => {
    const data = fromHex(dtype, bytes);
    expect(formatArray(data, shape, dtype)).toBe(str);
    expect(reprArray(data, shape, dtype)).toBe(repr);
  });
});

describe('a billion elements', () => {
  /** Elements that are worked out when read, and counted. */
  function imagine(element: (index: number) => number): { data: TypedArray; reads: Set<string> } {
    const reads = new Set<string>();
    const get = (_: object, key: string | symbol): number => {
      reads.add(String(key));
      return element(Number(key));
    };
    return { data: new Proxy({}, { get }) as unknown as TypedArray, reads };
  }

  it('reads the elements shown and no others', () => {
    const { data, reads } = imagine(index => index % 1000);
    const text = formatArray(data, [1000, 1000, 1000], 'int32');
    expect(text.split('\n')[0]).toBe('[[[  0   1   2 ... 997 998 999]');
    expect(reads.size).toBe(6 ** 3);
    expect(reads.has('999999999')).toBe(true);
  });

  it('and so does the repr', () => {
    const { data, reads } = imagine(index => index);
    expect(reprArray(data, [1e9], 'uint32')).toBe('array([        0,         1,         2, ..., 999999997, 999999998,\n       999999999], shape=(1000000000,), dtype=uint32)');
    expect(reads.size).toBe(6);
  });
});

describe('shortest digits', () => {
  const finite = { noNaN: true, noDefaultInfinity: true };

  it('a float64 scalar reads back as itself, in as few digits as JavaScript takes', () => {
    fc.assert(fc.property(fc.double(finite), x => {
      const text = formatArray(Float64Array.of(x), [], 'float64');
      expect(Object.is(Number(text), x)).toBe(true);
      const count = (s: string): number => s.replace(/e.*/, '').replace(/\D/g, '').replace(/^0+|0+$/g, '').length;
      expect(count(text)).toBe(count(x.toExponential()));
    }), { numRuns: 2000 });
  });

  it('a float32 scalar reads back as itself and takes at most nine digits', () => {
    fc.assert(fc.property(fc.float(finite), x => {
      const text = formatArray(Float32Array.of(x), [], 'float32');
      expect(Object.is(Math.fround(Number(text)), x)).toBe(true);
      expect(text.replace(/e.*/, '').replace(/\D/g, '').replace(/^0+|0+$/g, '').length).toBeLessThanOrEqual(9);
    }), { numRuns: 2000 });
  });

  it('in an array every word of a column is equally long and within half a unit of the eighth place', () => {
    fc.assert(fc.property(fc.float64Array({ minLength: 1, maxLength: 40, noNaN: true, min: -1000, max: 1000 }), values => {
      const words = formatArray(values, [values.length, 1], 'float64').slice(2, -2).split(']\n [');
      expect(new Set(words.map(word => word.length)).size).toBe(1);
      words.forEach((word, i) => {
        const tolerance = word.includes('e') ? Math.abs(values[i]) * 5.01e-9 : 5.01e-9;
        expect(Math.abs(Number(word) - values[i])).toBeLessThanOrEqual(tolerance);
      });
    }));
  });
});

describe('memory of any kind', () => {
  it('prints shared memory and views that do not start at its beginning', () => {
    const shared = new Float32Array(new SharedArrayBuffer(20), 4, 4);
    shared.set([1, 2.5, -3, 4]);
    expect(formatArray(shared, [2, 2], 'float32')).toBe('[[ 1.   2.5]\n [-3.   4. ]]');
    expect(formatArray(shared.subarray(1, 3), [2], 'float32')).toBe('[ 2.5 -3. ]');
  });
});
