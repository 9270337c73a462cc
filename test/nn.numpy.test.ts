/** `ndrand/nn` over NumPy's bit generators: what they lack is plain, `random() < p` and draws in a row. */
import { describe, expect, test } from 'vitest';
import type { BitGenerator } from '../src/bitGenerator.ts';
import { Generator } from '../src/generator.ts';
import { MT19937 } from '../src/mt19937.ts';
import { array } from '../src/ndarray.ts';
import { PCG64, PCG64DXSM } from '../src/pcg64.ts';
import { Philox } from '../src/philox.ts';
import { SFC64 } from '../src/sfc64.ts';
import { categorical, Dropout, dropout, dropoutMask, heNormal, heUniform, orthogonal, truncatedNormal, unpackMask } from '../src/nn/index.ts';
import { hexOf } from './draws.ts';
import { LEVEL, uniformKS } from './statistics.ts';

describe.each([PCG64, PCG64DXSM, SFC64, Philox, MT19937].map(Class => ({ name: Class.name, Class })))('$name', ({ Class }) => {
  const start = (): Generator => new Generator(new (Class as new (seed: number) => BitGenerator)(7));
  const stateOf = (rng: Generator): string => JSON.stringify(rng.bitGenerator.toJSON());

  test.each([0, 1, 7, 17, 5000, 40001])('masks of %i elements are random() < keep in every form', n => {
    const uniforms = start(), doubles = uniforms.random(n).data;
    const expected = Uint8Array.from(doubles, u => (u < 0.8 ? 1 : 0)), end = stateOf(uniforms);
    const masked = (draw: (rng: Generator) => ArrayLike<number>): void => {
      const rng = start();
      expect(Buffer.from(Uint8Array.from(draw(rng))).equals(Buffer.from(expected))).toBe(true);
      expect(stateOf(rng)).toBe(end);
    };
    masked(rng => rng.bernoulli(0.8, n).data);
    masked(rng => rng.bernoulli(new Array(n).fill(0.8)).data);
    masked(rng => rng.bernoulli(0.8, n, { dtype: 'float32' }).data);
    masked(rng => dropoutMask(n, { keep: 0.8, rng }).data);
    masked(rng => dropoutMask(n, { keep: 0.8, rng, dtype: 'float32' }).data);
    masked(rng => dropoutMask(n, { keep: 0.8, rng, dtype: 'float32', scaled: true }).data.map(x => x / Math.fround(1.25)));
    masked(rng => unpackMask(dropoutMask(n, { keep: 0.8, rng, dtype: 'bits' }), n).data);
    masked(rng => dropout(new Float32Array(n).fill(1), { keep: 0.8, rng }).data.map(x => x / Math.fround(1.25)));
    masked(rng => dropout(new Float64Array(n).fill(4), { keep: 0.8, rng }).data.map(x => x / 5));
  });

  test('the layer draws its mask again', () => {
    const rng = start(), layer = new Dropout({ keep: 0.5, rng });
    rng.random(3, { dtype: 'float32' });
    const x = new Float32Array(999).fill(1), kept = layer.forward(x).data, end = stateOf(rng);
    expect(hexOf(layer.backward(x).data)).toBe(hexOf(kept));
    expect(stateOf(rng)).toBe(end);
  });

  test.each(['float32', 'float64'] as const)('normals of heNormal are standardNormal\'s, %s', dtype => {
    const z = start().standardNormal([50, 8], { dtype }).data, w = heNormal([50, 8], { dtype, rng: start() }).data, scale = Math.sqrt(2 / 8);
    const round = dtype === 'float32' ? Math.fround : Number;
    expect(Array.from(w)).toEqual(Array.from(z, x => round(x * round(scale)) + 0));
  });

  test.each(['float32', 'float64'] as const)('uniforms, truncated normals and orthogonals are what they should be, %s', dtype => {
    const rng = start(), bound = Math.sqrt(6 / 100);
    expect(uniformKS(Float64Array.from(heUniform([1000, 100], { dtype, rng }).data, x => (x + bound) / (2 * bound)))).toBeGreaterThan(LEVEL);
    for (const n of [1, 2, 3, 4097]) {
      const window = truncatedNormal(n, { dtype, rng, low: -1, high: 3 }).data;
      expect(window.every((x: number) => x >= -1 && x <= 3)).toBe(true);
      expect(new Set(window).size).toBeGreaterThan(n * 0.99);
    }
    const q = orthogonal([3, 20], { dtype, rng }).toArray() as number[][];
    q.forEach((a, i) => q.forEach((b, j) => expect(Math.abs(a.reduce((sum, x, k) => sum + x * b[k], 0) - (i === j ? 1 : 0))).toBeLessThan(1e-6)));
  });

  test('an odd number of float32 truncated normals takes words as random does', () => {
    const a = start(), b = start();
    truncatedNormal(33, { rng: a });
    b.random(33, { dtype: 'float32' });
    expect(stateOf(a)).toBe(stateOf(b));
  });

  test('categorical takes a double a draw', () => {
    const a = start(), b = start(), logits = array([0, 1, 2, -Infinity]);
    const drawn = categorical(logits, 5000, { rng: a }).data;
    b.random(5000);
    expect(stateOf(a)).toBe(stateOf(b));
    expect(drawn.filter((k: number) => k === 2).length / 5000).toBeCloseTo(0.665, 1);
    expect(drawn.includes(3)).toBe(false);
  });
});
