/** Fills in parallel, of the built package: workers stand on its files. */
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { Generator, PCG32, PCG32DXSM, PCG64, defaultRng, type NDArray } from 'ndrand';
import * as nn from 'ndrand/nn';
import { parallel, shutDown, type Parallel } from 'ndrand/parallel';

afterAll(shutDown);

const bytes = ({ data }: NDArray): Buffer => Buffer.from(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
const same = (a: NDArray, b: NDArray): void => {
  expect([a.dtype, a.shape]).toEqual([b.dtype, b.shape]);
  expect(bytes(a).equals(bytes(b))).toBe(true);
};
const jsonOf = (rng: Generator): string => JSON.stringify(rng.bitGenerator.state);

/** Past a few blocks of 4 MiB, odd. */
const N = 3_000_001;

describe('the bits of one thread', () => {
  test('whatever the number of workers, the kind of memory, the phase it begins in', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 7 }), fc.boolean(), fc.constantFrom('float32', 'float64'), fc.nat(2), fc.integer({ min: 32_769, max: 2_500_000 }), async (workers, shared, dtype, begun, n) => {
      const serial = defaultRng(n), rng = defaultRng(n), View = dtype === 'float32' ? Float32Array : Float64Array;
      for (const each of [serial, rng]) each.standardNormal(begun, { dtype });
      const memory = new (shared ? SharedArrayBuffer : ArrayBuffer)((n + 3) * View.BYTES_PER_ELEMENT) as ArrayBuffer, out = new View(memory, View.BYTES_PER_ELEMENT, n) as Float32Array;
      const filled = await parallel(rng, { workers }).normal(1, 2, { out });
      expect(filled.data).toBe(out);
      same(filled as NDArray, serial.normal(1, 2, n, { dtype }));
      expect(jsonOf(rng)).toBe(jsonOf(serial));
    }), { numRuns: 12, seed: 1 });
  });

  test('the generator moves at the call: fills may be begun one after the other, singly drawn between', async () => {
    const rng = defaultRng(5), serial = defaultRng(5), cores = parallel(rng, { workers: 2 });
    const drawn = [cores.normal(0, 1, N, { dtype: 'float32' }), rng.random(), cores.bernoulli(0.5, N), cores.random(), cores.integers(10), cores.standardNormal(3), cores.random([2, 2])] as const;
    const state = jsonOf(rng), [normals, one, mask, single, digit, few, square] = await Promise.all(drawn);
    same(normals, serial.normal(0, 1, N, { dtype: 'float32' }));
    expect(one).toBe(serial.random());
    same(mask as NDArray, serial.bernoulli(0.5, N));
    expect([single, digit]).toEqual([serial.random(), serial.integers(10)]);
    same(few, serial.standardNormal(3));
    same(square, serial.random([2, 2]));
    expect(state).toBe(jsonOf(serial));
    expect(jsonOf(rng)).toBe(state);
  });

  test('initialisers and dropout', async () => {
    const rng = new Generator(new PCG32(3)), serial = new Generator(new PCG32(3)), cores = parallel(rng, { workers: 2 });
    same(await nn.heNormal([2000, 600], { rng: cores, mode: 'fanOut' }), nn.heNormal([2000, 600], { rng: serial, mode: 'fanOut' }));
    same(await nn.varianceScaling([600, 500], { rng: cores, dtype: 'float64' }), nn.varianceScaling([600, 500], { rng: serial, dtype: 'float64' }));
    same(await nn.zeros([5], { rng: cores }), nn.zeros([5]));
    const x = rng.random([1000, 600]);
    serial.random([1000, 600]);
    same(await nn.dropout(x, { keep: 0.3, rng: cores }), nn.dropout(x, { keep: 0.3, rng: serial }));
    same(await nn.dropout(x, { rate: 0.3, noiseShape: [1000, 1], rng: cores }), nn.dropout(x, { rate: 0.3, noiseShape: [1000, 1], rng: serial }));
    same(await nn.dropoutMask([1000, 601], { keep: 0.3, dtype: 'float32', scaled: true, rng: cores }), nn.dropoutMask([1000, 601], { keep: 0.3, dtype: 'float32', scaled: true, rng: serial }));
    const expected = nn.dropout(x, { keep: 0.5, rng: serial });
    same(await nn.dropout(x, { keep: 0.5, rng: cores, out: x }), expected);
    expect(jsonOf(rng)).toBe(jsonOf(serial));
  });

  test('arrays of parameters, broadcast', async () => {
    const rng = defaultRng(3), serial = defaultRng(3), cores = parallel(rng, { workers: 3 }), shape = [3, 700, 1001];
    for (const each of [rng, serial]) each.standardNormal(1, { dtype: 'float32' });
    const loc = defaultRng(1).normal(0, 9, [700, 1]), scale = defaultRng(2).random([3, 1, 1001]), p = defaultRng(4).random(1001);
    same(await cores.normal(loc, scale, shape, { dtype: 'float32' }), serial.normal(loc, scale, shape, { dtype: 'float32' }));
    same(await cores.uniform(loc.sub(10), 40, shape), serial.uniform(loc.sub(10), 40, shape));
    for (const each of [rng, serial]) each.bernoulli(0.5, 3);
    same(await cores.bernoulli(p, shape), serial.bernoulli(p, shape));
    for (const [low, high] of [[[0, -5, 7], [[10], [20]]], [[0, 1, 2], 2 ** 30], [[0n, 5n, -(2n ** 60n)], 2n ** 62n]] as [number[], number][]) {
      const options = { dtype: typeof low[0] === 'bigint' ? 'int64' : 'int32' } as const;
      same(await cores.integers(low, high, [100_001, 2, 3], options), serial.integers(low, high, [100_001, 2, 3], options));
    }
    expect(jsonOf(rng)).toBe(jsonOf(serial));
  });

  test('inherited options count', async () => {
    const options = Object.create({ dtype: 'float32', std: 0.1 }) as { dtype: 'float32' };
    same(await parallel(defaultRng(1), { workers: 1 }).truncatedNormal(10, options), nn.truncatedNormal(10, { std: 0.1, rng: defaultRng(1) }));
  });
});

