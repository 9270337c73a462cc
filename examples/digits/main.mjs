#!/usr/bin/env node
/** Trains networks on handwritten digits from several initialisers, with and without dropout, and shows what difference they make: `npm start`. */
import { parseArgs } from 'node:util';
import cliProgress from 'cli-progress';
import { dropoutText, footerText, jsonText, keepText, PROGRESS, startText, titleText } from './report.mjs';

const DEFAULT_SEED = '1234';

const HELP = `Trains networks on handwritten digits, their weights, order of images and dropout drawn by ndrand.

Usage: npm start -- [options]

  --seed <n>     a non-negative integer of any size (default ${DEFAULT_SEED})
  --epochs <n>   passes over the images for every network (default 5 for initialisation, 20 for dropout)
  --quick        fewer images and epochs: a few seconds, worse networks
  --json         the results as one JSON object
  --help         this text

The same seed gives the same results to the last digit. Exit status: 0, or 2 for bad arguments.`;

/** What keeps the program from starting, in words for its user. */
class UsageError extends Error {}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

/** @param {string[]} args */
async function main(args) {
  const options = readOptions(args);
  if (options.help) {
    console.log(HELP);
    return;
  }
  const { planOf, runAll } = await loadExperiments();
  const plan = planOf(readInteger('--seed', options.seed ?? DEFAULT_SEED, 0n), {
    quick: options.quick,
    epochs: options.epochs === undefined ? undefined : Number(readInteger('--epochs', options.epochs, 1n)),
  });
  if (options.json) {
    const silent = { onRun() {}, onStep() {}, onStart() {}, onStarts() {}, onKeep() {} };
    console.log(jsonText(plan, runAll(plan, silent)));
  } else {
    show(plan, runAll);
  }
}

/**
 * @param {import('./experiments.mjs').Plan} plan
 * @param {typeof import('./experiments.mjs').runAll} runAll
 */
function show(plan, runAll) {
  const began = performance.now(), progress = progressOf(plan.steps);
  const print = text => {
    progress.stop();
    console.log(text);
  };
  let most;
  print(titleText(plan));
  const result = runAll(plan, {
    onRun: progress.start,
    onStep: progress.step,
    onStart: start => print(startText(start, plan)),
    onStarts: () => print(dropoutText(plan)),
    onKeep(keep) {
      most ??= keep.mistakes;
      print(keepText(keep, plan, most));
    },
  });
  print(footerText(result, (performance.now() - began) / 1000));
}

/** A progress bar on standard error, below the rows that are there already: shows nothing where that is not a terminal. */
function progressOf(steps) {
  // wrapping and the cursor are left as they are, so that Ctrl-C finds them so
  const bar = new cliProgress.SingleBar({
    format: PROGRESS, stream: process.stderr, clearOnComplete: true, linewrap: true, barsize: 30, barCompleteChar: '█', barIncompleteChar: '░',
  });
  let done = 0;
  return {
    start: run => bar.start(steps, done, { run }),
    step: () => bar.update(++done),
    stop: () => bar.stop(),
  };
}

/** The part that needs ndrand, built. */
async function loadExperiments() {
  try {
    return await import('./experiments.mjs');
  } catch (error) {
    const isUnbuilt = error?.code === 'ERR_MODULE_NOT_FOUND' && error.message.includes('dist');
    if (isUnbuilt) throw new UsageError('ndrand is not built: run `npm ci && npm run build` in its folder.');
    throw error;
  }
}

function readOptions(args) {
  try {
    return parseArgs({
      args,
      options: {
        seed: { type: 'string' },
        epochs: { type: 'string' },
        quick: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${error.message}\nTry --help.`);
  }
}

function readInteger(name, text, least) {
  const value = /^[0-9]+$/.test(text) ? BigInt(text) : -1n;
  if (value < least) throw new UsageError(`${name}: got ${JSON.stringify(text)}, takes an integer of at least ${least}`);
  return value;
}
