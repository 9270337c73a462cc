/**
 * Tests of hypotheses for seeded samples. Every function below gives a two-sided p-value against a closed form;
 * a test collects its p-values and calls `accept`.
 *
 * The threshold: `accept` refuses where the least of m p-values is below 10^-6 / m. By Bonferroni's inequality a right
 * sampler fails so for at most one seed in a million, however the m statistics depend on one another.
 */
import * as cephes from 'cephes';
import { expect } from 'vitest';

await cephes.compiled;

/** How often a test may fail for a right sampler. */
export const LEVEL = 1e-6;

/** Fails where a p-value is too small for their number; FIGURES=1 in the environment prints them. */
export function accept(pValues: Readonly<Record<string, number>>): void {
  const entries = Object.entries(pValues);
  if (process.env.FIGURES) console.log(`${expect.getState().currentTestName}: ${entries.map(([name, p]) => `${name} ${p.toPrecision(3)}`).join(', ')}`);
  expect(entries.length).toBeGreaterThan(0);
  const least = LEVEL / entries.length;
  expect(Object.fromEntries(entries.filter(([, p]) => !(p >= least))), `p-values below ${least}`).toEqual({});
}

function twoSided(lower: number, upper: number): number {
  return Math.min(1, 2 * Math.min(lower, upper));
}

/** Of a standard normal statistic. */
export function normalP(z: number): number {
  return cephes.erfc(Math.abs(z) / Math.SQRT2);
}

/** Of a count that is Binomial(n, p), by its exact tails. */
export function binomialP(count: number, n: number, p: number): number {
  return twoSided(cephes.bdtr(count, n, p), count === 0 ? 1 : cephes.bdtrc(count - 1, n, p));
}

/** Of a count that is Poisson(mean), by its exact tails. */
export function poissonP(count: number, mean: number): number {
  return twoSided(cephes.pdtr(count, mean), count === 0 ? 1 : cephes.pdtrc(count - 1, mean));
}

/** Of a statistic that is chi-square distributed. */
export function chiSquareTailP(statistic: number, freedom: number): number {
  return twoSided(cephes.chdtr(freedom, statistic), cephes.chdtrc(freedom, statistic));
}

/** Σ (observed − expected)² / expected. */
export function pearson(observed: ArrayLike<number>, expected: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < expected.length; i++) sum += (observed[i] - expected[i]) ** 2 / expected[i];
  return sum;
}

/**
 * Pearson's chi-square of counts against expected counts of the same sum. Refuses cells that expect fewer than 10: below, the
 * statistic's tail is not the chi-square's.
 */
export function chiSquareP(observed: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(observed.length).toBe(expected.length);
  let drawn = 0, total = 0, least = Infinity;
  for (let i = 0; i < expected.length; i++) {
    drawn += observed[i];
    total += expected[i];
    least = Math.min(least, expected[i]);
  }
  expect(least).toBeGreaterThanOrEqual(10);
  expect(Math.abs(drawn / total - 1)).toBeLessThan(1e-9);
  return chiSquareTailP(pearson(observed, expected), expected.length - 1);
}

/** The same where all cells expect alike. */
export function evenP(observed: ArrayLike<number>): number {
  let drawn = 0;
  for (let i = 0; i < observed.length; i++) drawn += observed[i];
  return chiSquareP(observed, new Float64Array(observed.length).fill(drawn / observed.length));
}

/**
 * The chi-square of `n` draws by their exact probabilities: neighbouring cells are merged until each expects 20, and what lies outside
 * all cells counts with the last.
 */
export function massP(observed: ArrayLike<number>, probabilities: ArrayLike<number>, n: number): number {
  const counts: number[] = [], expected: number[] = [];
  let count = 0, mean = 0, drawn = 0, total = 0;
  for (let i = 0; i < probabilities.length; i++) {
    drawn += observed[i];
    total += probabilities[i] * n;
    count += observed[i];
    mean += probabilities[i] * n;
    if (mean >= 20) {
      counts.push(count);
      expected.push(mean);
      count = mean = 0;
    }
  }
  const last = counts.length - 1;
  counts[last] += count + n - drawn;
  expected[last] += mean + n - total;
  return chiSquareP(counts, expected);
}

/**
 * Kolmogorov and Smirnov's test of values that should be uniform on [0, 1]: sorts them. p ≤ 2 exp(−2 n D²) for every n
 * (Massart, "The tight constant in the Dvoretzky–Kiefer–Wolfowitz inequality", 1990), with equality in the limit.
 */
export function uniformKS(u: Float64Array): number {
  u.sort();
  const n = u.length;
  let distance = 0;
  for (let i = 0; i < n; i++) distance = Math.max(distance, u[i] - i / n, (i + 1) / n - u[i]);
  return Math.min(1, 2 * Math.exp(-2 * n * distance * distance));
}

/** The same of values that should be standard normal, against Φ. */
export function normalKS(x: ArrayLike<number>): number {
  return uniformKS(toUniform(x));
}

/** Φ of every value. */
export function toUniform(x: ArrayLike<number>): Float64Array {
  const u = new Float64Array(x.length);
  for (let i = 0; i < u.length; i++) u[i] = cephes.ndtr(x[i]);
  return u;
}

/** Φ(−x), the chance of a standard normal beyond x. */
export function normalTail(x: number): number {
  return cephes.ndtr(-x);
}

/** The binomial probabilities from `first` on, as far as they are above 1e-30 of the greatest: by the ratios of neighbours from the mode, scaled to sum to 1. */
export function binomialMass(n: number, p: number): { first: number; mass: Float64Array } {
  const mode = Math.min(n, Math.floor((n + 1) * p)), odds = p / (1 - p), up = [1], down: number[] = [];
  for (let k = mode, m = 1; k < n && m > 1e-30; k++) up.push(m *= (n - k) / (k + 1) * odds);
  for (let k = mode, m = 1; k > 0 && m > 1e-30; k--) down.push(m *= k / (n - k + 1) / odds);
  const mass = Float64Array.from([...down.reverse(), ...up]);
  const sum = mass.reduce((a, b) => a + b);
  return { first: mode - down.length, mass: mass.map(m => m / sum) };
}

/** How many of the values 0 … values − 1 fall in each of `bins` cells of v → ⌊v · bins / values⌋, over `values`. */
export function binShares(values: number | bigint, bins: number): Float64Array {
  const all = BigInt(values), cells = BigInt(bins), shares = new Float64Array(bins);
  const edge = (bin: bigint): bigint => (bin * all + cells - 1n) / cells;
  for (let b = 0n; b < cells; b++) shares[Number(b)] = Number(edge(b + 1n) - edge(b)) / Number(all);
  return shares;
}

/** How many of the values 0 … values − 1 leave each remainder, over `values`. */
export function remainderShares(values: number | bigint, modulus: number): Float64Array {
  const all = BigInt(values), m = BigInt(modulus), shares = new Float64Array(modulus);
  for (let r = 0n; r < m; r++) shares[Number(r)] = Number((all - r + m - 1n) / m) / Number(all);
  return shares;
}
