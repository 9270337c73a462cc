import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { FloatDType } from '../src/dtype.ts';
import { kernels, memoryBytes } from '../src/engine.ts';
import { defaultRng, Generator } from '../src/generator.ts';
import { NDArray } from '../src/ndarray.ts';
import { nn, separate, SEPARATE_BYTES } from '../src/nn/engine.ts';
import { orthogonal } from '../src/nn/orthogonal.ts';
import { PCG32, PCG32DXSM } from '../src/pcg32.ts';
import { seed } from '../src/random.ts';
import { hexOf, stateOf } from './draws.ts';
import { R, refuses, T, type ErrorClass, type Row } from './refuses.ts';
import { accept, binomialP, evenP, normalP, uniformKS } from './statistics.ts';

type Layout = 'oi' | 'io';
type Shape = readonly number[];
const float64 = { dtype: 'float64' } as const;

function matrixOf(shape: Shape, layout: Layout): { rows: number; columns: number } {
  const split = layout === 'oi' ? 1 : shape.length - 1, product = (sizes: Shape) => sizes.reduce((a, b) => a * b, 1);
  return { rows: product(shape.slice(0, split)), columns: product(shape.slice(split)) };
}

/** The orthonormal vectors in a result: those of the shorter side. */
function vectorsOf(data: ArrayLike<number>, rows: number, columns: number): Float64Array[] {
  const isWide = rows < columns, long = Math.max(rows, columns);
  const at = isWide ? (i: number, j: number) => j * columns + i : (i: number, j: number) => i * columns + j;
  return Array.from({ length: Math.min(rows, columns) }, (_, j) => Float64Array.from({ length: long }, (__, i) => data[at(i, j)]));
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
};

/** max |QᵀQ − I| */
function defect(vectors: Float64Array[]): number {
  let most = 0;
  for (let j = 0; j < vectors.length; j++) {
    for (let k = 0; k <= j; k++) most = Math.max(most, Math.abs(dot(vectors[j], vectors[k]) - (j === k ? 1 : 0)));
  }
  return most;
}

/** What is decomposed: the vectors of the longer side, in the order drawn. */
function drawn(rng: Generator, rows: number, columns: number): Float64Array[] {
  return Array.from({ length: Math.min(rows, columns) }, () => rng.standardNormal(Math.max(rows, columns)).data);
}

/** The Q whose R has a positive diagonal, by Gram and Schmidt's process done twice ("twice is enough"): no reflection, no sign. */
function gramSchmidt(vectors: Float64Array[]): Float64Array[] {
  const done: Float64Array[] = [];
  for (const vector of vectors) {
    const q = vector.slice();
    for (let pass = 0; pass < 2; pass++) {
      for (const other of done) {
        const w = dot(q, other);
        for (let i = 0; i < q.length; i++) q[i] -= w * other[i];
      }
    }
    const norm = Math.sqrt(dot(q, q));
    done.push(q.map(x => x / norm));
  }
  return done;
}

const shapes: [Shape, Layout][] = [
  ...([
    [1, 1], [1, 2], [2, 1], [1, 9], [9, 1], [2, 2], [3, 3], [3, 2], [2, 3], [4, 4], [5, 5], [5, 4], [7, 6], [8, 8], [9, 3], [31, 31], [32, 32], [33, 33],
    [34, 35], [35, 33],
  ] as Shape[]).map((shape): [Shape, Layout] => [shape, 'oi']),
  [[65, 64], 'oi'], [[64, 97], 'oi'], [[129, 127], 'oi'], [[200, 37], 'oi'], [[1, 1000], 'oi'], [[1000, 1], 'oi'], [[5001, 2], 'oi'],
  [[16, 3, 3, 3], 'oi'], [[64, 3, 7, 7], 'oi'], [[10, 2, 5], 'oi'], [[2, 3, 1, 2, 2], 'oi'], [[3, 3, 3, 16], 'io'], [[7, 7, 3, 64], 'io'],
  [[5, 2, 10], 'io'], [[20, 30], 'io'], [[30, 20], 'io'],
];

