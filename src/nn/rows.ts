/** The rows of a batch, checked and made ready to be drawn from, and the ways to draw from one. */
import { rangeError } from '../errors.ts';
import { TOLERANCE_32, TOLERANCE_64 } from '../probabilities.ts';
import { tally } from './engine.ts';
import { keepLargest, keepShare } from './nucleus.ts';
import { BLOCK, blocksOf, LOGITS, PER_DRAW, PLAIN, POWERS, Softmax, type Draws } from './softmax.ts';

/** From this length on the tally's bins are fewer than what they save. */
const TALLIED = 1024;

export interface Rows {
  /** Rows of `length` elements, one after the other. */
  data: Float32Array | Float64Array;
  rows: number;
  length: number;
  input: 'logits' | 'probs';
  temperature: number;
  topK: number;
  topP: number;
  /** Draws a row that are to be made. */
  times: number;
  /** Names element k of a row, or the row, in an error. */
  name(row: number, k: number | ':'): string;
}

/** Rows that can be drawn from. */
export interface Batch {
  rows: number;
  length: number;
  /** Draws for every row. */
  draw(draws: Draws): void;
}

/** Refuses a row with an element that is none of what `input` takes. */
function refuseElement({ data, length, input, name }: Rows, row: number): never {
  for (let k = 0; ; k++) {
    const value = data[row * length + k];
    if (input === 'logits' && !(value < Infinity)) throw rangeError(name(row, k), value, 'a number or -Infinity');
    if (input === 'probs' && !(value >= 0 && value < Infinity)) throw rangeError(name(row, k), value, 'a number in [0, 1]');
  }
}

/** Checks every row of logits, `into` as for `greatest`; gives the greatest of each. Where rows can be sketched, the sums are a sketch's. */
function checkLogits(rows: Rows, source: Softmax, into: Float64Array | null, sums: Float64Array | null): Float64Array {
  const { length } = rows, maxima = new Float64Array(rows.rows), blocks = blocksOf(length), sketched = sums !== null && source.sketched;
  for (let row = 0, from = 0; row < rows.rows; row++, from += length) {
    const to = from + length, at = row * blocks, max = sketched ? source.sketch(from, to, sums, at) : source.greatest(from, to, false, into, at);
    if (!(max < Infinity)) refuseElement(rows, row);
    if (max === -Infinity) throw rangeError(rows.name(row, ':'), max, 'a row with a logit above -Infinity');
    maxima[row] = max;
    // while the row is in the cache
    if (sums !== null && !sketched) source.sums(from, to, max, sums, at);
  }
  return maxima;
}

/** The same for probabilities; the greatest only where `source` needs them. */
function checkProbabilities(rows: Rows, source: Softmax, into: Float64Array | null, sums: Float64Array | null): Float64Array {
  const { data, length, temperature } = rows, maxima = new Float64Array(rows.rows), blocks = blocksOf(length), asTheyAre = temperature === 1;
  const plain = asTheyAre ? source : new Softmax(data, length, PLAIN, 1), tolerance = data.BYTES_PER_ELEMENT === 4 ? TOLERANCE_32 : TOLERANCE_64;
  for (let row = 0, from = 0; row < rows.rows; row++, from += length) {
    if (!(plain.greatest(from, from + length, true, null, 0) <= 0)) refuseElement(rows, row);
    const sum = plain.sums(from, from + length, 0, asTheyAre ? sums : null, row * blocks);
    if (sum === Infinity) refuseElement(rows, row);
    if (!(Math.abs(sum - 1) <= tolerance)) throw rangeError(rows.name(row, ':'), sum, 'probabilities that sum to 1');
  }
  if (asTheyAre && into === null) return maxima;
  for (let row = 0, from = 0; row < rows.rows; row++, from += length) {
    const max = maxima[row] = source.greatest(from, from + length, false, into, row * blocks);
    if (!asTheyAre && sums !== null) source.sums(from, from + length, max, sums, row * blocks);
  }
  return maxima;
}

