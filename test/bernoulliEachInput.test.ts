/** What `bernoulli` refuses of an array of probabilities: by name, with nothing drawn and nothing written. */
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { NDArray } from '../src/ndarray.ts';
import { start } from './draws.ts';
import { lost, transferred } from './nn.loose.ts';
import { R, refuses, T, type ErrorClass, type Row } from './refuses.ts';

const grid = (data: Float64Array, ...shape: number[]) => new NDArray(data, shape, 'float64');

describe('values', () => {
  const rows: [unknown, ErrorClass, string][] = [
    [[0.5, NaN], R, 'p[1]: got NaN'], [[-1e-300], R, 'p[0]: got -1e-300'], [[0, 1, 1 + 2 ** -52], R, 'p[2]: got 1.0000000000000002'],
    [[Infinity], R, 'p[0]: got Infinity'], [[[0.5, 0.5], [0.5, 2]], R, 'p[1][1]: got 2'], [[[[0.1]], [[-1]]], R, 'p[1][0][0]: got -1'],
    [Float64Array.of(0.5, -0.1), R, 'p[1]: got -0.1'], [Float32Array.of(1, NaN), R, 'p[1]: got NaN'], [Int8Array.of(0, -1), R, 'p[1]: got -1'],
    [Uint32Array.of(2), R, 'p[0]: got 2'],
    [grid(Float64Array.of(0, 1, 1, 0, 1.5, 0), 2, 3), R, 'p[1][1]: got 1.5'], [grid(Float64Array.of(2)), R, 'p: got 2'],
    [['0.5'], T, 'p[0]: got "0.5"'], [[0.5, '0.5'], T, 'p[1]: got "0.5"'], [[0.5, null], T, 'p[1]: got null'], [[null], T, 'p[0]: got null'],
    [[undefined], T, 'p[0]: got undefined'], [[0.5, , 0.5], T, 'p[1]: got undefined'], [[{}], T, 'p[0]: got {}'], [[0.5, 1n], T, 'p[1]: got 1n'],
    [[0.5, true], T, 'p[1]: got true'],
    [[1n, 0n], T, 'p: got [1n, 0n]'], [BigInt64Array.of(1n), T, 'p: got BigInt64Array(1)'], [new BigUint64Array(0), T, 'p: got BigUint64Array(0)'],
    [new NDArray(BigInt64Array.of(1n), [1], 'int64'), T, 'p: got a NDArray'],
    [[true, false], T, 'p: got [true, false]'], [new NDArray(Uint8Array.of(1), [1], 'bool'), T, 'p: got a NDArray'],
    [[[0.5], 0.5], R, 'p[1]: got 0.5'], [[0.5, [0.5]], R, 'p[1]: got [0.5]'], [[[0.5], [0.5, 0.5]], R, 'p[1]: got [0.5, 0.5]'],
    [[[], [0.5]], R, 'p[1]: got [0.5]'], [[new Float64Array(2)], T, 'p[0]: got Float64Array(2)'],
    [new Uint8ClampedArray(2), T, 'p: got Uint8ClampedArray(2)'], [new DataView(new ArrayBuffer(8)), T, 'p: got DataView(8)'],
    [new ArrayBuffer(8), T, 'p: got a ArrayBuffer'], [new Set([0.5]), T, 'p: got a Set'], [{ 0: 0.5, length: 1 }, T, 'p: got {0, length}'],
    [{ p: 0.5 }, T, 'p: got {p}'], [() => 0.5, T, 'p: got function'],
    [lost(), R, 'p: got a NDArray'],
  ];
  const self: unknown[] = [];
  self.push(self);
  refuses('p', [...rows, [self, R, 'p: got […]'] as [unknown, ErrorClass, string]].flatMap(([p, Class, begins]): Row[] => [
    [rng => rng.bernoulli(p), Class, begins],
    [(rng, { u8 }) => rng.bernoulli(p, { out: u8 }), Class, begins],
    [rng => rng.bernoulli(p, [2, 3], { dtype: 'float32' }), Class, begins],
  ]));
});

