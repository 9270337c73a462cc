/** Rows of logits or probabilities as weights to draw by: copied to the engine piece by piece, weighed there (assembly/nn/softmax.ts). */
import { out } from '../engine.ts';
import { input, nn } from './engine.ts';

/** What rows are to the engine: logits, probabilities to be raised to 1/T, or weights as they are. */
export const LOGITS = 0, POWERS = 2, PLAIN = 4;

/** Elements of a block, whose sum the engine gives. */
export const BLOCK = 128;

/** How many blocks a row has. */
export const blocksOf = (length: number) => Math.ceil(length / BLOCK);

/** The first of `count` non-decreasing numbers from `at` on that is above `bound`, less `at`; the last is. */
function firstAbove(numbers: Float64Array, at: number, count: number, bound: number): number {
  let low = at, high = at + count - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle] > bound) high = middle;
    else low = middle + 1;
  }
  return low - at;
}

/** A row's draws: uniform numbers in, categories out, both `step` apart from `first` on. */
export interface Draws {
  uniforms: Float64Array;
  drawn: Uint32Array;
  step: number;
  times: number;
}

/** Weighing a block for one draw takes as long as weighing this many elements more in the pass over a row (measured). */
export const PER_DRAW = 320;

/** Below this, a loop is faster than making a view and calling `set` (measured for src/fill.ts). */
const FEW = 64;

/** Guides longer than the cumulative weights are at most this long: they stay in the L2 cache. */
const GUIDE = 2 ** 15;

/** Longer rows have none. */
const MOST_GUIDED = 2 ** 24;

/** A sketched weight e^x is within SKETCH + SKETCH_X |x| of itself: see assembly/nn/sketch.ts, and a hundredth for the roundings of sums. */
const SKETCH = 5.05 * 2 ** -24, SKETCH_X = 3.03 * 2 ** -24;

/**
 * How far the sum of n sketched weights may be from the right one. The mean of |x| = −ln w over the weights is at most ln(n / sum), as no
 * distribution has more entropy than the uniform one; and at most 88, past which nothing is weighed.
 */
function sketchError(n: number, sum: number): number {
  const mean = n < sum * 2 ** 31 ? Math.LN2 * (32 - Math.clz32(n / sum)) : 88;
  return sum * (SKETCH + SKETCH_X * mean);
}

/** Whose data stand in the engine's memory, by number: nobody's data are held on to. */
let owner = 0, made = 0;

/** Rows of `length` elements, one after the other in `data`. */
export class Softmax {
  private readonly id = ++made;
  private readonly view: Float32Array | Float64Array;
  private readonly form: number;
  private readonly inverse: number;
  /** Elements copied ahead: whole rows, where more than one fits. */
  private ahead: number;
  /** What stands in the engine's memory: elements `start` … `end`. */
  private start = 0;
  private end = 0;
  /** The cumulative weights of a row that the output block does not take. */
  private long: Float64Array | undefined;
  private guide: Uint32Array | undefined;
  private blocks: Float64Array | undefined;

  constructor(readonly data: Float32Array | Float64Array, private readonly length: number, kind: number, temperature: number) {
    const wide = data.BYTES_PER_ELEMENT === 8;
    this.view = wide ? input.float64 : input.float32;
    this.form = kind + Number(wide);
    this.inverse = Math.min(1 / temperature, Number.MAX_VALUE); // 0 times it is 0
    this.ahead = Math.floor(this.view.length / length) * length;
  }

  /** From here on rows are taken one at a time, with others between them: nothing is copied ahead. */
  alone(): this {
    this.ahead = 0;
    return this;
  }

  /** Forgets what was copied: the data has changed. */
  changed(): void {
    if (owner === this.id) owner = 0;
  }

