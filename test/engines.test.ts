import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import * as sources from '../src/index.ts';
import * as nn from '../src/nn/index.ts';
import * as numpy from '../src/numpy/index.ts';
import { checksums } from './checksums.mjs';
import expected from './fixtures/checksums.json' with { type: 'json' };
import { program } from './programs.ts';

const address = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);

/** Runs everywhere: what the built package draws, as JSON. */
const script = `
  import * as ndrand from ${address('../dist/index.js')};
  import * as nn from ${address('../dist/nn.js')};
  import * as numpy from ${address('../dist/numpy.js')};
  import { checksums } from ${address('./checksums.mjs')};
  console.log(JSON.stringify(await checksums(ndrand, nn, numpy)));
`;

/** The checksums of the built package in another process. */
async function run(command: string, args: string[]): Promise<Record<string, string>> {
  const { stdout, stderr } = await promisify(execFile)(command, [...args, script], { cwd: tmpdir(), env: { ...process.env, FORCE_COLOR: undefined, DENO_NO_UPDATE_CHECK: '1' } });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Record<string, string>;
}

const evaluate = ['--input-type=module', '--eval'];

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
    expect(await run(process.execPath, [...flags, ...evaluate])).toEqual(expected);
  });

  test.for<[string, string[]]>([
    ['bun', ['--eval']],
    ['deno', ['eval']],
    ['node20', evaluate],
    ['node24', evaluate],
  ])('in %s', async ([name, args], { skip }) => {
    expect(await run(program(skip, name), args)).toEqual(expected);
  });
});
