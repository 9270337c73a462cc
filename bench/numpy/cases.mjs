/**
 * What is timed of `ndrand/numpy`: see ../cases.mjs. A case is a call, written once as data: `contenders.mjs` makes it over ndrand's `np`, numpy_rival.py over
 * NumPy, `../numpyts/contenders.mjs` over numpy-ts. All start from seed 42, so that what each gave first can be compared as well.
 *
 * @typedef {object} Call
 * @property {'Generator' | 'RandomState'} on
 * @property {string} bits the bit generator
 * @property {string} method
 * @property {unknown[]} args numbers, arrays of them, or tokens: `{ linspace: [from, to] }` N float64, `{ arange: shape, dtype: 'float64' }` counting up, `{ big: digits }`
 * @property {Record<string, unknown>} keywords
 * @property {string} [out] the dtype of an array that is there already and is filled
 * @property {boolean} [inPlace] it changes its argument
 */
import { N, P } from '../cases.mjs';

/** A bar and what to reach for, of times NumPy's speed; none for what is only shown. @typedef {[number, number] | []} Bar */

/** The bars. @type {Record<string, Bar>} */
const BARS = { random64: [0.8, 1.1], random32: [1.3, 2], normal: [2, 3], exponential: [1.2, 2], integers: [1.2, 2], rand: [1.5, 3], randn: [1.3, 2], randint: [1.3, 2], other: [0.8, 1.2], shown: [] };

/** Times numpy-ts, for each function it has. */
const NUMPY_TS = [2, 5];

/** What numpy-ts's Generator has; its module-level functions are all of RandomState's but `tomaxint`. */
const HAS = ['random', 'integers', 'standard_normal', 'normal', 'uniform', 'choice', 'permutation', 'shuffle', 'exponential', 'poisson', 'binomial'];

const KIND = { Generator: 'rng', RandomState: 'rs' };

/** Does numpy-ts have it? No `out`, no arrays of parameters, no axes; dtypes in `randint` only; and it flattens matrices to shuffle them. @param {Call} call */
function numpyTsHas({ on, bits, method, args, keywords, out }) {
  const plain = !out && !args.some(arg => typeof arg === 'object' && ('linspace' in arg || 'big' in arg || arg.arange?.length > 1 || arg.dtype === 'int32'));
  const known = on === 'RandomState' ? method !== 'tomaxint' : bits === 'PCG64' && HAS.includes(method);
  return known && plain && Object.keys(keywords).every(name => ['size', 'p', 'replace'].includes(name) || (name === 'dtype' && method === 'randint'));
}

/** A value as a table shows it. */
function shown(value) {
  if (Array.isArray(value)) return Array.isArray(value[0]) ? '[[…]]' : value.length > 6 ? `[… ${value.length}]` : `[${value.map(shown).join(', ')}]`;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number' && value >= 2 ** 14 && Math.log2(value) % 1 === 0) return `2**${Math.log2(value)}`;
  if (typeof value === 'number' && value >= 1e9 && Math.log10(value) % 1 === 0) return `10**${Math.log10(value)}`;
  if (typeof value !== 'object') return String(value);
  if ('big' in value) return shown(Number(value.big));
  if ('linspace' in value) return `${value.linspace.join(' … ')}`;
  return value.arange.length === 1 ? (value.dtype === 'float64' ? 'x' : value.dtype) : `x[${value.arange.join(', ')}]`;
}

/** `gamma(2.5, 1)`, with what is not said for all: the dtype, the bit generator, whether it fills `out`. @param {Call} call */
function titled({ bits, method, args, keywords, out, on }) {
  const more = Object.entries(keywords).filter(([name]) => name !== 'size' && name !== 'dtype').map(([name, value]) => `${name}=${shown(value)}`);
  const tail = [keywords.dtype ?? out, out && 'out', on === 'Generator' && bits !== 'PCG64' && bits].filter(Boolean);
  return [`${method}(${[...args.map(shown), ...more].join(', ')})`, ...tail].join(' ');
}

