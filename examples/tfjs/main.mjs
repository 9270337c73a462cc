#!/usr/bin/env node
/** ndrand's weights in tfjs's layers, beside tfjs's own: `npm start`. */
import * as tf from '@tensorflow/tfjs';
import { defaultRng } from 'ndrand';
import { heNormal, orthogonal, xavierUniform } from 'ndrand/nn';
import { ndrand, toTensor } from './initializer.mjs';

const SEED = 42;
const SHAPE = [1024, 1024];
const ROUNDS = 5;
const STEPS = 100;

/** The kernels of a small network: initialiser, shape, options. */
const KERNELS = [['orthogonal', [2, 32], { gain: Math.SQRT2 }], ['heNormal', [32, 32], {}], ['xavierUniform', [32, 1], {}]];

const yesNo = is => (is ? 'yes' : 'no');

tf.enableProdMode(); // says nothing of tfjs-node
compareInitialisers();
await train();

/** He's normals by both: how wide they are, how long they take, and whether seed 0 counts. */
function compareInitialisers() {
  const theory = Math.sqrt(2 / SHAPE[0]);
  const contenders = [
    ['tfjs', seed => tf.initializers.heNormal({ seed }).apply(SHAPE)],
    ['ndrand', seed => toTensor(heNormal(SHAPE, { layout: 'io', rng: defaultRng(seed) }))],
  ];
  const rows = contenders.map(([name, draw]) => ({ name, draw, times: [] }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { draw, times } of rows) {
      const began = performance.now();
      draw(SEED + round).dispose();
      times.push(performance.now() - began);
    }
  }

  console.log(`He normal, [${SHAPE}]; theory: standard deviation √(2 / ${SHAPE[0]}) = ${theory.toFixed(5)}\n`);
  console.log('         deviation  off by     time        seed 0 repeats');
  for (const { name, draw, times } of rows) {
    const values = draw(SEED).dataSync(), std = Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
    const off = `${std > theory ? '+' : ''}${(100 * (std / theory - 1)).toFixed(2)} %`;
    const [once, again] = [draw(0), draw(0)].map(tensor => tensor.dataSync());
    const median = times.sort((a, b) => a - b)[ROUNDS >> 1];
    const repeats = yesNo(once.every((x, i) => x === again[i]));
    console.log(`${name.padEnd(9)}${std.toFixed(5).padEnd(11)}${off.padEnd(11)}${`${median.toFixed(1)} ms`.padEnd(12)}${repeats}`);
  }
  console.log('\ntfjs cuts its normals at two deviations and does not widen what is left.\n');
}

/** Layers whose kernels ndrand draws: on being made, by kernelInitializer. */
function modelByInitializer(seed) {
  return modelOf(i => {
    const [name, , options] = KERNELS[i];
    return ndrand(name, [seed, i], options);
  });
}

/** The same kernels, set into layers that are there already. */
function modelBySetWeights(seed) {
  const model = modelOf(() => 'zeros'), draws = { orthogonal, heNormal, xavierUniform };
  for (const [i, [name, shape, options]] of KERNELS.entries()) {
    const weights = draws[name](shape, { ...options, layout: 'io', rng: defaultRng([seed, i]) });
    model.layers[i].setWeights([tf.tensor(weights.data, weights.shape), tf.zeros([shape[1]])]);
  }
  return model;
}

function modelOf(initializerOf) {
  return tf.sequential({
    layers: KERNELS.map(([, [inputs, units]], i) => tf.layers.dense({
      units, inputShape: [inputs], activation: i < KERNELS.length - 1 ? 'relu' : 'sigmoid', kernelInitializer: initializerOf(i),
    })),
  });
}

/** Trains to tell points by the sign of x · y, from the same weights handed over in two ways and from a loaded copy. */
async function train() {
  const { data, shape } = defaultRng(SEED).uniform(-1, 1, [256, 2], { dtype: 'float32' });
  const points = tf.tensor(data, shape), labels = tf.tensor(Array.from({ length: shape[0] }, (_, i) => [Number(data[2 * i] * data[2 * i + 1] > 0)]));

  const model = modelByInitializer(SEED);
  const contenders = {
    'kernelInitializer': model,
    'setWeights': modelBySetWeights(SEED),
    'its JSON, loaded': await tf.models.modelFromJSON(JSON.parse(model.toJSON())),
    'another seed': modelByInitializer(SEED + 1),
  };
  let first;
  console.log(`A network that tells the sign of x · y, weights by ndrand, ${STEPS} steps\n`);
  console.log('kernels by           outputs before learning        loss     right    the same');
  for (const [name, contender] of Object.entries(contenders)) {
    contender.compile({ optimizer: tf.train.sgd(0.5), loss: 'binaryCrossentropy', metrics: ['accuracy'] });
    const before = contender.predict(points).dataSync().slice(0, 3);
    const { history } = await contender.fit(points, labels, { epochs: STEPS, batchSize: shape[0], shuffle: false, verbose: 0 });
    const after = contender.predict(points).dataSync();
    first ??= after;
    console.log([
      name.padEnd(21), [...before].map(x => x.toFixed(6)).join('  ').padEnd(31), history.loss.at(-1).toFixed(4).padEnd(9),
      `${(100 * history.acc.at(-1)).toFixed(1)} %`.padEnd(9), yesNo(after.every((x, i) => x === first[i])),
    ].join(''));
  }
}
