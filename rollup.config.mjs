import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import commonjs from '@rollup/plugin-commonjs';
import resolve from '@rollup/plugin-node-resolve';
import typescript from '@rollup/plugin-typescript';
import { rollup } from 'rollup';
import { minify } from 'terser';
import ts from 'typescript';

/**
 * Inlines a binary of the engine: `import compile from './x.wasm'` gives a function that compiles it, synchronously. As hexadecimal, not base64:
 * gzip sees whole bytes then and the bundle is 1.8 KB smaller (measured). The tests inline it the same way.
 *
 * @param rename the short name of an import or export, or the name itself
 */
export function wasm(rename = name => name) {
  return {
    name: 'wasm',
    enforce: 'pre', // before vite's own idea of a .wasm file
    async load(id) {
      const [file, query] = id.split('?');
      if (!file.endsWith('.wasm')) return null;
      const { binary, version } = versioned(renamed(await readFile(file), rename));
      if (query === 'version') return `export default "${version}"`;
      const hex = binary.toString('hex');
      // digit by digit: parseInt on pairs takes four times as long in a fresh process (measured: 7 ms)
      return `
        const hex = "${hex}", digit = i => (i = hex.charCodeAt(i)) > 57 ? i - 87 : i - 48;
        export default () => new WebAssembly.Module(new Uint8Array(hex.length / 2).map((_, i) => digit(2 * i) << 4 | digit(2 * i + 1)));`;
    },
  };
}

/** A binary with what src/init.ts knows it by, in a custom section `ndrand`: the beginning of its SHA-256. See: WebAssembly Core Specification, 5.5.3. */
function versioned(binary) {
  const version = createHash('sha256').update(binary).digest('hex').slice(0, 12);
  const body = [6, ...Buffer.from('ndrand'), ...Buffer.from(version)];
  return { binary: Buffer.concat([binary, Buffer.from([0, body.length, ...body])]), version };
}

/** A binary with the names in its import and export sections changed. See: WebAssembly Core Specification, 5.5.5 and 5.5.10. */
function renamed(binary, rename) {
  let at = 8;
  const number = () => {
    let value = 0, shift = 0, byte;
    do value |= ((byte = binary[at++]) & 127) << shift, shift += 7; while (byte & 128);
    return value;
  };
  const encode = value => (value < 128 ? [value] : [value & 127 | 128, ...encode(value >>> 7)]);
  const name = () => {
    const length = number(), text = rename(binary.toString('utf8', at, at += length));
    return [...encode(Buffer.byteLength(text)), ...Buffer.from(text)];
  };
  const copy = skip => {
    const from = at;
    skip();
    return [...binary.subarray(from, at)];
  };
  const limits = () => { if (number() & 1) number(); number(); };
  const importKinds = [number, () => { at++; limits(); }, limits, () => { at += 2; }];
  const entries = {
    2: () => [...name(), ...name(), ...copy(() => importKinds[binary[at++]]())],
    7: () => [...name(), ...copy(() => { at++; number(); })],
  };
  const parts = [binary.subarray(0, at)];
  while (at < binary.length) {
    const id = binary[at++], end = number() + at;
    let body = binary.subarray(at, end);
    if (id in entries) {
      const count = number();
      body = Buffer.from([...encode(count), ...Array.from({ length: count }, entries[id]).flat()]);
    }
    at = end;
    parts.push(Buffer.from([id, ...encode(body.length)]), body);
  }
  return Buffer.concat(parts);
}

/**
 * Keeps `instantiateSync` of the loader, less what it adds for modules with a runtime (strings, arrays, classes): ours has none,
 * and every export it wraps would hold on to all of that (measured: 2.3 KB of the gzipped bundle).
 */
function pruneLoader() {
  const unused = ['const extended = preInstantiate(imports);', 'const exports = postInstantiate(extended, instance);', ', exports'];
  return {
    name: 'prune-loader',
    transform(code, id) {
      if (!id.includes('@assemblyscript/loader')) return null;
      const kept = code.match(/function isModule\(.*?\n}\n|export function instantiateSync\(.*?\n}\n/gs)?.join('') ?? '';
      if (!kept.includes('isModule(src)') || !unused.every(part => kept.includes(part))) this.error('the loader has changed: see pruneLoader');
      return { code: unused.reduce((text, part) => text.replace(part, ''), kept), map: null };
    },
  };
}

/** Classes whose names a user sees, in the console and in errors. */
const named = /^(BitGenerator|Dropout|Generator|NDArray|PCG32|PCG32DXSM|RandomState|SeedSequence)$/;

/** Members that only our own files use, and the exports of the engine's binaries: shortened in the bundle, all modules alike. */
const members = ['acquire', 'drawAhead', 'dropPhase', 'fillRaw', 'leave', 'nextDouble', 'nextNormal', 'phaseDone', 'phaseKind', 'resume', 'spare', 'unread32'];
const exportsOf = async file => WebAssembly.Module.exports(new WebAssembly.Module(await readFile(new URL(file, import.meta.url)))).map(({ name }) => name);

/** Exports that a public member shares its name with. */
const kept = ['memory', 'advance'];

async function shortNames() {
  const long = [...members, ...await exportsOf('build/release.wasm'), ...await exportsOf('build/nn.wasm')].filter(name => !kept.includes(name));
  return new Map(long.map((name, i) => [name, `$${i.toString(36)}`]));
}

