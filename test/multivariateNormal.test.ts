/** Multivariate normals against NumPy's, from the standard normals that NumPy had. */
import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { legacyMultivariateNormal, multivariateNormal, type MultivariateNormalOptions, type Numbers } from '../src/multivariateNormal.ts';
import { array, NDArray } from '../src/ndarray.ts';
import type { Size } from '../src/shape.ts';
import { fromHex } from './hex.ts';

interface Case {
  name: string;
  method: 'svd' | 'eigh' | 'cholesky' | 'legacy';
  mean: string;
  meanShape: number[];
  cov: string;
  covShape: number[];
  size?: Size;
  checkValid?: MultivariateNormalOptions['checkValid'];
  tol?: number | string;
  /** Eigenvalues that coincide: the basis of their space hangs on roundings. Or an eigenvalue of 0, rounded. */
  coincide?: boolean;
  singular?: boolean;
  shape?: number[];
  values?: string;
  normals?: string;
  warns?: boolean;
  error?: string;
}
const fixture = JSON.parse(readFileSync(new URL('fixtures/multivariateNormal.json', import.meta.url), 'utf8')) as { numpy: string; cases: Case[] };

type Settings = MultivariateNormalOptions | { method: 'legacy'; checkValid?: never; tol?: never };

/** Calls either function, with the normals given; says what came of it. */
function run({ method, ...rest }: Settings, mean: unknown, cov: unknown, size: unknown, normals: Float64Array | null) {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  let calls = 0;
  const fill = (out: Float64Array): void => {
    calls++;
    if (normals !== null) out.set(normals.subarray(0, out.length));
  };
  try {
    const args = [mean as Numbers, cov as Numbers, size as Size | undefined] as const;
    const result = method === 'legacy' ? legacyMultivariateNormal(fill, ...args, rest) : multivariateNormal(fill, ...args, { method, ...rest });
    return { result, calls, warnings: warn.mock.calls };
  } catch (error) {
    return { error: error as Error, calls, warnings: warn.mock.calls };
  } finally {
    warn.mockRestore();
  }
}

function options({ method, checkValid, tol }: Case): Settings {
  return { method, ...(checkValid && { checkValid }), ...(tol !== undefined && { tol: Number(tol) }) } as Settings;
}
const label = (c: Case) => `${c.name}, ${c.method}${c.checkValid ? `, ${c.checkValid}` : ''}`;

/** The values' distance from NumPy's in units of the largest term that may stand in them. */
function distance(c: Case, result: NDArray<'float64'>): number {
  const wanted = fromHex('float64', c.values!), mean = fromHex('float64', c.mean), cov = fromHex('float64', c.cov), normals = fromHex('float64', c.normals!);
  const n = mean.length, largest = Math.max(...normals.map(Math.abs), 1);
  let worst = 0;
  wanted.forEach((value, at) => {
    const i = at % n, term = Math.max(Math.abs(mean[i]), largest * Math.sqrt(Math.abs(cov[i * n + i])));
    const off = Object.is(value, result.data[at]) || value === result.data[at] ? 0 : Math.abs(value - result.data[at]) / term;
    worst = Math.max(worst, Number.isNaN(off) ? Infinity : off);
  });
  return worst;
}

test('the fixture is NumPy 2.4’s', () => expect(fixture.numpy).toMatch(/^2\.4\./));

describe('values', () => {
  const clear = fixture.cases.filter(c => c.values !== undefined && !c.coincide && !c.singular);
  test.each(clear.map(c => [label(c), c] as const))('%s', (_, c) => {
    const mean = new NDArray(fromHex('float64', c.mean), c.meanShape, 'float64'), cov = new NDArray(fromHex('float64', c.cov), c.covShape, 'float64');
    const { result, error, calls, warnings } = run(options(c), mean, cov, c.size, fromHex('float64', c.normals!));
    expect(error).toBeUndefined();
    expect([calls, result!.shape, result!.dtype]).toEqual([1, c.shape, 'float64']);
    expect(warnings).toEqual(c.warns ? [['RuntimeWarning: covariance is not symmetric positive-semidefinite.']] : []);
    expect(distance(c, result!)).toBeLessThan(1e-12);
  });

  test.each(fixture.cases.filter(c => c.singular).map(c => [label(c), c] as const))('%s: but for the root of a rounding', (_, c) => {
    const cov = new NDArray(fromHex('float64', c.cov), c.covShape, 'float64');
    const { result } = run(options(c), fromHex('float64', c.mean), cov, c.size, fromHex('float64', c.normals!));
    expect(distance(c, result!)).toBeLessThan(1e-6);
  });
});

