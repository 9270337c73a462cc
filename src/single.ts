/** Draws without a size, made of words drawn ahead: no call to the engine, the values a fill of one element has. */
import type { BitGenerator } from './bitGenerator.ts';

/** 2^32 and its inverse. */
const WORDS = 4294967296, PER_WORD = 2.3283064365386963e-10;

/** The most values of `oneInteger`: the product of a word and 2^21 is exact in a double. */
const MOST_VALUES = 0x200000;

/** An integer in [0, values); undefined where only the engine can tell, and nothing is drawn. */
export function oneInteger(generator: BitGenerator, values: number): number | undefined {
  if (!(values >= 1 && values <= MOST_VALUES)) return undefined;
  if (values === 1 && generator.isNumPy) return 0; // which takes nothing then
  const product = generator.next32() * values;
  const value = Math.floor(product * PER_WORD);
  if (product - value * WORDS >= values) return value;
  // Lemire's method may redraw it
  generator.unread32();
  return undefined;
}

/** The category of a uniform number between `count` ascending thresholds; undefined where the word alone does not tell, and nothing is drawn. */
export function oneCategory(generator: BitGenerator, thresholds: ArrayLike<number>, count: number): number | undefined {
  const word = generator.next32();
  for (let i = 0; i < count; i++) {
    const scaled = thresholds[i] * WORDS; // exact
    if (scaled >= word + 1) return i;
    if (scaled > word) {
      generator.unread32();
      return undefined;
    }
  }
  return count;
}

/** An integer from 0 to `top`, below 2^32, by RandomState's masks. */
export function oneMasked(generator: BitGenerator, top: number): number {
  if (top === 0) return 0;
  const shift = Math.clz32(top);
  while (true) {
    const value = (generator.next32() << shift) >>> shift;
    if (value <= top) return value;
  }
}
