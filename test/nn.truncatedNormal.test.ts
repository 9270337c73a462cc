/** truncatedNormal: its values against high precision, bounds, streams, refusals. Its statistics: nn.truncatedNormal.stats.test.ts. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { constructorOf, type FloatDType } from '../src/dtype.ts';
import { fillArray } from '../src/fill.ts';
import { Generator } from '../src/generator.ts';
import { NDArray } from '../src/ndarray.ts';
import { truncatedKernel, truncatedNormal } from '../src/nn/truncatedNormal.ts';
import { PCG32, PCG32DXSM } from '../src/pcg32.ts';
import { seed } from '../src/random.ts';
import { hexOf } from './draws.ts';
import { emitting } from './forcedWords.ts';
import { R, refuses, T, type Loose, type Outs, type Row } from './refuses.ts';
import { truncated } from './truncatedReference.ts';

const dtypes = ['float32', 'float64'] as const;
const make = (key = 1) => new Generator(new PCG32DXSM(key));
const single = (x: number) => Number.isFinite(Math.fround(x));

/** mean, std, low, high. */
type Window = [mean: number, std: number, low: number, high: number];
const draw = (rng: Generator, shape: number, [mean, std, low, high]: Window, dtype: FloatDType) => (
  truncatedNormal(shape, { mean, std, low, high, rng, dtype }).data
);

/** One of each way that a window can be done, central and at an end, with the bounds and edges between the ways. */
const windows: Window[] = [
  [0, 1, -2, 2], [0, 1, -Infinity, Infinity], [0, 1, 0, Infinity], [0, 1, -3, 0.5], [0, 1, 2.1, 4], [0, 1, -4.99, -4.5],
  [0, 1, 5.5, 6], [0, 1, -Infinity, -30], [0, 1, 40, 41], [0, 1, 1, 1.001], [0, 1, 3, 3 + 1e-10], [3, 0.02, 2.9, 3.1], [-100, 1, 0, Infinity],
  [0.1, 1e-4, 0.0999, 0.1002], [0, 1e20, 1, 3], [0, 1e-40, -Infinity, 1e-40],
];

