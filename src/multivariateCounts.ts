/** Distributions whose samples are rows of counts: multinomial and multivariate hypergeometric. */
import { toResult, toTarget, sizeArgument, type Target } from './arguments.ts';
import type { BitGenerator } from './bitGenerator.ts';
import { broadcast, isParameters, spread, toParameters, type Spread, type Take } from './broadcast.ts';
import { oneOf, type Options } from './checks.ts';
import { allocate, isBigIntDType, type DType } from './dtype.ts';
import { containerOf, PART, parts, probability, read, viewOf, wholeParts } from './distributions.ts';
import { countTo63, wholeParameter } from './counts.ts';
import { kernels } from './engine.ts';
import { rangeError, typeError } from './errors.ts';
import { drawBlocks, fillArray, plainKernel } from './fill.ts';
import type { NDArray } from './ndarray.ts';
import { toShape } from './shape.ts';
import { seriesKernel } from './shuffle.ts';

/** Where rows go: the shape of a size, or of the parameters, and one axis more. */
function rowTarget(rows: readonly number[], categories: number, size: unknown, options: Options, most: number): { target: Target<DType>; form: number } {
  const { form, usual, dtypes } = containerOf(most, options), wanted = sizeArgument(size, options);
  const shape = [...(wanted === undefined ? rows : toShape(wanted)), categories];
  return { form, target: toTarget<DType>(shape, { ...options, size: undefined }, dtypes, usual) };
}

/** Refuses rows of probabilities whose sum, but for the last, is above 1: Kahan's sum and NumPy's tolerance. */
function checkSums({ data }: Spread, categories: number): void {
  for (let at = 0; at < data.length; at += categories) {
    let sum = 0, lost = 0;
    for (let i = at; i < at + categories - 1; i++) {
      const term = (data[i] as number) - lost, next = sum + term;
      lost = next - sum - term;
      sum = next;
    }
    if (sum > 1 + 1e-12) throw rangeError('pvals', sum, 'probabilities whose sum, but for the last, is at most 1');
  }
}

/** Draws rows element by element, each with parameters taken for it; all rows have the same where they do not `differ`. */
function drawRows(
  generator: BitGenerator, target: Target<DType>, form: number, categories: number, differ: boolean, takes: readonly [Take, Float64Array | BigInt64Array][],
  begin: () => void, fill: (n: number, each: boolean, form: number) => void,
): void {
  // blocks of whole rows then, for which the parameters stay as they are
  const again = !differ && categories <= PART, capacity = again ? PART - (PART % categories) : PART;
  let begun = false;
  fillArray(generator, plainKernel(viewOf(form), n => {
    if (!begun) begin();
    if (!begun || !again) for (const [take, into] of takes) take(into, 0, n);
    begun = true;
    fill(n, true, form);
  }, capacity), target.data);
}

/** `plain`: RandomState's, for one n and one row of probabilities. */
export function drawMultinomial(generator: BitGenerator, n: unknown, pvals: unknown, size: unknown, options: Options, plain = false): NDArray {
  const trials = read(wholeParameter('n', countTo63), n);
  if (!isParameters(pvals)) throw typeError('pvals', pvals, 'an array of numbers in [0, 1]');
  const chances = toParameters('pvals', pvals, false, (value, place) => {
    if (typeof value === 'number' && probability.fits(value)) return value;
    throw (typeof value === 'number' ? rangeError : typeError)(`pvals${place()}`, value, probability.takes);
  });
  const { shape } = chances, categories = shape[shape.length - 1];
  if (plain && (typeof trials === 'object' || shape.length !== 1)) throw typeError(typeof trials === 'object' ? 'n' : 'pvals', typeof trials === 'object' ? n : pvals, 'one dimension less');
  if (!(categories > 0 || (plain && categories === 0))) throw rangeError('pvals', pvals, 'an array whose last dimension is above 0');
  checkSums(chances, categories);
  // n stands before the rows, as if it had their axis
  const before = shape.slice(0, -1), many = typeof trials === 'object' || before.length > 0;
  const rows = broadcast(['n', 'pvals'], [trials, { data: chances.data, shape: before }]);
  const most = typeof trials === 'object' ? Array.from(trials.data, Number).reduce((least, each) => Math.max(least, each), 0) : Number(trials);
  const { target, form } = rowTarget(rows, categories, size, options, most <= 2 ** 53 ? most : 2 ** 63);
  const whole = { data: target.data, shape: target.shape! };
  const takeTrials: Take = typeof trials === 'object'
    ? spread('n', { data: trials.data, shape: [...trials.shape, 1] }, whole)
    : (into, at, end) => void (into as BigInt64Array).fill(BigInt(trials), at, end);
  drawRows(generator, target, form, categories, many, [[takeTrials, wholeParts[0]], [spread('pvals', chances, whole), parts[1]]], () => kernels.setCategories(categories), kernels.fillMultinomial);
  return toResult(target) as NDArray;
}

