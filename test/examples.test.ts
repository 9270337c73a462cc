import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

// The examples with packages of their own, as their user meets them: on the built package, in their own processes.
const examples = fileURLToPath(new URL('../examples/', import.meta.url));
const required = process.env.NDRAND_REQUIRE?.split(',') ?? [];

/** Skips the test where the packages of an example are not installed, unless NDRAND_REQUIRE asks for it. */
function installed(skip: (note: string) => never, name: string, packageName: string): void {
  if (existsSync(join(examples, name, 'node_modules', packageName))) return;
  const note = `examples/${name} is not installed: run npm ci in it`;
  if (required.includes(name)) throw new Error(note);
  console.warn(`skipped: ${note}`);
  skip(note);
}

function run(name: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(examples, name, 'main.mjs'), ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

interface Digits {
  seed: string;
  initialisation: { runs: { name: string; spread: number[]; heldOutAccuracy: number }[] };
  dropout: { runs: { keep: number; learntAccuracy: number; heldOutAccuracy: number }[] };
  sha256: string;
}
function digits(...args: string[]): Digits {
  const { status, stdout, stderr } = run('digits', '--json', ...args);
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Digits;
}

/** What must hold of the initialisers at any length. */
function expectInitialisers({ initialisation: { runs } }: Digits): void {
  expect(runs.map(({ name }) => name)).toEqual(['zeros', 'normal, std 0.01', 'Xavier', 'He']);
  const [zero, tiny, xavier, he] = runs;
  expect(zero.spread).toEqual(Array(16).fill(0));
  expect(tiny.spread.at(-1)).toBeLessThan(1e-15);
  // after the first hidden layer come 15 square ones, where Xavier's weights are He's times √½, their normals being the same
  const ratio = xavier.spread.at(-1)! / xavier.spread[0] / (he.spread.at(-1)! / he.spread[0]);
  expect(ratio).toBeCloseTo(2 ** -7.5, 6);
  for (const std of he.spread) expect(Math.abs(Math.log2(std))).toBeLessThan(2);
  // the most frequent digit
  for (const { heldOutAccuracy } of [zero, tiny]) expect(heldOutAccuracy).toBeLessThan(0.15);
  expect(he.heldOutAccuracy).toBeGreaterThan(xavier.heldOutAccuracy + 0.2);
}

describe('digits', () => {
  test('learns, by He at least, and twice the same', ({ skip }) => {
    installed(skip, 'digits', 'mnist');
    const first = digits('--quick', '--seed', '5');
    expectInitialisers(first);
    const [without, dropout] = first.dropout.runs;
    expect([without.keep, dropout.keep]).toEqual([1, 0.75]);
    for (const { heldOutAccuracy } of [without, dropout]) expect(heldOutAccuracy).toBeGreaterThan(0.85);
    expect(without.learntAccuracy).toBeGreaterThan(dropout.learntAccuracy);
    expect(without.learntAccuracy - without.heldOutAccuracy).toBeGreaterThan(dropout.learntAccuracy - dropout.heldOutAccuracy);
    expect(digits('--quick', '--seed', '5')).toEqual(first);
    expect(digits('--quick', '--seed', '6', '--epochs', '1').sha256).not.toBe(first.sha256);
  });

  // half a minute: only where it is asked for
  test.runIf(required.includes('digits'))('in full: as its README prints it', { timeout: 300_000 }, ({ skip }) => {
    installed(skip, 'digits', 'mnist');
    const report = digits();
    expectInitialisers(report);
    const [without, dropout] = report.dropout.runs;
    expect(dropout.heldOutAccuracy).toBeGreaterThanOrEqual(0.94);
    expect(dropout.heldOutAccuracy).toBeGreaterThan(without.heldOutAccuracy);
    expect(readFileSync(join(examples, 'digits/README.md'), 'utf8')).toContain(report.sha256);
  });

  test('one screen, and neither colours nor a progress bar where there is no terminal', ({ skip }) => {
    installed(skip, 'digits', 'mnist');
    const { status, stdout, stderr } = run('digits', '--quick', '--epochs', '1');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).not.toMatch(/[\r\x1b]/);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeLessThan(40);
    expect(Math.max(...lines.map(line => [...line].length))).toBeLessThan(80);
  });

  test.for([
    [['--seed', 'x'], '--seed: got "x", takes an integer of at least 0'],
    [['--epochs', '0'], '--epochs: got "0", takes an integer of at least 1'],
    [['--fast'], "Unknown option '--fast'"],
  ] as const)('%j', ([args, message], { skip }) => {
    installed(skip, 'digits', 'mnist');
    const { status, stdout, stderr } = run('digits', ...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});

describe('the arithmetic of digits', async () => {
  const load = (name: string) => import(pathToFileURL(join(examples, 'digits', name)).href);
  const { exp, gradientOfLogits } = await load('softmax.mjs');
  const { affine, descend, gradientOfInputs } = await load('matrix.mjs');
  // shapes on both sides of the blocks of four, and exact values, so that any order of summation gives the same
  const values = (length: number) => fc.array(fc.integer({ min: -4, max: 4 }), { minLength: length, maxLength: length }).map(array => Float32Array.from(array));
  const layers = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })).chain(
    ([batch, inputs, outputs]) => fc.record({
      batch: fc.constant(batch), inputs: fc.constant(inputs), outputs: fc.constant(outputs),
      x: values(batch * inputs), weights: values(inputs * outputs), biases: values(outputs), dy: values(batch * outputs),
    }));

  test('exp', () => {
    for (let x = 0; x > -699; x -= 0.00731) expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(4e-16);
    expect([exp(0), exp(-0), exp(-701), exp(-Infinity)]).toEqual([1, 1, 0, 0]);
  });

  test('the gradient of the logits: softmax less the label', () => {
    const gradient = new Float32Array(6);
    gradientOfLogits(Float32Array.of(1000, 1000, -1000, 0, 0, 0), [0, 2], gradient);
    expect([...gradient]).toEqual([-0.5, 0.5, 0, 1 / 3, 1 / 3, -2 / 3].map(Math.fround));
  });

  test('products and steps', () => {
    fc.assert(fc.property(layers, ({ batch, inputs, outputs, x, weights, biases, dy }) => {
      const y = new Float32Array(batch * outputs), dx = new Float32Array(batch * inputs).fill(NaN);
      affine(x, weights, biases, y, batch);
      gradientOfInputs(dy, weights, x, dx, batch);
      for (let b = 0; b < batch; b++) {
        for (let j = 0; j < outputs; j++) {
          let sum = biases[j];
          for (let i = 0; i < inputs; i++) sum += x[b * inputs + i] * weights[i * outputs + j];
          expect(y[b * outputs + j]).toBe(sum);
        }
        for (let i = 0; i < inputs; i++) {
          let sum = 0;
          for (let j = 0; j < outputs; j++) sum += dy[b * outputs + j] * weights[i * outputs + j];
          expect(dx[b * inputs + i] + 0).toBe(x[b * inputs + i] > 0 ? sum + 0 : 0);
        }
      }
      const learnt = weights.slice(), moved = biases.slice();
      descend(learnt, moved, x, dy, batch, -batch); // a step of 1: all exact
      for (let j = 0; j < outputs; j++) {
        const column = Array.from({ length: batch }, (_, b) => dy[b * outputs + j]);
        expect(moved[j]).toBe(biases[j] + column.reduce((a, b) => a + b, 0));
        for (let i = 0; i < inputs; i++) {
          expect(learnt[i * outputs + j]).toBe(weights[i * outputs + j] + column.reduce((sum, d, b) => sum + d * x[b * inputs + i], 0));
        }
      }
    }));
  });
});

describe('tfjs', () => {
  test('kernels by ndrand, handed over in every way, learn the same; tfjs\'s own are too narrow', ({ skip }) => {
    installed(skip, 'tfjs', '@tensorflow/tfjs');
    const { status, stdout, stderr } = run('tfjs');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^tfjs +\S+ +-1[12]\.\d\d % .* no$/m);
    expect(stdout).toMatch(/^ndrand +\S+ +[+-]0\.[0-3]\d % .* yes$/m);
    const rows = stdout.split('\n').slice(-5, -1).map(line => line.trim().split(/ {2,}/));
    expect(rows.map(row => [row[0], row.at(-1)])).toEqual([
      ['kernelInitializer', 'yes'], ['setWeights', 'yes'], ['its JSON, loaded', 'yes'], ['another seed', 'no'],
    ]);
    for (const row of rows) expect(parseFloat(row.at(-2)!)).toBeGreaterThan(90);
    expect(Math.max(...stdout.split('\n').map(line => [...line].length))).toBeLessThan(80);
  });
});
