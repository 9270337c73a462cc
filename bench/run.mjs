#!/usr/bin/env node
/** Times the built package against NumPy and plain loops, checks start, size and memory, and reports against the bars: `npm run bench`. */
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { cases } from './cases.mjs';
import { checks } from './checks.mjs';
import { compare } from './compare.mjs';
import { describe } from './machine.mjs';
import { startNumPy } from './processes.mjs';
import { terminal, write } from './report.mjs';

const IDS = [...cases.map(({ id }) => id), ...Object.keys(checks)];

/** What `npm run build` makes. */
const OWN_BUILD = new URL('../dist/index.js', import.meta.url).href;

const HELP = `Times ndrand's build against NumPy and plain JavaScript loops, each in a process of its own, in interleaved rounds.

Usage: npm run bench -- [options]

  --only <ids>      some of the measurements, with commas between; an id is one of
                    ${IDS.slice(0, 8).join(', ')},
                    ${IDS.slice(8).join(', ')}
  --rounds <n>      rounds of a comparison (default 15)
  --ms <n>          milliseconds of a round for each contender (default 100)
  --quick           3 rounds of 40 ms: to see that it works, not to quote
  --dist <path>     the build to time: a folder with index.js, or the file (default dist)
  --against <path>  another build to compare with, as one more rival
  --python <path>   the interpreter that has NumPy (default python3)
  --output <dir>    where the result goes as JSON and markdown (default bench/results for a whole run, nowhere for a part or --quick)
  --help            this text

Exit status: 0, bars missed or not; 2 for bad arguments.`;

/** What keeps the benchmark from starting, in words for its user. */
class UsageError extends Error {}

process.exitCode = await main(process.argv.slice(2)).catch(error => {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  return 2;
});

/** @param {string[]} args */
async function main(args) {
  const options = readOptions(args);
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  let numpyMissing = null;
  const numpy = await startNumPy(options.python).catch(error => {
    numpyMissing = error.message;
    console.error(`Without NumPy (${numpyMissing})`);
    return null;
  });
  const about = { ...describe(options.ndrand, options.ndrand === OWN_BUILD, numpy && numpy.versions), rounds: options.rounds, milliseconds: options.ms, numpyMissing };
  const rows = [];
  try {
    for (const id of options.ids) {
      console.error(`${id} …`);
      const one = cases.find(each => each.id === id);
      rows.push(...(one ? await compare(one, { ...options, numpy }) : checks[id](options.ndrand, options.rounds)));
    }
  } finally {
    await numpy?.stop();
  }
  console.log(terminal(about, rows));
  if (options.output !== undefined) console.log(write(options.output, about, rows).map(path => `wrote ${path}`).join('\n'));
  return 0;
}

function readOptions(args) {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        only: { type: 'string' },
        rounds: { type: 'string' },
        ms: { type: 'string' },
        quick: { type: 'boolean', default: false },
        dist: { type: 'string' },
        against: { type: 'string' },
        python: { type: 'string', default: 'python3' },
        output: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new UsageError(`${error.message}\n\n${HELP}`);
  }
  const ids = values.only === undefined ? IDS : values.only.split(',').map(id => id.trim());
  for (const id of ids) if (!IDS.includes(id)) throw new UsageError(`--only: got ${JSON.stringify(id)}, takes ${IDS.join(', ')}`);
  const whole = values.only === undefined && !values.quick;
  return {
    help: values.help,
    ids,
    rounds: count('--rounds', values.rounds, values.quick ? 3 : 15),
    ms: count('--ms', values.ms, values.quick ? 40 : 100),
    ndrand: build('--dist', values.dist ?? fileURLToPath(OWN_BUILD)),
    against: values.against === undefined ? undefined : build('--against', values.against),
    python: values.python,
    output: values.output ?? (whole ? fileURLToPath(new URL('results', import.meta.url)) : undefined),
  };
}

function count(name, text, otherwise) {
  if (text === undefined) return otherwise;
  if (!/^[1-9][0-9]{0,5}$/.test(text)) throw new UsageError(`${name}: got ${JSON.stringify(text)}, takes an integer from 1 to 999999`);
  return Number(text);
}

/** The URL of a build's module. */
function build(name, path) {
  let file = resolve(path);
  if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.js');
  if (!existsSync(file)) throw new UsageError(`${name}: no build at ${file}; npm run build makes one`);
  return pathToFileURL(file).href;
}
