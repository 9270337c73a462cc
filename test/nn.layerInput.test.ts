/** What the Dropout layer refuses: by name, with nothing drawn, nothing written, and the pass before still the last. */
import { describe, expect, test } from 'vitest';
import { show } from '../src/errors.ts';
import type { Generator } from '../src/generator.ts';
import { NDArray } from '../src/ndarray.ts';
import { start, stateOf } from './draws.ts';
import { dropout, layer, lost, noFloats, transferred, type Layer } from './nn.loose.ts';
import { expectSame } from './nn.reference.ts';
import { R, refuses, T, type ErrorClass, type Loose, type Row } from './refuses.ts';

const x32 = new Float32Array(6).fill(1), matrix32 = new NDArray(x32.slice(), [2, 3], 'float32');
/** Fresh, after a forward pass (which leaves its generator, not the one watched, moved), and in evaluation. */
const fresh = (rng: Loose | Generator, options = {}): Layer => layer({ keep: 0.5, rng, ...options });
function passed(x: unknown = matrix32): Layer {
  const made = layer({ keep: 0.5, rng: start('PCG32') });
  made.forward(x);
  return made;
}
const evaluating = (x: unknown = matrix32) => {
  const made = layer({ keep: 0.5 }).eval();
  made.forward(x);
  return made;
};

refuses('forward: x of another kind', noFloats.flatMap(([, value, shown]): Row[] => [
  [rng => fresh(rng).forward(value), T, `x: got ${shown}`],
  [(rng, { f32 }) => fresh(rng).eval().forward(value, { out: f32 }), T, `x: got ${shown}`],
]));
refuses('forward', [
  [rng => fresh(rng).forward(lost()), R, 'x: got a NDArray'],
  [rng => fresh(rng).eval().forward(lost()), R, 'x: got a NDArray'],
  ...[(rng: Loose) => fresh(rng), (rng: Loose) => fresh(rng).eval()].flatMap((made): Row[] => [
    [(rng, { f64 }) => made(rng).forward(x32, { out: f64 }), T, 'out: got Float64Array(6)'],
    [(rng, { u8 }) => made(rng).forward(x32, { out: u8 }), T, 'out: got Uint8Array(6)'],
    [(rng, { f32 }) => made(rng).forward(x32, { out: f32.subarray(1) }), R, 'out: got Float32Array(5)'],
    [(rng, { matrix }) => made(rng).forward(new Float64Array(6), { out: matrix }), R, 'out: got a NDArray'],
    [rng => made(rng).forward(x32, { out: transferred(new Float32Array(6)) }), R, 'out: got Float32Array(0)'],
    [rng => made(rng).forward(x32, { out: lost() }), R, 'out: got a NDArray'],
    [rng => made(rng).forward(x32, { out: null }), T, 'out: got null'],
    [rng => made(rng).forward(x32, { keep: 0.5 }), T, 'options: got the unknown option "keep"'],
    [rng => made(rng).forward(x32, { noiseShape: 6 }), T, 'options: got the unknown option "noiseShape"'],
    [rng => made(rng).forward(x32, x32), T, 'options: got Float32Array(6)'],
    [rng => made(rng).forward(x32, null), T, 'options: got null'],
  ]),
  [(rng, { f32 }) => fresh(rng, { noiseShape: [2] }).forward(x32, { out: f32 }), R, 'noiseShape: got [2], takes a shape that broadcasts to [6]'],
  [rng => fresh(rng, { noiseShape: [1, 1] }).forward(x32), R, 'noiseShape: got [1, 1]'],
  [rng => fresh(rng, { noiseShape: [2, 1] }).forward(new NDArray(new Float64Array(6), [3, 2], 'float64')), R, 'noiseShape: got [2, 1]'],
]);

const badShapes: [unknown, ErrorClass, string][] = [
  [null, T, ': got null'], ['3', T, ': got "3"'], [-1, R, ': got -1'], [1.5, R, ': got 1.5'], [[1, -1], R, '[1]: got -1'], [[1, '1'], T, '[1]: got "1"'],
  [new Int32Array(2), T, ': got Int32Array(2)'],
];
refuses('the layer: noiseShape', badShapes.map(([noiseShape, Class, shown]): Row => [rng => fresh(rng, { noiseShape }), Class, `noiseShape${shown}`]));

