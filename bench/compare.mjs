/** The timed cases: rounds interleaved in time, ratios within a round, so that a machine whose speed drifts hurts nobody. */
import { compared, limited } from './rows.mjs';
import { startJavaScript } from './processes.mjs';

/**
 * @typedef {object} Entrant
 * @property {string} [label]
 * @property {number} [expected]
 * @property {import('./processes.mjs').Racer} racer
 */

/** Of many cases none takes long: rounds of each at least, milliseconds for all of them beyond that. */
const FEW = { rounds: 7, ms: 1500 };

/**
 * Times a case against all its rivals.
 *
 * @param {import('./cases.mjs').Case} one
 * @param {object} options
 * @param {string} options.contenders the group's file of them
 * @param {string[]} options.modules the build's, by URL
 * @param {string[]} [options.against] another build's, to compare with
 * @param {Record<string, string>} options.packages the versions of the rivals' packages that are there
 * @param {Awaited<ReturnType<typeof import('./processes.mjs').startNumPy>> | null} options.numpy
 * @param {number} options.rounds
 * @param {number} options.ms a round of each
 * @returns {Promise<import('./rows.mjs').Row[]>}
 */
export async function compare(one, { contenders, modules, against, packages, numpy, rounds, ms }) {
  const { id, what, contender = id, draws, few, section } = one;
  const packaged = async ({ from, name, slow }) => {
    if (!packages[from]) return { missing: 'not installed' };
    return startJavaScript(`${from}/contenders.mjs`, name, { slow, few, cold: one.slow }).catch(error => ({ missing: error.message }));
  };
  const start = {
    ours: ({ name }) => startJavaScript(contenders, name, { modules, few }),
    against: ({ name }) => startJavaScript(contenders, name, { modules: against, few }),
    js: ({ name }) => startJavaScript(contenders, name, { few }),
    tfjs: packaged,
    numpyts: packaged,
    numpy: async ({ name, slow, call }) => (numpy ? numpy.racer(name, { slow, few, call }) : { missing: 'no NumPy' }),
  };
  const entrants = [{ from: 'ours', name: contender }, ...one.rivals ?? []];
  if (against) entrants.push({ from: 'against', name: contender, label: 'the other build' });
  const racing = await allStarted(entrants, entrant => start[entrant.from](entrant), few);
  const [own, ...rivals] = racing;
  try {
    const absent = own.racer.missing;
    const times = await race(absent ? [] : racing.filter(({ racer }) => !racer.missing), one, one.slow ? 1 : rounds, ms);
    const { call, beside } = times.get(own) ?? { call: [] };
    const rows = rivals.map(rival => {
      const about = { id, what, section, absent, missing: rival.racer.missing, same: one.expected === undefined ? same(own, rival) : undefined };
      return compared({ ...about, ...rival }, call, times.get(rival)?.call);
    });
    if (one.beside) rows.push(compared({ id, what, atMost: true, ...one.beside }, call, beside));
    if (one.milliseconds) rows.unshift(limited({ id, what, unit: 'ms', ...one.milliseconds }, call.map(time => time * draws / 1e6)));
    if (one.nanoseconds) rows.unshift(limited({ id, what, unit: 'ns', ...one.nanoseconds }, call));
    return rows;
  } finally {
    for (const { racer } of racing) racer.stop?.();
  }
}

/**
 * The entrants with their racers, started one after another or at once; none is left running if one cannot start.
 *
 * @param {object[]} entrants @param {(entrant: object) => Promise<import('./processes.mjs').Racer>} start @param {boolean} [atOnce]
 */
async function allStarted(entrants, start, atOnce = false) {
  const started = [];
  const begin = async entrant => {
    const racer = await start(entrant);
    started.push(racer);
    return { ...entrant, racer };
  };
  const racing = [];
  if (atOnce) racing.push(...await Promise.allSettled(entrants.map(begin)));
  else for (const entrant of entrants) racing.push(...await Promise.allSettled([begin(entrant)]));
  const failure = racing.find(({ status }) => status === 'rejected');
  if (!failure) return racing.map(({ value }) => value);
  for (const racer of started) racer.stop?.();
  throw failure.reason;
}

/** Did the first calls give the same? To a billionth: the C library's functions may differ in a last bit. Not known where one is missing. */
function same({ racer: a }, { racer: b }) {
  return a.first === undefined || b.first === undefined ? undefined : Math.abs(a.first - b.first) <= 1e-9 * Math.abs(b.first);
}

/**
 * Nanoseconds a draw of every entrant, round by round; `beside`: of its other call.
 *
 * @param {Entrant[]} entrants
 */
async function race(entrants, { draws, tolerance = 0.2, allocates = false, few = false, ...one }, rounds, ms) {
  const { expected = (entrants.find(({ from }) => from === 'numpy') ?? entrants[0])?.racer.first } = one;
  const times = new Map(entrants.map(entrant => [entrant, { call: [], beside: [] }]));
  const until = few ? performance.now() + FEW.ms : Infinity;
  for (let round = 0; round < rounds && (round < FEW.rounds || performance.now() < until); round++) {
    for (const entrant of entrants) {
      const { nanoseconds, beside, statistic } = await entrant.racer.round(ms, allocates);
      const about = entrant.expected ?? expected;
      if (!(Math.abs(statistic / about - 1) < tolerance)) throw new Error(`${entrant.label ?? 'ndrand'} ${entrant.racer.name} drew something else: ${statistic}, expected about ${about}`);
      times.get(entrant).call.push(nanoseconds / draws);
      if (beside !== undefined) times.get(entrant).beside.push(beside / draws);
    }
  }
  return times;
}