describe('shapes', () => {
  const rows: [unknown, unknown, string][] = [
    [[0.5, 0.5], 3, '[2], takes a shape that broadcasts to [3]'], [[0.5, 0.5], 1, '[2]'], [[0.5, 0.5], [2, 3], '[2]'], [[[0.5], [0.5]], 2, '[2, 1]'],
    [[[0.5]], 4, '[1, 1], takes a shape that broadcasts to [4]'], [[0.5], [], '[1], takes a shape that broadcasts to []'],
    [[], 1, '[0]'], [[], 3, '[0]'], [[[], []], [2, 1], '[2, 0]'], [new Float32Array(2), [0], '[2]'],
    [grid(new Float64Array(6), 2, 3), [3, 2], '[2, 3]'], [grid(new Float64Array(6), 2, 3), [6], '[2, 3]'], [transferred(new Float32Array(3)), 3, '[0]'],
  ];
  refuses('that do not broadcast', rows.map(([p, size, shown]): Row => [rng => rng.bernoulli(p, size), R, `p: got ${shown}`]));
  refuses('out', [
    [(rng, { u8 }) => rng.bernoulli([0.5, 0.5], { out: u8 }), R, 'p: got [2], takes a shape that broadcasts to [6]'],
    [(rng, { u8 }) => rng.bernoulli([[0.5], [0.5]], [2, 2], { out: u8 }), R, 'out: got Uint8Array(6)'],
    [(rng, { bytes }) => rng.bernoulli(grid(new Float64Array(6), 2, 3), { out: bytes }), R, 'p: got [2, 3], takes a shape that broadcasts to [6]'],
    [(rng, { f64 }) => rng.bernoulli([0.5], { out: f64 }), T, 'out: got Float64Array(6)'],
    [(rng, { i8 }) => rng.bernoulli([0.5], { out: i8 }), T, 'out: got Int8Array(6)'],
    [(rng, { f32 }) => rng.bernoulli([0.5], { out: f32, dtype: 'uint8' }), T, 'out: got Float32Array(6)'],
    [(rng, { bytes }) => rng.bernoulli([0.5], { out: bytes, dtype: 'bool' }), T, 'out: got a NDArray'],
    [(rng, { u8 }) => rng.bernoulli([0.5], 5, { out: u8 }), R, 'out: got Uint8Array(6)'],
    [rng => rng.bernoulli([0.5], { out: lost('uint8') }), R, 'out: got a NDArray'],
    [rng => rng.bernoulli(0.5, { out: lost('uint8') }), R, 'out: got a NDArray'],
  ]);
  refuses('size and options', [
    [rng => rng.bernoulli([0.5], -1), R, 'size: got -1'],
    [rng => rng.bernoulli([0.5], null), T, 'size: got null'],
    [rng => rng.bernoulli([0.5], '3'), T, 'size: got "3"'],
    [rng => rng.bernoulli([0.5], [0.5]), R, 'size[0]: got 0.5'],
    [rng => rng.bernoulli([0.5], 3, { size: 3 }), T, 'size: got 3'],
    [rng => rng.bernoulli([0.5], { size: 2 ** 33 }), R, 'size: got 8589934592'],
    [rng => rng.bernoulli([0.5], 3, { dtype: 'float64' }), R, 'dtype: got "float64"'],
    [rng => rng.bernoulli([0.5], { dtype: 8 }), T, 'dtype: got 8'],
    [rng => rng.bernoulli([0.5], 3, { p: 0.5 }), T, 'options: got the unknown option "p"'],
    [rng => rng.bernoulli([0.5], { size: 3 }, { dtype: 'bool' }), T, 'options: got {dtype}'],
  ]);
});

test('lists and typed arrays of another realm are taken as our own', () => {
  const { list, typed } = runInNewContext('({ list: [[0.5, 0.25]], typed: Float32Array.of(0.5, 0.25) })') as { list: number[][]; typed: Float32Array };
  expect(start('PCG32').bernoulli(list, [9, 2])).toEqual(start('PCG32').bernoulli([0.5, 0.25], [9, 2]));
  expect(start('PCG32').bernoulli(typed, [9, 2])).toEqual(start('PCG32').bernoulli([0.5, 0.25], [9, 2]));
});
