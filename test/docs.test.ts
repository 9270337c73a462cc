/** What the documentation shows runs, and prints what it says: README's blocks, and the examples of the docstrings. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import * as nnExports from '../src/nn/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
// inside the package, so that 'ndrand' is the package itself
const folder = mkdtempSync(`${root}build/docs-`);
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;

/** Runs a module in a process of its own and gives what it printed. */
function run(code: string): string {
  const file = `${folder}/${count++}.mjs`;
  writeFileSync(file, code);
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8', cwd: folder });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout;
}

describe('README', () => {
  const readme = readFileSync(`${root}README.md`, 'utf8');
  const blocks = [...readme.matchAll(/```js\n(.*?)```\n(?:\n```text\n(.*?)```\n)?/gs)];

  test('has blocks to run', () => {
    expect(blocks.length).toBeGreaterThanOrEqual(5);
  });

  test.each(blocks.map(([, code, printed], i) => ({ name: `block ${i + 1}`, code, printed })))('$name prints what it says', ({ code, printed }) => {
    const output = run(code);
    if (printed !== undefined) expect(output).toBe(printed);
  });
});

describe('docstrings', () => {
  const examples: { name: string; code: string; nn: boolean }[] = [];
  // what a user can import; these are not, or come before the rest
  const inside = ['init.ts', 'format.ts', 'mt19937.ts', 'pcg64.ts', 'philox.ts', 'sfc64.ts'];
  for (const file of readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts') && !name.endsWith('.d.ts') && !inside.includes(name))) {
    const text = readFileSync(`${root}src/${file}`, 'utf8');
    for (const [, comment] of text.matchAll(/\/\*\*(.*?)\*\//gs)) {
      const example = comment.split('@example')[1];
      if (example === undefined) continue;
      const code = example.split('\n').map(line => line.replace(/^\s*\* ?/, '')).filter(line => !line.startsWith('```') && !line.startsWith('@')).join('\n').trim();
      examples.push({ name: `${file}: ${code.split('\n')[0]}`, code, nn: file.startsWith('nn') });
    }
  }

  test('are many', () => {
    expect(examples.length).toBeGreaterThanOrEqual(30);
  });

  // what ndrand/nn exports, over ndrand's functions of the same names
  const fromNN = `const { ${Object.keys(nnExports).join(', ')} } = nn;\n`;

  // `expression; // literal` is compared with the literal, other comments are prose; all run in one process, each in its own scope
  test('run, and give what they say', () => {
    const scopes = examples.map(({ name, code, nn }) => {
      const lines = code.replace(/^import .*$/gm, '').split('\n').map(line => {
        const shown = /^(?!\s*(?:const|let|for|import)\b)(.+?);?\s+\/\/ (.*)$/.exec(line);
        return shown ? `check(${JSON.stringify(name)}, (${shown[1]}), ${JSON.stringify(shown[2])});` : line;
      });
      return `try {\n${nn ? fromNN : ''}${lines.join('\n')}\n} catch (error) { failures.push(${JSON.stringify(name)} + ': ' + error); }`;
    });
    const output = run(`
      import * as ndrand from 'ndrand';
      import * as nn from 'ndrand/nn';
      import { parallel, shutDown } from 'ndrand/parallel';
      import { np, stateFromJSON, stateToJSON } from 'ndrand/numpy';
      import { inspect, isDeepStrictEqual } from 'node:util';
      const { ${'array, bernoulli, binomial, BitGenerator, choice, defaultRng, Generator, NDArray, normal, PCG32, PCG32DXSM, permutation, rand, randint, randn, random, seed, SeedSequence, shuffle, standardNormal, uniform'} } = ndrand;
      const failures = [];
      let compared = 0;
      function check(name, value, text) {
        const shown = inspect(value).replace(/\\(\\d+\\)/, ''), plain = part => part.replace(/\\s|\\\\n/g, '');
        if (plain(shown) !== plain(text)) {
          if (!/^(?:['"[{\\d-]|true|false|null)/.test(text)) return; // prose
          let literal;
          try { literal = (0, eval)('(' + text + ')'); } catch { return; }
          if (!isDeepStrictEqual(Array.isArray(value) ? [...value] : value, literal)) failures.push(name + ': ' + text + ' is ' + shown);
        }
        compared++;
      }
      ${scopes.join('\n')}
      console.log(JSON.stringify({ failures, compared }));
    `);
    const { failures, compared } = JSON.parse(output) as { failures: string[]; compared: number };
    expect(failures).toEqual([]);
    expect(compared).toBeGreaterThanOrEqual(20);
  });
});

test("Node's console shows a generator as its state, under its own name", () => {
  const output = run(`import { defaultRng } from 'ndrand'; console.log(defaultRng(42));`);
  expect(output).toMatch(/^Generator \{\n {2}bitGenerator: \{\n {4}bitGenerator: 'PCG32DXSM',\n {4}state: \{ state: '\d+', inc: '\d+' \},\n {4}phase: null\n {2}\}\n\}\n$/);
});
