#!/usr/bin/env node
/** Times the built package against NumPy and plain loops, checks start, size and memory, and reports against the bars: `npm run bench`. */
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { compare } from './compare.mjs';
import { FIRST, groups, modulesOf } from './groups.mjs';
import { describe } from './machine.mjs';
import { install, packages, startNumPy, versionOf } from './processes.mjs';
import { failed } from './rows.mjs';
import { terminal, write } from './report.mjs';

const idsOf = ({ cases, checks }) => [...cases.map(({ id }) => id), ...Object.keys(checks)];

/** What `npm run build` makes. */
const OWN_BUILD = new URL('../dist/index.js', import.meta.url).href;

const HELP = `Times ndrand's build against NumPy, TensorFlow.js, numpy-ts and plain JavaScript loops, each in a process of its own, in interleaved rounds.

Usage: npm run bench -- [group] [options]

${Object.keys(groups).map(listed).join('\n')}

  --only <ids>      some of the group's measurements, with commas between; rng-* are all that begin so, and a wrong one lists them
  --slow            the group's measurements whose rivals take minutes, one round, and no others
  --rounds <n>      rounds of a comparison (default 15; numpy: 7 at least, as many as fit in a second and a half)
  --ms <n>          milliseconds of a round for each contender (default 100; numpy: 20)
  --quick           3 rounds of 40 ms (numpy: 20): to see that it works, not to quote
  --dist <path>     the build to time: a folder with index.js, or the file (default dist)
  --against <path>  another build to compare with, as one more rival
  --python <path>   the interpreter that has NumPy (default python3)
  --output <dir>    where the result goes as JSON and markdown (default bench/results for a whole run, nowhere for a part or --quick)
  --help            this text

Exit status: 0, bars missed or not; 1 where a measurement failed; 2 for bad arguments.`;

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
  const { group } = options;
  const modules = modulesOf(group, options.ndrand);
  const versions = Object.fromEntries(options.packages.map(key => [key, versionOf(key)]));
  for (const key of options.packages) if (!versions[key]) console.error(`Without ${packages[key].name} (not installed: ${install(key)})`);
  let numpyMissing = null;
  const numpy = await startNumPy(options.python).catch(error => {
    numpyMissing = error.message;
    console.error(`Without NumPy (${numpyMissing})`);
    return null;
  });
  const about = {
    ...describe(modules, options.ndrand === OWN_BUILD, numpy && numpy.versions),
    group: options.name,
    slow: options.slow,
    rounds: options.slow ? 1 : options.rounds,
    milliseconds: options.ms,
    numpyMissing,
    packages: Object.fromEntries(options.packages.map(key => [packages[key].name, versions[key] ?? `not installed: ${install(key)}`])),
  };
  const against = options.against && modulesOf(group, options.against);
  const racing = { ...options, contenders: group.contenders, modules, against, packages: versions, numpy };
  const rows = [];
  let status = 0;
  try {
    for (const id of options.ids) {
      console.error(`${id} …`);
      const one = group.cases.find(each => each.id === id);
      try {
        rows.push(...(one ? await compare(one, racing) : await group.checks[id](options.ndrand, options.rounds)));
      } catch (error) {
        console.error(`  ${error.message}`);
        rows.push(...failed(one ?? { id, what: id }, error));
        status = 1;
      }
    }
  } finally {
    await numpy?.stop();
  }
  console.log(terminal(about, rows));
  if (options.output !== undefined) console.log(write(options.output, about, rows).map(path => `wrote ${path}`).join('\n'));
  return status;
}

function readOptions(args) {
  let values, positionals;
  try {
    ({ values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        only: { type: 'string' },
        slow: { type: 'boolean', default: false },
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
  const [name = FIRST, ...rest] = positionals;
  if (!Object.hasOwn(groups, name) || rest.length > 0) {
    throw new UsageError(`group: got ${positionals.map(text => JSON.stringify(text)).join(' ')}, takes one of ${Object.keys(groups).join(', ')}`);
  }
  const group = groups[name], all = idsOf(group);
  const slow = group.cases.filter(one => one.slow).map(({ id }) => id);
  if (values.slow && slow.length === 0) throw new UsageError(`--slow: ${name} has nothing slow`);
  const ids = values.only === undefined ? all.filter(id => slow.includes(id) === values.slow) : values.only.split(',').flatMap(text => named(text.trim(), all));
  const whole = values.only === undefined && !values.quick;
  return {
    help: values.help,
    name,
    group,
    slow: values.slow,
    ids,
    packages: Object.keys(packages).filter(key => group.cases.some(({ id, rivals = [] }) => ids.includes(id) && rivals.some(({ from }) => from === key))),
    rounds: count('--rounds', values.rounds, values.quick ? 3 : 15),
    ms: count('--ms', values.ms, values.quick ? Math.min(group.ms, 40) : group.ms),
    ndrand: build('--dist', values.dist ?? fileURLToPath(OWN_BUILD), group),
    against: values.against === undefined ? undefined : build('--against', values.against, group),
    python: values.python,
    output: values.output ?? (whole ? fileURLToPath(new URL('results', import.meta.url)) : undefined),
  };
}

/** The ids that a text of `--only` is for: itself, or what begins so. */
function named(text, all) {
  const ids = text.endsWith('*') ? all.filter(id => id.startsWith(text.slice(0, -1))) : all.filter(id => id === text);
  if (ids.length === 0) throw new UsageError(`--only: got ${JSON.stringify(text)}, takes ${all.join(', ')}`);
  return ids;
}

function count(name, text, otherwise) {
  if (text === undefined) return otherwise;
  if (!/^[1-9][0-9]{0,5}$/.test(text)) throw new UsageError(`${name}: got ${JSON.stringify(text)}, takes an integer from 1 to 999999`);
  return Number(text);
}

/** The URL of a build's index.js, with the group's modules beside it. */
function build(name, path, group) {
  let file = resolve(path);
  if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.js');
  const url = pathToFileURL(file).href;
  for (const module of modulesOf(group, url)) {
    if (!existsSync(fileURLToPath(module))) throw new UsageError(`${name}: no build at ${fileURLToPath(module)}; npm run build makes one`);
  }
  return url;
}

/** A group in the help text: its name, what it is about, its ids; of those that are many alike what they begin with. */
function listed(name) {
  const lines = [], { cases } = groups[name], many = new Set(cases.filter(({ section }) => section).map(({ id }) => id));
  const count = new Map();
  for (const [start] of [...many].map(id => id.split('-'))) count.set(start, (count.get(start) ?? 0) + 1);
  const ids = [...Array.from(count, ([start, n]) => `${start}-<method> (${n})`), ...idsOf(groups[name]).filter(id => !many.has(id))];
  for (const id of ids) {
    if (lines.length > 0 && lines.at(-1).length + id.length < 100) lines.push(`${lines.pop()}, ${id}`);
    else lines.push(`${' '.repeat(20)}${id}`);
  }
  return `  ${name.padEnd(18)}${groups[name].about}${name === FIRST ? ' (default)' : ''}:\n${lines.join(',\n')}`;
}
