/** Initialises a model with ndrand: this is the part to copy from. */
import { createHash } from 'node:crypto';
import { endianness } from 'node:os';
import { defaultRng } from '../../dist/index.js';
import { expectedOf, expectedOfMask, moments, whatIsOff } from './statistics.mjs';
import { TableError } from './table.mjs';

/** @typedef {import('./table.mjs').Model} Model */
/** @typedef {import('./statistics.mjs').Moments & { name: string, shape: number[], size: number, bytes: number, ms: number, expected: import('./statistics.mjs').Expected, off: string[] }} Row */
/** @typedef {{ rows: Row[], mask?: Row, weights: Map<string, Float32Array>, checksum: string }} Result */

/**
 * Draws every tensor of `model` in table order and then the dropout mask, all from one generator.
 * @param {Model} model
 * @param {number | bigint} seed
 * @param {(row: Row) => void} [onRow] told of each tensor, and of the mask, when it is done
 * @returns {Result} the weights, a row of measurements for each, and the SHA-256 of all their bytes
 * @throws {TableError} naming a tensor that the machine has no memory for
 */
export function initialize(model, seed, onRow = () => {}) {
  const rng = defaultRng(seed);
  const hash = createHash('sha256');
  const weights = new Map();

  const rows = model.tensors.map(({ name, shape, size, init }) => {
    const { data, ms } = timed(name, () => fill(rng, shape, size, init));
    weights.set(name, data);
    return done({ name, shape, size, data, ms, expected: expectedOf(init, size) });
  });

  if (model.dropout === undefined) return { rows, weights, checksum: hash.digest('hex') };
  const { shape, size, keep } = model.dropout;
  const { data, ms } = timed('dropout', () => rng.bernoulli(keep, shape).data);
  const mask = done({ name: 'dropout mask', shape, size, data, ms, expected: expectedOfMask(keep, size) });
  return { rows, mask, weights, checksum: hash.digest('hex') };

  /** Measures and hashes what was drawn, outside the time that is reported. */
  function done({ name, shape, size, data, ms, expected }) {
    hash.update(littleEndian(data));
    const { mean, std } = moments(data);
    const row = { name, shape, size, bytes: data.byteLength, ms, mean, std, expected, off: whatIsOff({ mean, std }, expected) };
    onRow(row);
    return row;
  }
}

/**
 * One tensor's weights.
 * @param {import('../../dist/index.js').Generator} rng
 * @param {number[]} shape
 * @param {number} size
 * @param {import('./table.mjs').Init} init
 * @returns {Float32Array}
 */
function fill(rng, shape, size, init) {
  switch (init.type) {
    case 'normal': return rng.normal(init.mean, init.std, shape, { dtype: 'float32' }).data;
    case 'uniform': return rng.uniform(init.low, init.high, shape, { dtype: 'float32' }).data;
    case 'constant': return new Float32Array(size).fill(init.value);
  }
}

function timed(name, draw) {
  const start = performance.now();
  try {
    const data = draw();
    return { data, ms: performance.now() - start };
  } catch (error) {
    if (error instanceof RangeError) throw new TableError(`${name}: ${error.message}`);
    throw error;
  }
}

/** The bytes of a Float32Array or Uint8Array, so ordered that the checksum is the same on every machine. */
function littleEndian(data) {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return endianness() === 'LE' || data.BYTES_PER_ELEMENT === 1 ? bytes : Buffer.from(bytes).swap32();
}
