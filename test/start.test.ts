import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

// `npm start` as its user meets it: the program in its own process, on the built package.
const example = fileURLToPath(new URL('../examples/gpt2/', import.meta.url));
const load = (name: string) => import(pathToFileURL(join(example, name)).href);
const { checkModel, readModel, TableError } = await load('table.mjs');
const { moments, expectedOf, expectedOfMask, whatIsOff } = await load('statistics.mjs');

const folder = mkdtempSync(join(tmpdir(), 'ndrand-start-'));
afterAll(() => rmSync(folder, { recursive: true }));

function start(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(example, 'main.mjs'), ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

interface Report {
  seed: string;
  tensors: number;
  parameters: number;
  bytes: number;
  checksum: string;
  off: string[];
  rows: { name: string; shape: number[]; ms: number; mean: number; std: number; expected: { mean: number; std: number } }[];
}
function report(...args: string[]): Report {
  const { status, stdout, stderr } = start('--json', ...args);
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Report;
}

const tiny = {
  name: 'tiny',
  config: { n_layer: 2 },
  tensors: [
    { name: 'emb', shape: [300, 10], init: { type: 'normal', mean: 0.5, std: 0.02 } },
    { name: 'proj', shape: [51, 20], init: { type: 'normal', mean: 0, std: 0.02, residual: true } },
    { name: 'linear', shape: [777], init: { type: 'uniform', low: -0.25, high: 0.5 } },
    { name: 'gain', shape: [7], init: { type: 'constant', value: 0.1 } },
  ],
  dropout: { shape: [5, 1001], keep: 0.9 },
};
function write(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}
const tinyPath = write('tiny.json', tiny);

describe('the program', () => {
  test('GPT-2 small: all parameters, nothing off', () => {
    const { tensors, parameters, bytes, seed, off, rows, checksum } = report();
    // as README prints it: values are stable
    expect(checksum).toBe('3d03dd990cd5aa84501263dba6abb6bbe3727d9d2b1d0e2c56663507b8476ca1');
    expect({ tensors, parameters, bytes, seed, off }).toEqual({ tensors: 148, parameters: 124_439_808, bytes: 497_759_232, seed: '1234', off: [] });
    expect(rows.map(row => row.name).slice(-2)).toEqual(['ln_f.bias', 'dropout mask']);
    const proj = rows.find(row => row.name === 'h.5.mlp.c_proj.weight');
    expect(proj?.expected.std).toBe(0.02 / Math.sqrt(24));
    expect(proj?.shape).toEqual([3072, 768]);
  });

  test('prints a line for each tensor and the mask, then a summary; no control codes where there is no terminal', () => {
    const { status, stdout, stderr } = start('--model', tinyPath);
    expect([status, stderr]).toEqual([0, '']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBe(3 + 5 + 1 + 3);
    expect(new Set(lines.slice(0, 9).map(line => line.length)).size).toBe(1);
    expect(lines.slice(3, 8).map(line => line.split('│')[1].trim())).toEqual(['emb', 'proj', 'linear', 'gain', 'dropout mask']);
    expect(lines[6]).toMatch(/│ gain +│ +7 │ +\d+\.\d{3} │ +\d+\.\d{2} │ +0\.100000 │ +0\.100000 │ +0\.000000 │ +0\.000000 │/);
    expect(lines[9]).toBe('tiny, seed 1234: 4 tensors, 4,804 parameters (0.019 MB)');
    expect(lines[11]).toMatch(/^sha256 [0-9a-f]{64}$/);
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
    expect(start('--model', tinyPath, '--quiet').stdout.split('\n')[2]).toBe(lines[11]);
  });

  test('the checksum repeats with a seed and changes with it, in all its digits', () => {
    const checksum = (...args: string[]) => report('--model', tinyPath, ...args).checksum;
    const first = checksum('--seed', '5');
    expect(checksum('--seed', '5')).toBe(first);
    expect(checksum('--seed', '005')).toBe(first);
    expect(checksum('--seed', '1234')).toBe(checksum());
    expect(new Set([first, checksum('--seed', '6'), checksum('--seed', String(2n ** 32n + 5n)), checksum('--seed', String(2n ** 200n + 5n))]).size).toBe(4);
  });

  test('the mask and every tensor are in the checksum', () => {
    const { dropout, ...bare } = tiny;
    const checksums = [tiny, bare, { ...tiny, dropout: { ...dropout, keep: 0.5 } }, { ...tiny, tensors: tiny.tensors.slice(0, 3) }].map((table, i) => report('--model', write(`part${i}.json`, table)).checksum);
    expect(new Set(checksums).size).toBe(4);
  });

  test('a value that theory does not allow is marked and fails the run', () => {
    // Too small for a float32: everything comes out 0.
    const path = write('off.json', { ...tiny, tensors: [...tiny.tensors, { name: 'dust', shape: [1000], init: { type: 'normal', mean: 0, std: 1e-46 } }] });
    const { status, stdout } = start('--model', path);
    expect(status).toBe(1);
    expect(stdout.split('\n').filter(line => line.includes('OFF')).map(line => line.split('│')[1].trim())).toEqual(['dust']);
    expect(stdout).toContain('1 measured value is not what theory allows:\n  dust: std is 0, should be 1e-46');
    expect(start('--model', path, '--quiet').status).toBe(1);
    expect((JSON.parse(start('--model', path, '--json').stdout) as Report).off.length).toBe(1);
  });

  test.each([
    [['--sed', '1'], "Unknown option '--sed'"],
    [['7'], "Unexpected argument '7'"],
    [['--seed'], '--seed'],
    [['--seed=-1'], '--seed: got "-1", takes a non-negative integer'],
    [['--seed', '1.5'], '--seed: got "1.5"'],
    [['--seed', '1e3'], '--seed: got "1e3"'],
    [['--seed', ''], '--seed: got ""'],
    [['--model', join(folder, 'none.json')], 'none.json: cannot be read: ENOENT'],
    [['--model', write('broken.json', '{ "name": ')], 'broken.json: not JSON'],
    [['--model', write('huge.json', { name: 'huge', tensors: [tiny.tensors[0], { name: 'h.0.w', shape: [2 ** 31, 2, 2], init: tiny.tensors[0].init }] })], 'huge.json: tensors[1] (h.0.w): shape: got [2147483648,2,2], takes at most 2^32 elements'],
  ])('refuses %j', (args, message) => {
    const { status, stdout, stderr } = start(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('--help names every option', () => {
    const { status, stdout } = start('--help');
    expect(status).toBe(0);
    for (const option of ['--seed', '--model', '--quiet', '--json', '--help']) expect(stdout).toContain(`  ${option} `);
  });
});

describe('the table', () => {
  test('GPT-2 small has its 148 tensors and 124,439,808 parameters, initialised as GPT-2 is', () => {
    const { tensors, dropout } = readModel(new URL('../examples/gpt2/gpt2-small.json', import.meta.url)) as {
      tensors: { name: string; shape: number[]; size: number; init: { type: string; mean?: number; std?: number; value?: number } }[];
      dropout: { shape: number[]; size: number; keep: number };
    };
    expect(tensors.length).toBe(148);
    expect(tensors.reduce((total, { size }) => total + size, 0)).toBe(124_439_808);
    for (const { name, init } of tensors) {
      if (/ln_(1|2|f)\.weight$/.test(name)) expect([name, init]).toEqual([name, { type: 'constant', value: 1 }]);
      else if (name.endsWith('.bias')) expect([name, init]).toEqual([name, { type: 'constant', value: 0 }]);
      else expect([name, init]).toEqual([name, { type: 'normal', mean: 0, std: name.endsWith('c_proj.weight') ? 0.02 / Math.sqrt(24) : 0.02 }]);
    }
    expect(dropout).toEqual({ shape: [8, 1024, 768], size: 6_291_456, keep: 0.9 });
  });

  const [emb] = tiny.tensors;
  const withTensor = (change: object) => ({ ...tiny, tensors: [emb, { ...emb, name: 'w', ...change }] });
  const withInit = (init: unknown) => withTensor({ init });
  test.each<[string, unknown]>([
    ['table: got [], takes an object', []],
    ['name: got ""', { ...tiny, name: '' }],
    ['name: got nothing', { ...tiny, name: undefined }],
    ['table: tensors is missing', { name: 'x' }],
    ['table: unknown field "tensor", takes name, config, tensors, dropout', { ...tiny, tensor: [] }],
    ['tensors: got []', { ...tiny, tensors: [] }],
    ['config: got 3', { ...tiny, config: 3 }],
    ['tensors[1] (proj): init.residual needs config.n_layer: got nothing, takes a positive integer', { ...tiny, config: {} }],
    ['tensors[1]: got 5, takes an object with name, shape, init', { ...tiny, tensors: [emb, 5] }],
    ['tensors[1] (emb): name: got "emb", takes a name that tensors[0] does not have yet', { ...tiny, tensors: [emb, emb] }],
    ['tensors[1].name: got 4', withTensor({ name: 4 })],
    ['tensors[1].name: got "a\\nb"', withTensor({ name: 'a\nb' })],
    ['tensors[1]: unknown field "dtype"', withTensor({ dtype: 'float64' })],
    ['tensors[1] (w): shape: got 12', withTensor({ shape: 12 })],
    ['tensors[1] (w): shape: got []', withTensor({ shape: [] })],
    ['tensors[1] (w): shape[1]: got 0, takes a positive integer', withTensor({ shape: [3, 0] })],
    ['tensors[1] (w): shape[1]: got 1.5', withTensor({ shape: [3, 1.5] })],
    ['tensors[1] (w): init: got null', withInit(null)],
    ['tensors[1] (w): init.type: got "glorot", takes "normal", "uniform" or "constant"', withInit({ type: 'glorot' })],
    ['tensors[1] (w): init: std is missing', withInit({ type: 'normal', mean: 0 })],
    ['tensors[1] (w): init.std: got -1, takes a finite number of at least 0', withInit({ type: 'normal', mean: 0, std: -1 })],
    ['tensors[1] (w): init.mean: got "0"', withInit({ type: 'normal', mean: '0', std: 1 })],
    ['tensors[1] (w): init.residual: got 1', withInit({ type: 'normal', mean: 0, std: 1, residual: 1 })],
    ['tensors[1] (w): init: unknown field "scale"', withInit({ type: 'normal', mean: 0, std: 1, scale: 2 })],
    ['tensors[1] (w): init.high: got 0, takes a finite number of at least 1', withInit({ type: 'uniform', low: 1, high: 0 })],
    ['tensors[1] (w): init.value: got null', withInit({ type: 'constant', value: null })],
    ['dropout: keep is missing', { ...tiny, dropout: { shape: [3] } }],
    ['dropout.keep: got 1.1, takes a probability', { ...tiny, dropout: { shape: [3], keep: 1.1 } }],
    ['dropout.shape[0]: got -3', { ...tiny, dropout: { shape: [-3], keep: 1 } }],
  ])('%s', (message, table) => {
    expect(() => checkModel(table)).toThrow(TableError);
    expect(() => checkModel(table)).toThrow(message);
  });
});

describe('the statistics', () => {
  // Around 10^8 a sum of float64 squares would keep no digit of a variance of 1.25; both halves are exact here.
  test.each([0, 1e8, -(2 ** 40)])('mean and deviation do not cancel around %d', centre => {
    const data = Float64Array.from({ length: 100_000 }, (_, i) => centre + (i % 4));
    expect(moments(data)).toEqual({ mean: centre + 1.5, std: Math.sqrt(1.25) });
  });

  test('of one value', () => {
    expect(moments([0.1])).toEqual({ mean: 0.1, std: 0 });
  });

  test('of a block and a bit, with means apart', () => {
    const { mean, std } = moments(Float64Array.from({ length: 4096 + 1024 }, (_, i) => (i < 4096 ? 0 : 10)));
    expect([mean, std]).toEqual([2, 4]);
  });

  test('five standard errors are let pass, more are not, and NaN is not', () => {
    const due = expectedOf({ type: 'normal', mean: 1, std: 2 }, 10_000);
    expect([due.mean, due.std]).toEqual([1, 2]);
    expect(whatIsOff({ mean: 1.0999, std: 2.0706 }, due)).toEqual([]);
    expect(whatIsOff({ mean: 0.8999, std: 2 }, due)).toEqual([expect.stringMatching(/^mean is 0.8999, should be 1: 5\.0 standard errors off$/)]);
    expect(whatIsOff({ mean: 1, std: 1.9292 }, due)).toEqual([expect.stringContaining('std is 1.9292')]);
    expect(whatIsOff({ mean: NaN, std: NaN }, due).length).toBe(2);
    const uniform = expectedOf({ type: 'uniform', low: -1, high: 1 }, 10_000);
    // A uniform's deviation is known better than a normal's: to 0.0026 here, where a normal's is 0.0041.
    expect(whatIsOff({ mean: 0, std: uniform.std + 5.1 * 0.002582 }, uniform).length).toBe(1);
    expect(whatIsOff({ mean: 0, std: uniform.std + 4.9 * 0.002582 }, uniform)).toEqual([]);
  });

  test('a constant is exact, as a float32', () => {
    const due = expectedOf({ type: 'constant', value: 0.1 }, 10);
    expect(whatIsOff({ mean: Math.fround(0.1), std: 0 }, due)).toEqual([]);
    expect(whatIsOff({ mean: 0.1, std: 0 }, due)).toEqual([expect.stringContaining('exactly')]);
  });

  test('a mask of zeros and ones, not of other bytes', () => {
    const due = expectedOfMask(0.9, 100_000);
    const mask = Uint8Array.from({ length: 100_000 }, (_, i) => (i % 10 === 0 ? 0 : 1));
    expect(whatIsOff(moments(mask), due)).toEqual([]);
    expect(whatIsOff(moments(mask.map(bit => 2 * bit)), due).length).toBe(2);
    expect(whatIsOff(moments(new Uint8Array(100).fill(1)), expectedOfMask(1, 100))).toEqual([]);
    expect(whatIsOff(moments(new Uint8Array(100)), expectedOfMask(1, 100)).length).toBeGreaterThan(0);
    expect(whatIsOff({ mean: 0.5, std: 0.5 }, expectedOfMask(0.5, 100))).toEqual([]);
  });
});
