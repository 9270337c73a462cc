/** One run: the fills, then a look at what was drawn, then the same amount by plain loops. All heavy work is in workers. */
import { defaultRng } from '../../dist/index.js';
import { parallel, shutDown } from '../../dist/parallel.js';
import { fill } from './plan.mjs';

/**
 * @typedef {object} Watch what is told of a run
 * @property {(name: 'fill' | 'measure' | 'compare') => void} stage
 * @property {(done: number, total: number) => void} progress of the stage, in elements
 * @property {(filled: { ms: number, threads: number, startMs: number, shared: boolean }) => void} filled
 * @property {(results: object[], checksum: string) => void} measured a result of measure.worker.mjs for each tensor
 * @property {(name: string, ms: number | null) => void} compared with null where it is not tried
 */

/** What keeps a run from its end, in words for its user. */
export class RunError extends Error {}

/**
 * @param {import('./plan.mjs').Plan} plan
 * @param {{ texts: Record<string, string>, table: unknown, threads: number, signal: AbortSignal, watch: Watch }} options
 */
export async function run(plan, { texts, table, threads, signal, watch }) {
  watch.stage('fill');
  const parts = plan.serial ? await drawSerially(plan, { texts, table, signal, watch }) : await drawInParallel(plan, { threads, signal, watch });
  watch.stage('measure');
  await measure(plan, parts, signal, watch);
  watch.stage('compare');
  for (const { name, tensors } of plainFills(plan)) {
    const total = tensors.reduce((sum, { size }) => sum + size, 0);
    watch.progress(0, total);
    watch.compared(name, await withWorker('compare.worker.mjs', signal, ask => ask({ tensors }, [], done => watch.progress(done, total))));
  }
}

/** Fills that are under way at a time: so many that no thread waits between two tensors, so few that not all blocks in transfer are there at once. */
const AHEAD = 4;

/** The threads of the pool that is open. */
let open = 0;

/** Starts a fill before the last one is done: the generator moves at the call, so their order is all that counts. */
async function drawInParallel({ tensors, seed, size }, { threads, signal, watch }) {
  if (open !== threads) await shutDown(); // else more threads than asked for would take part
  open = threads;
  let startMs = performance.now();
  try {
    await parallel(defaultRng(0), { workers: threads }).random(2 ** 16, { dtype: 'float32', signal }); // the first fill starts them, a later one costs nothing
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw new RunError(`The threads do not start: ${(error.cause ?? error).message}`);
  }
  startMs = performance.now() - startMs;

  const cores = parallel(defaultRng(seed), { workers: threads }), failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]), done = new Float64Array(tensors.length);
  let sum = 0, problem;
  const start = performance.now();
  const fillOne = async (tensor, i) => {
    try {
      const onProgress = count => {
        sum += count - done[i];
        done[i] = count;
        watch.progress(sum, size);
      };
      const { data } = await fill(tensor, cores, { signal: either, onProgress });
      onProgress(tensor.size);
      return data;
    } catch (error) {
      problem ??= inWords(error, tensor);
      failed.abort(error);
    }
  };
  const fills = [], under = new Set();
  for (const [i, tensor] of tensors.entries()) {
    if (under.size === AHEAD) await Promise.race(under);
    if (problem) break;
    const one = fillOne(tensor, i);
    fills.push(one);
    under.add(one);
    one.then(() => under.delete(one));
  }
  // all of them, so that nothing of a run that failed is left when the next one starts
  const parts = await Promise.all(fills);
  if (problem) throw signal.aborted ? signal.reason : problem;
  watch.filled({ ms: performance.now() - start, threads, startMs, shared: isShared(parts.at(-1)) || isShared(parts[0]) });
  return parts;
}

async function drawSerially({ size }, { texts, table, signal, watch }) {
  const begun = performance.now();
  const { parts, ms } = await withWorker('draw.worker.mjs', signal, ask => ask({ texts, table }, [], done => watch.progress(done, size)));
  watch.filled({ ms, threads: 1, startMs: performance.now() - begun - ms, shared: false });
  return parts;
}

/** Hands the tensors to a worker one by one, and lets go of each. */
async function measure({ tensors, size }, parts, signal, watch) {
  await withWorker('measure.worker.mjs', signal, async ask => {
    const results = [];
    let before = 0;
    for (const [i, { shape, theory: { mean, bins } }] of tensors.entries()) {
      const data = parts[i];
      parts[i] = undefined;
      results.push(await ask({ data, shape, centre: mean, bins }, isShared(data) ? [] : [data.buffer], done => watch.progress(before + done, size)));
      before += tensors[i].size;
    }
    watch.measured(results, await ask({ digest: true }));
  });
}

/** The fills that a plan is compared with: lists of loops of compare.worker.mjs. */
function plainFills({ tensors }) {
  const as = loopOf => tensors.flatMap(({ size, dtype, law, values, theory }) => {
    const loop = law && loopOf(law.plain);
    if (!loop) return [];
    const { mean, std } = theory, { low, high, p } = values;
    const bounds = loop === 'truncated' ? { ...values } : loop === 'uniform' && low === undefined ? { low: -Math.sqrt(3) * std, width: 2 * Math.sqrt(3) * std } : { low, width: high - low };
    return [{ loop, size, dtype, values: { mean, std, p, ...bounds } }];
  });
  const kinds = new Set(tensors.flatMap(({ law }) => law?.plain ?? []));
  // redrawing until a value lies far out in a tail would take for ever
  const hopeless = tensors.some(({ theory }) => theory.accepted < 0.01);
  const fills = hopeless ? [] : [{ name: 'same', tensors: as(kind => kind) }];
  if (kinds.has('normal') || kinds.has('truncated')) fills.push({ name: 'random', tensors: as(kind => (kind === 'mask' ? 'mask' : 'random')) });
  if (kinds.has('uniform')) fills.push({ name: 'normal', tensors: as(() => 'normal') });
  return fills;
}

const isShared = ({ buffer }) => typeof SharedArrayBuffer === 'function' && buffer instanceof SharedArrayBuffer;

/** Calls `use` with a way to ask a worker; the worker ends with it, at once where the signal says so. */
async function withWorker(file, signal, use) {
  signal.throwIfAborted();
  const worker = new Worker(new URL(file, import.meta.url), { type: 'module' });
  const { promise: broken, reject } = rejectable();
  const cancel = () => reject(signal.reason);
  signal.addEventListener('abort', cancel);
  let answer = () => {}, progress = () => {};
  worker.onmessage = ({ data }) => {
    if (data.progress !== undefined) progress(data.progress);
    else if (data.error !== undefined) reject(inWords(data));
    else answer(data.result);
  };
  worker.onerror = event => reject(new RunError(`A worker of the page failed${event.message ? `: ${event.message}` : ' to load'} (${file}).`));
  const ask = (message, transfer = [], onProgress = () => {}) => new Promise(answered => {
    answer = answered;
    progress = onProgress;
    worker.postMessage(message, transfer);
  });
  try {
    return await Promise.race([use(ask), broken]);
  } finally {
    worker.terminate();
    signal.removeEventListener('abort', cancel);
  }
}

/** An error of the library or a worker, for the page. */
function inWords({ message, error = message }, tensor) {
  const name = tensor ? `${tensor.name}: ` : '';
  if (/allocat|memory|array buffer|array length|too large/i.test(error)) return new RunError(`${name}not enough memory here (${error}). Take a smaller tensor.`);
  return new RunError(`${name}${error}`);
}

/** A promise that can be rejected from outside. */
function rejectable() {
  let reject;
  const promise = new Promise((_, no) => { reject = no; });
  return { promise, reject };
}
