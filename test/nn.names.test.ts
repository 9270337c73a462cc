/** README's table of initialisers against torch.nn.init, tf.keras.initializers, and what the functions take. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { defaultRng } from '../src/generator.ts';
import * as nn from '../src/nn/index.ts';
import { hexOf } from './draws.ts';

const exported = nn as unknown as Record<string, (...args: unknown[]) => { data: Float32Array }>;
const readme = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8');

// https://pytorch.org/docs/stable/nn.init.html
const torch = [
  'uniform_', 'normal_', 'trunc_normal_', 'constant_', 'ones_', 'zeros_', 'eye_', 'dirac_', 'xavier_uniform_', 'xavier_normal_', 'kaiming_uniform_', 'kaiming_normal_', 'orthogonal_', 'sparse_',
  'calculate_gain',
];
// https://www.tensorflow.org/api_docs/python/tf/keras/initializers
const keras = [
  'Constant', 'GlorotNormal', 'GlorotUniform', 'HeNormal', 'HeUniform', 'Identity', 'LecunNormal', 'LecunUniform', 'Ones', 'Orthogonal', 'RandomNormal', 'RandomUniform', 'TruncatedNormal',
  'VarianceScaling', 'Zeros',
];

const section = /^#+ Initialisers\n(.*?)(?=^#+ )/ms.exec(readme)?.[1] ?? '';
/** What stands between backticks. */
const code = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text);

interface Row {
  line: string;
  /** Names of ours, and beginnings of names: `glorot…`. */
  functions: string[];
  beginnings: string[];
  /** The options shown, with their defaults. */
  options: Map<string, string | undefined>;
  torch: string[];
  keras: string[];
}

const rows = section.split('\n').filter(line => line.startsWith('| `') && !line.startsWith('| `ndrand/nn`')).map((line): Row => {
  const [ours, theirs, others] = line.split(/(?<!\\)\|/).slice(1);
  const names = code(ours).map(text => /^[a-zA-Z]\w*…?/.exec(text)?.[0]).filter(name => name !== undefined);
  const options = code(ours).flatMap(text => /\{(.*)\}/.exec(text)?.[1].split(',') ?? []).map(option => option.split('=').map(part => part.trim()));
  return {
    line, functions: names.filter(name => !name.endsWith('…')), beginnings: names.filter(name => name.endsWith('…')).map(name => name.slice(0, -1)),
    options: new Map(options.map(([name, value]) => [name, value])), torch: code(theirs), keras: code(others),
  };
});

/** The options a function says it takes, beside those of all. */
function takenBy(name: string): string[] {
  let message = '';
  try {
    exported[name]([3, 3], { '?': 0 });
  } catch (error) {
    message = (error as Error).message;
  }
  const list = /^options: got the unknown option "\?", takes (.*)$/.exec(message)?.[1].split(', ') ?? [];
  expect(list).toEqual(expect.arrayContaining(['rng', 'dtype', 'out']));
  return list.filter(option => !['rng', 'dtype', 'out'].includes(option));
}

test('the table is there', () => {
  expect(rows.length).toBeGreaterThanOrEqual(10);
  expect(section).toMatch(/^\|[^|]*\| *torch\.nn\.init *\| *tf\.keras\.initializers *\|/m);
});

test.each(torch)('torch.nn.init.%s has a counterpart', name => {
  const found = rows.filter(row => row.torch.includes(name));
  expect(found.length).toBe(1);
  expect(found[0].functions.length).toBeGreaterThan(0);
});

test.each(keras)('tf.keras.initializers.%s has a counterpart', name => {
  const found = rows.filter(row => row.keras.includes(name));
  expect(found.length).toBe(1);
  expect(found[0].functions.length).toBeGreaterThan(0);
});

test('no name of theirs is made up', () => {
  expect(rows.flatMap(row => row.torch).filter(name => !torch.includes(name))).toEqual([]);
  expect(rows.flatMap(row => row.keras).filter(name => !keras.includes(name))).toEqual([]);
});

describe.each(rows.map(row => ({ name: row.functions.join(', '), row })))('$name', ({ row }) => {
  test('is exported, and aliases by their beginnings', () => {
    expect(row.functions.filter(name => typeof exported[name] !== 'function')).toEqual([]);
    for (const beginning of row.beginnings) {
      const aliases = Object.keys(exported).filter(name => name.startsWith(beginning));
      expect(aliases.length).toBe(row.functions.length);
      for (const alias of aliases) expect(row.functions.some(name => exported[name] === exported[alias])).toBe(true);
    }
  });

  const initialisers = row.functions.filter(name => name !== 'calculateGain' && name !== 'fans');
  test.skipIf(initialisers.length === 0)('takes the options shown, and no others', () => {
    expect(new Set(initialisers.flatMap(takenBy))).toEqual(new Set(row.options.keys()));
  });

  test.skipIf(initialisers.length === 0)('with the defaults shown', () => {
    const needed: Record<string, object> = { constant: { value: 2 }, sparse: { sparsity: 0.5 } };
    for (const name of initialisers) {
      const shape = name === 'dirac' ? [4, 4, 3] : [40, 40], taken = takenBy(name);
      const shown = [...row.options].filter(([option, value]) => value !== undefined && taken.includes(option)).map(([option, value]) => [option, JSON.parse(value!.replace(/'/g, '"')) as unknown]);
      const draw = (options: object) => hexOf(exported[name](shape, { ...needed[name], ...options, rng: defaultRng(1) }).data);
      expect(draw(Object.fromEntries(shown) as object)).toBe(draw({}));
    }
  });
});

test('every initialiser exported is in the table', () => {
  const listed = new Set(rows.flatMap(row => row.functions)), others = ['dropout', 'Dropout', 'dropoutMask', 'unpackMask', 'categorical'];
  const functions = Object.keys(exported).filter(name => typeof exported[name] === 'function' && !others.includes(name));
  expect(functions.filter(name => !listed.has(name) && !rows.some(row => row.beginnings.some(beginning => name.startsWith(beginning))))).toEqual([]);
});
