/** A process of one contender: warms up, then answers a round at a time. Arguments: the contender's name, and ndrand's URL if it is ndrand's. */
import { measure } from 'mitata';
import { loops, ours } from './contenders.mjs';

const [name, ndrand] = process.argv.slice(2);
const { call, statistic } = ndrand ? ours[name](await import(ndrand)) : loops[name]();

/** V8 moves hot code up its tiers in the background: batches until none of the last few was faster by 2 %. */
const WARM = { batch: 60, calm: 5, most: 60 };

process.on('message', async ({ warm, ms, mean }) => {
  if (warm) await warmUp();
  else process.send({ nanoseconds: await time(ms, mean), statistic: statistic() });
});

async function warmUp() {
  let best = Infinity;
  for (let i = 0, calm = 0; i < WARM.most && calm < WARM.calm; i++) {
    const now = await time(WARM.batch, false);
    calm = now < best * 0.98 ? 0 : calm + 1;
    best = Math.min(best, now);
  }
  process.send({ statistic: statistic() });
}

/** Nanoseconds a call, the median or the mean of all within `ms`. */
async function time(ms, mean) {
  // every call a sample, none dropped: the calls are long enough for the clock
  const stats = await measure(call, { gc: false, min_cpu_time: ms * 1e6, min_samples: 3, batch_threshold: 0, samples_threshold: Infinity });
  return mean ? stats.avg : stats.p50;
}
