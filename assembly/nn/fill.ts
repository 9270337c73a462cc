/** How a bulk function of `ndrand/nn` fills the output block. */
import { fillBlocks, Transform } from '../bulk/blocks';
import { RAW, RAW_WORDS, refill } from './engine';

/** Writes `units` units to `out`, each from `words` words and of `bytes` bytes. */
export function fill(transform: Transform, words: i32, bytes: i32, out: usize, units: i32): void {
  fillBlocks(transform, refill, RAW, RAW_WORDS, words, bytes, out, units);
}
