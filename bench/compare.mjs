/** The timed cases: rounds interleaved in time, ratios within a round, so that a machine whose speed drifts hurts nobody. */
import { compared, limited } from './rows.mjs';
import { startJavaScript, TFJS } from './processes.mjs';

/**
 * @typedef {object} Entrant
 * @property {string} [label]
 * @property {number} [expected]
 * @property {import('./processes.mjs').Racer} racer
 */

/**
 * Times a case against all its rivals.
 *
 * @param {import('./cases.mjs').Case} one
 * @param {object} options
 * @param {string} options.contenders the group's file of them
 * @param {string[]} options.modules the build's, by URL
 * @param {string[]} [options.against] another build's, to compare with
 * @param {boolean} options.tfjs is TensorFlow.js there?
 * @param {Awaited<ReturnType<typeof import('./processes.mjs').startNumPy>> | null} options.numpy
 * @param {number} options.rounds
 * @param {number} options.ms a round of each
 * @returns {Promise<import('./rows.mjs').Row[]>}
 */
export async function compare(one, { contenders, modules, against, tfjs, numpy, rounds, ms }) {
  const start = {
    ours: ({ name }) => startJavaScript(contenders, name, { modules }),
    js: ({ name }) => startJavaScript(contenders, name),
    tfjs: ({ name, slow }) => (tfjs ? startJavaScript(TFJS, name, { slow, cold: one.slow }) : null),
    numpy: ({ name, slow }) => numpy?.racer(name, slow) ?? null,
  };
  const { id, what, contender = id, draws } = one;
  const own = { racer: await start.ours({ name: contender }) };
  const racing = [own], rivals = [];
  try {
    for (const rival of one.rivals ?? []) {
      const entrant = { ...rival, racer: await start[rival.from](rival) };
      rivals.push(entrant);
      if (entrant.racer) racing.push(entrant);
    }
    if (against) {
      const entrant = { label: 'the other build', racer: await startJavaScript(contenders, contender, { modules: against }) };
      rivals.push(entrant);
      racing.push(entrant);
    }
    const times = await race(racing, one, one.slow ? 1 : rounds, ms);
    const { call, beside } = times.get(own);
    const rows = rivals.map(rival => compared({ id, what, missing: absence(rival), ...rival }, call, times.get(rival)?.call));
    if (one.beside) rows.push(compared({ id, what, atMost: true, ...one.beside }, call, beside));
    if (one.milliseconds) rows.unshift(limited({ id, what, unit: 'ms', ...one.milliseconds }, call.map(time => time * draws / 1e6)));
    if (one.nanoseconds) rows.unshift(limited({ id, what, unit: 'ns', ...one.nanoseconds }, call));
    return rows;
  } finally {
    for (const { racer } of racing) racer.stop();
  }
}

/** Why a rival has no times. */
function absence({ from, racer }) {
  if (racer) return undefined;
  return from === 'tfjs' ? 'not installed' : 'no NumPy';
}

/**
 * Nanoseconds a draw of every entrant, round by round; `beside`: of its other call.
 *
 * @param {Entrant[]} entrants
 */
async function race(entrants, { draws, expected, tolerance = 0.2, allocates = false }, rounds, ms) {
  const times = new Map(entrants.map(entrant => [entrant, { call: [], beside: [] }]));
  for (let round = 0; round < rounds; round++) {
    for (const entrant of entrants) {
      const { nanoseconds, beside, statistic } = await entrant.racer.round(ms, allocates);
      const about = entrant.expected ?? expected;
      if (!(Math.abs(statistic / about - 1) < tolerance)) throw new Error(`${entrant.racer.name} drew something else: ${statistic}, expected about ${about}`);
      times.get(entrant).call.push(nanoseconds / draws);
      if (beside !== undefined) times.get(entrant).beside.push(beside / draws);
    }
  }
  return times;
}