describe('values', () => {
  const { words, cases } = JSON.parse(readFileSync(new URL('./fixtures/truncated.json', import.meta.url), 'utf8')) as {
    words: [number, number][]; cases: { window: string[]; float32: string[]; float64: string[] }[];
  };
  const given = cases.map(({ window, ...exact }) => ({ name: window.join(', '), window: window.map(Number) as Window, exact }));
  test.each(given)('of $name, from given words', ({ window, exact }) => {
    const [mean, std, low, high] = window, inner = Math.max((low - mean) / std, (mean - high) / std, 0);
    const thin = (high - low) / std * Math.max(Math.abs(low - mean), Math.abs(high - mean)) / std < 2 ** -26;
    for (const dtype of dtypes) {
      if (dtype === 'float32' && !(single(mean) && single(std))) continue;
      const unit = dtype === 'float32' ? 4 * 2 ** -24 : 7 * 2 ** -53;
      words.forEach(([first, second], i) => {
        const x = draw(emitting(first, second), 1, window, dtype)[0], wanted = Number(exact[dtype][i]);
        // what the value's rounding allows, and the rounding of a value in standard units: of x, or of the difference from a far bound
        const own = thin ? high - low : inner >= 5 ? std / inner : Math.min(Math.max(Math.abs(wanted - mean), std), high - low, 1.7e308);
        const allowed = unit * Math.abs(wanted) + unit * own + (dtype === 'float32' ? 2 ** -149 : 0);
        if (!(Math.abs(x - wanted) <= allowed)) expect({ dtype, first, second, x }).toEqual({ dtype, first, second, x: wanted });
      });
    }
  });

  test('of the default window: float32 within 2e-7, float64 within 6e-16', () => {
    for (const [dtype, allowed] of [['float32', 2e-7], ['float64', 6e-16]] as const) {
      words.forEach(([first, second], i) => {
        const wanted = Number(cases[0][dtype][i]), x = truncatedNormal(1, { rng: emitting(first, second), dtype }).data[0];
        expect(Math.abs(x - wanted) / Math.max(Math.abs(wanted), 1)).toBeLessThan(allowed);
      });
    }
  });

  test.each([
    [0, 1, -2, 2], [0, 1, -1, 1], [0, 1, -100, 100], [0, 1, 0, 8], [0, 1, -8, -1], [0, 1, -3, 0.5], [0, 1, 2, 2.5], [0, 1, -4.75, -4.5],
    [0, 1, 0.25, 0.75], [0, 1, -0.125, 32], [0.5, 0.25, 0, 1], [-3, 2, 0, 1],
  ] as Window[])('are those of the serial definition, byte for byte: mean %d, std %d, in [%d, %d]', (...window) => {
    for (const dtype of dtypes) {
      const n = 10_000, words = make(9).bitGenerator.randomRaw(dtype === 'float32' ? n : 2 * n).data as Uint32Array;
      expect(hexOf(draw(make(9), n, window, dtype))).toBe(hexOf(truncated(words, ...window, dtype)));
    }
  });

  test('symmetric windows are symmetric to the bit under complemented words; one-sided ones mirror one another', () => {
    const mirrored: [Window, Window][] = [
      ...[0.1, 1, 2, 2.5, 7, Infinity, 1e-9, 1e-30].map((b): [Window, Window] => [[0, 1, -b, b], [0, 1, -b, b]]),
      ...[[0, Infinity], [0.3, 0.4], [1, 1.001], [2, 5], [4.9, Infinity], [6, 7], [50, 51], [3, 3.00001]].map(([a, b]): [Window, Window] => (
        [[0, 0.02, 0.02 * a, 0.02 * b], [0, 0.02, -0.02 * b, -0.02 * a]]
      )),
    ];
    for (const [window, mirror] of mirrored) {
      for (const dtype of dtypes) {
        for (const [first, second] of words) {
          const x = draw(emitting(first, second), 1, window, dtype)[0];
          const y = draw(emitting(~first >>> 0, ~second >>> 0), 1, mirror, dtype)[0];
          if (x !== -y) expect([window, dtype, first, second, x]).toEqual([window, dtype, first, second, -y]);
        }
      }
    }
  });

  test('of float32 come from the top 31 bits of their word, those of float64 from the top 52 of two', () => {
    for (const window of windows) {
      const one = (dtype: FloatDType, first: number, second: number) => draw(emitting(first, second), 1, window, dtype)[0];
      expect(one('float32', 12345678, 1)).toBe(one('float32', 12345679, 2 ** 32 - 1));
      expect(one('float64', 0xabcde000, 99)).toBe(one('float64', 0xabcdefff, 99));
    }
  });

  test('rise with their word', () => {
    for (const window of windows) {
      for (const dtype of dtypes) {
        let last = -Infinity;
        for (let k = 0; k < 1024; k++) {
          const x = draw(emitting(k * 2 ** 22, k * 2 ** 22), 1, window, dtype)[0];
          expect(x).toBeGreaterThanOrEqual(last);
          last = x;
        }
        if (window[3] - window[2] > 1e-3 * Math.abs(window[2])) expect(last).toBeGreaterThan(draw(emitting(0, 0), 1, window, dtype)[0]);
      }
    }
  });

  test('are pinned: a failure here is a value-breaking change', () => {
    const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);
    const digest = (dtype: FloatDType) => windows.map(window => hash(hexOf(draw(make(20240601), 1000, window, dtype))));
    expect(hexOf(truncatedNormal(6, { rng: make(20240601) }).data)).toBe('51c6b93acf59783f518a33bfcf12df3de03820bfc1bc33be');
    expect(hexOf(truncatedNormal(3, { rng: make(20240601), dtype: 'float64' }).data)).toBe('db5861263a0bef3f3d6080ef59e2bb3f65662d189877c6bf');
    expect(digest('float32')).toEqual([
      'f83f10953fd60103', 'df0b1d454de143c7', '79f53884ded3e900', 'd827edcd3c7b9f1b', 'c429251c0f40f051', '5af6699f6bf1d291',
      '335ae97f8d243092', 'fc1e5b715a2bf47e', 'd4a626d8065bd873', 'fecadd319c57045b', 'e93e4a603d22943a', 'd35923b13da7f450',
      '6dada052d739a65d', '639a643618194847', 'a53936891c7e5a41', '1a96660990981d9c',
    ]);
    expect(digest('float64')).toEqual([
      '29e718429d442619', '105d93fcd936f790', 'a56c25483dd601c1', 'bd85db28431c79f2', '0e26df4bd41cdf7d', 'c34583494a7da378',
      'a5465ddcc6ca8c76', '2505fe81ddd85fd2', 'ee4c7440a3a6cfa6', '4ade0ffbe2e43ab7', '29a5e22ffd12aa30', 'ee26322257e05be5',
      '6f3b8ae84625ee0e', '9b338229241fd078', '00d4bc6d118d74c4', '6263011ae133de34',
    ]);
  });
});

