/** A fill in parallel: blocks of it are handed to the workers as they come free. */
import type { BitGenerator } from '../bitGenerator.ts';
import { constructorOf, isShared, type DType, type TypedArray } from '../dtype.ts';
import type { Watch } from '../elsewhere.ts';
import { rangeError } from '../errors.ts';
import type { Kernel } from '../fill.ts';
import type { Job, Memory } from './job.ts';
import { count, exec, open } from './pool.ts';

/** A fill that is to be done. */
export interface Fill {
  kernel: Kernel;
  data: TypedArray;
  dtype: DType;
  /** What comes after it. */
  then: () => void;
}

/** Bytes of a block: at least, at most into shared memory, at most handed over (measured on 2^26 float32 normals by 2 workers: 1.87 and 1.45 times one thread;
 * shared with 4 MiB 1.74, handed over with 16 MiB 1.16). None takes longer than 40 ms, so that a fill ends soon once aborted. */
const LEAST = 2 ** 20, MOST_SHARED = 2 ** 24, MOST_HANDED = 2 ** 22;

/** Parts of a fill for each worker, so that all end at about the same time. */
const PARTS = 4;

function memoryOf({ buffer, byteOffset }: TypedArray): Memory {
  return { buffer, offset: byteOffset };
}

/** A promise that is rejected when the signal is; and what stops it listening. */
function abortion(signal: Watch['signal']): [promise: Promise<never>, end: () => void] {
  let listener = (): void => {};
  const promise = new Promise<never>((_, reject) => (listener = () => reject(signal!.reason)));
  promise.catch(() => {});
  signal?.addEventListener('abort', listener);
  return [promise, () => signal?.removeEventListener('abort', listener)];
}

/** Draws the blocks; the generator's state is where the fill begins. */
async function drawBlocks(state: BitGenerator['state'], { kernel, data, dtype }: Fill, workers: number, { signal, onProgress }: Watch): Promise<void> {
  const total = data.length, { recipe } = kernel, View = constructorOf(dtype), shared = isShared(data);
  // what a block reads is gathered on this thread
  const most = shared && kernel.inputs === undefined ? MOST_SHARED : MOST_HANDED, part = data.byteLength / (workers * PARTS);
  const block = Math.ceil(Math.min(Math.max(part, LEAST), most) / View.BYTES_PER_ELEMENT);
  let next = 0, done = 0, failed = false;
  const lane = async (): Promise<void> => {
    let buffer: ArrayBuffer | undefined;
    try {
      while (next < total && !failed) {
        const start = next, count = Math.min(block, total - start), end = start + count;
        next = end;
        if (!shared) buffer ??= new ArrayBuffer(Math.min(block, total) * View.BYTES_PER_ELEMENT);
        buffer = await exec({
          state, recipe: recipe!, dtype, start, count, buffer, shared: shared ? memoryOf(data.subarray(start, end)) : undefined,
          inputs: kernel.inputs?.(count, start).map(read => ({ ...memoryOf(read), type: read.constructor.name })) as Job['inputs'] ?? [],
        });
        if (signal?.aborted) throw signal.reason;
        if (data.length !== total) throw rangeError('out', data, `${total} elements, as at the call: its memory was transferred or resized since`);
        if (buffer !== undefined) (data as Float64Array).set(new View(buffer, 0, count) as Float64Array, start);
        done += count;
        onProgress?.(done, total);
      }
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  const [aborted, end] = abortion(signal);
  count(1);
  try {
    await Promise.race([open(workers), aborted]);
    // all have ended before the first failure is told: nothing writes after that
    const ends = await Promise.allSettled(Array.from({ length: workers }, lane));
    for (const each of ends) if (each.status === 'rejected') throw each.reason;
  } finally {
    end();
    count(-1);
  }
}

/** Fills in parallel: the generator moves at once, and back where it fails, unless it was used since. */
export async function fillParallel(generator: BitGenerator, fill: Fill, workers: number, watch: Watch): Promise<void> {
  const { state } = generator;
  generator.skip(fill.kernel, BigInt(fill.data.length));
  const left = JSON.stringify(generator.state);
  try {
    await drawBlocks(state, fill, workers, watch);
    fill.then();
  } catch (error) {
    if (JSON.stringify(generator.state) === left) generator.state = state;
    throw error;
  }
}
