/**
 * The rows of the result: what was measured, against which bar. Ratios are of one round each; the median is what counts.
 *
 * @typedef {{ median: number, min: number, max: number }} Spread
 * @typedef {'reached' | 'met' | 'missed' | 'not measured' | ''} Mark reach, or bar, or neither; nothing where there is no bar
 * @typedef {object} Row
 * @property {string} id
 * @property {string} what
 * @property {string} [rival]
 * @property {'×' | 'ns' | 'µs' | 'ms' | 'KB' | 'KiB' | 'MB'} unit
 * @property {Spread | null} value null where it was not measured
 * @property {number} [bar]
 * @property {number} [reach]
 * @property {Mark} mark
 * @property {string} [note]
 * @property {number[]} [ours] ndrand's values, round by round; for a ratio nanoseconds a draw
 * @property {number[]} [theirs] the rival's
 * @property {boolean} [atMost] a ratio of which there may be at most `bar`: our time by theirs
 * @property {string} [missing] why the rival has none
 * @property {string} [absent] why ndrand has none
 * @property {string} [section] of the table with a line for each case
 * @property {string} [from] whose the rival is
 * @property {boolean} [same] did both give the same from the same seed?
 */

/** @param {number[]} values @returns {Spread} */
export function spread(values) {
  const sorted = values.toSorted((a, b) => a - b), half = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  return { median, min: sorted[0], max: sorted.at(-1) };
}

/**
 * How many times faster than a rival: at least `bar`. Or, `atMost`, how many times its time: at most `bar`.
 *
 * @param {{ label: string } & Pick<Row, 'id' | 'what' | 'bar' | 'reach' | 'atMost' | 'missing' | 'absent' | 'section' | 'from' | 'same'>} about
 * @param {number[]} ours @param {number[]} [theirs] none where the rival is not there
 * @returns {Row}
 */
export function compared({ id, what, label, bar, reach, atMost, missing, absent, section, from, same }, ours, theirs) {
  const value = theirs && ours.length > 0 ? spread(theirs.map((time, i) => (atMost ? ours[i] / time : time / ours[i]))) : null;
  const mark = markOf(value, bar, reach, atMost ? -1 : 1);
  return { id, what, rival: label, unit: '×', value, bar, reach, mark, ours, theirs, atMost, missing, absent, section, from, same };
}

/**
 * A value of which there may be at most `bar`.
 *
 * @param {{ id: string, what: string, unit: Row['unit'], bar: number, reach?: number, note?: string, failed?: boolean }} about `failed`:
 *   the bar has a second half, and that is missed
 * @param {number[]} ours none where it could not be measured
 * @returns {Row}
 */
export function limited({ failed = false, ...about }, ours) {
  const value = ours.length > 0 ? spread(ours) : null;
  return { ...about, value, mark: failed ? 'missed' : markOf(value, about.bar, about.reach, -1), ours };
}

/**
 * The rows of a case or check that failed.
 *
 * @param {Pick<import('./cases.mjs').Case, 'id' | 'what' | 'section' | 'rivals'>} one @param {Error} error
 * @returns {Row[]}
 */
export function failed({ id, what, section, rivals = [] }, error) {
  const about = { id, what, section, absent: `failed: ${error.message.replace(`${id}: `, '')}` };
  if (rivals.length === 0) return [{ ...about, unit: '×', value: null, mark: 'not measured' }];
  return rivals.map(rival => compared({ ...about, ...rival }, []));
}

/** @returns {Mark} */
function markOf(value, bar, reach, sign) {
  if (bar === undefined) return '';
  if (value === null) return 'not measured';
  const passes = limit => limit !== undefined && sign * value.median >= sign * limit;
  return passes(reach) ? 'reached' : passes(bar) ? 'met' : 'missed';
}
