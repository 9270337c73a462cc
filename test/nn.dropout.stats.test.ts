/** Dropout, masks and arrays of probabilities against theory: see statistics.ts for the thresholds. */
import { describe, expect, test } from 'vitest';
import { Generator } from '../src/generator.ts';
import { NDArray } from '../src/ndarray.ts';
import { dropout } from '../src/nn/dropout.ts';
import { Dropout } from '../src/nn/layer.ts';
import { dropoutMask } from '../src/nn/mask.ts';
import { classes, names } from './draws.ts';
import { accept, binomialP, chiSquareTailP, normalP } from './statistics.ts';

const generator = (name: keyof typeof classes, seed: number[]) => new Generator(new classes[name](seed));

/** Σ (count − m p)² / (m p q) over the elements' counts in m masks: chi-square, one degree an element, where m p q is large. */
function countsP(counts: ArrayLike<number>, m: number, p: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += (counts[i] - m * p(i)) ** 2 / (m * p(i) * (1 - p(i)));
  return chiSquareTailP(sum, counts.length);
}

describe.each(names)('%s', name => {
  test.each([0.5, 0.9, 0.1, 1 / 3])('keep = %d: every element is kept as often as the next, and the mean of dropout is x', keep => {
    const n = 1003, m = 4000, rng = generator(name, [301, Math.floor(keep * 1e6)]), x = generator('PCG32', [302]).normal(3, 1, n, { dtype: 'float64' }).data;
    const counts = new Float64Array(n), sums = new Float64Array(n), out = new Float64Array(n);
    for (let turn = 0; turn < m; turn++) {
      dropout(x, { keep, rng, out });
      for (let i = 0; i < n; i++) {
        sums[i] += out[i];
        counts[i] += out[i] === 0 ? 0 : 1;
      }
    }
    const total = counts.reduce((a, b) => a + b), squares = x.reduce((a, b) => a + b * b, 0), difference = sums.reduce((sum, s, i) => sum + s - m * x[i], 0);
    accept({
      kept: binomialP(total, n * m, keep),
      elements: countsP(counts, m, () => keep),
      // the variance of x · mask / keep is x² (1 − keep) / keep
      mean: normalP(difference / Math.sqrt(m * squares * (1 - keep) / keep)),
      'mean, squared': chiSquareTailP(sums.reduce((sum, s, i) => sum + (s - m * x[i]) ** 2 / (m * x[i] ** 2 * (1 - keep) / keep), 0), n),
    });
  });

  test.each([1e-3, 1 / 300, 1 / 512, 0.999, 255.7 / 256])('keep = %d: by ties alone or nearly so, in every form', keep => {
    const n = 4_000_003, rng = generator(name, [303, Math.floor(keep * 1e6)]);
    const kept = (data: Uint8Array | Float32Array | Float64Array) => (data as Float64Array).reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0);
    const bits = dropoutMask(n, { keep, rng, dtype: 'bits' }).data;
    let ones = 0;
    for (let byte of bits) for (; byte; byte &= byte - 1) ones++;
    const x32 = new Float32Array(n).fill(1), x64 = new Float64Array(n).fill(1);
    accept({
      uint8: binomialP(kept(dropoutMask(n, { keep, rng }).data), n, keep),
      bits: binomialP(ones, n, keep),
      float32: binomialP(kept(dropout(x32, { keep, rng, out: x32 }).data), n, keep),
      float64: binomialP(kept(dropout(x64, { keep, rng, out: x64 }).data), n, keep),
      each: binomialP(kept(rng.bernoulli([keep], n).data), n, keep),
    });
  });

  test('whole channels: as often, and each for itself', () => {
    const [batch, width, channels] = [6, 5, 40], keep = 0.7, m = 5000, rng = generator(name, [304]),
      layer = new Dropout({ keep, rng, noiseShape: [batch, 1, channels] });
    const x = new NDArray(new Float32Array(batch * width * channels).fill(1), [batch, width, channels], 'float32'), out = new Float32Array(x.size),
      counts = new Float64Array(batch * channels);
    let together = 0;
    for (let turn = 0; turn < m; turn++) {
      layer.forward(x, { out });
      for (let b = 0; b < batch; b++) {
        for (let c = 0; c < channels; c++) {
          const at = b * width * channels + c, kept = out[at] === 0 ? 0 : 1;
          counts[b * channels + c] += kept;
          if (c > 0) together += (kept - keep) * ((out[at - 1] === 0 ? 0 : 1) - keep);
        }
      }
    }
    const pairs = m * batch * (channels - 1);
    accept({ channels: countsP(counts, m, () => keep), neighbours: normalP(together / (keep * (1 - keep) * Math.sqrt(pairs))) });
  });

  test('an array of probabilities: each element by its own, neighbours independent', () => {
    const n = 1200, m = 6000, p = Float64Array.from({ length: n }, (_, i) => 0.02 + 0.96 * (i * 0.618034 % 1)), rng = generator(name, [305]),
      counts = new Float64Array(n), out = new Uint8Array(n), lags = new Float64Array(6);
    for (let turn = 0; turn < m; turn++) {
      rng.bernoulli(p, { out });
      for (let i = 0; i < n; i++) {
        counts[i] += out[i];
        for (let lag = 1; lag <= 5 && lag <= i; lag++) lags[lag] += (out[i] - p[i]) * (out[i - lag] - p[i - lag]) / Math.sqrt(p[i] * (1 - p[i]) * p[i - lag] * (1 - p[i - lag]));
      }
    }
    const figures: Record<string, number> = { elements: countsP(counts, m, i => p[i]) };
    for (let lag = 1; lag <= 5; lag++) figures[`lag ${lag}`] = normalP(lags[lag] / Math.sqrt(m * (n - lag)));
    accept(figures);
  });

  test('rare and near-certain elements beside common ones', () => {
    const n = 4096, m = 400, p = Float64Array.from({ length: n }, (_, i) => [1e-4, 0.5, 1 - 1e-4, 1 / 700, 1 / 256 + 1e-5][i % 5]),
      rng = generator(name, [306]), counts = new Float64Array(5);
    for (let turn = 0; turn < m; turn++) rng.bernoulli(p).data.forEach((drawn, i) => { counts[i % 5] += drawn; });
    accept(Object.fromEntries([...counts].map((count, k) => [`p = ${p[k]}`, binomialP(count, m * Math.ceil((n - k) / 5), p[k])])));
  });
});

test('the mean of dropout in float32 is x\'s, by a million elements', () => {
  const n = 2 ** 20, rng = generator('PCG32DXSM', [307]), x = rng.normal(1, 2, n, { dtype: 'float32' }).data;
  for (const keep of [0.2, 0.8]) {
    const y = dropout(x, { keep, rng }).data, squares = x.reduce((sum, value) => sum + value * value, 0);
    const difference = y.reduce((sum, value, i) => sum + value - x[i], 0);
    accept({ [keep]: normalP(difference / Math.sqrt(squares * (1 - keep) / keep)) });
  }
  expect(x.length).toBe(n);
});
