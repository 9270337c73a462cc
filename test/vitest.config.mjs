import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { wasm } from '../rollup.config.mjs';

// The tests import the TypeScript sources; the engine's binary is inlined as for the package.
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  plugins: [wasm()],
  test: {
    include: ['test/**/*.test.ts'],
    typecheck: { enabled: true, include: ['test/**/*.test-d.ts'], tsconfig: 'test/tsconfig.json' },
    testTimeout: 120_000,
  },
});