/** Checks all rows and makes them ready; nothing is drawn before. */
export function prepare(batch: Rows): Batch {
  const { data, rows, length, input, temperature, topP, times } = batch, blocks = blocksOf(length);
  const topK = batch.topK < length ? batch.topK : length, greedy = temperature === 0, whole = topK === length && topP === 1;
  const kind = input === 'logits' ? LOGITS : temperature === 1 ? PLAIN : POWERS;
  const source = new Softmax(data, length, kind, temperature);
  const few = !greedy && whole && length > PER_DRAW * times;
  const maximaOf = greedy || topK < length ? new Float64Array(rows * blocks) : null, sums = few ? new Float64Array(rows * blocks) : null;
  const maxima = (input === 'logits' ? checkLogits : checkProbabilities)(batch, source, maximaOf, sums);

  let drawRow: (row: number, draws: Draws) => void;
  if (greedy) drawRow = (row, draws) => repeat(first(data, row * length, maxima[row], maximaOf!, row * blocks), draws, row);
  else if (few) {
    // whose sums a draw has needed more exactly
    const right = new Uint8Array(rows);
    drawRow = (row, draws) => {
      const from = row * length, sketched = source.sketched && right[row] === 0;
      if (source.drawFew(from, from + length, maxima[row], sums!, row * blocks, sketched, draws, row)) right[row] = 1;
    };
  } else if (whole) drawRow = (row, draws) => source.draw(row * length, (row + 1) * length, maxima[row], draws, row);
  else drawRow = cutRows(batch, source, kind, topK, maxima, maximaOf);
  return {
    rows,
    length,
    draw(draws) {
      for (let row = 0; row < rows; row++) drawRow(row, draws);
    },
  };
}

/** The first element of a row that is its greatest. */
function first(data: Float32Array | Float64Array, from: number, max: number, maxima: Float64Array, at: number): number {
  let block = 0;
  while (maxima[at + block] !== max) block++;
  let k = block * BLOCK;
  while (data[from + k] !== max) k++;
  return k;
}

function repeat(category: number, { drawn, step, times }: Draws, row: number): void {
  for (let d = 0, at = row; d < times; d++, at += step) drawn[at] = category;
}

/** Draws from the top k, or the nucleus, of a row: what is left of it is a shorter row. */
function cutRows(
  { data, length, temperature, topP }: Rows, source: Softmax, kind: number, topK: number, maxima: Float64Array, maximaOf: Float64Array | null,
) {
  const blocks = blocksOf(length), names = new Uint32Array(length), places = new Uint32Array(length);
  const values = new Float64Array(length), bounds = new Float64Array(blocks);
  const top = new Softmax(values, length, kind, temperature).alone();
  const masses = new Float64Array(topP < 1 ? length : 0), nucleus = new Softmax(masses, length, PLAIN, 1).alone();

  /** The k largest to `values`, their numbers to `names`. */
  function keepTop(from: number, at: number): void {
    // at least k elements are not below the k-th greatest of the blocks' greatest
    let bound = -Infinity;
    if (topK < blocks) {
      for (let b = 0; b < blocks; b++) bounds[b] = maximaOf![at + b] + 0;
      bound = Infinity;
      for (let b = keepLargest(bounds, names, blocks, false, topK, places) - 1; b >= 0; b--) bound = Math.min(bound, bounds[b]);
    }
    let n = 0;
    for (let b = 0; b < blocks; b++) {
      if (maximaOf![at + b] < bound) continue;
      for (let k = b * BLOCK, end = Math.min(k + BLOCK, length); k < end; k++) {
        const value = data[from + k];
        values[n] = value + 0; // no −0
        names[n] = k;
        n += value >= bound ? 1 : 0;
      }
    }
    keepLargest(values, names, n, false, topK, places);
    top.changed();
  }

  source.alone();
  return (row: number, draws: Draws): void => {
    const from = row * length, max = maxima[row];
    let rest = source, start = from, count = length;
    if (topK < length) {
      keepTop(from, row * blocks);
      rest = top;
      start = 0;
      count = topK;
    }
    if (topP < 1) {
      rest.weights(start, start + count, max, masses);
      if (topK === length && length >= TALLIED) count = keepShare(masses, names, length, topP, places, tally.sums, tally.top, tally.shift);
      else {
        if (topK === length) for (let k = 0; k < length; k++) names[k] = k;
        count = keepLargest(masses, names, count, true, topP, places);
      }
      nucleus.changed();
      rest = nucleus;
      start = 0;
    }
    rest.draw(start, start + count, max, draws, row);
    const { drawn, step, times } = draws;
    for (let d = 0, at = row; d < times; d++, at += step) drawn[at] = names[drawn[at]];
  };
}
