/** Softmax in plain arithmetic: Math.exp differs in its last bits from engine to engine, and so would the weights after a few steps. */

// ln 2 in two parts, the first with zeros at its end, so that its product with a small integer is exact: fdlibm, e_exp.c
const LN2_HIGH = 6.93147180369123816490e-1, LN2_LOW = 1.90821492927058770002e-10;
const PER_LN2 = 1.44269504088896338700;

/** 2^−k. Each is half of the one before, exactly; `**` need not be exact. */
const powers = new Float64Array(1023).fill(1);
for (let k = 1; k < powers.length; k++) powers[k] = powers[k - 1] / 2;

/** e^x for x ≤ 0, to about a unit in the last place: x = r − k · ln 2 with |r| ≤ ln 2 / 2, and Taylor's series of e^r to r^13 / 13!. */
export function exp(x) {
  if (x < -700) return 0;
  const k = Math.floor(0.5 - x * PER_LN2), r = x + k * LN2_HIGH + k * LN2_LOW;
  let sum = 1;
  for (let i = 13; i > 0; i--) sum = 1 + r * sum / i;
  return sum * powers[k];
}

/**
 * The gradient of the cross-entropy by the logits: softmax(logits) − 1 at the label, row by row.
 *
 * @param {Float32Array} logits
 * @param {ArrayLike<number>} labels a category a row
 * @param {Float32Array} gradient written
 */
export function gradientOfLogits(logits, labels, gradient) {
  const classes = logits.length / labels.length, e = new Float64Array(classes);
  for (let row = 0; row < labels.length; row++) {
    const at = row * classes;
    let largest = -Infinity, sum = 0;
    for (let j = 0; j < classes; j++) largest = Math.max(largest, logits[at + j]);
    for (let j = 0; j < classes; j++) sum += e[j] = exp(logits[at + j] - largest);
    for (let j = 0; j < classes; j++) gradient[at + j] = e[j] / sum - (j === labels[row] ? 1 : 0);
  }
}