  /** Copies elements `from` … `to`, at most as many as fit, where they are not there yet; gives where. */
  private place(from: number, to: number, ahead: number): number {
    if (owner !== this.id || from < this.start || to > this.end) {
      owner = this.id;
      this.start = from;
      this.end = Math.max(to, Math.min(from + ahead, this.data.length));
      const { view, data, end } = this;
      if (end - from < FEW) for (let i = from; i < end; i++) view[i - from] = data[i];
      else view.set(data.subarray(from, end));
    }
    return from - this.start;
  }

  /** The greatest of elements `from` … `to`, or of their opposites; NaN where there is one. The greatest of each block goes to `into`. */
  greatest(from: number, to: number, opposite: boolean, into: Float64Array | null, at: number): number {
    let most = -Infinity;
    for (let piece = from; piece < to;) {
      const next = Math.min(piece + this.view.length, to);
      const one = nn.greatestOf(this.place(piece, next, this.ahead), next - piece, this.form, opposite);
      if (!(one <= most)) most = one;
      if (most !== most) break;
      if (into !== null) for (let b = 0, blocks = blocksOf(next - piece); b < blocks; b++) into[at++] = out.float64[b];
      piece = next;
    }
    return most;
  }

  /** Writes the cumulative weights of the blocks of elements `from` … `to`, whose greatest is `max`, to `into`; gives the last. */
  sums(from: number, to: number, max: number, into: Float64Array | null, at: number): number {
    let sum = 0;
    for (let piece = from; piece < to;) {
      const next = Math.min(piece + this.view.length, to);
      nn.blockSums(this.place(piece, next, this.ahead), next - piece, this.form, max, this.inverse);
      for (let b = 0, blocks = blocksOf(next - piece); b < blocks; b++) {
        sum += out.float64[b];
        if (into !== null) into[at++] = sum;
      }
      piece = next;
    }
    return sum;
  }

  /** Can rows be sketched? The engine's float32 holds temperature and differences. */
  get sketched(): boolean {
    return this.form === LOGITS && this.inverse > 2 ** -20 && this.inverse < 2 ** 20;
  }

  /** `greatest`, and `sums` roughly: each piece is weighed by its own greatest, so that it is copied once. */
  sketch(from: number, to: number, into: Float64Array, at: number): number {
    const maxima: number[] = [], size = this.view.length, first = at;
    let max = -Infinity;
    for (let piece = from; piece < to; piece += size) {
      const n = Math.min(size, to - piece), place = this.place(piece, piece + n, this.ahead), one = nn.greatestOf(place, n, this.form, false);
      if (!(one < Infinity)) return one;
      maxima.push(one);
      if (one > max) max = one;
      // of a piece of -Infinity alone, whatever is there
      if (one > -Infinity) nn.sketchSums(place, n, one, this.inverse * Math.LOG2E);
      for (let b = 0, blocks = blocksOf(n); b < blocks; b++) into[at++] = out.float64[b];
    }
    for (let i = first, sum = 0; i < at; i++) {
      const one = maxima[Math.floor((i - first) * BLOCK / size)];
      if (one > -Infinity) sum += one === max ? into[i] : into[i] * nn.powerOf((one - max) * this.inverse);
      into[i] = sum;
    }
    return max;
  }

  /** Writes the weights to `into`, and leaves their tally. */
  weights(from: number, to: number, max: number, into: Float64Array): void {
    for (let piece = from; piece < to;) {
      const next = Math.min(piece + this.view.length, to);
      nn.softmaxWeights(this.place(piece, next, this.ahead), next - piece, this.form, max, this.inverse, piece === from);
      into.set(out.float64.subarray(0, next - piece), piece - from);
      piece = next;
    }
  }

  /** The cumulative weights of all elements, in the output block or a longer array. */
  private cumulative(from: number, to: number, max: number): Float64Array {
    if (to - from <= this.view.length) {
      nn.cumulativeWeights(this.place(from, to, this.ahead), to - from, this.form, max, this.inverse, 0);
      return out.float64;
    }
    this.long ??= new Float64Array(this.length);
    let sum = 0;
    for (let piece = from; piece < to;) {
      const next = Math.min(piece + this.view.length, to);
      sum = nn.cumulativeWeights(this.place(piece, next, this.ahead), next - piece, this.form, max, this.inverse, sum);
      this.long.set(out.float64.subarray(0, next - piece), piece - from);
      piece = next;
    }
    return this.long;
  }

