/** The two tables of a result: one with a line for each comparison, and for long lists of calls one with a line for each call and columns for its rivals. */
import { spread } from './rows.mjs';

/**
 * @typedef {import('./rows.mjs').Row} Row
 * @typedef {object} Table
 * @property {string} [title]
 * @property {string[]} head
 * @property {('left' | 'right')[]} align
 * @property {string[][]} lines
 */

/** @param {number} value three digits, no exponent */
function digits(value) {
  if (value === 0) return '0';
  const places = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(places, 3));
}

const nanoseconds = values => (values?.length > 0 ? `${digits(spread(values).median)} ns` : '');
const range = value => (value && value.min !== value.max ? `${digits(value.min)} – ${digits(value.max)}` : '');
const told = mark => (mark === 'missed' ? 'MISSED' : mark);

/** @param {Row} row */
function cells({ what, rival, unit, value, bar, reach, mark, note, ours, theirs, atMost, missing, absent }) {
  const limit = number => (number === undefined ? '' : unit === '×' && !atMost ? `${number} ×` : `≤ ${number} ${unit}`);
  return [
    what,
    absent ?? (unit === '×' ? nanoseconds(ours) : ''),
    rival ?? note ?? '',
    unit === '×' ? missing ?? nanoseconds(theirs) : '',
    value ? `${digits(value.median)} ${unit}${atMost ? ' as long' : ''}` : '',
    range(value),
    limit(bar),
    limit(reach),
    told(mark),
  ];
}

/** @param {Row[]} rows @returns {Table} */
function lineEach(rows) {
  return {
    head: ['', 'ndrand', 'rival, note', '', 'result', 'min – max', 'at least', 'reach for', ''],
    align: ['left', 'right', 'left', 'right', 'right', 'right', 'right', 'right', 'left'],
    lines: rows.map(cells),
  };
}

/** Rows of one section, grouped by what is called. @param {string} title @param {Row[]} rows @returns {Table} */
function sideBySide(title, rows) {
  const rivals = [...new Set(rows.map(({ rival }) => rival))];
  const limits = rivals.map(rival => [...new Set(rows.filter(row => row.rival === rival && row.bar !== undefined).map(({ bar, reach }) => `${bar}, ${reach}`))]);
  const head = ['', 'ndrand'], align = ['left', 'right'];
  rivals.forEach((rival, k) => {
    // one bar for all: in the head
    head.push(rival, '×', 'min – max', ...(limits[k].length > 1 ? ['bar, reach', ''] : [limits[k].length === 1 ? `(${limits[k]})` : '']));
    align.push('right', 'right', 'right', ...(limits[k].length > 1 ? ['right', 'left'] : ['left']));
  });
  const lines = [...new Set(rows.map(({ id }) => id))].map(id => {
    const group = rows.filter(row => row.id === id), { what, absent, ours } = group[0];
    const line = [what, absent ? absent.split(':')[0] : nanoseconds(ours)];
    rivals.forEach((rival, k) => {
      const row = group.find(each => each.rival === rival);
      const limit = limits[k].length > 1 ? [row?.bar === undefined ? '' : `${row.bar}, ${row.reach}`] : [];
      if (!row) line.push('', '', '', ...limit, '');
      else line.push(row.missing ?? nanoseconds(row.theirs), row.value ? digits(row.value.median) : '', range(row.value), ...limit, row.value ? told(row.mark) : '');
    });
    return line;
  });
  return { title, head, align, lines };
}

/** @param {Row[]} rows @returns {Table[]} */
export function tables(rows) {
  const sections = [...new Set(rows.map(({ section }) => section).filter(Boolean))];
  const others = rows.filter(({ section }) => !section);
  return [
    ...sections.map(section => sideBySide(section, rows.filter(row => row.section === section))),
    ...(others.length > 0 ? [lineEach(others)] : []),
  ];
}

/** What rows amount to: how many bars were met, and by name which were not. @param {Row[]} rows */
export function summary(rows) {
  const barred = rows.filter(({ mark }) => mark !== '');
  const marked = mark => barred.filter(row => row.mark === mark);
  const missed = marked('missed'), unmeasured = marked('not measured').length;
  const lines = [`${barred.length} bars: ${marked('reached').length} reached, ${marked('met').length} met, ${missed.length} missed${unmeasured > 0 ? `, ${unmeasured} not measured` : ''}`];
  if (!rows.some(({ section }) => section)) return lines;
  const name = ({ id, rival, value, bar }) => `${id}${rival ? ` (${rival})` : ''} ${digits(value.median)} of ${bar}`;
  if (missed.length > 0) lines.push(`missed: ${missed.map(name).join(', ')}`);
  for (const rival of new Set(rows.filter(({ same }) => same !== undefined).map(row => row.rival))) {
    const known = rows.filter(row => row.rival === rival && row.same !== undefined), other = known.filter(({ same }) => !same);
    lines.push(`the same numbers as ${rival}'s from the same seed: ${known.length - other.length} of ${known.length} calls${other.length > 0 ? `; others: ${other.map(({ id }) => id).join(', ')}` : ''}`);
  }
  for (const why of new Set(rows.map(({ absent }) => absent).filter(Boolean))) {
    lines.push(`${why}: ${[...new Set(rows.filter(({ absent }) => absent === why).map(({ id }) => id))].join(', ')}`);
  }
  return lines;
}