/**
 * @param {'Generator' | 'RandomState'} on
 * @param {string} method
 * @param {unknown[]} args
 * @param {object} [more]
 * @param {keyof typeof BARS} [more.bar]
 * @param {string} [more.id] what sets the id apart from the method's first one
 * @param {number} [more.draws] elements a call gives, where not N
 * @param {number | null} [more.size] null: none is passed
 * @param {object} [more.keywords] beside the size
 * @param {string} [more.section] of the table @param {string} [more.bits] @param {string} [more.out] @param {boolean} [more.inPlace]
 * @param {boolean} [more.alone] not against numpy-ts, which takes seconds for it or cannot do it; another case of the method is
 * @returns {import('../cases.mjs').Case}
 */
function one(on, method, args, { bar = 'other', id, draws = N, size = N, keywords = {}, section, alone = false, ...more } = {}) {
  /** @type {Call} */
  const call = { on, bits: on === 'Generator' ? 'PCG64' : 'MT19937', method, args, keywords: { ...(size !== null && !more.out && { size }), ...keywords }, ...more };
  const [least, reach] = BARS[bar];
  const [leastTs, reachTs] = NUMPY_TS;
  const name = [KIND[on], method, id].filter(Boolean).join('-');
  return {
    id: name,
    what: titled(call),
    section: section ?? (on === 'Generator' ? 'Generator(PCG64)' : 'RandomState(MT19937)'),
    draws, call, few: true, tolerance: 0.15, allocates: !call.out && !call.inPlace,
    rivals: [
      { from: 'numpy', name, label: 'NumPy', call, bar: least, reach },
      ...(!alone && numpyTsHas(call) ? [{ from: 'numpyts', name, label: 'numpy-ts', bar: leastTs, reach: reachTs }] : []),
    ],
  };
}

/** @param {string} method @param {unknown[]} args */
const generator = (method, args = [], more = undefined) => one('Generator', method, args, more);
/** @param {string} method @param {unknown[]} args */
const state = (method, args = [], more = undefined) => one('RandomState', method, args, more);

const X = { arange: [N], dtype: 'float64' }, SQUARE = { arange: [1024, 1024], dtype: 'float64' }, ROWS = { arange: [N / 4, 4], dtype: 'float64' };
const WEIGHTS = Array.from({ length: 1000 }, (_, i) => (i + 1) / 500500);
const COVARIANCE = [[2, 0.5, 0.3, 0], [0.5, 1, 0.2, 0.1], [0.3, 0.2, 3, 0.4], [0, 0.1, 0.4, 0.5]];

/** Where a sampler has regimes, a set of parameters in each: of both Generator and RandomState. @type {[method: string, args: unknown[], id?: string, draws?: number][]} */
const DISTRIBUTIONS = [
  ['uniform', [-1, 1]],
  ['normal', [1, 2]],
  ['exponential', [2]],
  ['standard_gamma', [2.5]], ['standard_gamma', [0.5], 'small'],
  ['gamma', [2.5, 2]], ['gamma', [0.5, 2], 'small'],
  ['beta', [2, 3]], ['beta', [0.5, 0.5], 'small'],
  ['chisquare', [4]],
  ['noncentral_chisquare', [3, 1]], ['noncentral_chisquare', [0.5, 1], 'small'],
  ['f', [5, 8]],
  ['noncentral_f', [3, 20, 1]],
  ['standard_t', [5]],
  ['standard_cauchy', []],
  ['laplace', [0, 1]],
  ['gumbel', [0, 1]],
  ['logistic', [0, 1]],
  ['lognormal', [0, 0.5]],
  ['rayleigh', [2]],
  ['weibull', [1.5]],
  ['pareto', [3]],
  ['power', [3]],
  ['wald', [1, 2]],
  ['triangular', [0, 0.3, 1]],
  ['vonmises', [0, 4]], ['vonmises', [0, 0.000001], 'flat'], ['vonmises', [0, 10000000], 'narrow'],
  ['binomial', [20, 0.3]], ['binomial', [100, 0.5], 'large'],
  ['negative_binomial', [5, 0.5]], ['negative_binomial', [0.5, 0.02], 'large'],
  ['poisson', [3]], ['poisson', [100], 'large'],
  ['geometric', [0.5]], ['geometric', [0.02], 'small'],
  ['logseries', [0.6]],
  ['zipf', [3]],
  ['hypergeometric', [15, 15, 5]], ['hypergeometric', [500, 600, 200], 'large'],
  ['multinomial', [20, [0.1, 0.2, 0.3, 0.4]]], ['multinomial', [1000, [0.1, 0.2, 0.3, 0.4]], 'large'],
  ['dirichlet', [[1.5, 2, 3, 4]]], ['dirichlet', [[0.05, 0.03, 0.08, 0.02]], 'small'],
  ['multivariate_normal', [[0, 1, 2, 3], COVARIANCE]],
];

