/** The initialisers and distributions of the page: how each is drawn, with which parameters, and what theory says of it. */
import * as nn from '../../dist/nn.js';
import { bernoulliTheory, integersTheory, normalTheory, orthogonalTheory, truncatedTheory, uniformTheory } from './theory.mjs';

/**
 * @typedef {import('./theory.mjs').Theory} Theory
 * @typedef {{ label: string, otherwise: string, integer?: boolean, names?: [string, string][], above?: number, least?: number, most?: number }} Parameter
 *   a number above `above`, at least `least`, at most `most`; or one of `names`, each with the words for it
 * @typedef {object} Law
 * @property {string} label
 * @property {'initialiser' | 'distribution' | 'count'} group
 * @property {Record<string, Parameter>} parameters
 * @property {string[]} dtypes the first is the default
 * @property {boolean} [fans] needs two dimensions
 * @property {boolean} [serial] drawn as one piece, by one thread
 * @property {'normal' | 'uniform' | 'truncated' | 'integers' | 'mask'} plain the kind of plain loop that it is compared with
 * @property {(values: any) => Record<string, string>} [check] what is wrong with the parameters together, by name
 * @property {(rng: any, shape: number[], values: any, options: object) => any} draw over a generator its NDArray, over `parallel(rng)` the promise
 * @property {(shape: number[], values: any) => Theory} theory
 */

const FLOATS = ['float32', 'float64'];
const MODE = { label: 'Variance: 2 over', otherwise: 'fanIn', names: [['fanIn', 'inputs (fan-in)'], ['fanOut', 'outputs (fan-out)'], ['fanAvg', 'their mean']] };
const GAIN = { label: 'Gain', otherwise: '1', above: 0 };
const MEAN = { label: 'Mean', otherwise: '0' };
const STD = { label: 'Std. deviation', otherwise: '1', above: 0 };

const fan = (shape, mode) => {
  const { fanIn, fanOut } = nn.fans(shape);
  return { fanIn, fanOut, fanAvg: (fanIn + fanOut) / 2 }[mode];
};
const heStd = (shape, { mode }) => Math.sqrt(2 / fan(shape, mode));
const xavierStd = (shape, { gain }) => gain / Math.sqrt(fan(shape, 'fanAvg'));
const lecunStd = shape => 1 / Math.sqrt(fan(shape, 'fanIn'));
const centred = std => uniformTheory(-Math.sqrt(3) * std, Math.sqrt(3) * std);
const ordered = ({ low, high }) => (low < high ? {} : { high: 'takes a number above the lower bound' });

/** An initialiser of `ndrand/nn` that fan-in and fan-out scale: as a normal or a uniform of the standard deviation that `stdOf` gives. */
const scaled = (label, initialise, plain, parameters, stdOf) => ({
  label, group: 'initialiser', parameters, dtypes: FLOATS, fans: true, plain,
  draw: (rng, shape, values, options) => initialise(shape, { rng, ...values, ...options }),
  theory: (shape, values) => (plain === 'normal' ? normalTheory(0, stdOf(shape, values)) : centred(stdOf(shape, values))),
});

/** @type {Record<string, Law>} */
export const laws = {
  heNormal: scaled('He normal', nn.heNormal, 'normal', { mode: MODE }, heStd),
  heUniform: scaled('He uniform', nn.heUniform, 'uniform', { mode: MODE }, heStd),
  xavierNormal: scaled('Xavier (Glorot) normal', nn.xavierNormal, 'normal', { gain: GAIN }, xavierStd),
  xavierUniform: scaled('Xavier (Glorot) uniform', nn.xavierUniform, 'uniform', { gain: GAIN }, xavierStd),
  lecunNormal: scaled('LeCun normal', nn.lecunNormal, 'normal', {}, lecunStd),
  lecunUniform: scaled('LeCun uniform', nn.lecunUniform, 'uniform', {}, lecunStd),
  orthogonal: {
    label: 'Orthogonal', group: 'initialiser', parameters: { gain: GAIN }, dtypes: FLOATS, fans: true, serial: true, plain: 'normal',
    draw: (rng, shape, { gain }, options) => nn.orthogonal(shape, { rng, gain, ...options }),
    theory: (shape, { gain }) => orthogonalTheory(Math.max(shape[0], shape.slice(1).reduce((a, b) => a * b, 1)), gain),
  },
  normal: {
    label: 'Normal', group: 'distribution', parameters: { mean: MEAN, std: { ...STD, otherwise: '0.02' } }, dtypes: FLOATS, plain: 'normal',
    draw: (rng, shape, { mean, std }, options) => rng.normal(mean, std, shape, options),
    theory: (_, { mean, std }) => normalTheory(mean, std),
  },
  standardNormal: {
    label: 'Standard normal', group: 'distribution', parameters: {}, dtypes: FLOATS, plain: 'normal',
    draw: (rng, shape, _, options) => rng.standardNormal(shape, options),
    theory: () => normalTheory(0, 1),
  },
  truncatedNormal: {
    label: 'Truncated normal', group: 'distribution', dtypes: FLOATS, plain: 'truncated',
    parameters: { mean: MEAN, std: STD, low: { label: 'Lower bound', otherwise: '-2' }, high: { label: 'Upper bound', otherwise: '2' } }, check: ordered,
    draw: (rng, shape, values, options) => nn.truncatedNormal(shape, { rng, ...values, ...options }),
    theory: (_, { mean, std, low, high }) => truncatedTheory(mean, std, low, high),
  },
  uniform: {
    label: 'Uniform', group: 'distribution', dtypes: FLOATS, plain: 'uniform',
    parameters: { low: { label: 'Lower bound', otherwise: '0' }, high: { label: 'Upper bound', otherwise: '1' } }, check: ordered,
    draw: (rng, shape, { low, high }, options) => rng.uniform(low, high, shape, options),
    theory: (_, { low, high }) => uniformTheory(low, high),
  },
  integers: {
    label: 'Integers', group: 'count', dtypes: ['int32'], plain: 'integers',
    parameters: {
      low: { label: 'From', otherwise: '0', integer: true, least: -(2 ** 31), most: 2 ** 31 - 1 },
      high: { label: 'To, exclusive', otherwise: '10', integer: true, least: -(2 ** 31), most: 2 ** 31 },
    },
    check: ({ low, high }) => (low < high ? {} : { high: 'takes an integer above “From”' }),
    draw: (rng, shape, { low, high }, options) => rng.integers(low, high, shape, options),
    theory: (_, { low, high }) => integersTheory(low, high),
  },
  bernoulli: {
    label: 'Bernoulli mask', group: 'count', dtypes: ['uint8'], plain: 'mask',
    parameters: { p: { label: 'Probability of 1', otherwise: '0.9', least: 0, most: 1 } },
    draw: (rng, shape, { p }, options) => rng.bernoulli(p, shape, options),
    theory: (_, { p }) => bernoulliTheory(p),
  },
};
