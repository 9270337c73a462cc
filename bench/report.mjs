/** The result as a table for the terminal, the same in markdown, and as JSON. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';
import { FIRST } from './groups.mjs';
import { summary, tables } from './tables.mjs';

/**
 * @typedef {import('./rows.mjs').Row} Row
 * @typedef {object} Run
 * @property {string} group
 * @property {boolean} slow
 * @property {number} rounds
 * @property {number} milliseconds
 * @property {string | null} numpyMissing
 * @property {Record<string, string>} packages of rivals, by name: the version, or how to install it
 * @typedef {ReturnType<typeof import('./machine.mjs').describe> & Run} About
 */

/** A table without lines. */
const BARE = Object.fromEntries(['', '-mid', '-left', '-right'].flatMap(end => ['top', 'bottom', 'mid', 'left', 'right'].map(side => [side + end, ''])));
BARE.middle = '';

/** @param {About} about @param {Row[]} rows */
function aboutLines({ date, machine, versions, commit, changed, build, rounds, milliseconds, numpyMissing, packages }, rows) {
  const least = Math.min(rounds, ...rows.filter(({ section, value }) => section && value).map(({ ours }) => ours.length));
  const fewer = least < rounds ? ` (of slow calls ${least})` : '';
  const numpy = versions.numpy ? `NumPy ${versions.numpy} (Python ${versions.python})` : `no NumPy: ${numpyMissing}`;
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGB} GB, ${machine.system}; load ${machine.load} at the start`,
    `ndrand ${versions.ndrand}${commit ? `, commit ${commit}${changed ? ' with changes' : ''}` : ''}, build ${build}`,
    `Node ${versions.node} (V8 ${versions.v8}); ${[numpy, ...Object.entries(packages).map(([name, version]) => `${name} ${version}`)].join('; ')}`,
    `${date.slice(0, 16).replace('T', ' ')} UTC; ${rounds} rounds of ${milliseconds} ms${fewer}, interleaved; times are nanoseconds an element, × the median of the rounds' ratios`,
  ];
}

/** @param {About} about @param {Row[]} rows */
export function terminal(about, rows) {
  const parts = tables(rows).flatMap(({ title, head, align, lines }) => {
    const table = new Table({ head, colAligns: align, style: { head: [], border: [], compact: true }, ...(title && { chars: BARE }) });
    table.push(...lines);
    return [...(title ? [`\n${title}`] : []), table.toString()];
  });
  return [...aboutLines(about, rows), ...parts, ...summary(rows)].join('\n');
}

/** @param {About} about @param {Row[]} rows */
function markdown(about, rows) {
  const line = texts => `| ${texts.map(text => text.replaceAll('|', '\\|')).join(' | ')} |`;
  const parts = tables(rows).flatMap(({ title, head, align, lines }) => [
    ...(title ? [`## ${title}`, ''] : []),
    line(head),
    line(align.map(side => (side === 'right' ? '---:' : '---'))),
    ...lines.map(line),
    '',
  ]);
  return ['# Benchmark', '', ...aboutLines(about, rows).map(text => `- ${text}`), '', ...parts, ...summary(rows).flatMap(text => [`${text}.`, ''])].join('\n');
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
