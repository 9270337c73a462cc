/** The one loop of every bulk method: refill the raw block, transform it, next block. */
import { RAW, RAW_WORDS } from '../memory';
import { refill, refill32 } from '../raw';

/** Turns the words at `raw` into n units at `out`; it may write whole vectors past the last one. */
export type Transform = (raw: usize, out: usize, n: i32) => void;

/**
 * Writes `units` units to `out`, each from `words` words and of `bytes` bytes. The transform is called through a reference:
 * once a block that costs nothing (measured).
 */
export function fill(transform: Transform, words: i32, bytes: i32, out: usize, units: i32): void {
  const most = RAW_WORDS / words;
  while (units > 0) {
    const n = min(units, most);
    // draws of 32 bits take the halves of a 64-bit generator's words in turn
    if (words == 1) refill32(n);
    else refill(n * words);
    transform(RAW, out, n);
    out += <usize>(n * bytes);
    units -= n;
  }
}
