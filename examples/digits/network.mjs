/** A multilayer perceptron: dense layers with ReLU between them, dropout on what they take, and gradient descent. */
import { Dropout, zeros } from 'ndrand/nn';
import { PIXELS } from './data.mjs';
import { affine, descend, gradientOfInputs } from './matrix.mjs';
import { gradientOfLogits } from './softmax.mjs';

/** Images a step. */
export const BATCH = 40;

/** A dense layer on a batch, with dropout of its inputs; as a hidden layer, ReLU after it. */
class Layer {
  constructor(inputs, outputs, init, dropout, isHidden) {
    this.weights = init([inputs, outputs]).data;
    this.biases = zeros([outputs]).data;
    this.dropout = dropout;
    this.isHidden = isHidden;
    this.y = new Float32Array(BATCH * outputs);
    this.dx = new Float32Array(BATCH * inputs);
  }

  /** Takes x, dropping some of it in place; gives y. */
  forward(x) {
    const { y } = this;
    this.x = x;
    this.dropout?.forward(x, { out: x });
    affine(x, this.weights, this.biases, y, BATCH);
    if (this.isHidden) for (let i = 0; i < y.length; i++) if (!(y[i] > 0)) y[i] = 0;
    return y;
  }

  /** Takes the gradient by y, before its ReLU; learns; gives the gradient by x, before the ReLU that made it. */
  backward(dy, rate, isFirst) {
    const { x, dx } = this;
    if (!isFirst) {
      gradientOfInputs(dy, this.weights, x, dx, BATCH);
      this.dropout?.backward(dx, { out: dx });
    }
    descend(this.weights, this.biases, x, dy, BATCH, rate);
    return dx;
  }
}

export class Network {
  /**
   * @param {number[]} widths inputs, hidden layers, outputs
   * @param {(shape: number[]) => import('ndrand').NDArray<'float32'>} init makes a layer's weights, [inputs, outputs]
   * @param {{ keep: number, rng: import('ndrand').Generator }} [dropout] the probability that an input of a layer is kept
   */
  constructor(widths, init, dropout) {
    this.layers = widths.slice(1).map((outputs, l) => new Layer(
      widths[l], outputs, init, dropout && new Dropout({ keep: dropout.keep, rng: dropout.rng }), l + 2 < widths.length,
    ));
    this.x = new Float32Array(BATCH * widths[0]);
    this.labels = new Uint8Array(BATCH);
    this.gradient = new Float32Array(BATCH * widths.at(-1));
  }

  /** The logits of the BATCH images at `order[from]` …; without an order, the images at `from` …. */
  forward({ pixels, labels }, from, order) {
    for (let b = 0; b < BATCH; b++) {
      const image = order === undefined ? from + b : order[from + b];
      this.x.set(pixels.subarray(image * PIXELS, (image + 1) * PIXELS), b * PIXELS);
      this.labels[b] = labels[image];
    }
    return this.layers.reduce((x, layer) => layer.forward(x), this.x);
  }

  /** Learns from every image once, in the order given. */
  epoch(images, order, rate, onBatch) {
    for (const { dropout } of this.layers) dropout?.train();
    for (let from = 0; from < order.length; from += BATCH) {
      gradientOfLogits(this.forward(images, from, order), this.labels, this.gradient);
      this.layers.reduceRight((dy, layer, l) => layer.backward(dy, rate, l === 0), this.gradient);
      onBatch();
    }
  }

  /** How many of the images are named wrongly. */
  mistakes(images, count = images.count) {
    for (const { dropout } of this.layers) dropout?.eval();
    let wrong = 0;
    for (let from = 0; from < count; from += BATCH) {
      const logits = this.forward(images, from), classes = logits.length / BATCH;
      for (let b = 0; b < BATCH; b++) {
        const row = logits.subarray(b * classes, (b + 1) * classes);
        if (row.indexOf(Math.max(...row)) !== this.labels[b]) wrong++;
      }
    }
    return wrong;
  }

  /** The standard deviation of each hidden layer's activations over the images. */
  spread(images, count) {
    for (const { dropout } of this.layers) dropout?.eval();
    const hidden = this.layers.slice(0, -1), sums = hidden.map(() => ({ n: 0, sum: 0, squares: 0 }));
    for (let from = 0; from < count; from += BATCH) {
      this.forward(images, from);
      for (const [l, { y }] of hidden.entries()) {
        for (const value of y) {
          sums[l].sum += value;
          sums[l].squares += value * value;
        }
        sums[l].n += y.length;
      }
    }
    return sums.map(({ n, sum, squares }) => Math.sqrt(Math.max(squares / n - (sum / n) ** 2, 0)));
  }
}