/** Terser, with the same short names in every module: as a plugin, and for a text. */
function shorten(short) {
  const minified = (code, sourceMap = false) => minify(code, {
    ecma: 2022,
    module: true,
    sourceMap,
    // reduce_funcs would move functions into their one caller, as closures made anew at each call (measured: choice without a size 135 ns for 87)
    compress: { passes: 3, reduce_funcs: false, unsafe: true, unsafe_arrows: true, unsafe_methods: true, pure_getters: true },
    mangle: { keep_classnames: named, properties: { builtins: true, regex: new RegExp(`^(${[...short.keys()].join('|')})$`) } },
    nameCache: { props: { props: Object.fromEntries([...short].map(([name, to]) => [`$${name}`, to])) } },
  });
  return { name: 'terser', minified, renderChunk: code => minified(code, true) };
}

/** The chunks: all that index.ts stands on is one, whichever entries use it. */
function core() {
  const inside = new Set();
  return (id, { getModuleInfo }) => {
    if (inside.size === 0) {
      const visit = each => {
        if (inside.has(each)) return;
        inside.add(each);
        getModuleInfo(each).importedIds.forEach(visit);
      };
      visit(fileURLToPath(new URL('src/index.ts', import.meta.url)));
    }
    if (/\/src\/(init|errors)\.ts$|\.wasm\?version$/.test(id)) return 'init'; // comes before
    if (id.endsWith('/src/index.ts')) return undefined;
    return inside.has(id) ? 'core' : /\/src\/nn\/|\/nn\.wasm$/.test(id) ? 'nn' : undefined;
  };
}

/** TypeScript without its types. */
const transpile = {
  name: 'transpile',
  transform: (code, id) => (id.endsWith('.ts') ? ts.transpileModule(code, { compilerOptions: { target: 'ES2022', module: 'ESNext' } }).outputText : null),
};

/** workerpool finds Node's modules by `require`, which modules have not: Node 20.16 and later, Bun and Deno have this for both. */
function workerpool() {
  const builtin = /\brequire\((['"])(worker_threads|child_process|os)\1\)/g;
  return [
    {
      name: 'workerpool',
      transform(code, id) {
        if (!id.includes('/workerpool/')) return null;
        // a script of its own that it would start without ours
        const kept = code.replace(builtin, "process.getBuiltinModule('$2')").replace("require('./generated/embeddedWorker')", "''");
        return { code: kept, map: null };
      },
    },
    commonjs(),
  ];
}

/** A module and all it stands on in one script. */
async function bundled(input, name, plugins) {
  const build = await rollup({ input, plugins: [resolve(), ...workerpool(), ...plugins, pruneLoader(), transpile] });
  const { output: [{ code }] } = await build.generate({ format: 'iife', name });
  return code;
}

/** `import make from './x.ts?function'`: a function that runs a module and all it stands on over compiled binaries, and gives its exports. */
function asFunction() {
  const given = {
    name: 'given',
    async load(id) {
      const [file, query] = id.split('?');
      if (!file.endsWith('.wasm')) return null;
      return query === 'version' ? `export default ''` : `export default () => modules.${basename(file) === 'nn.wasm' ? 'nn' : 'engine'}`;
    },
  };
  return {
    name: 'as-function',
    async load(id) {
      if (!id.endsWith('?function')) return null;
      return `export default modules => {\n${await bundled(id.split('?')[0], 'made', [given])}\nreturn made;\n};`;
    },
  };
}

/** `import script from './x.ts?script'`: the text of a script for workers, which is put beside the package's files too. */
function asScript(minified) {
  return {
    name: 'as-script',
    async load(id) {
      if (!id.endsWith('?script')) return null;
      const { code } = await minified(await bundled(id.split('?')[0], undefined, [asFunction()]));
      this.emitFile({ type: 'asset', fileName: basename(id.split('?')[0]).replace('.ts', '.js'), source: code });
      return `export default ${JSON.stringify(code)};`;
    },
  };
}

/** The binaries as they are inlined, for `init`. */
function binaries(rename) {
  return {
    name: 'binaries',
    async generateBundle() {
      for (const [from, to] of [['release', 'engine'], ['nn', 'nn']]) {
        this.emitFile({ type: 'asset', fileName: `${to}.wasm`, source: versioned(renamed(await readFile(new URL(`build/${from}.wasm`, import.meta.url)), rename)).binary });
      }
    },
  };
}

// All entries stand on one core.js, so that a page has one engine; all load as plain module scripts, and none needs top-level await.
export default async function config() {
  const short = await shortNames(), rename = name => short.get(name) ?? name, { minified, ...terser } = shorten(short);
  return {
    preserveEntrySignatures: 'allow-extension',
    input: { index: 'src/index.ts', nn: 'src/nn/index.ts', numpy: 'src/numpy/index.ts', parallel: 'src/parallel/index.ts', init: 'src/init.ts' },
    output: { dir: 'dist', format: 'es', sourcemap: true, chunkFileNames: '[name].js', manualChunks: core() },
    plugins: [asScript(minified), resolve(), wasm(rename), pruneLoader(), ...workerpool(), typescript({ tsconfig: './tsconfig.json' }), terser, binaries(rename)],
  };
}
