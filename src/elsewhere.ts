/** What functions take in a generator's place, where they draw with one fill: a slice of it, or all cores. */
import type { Options } from './checks.ts';

export abstract class Elsewhere {
  /** @internal Calls with the options given, `rng` among them a generator whose fills go elsewhere; gives what the user gets. */
  abstract run(call: (options: Options) => unknown, options: Options): unknown;
}

/** Options as own properties, inherited ones too, so that others can be put beside them. */
export function plainOptions(options: Options): Options {
  const own: Record<string, unknown> = {};
  for (const name in options) own[name] = options[name];
  return own;
}

/** All cores: `Parallel` of `ndrand/parallel`. */
export abstract class OnAllCores extends Elsewhere {
  /** The threads that fill. */
  abstract readonly workers: number;
}

/** An AbortSignal, as far as it is asked. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** The options of a fill that takes its time. */
export interface Watch {
  /** Ends the fill within some milliseconds: the promise is then rejected with the signal's reason. */
  signal?: AbortSignalLike | undefined;
  /** Told after each block how many of the fill's elements are done. */
  onProgress?: ((done: number, total: number) => void) | undefined;
}