describe.each(shapes.map(([shape, layout]) => ({ shape, layout, name: `[${shape.join(', ')}] ${layout}` })))('$name', ({ shape, layout }) => {
  const { rows, columns } = matrixOf(shape, layout);
  const q = orthogonal(shape, { ...float64, layout, rng: defaultRng(11) }), vectors = vectorsOf(q.data, rows, columns);
  const normals = drawn(defaultRng(11), rows, columns);

  test('the shorter side is orthonormal', () => {
    expect(q.shape).toEqual(shape);
    expect(defect(vectors)).toBeLessThan(2e-15 + 4e-17 * Math.max(rows, columns));
    const single = orthogonal(shape, { layout, rng: defaultRng(11) });
    expect(single.dtype).toBe('float32');
    expect(single.data).toEqual(Float32Array.from(q.data));
    expect(defect(vectorsOf(single.data, rows, columns))).toBeLessThan(5e-7);
  });

  test('QᵀA is upper triangular with a positive diagonal: Q is the one of these normals', () => {
    const most = 1e-14 * Math.sqrt(rows * columns) + 1e-14;
    for (let j = 0; j < normals.length; j++) {
      for (let i = j + 1; i < vectors.length; i++) expect(Math.abs(dot(vectors[i], normals[j]))).toBeLessThan(most);
      expect(dot(vectors[j], normals[j])).toBeGreaterThan(0);
    }
  });

  test("Gram and Schmidt's process gives the same", () => {
    const expected = gramSchmidt(normals);
    let most = 0;
    vectors.forEach((vector, j) => vector.forEach((x, i) => { most = Math.max(most, Math.abs(x - expected[j][i])); }));
    expect(most).toBeLessThan(1e-11);
  });

  test('it takes rows · columns float64 normals', () => {
    for (const Class of [PCG32DXSM, PCG32]) {
      for (const before of [0, 1]) {
        const rng = new Generator(new Class(5)), other = new Generator(new Class(5));
        rng.standardNormal(before);
        other.standardNormal(before);
        orthogonal(shape, { layout, rng });
        other.standardNormal(rows * columns);
        expect(stateOf(rng)).toBe(stateOf(other));
        expect(rng.random()).toBe(other.random());
      }
    }
  });
});

test('any matrix to 40 × 40, in the middle of a pair or not', () => {
  const side = fc.integer({ min: 1, max: 40 });
  fc.assert(fc.property(side, side, fc.nat(), fc.nat({ max: 3 }), (rows, columns, start, before) => {
    const rng = defaultRng(start), other = defaultRng(start);
    rng.standardNormal(before);
    other.standardNormal(before);
    const vectors = vectorsOf(orthogonal([rows, columns], { ...float64, rng }).data, rows, columns), normals = drawn(other, rows, columns);
    expect(defect(vectors)).toBeLessThan(4e-15);
    for (let j = 0; j < normals.length; j++) {
      expect(dot(vectors[j], normals[j])).toBeGreaterThan(0);
      for (let i = j + 1; i < vectors.length; i++) expect(Math.abs(dot(vectors[i], normals[j]))).toBeLessThan(1e-13);
    }
    expect(stateOf(rng)).toBe(stateOf(other));
  }), { seed: 6, numRuns: 300 });
});

test('large: [512, 512], [300, 1100], and strips of rows that do not divide their number', () => {
  for (const [rows, columns] of [[512, 512], [300, 1100], [1100, 301]]) {
    const double = vectorsOf(orthogonal([rows, columns], { ...float64, rng: defaultRng(3) }).data, rows, columns);
    expect(defect(double)).toBeLessThan(2e-14);
    expect(defect(vectorsOf(orthogonal([rows, columns], { rng: defaultRng(3) }).data, rows, columns))).toBeLessThan(1e-6);
  }
});

