/** The workers' script: it stands alone, and gets the engine's binaries, compiled, with the first message. */
import Transfer from 'workerpool/src/transfer.js';
import worker from 'workerpool/src/worker.js';
import make from './filler.ts?function';
import { movedWith, type Job } from './job.ts';

type Modules = Parameters<typeof make>[0];

let filler: ReturnType<typeof make> | undefined;

/** Makes it ready to fill. */
function start(modules: Modules): void {
  filler ??= make(modules);
}

/** A worker that came later needs the binaries with its first job: it gives it back. */
function fill(job: Job, modules?: Modules): unknown {
  if (modules !== undefined) start(modules);
  if (filler === undefined) return new Transfer(job, movedWith(job));
  const buffer = filler.fill(job);
  return buffer && new Transfer(buffer, [buffer]);
}

worker.add({ start, fill });