test.each([...fixture.cases.filter(c => c.coincide).map(c => [label(c), c.method, [...fromHex('float64', c.cov)]] as const),
  ...(['svd', 'eigh', 'cholesky', 'legacy'] as const).map(method => [`40 rows, ${method}`, method, Array.from({ length: 1600 }, (_, at) => 0.7 ** Math.abs(Math.floor(at / 40) - (at % 40)))] as const)])(
  'whatever the signs, the covariance of the draws is what it should be: %s', (_, method, cov) => {
    // unit vectors for normals give the columns of A
    const n = Math.sqrt(cov.length), normals = new Float64Array(cov.length).map((__, at) => (at % (n + 1) === 0 ? 1 : 0));
    const a = run({ method }, new Float64Array(n), new NDArray(Float64Array.from(cov), [n, n], 'float64'), n, normals).result!.data;
    cov.forEach((wanted, at) => {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += a[k * n + Math.floor(at / n)] * a[k * n + (at % n)];
      expect(Math.abs(sum - wanted)).toBeLessThan(1e-13);
    });
  });

test.each(fixture.cases.filter(c => c.error !== undefined).map(c => [label(c), c] as const))('refused, as by NumPy: %s', (_, c) => {
  const data = (hex: string, shape: number[]) => (shape.length === 0 ? fromHex('float64', hex)[0] : new NDArray(fromHex('float64', hex), shape, 'float64'));
  const { error, calls, warnings } = run(options(c), data(c.mean, c.meanShape), data(c.cov, c.covShape), c.size, null);
  expect(error).toSatisfy(e => e instanceof RangeError || e instanceof TypeError);
  expect(error!.message).toMatch(/^(mean|cov|checkValid): got .*, takes /);
  expect([calls, warnings]).toEqual([0, []]);
});

