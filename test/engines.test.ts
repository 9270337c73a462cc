import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import * as sources from '../src/index.ts';
import * as nn from '../src/nn/index.ts';
import * as numpy from '../src/numpy/index.ts';
import { checksums } from './checksums.mjs';
import expected from './fixtures/checksums.json' with { type: 'json' };
import { program } from './programs.ts';

const script = fileURLToPath(new URL('digests.mjs', import.meta.url));

/** The checksums of the built package in another process, fills in parallel by 1 to 7 workers among them. */
async function run(command: string, args: string[]): Promise<Record<string, string>> {
  const { stdout, stderr } = await promisify(execFile)(command, [...args, script], { cwd: tmpdir(), env: { ...process.env, FORCE_COLOR: undefined, DENO_NO_UPDATE_CHECK: '1' } });
  expect(stderr).toBe('');
  return Object.fromEntries(stdout.trim().split('\n').map(line => line.split('\t'))) as Record<string, string>;
}

describe('the same bits', () => {
  test('from the sources', async () => {
    expect(await checksums(sources, nn, numpy)).toEqual(expected);
  });

  // V8 compiles WebAssembly twice, and picks instructions by what the CPU has
  test.for<[string, string[]]>([
    ['as it comes', []],
    ['baseline compiler alone', ['--liftoff', '--no-wasm-tier-up']],
    ['optimising compiler alone', ['--no-liftoff']],
    ['no AVX, no FMA', ['--no-enable-avx', '--no-enable-avx2', '--no-enable-fma3']],
  ])('in this Node, %s', async ([, flags]) => {
    expect(await run(process.execPath, flags)).toEqual(expected);
  });

  test.for<[string, string[]]>([
    ['bun', []],
    ['deno', ['run', '--allow-all']],
    ['node20', []],
    ['node24', []],
  ])('in %s', async ([name, args], { skip }) => {
    expect(await run(program(skip, name), args)).toEqual(expected);
  });
});