/** Each of these gives vectors of four. */
const VECTORS = ['multinomial', 'dirichlet', 'multivariate_normal'];
const distribution = on => ([method, args, id]) => one(on, method, args, { id, size: VECTORS.includes(method) ? N / 4 : N });

/** @type {import('../cases.mjs').Case[]} */
export const cases = [
  // `out` on both sides; numpy-ts has none, so its rows are of fresh arrays
  generator('random', [], { bar: 'random64', out: 'float64' }),
  generator('random', [], { bar: 'random32', id: 'float32', out: 'float32' }),
  generator('random', [], { bar: 'shown', id: 'fresh' }),
  generator('standard_normal', [], { bar: 'normal', out: 'float64' }),
  generator('standard_normal', [], { bar: 'normal', id: 'float32', out: 'float32' }),
  generator('standard_normal', [], { bar: 'shown', id: 'fresh' }),
  generator('standard_exponential', [], { bar: 'exponential', out: 'float64' }),
  generator('standard_exponential', [], { bar: 'exponential', id: 'float32', out: 'float32' }),
  generator('standard_exponential', [], { id: 'inv', out: 'float64', keywords: { method: 'inv' } }),
  generator('standard_exponential', [], { id: 'inv-float32', out: 'float32', keywords: { method: 'inv' } }),
  generator('standard_gamma', [2.5], { id: 'out', out: 'float64' }),
  generator('standard_gamma', [2.5], { id: 'float32', out: 'float32' }),
  generator('standard_gamma', [0.5], { id: 'small-float32', out: 'float32' }),
  generator('integers', [0, 1000], { bar: 'integers', id: 'int32', keywords: { dtype: 'int32' } }),
  generator('integers', [0, 200], { bar: 'integers', id: 'uint8', keywords: { dtype: 'uint8' } }),
  generator('integers', [0, 1000], { bar: 'integers', id: 'int64', keywords: { dtype: 'int64' } }),
  generator('integers', [0, 1e12], { bar: 'integers', id: 'int64-large', keywords: { dtype: 'int64' } }),
  generator('integers', [0, 1000], { bar: 'integers' }),
  generator('integers', [0, 2], { bar: 'integers', id: 'bool', keywords: { dtype: 'bool' } }),
  generator('integers', [0, 50000], { bar: 'integers', id: 'uint16', keywords: { dtype: 'uint16' } }),
  generator('integers', [0, 2 ** 32], { bar: 'integers', id: 'uint32', keywords: { dtype: 'uint32' } }),
  generator('integers', [0, { big: '18446744073709551616' }], { bar: 'integers', id: 'uint64', keywords: { dtype: 'uint64' } }),
  generator('integers', [{ arange: [N], dtype: 'int32' }, 2 ** 21], { id: 'array' }),
  generator('bytes', [N], { size: null }),
  ...DISTRIBUTIONS.map(distribution('Generator')),
  generator('multivariate_hypergeometric', [[16, 8, 4, 30], 12], { size: N / 4 }),
  generator('multivariate_hypergeometric', [[16, 8, 4, 30], 12], { id: 'count', size: N / 4, keywords: { method: 'count' } }),
  generator('normal', [{ linspace: [-1, 1] }, 2], { id: 'array' }),
  generator('gamma', [{ linspace: [0.5, 4] }, 1], { id: 'array' }),
  generator('poisson', [{ linspace: [1, 20] }], { id: 'array' }),
  generator('binomial', [100, { linspace: [0.1, 0.9] }], { id: 'array' }),
  generator('choice', [10], {}),
  generator('choice', [X], { id: 'array' }),
  generator('choice', [3], { id: 'p', keywords: { p: P } }),
  generator('choice', [1000], { id: 'p-many', alone: true, keywords: { p: WEIGHTS } }),
  generator('choice', [N], { id: 'all', keywords: { replace: false } }),
  generator('choice', [2 ** 27], { id: 'few', alone: true, keywords: { replace: false } }),
  generator('choice', [1000], { id: 'p-few', draws: 500, size: 500, keywords: { replace: false, p: WEIGHTS } }),
  generator('permutation', [N], { size: null }),
  generator('permutation', [X], { id: 'array', size: null }),
  generator('permutation', [ROWS], { id: 'rows', size: null }),
  generator('permutation', [SQUARE], { id: 'axis', size: null, keywords: { axis: 1 } }),
  generator('shuffle', [X], { size: null, inPlace: true }),
  generator('shuffle', [ROWS], { id: 'rows', size: null, inPlace: true }),
  generator('shuffle', [SQUARE], { id: 'axis', size: null, inPlace: true, keywords: { axis: 1 } }),
  generator('permuted', [X], { size: null }),
  generator('permuted', [X], { id: 'out', out: 'float64' }),
  generator('permuted', [SQUARE], { id: 'axis', size: null, keywords: { axis: 1 } }),
  generator('permuted', [SQUARE], { id: 'axis0', size: null, keywords: { axis: 0 } }),
  ...['PCG64DXSM', 'MT19937', 'Philox', 'SFC64'].map(bits =>
    generator('random', [], { section: 'Generator, the other bit generators', bar: 'random64', id: bits.toLowerCase(), bits, out: 'float64' })),
  ...['PCG64DXSM', 'MT19937', 'Philox', 'SFC64'].map(bits =>
    generator('standard_normal', [], { section: 'Generator, the other bit generators', id: bits.toLowerCase(), bits, out: 'float64' })),

  state('rand', [N], { bar: 'rand', size: null }),
  state('random_sample', [], { bar: 'rand' }),
  state('randn', [N], { bar: 'randn', size: null }),
  state('standard_normal', [], { bar: 'randn' }),
  state('randint', [0, 1000], { bar: 'randint' }),
  state('randint', [0, 1000], { bar: 'randint', id: 'int32', keywords: { dtype: 'int32' } }),
  state('randint', [0, 200], { bar: 'randint', id: 'uint8', keywords: { dtype: 'uint8' } }),
  state('randint', [0, 1e12], { bar: 'randint', id: 'large', alone: true }), // numpy-ts cuts the range to 32 bits
  state('random_integers', [1, 1000]),
  state('tomaxint', []),
  state('bytes', [N], { size: null }),
  state('standard_exponential', []),
  ...DISTRIBUTIONS.map(distribution('RandomState')),
  state('normal', [{ linspace: [-1, 1] }, 2], { id: 'array' }),
  state('poisson', [{ linspace: [1, 20] }], { id: 'array' }),
  state('choice', [10]),
  state('choice', [3], { id: 'p', keywords: { p: P } }),
  state('choice', [N], { id: 'all', keywords: { replace: false } }),
  state('choice', [1000], { id: 'p-few', draws: 500, size: 500, keywords: { replace: false, p: WEIGHTS } }),
  state('permutation', [N], { size: null }),
  state('permutation', [X], { id: 'array', size: null }),
  state('permutation', [ROWS], { id: 'rows', size: null }),
  state('shuffle', [X], { size: null, inPlace: true }),
  state('shuffle', [ROWS], { id: 'rows', size: null, inPlace: true }),
];
