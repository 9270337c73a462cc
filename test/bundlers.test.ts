import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { chromium, type Browser } from 'playwright-core';
import { rollup } from 'rollup';
import sirv from 'sirv';
import { defaultRng } from 'ndrand';
import { truncatedNormal } from 'ndrand/nn';
import { np } from 'ndrand/numpy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { program } from './programs.ts';

// The package as npm would publish it, in an app that a bundler builds with its defaults, opened in a browser.
const root = fileURLToPath(new URL('..', import.meta.url)), vite = join(root, 'node_modules/vite/bin/vite.js');
const project = mkdtempSync(join(tmpdir(), 'ndrand-bundlers-'));
const inProject = (path: string) => join(project, path);
// a user's shell, not a test runner's
const env = { ...process.env, NODE_ENV: undefined, VITEST: undefined, NO_COLOR: '1' };

const html = '<!doctype html><title>app</title><link rel="icon" href="data:,"><script type="module" src="./app.js"></script>';
// the whole fill's digest, by what pages and Node share; of a copy, as memory that threads share is refused there
const app = `
  import { defaultRng } from 'ndrand';
  import { truncatedNormal } from 'ndrand/nn';
  import { np } from 'ndrand/numpy';
  import { parallel } from 'ndrand/parallel';
  async function draw() {
    const { data } = await parallel(defaultRng(7), { workers: 2 }).normal(0, 1, 1e6, { dtype: 'float32' });
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data.slice()));
    return {
      normals: [...digest].map(byte => byte.toString(16).padStart(2, '0')).join(''),
      numpy: np.random.default_rng(7).normal(),
      nn: [...truncatedNormal(3, { rng: defaultRng(7) }).data],
      shared: data.buffer.constructor.name === 'SharedArrayBuffer',
    };
  }
  console.log(JSON.stringify(await draw().catch(error => ({ error: error.message }))));
`;
/** What it draws, on one thread and in Node. */
const expected = {
  normals: createHash('sha256').update(defaultRng(7).normal(0, 1, 1e6, { dtype: 'float32' }).data).digest('hex'),
  numpy: np.random.default_rng(7).normal(),
  nn: [...truncatedNormal(3, { rng: defaultRng(7) }).data],
};

beforeAll(async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  writeFileSync(inProject('package.json'), JSON.stringify({ name: 'project', private: true, type: 'module' }));
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', project], { cwd: root });
  execFileSync('npm', ['install', '--offline', '--silent', inProject(`ndrand-${version}.tgz`)], { cwd: project });
  writeFileSync(inProject('app.js'), app);
  writeFileSync(inProject('index.html'), html);
});

let browser: Browser | undefined;
afterAll(async () => {
  await browser?.close();
  rmSync(project, { recursive: true, maxRetries: 3 });
});

/** Fails where a page is silent for long. */
const late = async (said: () => string[]): Promise<never> => {
  await new Promise(resolve => setTimeout(resolve, 30_000).unref());
  throw new Error(`the page reported nothing: ${said().join('\n')}`);
};

