/** What the tests use of cephes, whose own declarations its package.json does not lead to. */
declare module 'cephes' {
  /** Resolves when the library is ready: to be awaited before the first call. */
  export const compiled: Promise<void>;
  /** Φ. */
  export function ndtr(x: number): number;
  export function erfc(x: number): number;
  /** Chi-square: lower and upper tail. */
  export function chdtr(freedom: number, x: number): number;
  export function chdtrc(freedom: number, x: number): number;
  /** P(X ≤ k) and P(X > k) of Binomial(n, p). */
  export function bdtr(k: number, n: number, p: number): number;
  export function bdtrc(k: number, n: number, p: number): number;
  /** P(X ≤ k) and P(X > k) of Poisson(m). */
  export function pdtr(k: number, m: number): number;
  export function pdtrc(k: number, m: number): number;
  export function igam(a: number, x: number): number;
  export function incbet(a: number, b: number, x: number): number;
  export function fdtr(dfnum: number, dfden: number, x: number): number;
  export function stdtr(df: number, t: number): number;
}
