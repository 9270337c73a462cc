/**
 * ndrand/numpy: `np.random`, spelled as NumPy spells it, its numbers NumPy's.
 *
 * call.ts has Python's way of calling. Each class is a table of signatures over a camelCase class (generator.ts, bitGenerators.ts,
 * seedSequence.ts) or over RandomState's laws (randomState.ts); types.ts says what they are to TypeScript.
 */
import * as bitGenerators from './bitGenerators.ts';
import { bind, signature } from './call.ts';
import { dtypeNames } from './dtype.ts';
import { default_rng, Generator } from './generator.ts';
import { RandomState, setBitGenerator } from './randomState.ts';
import { SeedSequence } from './seedSequence.ts';
import type { NumPy } from './types.ts';

export { stateFromJSON, stateToJSON } from './state.ts';
export type * from './types.ts';

const random: Record<string, unknown> = { Generator, default_rng, RandomState, SeedSequence, ...bitGenerators };

/** What the functions of the module draw from. */
const shared = new RandomState(), methods = shared as unknown as Record<string, (...args: unknown[]) => unknown>;
for (const name of Object.getOwnPropertyNames(RandomState.prototype)) {
  if (!/^(constructor|toString|tomaxint)$/.test(name)) random[name] = methods[name].bind(shared);
}
random.ranf = random.sample = random.random_sample;

const SEED = signature('seed seed?'), GET = signature('get_bit_generator'), SET = signature('set_bit_generator bitgen');
random.seed = (...args: unknown[]) => {
  const [seed] = bind(SEED, args), bits = shared._bit_generator;
  if (bits instanceof bitGenerators.MT19937) methods.seed(seed);
  else bits.state = new (bits.constructor as unknown as typeof bitGenerators.PCG64)({ seed }).state;
};
random.get_bit_generator = (...args: unknown[]) => {
  bind(GET, args);
  return shared._bit_generator;
};
random.set_bit_generator = (...args: unknown[]) => setBitGenerator(shared, bind(SET, args)[0]);

/**
 * NumPy's `np.random`: arguments by position in NumPy's order, or by keyword in a final plain object; null and undefined are None.
 * Also the names of the dtypes, `np.float32` and so on.
 *
 * @example
 * np.random.seed(1111);
 * np.random.randint(0, 10); // 7
 * np.random.default_rng(42).integers(0, 10, { size: 5, dtype: np.uint8 }).dtype; // 'uint8'
 */
export const np = { random, ...dtypeNames } as unknown as NumPy;
