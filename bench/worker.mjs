/**
 * A process of one contender: warms up, then answers a round at a time. Arguments: the file that has it, its name, and ndrand's modules
 * if it is ndrand's.
 */
import { measure } from 'mitata';

const [file, name, ...modules] = process.argv.slice(2);
const { ours, loops } = await import(new URL(file, import.meta.url).href);
const { call, beside, statistic } = modules.length > 0 ? ours[name](...await Promise.all(modules.map(url => import(url)))) : loops[name]();

/** V8 moves hot code up its tiers in the background: batches until none of the last few was faster by 2 %. */
const WARM = { batch: 60, calm: 5, most: 60 };

process.on('message', async ({ warm, ms, mean, slow }) => {
  if (warm) {
    if (slow) call();
    else await warmUp();
    process.send({ statistic: statistic() });
  } else {
    const copy = beside && await time(beside, ms, mean);
    process.send({ nanoseconds: slow ? timeSlow(ms) : await time(call, ms, mean), beside: copy, statistic: statistic() });
  }
});

async function warmUp() {
  let best = Infinity;
  for (let i = 0, calm = 0; i < WARM.most && calm < WARM.calm; i++) {
    const now = await time(call, WARM.batch, false);
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
