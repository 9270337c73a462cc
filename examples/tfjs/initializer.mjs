/** ndrand's initialisers as tfjs layers take them. */
import * as tf from '@tensorflow/tfjs';
import { defaultRng } from 'ndrand';
import * as initializers from 'ndrand/nn';

/**
 * An initialiser of tfjs on one of ndrand's. tfjs takes a class of its user's by a description, the registered name and plain values (`ndrand` below
 * makes it), so that a model can be saved and loaded.
 */
class NdrandInitializer extends tf.serialization.Serializable {
  static className = 'NdrandInitializer';

  constructor({ name, seed, options = {} }) {
    super();
    this.config = { name, seed, options };
  }

  /** What a layer calls for its weights. Its shapes are [...field, in, out]: layout 'io'. */
  apply(shape, dtype = 'float32') {
    if (dtype !== 'float32') throw new TypeError(`dtype: got ${dtype}, takes float32, as all weights of tfjs's layers`);
    const { name, seed, options } = this.config;
    return toTensor(initializers[name](shape, { ...options, layout: 'io', rng: defaultRng(seed) }));
  }

  getConfig() {
    return this.config;
  }
}
tf.serialization.registerClass(NdrandInitializer);

/** An NDArray is { data, shape, dtype } already; the tensor shares its memory. */
export function toTensor({ data, shape, dtype }) {
  return tf.tensor(data, shape, dtype);
}

/**
 * A `kernelInitializer` for tf.layers.
 *
 * @param {'heNormal' | 'heUniform' | 'xavierNormal' | 'xavierUniform' | 'lecunNormal' | 'lecunUniform' | 'varianceScaling' | 'orthogonal'} name
 * @param {number | number[]} seed one for each layer: [42, 0], [42, 1] …
 * @param {object} [options] those of the initialiser
 */
export function ndrand(name, seed, options) {
  return { className: NdrandInitializer.className, config: { name, seed, options } };
}
