/** The timed cases: rounds interleaved in time, ratios within a round, so that a machine whose speed drifts hurts nobody. */
import { compared, limited } from './rows.mjs';
import { startJavaScript } from './processes.mjs';

/** How far a statistic may be from what is expected. */
const TOLERANCE = 0.2;

/**
 * Times a case against all its rivals.
 *
 * @param {import('./cases.mjs').Case} one
 * @param {object} options
 * @param {string} options.ndrand the build's URL
 * @param {string} [options.against] another build's URL, to compare with
 * @param {Awaited<ReturnType<typeof import('./processes.mjs').startNumPy>> | null} options.numpy
 * @param {number} options.rounds
 * @param {number} options.ms a round of each
 * @returns {Promise<import('./rows.mjs').Row[]>}
 */
export async function compare(one, { ndrand, against, numpy, rounds, ms }) {
  const racers = [await startJavaScript(one.id, ndrand)];
  /** @type {{ label: string, bar?: number, reach?: number, racer?: import('./processes.mjs').Racer }[]} */
  const rivals = [];
  try {
    for (const rival of one.rivals ?? []) {
      const racer = rival.from === 'js' ? await startJavaScript(rival.name) : numpy?.racer(rival.name);
      rivals.push({ ...rival, racer });
      if (racer) racers.push(racer);
    }
    if (against) {
      const racer = await startJavaScript(one.id, against);
      rivals.push({ label: 'the other build', racer });
      racers.push(racer);
    }
    const times = await race(racers, one, rounds, ms);
    const own = times.get(racers[0]);
    const rows = rivals.map(({ label, bar, reach, racer }) => compared({ id: one.id, what: one.what, label, bar, reach }, own, racer && times.get(racer)));
    if (one.nanoseconds) rows.unshift(limited({ id: one.id, what: one.what, unit: 'ns', ...one.nanoseconds }, own));
    return rows;
  } finally {
    for (const racer of racers) racer.stop();
  }
}

/** Nanoseconds a draw of every racer, round by round. */
async function race(racers, { draws, expected, allocates = false }, rounds, ms) {
  const times = new Map(racers.map(racer => [racer, []]));
  for (let round = 0; round < rounds; round++) {
    for (const racer of racers) {
      const { nanoseconds, statistic } = await racer.round(ms, allocates);
      if (!(Math.abs(statistic / expected - 1) < TOLERANCE)) throw new Error(`${racer.name} drew something else: ${statistic}, expected about ${expected}`);
      times.get(racer).push(nanoseconds / draws);
    }
  }
  return times;
}
