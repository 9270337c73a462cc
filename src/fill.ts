/** How a bulk method runs: the engine writes the output block, JavaScript copies it out, chunk by chunk. */
import type { BitGenerator, PhaseKind } from './bitGenerator.ts';
import type { TypedArray } from './dtype.ts';

/** A kernel of the engine with its parameters set. */
export interface Kernel {
  /** The kind of its units; null where each element stands alone. */
  readonly kind: PhaseKind | null;
  /** Words a unit takes, or an element where each stands alone: 0 where that depends on what is drawn, or on other elements. */
  readonly words: number;
  /** The output block as the kernel writes it. */
  readonly view: TypedArray;
  /** Elements the output block takes at once: whole units. */
  readonly capacity: number;
  /** Writes the next n elements to the output block, from a unit's start; the first is element `at` of the fill (below 0 in a unit begun before). */
  run(n: number, at: number): void;
  /** How to make it in another thread: its maker in parallel/filler.ts, and what that takes. */
  readonly recipe?: Recipe | undefined;
  /** What it reads for n elements of the fill, from element `at`: its maker takes them. Copies, but of shared memory; asked for in order. */
  readonly inputs?: ((n: number, at: number) => TypedArray[]) | undefined;
  /** Do the words follow from all elements' parameters, so that a part alone does not tell? */
  readonly together?: boolean;
}

/** The name of a kernel's maker and its arguments: what a message can carry. */
export type Recipe = readonly [maker: string, ...given: unknown[]];

/** A kernel whose elements stand alone. */
export function plainKernel(view: TypedArray, run: (n: number) => void, capacity = view.length): Kernel {
  return { kind: null, words: 0, view, capacity, run };
}

/** Takes elements `from` … `to` of a kernel's view, the elements `at` … of the whole. */
export type Use = (view: TypedArray, from: number, to: number, at: number) => void;

/** Draws `n` elements and hands them over chunk by chunk. */
export function drawBlocks(generator: BitGenerator, kernel: Kernel, n: number, use: Use): void {
  if (n === 0) return;
  const { view, capacity } = kernel;
  const begun = generator.resume(kernel.kind, kernel.words);
  for (let done = 0, skip = begun; done < n; skip = 0) {
    const end = Math.min(capacity, skip + n - done);
    kernel.run(end, done - skip);
    use(view, skip, end, done);
    done += end - skip;
  }
  generator.leave(kernel.kind, begun + n);
}

/** Below this, a loop is faster than making a view and calling `set` (measured). */
const FEW = 64;

/** Fills `data` with a kernel's draws, at once or, where the generator's fills go elsewhere, later; `then` comes after that. */
export function fillArray(generator: BitGenerator, kernel: Kernel, data: TypedArray, then = nothing): void {
  if (generator.fillInstead !== undefined) return generator.fillInstead(kernel, data, then);
  const target = data as unknown as { [i: number]: unknown; set(from: unknown, at: number): void };
  const wide = (data instanceof BigInt64Array || data instanceof BigUint64Array) && typeof kernel.view[0] === 'number';
  drawBlocks(generator, kernel, data.length, (view, from, to, at) => {
    if (wide) for (let i = from; i < to; i++) target[at + i - from] = BigInt(view[i]);
    else if (to - from < FEW) for (let i = from; i < to; i++) target[at + i - from] = view[i];
    else target.set(to - from === view.length ? view : view.subarray(from, to), at);
  });
  then();
}

function nothing(): void {}
