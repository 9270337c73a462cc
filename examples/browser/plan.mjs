/** What a choice comes to: the tensors to draw, in their order, all from one generator. Node's checksum.mjs and the page share it. */
import { checkModel } from '../gpt2/model.mjs';
import { models } from './choice.mjs';
import { laws } from './laws.mjs';
import { constantTheory } from './theory.mjs';

/**
 * @typedef {object} Tensor
 * @property {string} name
 * @property {number[]} shape
 * @property {number} size elements
 * @property {string} dtype
 * @property {import('./laws.mjs').Law} [law]
 * @property {any} values the law's parameters
 * @property {number} [constant] where there is no law: nothing is drawn
 * @property {import('./theory.mjs').Theory} theory
 *
 * @typedef {{ title: string, seed: bigint, tensors: Tensor[], size: number, bytes: number, serial: boolean }} Plan serial: one thread draws it all
 */

const width = { float32: 4, float64: 8, int32: 4, uint8: 1 };
const arrays = { float32: Float32Array, float64: Float64Array, int32: Int32Array, uint8: Uint8Array };

const drawn = (name, shape, law, values, dtype) => ({ name, shape, size: product(shape), dtype, law, values, theory: law.theory(shape, values) });
const same = (name, shape, constant, dtype) => ({ name, shape, size: product(shape), dtype, values: {}, constant, theory: constantTheory(constant) });

/**
 * @param {import('./choice.mjs').Choice} choice
 * @param {unknown} table GPT-2 small's, as examples/gpt2/gpt2-small.json has it
 * @returns {Plan}
 */
export function planOf(choice, table) {
  const tensors = { gpt2: () => ofTable(checkModel(table)), mlp: () => ofLayers(choice), custom: () => [ofShape(choice)] }[choice.model]();
  const sum = of => tensors.reduce((total, tensor) => total + of(tensor), 0);
  return {
    title: choice.model === 'custom' ? `${laws[choice.law].label}, ${choice.shape.map(n => n.toLocaleString('en')).join(' × ')}` : models[choice.model],
    seed: choice.seed, tensors, size: sum(({ size }) => size), bytes: sum(({ size, dtype }) => size * width[dtype]),
    serial: tensors.some(({ law }) => law?.serial === true),
  };
}

function ofTable({ tensors, dropout }) {
  const kinds = {
    normal: ({ name, shape, init: { mean, std } }) => drawn(name, shape, laws.normal, { mean, std }, 'float32'),
    uniform: ({ name, shape, init: { low, high } }) => drawn(name, shape, laws.uniform, { low, high }, 'float32'),
    constant: ({ name, shape, init: { value } }) => same(name, shape, value, 'float32'),
  };
  const mask = dropout === undefined ? [] : [drawn('dropout mask', dropout.shape, laws.bernoulli, { p: dropout.keep }, 'uint8')];
  return [...tensors.map(tensor => kinds[tensor.init.type](tensor)), ...mask];
}

function ofLayers({ layers, law, values, dtype }) {
  return layers.slice(1).flatMap((outputs, i) => [
    drawn(`layer ${i + 1} weight`, [outputs, layers[i]], laws[law], values, dtype),
    same(`layer ${i + 1} bias`, [outputs], 0, dtype),
  ]);
}

function ofShape({ shape, law, values, dtype }) {
  return drawn('tensor', shape, laws[law], values, dtype);
}

function product(shape) {
  return shape.reduce((size, dimension) => size * dimension, 1);
}

/**
 * One tensor's values, over a Generator; over `parallel(rng)` the promise of them.
 * @param {Tensor} tensor
 * @param {object} [watch] `signal` and `onProgress`, where a promise is wanted
 */
export function fill({ shape, size, dtype, law, values, constant }, rng, watch) {
  if (law === undefined) return { data: new arrays[dtype](size).fill(constant) };
  return law.draw(rng, shape, values, { dtype, ...watch });
}
