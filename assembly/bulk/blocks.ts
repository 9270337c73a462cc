/** The one loop of every fill, of the engine and of the binaries beside it: refill the raw block, transform it, next block. */

/** Turns the words at `raw` into n units at `out`; it may write whole vectors past the last one. */
export type Transform = (raw: usize, out: usize, n: i32) => void;

/**
 * Writes `units` units to `out`, each from `words` words and of `bytes` bytes; `refill` fills the block of `most` words at `raw`. Both functions are called
 * through references: once a block that costs nothing (measured).
 */
export function fillBlocks(transform: Transform, refill: (n: i32) => void, raw: usize, most: i32, words: i32, bytes: i32, out: usize, units: i32): void {
  while (units > 0) {
    const n = min(units, most / words);
    refill(n * words);
    transform(raw, out, n);
    out += <usize>(n * bytes);
    units -= n;
  }
}