test('the layouts, and a matrix and its transpose, are the same vectors', () => {
  const made = (shape: Shape, layout: Layout) => orthogonal(shape, { layout, rng: defaultRng(8) });
  expect(made([8, 3, 5], 'oi').data).toEqual(made([8, 15], 'oi').data);
  expect(made([8, 3, 5], 'io').data).toEqual(made([24, 5], 'oi').data);
  expect(made([8, 15], 'io').data).toEqual(made([8, 15], 'oi').data);
  expect(orthogonal([8, 15], { rng: defaultRng(8) }).data).toEqual(made([8, 15], 'oi').data);
  for (const [rows, columns] of [[9, 4], [70, 33], [6, 5]]) {
    expect(vectorsOf(made([rows, columns], 'oi').data, rows, columns)).toEqual(vectorsOf(made([columns, rows], 'oi').data, columns, rows));
  }
});

test('gain: any finite number', () => {
  const made = (gain: number, dtype: FloatDType) => orthogonal([7, 5], { dtype, gain, rng: defaultRng(2) }).data as Float64Array, q = made(1, 'float64');
  expect(q).toEqual(orthogonal([7, 5], { ...float64, rng: defaultRng(2) }).data);
  for (const gain of [Math.SQRT2, -3, 0.01, 1e300, 5e-324]) expect(made(gain, 'float64')).toEqual(q.map(x => x * gain));
  expect(made(5 / 3, 'float32')).toEqual(Float32Array.from(q.map(x => x * (5 / 3))));
  for (const gain of [0, -0]) expect(made(gain, 'float32').every(x => x === 0)).toBe(true);
});

test('out, and the shared generator', () => {
  const fresh = orthogonal([6, 4], { ...float64, rng: defaultRng(4) });
  const plain = new Float64Array(26), shared = new Float32Array(new SharedArrayBuffer(24 * 4));
  const array = new NDArray(new Float64Array(24), [6, 4], 'float64');
  const given = orthogonal([6, 4], { out: plain.subarray(1, 25), rng: defaultRng(4) });
  expect(given.shape).toEqual([6, 4]);
  expect(given.data.buffer).toBe(plain.buffer);
  expect([...plain]).toEqual([0, ...fresh.data, 0]);
  orthogonal([6, 4], { out: shared, rng: defaultRng(4) });
  expect([...shared]).toEqual([...Float32Array.from(fresh.data)]);
  expect(orthogonal([6, 4], { out: array, rng: defaultRng(4) })).toBe(array);
  expect(array.data).toEqual(fresh.data);
  seed(4);
  expect(orthogonal([6, 4], float64).data).toEqual(fresh.data);
  expect(orthogonal([6, 4], float64).data).not.toEqual(fresh.data);
  seed();
});

test('golden values', () => {
  const made = (shape: Shape, dtype: FloatDType, Class: typeof PCG32 | typeof PCG32DXSM = PCG32DXSM) =>
    hexOf(orthogonal(shape, { dtype, rng: new Generator(new Class(42)) }).data);
  expect(made([2, 2], 'float64')).toBe('e447ac54e380e9bfd04cf257fa53e33fd04cf257fa53e33fe447ac54e380e93f');
  expect(made([2, 3], 'float32')).toBe('9311d7bee3fda23e718e593f1173e43e124d633fc47ee5bd');
  expect(made([3, 2], 'float32', PCG32)).toBe('fc65133fde4ffebebead5fbe5de05bbf16b3493fb8b6ff3d');
  expect(made([7, 5], 'float64').slice(-64)).toBe('c523566b6cbfe53f78c36a5cd58f85bfa2e5c3667f7be1bfd1b38e6d4a23b53f');
  expect(made([100, 90], 'float64').slice(-64)).toBe('e70152b0931eb9bf13406dfbd3e9c5bfdebcc03599f3c73fb375064b53b8aebf');
});

