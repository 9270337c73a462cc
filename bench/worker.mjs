/**
 * A process of one contender: warms up, then answers a round at a time. Arguments: the file that has it, its name, and ndrand's modules
 * if it is ndrand's.
 */
import { measure } from 'mitata';
import { spread } from './rows.mjs';

const [file, name, ...modules] = process.argv.slice(2);
const { ours, loops } = await import(new URL(file, import.meta.url).href);
const contender = modules.length > 0 ? ours[name](...await Promise.all(modules.map(url => import(url)))) : loops[name]();
const { call, beside, statistic } = contender ?? {};

/** V8 moves hot code up its tiers in the background: batches until none of the last few was faster by 2 %. */
const WARM = { batch: 60, calm: 5, most: 60, few: 500 };

process.on('message', async request => {
  try {
    process.send(await answer(request));
  } catch (error) {
    process.send({ error: error.message });
  }
});

/** Warmed up: what the first call of all gave. Of a round: the times. */
async function answer({ warm, ms, mean, slow, few }) {
  if (!contender) return { missing: 'not there' };
  if (warm) {
    call();
    const first = statistic();
    if (!slow) await warmUp(few);
    return { first };
  }
  const copy = beside && await time(beside, ms, mean);
  return { nanoseconds: slow ? timeSlow(ms) : few ? timeFew(ms, mean) : await time(call, ms, mean), beside: copy, statistic: statistic() };
}

async function warmUp(few) {
  let best = Infinity;
  const until = few ? performance.now() + WARM.few : Infinity;
  for (let i = 0, calm = 0; i < WARM.most && calm < WARM.calm && performance.now() < until; i++) {
    const now = few ? timeFew(WARM.batch / 6, false) : await time(call, WARM.batch, false);
    calm = now < best * 0.98 ? 0 : calm + 1;
    best = Math.min(best, now);
  }
}

/** Nanoseconds a call, the median or the mean of all within `ms`. */
async function time(call, ms, mean) {
  // every call a sample, none dropped: the calls are long enough for the clock
  const stats = await measure(call, { gc: false, min_cpu_time: ms * 1e6, min_samples: 3, batch_threshold: 0, samples_threshold: Infinity });
  return mean ? stats.avg : stats.p50;
}

/** As `time`, for calls of some milliseconds: of one call or a few, after one that does not count, unless that took `ms` alone. */
function timeFew(ms, mean) {
  const times = [];
  let spent = 0, begin = performance.now(), took;
  call();
  if ((took = performance.now() - begin) >= ms) return took * 1e6;
  while (spent < ms) {
    begin = performance.now();
    call();
    times.push(took = performance.now() - begin);
    spent += took;
  }
  return (mean ? spent / times.length : spread(times).median) * 1e6;
}

/** The mean of all within `ms`, as a rule of one: nothing in such a call is left of the one before. */
function timeSlow(ms) {
  const begin = performance.now();
  let calls = 0;
  do {
    call();
    calls++;
  } while (performance.now() - begin < ms);
  return (performance.now() - begin) * 1e6 / calls;
}
