/** How a bulk method fills the output block. */
import { RAW, RAW_WORDS } from '../memory';
import { refill, refill32 } from '../raw';
import { fillBlocks, Transform } from './blocks';

/** Writes `units` units to `out`, each from `words` words and of `bytes` bytes. Draws of 32 bits take the halves of a 64-bit generator's words in turn. */
export function fill(transform: Transform, words: i32, bytes: i32, out: usize, units: i32): void {
  fillBlocks(transform, words == 1 ? refill32 : refill, RAW, RAW_WORDS, words, bytes, out, units);
}
