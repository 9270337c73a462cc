/**
 * What is timed, against whom, and the bars. A contender's name is looked up in the group's contenders.mjs (`ours`: another of ndrand's,
 * `js`: a loop), in numpy_rival.py (`numpy`; or `call` is one of numpy/cases.mjs), in tfjs/contenders.mjs (`tfjs`) or numpyts/contenders.mjs (`numpyts`).
 *
 * @typedef {object} Rival
 * @property {'ours' | 'js' | 'numpy' | 'tfjs' | 'numpyts'} from
 * @property {string} name
 * @property {string} label
 * @property {number} [bar] times faster than it, at least
 * @property {number} [reach]
 * @property {number} [expected] of its statistic, where that is not the case's
 * @property {boolean} [slow] a call takes about a second: one a round will do, with one before the first
 * @property {object} [call]
 * @typedef {object} Case
 * @property {string} id what `--only` calls it, and ndrand's contender where `contender` does not name it
 * @property {string} [contender]
 * @property {string} what how the table calls it
 * @property {number} draws elements a call draws
 * @property {number} [expected] what each contender's `statistic` must be near: who draws something else is not timed. NumPy's first where it is not told,
 *   and whether others' first are the same to 1e-9 is then reported
 * @property {string} [section] of the table that has a line for each case, and a column for each rival
 * @property {boolean} [few] the calls take milliseconds and the cases are many: a call or a few a round
 * @property {boolean} [allocates] the call makes its array: its mean time counts, collection of garbage included, not the median
 * @property {number} [tolerance] how far from that, as a part of it: 0.2 unless told
 * @property {boolean} [slow] its rival takes minutes: only with `--slow` or by name, and one round
 * @property {Rival[]} [rivals]
 * @property {{ label: string, bar?: number }} [beside] times the other call of ndrand's contender, in the same process, at most
 * @property {{ bar: number, reach?: number }} [nanoseconds] a draw, at most
 * @property {{ bar: number, reach?: number }} [milliseconds] a call, at most
 */

/** Elements of a bulk draw. */
export const N = 2 ** 20;

/** Draws a call of the contenders that draw one by one: long enough for the clock. */
export const DRAWS = 2 ** 17;

/** The category probabilities of the `choice` cases. */
export const P = [0.3, 0.6, 0.1];

/** @type {(name: string, label: string, bar: number, reach?: number) => Rival} */
const numpy = (name, label, bar, reach) => ({ from: 'numpy', name, label: `NumPy ${label}`, bar, reach });
/** @type {(name: string, label: string, bar: number, reach?: number) => Rival} */
const loop = (name, label, bar, reach) => ({ from: 'js', name, label, bar, reach });

/** @type {Case[]} */
export const cases = [
  {
    id: 'random32', what: 'random float32', draws: N, expected: 1 / 3,
    rivals: [numpy('random32', 'float32', 2.4, 3.5), loop('mathRandomFill', 'Math.random() loop', 8)],
  },
  { id: 'random64', what: 'random float64 (53 bits)', draws: N, expected: 1 / 3, rivals: [numpy('random64', 'float64', 1.2, 1.8)] },
  {
    id: 'normal32', what: 'standardNormal float32', draws: N, expected: 1,
    rivals: [numpy('normal32', 'float32', 3.7, 5.5), loop('boxMullerFill', 'JavaScript Box–Muller loop', 12)],
  },
  { id: 'normal64', what: 'standardNormal float64', draws: N, expected: 1, rivals: [numpy('normal64', 'float64', 1.5, 2.5)] },
  {
    id: 'bernoulli', what: 'bernoulli(0.3) uint8', draws: N, expected: 0.3,
    rivals: [numpy('mask', 'random float32, then less', 7, 11), numpy('binomial', 'binomial(1, p, n)', 40, 60)],
  },
  { id: 'integers', what: 'integers(0, 1000) int32', draws: N, expected: 999 * 1999 / 6, rivals: [numpy('integers', 'int32', 2, 3)] },
  {
    id: 'permutation', what: 'permutation(2^20)', draws: N, expected: (N - 1) * (2 * N - 1) / 6, allocates: true,
    rivals: [numpy('permutation', 'permutation', 1.5, 3)],
  },
  {
    id: 'choice', what: 'choice(3, n, { p })', draws: N, expected: P[1] + 4 * P[2], allocates: true,
    rivals: [numpy('choice', 'choice', 4, 8)],
  },
  { id: 'one-random', what: 'random()', draws: DRAWS, expected: 1 / 2, rivals: [loop('mathRandom', 'Math.random()', 1, 2)] },
  { id: 'one-normal', what: 'standardNormal()', draws: DRAWS, expected: 1, nanoseconds: { bar: 60, reach: 30 } },
  { id: 'one-integer', what: 'integers(10)', draws: DRAWS, expected: 4.5, nanoseconds: { bar: 60, reach: 30 } },
  { id: 'one-choice', what: "choice(['a', 'b', 'c'], { p })", draws: DRAWS, expected: P[1], nanoseconds: { bar: 150, reach: 75 } },
  { id: 'two-generators', what: 'random() of two generators in turn', draws: DRAWS, expected: 1 / 2, nanoseconds: { bar: 100, reach: 20 } },
];
