/**
 * What a sampler has worked out for one count, kept for the next time that count comes up: of a law with fixed parameters, nearly all counts come up again
 * and again, and what belongs to them takes logarithms and divisions.
 */

/** Places, each for the counts that are the same modulo this. */
const PLACES: i64 = 1024;

/** Per place: the count (i64), the set of parameters (i64), the figure (f64). */
// @ts-ignore: decorator
@lazy const MEMO: usize = memory.data(24576, 8);

/** Counts the sets of parameters, and the one whose figures are asked for. */
let sets: i64 = 0;
let set: i64 = 0;

/** Begins a set, of which nothing is known. */
export function forget(): i64 { return set = ++sets; }

/** Goes back to one. */
export function recall(before: i64): void { set = before; }

/** Where the figure of count k is, or belongs: NaN as long as it is not known. */
export function figureOf(k: i64): usize {
  const at = MEMO + <usize>(k & (PLACES - 1)) * 24;
  if (load<i64>(at) != k || load<i64>(at, 8) != set) {
    store<i64>(at, k);
    store<i64>(at, set, 8);
    store<f64>(at, NaN, 16);
  }
  return at + 16;
}

/** x as an integer as x86-64's conversion has it, on which NumPy's samplers rely: the least where none is near. */
// @ts-ignore: decorator
@inline export function toInteger(x: f64): i64 { return x < 9.223372036854775808e+18 ? <i64>x : i64.MIN_VALUE; } // 2^63
