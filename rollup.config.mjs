import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';
import { wasm } from '@rollup/plugin-wasm';

// One self-contained module, the engine's binary inlined: it loads from a plain module script, and needs no top-level await.
export default {
  input: 'src/index.ts',
  output: { file: 'dist/index.js', format: 'es', sourcemap: true },
  plugins: [
    resolve(),
    wasm({ targetEnv: 'auto-inline', sync: ['build/release.wasm'], maxFileSize: 1 << 20 }),
    typescript({ tsconfig: './tsconfig.json', declarationDir: 'dist' }),
    terser({ ecma: 2022, module: true }),
  ],
};
