/** Truncated normals against theory: distribution and moments, windows of every kind. See statistics.ts for the thresholds. */
import * as cephes from 'cephes';
import { describe, expect, test } from 'vitest';
import { Generator } from '../src/generator.ts';
import { truncatedNormal } from '../src/nn/truncatedNormal.ts';
import { PCG32, PCG32DXSM } from '../src/pcg32.ts';
import { accept, evenP, normalP, uniformKS } from './statistics.ts';

const N = 1_000_000;
const dtypes = ['float32', 'float64'] as const;
type Window = [mean: number, std: number, low: number, high: number];

/** Φ, and 1 − Φ; cephes knows no infinities. */
const lower = (x: number) => (Math.abs(x) === Infinity ? +(x > 0) : cephes.ndtr(x)), upper = (x: number) => lower(-x);
const density = (x: number) => (Math.abs(x) === Infinity ? 0 : Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI));

/** (1 − Φ(x)) / φ(x) for x ≥ 4, by its continued fraction. */
function mills(x: number): number {
  let fraction = x;
  for (let j = Math.ceil(12 + 400 / (x * x)); j > 0; j--) fraction = x + j / fraction;
  return 1 / fraction;
}

/** The distribution function of a window; beyond 4 σ in the logarithm and the distance from the bound, so that it is right however far out. */
function distribution([mean, std, low, high]: Window): (x: number) => number {
  const alpha = (low - mean) / std, beta = (high - mean) / std;
  if (beta < 0) {
    const mirrored = distribution([-mean, std, -high, -low]);
    return x => 1 - mirrored(-x);
  }
  if (alpha < 4) {
    const [chance, sign] = alpha < 0 ? [lower, 1] : [upper, -1], start = chance(alpha), whole = sign * (chance(beta) - start);
    return x => sign * (chance((x - mean) / std) - start) / whole;
  }
  const beyond = (x: number) => {
    const distance = (x - low) / std;
    return distance === Infinity ? 1 : -Math.expm1(-distance * (alpha + distance / 2) + Math.log(mills(alpha + distance) / mills(alpha)));
  };
  return x => beyond(x) / beyond(high);
}

const windows: Window[] = [
  [0, 1, -2, 2], [0, 1, -0.1, 0.1], [0, 1, -Infinity, Infinity], [0, 1, -3, 0.5], [0, 1, 0, Infinity], [0, 1, -Infinity, -1], [0, 1, 2, 2.5],
  [0, 1, 3, Infinity], [0, 1, -4.9, -4.5], [0, 1, 5.5, 6], [0, 1, 8, 9], [0, 1, 30, Infinity], [0, 1, 40, 41], [0, 1, -Infinity, -100],
  [0, 0.02, -2, 2], [3, 0.02, 2.98, 3.05], [-3, 2, 0, 1], [-100, 1, 0, Infinity], [0, 1, 0.5, 0.5 + 1e-4],
];

describe.each(windows.map((window, i) => [...window, i]))('mean %d, std %d, in [%d, %d]', (mean, std, low, high, i) => {
  test.each(dtypes)('distribution, %s', dtype => {
    const key = 20240800 + 2 * i + dtypes.indexOf(dtype), F = distribution([mean, std, low, high]), figures: Record<string, number> = {};
    for (const [name, rng] of [['PCG32DXSM', new PCG32DXSM(key)], ['PCG32', new PCG32(key)]] as const) {
      const n = name === 'PCG32' ? N / 10 : N, u = new Float64Array(n), cells = new Float64Array(64);
      const x = truncatedNormal(n, { mean, std, low, high, dtype, rng: new Generator(rng) }).data;
      let outside = 0;
      for (let i = 0; i < n; i++) {
        if (!(x[i] >= low && x[i] <= high)) outside++;
        u[i] = F(x[i]);
        cells[Math.min(u[i] * 64 | 0, 63)]++;
      }
      expect(outside).toBe(0);
      // a cell's float32s are too few to weigh each alike
      if (dtype === 'float64') figures[`${name} cells`] = evenP(cells);
      figures[`${name} ks`] = uniformKS(u);
    }
    accept(figures);
  });
});

describe.each([
  [0, 1, -2, 2], [0, 1, -1, 1], [0, 1, 0, Infinity], [0, 1, -3, 0.5], [0, 1, -Infinity, -1], [0, 1, 2, 2.5], [0.3, 0.02, 0.26, 0.34],
] as Window[])('mean %d, std %d, in [%d, %d]', (mean, std, low, high) => {
  const alpha = (low - mean) / std, beta = (high - mean) / std;
  test.each(dtypes)('mean, variance and neighbours, %s', dtype => {
    // the moments of z = (x − mean) / std, each from the last but one: integration by parts
    const whole = alpha > 0 ? upper(alpha) - upper(beta) : lower(beta) - lower(alpha);
    const end = (power: number) => ((density(alpha) && alpha ** power * density(alpha)) - (density(beta) && beta ** power * density(beta))) / whole;
    const m1 = end(0), m2 = 1 + end(1), m3 = 2 * m1 + end(2), m4 = 3 * m2 + end(3);
    const variance = m2 - m1 * m1, fourth = m4 - 4 * m3 * m1 + 6 * m2 * m1 * m1 - 3 * m1 ** 4;
    const x = truncatedNormal(2 * N, { mean, std, low, high, dtype, rng: new Generator(new PCG32DXSM(20240703)) }).data;
    let first = 0, second = 0, lagged = 0, last = 0;
    for (let i = 0; i < x.length; i++) {
      const z = (x[i] - mean) / std - m1;
      first += z;
      second += z * z;
      lagged += z * last;
      last = z;
    }
    const n = x.length;
    accept({
      mean: normalP(first / Math.sqrt(n * variance)),
      variance: normalP((second - n * variance) / Math.sqrt(n * (fourth - variance * variance))),
      neighbours: normalP(lagged / Math.sqrt(n) / variance),
    });
  });
});

test.each(dtypes)('mean and variance of a far tail, %s', dtype => {
  for (const alpha of [6, 30, 500]) {
    // of x − α: h − α and 1 − h (h − α), h = φ / (1 − Φ) at α; on values from a bound of 0, so that float32 has all its bits
    const hazard = 1 / mills(alpha), mean = hazard - alpha, variance = 1 - hazard * mean;
    const x = truncatedNormal(N, { mean: -alpha, low: 0, high: Infinity, dtype, rng: new Generator(new PCG32DXSM(20240704)) }).data;
    let first = 0, second = 0;
    for (let i = 0; i < N; i++) {
      first += x[i] - mean;
      second += (x[i] - mean) ** 2;
    }
    // the fourth moment is within the exponential's, 9
    accept({ mean: normalP((first / N) / Math.sqrt(variance / N)), variance: normalP((second / N / variance - 1) / Math.sqrt(8 / N)) });
  }
});
