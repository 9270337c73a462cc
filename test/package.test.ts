import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { parseAst } from 'rollup/parseAst';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// The package as npm would publish it, installed into a new project.
const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string; files: string[] };
const project = mkdtempSync(join(tmpdir(), 'ndrand-package-'));
const tarball = join(project, `ndrand-${manifest.version}.tgz`);
const installed = join(project, 'node_modules/ndrand');

const write = (name: string, content: string | object) => writeFileSync(join(project, name), typeof content === 'string' ? content : JSON.stringify(content));

beforeAll(() => {
  write('package.json', { name: 'project', private: true, type: 'module' });
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', project], { cwd: root });
  execFileSync('npm', ['install', '--offline', '--silent', tarball], { cwd: project });
});
afterAll(() => rmSync(project, { recursive: true }));

/** A program in the project, by this Node. */
function node(name: string, program: string) {
  write(name, program);
  const { status, stdout, stderr } = spawnSync(process.execPath, [name], { cwd: project, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('the package', () => {
  test('is what its manifest says', async () => {
    for (const file of manifest.files) expect([file, existsSync(join(installed, file))]).toEqual([file, true]);
    const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(readFileSync(tarball)).buffer } });
    expect(messages.map(message => formatMessage(message, pkg!, { color: false }))).toEqual([]);
  });

  test.each([['init', []], ['core', ['./init.js']], ['index', ['./core.js', './init.js']], ['nn', ['./core.js', './init.js']], ['numpy', ['./core.js', './init.js']], ['parallel', ['./core.js', './init.js', './nn.js']], ['worker', []]])('%s.js imports the package\'s own files alone, so it loads in a browser as it is', (name, imports) => {
    const importsOf = (module: string) => {
      const imports = new Set<unknown>();
      JSON.stringify(parseAst(readFileSync(join(installed, 'dist', module), 'utf8')), (_, node: { type?: string; source?: { value: unknown } } | null) => {
        if (node && /^(Import|Export.*Declaration$)/.test(node.type ?? '') && node.source) imports.add(node.source.value);
        return typeof node === 'bigint' ? null : node;
      });
      return [...imports];
    };
    expect(importsOf(`${name}.js`).sort()).toEqual(imports);
  });

  test('grows no further: 63 KiB compressed, and 1 MiB of memory that does not grow', () => {
    const bytes = (name: string) => gzipSync(readFileSync(join(installed, 'dist', name)), { level: 9 }).length;
    expect(bytes('index.js') + bytes('core.js') + bytes('init.js')).toBeLessThanOrEqual(63 * 1024);
    const { stdout, stderr } = node('memory.js', `
      const instances = [];
      WebAssembly.Instance = new Proxy(WebAssembly.Instance, { construct: (...args) => (instances.push(Reflect.construct(...args)), instances.at(-1)) });
      const { defaultRng } = await import('ndrand');
      const bytes = () => instances.map(({ exports }) => exports.memory.buffer.byteLength);
      const [before] = bytes();
      defaultRng(1).random(1e6);
      defaultRng(1).permutation(1e6);
      console.log(JSON.stringify([before, bytes()]));
    `);
    expect(stderr).toBe('');
    const [before, after] = JSON.parse(stdout) as [number, number[]];
    expect(after).toEqual([before]);
    expect(before).toBeLessThanOrEqual(2 ** 20);
  });

  test.each([
    ['import', 'esm.mjs', `import { randn } from 'ndrand';`],
    ['require', 'cjs.cjs', `const { randn } = require('ndrand');`],
    ['import of numpy', 'numpy.mjs', `import { np } from 'ndrand/numpy';\nconst { randn } = np.random;`],
  ])('%s', (_, name, line) => {
    const { status, stdout, stderr } = node(name, `${line}\nconsole.log(randn(2, 3).shape.join());`);
    // Node 20 and 22 say that require of a module is experimental
    expect([status, stdout, stderr.replace(/^.*ExperimentalWarning: .*require.*\n.*--trace-warnings.*\n/m, '')]).toEqual([0, '2,3\n', '']);
  });

  test('says what it needs where there is no WebAssembly', () => {
    const { status, stderr } = node('bare.js', `delete globalThis.WebAssembly;\nawait import('ndrand');`);
    expect(status).toBe(1);
    expect(stderr).toContain('Error: ndrand needs WebAssembly SIMD and synchronous compilation');
  });

  test.each([
    ['nodenext', 'nodenext'],
    ['bundler', 'esnext'],
  ])('has types under moduleResolution %s, of nothing but the language', (moduleResolution, module) => {
    const use = `
      const weights: NDArray<'float64'> = randn(2, 3);
      const mask: Uint8Array = defaultRng(42).bernoulli(0.9, [64, 256]).data;
      // @ts-expect-error: dimensions are numbers
      randn('2');
      console.log(weights, mask);
    `;
    write('esm.mts', `import { defaultRng, randn, type NDArray } from 'ndrand';${use}`);
    write('cjs.cts', `import ndrand = require('ndrand');\nimport type { NDArray } from 'ndrand' with { 'resolution-mode': 'import' };\nconst { defaultRng, randn } = ndrand;${use}`);
    write('numpy.mts', `
      import { np, stateFromJSON, stateToJSON, type Generator } from 'ndrand/numpy';
      const rng: Generator = np.random.default_rng(42), bits = np.random.PCG64(1);
      bits.state = stateFromJSON(stateToJSON(bits.state));
      const normals: Float32Array = rng.standard_normal([2, 3], 'f4').data, die: number = np.random.randint(1, 7);
      // @ts-expect-error: no keyword of random's
      rng.random({ sise: 3 });
      console.log(normals, die);
    `);
    write('parallel.mts', `
      import { defaultRng, type Slice } from 'ndrand';
      import * as binaries from 'ndrand/init';
      import { heNormal } from 'ndrand/nn';
      import { parallel, shutDown, type Parallel } from 'ndrand/parallel';
      const cores: Parallel = parallel(defaultRng(1), { workers: 2 }), part: Slice = defaultRng(1).slice(1, 2n);
      const weights: Float32Array = (await heNormal([2, 3], { rng: cores })).data;
      binaries.init({});
      // @ts-expect-error: the package's own
      console.log(binaries.modules, part, weights, shutDown);
    `);
    write('console.d.ts', 'declare const console: { log(...values: unknown[]): void };');
    write('tsconfig.json', {
      compilerOptions: { module, moduleResolution, target: 'es2022', lib: ['es2022'], types: [], strict: true, skipLibCheck: false, noEmit: true },
      files: ['console.d.ts', 'esm.mts', 'numpy.mts', 'parallel.mts', ...(moduleResolution === 'nodenext' ? ['cjs.cts'] : [])],
    });
    const { status, stdout } = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', project], { encoding: 'utf8' });
    expect([stdout, status]).toEqual(['', 0]);
  });
});
