import { readFile } from 'node:fs/promises';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';

/**
 * Inlines the engine's binary: `import compile from './x.wasm'` gives a function that compiles it, synchronously. As hexadecimal, not base64:
 * gzip sees whole bytes then and the bundle is 1.8 KB smaller (measured). The tests inline it the same way.
 */
export function wasm() {
  return {
    name: 'wasm',
    enforce: 'pre', // before vite's own idea of a .wasm file
    async load(id) {
      if (!id.endsWith('.wasm')) return null;
      const hex = (await readFile(id)).toString('hex');
      // digit by digit: parseInt on pairs takes four times as long in a fresh process (measured: 7 ms)
      return `
        const hex = "${hex}", digit = i => (i = hex.charCodeAt(i)) > 57 ? i - 87 : i - 48;
        export default () => new WebAssembly.Module(new Uint8Array(hex.length / 2).map((_, i) => digit(2 * i) << 4 | digit(2 * i + 1)));`;
    },
  };
}

/**
 * Keeps `instantiateSync` of the loader, less what it adds for modules with imports and a runtime (strings, arrays, classes): ours has neither,
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
const named = /^(Generator|NDArray|PCG32|PCG32DXSM|SeedSequence)$/;

/** Members that only our own files use: shortened in the bundle. */
const internal = /^(acquire|drawAhead|dropPhase|fillRaw|leave|nextDouble|nextNormal|phaseDone|phaseKind|resume|spare|unread32)$/;

// One self-contained module: it loads from a plain module script, and needs no top-level await.
export default {
  input: 'src/index.ts',
  output: { file: 'dist/index.js', format: 'es', sourcemap: true },
  plugins: [
    resolve(),
    wasm(),
    pruneLoader(),
    typescript({ tsconfig: './tsconfig.json', declarationDir: 'dist' }),
    // reduce_funcs would move functions into their one caller, as closures made anew at each call (measured: choice without a size 135 ns for 87)
    terser({ ecma: 2022, module: true, compress: { passes: 3, reduce_funcs: false, unsafe: true, unsafe_arrows: true, unsafe_methods: true, pure_getters: true }, mangle: { keep_classnames: named, properties: { regex: internal } } }),
  ],
};
