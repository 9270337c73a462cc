/** What the program prints: one screen of 80 columns, row by row, or JSON. */
import colours from 'picocolors';

/** @typedef {import('./experiments.mjs').Plan} Plan */

const { bold, dim, green, red, yellow } = colours;
const integer = new Intl.NumberFormat('en-US');

const LEVELS = '▁▂▃▄▅▆▇█';
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/**
 * The title and the head of the first table.
 *
 * @param {Plan} plan
 */
export function titleText({ seed, learn, heldOut, deep }) {
  return [
    bold('Handwritten digits: why initialisation and dropout matter'),
    `Learns from ${integer.format(learn)} images, is tested on ${integer.format(heldOut)} new ones. Seed ${seed}.`,
    '',
    `${bold('Initialisation')}: ${deep.widths.length - 2} hidden layers of ${deep.widths[1]}, ReLU, ${epochsText(deep)}`,
    '',
    dim('  weights           spread, first layer to last         right on new images'),
  ].join('\n');
}

/**
 * @param {import('./experiments.mjs').Start} start
 * @param {Plan} plan
 */
export function startText({ name, spread, mistakes }, { heldOut }) {
  const right = 1 - mistakes / heldOut, paint = byValue(right, 0.75, 0.25);
  const ends = `${short(spread[0])} → ${short(spread.at(-1))}`;
  return `  ${name.padEnd(18)}${spread.map(level).join('')}  ${ends.padEnd(18)}${paint(`${percent(right)}  ${bar(right, 15)}`)}`;
}

/**
 * What the first table shows, and the head of the second.
 *
 * @param {Plan} plan
 */
export function dropoutText({ wide }) {
  return [
    '',
    dim('  Spread: the standard deviation of each layer\'s activations before learning,'),
    dim('  0.001 to 1 on a log scale. A ReLU halves the mean square: He makes up for it,'),
    dim('  Xavier does not, std 0.01 is far too small, and from zeros nothing is learnt'),
    dim('  but how frequent the digits are.'),
    '',
    `${bold('Dropout')}: hidden layers of ${wide.widths.slice(1, -1).join(' and ')}, He, ${epochsText(wide)}`,
    '',
    dim('  dropped           right on learnt   right on new    gap   wrong on new'),
  ].join('\n');
}

/**
 * @param {import('./experiments.mjs').Keep} keep
 * @param {Plan} plan
 * @param {number} most the mistakes that make a full bar
 */
export function keepText({ keep, mistakesLearnt, mistakes }, { learn, heldOut }, most) {
  const learnt = 1 - mistakesLearnt / learn, right = 1 - mistakes / heldOut, paint = mistakes < most ? green : yellow;
  return [
    `  ${(keep === 1 ? 'nothing' : `${100 - 100 * keep} %`).padEnd(18)}`,
    `${percent(learnt).padStart(15)}${percent(right).padStart(15)}${(100 * (learnt - right)).toFixed(1).padStart(7)}`,
    paint(`${String(mistakes).padStart(6)}  ${bar(mistakes / most, 14)}`),
  ].join('');
}

/**
 * @param {{ sha256: string }} result
 * @param {number} seconds
 */
export function footerText({ sha256 }, seconds) {
  return [
    '',
    dim('  The gap is over-fitting: images known by heart say little about new ones.'),
    '',
    `sha256 ${sha256}`,
    `of the weights with dropout, in ${seconds.toFixed(0)} s: the same for this seed, on every engine`,
  ].join('\n');
}

/**
 * @param {Plan} plan
 * @param {{ starts: import('./experiments.mjs').Start[], keeps: import('./experiments.mjs').Keep[], sha256: string }} result
 */
export function jsonText({ seed, learn, heldOut, deep, wide }, { starts, keeps, sha256 }) {
  const right = (wrong, of) => (of - wrong) / of;
  return JSON.stringify({
    seed, learn, heldOut,
    initialisation: {
      ...deep,
      runs: starts.map(({ name, spread, mistakes }) => ({ name, spread, heldOutAccuracy: right(mistakes, heldOut) })),
    },
    dropout: {
      ...wide,
      runs: keeps.map(({ keep, mistakesLearnt, mistakes }) => ({
        keep, learntAccuracy: right(mistakesLearnt, learn), heldOutAccuracy: right(mistakes, heldOut),
      })),
    },
    sha256,
  }, null, 2);
}

/** The format of the progress bar. */
export const PROGRESS = '  {bar} {percentage} %  {run}';

function epochsText({ epochs }) {
  return epochs === 1 ? '1 epoch' : `${epochs} epochs`;
}

/** A bar of one character for a standard deviation. */
function level(std) {
  const height = Math.min(Math.max(Math.floor((Math.log10(std) + 3) / 3 * LEVELS.length), 0), LEVELS.length - 1);
  return byValue(height, 6, 3)(LEVELS[height]);
}

/** A bar of at most `width` characters, in eighths. */
function bar(part, width) {
  const eighths = Math.round(Math.min(Math.max(part, 0), 1) * width * 8);
  return '█'.repeat(eighths >> 3) + EIGHTHS[eighths & 7];
}

function byValue(value, good, middling) {
  if (value >= good) return green;
  return value >= middling ? yellow : red;
}

function percent(part) {
  return `${(100 * part).toFixed(1)} %`.padStart(7);
}

/** Two digits of a number. */
function short(x) {
  return x === 0 || x >= 0.001 ? String(Number(x.toPrecision(2))) : x.toExponential(0);
}
