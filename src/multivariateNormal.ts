/** Multivariate normals: rows of standard normals times a factor of the covariance matrix. */
import { checkMemory } from './arguments.ts';
import { checkOptions } from './checks.ts';
import { PART, parts } from './distributions.ts';
import { allocate, dtypeOf, type DataOf, type DType, type TypedArray } from './dtype.ts';
import { kernels, out } from './engine.ts';
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
  if (shape.length !== ndim || shape[0] !== shape[ndim - 1]) throw refusal(name, shape, takes);
  return { data: Float64Array.from(data as ArrayLike<number>, Number), shape };
}

/** The RangeError of an array that is not of the kind it should be. */
function refusal(name: string, shape: readonly number[], takes: string): RangeError {
  return new RangeError(`${name}: got an array of shape ${show(shape)}, takes ${takes}`);
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
  const refuse = (takes: string): RangeError => refusal('cov', [n, n], takes);
  if (method === 'cholesky') {
    const lower = cholesky(cov, n);
    if (lower === null) throw refuse('one that is positive definite');
    return lower;
  }
  const isSVD = method === 'svd', factors = isSVD ? svd(cov, n) : eigh(cov, n);
  if (factors === null) throw refuse('numbers, not NaN');
  const [values, vectors] = 's' in factors ? [factors.s, isLegacy ? factors.vt : factors.ut] : [factors.w, factors.vt];
  if (validity !== 'ignore') {
    choice('checkValid', validity, ['warn', 'raise', 'ignore']);
    const isValid = isSVD ? isProduct(values, factors.vt, cov, n, tol) : !values.some(value => value < -tol);
    if (!isValid && validity === 'raise') throw refuse('one that is symmetric and positive semidefinite');
    if (!isValid) console.warn('RuntimeWarning: covariance is not symmetric positive-semidefinite.');
  }
  const roots = values.map(value => Math.sqrt(Math.abs(value)));
  return cov.map((_, at) => vectors[at % n * n + Math.floor(at / n)] * roots[at % n]);
}

/** The engine's blocks of the product are at most so wide: then they fit, and stay in the first cache. */
const WIDEST = 64;

/** Makes of each row z of data mean + A z. */
function transform(data: Float64Array, mean: Float64Array, factor: Float64Array): void {
  const n = mean.length, width = Math.min(WIDEST, n + 3 & -4), most = Math.floor(PART / width) & -4, a = out.float64, [b, c] = parts;
  for (let at = 0; at < data.length; at += most * n) {
    const rows = Math.min(most, (data.length - at) / n), z = data.slice(at, at + rows * n);
    for (let from = 0; from < n; from += width) {
      const inner = Math.min(width, n - from);
      for (let row = 0, e = 0; row < rows; row++) for (let k = 0; k < inner; k++) a[e++] = z[row * n + from + k];
      for (let to = 0; to < n; to += width) {
        const columns = Math.min(width, n - to);
        // what is one block is there from the first time
        if (at === 0 || n > width) for (let k = 0; k < inner; k++) for (let i = 0; i < columns; i++) b[k * width + i] = factor[(to + i) * n + from + k];
        kernels.fillProduct(rows, inner, width);
        for (let row = 0; row < rows; row++) {
          for (let i = 0, e = at + row * n + to; i < columns; i++, e++) data[e] = (from > 0 ? data[e] : mean[to + i]) + c[row * width + i];
        }
      }
    }
  }
}

function draw(normals: Normals, mean: unknown, cov: unknown, size: unknown, options: unknown, isLegacy: boolean): NDArray<'float64'> {
  const { method = 'svd', checkValid = 'warn', tol = 1e-8 } = checkOptions(options, isLegacy ? ['checkValid', 'tol'] : ['method', 'checkValid', 'tol']);
  const chosen = choice('method', method, ['svd', 'eigh', 'cholesky']);
  if (typeof tol !== 'number') throw typeError('tol', tol, 'a number');
  const { data: center } = toFloats('mean', mean, 1, 'a list of numbers'), n = center.length;
  if (n === 0) throw rangeError('mean', mean, 'at least one number');
  const { data: matrix, shape: [rows] } = toFloats('cov', cov, 2, 'a square matrix');
  if (rows !== n) throw refusal('cov', [rows, rows], `${show([n, n])}, as mean has ${n} elements`);
  const shape = toShape([...(size === undefined ? [] : toShape(size)), n]), data = allocate('float64', sizeOf(shape));
  const factor = factorOf(matrix, n, chosen, checkValid, tol, isLegacy);

  normals(data);
  transform(data, center, factor);
  return new NDArray(data, shape, 'float64');
}

/**
 * Draws from the multivariate normal distribution as NumPy's Generator does: mean + A z, with z standard normals and A a factor of the
 * covariance matrix, u √s of its singular value decomposition ('svd'), v √|w| of its eigenvalues ('eigh') or Cholesky's.
 *
 * From the same standard normals come NumPy's values, within 1e-12 of the largest term, where the factors' signs and bases are NumPy's: nearly
 * always for 'svd' and 'eigh' of up to 25 rows without equal eigenvalues (see src/linalg.ts), always for 'cholesky'.
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
export function multivariateNormal(
  normals: Normals, mean: Numbers, cov: Numbers, size?: Size, options?: MultivariateNormalOptions,
): NDArray<'float64'> {
  return draw(normals, mean, cov, size, options, false);
}

/** The same as NumPy's RandomState does: always by SVD, with the right singular vectors. See NumPy, random/mtrand.pyx, multivariate_normal. */
export function legacyMultivariateNormal(
  normals: Normals, mean: Numbers, cov: Numbers, size?: Size, options?: LegacyMultivariateNormalOptions,
): NDArray<'float64'> {
  return draw(normals, mean, cov, size, options, true);
}
