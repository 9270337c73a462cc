/** Two binaries stand in one memory: the engine's regions end before those of ndrand/nn begin, and both fit. */
import { readFileSync } from 'node:fs';
import * as asc from 'assemblyscript/asc';
import { expect, test } from 'vitest';
import { kernels, memoryBytes } from '../src/engine.ts';
import { input } from '../src/nn/engine.ts';

/** Where the regions of a program end. */
async function endOf(source: string, options: string[]): Promise<number> {
  const files: Record<string, Uint8Array> = {};
  const base = ['--config', 'none', '--path', '.', '--outFile', 'probe.wasm', '--runtime', 'stub', '--use', 'abort=', '--enable', 'simd', '--optimizeLevel', '3', '--noAssert'];
  const { error, stderr } = await asc.main([source, ...base, ...options], { writeFile: (name, contents) => void (files[name] = contents as Uint8Array) });
  if (error) throw new Error(String(stderr), { cause: error });
  const module = new WebAssembly.Module(files['probe.wasm'] as Uint8Array<ArrayBuffer>);
  const { memory } = kernels;
  const instance = new WebAssembly.Instance(module, { engine: kernels, env: { memory: new WebAssembly.Memory({ initial: memory.buffer.byteLength / 65536 }) } });
  return (instance.exports.end as () => number)();
}

test('the regions do not meet', async () => {
  const { memoryBase } = (JSON.parse(readFileSync(new URL('../assembly/nn/asconfig.json', import.meta.url), 'utf8')) as { options: { memoryBase: number } }).options;
  const engine = await endOf('test/engine/memoryProbe.ts', []);
  expect(engine).toBeGreaterThan(kernels.outAt());
  expect(engine).toBeLessThanOrEqual(memoryBase);
  const nn = await endOf('test/engine/nnMemoryProbe.ts', ['--importMemory', '--zeroFilledMemory', '--memoryBase', String(memoryBase)]);
  expect(input.uint8.byteOffset).toBeGreaterThanOrEqual(memoryBase);
  expect(nn).toBeGreaterThanOrEqual(input.uint8.byteOffset + input.uint8.byteLength);
  expect(nn).toBeLessThanOrEqual(memoryBytes);
});
