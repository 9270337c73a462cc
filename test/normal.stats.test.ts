/** Normals against theory: distribution, moments, tails, independence. See statistics.ts for the thresholds. */
import { describe, expect, test } from 'vitest';
import { Generator, PCG32, PCG32DXSM } from '../src/index.ts';
import type { FloatDType } from '../src/index.ts';
import { constructorOf } from '../src/dtype.ts';
import { emitting } from './forcedWords.ts';
import { accept, binomialP, evenP, normalP, normalTail, toUniform, uniformKS } from './statistics.ts';

const N = 10_000_000;
const LAGS = [1, 2, 3, 4, 5, 6, 7, 8];

const cases = [
  { name: 'PCG32DXSM', dtype: 'float32', make: () => new Generator(new PCG32DXSM(20240601)) },
  { name: 'PCG32DXSM', dtype: 'float64', make: () => new Generator(new PCG32DXSM(20240602)) },
  { name: 'PCG32', dtype: 'float32', make: () => new Generator(new PCG32(20240603)) },
  { name: 'PCG32', dtype: 'float64', make: () => new Generator(new PCG32(20240604)) },
] as const;

describe.each(cases)('standardNormal, $dtype over $name, 10^7 draws', ({ dtype, make }) => {
  const x = make().standardNormal(N, { dtype: dtype as FloatDType }).data as Float32Array | Float64Array;

  test('distribution, and the joint distribution of the halves of a pair', () => {
    const u = toUniform(x), cells = new Float64Array(1024);
    for (let i = 0; i < N; i += 2) cells[(u[i] * 32 | 0) * 32 + (u[i + 1] * 32 | 0)]++;
    accept({ pairs: evenP(cells), ks: uniformKS(u) });
  });

  test('mean, variance, skewness, kurtosis', () => {
    let m1 = 0, m2 = 0, m3 = 0, m4 = 0;
    for (let i = 0; i < N; i++) {
      const v = x[i], square = v * v;
      m1 += v;
      m2 += square;
      m3 += square * v;
      m4 += square * square;
    }
    // the variances of z, z², z³, z⁴ are 1, 2, 15, 96
    const z = (sum: number, mean: number, variance: number): number => normalP((sum - N * mean) / Math.sqrt(N * variance));
    accept({ mean: z(m1, 0, 1), variance: z(m2, 1, 2), skewness: z(m3, 0, 15), kurtosis: z(m4, 3, 96) });
  });

  test('the halves of a pair and lags 1 to 8 are uncorrelated, in values and in squares', () => {
    const figures: Record<string, number> = {};
    const correlate = (name: string, lag: number, step: number): void => {
      let values = 0, squares = 0, n = 0;
      for (let i = 0; i + lag < N; i += step) {
        const a = x[i], b = x[i + lag];
        values += a * b;
        squares += (a * a - 1) * (b * b - 1);
        n++;
      }
      // variances 1 and 2 · 2
      figures[`${name} values`] = normalP(values / Math.sqrt(n));
      figures[`${name} squares`] = normalP(squares / Math.sqrt(4 * n));
    };
    correlate('pair', 1, 2);
    for (const lag of LAGS) correlate(`lag ${lag}`, lag, 1);
    accept(figures);
  });
});

test.each([['float32', 400_000_000], ['float64', 200_000_000]] as const)('tails beyond 4 and 5 σ, %s, %i draws', (dtype, draws) => {
  const rng = new Generator(new PCG32DXSM(20240605)), block = new (constructorOf(dtype))(200_000);
  let above4 = 0, below4 = 0, above5 = 0, below5 = 0;
  for (let done = 0; done < draws; done += block.length) {
    rng.standardNormal({ out: block });
    for (let i = 0; i < block.length; i++) {
      const v = block[i];
      if (v > 4) {
        above4++;
        if (v > 5) above5++;
      } else if (v < -4) {
        below4++;
        if (v < -5) below5++;
      }
    }
  }
  if (process.env.FIGURES) console.log({ above4, below4, above5, below5, expected4: draws * normalTail(4), expected5: draws * normalTail(5) });
  accept({
    above4: binomialP(above4, draws, normalTail(4)), below4: binomialP(below4, draws, normalTail(4)),
    above5: binomialP(above5, draws, normalTail(5)), below5: binomialP(below5, draws, normalTail(5)),
  });
});

test('the extreme words give the extreme radii, all finite', () => {
  for (const [dtype, least, most] of [['float32', 6.66, 6.67], ['float64', 8.57, 8.58]] as const) {
    let far = 0, near = Infinity;
    for (let salt = 0; salt < 5000; salt++) {
      for (const word of [0, 0xffffffff]) {
        const [a, b] = emitting(word, word, salt).standardNormal(2, { dtype }).data;
        expect(Number.isFinite(a) && Number.isFinite(b)).toBe(true);
        far = Math.max(far, Math.abs(a), Math.abs(b));
        near = Math.min(near, Math.max(Math.abs(a), Math.abs(b)));
      }
    }
    expect(far).toBeGreaterThan(least);
    expect(far).toBeLessThan(most);
    // u is 1 or next to it: the radius is 0, or √(2 · 2^-32) and √(2 · 2^-53) at most
    expect(near).toBeLessThan(2.2e-5);
  }
});

test('normal(loc, scale) is loc + scale · z', () => {
  for (const dtype of ['float32', 'float64'] as const) {
    const z = new Generator(new PCG32DXSM(5)).standardNormal(100_000, { dtype }).data;
    const x = new Generator(new PCG32DXSM(5)).normal(-3, 0.125, 100_000, { dtype }).data;
    const round = dtype === 'float32' ? Math.fround : (v: number) => v;
    for (let i = 0; i < z.length; i++) if (x[i] !== round(z[i] * 0.125 - 3)) expect([i, x[i]]).toEqual([i, z[i] * 0.125 - 3]);
  }
});