test('progress rises to the whole, and results stand on memory that threads share', async () => {
  const told: number[][] = [], { data } = await parallel(defaultRng(1), { workers: 3 }).random([3, 1_000_000], { onProgress: (done, total) => told.push([done, total]) });
  expect(data.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(told.length).toBeGreaterThan(3);
  expect(told.every(([done, total], i) => total === 3_000_000 && done > (told[i - 1]?.[0] ?? 0))).toBe(true);
  expect(told.at(-1)).toEqual([3_000_000, 3_000_000]);
});

describe('aborted', () => {
  test('before: nothing moves', async () => {
    const rng = defaultRng(1), before = jsonOf(rng), reason = new Error('no');
    await expect(parallel(rng).random(N, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await expect(parallel(rng).random({ signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    await expect(nn.heNormal([999, 999], { rng: parallel(rng), signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(jsonOf(rng)).toBe(before);
  });

  test.each(['shared', 'transferred'])('during, %s: the generator goes back, nothing more is written, the workers go on', async kind => {
    const rng = defaultRng(1), before = jsonOf(rng), control = new AbortController(), n = 2 ** 24, reason = new Error('enough'), cores = parallel(rng, { workers: 2 });
    const out = new Float32Array(kind === 'shared' ? new SharedArrayBuffer(4 * n) : new ArrayBuffer(4 * n));
    let done = 0;
    await expect(cores.normal(0, 1, { out, signal: control.signal, onProgress: to => { done = to; if (to > 2e6) control.abort(reason); } })).rejects.toBe(reason);
    expect(done).toBeLessThan(n);
    expect(jsonOf(rng)).toBe(before);
    const copy = out.slice();
    await new Promise(resolve => setTimeout(resolve, 30));
    expect(Buffer.compare(Buffer.from(copy.buffer), Buffer.from(out.buffer))).toBe(0);
    same(await cores.random(N), defaultRng(1).random(N));
  });

  test('one that was used since stays', async () => {
    const rng = defaultRng(1), serial = defaultRng(1), control = new AbortController(), cores = parallel(rng, { workers: 2 });
    const aborted = cores.random(2 ** 22, { signal: control.signal }), next = cores.random(N);
    control.abort();
    await expect(aborted).rejects.toThrow(/abort/i);
    serial.random(2 ** 22);
    same(await next, serial.random(N));
    expect(jsonOf(rng)).toBe(jsonOf(serial));
  });

  test('onProgress that throws ends the fill', async () => {
    const rng = defaultRng(1), before = jsonOf(rng);
    await expect(parallel(rng).random(N, { onProgress() { throw new Error('mine'); } })).rejects.toThrow('mine');
    expect(jsonOf(rng)).toBe(before);
  });
});

describe('memory that goes away', () => {
  test.each<[string, (buffer: ArrayBuffer) => void]>([
    ['transferred', buffer => void structuredClone(buffer, { transfer: [buffer] })],
    ['resized', buffer => (buffer as ArrayBuffer & { resize(n: number): void }).resize(8)],
  ])('%s', async (_, lose) => {
    const rng = defaultRng(1), before = jsonOf(rng), Resizable = ArrayBuffer as unknown as new (n: number, options: { maxByteLength: number }) => ArrayBuffer;
    const buffer = new Resizable(8 * N, { maxByteLength: 8 * N }), filled = parallel(rng).random({ out: new Float64Array(buffer) });
    lose(buffer);
    await expect(filled).rejects.toThrow(/^out: got Float64Array\(\d\), takes 3000001 elements, as at the call/);
    expect(jsonOf(rng)).toBe(before);
  });
});

describe('refuses, and the generator stays', () => {
  const call = (run: (cores: Parallel, rng: Generator) => Promise<unknown>): [Promise<unknown>, Generator, string] => {
    const rng = defaultRng(1), before = jsonOf(rng);
    return [run(parallel(rng, { workers: 2 }), rng), rng, before];
  };
  test.each<[string, (cores: Parallel, rng: Generator) => Promise<unknown>, RegExp]>([
    ['a bad scale', cores => cores.normal(0, -1, N), /^scale: got -1/],
    ['a bad size', cores => cores.random([-1]), /^size\[0\]: got -1/],
    ['an unknown option', cores => cores.random(N, { sise: 1 } as never), /unknown option "sise"/],
    ['options that are none', cores => cores.random(N, 5 as never), /^options: got 5/],
    ['a signal that is none', cores => cores.random(N, { signal: {} } as never), /^signal: got {}, takes an AbortSignal$/],
    ['onProgress that is none', cores => cores.random(N, { onProgress: 1 } as never), /^onProgress: got 1, takes a function$/],
    ['an out of another dtype', cores => cores.bernoulli(0.5, { out: new Float64Array(N) } as never), /^out: got Float64Array/],
    ['an out of another size', cores => cores.random(N, { out: new Float64Array(3) }), /^out: got Float64Array\(3\)/],
    ['an out that is none', cores => cores.random({ out: new DataView(new ArrayBuffer(8)) } as never), /^out: got/],
    ['the ziggurat', cores => cores.normal(0, 1, N, { method: 'ziggurat' } as never), /^method: .* use spawn$/],
    ['bits', (_, rng) => nn.dropoutMask(N, { keep: 0.5, dtype: 'bits', rng: parallel(rng) } as never) as unknown as Promise<never>, /^dtype: got "bits"/],
    ...['binomial', 'choice', 'gamma', 'poisson', 'permutation', 'shuffle'].map((method): [string, (cores: Parallel) => Promise<unknown>, RegExp] =>
      [method, async cores => (cores as unknown as Record<string, (n: number) => unknown>)[method](3), new RegExp(`^${method}: parallel\\(rng\\) has no such method, as it takes as many words .* use spawn$`)]),
    ['a noiseShape that does not broadcast', (_, rng) => nn.dropout(new Float32Array(N), { keep: 0.3, noiseShape: [2], rng: parallel(rng) }), /^noiseShape: got \[2\]/],
    ['orthogonal', async (_, rng) => nn.orthogonal([40, 40], { rng: parallel(rng) } as never), /^rng: got a Parallel, takes a Generator$/],
    ['sparse', async (_, rng) => nn.sparse([40, 40], { sparsity: 0.5, rng: parallel(rng) } as never), /^rng: got a Parallel, takes a Generator$/],
  ])('%s', async (_, run, message) => {
    const [promise, rng, before] = call(run);
    await expect(promise).rejects.toThrow(message);
    expect(jsonOf(rng)).toBe(before);
  });

  test.each<[unknown, RegExp]>([
    [0, /^workers: got 0, takes an integer from 1 to 256$/], [-1, /^workers: got -1/], [1.5, /^workers: got 1.5/], [NaN, /^workers: got NaN/], [1e6, /^workers: got 1000000/], ['2', /^workers: got "2"/], [null, /^workers: got null/],
  ])('%s workers', (workers, message) => {
    expect(() => parallel(defaultRng(1), { workers: workers as number })).toThrow(message);
  });
  test('other generators, other options', () => {
    expect(() => parallel(new Generator(new PCG64(1)))).toThrow(/^bitGenerator: got a PCG64, takes a PCG32DXSM or PCG32/);
    expect(() => parallel(new PCG32DXSM(1) as never)).toThrow(/^rng: got a PCG32DXSM, takes a Generator$/);
    expect(() => parallel(defaultRng(1), { threads: 2 } as never)).toThrow(/unknown option "threads"/);
  });
});

/** A program in a process of its own. */
function node(program: string): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', `import { defaultRng } from 'ndrand';\nimport { parallel, shutDown } from 'ndrand/parallel';\n${program}`], {
    cwd: fileURLToPath(new URL('..', import.meta.url)), encoding: 'utf8', timeout: 20_000,
  });
  return { status, stdout, stderr };
}

describe('the process', () => {
  test('ends with the last fill: idle workers do not keep it', () => {
    expect(node(`console.log((await parallel(defaultRng(1), { workers: 3 }).random(1e6)).size);`)).toEqual({ status: 0, stdout: '1000000\n', stderr: '' });
  });

  test('a worker that dies is an error, not a hang; the generator goes back, and the next fill has a new one', () => {
    const { status, stdout, stderr } = node(`
      import threads, { Worker } from 'node:worker_threads';
      const made = [];
      threads.Worker = class extends Worker { constructor(...args) { super(...args); made.push(this); } };
            const rng = defaultRng(1), cores = parallel(rng, { workers: 2 }), before = JSON.stringify(rng.bitGenerator.state);
      await cores.random(1e6);
      rng.bitGenerator.state = JSON.parse(before);
      const dying = cores.random(5e7);
      setTimeout(() => made[0].terminate(), 5);
      await dying.catch(error => console.log(error.message.slice(0, 52)));
      console.log(JSON.stringify(rng.bitGenerator.state) === before);
      const expected = defaultRng(1).random(3e6).data, got = (await cores.random(3e6)).data;
      console.log(got.every((x, i) => x === expected[i]));
      made.at(-1).ref();
      await made.at(-1).terminate(); // an idle one: nobody notices
      console.log((await cores.random(1e6)).size);
      await shutDown();
      console.log((await cores.random(1e6)).size);
      const ended = cores.random(5e7);
      await new Promise(resolve => setTimeout(resolve, 5));
      await Promise.all([shutDown(), ended.catch(error => console.log(error.message.slice(0, 52)))]);
    `);
    expect([stderr, status]).toEqual(['', 0]);
    expect(stdout).toBe('parallel: a worker ended before it had done its part\ntrue\ntrue\n1000000\n1000000\nparallel: a worker ended before it had done its part\n');
  });

  test('without the file of the workers\' script, as a bundler may leave it, its text serves', () => {
    expect(node(`
      import { mkdtempSync, readdirSync, copyFileSync, rmSync } from 'node:fs';
      const folder = mkdtempSync('build/bundled-');
      for (const file of readdirSync('dist')) if (/\\.js$/.test(file) && file !== 'worker.js') copyFileSync('dist/' + file, folder + '/' + file);
      const one = await import('ndrand'), { parallel: other } = await import(process.cwd() + '/' + folder + '/parallel.js'), { defaultRng: rng } = await import(process.cwd() + '/' + folder + '/index.js');
      console.log((await other(rng(1), { workers: 2 }).random(1e6)).data[999_999] === one.defaultRng(1).random(1e6).data[999_999]);
      rmSync(folder, { recursive: true });
    `)).toEqual({ status: 0, stdout: 'true\n', stderr: '' });
  });
});
