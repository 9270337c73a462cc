import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { constructorOf, type DType } from '../src/dtype.ts';
import { OUT_BYTES } from '../src/engine.ts';
import type { Generator } from '../src/generator.ts';
import { array, NDArray } from '../src/ndarray.ts';
import * as ndrand from '../src/random.ts';
import { hexOf, lcg, names, start, stateOf } from './draws.ts';
import { definition, expectSame, forms, KEEPS, placed } from './nn.reference.ts';
import * as plain from './reference.ts';

/** Elements of a chunk. */
const CHUNK = OUT_BYTES / 16;
/** Probabilities of every kind, each at every place in a word. */
const mixed = (n: number, by = 7) => Float64Array.from({ length: n }, (_, i) => KEEPS[(i * by + (i >> 3)) % KEEPS.length]);

describe.each(names)('%s', name => {
  test('each element by its own p: the definition, ties included', () => {
    const n = 50_003, p = mixed(n), pcg = definition(name), expected = plain.bernoulli(pcg, n, p), rng = placed(name);
    expect(pcg.asked).toBeGreaterThan(80);
    expectSame(rng.bernoulli(p).data, expected, 'uint8');
    expect(lcg(rng).state.state.state).toBe(String(pcg.state));
    expect(lcg(rng).state.phase).toEqual({ kind: 'bernoulli', done: 3 });
    expectSame(placed(name).bernoulli(p, n, { dtype: 'bool' }).data, expected, 'bool');
    expectSame(placed(name).bernoulli(p, { dtype: 'float32' }).data, Float32Array.from(expected), 'float32');
    const sure = p.map(value => (value === 1 ? 1 : 0));
    expected.forEach((drawn, i) => { if (sure[i] && !drawn || p[i] === 0 && drawn) expect.fail(`p = ${p[i]} drew ${drawn}`); });
  });

  test('any probabilities at any place: p between the double below and the one above', () => {
    const p = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(...KEEPS), fc.nat({ max: 256 }).map(k => k / 256));
    fc.assert(fc.property(fc.array(p, { minLength: 1, maxLength: 200 }), fc.bigInt(0n, 2n ** 64n), fc.nat({ max: 3 }), (list, place, skip) => {
      const rng = placed(name);
      lcg(rng).advance(place);
      rng.bernoulli(0.5, skip);
      expectSame(rng.bernoulli(list).data, plain.bernoulli(definition(name).advance(place), list.length, list, skip), list);
    }), { seed: 41, numRuns: 150 });
  });

  test('where the byte ties with p the side stream decides, by a p on either side of its digits', () => {
    // the bytes and further bits of the first words, by the definition; then p a little below and above that very number
    const pcg = definition(name), n = 4000, low: number[] = [], high: number[] = [];
    for (let i = 0; i < n; i++) {
      const { state } = pcg, word = pcg.word();
      for (let lane = 0; lane < 4; lane++) {
        const byte = Number(word >> BigInt(8 * lane) & 255n), further = Number(pcg.side(state, lane, 0) >> 24n) / 2 ** 40;
        low.push(Math.max(0, (byte + further - 2 ** -30) / 256));
        high.push(Math.min(1, (byte + further + 2 ** -30) / 256));
      }
    }
    expectSame(placed(name).bernoulli(low).data, new Uint8Array(4 * n), 'below');
    expectSame(placed(name).bernoulli(high).data, new Uint8Array(4 * n).fill(1), 'above');
  });

  test.each(KEEPS)('all alike, p = %d: the mask of the number, of every size', p => {
    const whole = start(name).bernoulli(p, 3 * CHUNK + 9).data;
    const sizes = [...Array.from({ length: 71 }, (_, n) => n), 200];
    for (const edge of [4096, CHUNK, 2 * CHUNK, 3 * CHUNK]) sizes.push(...[-5, -4, -1, 0, 1, 2, 3, 4, 5].map(by => edge + by));
    for (const n of sizes) {
      const skip = n % 4, rng = start(name), counted = start(name);
      rng.bernoulli(p, skip);
      counted.bernoulli(p, skip + n);
      expectSame(rng.bernoulli(new Float64Array(n).fill(p)).data, whole.slice(skip, skip + n), `${n} from ${skip}`);
      expect(stateOf(rng)).toBe(stateOf(counted));
      if (n === 0) continue;
      const spread = start(name);
      expectSame(spread.bernoulli([p], n, { dtype: 'float32' }).data, Float32Array.from(whole.subarray(0, n)), `${n}, spread`);
      counted.bitGenerator.state = start(name).bitGenerator.state;
      counted.bernoulli(p, n);
      expect(stateOf(spread)).toBe(stateOf(counted));
    }
  });

  test('an element does not depend on its neighbours\' p', () => {
    const n = 20_000, one = start(name).bernoulli(0.3, n).data;
    for (const by of [1, 2, 3, 5]) {
      const p = mixed(n, by);
      for (let i = by; i < n; i += 3) p[i] = 0.3;
      const { data } = start(name).bernoulli(p);
      for (let i = by; i < n; i += 3) if (data[i] !== one[i]) expect.fail(`element ${i}`);
    }
  });

  test('more p, more ones: never fewer where p rises', () => {
    const n = 9000, p = Float64Array.from({ length: n }, (_, i) => (i * 0.618034) % 1);
    const less = start(name).bernoulli(p).data, more = start(name).bernoulli(p.map(value => value + (1 - value) / 3)).data;
    less.forEach((drawn, i) => { if (drawn > more[i]) expect.fail(`element ${i}`); });
  });

  test('any split is the whole, mixed with every other way to draw a mask', () => {
    const piece = fc.record({ n: fc.oneof(fc.nat({ max: 9 }), fc.nat({ max: 90 }), fc.constantFrom(CHUNK - 1, CHUNK + 2)),
      form: fc.constantFrom('each', 'each', 'each', 'out', ...forms) });
    fc.assert(fc.property(fc.array(piece, { maxLength: 9 }), fc.nat(), (pieces, seed) => {
      const n = pieces.reduce((sum, piece) => sum + piece.n, 0), p = mixed(n, seed % 97 + 1), rng = start(name, seed), whole = start(name, seed),
        out = new Uint8Array(n);
      let done = 0;
      for (const { n: size, form } of pieces) {
        const part = p.subarray(done, done + size);
        if (typeof form === 'object') part.fill(0.3);
        if (form === 'out') rng.bernoulli(part, { out: out.subarray(done, done + size) });
        else out.set(typeof form === 'object' ? form.draw(rng, 0.3, size) : rng.bernoulli(part).data, done);
        done += size;
      }
      expectSame(out, whole.bernoulli(p).data, 'split');
      expect(stateOf(rng)).toBe(stateOf(whole));
    }), { seed: 42, numRuns: 100 });
  });

  test('each generator has its own stream, whichever drew last', () => {
    const all = [0, 1, 2].map(seed => start(name, seed)), found: number[][] = [[], [], []], p = mixed(300);
    for (let turn = 0; turn < 20; turn++) for (const seed of [0, 1, 2]) found[seed].push(...all[seed].bernoulli(p.subarray(5 * turn, 5 * turn + 5)).data);
    for (const seed of [0, 1, 2]) expect(found[seed]).toEqual([...start(name, seed).bernoulli(p.subarray(0, 100)).data]);
  });
});