describe('uniform: Haar measure', () => {
  const N = 8000;
  /** Entries of N matrices of O(3) from one stream. */
  const rng = defaultRng(20240701);
  const matrices = Array.from({ length: N }, () => orthogonal([3, 3], { ...float64, rng }).data);
  const figure = (of: (q: Float64Array) => number) => Float64Array.from(matrices, of);
  const trace = (q: Float64Array) => q[0] + q[4] + q[8];
  const det = (q: Float64Array) => q[0] * (q[4] * q[8] - q[5] * q[7]) - q[1] * (q[3] * q[8] - q[5] * q[6]) + q[2] * (q[3] * q[7] - q[4] * q[6]);
  const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);

  test('O(3): every coordinate of every axis is uniform on [−1, 1] (Archimedes), along any directions', () => {
    const p: Record<string, number> = {};
    for (let i = 0; i < 9; i++) p[`q${i / 3 | 0}${i % 3}`] = uniformKS(figure(q => (q[i] + 1) / 2));
    // wᵀQu for unit vectors w and u
    const along = (w: number[], u: number[]) => figure(q => {
      const qu = (i: number) => q[3 * i] * u[0] + q[3 * i + 1] * u[1] + q[3 * i + 2] * u[2];
      return (w[0] * qu(0) + w[1] * qu(1) + w[2] * qu(2) + 1) / 2;
    });
    p.along = uniformKS(along([1 / 3, 2 / 3, 2 / 3], [2 / 3, -1 / 3, 2 / 3]));
    p.across = uniformKS(along([0.6, 0.8, 0], [0, -0.28, 0.96]));
    accept(p);
  });

  test('O(3): both determinants, all signs of the diagonal, the trace and the angle of rotation', () => {
    const signs = new Float64Array(8);
    for (const q of matrices) signs[(q[0] > 0 ? 1 : 0) + (q[4] > 0 ? 2 : 0) + (q[8] > 0 ? 4 : 0)]++;
    const dets = figure(det), traces = figure(trace);
    for (const d of dets) expect(Math.abs(Math.abs(d) - 1)).toBeLessThan(1e-14);
    accept({
      determinant: binomialP(sum(dets.map(d => (d > 0 ? 1 : 0))), N, 0.5),
      signs: evenP(signs),
      // E tr² = 1, E tr⁴ = 3: Diaconis and Evans, "Linear functionals of eigenvalues of random matrices", 2001
      trace: normalP(sum(traces) / Math.sqrt(N)),
      'trace²': normalP((sum(traces.map(t => t * t)) - N) / Math.sqrt(2 * N)),
      // a rotation of SO(3) is by an angle θ of density (1 − cos θ) / π
      angle: uniformKS(figure(q => {
        const theta = Math.acos(Math.min(1, Math.max(-1, (det(q) * trace(q) - 1) / 2)));
        return (theta - Math.sin(theta)) / Math.PI;
      })),
    });
  });

  test('vectors of R⁵, as rows and as columns: coordinates of density ¾ (1 − x²)', () => {
    const p: Record<string, number> = {};
    for (const [rows, columns] of [[2, 5], [5, 2]]) {
      const data = Array.from({ length: 4000 }, () => orthogonal([rows, columns], { ...float64, rng }).data);
      for (let i = 0; i < 10; i++) {
        p[`${rows} × ${columns}, ${i}`] = uniformKS(Float64Array.from(data, ({ [i]: x }) => 0.5 + (3 * x - x * x * x) / 4));
      }
      const coordinates = (q: Float64Array, j: number) => vectorsOf(q, rows, columns)[j];
      // given the first, the second is a vector of R⁴: along any direction orthogonal to the first, its coordinate has density ∝ √(1 − x²)
      p[`${rows} × ${columns}, second given the first`] = uniformKS(Float64Array.from(data, q => {
        const first = coordinates(q, 0), second = coordinates(q, 1), norm = Math.sqrt(1 - first[4] * first[4]), x = second[4] / norm;
        return 0.5 + (x * Math.sqrt(1 - x * x) + Math.asin(x)) / Math.PI;
      }));
    }
    accept(p);
  });
});