/** What the page at `url` drew, and what it asked for in vain. */
async function opened(skip: (note: string) => never, url: string): Promise<{ drawn: unknown; missing: string[] }> {
  const executablePath = program(skip, 'chromium', ['chromium', 'chromium-browser', 'google-chrome']);
  const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  browser ??= await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', ...quiet] });
  const page = await browser.newPage(), said: string[] = [], missing = new Set<string>();
  page.on('pageerror', error => said.push(String(error)));
  page.on('requestfailed', request => missing.add(new URL(request.url()).pathname));
  page.on('response', response => response.status() >= 400 && missing.add(new URL(response.url()).pathname));
  const drawn = new Promise<unknown>(resolve => page.on('console', message => {
    const text = message.text();
    if (text.startsWith('{')) resolve(JSON.parse(text));
    else if (!/^\[vite\] connect|status of 404|^Creating a worker from 'blob:/.test(text)) said.push(`${message.type()}: ${text}`);
  }));
  try {
    await page.goto(url);
    const seen = { drawn: await Promise.race([drawn, late(() => said)]), missing: [...missing] };
    expect(said).toEqual([]);
    return seen;
  } finally {
    await page.close();
  }
}

/** As strict as a page with WebAssembly can be. */
const strict = { 'content-security-policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; img-src data:" };

/** The same of a folder, by a static server; `isolated` pages have memory that threads share, and `single` answers with the page for what is not there. */
async function served(skip: (note: string) => never, folder: string, isolated: boolean, { headers = {}, single = false } = {}): ReturnType<typeof opened> {
  const all = Object.entries({ ...headers, ...(isolated && { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }) });
  const files = sirv(inProject(folder), { single, setHeaders: response => all.forEach(([name, value]) => response.setHeader(name, value)) });
  const server = createServer(files).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await opened(skip, `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('rollup with its resolver, which leaves worker.js behind: the workers start from its text', () => {
  const folder = 'rolled';
  beforeAll(async () => {
    const logs: unknown[] = [];
    const build = await rollup({ input: inProject('app.js'), plugins: [nodeResolve()], onLog: (_, log) => logs.push(log.message) });
    await build.write({ dir: inProject(folder), format: 'es' });
    expect(logs).toEqual([]);
    expect(readdirSync(inProject(folder))).toEqual(['app.js']);
    cpSync(inProject('index.html'), inProject(join(folder, 'index.html')));
  });

  test.for([true, false])('Chromium; isolated: %s', async (isolated, { skip }) => {
    expect(await served(skip, folder, isolated)).toEqual({ drawn: { ...expected, shared: isolated }, missing: ['/worker.js'] });
  });

  test('Chromium, from a server that answers with the page for what is not there', async ({ skip }) => {
    expect(await served(skip, folder, false, { single: true })).toEqual({ drawn: { ...expected, shared: false }, missing: ['/worker.js'] });
  });

  test('Chromium, under a policy that has no Blob URLs: an error', async ({ skip }) => {
    const error = expect.stringMatching(/^parallel: the workers do not start: .* dist\/worker\.js .* worker-src blob:$/) as unknown;
    expect(await served(skip, folder, false, { headers: strict })).toEqual({ drawn: { error }, missing: ['/worker.js'] });
  });

  test('Chromium, worker.js laid beside the bundle, under a strict policy', async ({ skip }) => {
    cpSync(inProject(folder), inProject('beside'), { recursive: true });
    cpSync(inProject('node_modules/ndrand/dist/worker.js'), inProject('beside/worker.js'));
    expect(await served(skip, 'beside', false, { headers: strict })).toEqual({ drawn: { ...expected, shared: false }, missing: [] });
  });

  test('Node', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [inProject(join(folder, 'app.js'))], { env, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual({ ...expected, shared: true });
  });
});

describe('vite', () => {
  beforeAll(() => {
    const { status, stderr } = spawnSync(process.execPath, [vite, 'build'], { cwd: project, env, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });

  test.for([true, false])('build: it takes worker.js along, under a strict policy; isolated: %s', async (isolated, { skip }) => {
    expect(readdirSync(inProject('dist/assets')).map(name => name.replace(/-.{8}\./, '.')).sort()).toEqual(['index.js', 'worker.js']);
    expect(await served(skip, 'dist', isolated, { headers: strict })).toEqual({ drawn: { ...expected, shared: isolated }, missing: [] });
  });

  test('its development server', async ({ skip }) => {
    const child = spawn(process.execPath, [vite, '--host', '127.0.0.1', '--port', '0'], { cwd: project, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = once(child, 'exit'), complaints: string[] = [];
    createInterface(child.stderr).on('line', line => complaints.push(line));
    try {
      const url = new Promise<string>(resolve => createInterface(child.stdout).on('line', line => {
        const [found] = /http:\S+/.exec(line) ?? [];
        if (found) resolve(found);
      }));
      const at = await Promise.race([url, ended.then(() => { throw new Error(`vite ended: ${complaints.join('\n')}`); })]);
      expect(await opened(skip, at)).toEqual({ drawn: { ...expected, shared: false }, missing: [] });
      expect(complaints).toEqual([]);
    } finally {
      child.kill();
      await ended;
    }
  });
});
