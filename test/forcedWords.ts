/** Generators whose next words are chosen: PCG32's output function can be run backwards. */
import { Generator, PCG32 } from '../src/index.ts';

const MULTIPLIER = 6364136223846793005n, MASK = (1n << 64n) - 1n;

/** The PCG32 state that emits `word`, of rotation 0, with the low 27 bits free. */
function stateEmitting(word: number, free: number): bigint {
  const x = BigInt(word);
  let state = BigInt(free);
  // bit i − 27 of the word is bit i of state ^ (state >> 18); bits 59 to 63 are the rotation
  for (let i = 58n; i >= 27n; i--) state |= ((x >> (i - 27n) ^ state >> (i + 18n)) & 1n) << i;
  return state;
}

/** A Generator on PCG32 whose next two words are `first` and `second`; `salt` (below 2^26) varies what comes after. */
export function emitting(first: number, second: number, salt = 0): Generator {
  // an odd increment takes states of different parity to one another; were their difference fixed, so were the third word
  const from = stateEmitting(first, 2 * salt), to = stateEmitting(second, (2 * salt * 40503 & 0x7ffffff) | 1);
  const bitGenerator = new PCG32(0);
  bitGenerator.state = { bitGenerator: 'PCG32', state: { state: String(from), inc: String(to - from * MULTIPLIER & MASK) }, phase: null };
  return new Generator(bitGenerator);
}