/** How multivariate hypergeometric rows are made: see Generator.multivariateHypergeometric. */
export const hypergeometricMethods = ['marginals', 'count'] as const;

export function drawMultivariateHypergeometric(generator: BitGenerator, colors: unknown, nsample: unknown, size: unknown, options: Options): NDArray {
  const { method: given, ...rest } = options, method = oneOf('method', given, hypergeometricMethods, 'marginals');
  const takes = 'an array of whole numbers from 0 to 2^63 − 1, of one dimension';
  const there = isParameters(colors) ? read(wholeParameter('colors', countTo63), colors) : undefined;
  if (typeof there !== 'object' || there.shape.length !== 1) throw typeError('colors', colors, takes);
  const sampled = read(wholeParameter('nsample', countTo63), nsample);
  if (typeof sampled === 'object') throw typeError('nsample', nsample, 'a whole number');
  const sum = Array.from(there.data as Float64Array, BigInt).reduce((total, each) => total + each, 0n);
  if (sum >> 63n) throw rangeError('colors', colors, 'numbers whose sum is at most 2^63 − 1');
  if (method === 'marginals' && sum >= 1000000000n) throw rangeError('colors', colors, `numbers whose sum is below 10^9 for method 'marginals': theirs is ${sum}`);
  if (BigInt(sampled) > sum) throw rangeError('nsample', nsample, `at most the sum of colors, ${sum}`);
  const categories = there.data.length, total = Number(sum), sample = Number(sampled);
  const choices = method === 'count' && sample > 0 ? allocate('int32', total, 'colors') : undefined;
  const { target, form } = rowTarget([], categories, size, rest, sample <= 2 ** 53 ? sample : 2 ** 63);
  if (choices) {
    drawByCount(generator, choices, there, sample, target);
  } else {
    const take = spread('colors', there, { data: target.data, shape: target.shape! });
    // of no sample nothing is left to draw, whatever the total
    const begin = (): void => kernels.setColours(categories, sample, sample > 0 ? total : 0);
    drawRows(generator, target, form, categories, false, [[take, wholeParts[0]]], begin, kernels.fillMarginals);
  }
  return toResult(target) as NDArray;
}

/** By the beginnings of shuffles: all that is there, laid out in `choices`, goes on from row to row as it is. */
function drawByCount(generator: BitGenerator, choices: Int32Array, { data }: Spread, sample: number, target: Target<DType>): void {
  const total = choices.length, past = sample > Math.floor(total / 2), wanted = past ? total - sample : sample, there = Array.from(data, Number);
  let at = 0;
  there.forEach((n, color) => choices.fill(color, at, at += n));
  const into = target.data as { [i: number]: unknown }, wide = isBigIntDType(target.dtype);
  const write = (row: number, counts: Int32Array): void => {
    for (let color = 0, to = row * there.length; color < there.length; color++) {
      const count = past ? there[color] - counts[color] : counts[color];
      into[to++] = wide ? BigInt(count) : count;
    }
  };
  const counts = new Int32Array(there.length), rows = target.data.length / there.length;
  if (wanted === 0) for (let row = 0; row < rows; row++) write(row, counts);
  // as a shuffle draws them, from all down to what is wanted, again and again
  else drawBlocks(generator, seriesKernel(total - 1, total - wanted, 'mask'), rows * wanted, (view, from, to, done) => {
    for (let row = Math.floor(done / wanted), j = done % wanted; from < to; j = 0) {
      const end = Math.min(wanted, j + to - from);
      pick(choices, counts, view as Uint32Array, from, j, end);
      from += end - j;
      if (end < wanted) return;
      write(row++, counts);
      counts.fill(0);
    }
  });
}

/** Swaps places j … end of `choices` with those drawn at or past each, and counts what comes there. */
function pick(choices: Int32Array, counts: Int32Array, view: Uint32Array, from: number, j: number, end: number): void {
  for (; j < end; j++) {
    const k = j + view[from++], color = choices[k];
    choices[k] = choices[j];
    choices[j] = color;
    counts[color]++;
  }
}
