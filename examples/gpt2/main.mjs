#!/usr/bin/env node
/** Initialises GPT-2 small, or the model of another table, and reports speed, statistics and a checksum: `npm start`. */
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { summarize, summaryText, tableOf } from './report.mjs';
import { readModel, TableError } from './table.mjs';

const DEFAULT_SEED = 1234;
const DEFAULT_MODEL = new URL('./gpt2-small.json', import.meta.url);

const HELP = `Initialises every weight of a model in float32 with ndrand, draws a dropout mask, and checks what was drawn.

Usage: npm start -- [options]

  --seed <n>      a non-negative integer of any size (default ${DEFAULT_SEED})
  --model <path>  the table of another model; examples/gpt2/model.mjs describes the format (default GPT-2 small)
  --quiet         no table and no progress bar, only the summary
  --json          everything as one JSON object, times in milliseconds
  --help          this text

The checksum is the SHA-256 of all weights in table order and then the mask, little-endian: the same seed gives the
same on every machine and engine. GB/s is bytes drawn over the time to allocate and fill, statistics apart.
Exit status: 0; 1 where a mean or deviation is not what theory allows; 2 for bad arguments or a bad table.`;

/** What keeps the program from starting, in words for its user. */
class UsageError extends Error {}

process.exitCode = await main(process.argv.slice(2)).catch(error => {
  if (!(error instanceof UsageError || error instanceof TableError)) throw error;
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
  const seed = readSeed(options.seed);
  const model = readModel(options.model ?? DEFAULT_MODEL);
  const { initialize } = await loadExample();

  const progress = progressOf(model, options.quiet || options.json);
  let result;
  try {
    result = initialize(model, seed, progress.onRow);
  } finally {
    progress.stop();
  }
  const summary = summarize(model, seed, result);
  const rows = result.mask ? [...result.rows, result.mask] : result.rows;
  if (options.json) console.log(JSON.stringify({ ...summary, rows }, null, 2));
  else console.log(options.quiet ? summaryText(summary) : `${tableOf(rows)}\n${summaryText(summary)}`);
  return summary.off.length > 0 ? 1 : 0;
}

function readOptions(args) {
  try {
    return parseArgs({
      args,
      options: { seed: { type: 'string' }, model: { type: 'string' }, quiet: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    }).values;
  } catch (error) {
    throw new UsageError(`${error.message}\nTry --help.`);
  }
}

function readSeed(text = String(DEFAULT_SEED)) {
  if (!/^[0-9]+$/.test(text)) throw new UsageError(`--seed: got ${JSON.stringify(text)}, takes a non-negative integer`);
  return BigInt(text);
}

/** The part that needs the built package. */
async function loadExample() {
  try {
    return await import('./initialize.mjs');
  } catch (error) {
    if (error?.code === 'ERR_MODULE_NOT_FOUND' && error.message.includes('dist')) throw new UsageError('dist/ is missing: run `npm run build` first.');
    throw error;
  }
}

/** A progress bar on standard error: shows nothing where that is not a terminal. */
function progressOf(model, silent) {
  if (silent) return { onRow() {}, stop() {} };
  // wrapping and the cursor are left as they are, so that Ctrl-C finds them so
  const bar = new SingleBar({
    format: '{bar} {percentage} % {tensor}', stream: process.stderr, clearOnComplete: true, linewrap: true, barCompleteChar: '█', barIncompleteChar: '░',
  });
  bar.start([...model.tensors, ...(model.dropout ? [model.dropout] : [])].reduce((total, { size }) => total + size, 0), 0, { tensor: '' });
  return {
    onRow: ({ name, size }) => bar.increment(size, { tensor: name }),
    stop: () => bar.stop(),
  };
}