describe('shapes', () => {
  /** By index, NumPy's rule. */
  function naive(rng: Generator, p: NDArray, shape: readonly number[]): Uint8Array {
    const n = shape.reduce((a, b) => a * b, 1), spread = Float64Array.from({ length: n }, (_, i) => {
      const index = shape.map((size, axis) => Math.floor(i / shape.slice(axis + 1).reduce((a, b) => a * b, 1)) % size).slice(shape.length - p.ndim);
      return Number(p.at(...index.map((at, axis) => (p.shape[axis] === 1 ? 0 : at))));
    });
    return rng.bernoulli(spread).data;
  }

  test.each([
    [[3], [3]], [[3], [2, 3]], [[2, 1], [2, 3]], [[1], [7]], [[], [2, 2]], [[], []], [[1], [0]], [[2, 1, 4], [2, 3, 4]], [[3, 1], [2, 3, 4]],
    [[1, 1, 1], [2, 3, 4]], [[4, 1, 6, 1], [4, 5, 6, 7]], [[5, 1, 7], [4, 5, 6, 7]], [[0], [0]], [[0, 1], [0, 3]],
    [[1, 3], [0, 3]], [[2, 1], [2, 0]], [[1, 20_000], [3, 20_000]], [[20_000, 1], [20_000, 3]], [[2, 1, 3000], [2, 5, 3000]], [[5, 1], [5, 9000]],
    [[2, 3, 1], [2, 3, 100]], [[1], [1]], [[1, 1], [1, 1]], [[2, 3, 4], [2, 3, 4]],
  ])('p of %j over %j', (from, to) => {
    const p = new NDArray(mixed(from.reduce((a, b) => a * b, 1), 5), from, 'float64');
    const rng = start('PCG32'), made = rng.bernoulli(p, to);
    expect([made.shape, made.dtype]).toEqual([to, 'uint8']);
    const other = start('PCG32');
    expectSame(made.data, naive(other, p, to), to);
    expect(stateOf(rng)).toBe(stateOf(other));
    for (const dtype of ['uint8', 'bool', 'float32'] as const) {
      const out = new NDArray(new (constructorOf(dtype))(made.size), to, dtype) as NDArray<'bool'>;
      expect(start('PCG32').bernoulli(p, { out })).toBe(out);
      expect([...out.data]).toEqual([...made.data]);
      const typed = new (constructorOf(dtype))(made.size + 2).subarray(1, 1 + made.size) as Uint8Array;
      const filled = start('PCG32').bernoulli(p, to, { out: typed, dtype: dtype as 'uint8' });
      expect([filled.data === typed, filled.shape, filled.dtype]).toEqual([true, to, dtype]);
      expect([...typed]).toEqual([...made.data]);
    }
  });

  test('any shapes', () => {
    fc.assert(fc.property(fc.array(fc.record({ size: fc.constantFrom(0, 1, 2, 3, 5), isSpread: fc.boolean() }), { maxLength: 5 }), fc.nat({ max: 5 }),
      fc.nat(), (axes, cut, seed) => {
      const shape: number[] = axes.map(({ size }) => size),
        from = axes.map(({ size, isSpread }): number => (isSpread ? 1 : size)).slice(Math.min(cut, axes.length));
      const p = new NDArray(mixed(from.reduce((a, b) => a * b, 1), seed % 31 + 1), from, 'float64');
      expectSame(start('PCG32', seed).bernoulli(p, shape).data, naive(start('PCG32', seed), p, shape), shape);
    }), { seed: 43, numRuns: 200 });
  });

  test('without a size it is p\'s own; the size may stand among the options', () => {
    for (const [p, shape] of [[[0.5, 0.5], [2]], [[[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]], [2, 3]], [[], [0]], [[[], []], [2, 0]], [[[[1]]], [1, 1, 1]],
      [new Float32Array(4), [4]], [new NDArray(Float64Array.of(0.5), [], 'float64'), []]] as [number[], number[]][]) {
      expect(start('PCG32').bernoulli(p).shape).toEqual(shape);
      expect(start('PCG32').bernoulli(p, undefined, { dtype: 'float32' }).shape).toEqual(shape);
      expect(start('PCG32').bernoulli(p, { dtype: 'bool' }).dtype).toBe('bool');
    }
    expect(start('PCG32').bernoulli([0.5, 0.5], { size: [3, 2], dtype: 'bool' }).shape).toEqual([3, 2]);
    expect(start('PCG32').bernoulli([0.5], { size: 4 })).toEqual(start('PCG32').bernoulli([0.5], 4));
    expect(start('PCG32').bernoulli([[0], [1]], [2, 3]).toArray()).toEqual([[0, 0, 0], [1, 1, 1]]);
    expect(start('PCG32').bernoulli([0, 1], [1, 2], { dtype: 'bool' }).toArray()).toEqual([[false, true]]);
  });
});

