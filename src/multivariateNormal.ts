/** Multivariate normals: rows of standard normals times a factor of the covariance matrix. */
import { checkMemory } from './arguments.ts';
import { checkOptions } from './checks.ts';
import { allocate, dtypeOf, type DataOf, type DType, type TypedArray } from './dtype.ts';
import { rangeError, show, typeError } from './errors.ts';
import { cholesky, eigh, svd } from './linalg.ts';
import { fromNested, NDArray, type Nested } from './ndarray.ts';
import { sizeOf, toShape, type Size } from './shape.ts';

/** Fills an array with the next standard normals of a generator. */
export type Normals = (out: Float64Array) => void;

/** A mean or a covariance matrix. */
export type Numbers = NDArray | DataOf<DType> | readonly Nested<number | bigint | boolean>[];

/** What becomes of a covariance matrix that is not symmetric and positive semidefinite. */
export type CheckValid = 'warn' | 'raise' | 'ignore';

export interface LegacyMultivariateNormalOptions {
  checkValid?: CheckValid;
  /** How far from the covariance matrix its factors' product may be, relative and absolute; for 'eigh', how far below 0 an eigenvalue. */
  tol?: number;
}

export interface MultivariateNormalOptions extends LegacyMultivariateNormalOptions {
  method?: 'svd' | 'eigh' | 'cholesky';
}

/** Reads an array of numbers of any dtype as float64. */
function toFloats(name: string, value: unknown, ndim: number, takes: string): { data: Float64Array; shape: readonly number[] } {
  const given = Array.isArray(value) ? fromNested(value, undefined, name) : value, isArray = given instanceof NDArray;
  if (isArray) checkMemory(name, given);
  else if (dtypeOf(given) === undefined) throw typeError(name, value, takes);
  const { data, shape } = isArray ? given : { data: given as TypedArray, shape: [(given as TypedArray).length] };
  if (shape.length !== ndim || shape[0] !== shape[ndim - 1]) throw new RangeError(`${name}: got an array of shape ${show(shape)}, takes ${takes}`);
  return { data: Float64Array.from(data as ArrayLike<number>, Number), shape };
}

function choice<T extends string>(name: string, value: unknown, choices: readonly T[]): T {
  if (!choices.includes(value as T)) throw (typeof value === 'string' ? rangeError : typeError)(name, value, `one of ${choices.join(', ')}`);
  return value as T;
}

/** Is vᵀ diag(s) v what `cov` is, each element to within tol + tol·|that|, as numpy.allclose has it? */
function isProduct(s: Float64Array, vt: Float64Array, cov: Float64Array, n: number, tol: number): boolean {
  return cov.every((given, at) => {
    const i = Math.floor(at / n), j = at % n;
    let product = 0;
    for (let k = 0; k < n; k++) product += vt[k * n + i] * s[k] * vt[k * n + j];
    return Math.abs(product - given) <= tol + tol * Math.abs(given) || product === given;
  });
}

/** The matrix A whose product A Aᵀ is cov, by row; from the right singular vectors where `isLegacy`. */
function factorOf(cov: Float64Array, n: number, method: string, validity: unknown, tol: number, isLegacy: boolean): Float64Array {
  const refuse = (takes: string): RangeError => new RangeError(`cov: got a matrix of shape ${show([n, n])}, takes ${takes}`);
  if (method === 'cholesky') {
    const lower = cholesky(cov, n);
    if (lower === null) throw refuse('one that is positive definite');
    return lower;
  }
  let isValid: boolean, roots: Float64Array, vectors: (i: number, k: number) => number;
  if (method === 'eigh') {
    const { w, v } = eigh(cov, n);
    isValid = !w.some(value => value < -tol);
    roots = w.map(value => Math.sqrt(Math.abs(value)));
    vectors = (i, k) => v[i * n + k];
  } else {
    const factors = svd(cov, n);
    if (factors === null) throw refuse('numbers, not NaN');
    const { u, s, vt } = factors;
    isValid = validity === 'ignore' || isProduct(s, vt, cov, n, tol);
    roots = s.map(Math.sqrt);
    vectors = isLegacy ? (i, k) => vt[k * n + i] : (i, k) => u[i * n + k];
  }
  if (validity !== 'ignore') {
    choice('checkValid', validity, ['warn', 'raise', 'ignore']);
    if (!isValid) {
      if (validity === 'raise') throw refuse('one that is symmetric and positive semidefinite');
      console.warn('RuntimeWarning: covariance is not symmetric positive-semidefinite.');
    }
  }
  return cov.map((_, at) => vectors(Math.floor(at / n), at % n) * roots[at % n]);
}