  /** Draws from elements `from` … `to`, whose greatest is `max`: the way that takes less time, as both give the same. */
  draw(from: number, to: number, max: number, draws: Draws, first: number): void {
    if (to - from <= PER_DRAW * draws.times) {
      this.drawMany(from, to, max, draws, first);
      return;
    }
    this.blocks ??= new Float64Array(blocksOf(this.length));
    this.sums(from, to, max, this.blocks, 0);
    this.drawFew(from, to, max, this.blocks, 0, false, draws, first);
  }

  /** Draws from all the cumulative weights: what takes a pass over the row, and little a draw. */
  private drawMany(from: number, to: number, max: number, { uniforms, drawn, step, times }: Draws, first: number): void {
    const count = to - from, through = this.cumulative(from, to, max), total = through[count - 1];
    if (times < count || count > MOST_GUIDED) {
      for (let d = 0, at = first; d < times; d++, at += step) drawn[at] = firstAbove(through, 0, count, uniforms[at] * total);
      return;
    }
    // where to begin is looked up: Chen and Asau, "On generating random variates from an empirical distribution" (1974); with many cells to
    // a category that is mostly where it ends, as the processor foresees (measured: 12 ns a draw of ten categories for 17)
    const cells = 1 << 32 - Math.clz32(Math.max(count, Math.min(GUIDE, 16 * count, times) - 1));
    const guide = this.guide !== undefined && this.guide.length >= cells ? this.guide : (this.guide = new Uint32Array(cells));
    for (let g = 0, i = 0; g < cells; g++) {
      const bound = g / cells * total;
      while (through[i] <= bound) i++;
      guide[g] = i;
    }
    for (let d = 0, at = first; d < times; d++, at += step) {
      const u = uniforms[at], bound = u * total;
      let i = guide[Math.floor(u * cells)];
      while (through[i] <= bound) i++;
      drawn[at] = i;
    }
  }

  /**
   * The same draws from the cumulative weights of the blocks at `at` of `sums`: each weighs one block anew. Where a draw by a sketch's sums is too
   * near to the edge of its category (with 50,257 normal logits 1 in 27), they are replaced by the right ones; true then.
   */
  drawFew(from: number, to: number, max: number, sums: Float64Array, at: number, sketched: boolean, draws: Draws, first: number): boolean {
    const { uniforms, drawn, step, times } = draws, blocks = blocksOf(to - from), { float64 } = out;
    for (let d = 0, place = first; d < times; d++, place += step) {
      const u = uniforms[place], total = sums[at + blocks - 1], bound = u * total, block = firstAbove(sums, at, blocks, bound);
      const skipped = block * BLOCK, start = from + skipped, count = Math.min(BLOCK, to - start), before = block === 0 ? 0 : sums[at + block - 1];
      // a block's own weights are right; what they are to reach, u · (all from it on) − (1 − u) · (all before), is off by `error` at most
      const own = sketched ? bound - before : bound;
      nn.cumulativeWeights(this.place(start, start + count, 0), count, this.form, max, this.inverse, sketched ? 0 : before);
      const k = firstAbove(float64, 0, count, own);
      if (sketched) {
        const off = u * sketchError(to - start, total - before), offBefore = block === 0 ? 0 : (1 - u) * sketchError(skipped, before);
        const error = off + offBefore + 1e-20 * total; // and weights below 2^-126
        if (!(float64[k] - own > error && own - (k === 0 ? 0 : float64[k - 1]) > error)) {
          this.sums(from, to, max, sums, at);
          this.drawFew(from, to, max, sums, at, false, { uniforms, drawn, step, times: times - d }, place);
          return true;
        }
      }
      drawn[place] = skipped + k;
    }
    return false;
  }
}
