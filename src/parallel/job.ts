/** What is sent to a worker. */
import type { BitGeneratorState } from '../bitGenerator.ts';
import type { DType } from '../dtype.ts';
import type { Recipe } from '../fill.ts';

/** A slice of a fill: plain data, as messages carry it. */
export interface Job {
  /** Where the whole fill begins. */
  state: BitGeneratorState;
  recipe: Recipe;
  dtype: DType;
  /** The slice's first element, and how many. */
  start: number;
  count: number;
  /** Where it goes: shared memory; or memory that is handed on, and back. */
  shared?: Memory | undefined;
  buffer?: ArrayBuffer | undefined;
  /** What the kernel reads for these elements, by the name of its typed array. */
  inputs: (Memory & { type: 'Float64Array' | 'Float32Array' | 'BigInt64Array' })[];
}

/** Memory from a byte on: not as a typed array, which Deno looks through element by element when it is sent (measured: 80 ms a block). */
export interface Memory {
  buffer: ArrayBufferLike;
  offset: number;
}

/** Memory that a job takes along: all that is not shared. */
export function movedWith({ buffer, inputs }: Job): ArrayBuffer[] {
  return [buffer, ...inputs.map(input => input.buffer)].filter(memory => memory instanceof ArrayBuffer);
}
