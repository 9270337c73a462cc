/**
 * Factorisations of n × n matrices in row-major Float64Arrays, in numpy.linalg's order: ml-matrix's. Their signs are not LAPACK's: of the
 * singular vectors of random covariance matrices of 2 to 50 rows, 0 % (2 × 2 correlations) to 48 % have the sign that NumPy's have, of the
 * eigenvectors 47 to 76 %.
 */
import { CholeskyDecomposition, SingularValueDecomposition, tql2, tred2 } from 'ml-matrix/decompositions';
import { Matrix } from './matrix.ts';

/** `a` = u diag(s) vt. */
export interface SVD {
  u: Float64Array;
  /** Not negative, descending. */
  s: Float64Array;
  vt: Float64Array;
}

/** `a` = v diag(w) vᵀ. */
export interface Eigen {
  /** Ascending. */
  w: Float64Array;
  /** The eigenvectors in its columns. */
  v: Float64Array;
}

function transpose(a: Float64Array, n: number): Float64Array {
  return a.map((_, at) => a[(at % n) * n + Math.floor(at / n)]);
}

/** Makes the largest element of `a` neither so large nor so small that squares overflow or vanish; gives what undoes it, a power of two. */
function rescale(a: Float64Array): number {
  const largest = a.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const power = largest > 2 ** 400 ? 2 ** 600 : largest < 2 ** -400 ? 2 ** -600 : 1;
  for (let i = 0; i < a.length; i++) a[i] /= power;
  return power;
}

/** The singular value decomposition of the n × n matrix `a`; null where it has NaN, NaN alone where it has infinities. */
export function svd(a: Float64Array, n: number): SVD | null {
  if (a.some(Number.isNaN)) return null;
  const at = transpose(a, n), power = rescale(at);
  if (!a.every(Number.isFinite)) return { u: at.fill(NaN), s: at.slice(0, n), vt: at };
  const { s, U, V } = new SingularValueDecomposition(new Matrix(n, n, at));
  return { u: U.flat, s: s.map(value => value * power), vt: transpose(V.flat, n) };
}

/** The eigenvalues and eigenvectors of the symmetric n × n matrix whose lower triangle `a` has; NaN alone where that is not finite. */
export function eigh(a: Float64Array, n: number): Eigen {
  const v = a.map((_, at) => {
    const i = Math.floor(at / n), j = at % n;
    return a[Math.max(i, j) * n + Math.min(i, j)];
  });
  const w = new Float64Array(n), e = new Float64Array(n), power = rescale(v), V = new Matrix(n, n, v);
  if (!v.every(Number.isFinite)) return { w: w.fill(NaN), v: v.fill(NaN) };
  tred2(n, e, w, V);
  tql2(n, e, w, V);
  return { w: w.map(value => value * power), v: transpose(v, n) };
}

/** The lower factor L of L Lᵀ, from the lower triangle of `a`; null where it is not positive definite. */
export function cholesky(a: Float64Array, n: number): Float64Array | null {
  const { flat } = new CholeskyDecomposition(new Matrix(n, n, a)).L;
  for (let i = 0; i < n; i++) if (flat[i * (n + 1)] === 0) return null;
  return flat;
}
