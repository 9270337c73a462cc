/** The result as a table for the terminal, the same in markdown, and as JSON. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';
import { FIRST } from './groups.mjs';
import { spread } from './rows.mjs';

/**
 * @typedef {import('./rows.mjs').Row} Row
 * @typedef {object} Run
 * @property {string} group
 * @property {boolean} slow
 * @property {number} rounds
 * @property {number} milliseconds
 * @property {string | null} numpyMissing
 * @property {string | null} tfjs its version, or how to install it; null where nobody asks for it
 * @typedef {ReturnType<typeof import('./machine.mjs').describe> & Run} About
 */

const HEAD = ['', 'ndrand', 'rival, note', '', 'result', 'min – max', 'at least', 'reach for', ''];
const ALIGN = ['left', 'right', 'left', 'right', 'right', 'right', 'right', 'right', 'left'];

/** @param {number} value three digits, no exponent */
function digits(value) {
  if (value === 0) return '0';
  const places = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(places, 3));
}

/** @param {Row} row */
function cells({ what, rival, unit, value, bar, reach, mark, note, ours, theirs, atMost, missing }) {
  const nanoseconds = values => (values?.length > 0 ? `${digits(spread(values).median)} ns` : '');
  const limit = number => (number === undefined ? '' : unit === '×' && !atMost ? `${number} ×` : `≤ ${number} ${unit}`);
  return [
    what,
    unit === '×' ? nanoseconds(ours) : '',
    rival ?? note ?? '',
    unit === '×' ? missing ?? nanoseconds(theirs) : '',
    value ? `${digits(value.median)} ${unit}${atMost ? ' as long' : ''}` : '',
    value && value.min !== value.max ? `${digits(value.min)} – ${digits(value.max)}` : '',
    limit(bar),
    limit(reach),
    mark === 'missed' ? 'MISSED' : mark,
  ];
}

/** @param {About} about */
function aboutLines({ date, machine, versions, commit, changed, build, rounds, milliseconds, numpyMissing, tfjs }) {
  const numpy = versions.numpy ? `NumPy ${versions.numpy} (Python ${versions.python})` : `no NumPy: ${numpyMissing}`;
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGB} GB, ${machine.system}; load ${machine.load} at the start`,
    `ndrand ${versions.ndrand}${commit ? `, commit ${commit}${changed ? ' with changes' : ''}` : ''}, build ${build}`,
    `Node ${versions.node} (V8 ${versions.v8}); ${[numpy, tfjs && `TensorFlow.js ${tfjs}`].filter(Boolean).join('; ')}`,
    `${date.slice(0, 16).replace('T', ' ')} UTC; ${rounds} rounds of ${milliseconds} ms, interleaved; times are nanoseconds an element, × the median of the rounds' ratios`,
  ];
}

/** @param {Row[]} rows */
function summary(rows) {
  const barred = rows.filter(({ mark }) => mark !== '');
  const count = mark => barred.filter(row => row.mark === mark).length;
  const missed = count('missed'), unmeasured = count('not measured');
  return `${barred.length} bars: ${count('reached')} reached, ${count('met')} met, ${missed} missed${unmeasured > 0 ? `, ${unmeasured} not measured` : ''}`;
}

/** @param {About} about @param {Row[]} rows */
export function terminal(about, rows) {
  const table = new Table({ head: HEAD, colAligns: ALIGN, style: { head: [], border: [], compact: true } });
  for (const row of rows) table.push(cells(row));
  return [...aboutLines(about), table.toString(), summary(rows)].join('\n');
}

/** @param {About} about @param {Row[]} rows */
function markdown(about, rows) {
  const line = texts => `| ${texts.map(text => text.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    '# Benchmark',
    '',
    ...aboutLines(about).map(text => `- ${text}`),
    '',
    line(HEAD),
    line(ALIGN.map(align => (align === 'right' ? '---:' : '---'))),
    ...rows.map(row => line(cells(row))),
    '',
    `${summary(rows)}.`,
    '',
  ].join('\n');
}

/**
 * Writes both files, named after the day, the commit (without one, the build) and the group; gives their paths.
 *
 * @param {string} folder @param {About} about @param {Row[]} rows
 */
export function write(folder, about, rows) {
  mkdirSync(folder, { recursive: true });
  const name = [about.date.slice(0, 10), about.commit ?? about.build, about.group !== FIRST && about.group, about.slow && 'slow'].filter(Boolean).join('-');
  const rounded = (_, value) => (typeof value === 'number' ? Number(value.toPrecision(6)) : value);
  const files = [
    [join(folder, `${name}.json`), `${JSON.stringify({ ...about, rows }, rounded, 1)}\n`],
    [join(folder, `${name}.md`), markdown(about, rows)],
  ];
  for (const [path, text] of files) writeFileSync(path, text);
  return files.map(([path]) => path);
}