function draw(normals: Normals, mean: unknown, cov: unknown, size: unknown, options: unknown, isLegacy: boolean): NDArray<'float64'> {
  const { method = 'svd', checkValid = 'warn', tol = 1e-8 } = checkOptions(options, isLegacy ? ['checkValid', 'tol'] : ['method', 'checkValid', 'tol']);
  const chosen = choice('method', method, ['svd', 'eigh', 'cholesky']);
  if (typeof tol !== 'number') throw typeError('tol', tol, 'a number');
  const { data: center } = toFloats('mean', mean, 1, 'a list of numbers'), n = center.length;
  const { data: matrix, shape: [rows] } = toFloats('cov', cov, 2, 'a square matrix');
  if (n === 0) throw rangeError('mean', mean, 'at least one number');
  if (rows !== n) throw new RangeError(`cov: got a matrix of shape ${show([rows, rows])}, takes ${show([n, n])}, as mean has ${n} elements`);
  const shape = toShape([...(size === undefined ? [] : toShape(size)), n]), data = allocate('float64', sizeOf(shape));
  const factor = factorOf(matrix, n, chosen, checkValid, tol, isLegacy), row = new Float64Array(n);

  normals(data);
  for (let at = 0; at < data.length; at += n) {
    for (let k = 0; k < n; k++) row[k] = data[at + k];
    for (let i = 0, from = 0; i < n; i++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += row[k] * factor[from++];
      data[at + i] = center[i] + sum;
    }
  }
  return new NDArray(data, shape, 'float64');
}

/**
 * Draws from the multivariate normal distribution as NumPy's Generator does: mean + A z, with z standard normals and A a factor of the
 * covariance matrix, u √s of its singular value decomposition ('svd'), v √|w| of its eigenvalues ('eigh') or Cholesky's.
 *
 * The same standard normals as NumPy's, and values within 1e-12 of the largest term where the factors' signs and bases are NumPy's: see src/linalg.ts.
 * 'eigh' and 'cholesky' read the lower triangle alone. A matrix that is not symmetric and positive semidefinite is warned of once a call,
 * refused or let through as `checkValid` says; 'cholesky' refuses what is not positive definite.
 *
 * @param normals called once, when all arguments are found good, with as many elements as the result has
 * @param mean n numbers
 * @param cov the n × n covariance matrix
 * @param size how many draws: a number or a shape; one where it is undefined
 * @param options method = 'svd', checkValid = 'warn', tol = 1e-8
 * @returns float64 of shape [...size, n]
 * @throws TypeError or RangeError that names the parameter, before anything is drawn
 * @see NumPy, random/_generator.pyx, multivariate_normal
 */
export function multivariateNormal(normals: Normals, mean: Numbers, cov: Numbers, size?: Size, options?: MultivariateNormalOptions): NDArray<'float64'> {
  return draw(normals, mean, cov, size, options, false);
}

/** The same as NumPy's RandomState does: always by SVD, with the right singular vectors. See NumPy, random/mtrand.pyx, multivariate_normal. */
export function legacyMultivariateNormal(normals: Normals, mean: Numbers, cov: Numbers, size?: Size, options?: LegacyMultivariateNormalOptions): NDArray<'float64'> {
  return draw(normals, mean, cov, size, options, true);
}
