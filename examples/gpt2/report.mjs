/** What the program prints: a table of the tensors, a summary, or both as JSON. */
import Table from 'cli-table3';

/** @typedef {import('./initialize.mjs').Row} Row */
/** @typedef {{ model: string, seed: string, tensors: number, parameters: number, bytes: number, ms: number, gbPerSecond: number, peakBytes: number, checksum: string, off: string[] }} Summary */

const integer = new Intl.NumberFormat('en-US');

/**
 * One line a tensor, numbers lined up.
 * @param {Row[]} rows
 */
export function tableOf(rows) {
  const anyOff = rows.some(({ off }) => off.length > 0);
  const mark = what => (anyOff ? [what] : []);
  const table = new Table({
    head: ['tensor', 'shape', 'ms', 'GB/s', 'mean', 'should be', 'std', 'should be', ...mark('')],
    colAligns: ['left', ...Array(7).fill('right'), 'left'],
    style: { head: [], border: [], compact: true },
  });
  for (const { name, shape, bytes, ms, mean, std, expected, off } of rows) {
    const meanText = decimalsFor(Math.max(Math.abs(expected.mean), expected.std));
    const stdText = decimalsFor(expected.std);
    table.push([
      name, shape.join('×'), ms.toFixed(3), gbPerSecond(bytes, ms).toFixed(2),
      meanText(mean), meanText(expected.mean), stdText(std), stdText(expected.std), ...mark(off.length > 0 ? 'OFF' : ''),
    ]);
  }
  return table.toString();
}

/**
 * @param {import('./table.mjs').Model} model
 * @param {number | bigint} seed
 * @param {import('./initialize.mjs').Result} result
 * @returns {Summary}
 */
export function summarize(model, seed, { rows, mask, checksum }) {
  const bytes = sum(rows, 'bytes');
  const ms = sum(rows, 'ms');
  const all = mask ? [...rows, mask] : rows;
  return {
    model: model.name,
    seed: String(seed),
    tensors: rows.length,
    parameters: sum(rows, 'size'),
    bytes,
    ms,
    gbPerSecond: gbPerSecond(bytes, ms),
    peakBytes: process.resourceUsage().maxRSS * 1024,
    checksum,
    off: all.flatMap(({ name, off }) => off.map(what => `${name}: ${what}`)),
  };
}

/** @param {Summary} summary */
export function summaryText({ model, seed, tensors, parameters, bytes, ms, gbPerSecond, peakBytes, checksum, off }) {
  const lines = [
    `${model}, seed ${seed}: ${integer.format(tensors)} tensors, ${integer.format(parameters)} parameters (${megabytes(bytes)})`,
    `filled in ${(ms / 1000).toFixed(3)} s, ${gbPerSecond.toFixed(2)} GB/s; peak memory of the process ${megabytes(peakBytes)}`,
    `sha256 ${checksum}`,
  ];
  if (off.length > 0) lines.push('', `${off.length} measured ${off.length === 1 ? 'value is' : 'values are'} not what theory allows:`, ...off.map(what => `  ${what}`));
  return lines.join('\n');
}

function gbPerSecond(bytes, ms) {
  return bytes / 1e6 / ms;
}

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 3 : 1)} MB`;
}

function sum(rows, key) {
  return rows.reduce((total, row) => total + row[key], 0);
}

/** Six decimals, or an exponent where those would say nothing of values of this scale. */
function decimalsFor(scale) {
  if (scale !== 0 && (scale < 1e-4 || scale >= 1e6)) return value => value.toExponential(3);
  return value => value.toFixed(6).replace(/^-(0\.0+)$/, '$1');
}
