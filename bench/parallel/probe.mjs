/** Measures fills in parallel in a process of its own. Arguments: the URL of ndrand's index.js, what to measure, rounds. Prints JSON. */
import { readFileSync } from 'node:fs';
import { planOf, fill } from '../../examples/browser/plan.mjs';

const [url, what, times] = process.argv.slice(2), rounds = Number(times);
const { defaultRng } = await import(url), { parallel } = await import(new URL('parallel.js', url));
const WORKERS = 2, rng = defaultRng(42), cores = parallel(rng, { workers: WORKERS });

/** Milliseconds that `run` takes. */
async function time(run) {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/** A round times one thread and the cores one after the other. */
async function races(one, two) {
  await one(), await two(); // the code compiled, the memory touched
  const ours = [], theirs = [];
  for (let i = 0; i < rounds; i++) {
    theirs.push(await time(one));
    ours.push(await time(two));
  }
  return { ours, theirs };
}

const fills = {
  shared: () => new Float32Array(new SharedArrayBuffer(2 ** 28)),
  transferred: () => new Float32Array(2 ** 26),
};

const measures = {
  async fill(kind) {
    const out = fills[kind]();
    return races(() => rng.standardNormal({ out }), () => cores.standardNormal({ out }));
  },
  fresh: () => races(() => rng.standardNormal(2 ** 26, { dtype: 'float32' }), () => cores.standardNormal(2 ** 26, { dtype: 'float32' })),
  // the first fill, less what it takes once the workers are there
  start: async () => {
    const first = await time(() => cores.random(40_000)), later = await time(() => cores.random(40_000));
    return first - later;
  },
  async call() {
    const out = new Float32Array(new SharedArrayBuffer(4 * 40_000)), { ours, theirs } = await races(() => rng.normal(0, 1, { out }), () => cores.normal(0, 1, { out }));
    return ours.map((ms, i) => ms - theirs[i]);
  },
  async slice() {
    const out = new Float32Array(1000);
    let place = 2n ** 61n;
    const { ours, theirs } = await races(() => rng.normal(0, 1, { out }), () => rng.slice(++place * 2n - 2000n, place * 2n - 1000n).normal(0, 1, { out }));
    return ours.map((ms, i) => (ms - theirs[i]) * 1000);
  },
  // what the page does with its first choice
  async model() {
    const plan = planOf({ model: 'gpt2', seed: 1234n }, JSON.parse(readFileSync(new URL('../../examples/gpt2/gpt2-small.json', import.meta.url), 'utf8')));
    await cores.random(2 ** 20);
    const from = parallel(defaultRng(plan.seed), { workers: WORKERS });
    return time(() => Promise.all(plan.tensors.map(tensor => fill(tensor, from, {}))));
  },
};

process.stdout.write(JSON.stringify(await (what in fills ? measures.fill(what) : measures[what]())));
