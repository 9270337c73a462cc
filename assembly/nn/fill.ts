/** The one loop of every fill: refill the raw block, transform it, next block. The engine's own is bulk/fill.ts. */
import { RAW, RAW_WORDS, refill } from './engine';

/** Turns the words at `raw` into n units at `out`; it may write whole vectors past the last one. */
export type Transform = (raw: usize, out: usize, n: i32) => void;

/** Writes `units` units to `out`, each from `words` words and of `bytes` bytes. */
export function fill(transform: Transform, words: i32, bytes: i32, out: usize, units: i32): void {
  const most = RAW_WORDS / words;
  while (units > 0) {
    const n = min(units, most);
    refill(n * words);
    transform(RAW, out, n);
    out += <usize>(n * bytes);
    units -= n;
  }
}
