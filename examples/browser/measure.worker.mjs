/** Looks at whole tensors, off the page's own thread: moments, histogram, a corner, and the checksum of all that came so far. */
import { createSHA256 } from '/node_modules/hash-wasm/dist/index.esm.min.js';

/** Elements at a time, between two messages of progress. */
const BLOCK = 2 ** 18;

/** Rows and columns of the corner, at most. */
const CORNER = 32;

const sha = createSHA256().then(hash => hash.init());

onmessage = async ({ data: message }) => {
  try {
    const hash = await sha;
    if (message.digest) postMessage({ result: hash.digest('hex') });
    else postMessage({ result: measure(message, hash) });
  } catch (error) {
    postMessage({ error: error.message });
  }
};

/** @param {{ data: Float32Array | Float64Array | Int32Array | Uint8Array, shape: number[], centre: number, bins?: import('./theory.mjs').Bins }} tensor */
function measure({ data, shape, centre, bins = { low: 0, width: Infinity, count: 1 } }, hash) {
  const { low, width, count } = bins, counts = new Float64Array(count + 2); // the first and the last: beyond the bins
  const n = data.length;
  let sum = 0, squares = 0, least = Infinity, most = -Infinity;
  for (let start = 0; start < n; start += BLOCK) {
    const end = Math.min(start + BLOCK, n);
    let blockSum = 0, blockSquares = 0;
    for (let i = start; i < end; i++) {
      const x = data[i], away = x - centre; // about what it should be, so that no large sums cancel
      blockSum += away;
      blockSquares += away * away;
      if (x < least) least = x;
      if (x > most) most = x;
      const bin = Math.floor((x - low) / width) + 1;
      counts[bin < 0 ? 0 : bin > count ? count + 1 : bin]++;
    }
    sum += blockSum;
    squares += blockSquares;
    hash.update(new Uint8Array(data.buffer, data.byteOffset + start * data.BYTES_PER_ELEMENT, (end - start) * data.BYTES_PER_ELEMENT));
    postMessage({ progress: end });
  }
  const apart = sum / n;
  return { mean: centre + apart, std: Math.sqrt(Math.max(0, squares / n - apart * apart)), least, most, counts, corner: cornerOf(data, shape) };
}

/** The first rows and columns of the last two dimensions; a vector is read as rows of so many columns. */
function cornerOf(data, shape) {
  const across = shape.length > 1 ? shape.at(-1) : Math.min(CORNER, data.length);
  const columns = Math.min(CORNER, across), rows = Math.min(CORNER, shape.length > 1 ? shape.at(-2) : Math.ceil(data.length / across));
  const values = new Float64Array(rows * columns).fill(NaN);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns && row * across + column < data.length; column++) values[row * columns + column] = data[row * across + column];
  }
  return { rows, columns, values };
}
