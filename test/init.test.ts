import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import sirv from 'sirv';
import { afterAll, describe, expect, test } from 'vitest';
import { program } from './programs.ts';

// ndrand/init and the binaries that the package exports, of the built package: in processes of their own, and on a page.
const root = fileURLToPath(new URL('..', import.meta.url));
// inside the package, so that 'ndrand' is the package itself
const folder = mkdtempSync(`${root}build/init-`);
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the modules in a process, the last as the program, and gives what it printed: JSON. */
function run(modules: Record<string, string>): unknown {
  for (const [name, code] of Object.entries(modules)) writeFileSync(`${folder}/${name}`, code);
  const { status, stdout, stderr } = spawnSync(process.execPath, [`${folder}/${Object.keys(modules).at(-1)}`], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

/** The binaries by the package's exports, as a user finds them. */
const load = `
  import { readFile } from 'node:fs/promises';
  const load = async name => WebAssembly.compile(await readFile(new URL(import.meta.resolve('ndrand/' + name + '.wasm'))));
`;

/** As on hosts that forbid it: nothing compiles bytes, in this thread. */
const forbid = `
  WebAssembly.Module = new Proxy(WebAssembly.Module, { construct() { throw new WebAssembly.CompileError('forbidden here'); } });
  WebAssembly.compile = WebAssembly.instantiate = () => Promise.reject(new WebAssembly.CompileError('forbidden here'));
`;

/** Draws of all entries. */
const draw = `
  const { defaultRng } = ndrand, rng = defaultRng(7), cores = parallel.parallel(rng, { workers: 2 });
  console.log(JSON.stringify([
    rng.normal(), numpy.np.random.default_rng(7).normal(),
    [...nn.truncatedNormal(3, { rng }).data], [...nn.dropout(new Float32Array([1, 2, 3, 4, 5]), { rate: 0.5, rng }).data],
    [...(await cores.normal(0, 1, 1_000_000)).data.slice(-3)], [...(await cores.truncatedNormal(1_000_000)).data.slice(-3)],
  ]));
`;
const names = ['ndrand', 'numpy', 'nn', 'parallel'];
const address = (name: string) => (name === 'ndrand' ? name : `ndrand/${name}`);
const statically = names.map(name => `import * as ${name} from '${address(name)}';`).join('\n') + draw;
const dynamically = names.map(name => `const ${name} = await import('${address(name)}');`).join('\n') + draw;
// a module that awaits does not hold up those imported after it
const giveAtOnce = `
  import { init } from 'ndrand/init';
  import { readFileSync } from 'node:fs';
  const load = name => new WebAssembly.Module(readFileSync(new URL(import.meta.resolve('ndrand/' + name + '.wasm'))));
  init({ engine: load('engine'), nn: load('nn') });
  ${forbid}
`;
const giveBoth = `import { init } from 'ndrand/init';${load}init({ engine: await load('engine'), nn: await load('nn') });${forbid}`;

describe('compiled binaries are used, so that nothing compiles bytes', () => {
  const without = run({ 'without.mjs': statically });

  test('given by a module that is imported first', () => {
    expect(run({ 'first.mjs': giveAtOnce, 'main.mjs': `import './first.mjs';\n${statically}` })).toEqual(without);
  });

  test('given, then import()', () => {
    expect(run({ 'then.mjs': giveBoth + dynamically })).toEqual(without);
  });

  test('one given: the other is compiled from the bytes', () => {
    expect(run({ 'engine.mjs': `import { init } from 'ndrand/init';${load}init({ engine: await load('engine') });${dynamically}` })).toEqual(without);
    expect(run({ 'nn.mjs': `import { init } from 'ndrand/init';${load}init({ nn: await load('nn') });${dynamically}` })).toEqual(without);
  });

  test('none given where bytes are forbidden: says so', () => {
    expect(run({ 'none.mjs': `${forbid}await import('ndrand').catch(({ message, cause }) => console.log(JSON.stringify([message, cause.message])));` }))
      .toEqual([expect.stringMatching(/^ndrand needs WebAssembly SIMD .*ndrand\/init/), 'forbidden here']);
  });
});

test('refuses what it cannot use, and stays able to take the right one', () => {
  const calls = [
    'undefined', 'null', '5', '[]', '{ engine: null }', '{ engine: {} }', '{ nn: new Uint8Array(8) }', '{ engine: nn }', '{ nn: engine }', '{ engine: other }', '{ engine: plain }',
    '{ engin: engine }', '{ toString: engine }', '[engine]', 'nn', '{ engine, nn: engine }', '{}', '{ engine: undefined, nn: undefined }', 'engine', 'engine',
  ];
  const said = run({ 'refuses.mjs': `
    import { init } from 'ndrand/init';
    ${load}
    const engine = await load('engine'), nn = await load('nn'), empty = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
    const plain = new WebAssembly.Module(new Uint8Array(empty));
    const section = [...new TextEncoder().encode('\\x06ndrand0123456789ab')];
    const other = new WebAssembly.Module(new Uint8Array([...empty, 0, section.length, ...section]));
    const said = [], attempt = call => { try { said.push(call() ?? 'taken'); } catch (error) { said.push(error.name + ': ' + error.message); } };
    ${calls.map(given => `attempt(() => init(${given}));`).join('\n')}
    const { defaultRng } = await import('ndrand');
    defaultRng(1).random();
    attempt(() => init({ engine }));
    attempt(() => init({ nn }));
    await import('ndrand/nn');
    attempt(() => init({ nn }));
    console.log(JSON.stringify(said));
  ` }) as string[];
  const version = (name: string) => {
    const [section] = WebAssembly.Module.customSections(new WebAssembly.Module(readFileSync(`${root}dist/${name}.wasm`)), 'ndrand');
    return Buffer.from(section).toString();
  };
  const engine = version('engine'), nn = version('nn'), late = (name: string) => `TypeError: ${name}: comes too late, as it is in use: init takes it before ndrand is imported`;
  expect(engine).toMatch(/^[0-9a-f]{12}$/);
  expect(Object.fromEntries(calls.slice(0, -1).map((call, i) => [call, said[i]]))).toEqual({
    'undefined': 'TypeError: binaries: got undefined, takes a WebAssembly.Module or { engine, nn }',
    'null': 'TypeError: binaries: got null, takes a WebAssembly.Module or { engine, nn }',
    '5': 'TypeError: binaries: got 5, takes a WebAssembly.Module or { engine, nn }',
    '[]': 'TypeError: binaries: got [], takes a WebAssembly.Module or { engine, nn }',
    '{ engine: null }': 'TypeError: engine: got null, takes a WebAssembly.Module',
    '{ engine: {} }': 'TypeError: engine: got {}, takes a WebAssembly.Module',
    '{ nn: new Uint8Array(8) }': 'TypeError: nn: got Uint8Array(8), takes a WebAssembly.Module',
    '{ engine: nn }': `TypeError: engine: got "${nn}", takes this version's binary, ${engine}`,
    '{ nn: engine }': `TypeError: nn: got "${engine}", takes this version's binary, ${nn}`,
    '{ engine: other }': `TypeError: engine: got "0123456789ab", takes this version's binary, ${engine}`,
    '{ engine: plain }': `TypeError: engine: got "", takes this version's binary, ${engine}`,
    '{ engin: engine }': 'TypeError: binaries: got "engin", takes a WebAssembly.Module or { engine, nn }',
    '{ toString: engine }': 'TypeError: binaries: got "toString", takes a WebAssembly.Module or { engine, nn }',
    '[engine]': 'TypeError: binaries: got "0", takes a WebAssembly.Module or { engine, nn }',
    'nn': `TypeError: engine: got "${nn}", takes this version's binary, ${engine}`,
    '{ engine, nn: engine }': `TypeError: nn: got "${engine}", takes this version's binary, ${nn}`,
    '{}': 'TypeError: binaries: got {}, takes a WebAssembly.Module or { engine, nn }',
    '{ engine: undefined, nn: undefined }': 'TypeError: binaries: got {engine, nn}, takes a WebAssembly.Module or { engine, nn }',
    'engine': 'taken',
  });
  expect(said.slice(calls.length - 1)).toEqual(['taken', late('engine'), 'taken', late('nn')]);
});

test('on a page in Chromium, streamed: no bytes are compiled, in parallel neither; and the docstring\'s example', async ({ skip }) => {
  const executablePath = program(skip, 'chromium', ['chromium', 'chromium-browser', 'google-chrome']);
  // as strict as a page with WebAssembly can be; connect-src is for fetch
  const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src data:";
  const dist = sirv(`${root}dist`), server = createServer((request, response) => {
    response.setHeader('content-type', request.url!.endsWith('.js') ? 'text/javascript' : 'text/html');
    response.setHeader('content-security-policy', policy);
    if (request.url!.startsWith('/node_modules/ndrand/dist/')) {
      response.removeHeader('content-type');
      request.url = request.url!.slice('/node_modules/ndrand/dist'.length);
      return dist(request, response);
    }
    const html = (name: string) => `<!doctype html><link rel="icon" href="data:,"><script type="module" src="${name}.js"></script>`;
    const body: Record<string, string> = { '/page': html('/page'), '/page.js': page, '/example': html('/example'), '/example.js': example };
    if (!(request.url! in body)) return response.writeHead(404).end();
    response.end(body[request.url!]);
  });
  const from = (name: string) => `/node_modules/ndrand/dist/${name}.js`;
  const page = `
    import { init } from '${from('init')}';
    const stream = name => WebAssembly.compileStreaming(fetch('/node_modules/ndrand/dist/' + name + '.wasm'));
    init({ engine: await stream('engine'), nn: await stream('nn') });
    ${forbid}
    ${names.map(name => `const ${name} = await import('${from(name === 'ndrand' ? 'index' : name)}');`).join('\n')}
    ${draw}
  `;
  const shown = /@example\n \* ```js\n(.*?) \* ```/s.exec(readFileSync(`${root}src/init.ts`, 'utf8'))![1].replace(/^ \* /gm, '');
  const example = `${shown.replace("'ndrand/init'", `'${from('init')}'`).replace("'ndrand'", `'${from('index')}'`)}\nconsole.log(randn(2, 3).shape.join());`;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'] });
  try {
    const tab = await browser.newPage(), said: string[] = [];
    tab.on('pageerror', error => said.push(String(error)));
    const printed = async (name: string): Promise<string> => {
      const first = tab.waitForEvent('console', { timeout: 30_000 }).catch(error => { throw new Error(`${String(error)} ${said.join()}`); });
      await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`);
      return (await first).text();
    };
    expect(await printed('page')).toBe(JSON.stringify(run({ 'node.mjs': statically })));
    expect(await printed('example')).toBe('2,3');
    expect(said).toEqual([]);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
});
