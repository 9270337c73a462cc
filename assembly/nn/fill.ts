/** How a bulk function of `ndrand/nn` fills the output block. */
import { fillBlocks, Transform } from '../bulk/blocks';
import { RAW, RAW_WORDS, refill, refill32 } from './engine';

/** Writes `units` units to `out`, each from `words` words and of `bytes` bytes; one word is a draw of 32 bits, as in the engine. */
export function fill(transform: Transform, words: i32, bytes: i32, out: usize, units: i32): void {
  fillBlocks(transform, words == 1 ? refill32 : refill, RAW, RAW_WORDS, words, bytes, out, units);
}
