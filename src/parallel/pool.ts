/** The pool of workers: one a thread, started by the first fill, kept for the next. */
import environment from 'workerpool/src/environment.js';
import Pool from 'workerpool/src/Pool.js';
import { modules } from '../init.ts';
import { movedWith, type Job } from './job.ts';
import script from './worker.ts?script';

// Bun has both kinds of workers; its worker threads do not hear what the library sends them (measured with 1.4)
const isNode = environment.platform === 'node' && !('bun' in process.versions), workerType = isNode ? 'thread' : 'web';

let pool: Pool | undefined;
let opening: Promise<Pool> | undefined;
/** Fills that are under way. */
let fills = 0;

/** The cores there are. */
export function cores(): number {
  return globalThis.navigator?.hardwareConcurrency ?? process.getBuiltinModule('node:os').availableParallelism();
}

/** Where the workers' script is: a file beside this one, or where a bundler left that behind its text. */
const places: (() => { script: unknown; workerThreadOpts?: object })[] = [
  // without this process's flags: --input-type, for one, is refused with a file
  () => ({ script: new URL('./worker.js', import.meta.url), workerThreadOpts: { execArgv: [] } }),
  () => (isNode ? { script, workerThreadOpts: { execArgv: [], eval: true } } : { script: URL.createObjectURL(new Blob([script], { type: 'text/javascript' })) }),
];

/** Starts workers, from the first place where there is a script. */
async function start(workers: number): Promise<Pool> {
  let failure: unknown;
  for (const place of places) {
    const where = place(), made = new Pool('', { maxWorkers: workers, workerType, onCreateWorker: () => where });
    try {
      // each of them takes a worker
      await Promise.all(Array.from({ length: workers }, () => made.exec('start', [modules])));
      return (pool = made);
    } catch (error) {
      failure ??= error;
      await Promise.resolve(made.terminate(true)).catch(() => {});
    }
  }
  const why = 'neither from ndrand\'s dist/worker.js beside the bundle nor from its text, for which a page\'s policy needs worker-src blob:';
  throw new Error(`parallel: the workers do not start: ${why}`, { cause: failure });
}

/** Has a worker died while idle? */
function hasDead(some: Pool | undefined): boolean {
  return some !== undefined && some.workers.some(({ terminated }) => terminated);
}

/** The pool, of `workers` workers or more. */
export async function open(workers: number): Promise<void> {
  // one that died while idle would fail the first that asks it
  if (fills === 1 && hasDead(pool)) await shutDown();
  if (pool !== undefined) {
    pool.maxWorkers = Math.max(pool.maxWorkers, workers);
    return;
  }
  opening ??= start(workers).finally(() => (opening = undefined));
  await opening;
  await open(workers);
}

/** Node's process lives on while a fill is under way, and is not kept by idle workers. */
function hold(): void {
  for (const { worker } of pool?.workers ?? []) fills > 0 ? worker?.ref?.() : worker?.unref?.();
}

/** Marks a fill's beginning (1) and end (−1). */
export function count(change: number): void {
  fills += change;
  hold();
}

/** Sends a job, with the memory it takes along; gives the memory that comes back, or the job from a worker without binaries. */
async function send(job: Job, binaries?: typeof modules): Promise<ArrayBuffer | Job | undefined> {
  if (pool === undefined) throw new Error('the workers were shut down');
  return (await pool.exec('fill', [job, binaries], { transfer: movedWith(job) })) as ArrayBuffer | Job | undefined;
}

/** Has a worker do a job; gives the memory that comes back. */
export async function exec(job: Job): Promise<ArrayBuffer | undefined> {
  try {
    const back = await send(job);
    // a worker that came later wants the binaries: with each job they would take 40 ms in Deno (measured)
    return (isJob(back) ? await send(back, modules) : back) as ArrayBuffer | undefined;
  } catch (cause) {
    throw new Error(`parallel: a worker ended before it had done its part (${(cause as Error).message.split('\n')[0]})`, { cause });
  }
}

function isJob(back: unknown): back is Job {
  return back !== undefined && !(back instanceof ArrayBuffer);
}

/**
 * Ends the workers; fills under way fail. The next fill starts new ones. Idle workers keep no process alive, so this is for pages and servers that are done with them.
 *
 * @example
 * await shutDown();
 */
export async function shutDown(): Promise<void> {
  await opening?.catch(() => {});
  const ended = pool;
  pool = undefined;
  const dead = hasDead(ended), end = Promise.resolve(ended?.terminate(true)).catch(() => {});
  // the library waits for ever for those that have ended already
  if (!dead) await end;
}
