/** RandomState by NumPy's names: the samplers that NumPy froze, on any bit generator. */
import { checkInteger, type Options } from '../checks.ts';
import { choose } from '../choice.ts';
import { drawDirichlet } from '../dirichlet.ts';
import { drawCounts, drawReals, type CountLaw, type Law } from '../distributions.ts';
import { kernels } from '../engine.ts';
import { rangeError, typeError } from '../errors.ts';
import { Generator as Base } from '../generator.ts';
import { legacyCountLaws } from '../legacyCounts.ts';
import { legacyLaws } from '../legacyDistributions.ts';
import { drawRandint, drawRandomIntegers, drawTomaxint } from '../legacyIntegers.ts';
import { MT19937 as BaseMT19937, type LegacySeed } from '../mt19937.ts';
import { drawMultinomial } from '../multivariateCounts.ts';
import { legacyMultivariateNormal } from '../multivariateNormal.ts';
import { inspect, NDArray } from '../ndarray.ts';
import { toShape } from '../shape.ts';
import { permutation, shuffleInPlace } from '../shuffle.ts';
import { BitGenerator, MT19937 } from './bitGenerators.ts';
import { addMethods, bind, callable, define, isPlain, signature } from './call.ts';
import { DISTRIBUTIONS } from './signatures.ts';
import { fromTuple } from './state.ts';

const MADE = signature('RandomState seed?'), SET_STATE = signature('set_state state');

/** Where the engine keeps the spare normal: is there one, and which. */
const at = kernels.gaussAt(), hasSpare = new Uint32Array(kernels.memory.buffer, at, 1), spare = new Float64Array(kernels.memory.buffer, at + 8, 1);

/** What neither takes nor leaves a spare normal, and is quick without. */
const PLAIN = ['seed', 'getState', 'random', 'randomSample', 'randint'];

class RandomState {
  _bit_generator!: BitGenerator;
  /** The camelCase Generator on the same stream. */
  base!: Base;
  /** The second normal of a pair: is there one, and which. */
  hasGauss = 0;
  gauss = 0;

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
    this.hasGauss = has;
    this.gauss = Number(gauss);
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
  self.hasGauss = self.gauss = 0;
}

type Draw = (self: RandomState, own: unknown[], options: Options) => unknown;

/** What is not a law's. */
const draws: Record<string, Draw> = {
  seed(self, [seed]) {
    const { base } = self._bit_generator;
    if (!(base instanceof BaseMT19937)) throw new TypeError('seed: can only re-seed a MT19937 bit generator');
    base.legacySeeding(seed as LegacySeed);
    self.hasGauss = self.gauss = 0;
  },
  getState({ _bit_generator: bits, hasGauss: has_gauss, gauss }, [legacy]) {
    const all = bits.state as { bit_generator: string; state: { key: Uint32Array; pos: number } }, { bit_generator, state: { key, pos } } = all;
    return legacy !== false && bits.base instanceof BaseMT19937 ? [bit_generator, key, pos, has_gauss, gauss] : { ...all, has_gauss, gauss };
  },
  random: ({ base }, _, { size }) => base.random(size as number),
  bytes: ({ base }, [length]) => base.bytes(length as number),
  shuffle: ({ base: { bitGenerator } }, [x]) => shuffleInPlace(bitGenerator, x, {}, true),
  permutation: ({ base: { bitGenerator } }, [x]) => permutation(bitGenerator, x, {}, true),
  choice({ base: { bitGenerator } }, [a], options) {
    if (a instanceof NDArray ? a.ndim > 1 : Array.isArray(a) && a.some(Array.isArray)) throw rangeError('a', a, 'a count or one dimension');
    return choose(bitGenerator, a, options.size, options, true);
  },
  randint: ({ base: { bitGenerator } }, [low, high], options) => drawRandint(bitGenerator, low, high, undefined, options),
  randomIntegers: ({ base: { bitGenerator } }, [low, high], { size }) => drawRandomIntegers(bitGenerator, low, high, size),
  tomaxint: ({ base: { bitGenerator } }, _, { size }) => drawTomaxint(bitGenerator, size),
  multinomial: ({ base: { bitGenerator } }, [n, pvals], { size }) => drawMultinomial(bitGenerator, n, pvals, size, {}, true),
  multivariateNormal({ base: { bitGenerator } }, [mean, cov], { size, ...rest }) {
    const normals = (into: Float64Array): void => void drawReals(bitGenerator, legacyLaws.standardNormal, [], undefined, { out: into });
    return legacyMultivariateNormal(normals, mean as never, cov as never, size as never, rest);
  },
  dirichlet: ({ base: { bitGenerator } }, [alpha], { size }) => drawDirichlet(bitGenerator, alpha, size, {}, true),
};
draws.randomSample = draws.random;

for (const [name, law] of Object.entries<Law | CountLaw>({ ...legacyLaws, ...legacyCountLaws })) {
  draws[name] = ({ base: { bitGenerator } }, own, { size }) =>
    ('most' in law ? drawCounts(bitGenerator, law, own, size, {}) : drawReals(bitGenerator, law, own, size, {}));
}

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
  if (PLAIN.includes(method)) return draw(self, own, options);
  hasSpare[0] = self.hasGauss;
  spare[0] = self.gauss;
  try {
    return draw(self, own, options);
  } finally {
    [self.hasGauss] = hasSpare;
    [self.gauss] = spare;
  }
});

for (const [name, method] of [['rand', 'random'], ['randn', 'standard_normal']] as const) {
  define(RandomState.prototype, name, function (this: Record<string, (size?: unknown) => unknown>, ...dims: unknown[]) {
    return dims.length === 0 ? this[method]() : this[method](toShape(dims, 'dims'));
  });
}

const made = callable(RandomState);
export { made as RandomState };