describe('the instance that is dropped', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test("the engine's memory stays as it is", () => {
    const { buffer } = kernels.memory, before = defaultRng(9), after = defaultRng(9);
    before.random(10);
    after.random(10);
    orthogonal([200, 300], { rng: defaultRng(1) });
    expect(kernels.memory.buffer).toBe(buffer);
    expect(buffer.byteLength).toBe(memoryBytes);
    expect(memoryBytes).toBe(6 * 65536);
    expect(after.random(10).data).toEqual(before.random(10).data);
  });

  test('matrices without full rank still give orthonormal vectors, zeros the identity', () => {
    const run = (rows: number, columns: number, value: (i: number, j: number) => number) => {
      const { kernels: own, buffer, at } = separate(nn.qrBytes(rows, columns))!, stride = own.qrBegin(at, rows, columns);
      for (let j = 0; j < columns; j++) new Float64Array(buffer, at + j * stride, rows).forEach((_, i, column) => { column[i] = value(i, j); });
      own.qrRun();
      const result = [];
      for (let from = 0, most = own.qrMost(true); from < columns; from += most) {
        const to = Math.min(from + most, columns);
        result.push(...new Float64Array(buffer, own.qrTake64(from, to, 1, true) >>> 0, (to - from) * rows));
      }
      return vectorsOf(result, columns, rows);
    };
    run(7, 5, () => 0).forEach((vector, j) => expect([...vector]).toEqual([...vector.map((_, i) => (i === j ? 1 : 0))]));
    const z = defaultRng(6).standardNormal([9, 9]).data;
    const deficient: ((i: number, j: number) => number)[] = [
      (i, j) => (j === 3 ? 0 : z[9 * j + i]), (i, j) => z[9 * (j % 4) + i], i => i - 2, (i, j) => (i === j ? -1 : 0), () => -0,
    ];
    for (const value of deficient) {
      for (const rows of [9, 6]) expect(defect(run(rows, 6, value))).toBeLessThan(1e-14);
    }
  });

  test('no memory: a RangeError that names the shape, and nothing is drawn', () => {
    const rng = defaultRng(1), state = stateOf(rng), out = new Float32Array(6).fill(7);
    vi.spyOn(WebAssembly, 'Memory').mockImplementation(function () { throw new RangeError('WebAssembly.Memory(): could not allocate memory'); });
    const message = `shape: 2 × 3 elements with working space (${nn.qrBytes(3, 2)} bytes) are more than this platform can allocate`;
    expect(() => orthogonal([2, 3], { rng, out })).toThrow(new RangeError(message));
    expect(stateOf(rng)).toBe(state);
    expect([...out]).toEqual([7, 7, 7, 7, 7, 7]);
  });

  test('what is laid out is within the bytes asked for', () => {
    expect(SEPARATE_BYTES + memoryBytes).toBe(2 ** 32 - 65536);
    expect(nn.qrBytes(512, 512)).toBeLessThan(2.5e6);
    expect(nn.qrBytes(2 ** 32, 1)).toBe(8 * 8 * 2 ** 32 + 4 * 28);
  });

  test('a hundred in a row', () => {
    const rng = defaultRng(1);
    for (let i = 0; i < 100; i++) expect(orthogonal([300, 300], { rng }).size).toBe(90_000);
  });
});

type Loosely = (...args: unknown[]) => unknown;
const call = orthogonal as unknown as Loosely;
const bad = (options: Record<string, unknown>, Class: ErrorClass, begins: string): Row => [rng => call([2, 3], { ...options, rng }), Class, begins];

refuses('orthogonal: shape', ([
  [undefined, T, 'shape: got undefined'], [null, T, 'shape: got null'], ['2', T, 'shape: got "2"'], [{}, T, 'shape: got {'],
  [new Map(), T, 'shape: got a Map'],
  [new Int32Array([2, 3]), T, 'shape: got Int32Array(2)'], [3n, T, 'shape: got 3n'], [NaN, R, 'shape: got NaN'], [-1, R, 'shape: got -1'],
  [1.5, R, 'shape: got 1.5'],
  [5, R, 'shape: got 5'], [0, R, 'shape: got 0'], [[], R, 'shape: got []'], [[5], R, 'shape: got [5]'],
  [[0, 3], R, 'shape: got [0, 3]'], [[3, 0], R, 'shape: got [3, 0]'], [[3, -0], R, 'shape: got [3, 0]'], [[2, 0, 3], R, 'shape: got [2, 0, 3]'],
  [[0, 0], R, 'shape: got [0, 0]'],
  [[2, -1], R, 'shape[1]: got -1'], [[2, 1.5], R, 'shape[1]: got 1.5'], [[2, NaN], R, 'shape[1]: got NaN'], [[2, '3'], T, 'shape[1]: got "3"'],
  [[2, , 3], T, 'shape[1]: got undefined'], [[2, [3]], T, 'shape[1]: got [3]'],
  [[2 ** 16, 2 ** 16 + 1], R, 'shape: got [65536, 65537]'], [[2 ** 15, 2 ** 15], R, 'shape: got [32768, 32768]'],
  [[2 ** 32, 1], R, 'shape: got [4294967296, 1]'], [[1, 2 ** 27], R, 'shape: got [1, 134217728]'],
] as [unknown, ErrorClass, string][]).map(([shape, Class, begins]): Row => [rng => call(shape, { rng }), Class, begins]));