describe('bounds', () => {
  test('no value is outside, whatever the parameters; none is infinite', () => {
    const double = fc.double({ noNaN: true, noDefaultInfinity: true });
    const size = fc.double({ min: -400, max: 400, noNaN: true });
    const scale = fc.oneof(fc.constant(1), fc.integer({ min: -1070, max: 1020 }).map(e => 2 ** e), fc.integer({ min: -150, max: 127 }).map(e => 2 ** e));
    // bounds anywhere, or in the neighbourhood of the mean
    const wild = fc.tuple(double, double.map(Math.abs), double, double);
    const near = fc.tuple(fc.oneof(double, fc.constant(0)), scale, size, size).map(([mean, std, a, b]) => [mean, std, mean + std * a, mean + std * b]);
    const thin = fc.tuple(size, scale, size, fc.integer({ min: 0, max: 52 })).map(([a, std, b, e]) => (
      [a * std, std, b * std, b * std + Math.abs(b * std) * 2 ** -e]
    ));
    const ends = fc.constantFrom([-Infinity, NaN], [NaN, Infinity], [-Infinity, Infinity]);
    const open = fc.tuple(near, ends).map(([[mean, std, low, high], [a, b]]) => [mean, std, a || low, b || high]);
    let drawn = 0;
    fc.assert(fc.property(fc.oneof(wild, near, thin, open), fc.nat(), ([mean, std, a, b], key) => {
      const low = Math.min(a, b), high = Math.max(a, b);
      if (!(low < high && std > 0 && Number.isFinite(std) && Number.isFinite(mean))) return;
      for (const dtype of dtypes) {
        let x;
        try {
          const word = key % 2 ? 0 : 0xffffffff; // now and then the first or the last of all
          x = draw(key % 5 === 0 ? emitting(word, word) : make(key), 5, [mean, std, low, high], dtype);
        } catch (error) {
          expect(dtype).toBe('float32');
          expect(error).toBeInstanceOf(R);
          continue;
        }
        drawn++;
        for (const value of x) {
          if (!(value >= low && value <= high && Number.isFinite(value))) expect([mean, std, low, high, dtype, value]).toBe('inside');
        }
      }
    }), { seed: 1, numRuns: 20_000 });
    expect(drawn).toBeGreaterThan(20_000);
  });

  test.each([
    [0.1, 0.3], [-0.3, 0.7], [0.1, 0.1 + 3e-8], [1 / 3, 2 / 3], [-1e-46, 1.5e-45], [1 + 2 ** -30, 1 + 2 ** -22],
  ])('that are no float32 hold as real numbers: [%d, %d]', (low, high) => {
    for (const std of [1, 1e-3, 100]) {
      let least = Infinity, most = -Infinity;
      for (const value of draw(make(), 20_000, [0, std, low, high], 'float32')) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
      expect(least).toBeGreaterThanOrEqual(low);
      expect(most).toBeLessThanOrEqual(high);
    }
  });

  test('a window of one float32, of two, of a few: each gets its share', () => {
    expect(new Set(draw(make(), 1000, [0, 1, 1 - 1e-9, 1 + 1e-9], 'float32'))).toEqual(new Set([1]));
    const unit = 2 ** -23;
    for (const low of [1, 5, -1.5]) {
      const step = unit * 2 ** Math.floor(Math.log2(Math.abs(low))), counts = new Map<number, number>();
      for (const value of draw(make(), 80_000, [0, 1, low, low + 8 * step], 'float32')) counts.set(value, (counts.get(value) ?? 0) + 1);
      expect(counts.size).toBe(9);
      // the bounds get half
      for (const [value, count] of counts) expect(count / (value === low || value === low + 8 * step ? 5000 : 10_000)).toBeGreaterThan(0.9);
    }
    // the mean's own float64, and its neighbour
    expect(new Set(draw(make(), 1000, [0, 1, 1, 1 + 2 ** -52], 'float64'))).toEqual(new Set([1, 1 + 2 ** -52]));
  });

  test('where nothing is left in float64 of the density, values are at the nearer bound', () => {
    expect(new Set(draw(make(), 100, [0, 1e-300, 1, 2], 'float64'))).toEqual(new Set([1]));
    expect(new Set(draw(make(), 100, [0, 1e-300, -2, -1], 'float64'))).toEqual(new Set([-1]));
    expect(new Set(draw(make(), 100, [0, 5e-324, 1, Infinity], 'float32'))).toEqual(new Set([1]));
  });
});

