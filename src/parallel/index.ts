/**
 * ndrand/parallel: fills on all cores, with the bits of one.
 *
 *   parallel ── fill: blocks, one after the other ── pool: workers of the library workerpool
 *                        worker ── filler: a slice of a fill, by its kernel's recipe
 */
export { Parallel, parallel } from './parallel.ts';
export type { ParallelOptions } from './parallel.ts';
export { shutDown } from './pool.ts';
