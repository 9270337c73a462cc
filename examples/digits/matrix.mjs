/**
 * The products of a dense layer over row-major Float32Arrays. Weights are [inputs, outputs], so that every inner loop runs along a row.
 * Inputs that are 0 are skipped: most pixels are black, ReLU makes half of the activations 0, and dropout more.
 *
 * Sums are taken in float64 in a fixed order, so results are the same on every engine.
 */

// the factors other than 0 and where their rows begin, gathered before each run of products
const factors = new Float64Array(4096);
const starts = new Int32Array(4096);

/** target[at …] += Σ factors[k] · rows[starts[k] …], for `count` rows of length n; four at a time, which read and write the target once. */
function addRows(target, at, n, rows, count) {
  let k = 0;
  for (; k + 4 <= count; k += 4) {
    const f0 = factors[k], f1 = factors[k + 1], f2 = factors[k + 2], f3 = factors[k + 3];
    const r0 = starts[k], r1 = starts[k + 1], r2 = starts[k + 2], r3 = starts[k + 3];
    for (let j = 0; j < n; j++) target[at + j] += f0 * rows[r0 + j] + f1 * rows[r1 + j] + f2 * rows[r2 + j] + f3 * rows[r3 + j];
  }
  for (; k < count; k++) {
    const f = factors[k], r = starts[k];
    for (let j = 0; j < n; j++) target[at + j] += f * rows[r + j];
  }
}

/** y = x · weights + biases, for a batch: x is [batch, inputs], y is [batch, outputs]. */
export function affine(x, weights, biases, y, batch) {
  const outputs = biases.length, inputs = weights.length / outputs;
  for (let b = 0; b < batch; b++) {
    let count = 0;
    for (let i = 0; i < inputs; i++) {
      const value = x[b * inputs + i];
      if (value !== 0) {
        factors[count] = value;
        starts[count++] = i * outputs;
      }
    }
    y.set(biases, b * outputs);
    addRows(y, b * outputs, outputs, weights, count);
  }
}

/** dx = dy · weightsᵀ where x is above 0, else 0: the gradient through weights and the ReLU before them. */
export function gradientOfInputs(dy, weights, x, dx, batch) {
  const outputs = dy.length / batch, inputs = x.length / batch;
  dx.fill(0);
  for (let b = 0; b < batch; b++) {
    const from = b * outputs, to = b * inputs;
    let count = 0;
    for (let i = 0; i < inputs; i++) if (x[to + i] > 0) starts[count++] = i;
    let k = 0;
    for (; k + 4 <= count; k += 4) {
      const i0 = starts[k], i1 = starts[k + 1], i2 = starts[k + 2], i3 = starts[k + 3];
      const r0 = i0 * outputs, r1 = i1 * outputs, r2 = i2 * outputs, r3 = i3 * outputs;
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
      for (let j = 0; j < outputs; j++) {
        const d = dy[from + j];
        s0 += d * weights[r0 + j];
        s1 += d * weights[r1 + j];
        s2 += d * weights[r2 + j];
        s3 += d * weights[r3 + j];
      }
      dx[to + i0] = s0;
      dx[to + i1] = s1;
      dx[to + i2] = s2;
      dx[to + i3] = s3;
    }
    for (; k < count; k++) {
      const i = starts[k];
      let sum = 0;
      for (let j = 0; j < outputs; j++) sum += dy[from + j] * weights[i * outputs + j];
      dx[to + i] = sum;
    }
  }
}

/** A step of gradient descent: weights −= rate · xᵀ · dy / batch, and the biases likewise. */
export function descend(weights, biases, x, dy, batch, rate) {
  const outputs = biases.length, inputs = weights.length / outputs, step = -rate / batch;
  for (let i = 0; i < inputs; i++) {
    let count = 0;
    for (let b = 0; b < batch; b++) {
      const value = x[b * inputs + i];
      if (value !== 0) {
        factors[count] = step * value;
        starts[count++] = b * outputs;
      }
    }
    if (count > 0) addRows(weights, i * outputs, outputs, dy, count);
  }
  for (let b = 0; b < batch; b++) for (let j = 0; j < outputs; j++) biases[j] += step * dy[b * outputs + j];
}
