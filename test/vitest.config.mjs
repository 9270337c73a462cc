import { fileURLToPath } from 'node:url';
import { wasm } from '@rollup/plugin-wasm';
import { defineConfig } from 'vitest/config';

// The tests import the TypeScript sources; the engine's binary is inlined as rollup inlines it for the package.
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  plugins: [{ ...wasm({ targetEnv: 'auto-inline', sync: ['build/release.wasm'], maxFileSize: 1 << 20 }), enforce: 'pre' }],
  test: {
    include: ['test/**/*.test.ts'],
    typecheck: { enabled: true, include: ['test/**/*.test-d.ts'], tsconfig: 'test/tsconfig.json' },
    testTimeout: 120_000,
  },
});