refuses('orthogonal: options', [
  bad({ gain: NaN }, R, 'gain: got NaN'), bad({ gain: Infinity }, R, 'gain: got Infinity'), bad({ gain: -Infinity }, R, 'gain: got -Infinity'),
  bad({ gain: '1' }, T, 'gain: got "1"'),
  bad({ gain: null }, T, 'gain: got null'), bad({ gain: 1n }, T, 'gain: got 1n'), bad({ gain: [1] }, T, 'gain: got [1]'),
  bad({ gain: 1e39 }, R, 'gain: got 1e+39'), bad({ gain: -1e300 }, R, 'gain: got -1e+300'),
  bad({ layout: 'ab' }, R, 'layout: got "ab"'), bad({ layout: null }, T, 'layout: got null'), bad({ layout: 0 }, T, 'layout: got 0'),
  bad({ layout: ['oi'] }, T, 'layout: got ["oi"]'),
  bad({ dtype: 'int32' }, R, 'dtype: got "int32"'), bad({ dtype: 'float16' }, R, 'dtype: got "float16"'), bad({ dtype: null }, T, 'dtype: got null'),
  bad({ gian: 2 }, T, 'options: got the unknown option "gian"'), bad({ size: 2 }, T, 'options: got the unknown option "size"'),
  [rng => call([2, 3], rng), T, 'options: got'], [() => call([2, 3], null), T, 'options: got null'], [() => call([2, 3],
  [1]), T, 'options: got [1]'], [() => call([2, 3], new Map()), T, 'options: got a Map'],
  [() => call([2, 3], { rng: 5 }), T, 'rng: got 5'], [() => call([2, 3], { rng: null }), T, 'rng: got null'],
  [rng => call([2, 3], { rng: rng.bitGenerator }), T, 'rng: got a PCG32'],
]);

refuses('orthogonal: out', [
  [(rng, { i32 }) => call([2, 3], { rng, out: i32 }), T, 'out: got Int32Array(6)'],
  [(rng, { list }) => call([2, 3], { rng, out: list }), T, 'out: got [1, 2, 3]'],
  [(rng, { clamped }) => call([2, 3], { rng, out: clamped }), T, 'out: got Uint8ClampedArray(6)'],
  [(rng, { f64 }) => call([2, 4], { rng, out: f64 }), R, 'out: got Float64Array(6)'],
  [(rng, { f64 }) => call([2, 3], { rng, out: f64, dtype: 'float32' }), T, 'out: got Float64Array(6)'],
  [(rng, { matrix }) => call([3, 2], { rng, out: matrix }), R, 'out: got a NDArray'],
  [(rng, { mask }) => call([6, 1], { rng, out: mask }), T, 'out: got a NDArray'],
  [(rng, { f32 }) => call([2, 3], { rng, out: f32, gain: 1e39 }), R, 'gain: got 1e+39'],
  [(rng, { f64 }) => call([2, 3], { rng, out: f64, gain: NaN }), R, 'gain: got NaN'],
  [(rng, { f64 }) => call([2, 3], { rng, out: f64, layout: 'x' }), R, 'layout: got "x"'],
  [(rng, { view }) => call([2, 3], { rng, out: view }), T, 'out: got DataView'],
  [(rng, { buffer }) => call([2, 3], { rng, out: buffer }), T, 'out: got a ArrayBuffer'],
]);
