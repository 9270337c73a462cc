/** What is trained: one deep network from four initialisers, one wide network with and without dropout. */
import { createHash } from 'node:crypto';
import { defaultRng } from 'ndrand';
import { heNormal, normal, xavierNormal, zeros } from 'ndrand/nn';
import { loadDigits, PIXELS } from './data.mjs';
import { BATCH, Network } from './network.mjs';

const DIGITS = 10;

/** Images that the activations are measured on before learning. */
const MEASURED = 400;

/** What a layer does to the size of its activations, 16 layers do 16 times over. */
const DEEP = [PIXELS, ...Array(16).fill(64), DIGITS];
/** Enough weights to know every image by heart. */
const WIDE = [PIXELS, 256, 128, DIGITS];

// all counts are multiples of BATCH
const FULL = { images: { learn: 5000, heldOut: 5000 }, epochs: { deep: 5, wide: 20 } };
const QUICK = { images: { learn: 1000, heldOut: 1000 }, epochs: { deep: 6, wide: 8 } };

// Weights are [inputs, outputs] here: layout 'io'. Drawn from one place of the stream, the normals of the three differ in their scale alone.
const STARTS = [
  { name: 'zeros', init: () => zeros },
  { name: 'normal, std 0.01', init: rng => shape => normal(shape, { std: 0.01, rng }) },
  { name: 'Xavier', init: rng => shape => xavierNormal(shape, { layout: 'io', rng }) },
  { name: 'He', init: rng => shape => heNormal(shape, { layout: 'io', rng }) },
];
const HE = STARTS.at(-1);

/** The probability that an input of a layer is kept, pixels and hidden units alike. */
const KEEPS = [1, 0.75];

/**
 * @typedef {{ name: string, spread: number[], mistakes: number }} Start spread: the standard deviations of the hidden layers before learning
 * @typedef {{ keep: number, mistakesLearnt: number, mistakes: number }} Keep
 * @typedef {{ seed: string, learn: number, heldOut: number, deep: Settings, wide: Settings, steps: number }} Plan
 * @typedef {{ widths: number[], epochs: number, rate: number }} Settings
 */

/**
 * @param {bigint} seed
 * @param {{ quick?: boolean, epochs?: number }} options
 * @returns {Plan}
 */
export function planOf(seed, { quick = false, epochs } = {}) {
  const { images, epochs: given } = quick ? QUICK : FULL;
  const deep = { widths: DEEP, epochs: epochs ?? given.deep, rate: 0.04 };
  const wide = { widths: WIDE, epochs: epochs ?? given.wide, rate: 0.2 };
  const steps = (images.learn / BATCH) * (STARTS.length * deep.epochs + KEEPS.length * wide.epochs);
  return { seed: String(seed), ...images, deep, wide, steps };
}

/**
 * Trains everything in turn.
 *
 * @param {Plan} plan
 * @param {object} listener told before each run, after each batch, and of each result
 * @param {{ onRun(name: string): void, onStep(): void, onStart(start: Start): void, onStarts(): void, onKeep(keep: Keep): void }} listener
 * @returns {{ starts: Start[], keeps: Keep[], sha256: string }} sha256: of the weights with He and dropout
 */
export function runAll({ seed, learn, heldOut, deep, wide }, listener) {
  const streams = () => defaultRng(BigInt(seed)).spawn(4); // the split, weights, the order of images, masks: the same for every run
  const digits = loadDigits(streams()[0], learn, heldOut);
  const train = ({ widths, epochs, rate }, start, keep) => {
    const [, weights, orders, masks] = streams();
    const network = new Network(widths, start.init(weights), keep < 1 ? { keep, rng: masks } : undefined);
    const spread = network.spread(digits.heldOut, MEASURED);
    for (let epoch = 0; epoch < epochs; epoch++) {
      // down to a tenth, in a straight line
      network.epoch(digits.learn, orders.permutation(learn).data, rate * (1 - (0.9 * epoch) / epochs), listener.onStep);
    }
    return { network, spread, mistakes: network.mistakes(digits.heldOut) };
  };

  const starts = STARTS.map(start => {
    listener.onRun(start.name);
    const { spread, mistakes } = train(deep, start, 1), result = { name: start.name, spread, mistakes };
    listener.onStart(result);
    return result;
  });
  listener.onStarts();
  let last;
  const keeps = KEEPS.map(keep => {
    listener.onRun(keep < 1 ? 'dropout' : 'no dropout');
    const { network, mistakes } = train(wide, HE, keep), result = { keep, mistakesLearnt: network.mistakes(digits.learn), mistakes };
    listener.onKeep(result);
    last = network;
    return result;
  });
  return { starts, keeps, sha256: checksum(last) };
}

/** The SHA-256 of all weights and biases, layer by layer, little-endian. */
function checksum({ layers }) {
  const hash = createHash('sha256');
  for (const { weights, biases } of layers) {
    for (const values of [weights, biases]) {
      const bytes = new DataView(new ArrayBuffer(values.byteLength));
      for (let i = 0; i < values.length; i++) bytes.setFloat32(i * 4, values[i], true);
      hash.update(bytes);
    }
  }
  return hash.digest('hex');
}