describe('containers', () => {
  test('p of any dtype of numbers, in a typed array or an NDArray, is the list of its values', () => {
    for (const dtype of ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'float32', 'float64'] as DType[]) {
      const values = new (constructorOf(dtype))(500) as Float64Array;
      for (let i = 0; i < 500; i++) values[i] = dtype.startsWith('float') ? i / 499 : i * i % 3 % 2;
      const expected = start('PCG32').bernoulli([...values]).data;
      expectSame(start('PCG32').bernoulli(values).data, expected, dtype);
      expectSame(start('PCG32').bernoulli(new NDArray(values, [500], dtype as 'float64')).data, expected, dtype);
      expectSame(start('PCG32').bernoulli(array([...values], dtype) as NDArray<'float32'>, [1, 500]).data, expected, dtype);
    }
    // float32 as the number it is, not the one it was rounded from
    expectSame(start('PCG32').bernoulli(new Float32Array(20_000).fill(0.1)).data, start('PCG32').bernoulli(Math.fround(0.1), 20_000).data, 'float32');
    expectSame(start('PCG32').bernoulli([-0, 0, 1]).data, Uint8Array.of(0, 0, 1), '-0');
  });

  test('p is read as it is at the call, though out lies over it', () => {
    for (const Memory of [ArrayBuffer, SharedArrayBuffer]) {
      fc.assert(fc.property(fc.constantFrom('uint8', 'float32'), fc.constantFrom(1, 3, 50, 9000), fc.constantFrom(1, 2, 5), fc.nat({ max: 60_000 }),
        fc.nat({ max: 60_000 }), (dtype, n, rows, at, to) => {
        const Array = constructorOf(dtype as 'float32'), all = new Array(new Memory(60_000 * Array.BYTES_PER_ELEMENT)),
          p = all.subarray(at % (60_001 - n)).subarray(0, n), out = all.subarray(to % (60_001 - n * rows)).subarray(0, n * rows);
        const draws = start('PCG32', at), values = dtype === 'float32' ? draws.random(n, { dtype }).data : draws.bernoulli(0.5, n, { dtype: 'float32' }).data;
        p.set(values);
        const made = start('PCG32', to).bernoulli(p, [rows, n], { out });
        expect([made.data === out, made.shape]).toEqual([true, [rows, n]]);
        expect(hexOf(Uint8Array.from(out))).toBe(hexOf(start('PCG32', to).bernoulli(values, [rows, n]).data));
      }), { seed: 44, numRuns: 40 });
    }
    const p = start('PCG32').random(100, { dtype: 'float32' }), expected = start('PCG32').bernoulli(p, { dtype: 'float32' }).data;
    expect(start('PCG32').bernoulli(p, { out: p })).toBe(p);
    expectSame(p.data, expected, 'in place');
  });

  test('the module-level function takes them too', () => {
    ndrand.seed(5);
    expect(ndrand.bernoulli([0.2, 0.8], [50, 2])).toEqual(start('PCG32DXSM', 5).bernoulli([0.2, 0.8], [50, 2]));
  });
});
