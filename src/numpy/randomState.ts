/** RandomState by NumPy's names: the samplers that NumPy froze, on any bit generator. */
import { checkInteger } from '../checks.ts';
import { drawCounts, drawReals, type CountLaw, type Law } from '../distributions.ts';
import { kernels } from '../engine.ts';
import { typeError } from '../errors.ts';
import { Generator as Base } from '../generator.ts';
import { legacyCountLaws, legacyLaws } from '../legacyDistributions.ts';
import { inspect, NDArray } from '../ndarray.ts';
import { sizeOf, toShape } from '../shape.ts';
import { BitGenerator, MT19937 } from './bitGenerators.ts';
import { addMethods, bind, callable, define, isPlain, signature } from './call.ts';
import { DISTRIBUTIONS } from './signatures.ts';
import { fromTuple } from './state.ts';

const MADE = signature('RandomState seed?'), SET_STATE = signature('set_state state');

/** Where the engine keeps the spare normal: is there one, and which. */
const at = kernels.gaussAt(), hasSpare = new Uint32Array(kernels.memory.buffer, at, 1), spare = new Float64Array(kernels.memory.buffer, at + 8, 1);

class RandomState {
  _bit_generator!: BitGenerator;
  /** The camelCase Generator on the same stream. */
  base!: Base;
  /** The second normal of a pair: is there one, and which. */
  spare!: [has: number, value: number];

  constructor(...args: unknown[]) {
    const [seed] = bind(MADE, args);
    const given = seed instanceof BitGenerator;
    setBitGenerator(this, given ? seed : new MT19937());
    if (!given && seed !== undefined) draws.seed(this, [seed], {});
  }

  set_state(...args: unknown[]): void {
    // a dictionary is no keywords
    const [state] = isPlain(args[0]) && 'bit_generator' in args[0] ? args : bind(SET_STATE, args);
    if (!isPlain(state) && !Array.isArray(state)) throw typeError('state', state, 'what get_state gives');
    const all = Array.isArray(state) ? fromTuple(state) : state, { has_gauss = 0, gauss = 0 } = all;
    const has = Number(checkInteger('state.has_gauss', has_gauss));
    if (typeof gauss !== 'number' && typeof gauss !== 'bigint') throw typeError('state.gauss', gauss, 'a number');
    this._bit_generator.state = all;
    this.spare = [has, Number(gauss)];
  }

  toString(): string {
    return `RandomState(${this.base.bitGenerator.name})`;
  }

  [inspect](): string {
    return String(this);
  }
}

/** Puts a RandomState on a bit generator from here on. */
export function setBitGenerator(self: RandomState, bits: unknown): void {
  if (!(bits instanceof BitGenerator)) throw typeError('bitgen', bits, 'a bit generator of np.random');
  self._bit_generator = bits;
  self.base = new Base(bits.base);
  self.spare = [0, 0];
}

/** Integers below 2^63, a word of 64 bits less a bit each. */
function maxInts({ base: { bitGenerator } }: RandomState, size: unknown): unknown {
  const shape = size === undefined ? [] : toShape(size), data = new BigInt64Array(sizeOf(shape)), words = new Uint32Array(data.buffer);
  bitGenerator.fillRaw(words);
  const low = bitGenerator.name === 'MT19937' ? 1 : 0; // its high half comes first
  for (let i = 0; i < words.length; i += 2) {
    const high = words[i + 1 - low], lower = words[i + low];
    words[i] = lower >>> 1 | high << 31;
    words[i + 1] = high >>> 1;
  }
  if (size !== undefined) return new NDArray(data, shape, 'int64');
  const number = Number(data[0]);
  return BigInt(number) === data[0] ? number : data[0];
}

type Draw = (self: RandomState, own: unknown[], options: Record<string, unknown>) => unknown;

/** What is not a law's. */
const draws: Record<string, Draw> = {
  seed: (self, [seed]) => {
    const { base } = self._bit_generator;
    if (base.name !== 'MT19937') throw new TypeError('seed: can only re-seed a MT19937 bit generator');
    (self._bit_generator as unknown as { _legacy_seeding(seed: unknown): void })._legacy_seeding(seed);
    self.spare = [0, 0];
  },
  getState: (self, [legacy]) => {
    const state = self._bit_generator.state as { state: { key: Uint32Array; pos: number } }, [has_gauss, gauss] = self.spare;
    if (legacy === false || self.base.bitGenerator.name !== 'MT19937') return { ...state, has_gauss, gauss };
    return ['MT19937', state.state.key, state.state.pos, has_gauss, gauss];
  },
  random: ({ base }, _, { size }) => base.random(size as number),
  bytes: ({ base }, [length]) => base.bytes(length as number),
  tomaxint: (self, _, { size }) => maxInts(self, size),
};
draws.randomSample = draws.random;

addMethods<RandomState>(RandomState, `${DISTRIBUTIONS}
seed seed?
get_state legacy=
random size?
random_sample size?
standard_normal size?
standard_exponential size?
standard_gamma shape size?
randint low high? size? dtype=
random_integers low high? size?
tomaxint size?
bytes length
choice a size? replace= p?
shuffle x
permutation x
multivariate_normal mean cov size? check_valid= tol=`, (self, method, own, options = {}) => {
  const draw = draws[method];
  if (draw) return draw(self, own, options);
  const generator = self.base.bitGenerator;
  [hasSpare[0], spare[0]] = self.spare;
  try {
    if (method in legacyLaws) return drawReals(generator, (legacyLaws as Record<string, Law>)[method], own, options.size, {});
    return drawCounts(generator, (legacyCountLaws as Record<string, CountLaw>)[method], own, options.size, {});
  } finally {
    self.spare = [hasSpare[0], spare[0]];
  }
});

for (const [name, method] of [['rand', 'random'], ['randn', 'standard_normal']] as const) {
  define(RandomState.prototype, name, function (this: Record<string, (size?: unknown) => unknown>, ...dims: unknown[]) {
    return dims.length === 0 ? this[method]() : this[method](toShape(dims, 'dims'));
  });
}

const made = callable(RandomState);
export { made as RandomState };
