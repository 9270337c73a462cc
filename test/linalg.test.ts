/** The factorisations: what they promise of any matrix. Their signs are tested with test/multivariateNormal.test.ts's values. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cholesky, eigh, svd } from '../src/linalg.ts';

/** Rows times rows: the element (i, j) is Σ a[i, k] · b[j, k]. */
function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  return a.map((_, at) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += a[Math.floor(at / n) * n + k] * b[(at % n) * n + k];
    return sum;
  });
}

const transpose = (a: Float64Array, n: number): Float64Array => a.map((_, at) => a[(at % n) * n + Math.floor(at / n)]);
const scaleColumns = (a: Float64Array, s: Float64Array, n: number): Float64Array => a.map((x, at) => x * s[at % n]);
const identity = (n: number): Float64Array => new Float64Array(n * n).map((_, at) => (at % (n + 1) === 0 ? 1 : 0));
const largest = (a: Float64Array): number => a.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
const apart = (a: Float64Array, b: Float64Array): number => largest(a.map((x, i) => x - b[i]));

/** Near the least numbers there are, a product has no twelve digits. */
const LEAST = 1e-320;

/** Numbers in (−1, 1), the same for a seed. */
function numbers(seed: number, count: number): Float64Array {
  let state = seed | 1;
  return new Float64Array(count).map(() => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9 | 0;
    return state / 2 ** 31;
  });
}

function checkSVD(a: Float64Array, n: number): void {
  const before = a.slice(), { ut, s, vt } = svd(a, n)!, size = largest(a);
  expect(a).toEqual(before);
  expect(apart(product(scaleColumns(transpose(ut, n), s, n), transpose(vt, n), n), a)).toBeLessThanOrEqual(1e-12 * size + LEAST);
  for (const rows of [ut, vt]) expect(apart(product(rows, rows, n), identity(n))).toBeLessThanOrEqual(1e-12);
  expect(s.every((value, i) => value >= 0 && (i === 0 || value <= s[i - 1]))).toBe(true);
}

function checkEigen(a: Float64Array, n: number): void {
  const before = a.slice(), { w, vt } = eigh(a, n)!, size = largest(a), v = transpose(vt, n);
  expect(a).toEqual(before);
  expect(apart(product(scaleColumns(v, w, n), v, n), a)).toBeLessThanOrEqual(1e-12 * size + LEAST);
  expect(apart(product(vt, vt, n), identity(n))).toBeLessThanOrEqual(1e-12);
  expect(w.every((value, i) => i === 0 || value >= w[i - 1])).toBe(true);
}

function checkCholesky(a: Float64Array, n: number): void {
  const before = a.slice(), lower = cholesky(a, n)!;
  expect(a).toEqual(before);
  expect(apart(product(lower, lower, n), a)).toBeLessThanOrEqual(1e-12 * largest(a));
  expect(lower.every((x, at) => (at % n > Math.floor(at / n) ? x === 0 : at % (n + 1) !== 0 || x > 0))).toBe(true);
}

const symmetric = (a: Float64Array, n: number): Float64Array => a.map((_, at) => {
  const i = Math.floor(at / n), j = at % n;
  return a[Math.max(i, j) * n + Math.min(i, j)];
});

describe('any matrix', () => {
  const sizes = fc.integer({ min: 1, max: 7 });
  const entries = [
    fc.double({ min: -1, max: 1, noNaN: true }),
    // zeros, equal values, blocks, ranks below the full
    fc.constantFrom(0, 0, 0, 1, 1, -1, 2),
    // far apart
    fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: -20, max: 20 })).map(([x, power]) => x * 10 ** power),
    // subnormal and near the largest
    fc.double({ min: -1e-310, max: 1e-310, noNaN: true }).filter(x => x === 0 || Math.abs(x) > 1e-320),
    fc.double({ min: -1e307, max: 1e307, noNaN: true }),
  ];
  test.each(entries.map((entry, i) => [i, entry] as const))('kind %i', (_, entry) => {
    const matrices = sizes.chain(n => fc.tuple(fc.constant(n), fc.array(entry, { minLength: n * n, maxLength: n * n })));
    fc.assert(fc.property(matrices, ([n, list]) => {
      const a = Float64Array.from(list);
      checkSVD(a, n);
      checkEigen(symmetric(a, n), n);
    }), { numRuns: 2000 });
  });
});

test.each([1, 2, 3, 5, 10, 24, 25, 26, 27, 50, 80])('%i rows', n => {
  for (let seed = 1; seed <= 5; seed++) {
    const a = numbers(seed * 1000 + n, n * n), positive = product(a, a, n).map((x, at) => x + (at % (n + 1) === 0 ? 0.1 : 0));
    checkSVD(a, n);
    checkEigen(symmetric(a, n), n);
    checkSVD(positive, n);
    checkEigen(positive, n);
    checkCholesky(positive, n);
  }
});

test('hard ones: Hilbert, Wilkinson, graded, all equal', () => {
  const n = 21, build = (value: (i: number, j: number) => number) => new Float64Array(n * n).map((_, at) => value(Math.floor(at / n), at % n));
  const matrices = [
    build((i, j) => 1 / (1 + i + j)), build((i, j) => (i === j ? Math.abs(i - 10) : Math.abs(i - j) === 1 ? 1 : 0)),
    build((i, j) => 10 ** -(i + j)), build(() => 1), build((i, j) => (i === j ? 1 : 0.5)), build((i, j) => (i + j === n - 1 ? 1 : 0)), build(() => 0),
  ];
  for (const a of matrices) {
    checkSVD(a, n);
    checkEigen(a, n);
  }
  // a Jordan block: one tiny singular value, far from symmetric
  checkSVD(build((i, j) => (i === j ? 0.1 : j === i + 1 ? 1 : 0)), n);
});

test('what is not finite', () => {
  expect(svd(Float64Array.of(1, NaN, 0, 1), 2)).toBeNull();
  expect(svd(Float64Array.of(1, Infinity, 0, 1), 2)!.s).toEqual(Float64Array.of(NaN, NaN));
  expect(eigh(Float64Array.of(1, 0, NaN, 1), 2)!.w).toEqual(Float64Array.of(NaN, NaN));
  expect(eigh(Float64Array.of(1, NaN, 0, 2), 2)!.w).toEqual(Float64Array.of(1, 2));
  expect(cholesky(Float64Array.of(1, NaN, 0, 4), 2)).toEqual(Float64Array.of(1, 0, 0, 2));
  expect(cholesky(Float64Array.of(1, 0, 2, 4), 2)).toBeNull();
});