refuses('train', [1, 0, null, 'false', {}].map((mode): Row => [rng => fresh(rng).train(mode), T, `mode: got ${show(mode)}`]));

refuses('backward without a forward pass', [
  [(rng, { f32 }) => fresh(rng).backward(x32, { out: f32 }), T, 'backward: got no forward pass'],
  [rng => fresh(rng).eval().backward(x32), T, 'backward: got no forward pass'],
  [rng => { const made = fresh(rng); try { made.forward([1, 2]); } catch { /* refused */ } made.backward(x32); }, T, 'backward: got no forward pass'],
]);

for (const [mode, after] of [['training', passed], ['evaluation', evaluating]] as const) {
  refuses(`backward after ${mode}: a gradient of another kind`,
    noFloats.map(([, value, shown]): Row => [(_, { f32 }) => after().backward(value, { out: f32 }), T, `gradient: got ${shown}`]));
  refuses(`backward after ${mode}`, [
    ...[[6], [3, 2], [1, 2, 3], [2, 3, 1]].map((shape): Row => [() => after().backward(new NDArray(new Float32Array(6), shape, 'float32')), R,
      'gradient: got a NDArray, takes the shape of x, [2, 3]']),
    ...[5, 7, 0].map((n): Row => [() => after().backward(new Float32Array(n)), R, `gradient: got Float32Array(${n}), takes the shape of x, [2, 3]`]),
    [() => after().backward(lost()), R, 'gradient: got a NDArray'],
    [() => after().backward(transferred(new Float32Array(6))), R, 'gradient: got Float32Array(0)'],
    [() => after(new NDArray(new Float32Array(1), [], 'float32')).backward(new Float32Array(2)), R,
      'gradient: got Float32Array(2), takes the shape of x, []'],
    [() => after(new Float32Array(0)).backward(new Float32Array(1)), R, 'gradient: got Float32Array(1), takes the shape of x, [0]'],
    [() => after(x32).backward(matrix32), R, 'gradient: got a NDArray, takes the shape of x, [6]'],
    [(_, { f64 }) => after().backward(x32, { out: f64 }), T, 'out: got Float64Array(6)'],
    [(_, { f32 }) => after().backward(x32, { out: f32.subarray(1) }), R, 'out: got Float32Array(5)'],
    [(_, { matrix }) => after().backward(new Float64Array(6), { out: matrix.reshape(6) }), R, 'out: got a NDArray'],
    [() => after().backward(x32, { out: lost() }), R, 'out: got a NDArray'],
    [(_, { f32 }) => after().backward(x32, { out: f32, keep: 0.5 }), T, 'options: got the unknown option "keep"'],
    [() => after().backward(x32, 5), T, 'options: got 5'],
  ]);
}

describe('after a refusal', () => {
  test('the pass before is still the last, and the mode as it was', () => {
    const rng = start('PCG32'), made = fresh(rng);
    rng.bernoulli(0.5, 3);
    const y = made.forward(new Float32Array(100).fill(1)) as NDArray, state = stateOf(rng);
    const refused: (() => unknown)[] = [
      () => made.forward([1]), () => made.forward(x32, { out: new Float32Array(5) }), () => made.forward(x32, { rng }), () => made.backward(x32),
        () => made.backward(null), () => made.backward(new Float32Array(100), { out: x32 }), () => made.train(1),
    ];
    for (const call of refused) {
      expect(call).toThrow(/: got /);
      expect(made.training).toBe(true);
      expect(stateOf(rng)).toBe(state);
      expectSame((made.backward(new Float32Array(100).fill(1)) as NDArray).data, y.data, String(call));
    }
  });

  test('constructors draw nothing, and neither does backward', () => {
    const rng = start('PCG32DXSM'), state = stateOf(rng), made = fresh(rng);
    expect(stateOf(rng)).toBe(state);
    made.forward(x32);
    const after = stateOf(rng);
    for (let i = 0; i < 5; i++) made.backward(x32);
    expect(stateOf(rng)).toBe(after);
    expectSame((dropout(x32, { keep: 0.5, rng: start('PCG32DXSM') }) as NDArray).data, (made.backward(x32) as NDArray).data, 'dropout');
  });
});