describe('arguments', () => {
  const normals = Float64Array.of(1, -2, 0.5, 3, 0.25, -1);
  const draw = (mean: unknown, cov: unknown, size?: unknown, more: MultivariateNormalOptions = {}) => {
    const { result, error } = run({ method: 'cholesky', ...more }, mean, cov, size, normals);
    if (error) throw error;
    return result!;
  };

  test('mean and cov as lists, typed arrays and arrays of any dtype', () => {
    const cov = [[4, 1], [1, 2]];
    const first = draw([1, 2], cov, 2).toArray();
    expect(first).toEqual([[3, 2 + 0.5 - 2 * Math.sqrt(1.75)], [2, 2 + 0.25 + 3 * Math.sqrt(1.75)]]);
    for (const dtype of ['float32', 'int8', 'uint16', 'int64', 'uint64'] as const) {
      expect(draw(array([1, 2], dtype), array(cov, dtype), 2).toArray()).toEqual(first);
      expect(draw(array([1, 2], dtype).data, cov, [2]).toArray()).toEqual(first);
    }
    expect(draw([1n, 2n], [[4n, 1n], [1n, 2n]], 2).toArray()).toEqual(first);
    expect(draw([true, false], array([[true, false], [false, true]])).toArray()).toEqual([2, -2]);
  });

  test('size: none, a number, a shape', () => {
    const eye = [[1, 0], [0, 1]];
    expect(draw([0, 0], eye).shape).toEqual([2]);
    expect(draw([0, 0], eye, []).shape).toEqual([2]);
    expect(draw([0, 0], eye, 3).toArray()).toEqual([[1, -2], [0.5, 3], [0.25, -1]]);
    expect(draw([0, 0], eye, [3, 1]).shape).toEqual([3, 1, 2]);
    expect(draw([0, 0], eye, [0, 5]).shape).toEqual([0, 5, 2]);
  });

  test('the arguments are left as they are', () => {
    const mean = Float64Array.of(1, 2), cov = array([[2, 1], [1, 3]]);
    for (const method of ['svd', 'eigh', 'cholesky', 'legacy'] as const) run({ method }, mean, cov, 3, normals);
    expect([[...mean], cov.toArray()]).toEqual([[1, 2], [[2, 1], [1, 3]]]);
  });

  test('eigh and cholesky read the lower triangle alone', () => {
    for (const method of ['eigh', 'cholesky'] as const) {
      expect(draw([0, 0], [[2, 9], [1, 3]], 3, { method }).data).toEqual(draw([0, 0], [[2, 1], [1, 3]], 3, { method }).data);
    }
  });

  const eye = [[1, 0], [0, 1]];
  test.each([
    [[undefined, eye], TypeError, 'mean: got undefined, takes a list of numbers'],
    [['ab', eye], TypeError, 'mean: got "ab", takes'],
    [[3, eye], TypeError, 'mean: got 3, takes'],
    [[[1, 'a'], eye], TypeError, 'mean[1]: got "a", takes'],
    [[[[1, 2]], eye], RangeError, 'mean: got an array of shape [1, 2], takes a list of numbers'],
    [[[], [[]]], RangeError, 'mean: got [], takes at least one number'],
    [[new DataView(new ArrayBuffer(8)), eye], TypeError, 'mean: got DataView(8), takes'],
    [[[1, 2], null], TypeError, 'cov: got null, takes a square matrix'],
    [[[1, 2], 1], TypeError, 'cov: got 1, takes a square matrix'],
    [[[1, 2], [1, 2]], RangeError, 'cov: got an array of shape [2], takes a square matrix'],
    [[[1, 2], [[1, 2, 3], [1, 2, 3]]], RangeError, 'cov: got an array of shape [2, 3], takes a square matrix'],
    [[[1, 2], [[1, 2], [1]]], RangeError, 'cov[1]: got [1], takes'],
    [[[1, 2, 3], eye], RangeError, 'cov: got an array of shape [2, 2], takes [3, 3], as mean has 3 elements'],
    [[[1, 2], eye, -1], RangeError, 'size: got -1, takes'],
    [[[1, 2], eye, 1.5], RangeError, 'size: got 1.5, takes'],
    [[[1, 2], eye, '3'], TypeError, 'size: got "3", takes'],
    [[[1, 2], eye, 2 ** 32], RangeError, 'size: got [4294967296, 2], takes at most 2^32 elements'],
    [[[1, 2], eye, 1, { method: 'lu' }], RangeError, 'method: got "lu", takes one of svd, eigh, cholesky'],
    [[[1, 2], eye, 1, { method: 1 }], TypeError, 'method: got 1, takes one of svd, eigh, cholesky'],
    [[[1, 2], eye, 1, { checkValid: 'no' }], RangeError, 'checkValid: got "no", takes one of warn, raise, ignore'],
    [[[1, 2], eye, 1, { checkValid: true }], TypeError, 'checkValid: got true, takes one of warn, raise, ignore'],
    [[[1, 2], eye, 1, { tol: '1' }], TypeError, 'tol: got "1", takes a number'],
    [[[1, 2], eye, 1, { check_valid: 'warn' }], TypeError, 'options: got the unknown option "check_valid", takes'],
    [[[1, 2], [[1, 2], [2, 1]], 1, { checkValid: 'raise' }], RangeError, 'cov: got an array of shape [2, 2], takes one that is symmetric and positive semidefinite'],
    [[[1, 2], [[1, 2], [2, 1]], 1, { method: 'cholesky' }], RangeError, 'cov: got an array of shape [2, 2], takes one that is positive definite'],
    [[[1, 2], [[1, NaN], [2, 1]], 1], RangeError, 'cov: got an array of shape [2, 2], takes numbers, not NaN'],
  ] as const)('refuses %o', (args, Class, begins) => {
    const fill = vi.fn();
    const call = () => (multivariateNormal as (...args: unknown[]) => unknown)(fill, ...args);
    expect(call).toThrow(Class);
    expect(call).toThrow(begins);
    expect(fill).not.toHaveBeenCalled();
  });

  test('RandomState has no method to choose', () => {
    const loose = legacyMultivariateNormal as (...args: unknown[]) => unknown;
    expect(() => loose(() => {}, [0], [[1]], 1, { method: 'svd' })).toThrow('options: got the unknown option "method", takes checkValid, tol');
  });
});
