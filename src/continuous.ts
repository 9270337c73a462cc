/** The Generator's methods for real distributions: NumPy's, their streams those of NumPy's Generator. */
import { align, type Drawn, type Rest } from './arguments.ts';
import type { Value } from './broadcast.ts';
import { checkOptions } from './checks.ts';
import { drawReals, laws, type Law } from './distributions.ts';
import { Drawing } from './drawing.ts';
import type { NDArray } from './ndarray.ts';

/** The options of a draw. */
const DRAW = ['dtype', 'out', 'size'] as const;

export abstract class Continuous extends Drawing {
  /** @internal Draws by the law; the arguments are its parameters, size and options. */
  protected reals(law: Law, ...args: unknown[]): number | NDArray<'float64'> {
    const aligned = align(args), options = checkOptions(aligned.pop(), DRAW), size = aligned.pop();
    return drawReals(this.bitGenerator, law, aligned, size, options);
  }

  /**
   * Laplace's double exponential, by inversion: density e^(−|x − loc| / scale) / (2 scale).
   *
   * @param loc a number, 0 by default, or an array of them
   * @param scale a number of at least 0, 1 by default, or an array of them
   * @throws TypeError, RangeError
   * @example
   * defaultRng(42).laplace(0, [1, 2, 3]).shape; // [3]
   */
  laplace<A extends Value, B extends Value, R extends Rest<'float64'>>(loc?: A, scale?: B, ...rest: R): Drawn<A | B, R>;
  laplace(loc?: unknown, scale?: unknown, size?: unknown, options?: unknown): unknown {
    return this.reals(laws.laplace, loc, scale, size, options);
  }
}
