/** What is left of ml-matrix's decompositions: see `decompositions` in rollup.config.mjs. All of them are of n × n matrices. */
declare module 'ml-matrix/decompositions' {
  import type { Matrix } from './matrix.ts';

  /** U diag(s) Vᵀ of the transpose of `at`, which is used up; s descends. */
  export class SingularValueDecomposition {
    constructor(at: Matrix);
    readonly s: Float64Array;
    readonly U: Matrix;
    readonly V: Matrix;
  }

  /** The lower factor from the lower triangle; a diagonal element of 0 where there is none. */
  export class CholeskyDecomposition {
    constructor(value: Matrix);
    readonly L: Matrix;
  }

  /** Householder's tridiagonal form of the symmetric `V`: d its diagonal, e what stands beside it, V the transformation, transposed. */
  export function tred2(n: number, e: Float64Array, d: Float64Array, V: Matrix): void;

  /** From there by QL with implicit shifts: d the eigenvalues, ascending, V's rows the eigenvectors. */
  export function tql2(n: number, e: Float64Array, d: Float64Array, V: Matrix): void;
}