describe('streams', () => {
  test('an element takes one word, or two for float64, whatever the window', () => {
    for (const window of windows) {
      for (const [dtype, words] of [['float32', 1], ['float64', 2]] as const) {
        for (const n of [0, 1, 2, 3, 257, 5001]) {
          const rng = make(), after = make();
          draw(rng, n, window, dtype);
          expect(rng.bitGenerator.state).toEqual((after.bitGenerator as PCG32DXSM).advance(n * words).state);
        }
      }
    }
  });

  test.each(dtypes)('any split of a fill is the fill, and any element can be had alone, %s', dtype => {
    const words = dtype === 'float32' ? 1 : 2;
    for (const window of windows) {
      const n = 40_000, whole = draw(make(), n, window, dtype), rng = make();
      const parts = [1, 2, 3, 4, 5, 255, 256, 257, 127, 129, 4095, 4097, 2049, 0, 16_385, 7].map(m => draw(rng, m, window, dtype));
      let at = 0;
      for (const part of parts) {
        const same = whole.subarray(at, at + part.length);
        if (hexOf(part) !== hexOf(same)) expect([window, at, [...part]]).toEqual([window, at, [...same]]);
        at += part.length;
      }
      for (let i = 0; i < n; i += 997) expect(draw(new Generator(new PCG32DXSM(1).advance(i * words)), 1, window, dtype)[0]).toBe(whole[i]);
    }
  });

  test('kernels keep their own windows, whichever is run', () => {
    const kernels = windows.map(([mean, std, low, high]) => truncatedKernel(mean, std, low, high, 'float32'));
    for (const i of [0, 5, 0, 1, 9, 8, 6, 6, 12, 3, 0]) {
      const rng = make(i), data = new Float32Array(300);
      fillArray(rng.bitGenerator, kernels[i], data);
      expect(hexOf(data)).toBe(hexOf(draw(make(i), 300, windows[i], 'float32')));
    }
  });

  test('both generators; the shared one where none is given', () => {
    const [a, b] = [PCG32, PCG32DXSM].map(Class => truncatedNormal(4, { rng: new Generator(new Class(3)) }).data);
    expect(a).not.toEqual(b);
    seed(5);
    const first = truncatedNormal([2, 2]);
    expect(truncatedNormal([2, 2]).data).not.toEqual(first.data);
    seed(5);
    expect(truncatedNormal([2, 2]).data).toEqual(first.data);
  });
});

describe('shape, dtype, out', () => {
  test('float32 by default', () => {
    const x = truncatedNormal([2, 3, 4], { rng: make() });
    expect([x.dtype, x.shape]).toEqual(['float32', [2, 3, 4]]);
    expect(truncatedNormal([], { rng: make() }).shape).toEqual([]);
    expect(truncatedNormal([3, 0], { rng: make() }).data.length).toBe(0);
    expect(truncatedNormal(5, { dtype: 'float64', rng: make() }).dtype).toBe('float64');
    const usual = hexOf(truncatedNormal(5, { rng: make() }).data);
    expect(hexOf(truncatedNormal(5, { rng: make(), mean: 0, std: 1, low: -2, high: 2, dtype: 'float32' }).data)).toBe(usual);
    expect(hexOf(truncatedNormal(5, { rng: make(), low: undefined, mean: -0 }).data)).toBe(usual);
  });

  test.each(dtypes)('into what is there, %s', dtype => {
    const wanted = truncatedNormal([5, 7], { rng: make(), dtype }), Array = constructorOf(dtype);
    const shared = new Array(new SharedArrayBuffer(100 * Array.BYTES_PER_ELEMENT), 8, 35), part = new Array(50).subarray(3, 38);
    const array = new NDArray(new Array(35), [5, 7], dtype);
    for (const out of [shared, part]) {
      const x = truncatedNormal([5, 7], { rng: make(), out: out as Float32Array });
      expect(x.data).toBe(out);
      expect(x.shape).toEqual([5, 7]);
      expect(hexOf(out)).toBe(hexOf(wanted.data));
    }
    expect(truncatedNormal([5, 7], { rng: make(), out: array as NDArray<'float32'> })).toBe(array);
    expect(hexOf(array.data)).toBe(hexOf(wanted.data));
  });
});

