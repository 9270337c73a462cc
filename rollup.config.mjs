import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import resolve from '@rollup/plugin-node-resolve';
import typescript from '@rollup/plugin-typescript';
import { minify } from 'terser';

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
      if (!id.endsWith('.wasm')) return null;
      const hex = renamed(await readFile(id), rename).toString('hex');
      // digit by digit: parseInt on pairs takes four times as long in a fresh process (measured: 7 ms)
      return `
        const hex = "${hex}", digit = i => (i = hex.charCodeAt(i)) > 57 ? i - 87 : i - 48;
        export default () => new WebAssembly.Module(new Uint8Array(hex.length / 2).map((_, i) => digit(2 * i) << 4 | digit(2 * i + 1)));`;
    },
  };
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

/** Terser, with the same short names in every module. */
function shorten(short) {
  return {
    name: 'terser',
    async renderChunk(code) {
      const { code: small, map } = await minify(code, {
        ecma: 2022,
        module: true,
        sourceMap: true,
        // reduce_funcs would move functions into their one caller, as closures made anew at each call (measured: choice without a size 135 ns for 87)
        compress: { passes: 3, reduce_funcs: false, unsafe: true, unsafe_arrows: true, unsafe_methods: true, pure_getters: true },
        mangle: { keep_classnames: named, properties: { builtins: true, regex: new RegExp(`^(${[...short.keys()].join('|')})$`) } },
        nameCache: { props: { props: Object.fromEntries([...short].map(([name, to]) => [`$${name}`, to])) } },
      });
      return { code: small, map };
    },
  };
}

/** Puts all that index.ts stands on into one chunk, whichever entries use it. */
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
    return inside.has(id) && !id.endsWith('/src/index.ts') ? 'core' : undefined;
  };
}

// index.js, nn.js and numpy.js stand on one core.js, so that a page has one engine; all load as plain module scripts, and none needs top-level await.
export default async function config() {
  const short = await shortNames();
  return {
    input: { index: 'src/index.ts', nn: 'src/nn/index.ts', numpy: 'src/numpy/index.ts' },
    output: { dir: 'dist', format: 'es', sourcemap: true, chunkFileNames: '[name].js', manualChunks: core() },
    plugins: [resolve(), wasm(name => short.get(name) ?? name), pruneLoader(), typescript({ tsconfig: './tsconfig.json' }), shorten(short)],
  };
}