describe('refusals', () => {
  const call = truncatedNormal as unknown as (...args: unknown[]) => unknown;
  /** A row of options that are refused, alone and with outs. */
  const rows = (options: object, Class: typeof R | typeof T, begins: string): Row[] => [
    [(rng: Loose) => call([2, 3], { rng, ...options }), Class, begins],
    [(rng: Loose, { f32 }: Outs) => call(6, { rng, out: f32, ...options }), Class, begins],
  ];
  const notNumbers = [
    ['1', '"1"'], [1n, '1n'], [true, 'true'], [[1], '[1]'], [null, 'null'], [{}, '{}'], [new Map(), 'a Map'], [new Number(1), 'a Number'],
  ] as const;
  for (const name of ['mean', 'std', 'low', 'high']) {
    refuses(name, [
      ...notNumbers.flatMap(([x, shown]) => rows({ [name]: x }, T, `${name}: got ${shown}`)),
      ...rows({ [name]: NaN }, R, `${name}: got NaN`),
    ]);
  }
  refuses('parameters out of range', [
    ...rows({ mean: Infinity }, R, 'mean: got Infinity'),
    ...rows({ mean: -Infinity }, R, 'mean: got -Infinity'),
    ...rows({ std: Infinity }, R, 'std: got Infinity'),
    ...rows({ std: 0 }, R, 'std: got 0'),
    ...rows({ std: -0 }, R, 'std: got 0'),
    ...rows({ std: -1 }, R, 'std: got -1'),
    ...rows({ mean: 1e39 }, R, 'mean: got 1e+39'),
    ...rows({ std: 1e39 }, R, 'std: got 1e+39'),
    ...rows({ low: 2 }, R, 'low: got 2'),
    ...rows({ low: 3 }, R, 'low: got 3'),
    ...rows({ high: -2 }, R, 'low: got -2'),
    ...rows({ low: 0, high: -0 }, R, 'low: got 0'),
    ...rows({ low: Infinity }, R, 'low: got Infinity'),
    ...rows({ high: -Infinity }, R, 'low: got -2'),
    ...rows({ low: Infinity, high: Infinity }, R, 'low: got Infinity'),
    ...rows({ low: -Infinity, high: -Infinity }, R, 'low: got -Infinity'),
    ...rows({ low: 1 + 2 ** -30, high: 1 + 2 ** -29 }, R, 'low: got 1.0000000009313226'),
    ...rows({ low: 1e39, high: Infinity }, R, 'low: got 1e+39'),
    ...rows({ low: 1e39, high: 1e40 }, R, 'low: got 1e+39'),
    ...rows({ low: -Infinity, high: -1e39 }, R, 'low: got -Infinity'),
    ...rows({ low: 1e-46, high: 1e-45 }, R, 'low: got 1e-46'),
  ]);
  refuses('the rest', [
    ...rows({ a: -1 }, T, 'options: got the unknown option "a"'),
    ...rows({ dtype: 'float16' }, R, 'dtype: got "float16"'),
    ...rows({ dtype: 'int32' }, R, 'dtype: got "int32"'),
    [rng => call(6, { rng, out: new Int32Array(6) }), T, 'out: got Int32Array(6)'],
    [(rng, { f64 }) => call(6, { rng, out: f64, dtype: 'float32' }), T, 'out: got Float64Array(6)'],
    [(rng, { f64 }) => call(5, { rng, out: f64 }), R, 'out: got Float64Array(6)'],
    [(rng, { list }) => call(3, { rng, out: list }), T, 'out: got [1, 2, 3]'],
    [rng => call(undefined, { rng }), T, 'shape: got undefined'],
    [rng => call('3', { rng }), T, 'shape: got "3"'],
    [rng => call([2, -1], { rng }), R, 'shape[1]: got -1'],
    [rng => call(1.5, { rng }), R, 'shape: got 1.5'],
    [() => call(3, { rng: {} }), T, 'rng: got {}'],
    [() => call(3, { rng: null }), T, 'rng: got null'],
    [rng => call(3, { rng: rng.bitGenerator }), T, 'rng: got a PCG32'],
    [() => call(3, null), T, 'options: got null'],
    [() => call(3, [1]), T, 'options: got [1]'],
    [() => call(3, new Map()), T, 'options: got a Map'],
  ]);
  test('float64 takes what float32 does not', () => {
    expect(draw(make(), 1, [1e39, 1e39, 1e39, 1e40], 'float64')[0]).toBeGreaterThan(1e39);
    expect(draw(make(), 1, [0, 1, 1 + 2 ** -30, 1 + 2 ** -29], 'float64')[0]).toBeGreaterThan(1);
  });
});
