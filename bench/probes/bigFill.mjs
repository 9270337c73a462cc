/** Fills a Float32Array of 10^9 elements, twice, and reports the process's peak. Argument: ndrand's URL. */
const { defaultRng } = await import(process.argv[2]);
const LENGTH = 1e9;

const rng = defaultRng(42);
const before = process.memoryUsage.rss();
const out = new Float32Array(LENGTH);
rng.random({ out });
check(1 / 2);
rng.standardNormal({ out });
check(0);
process.stdout.write(JSON.stringify({ before, output: out.byteLength, peak: process.resourceUsage().maxRSS * 1024 }));

/** The mean of elements all over the array. */
function check(expected) {
  const STEP = 9973;
  let sum = 0;
  for (let i = 0; i < LENGTH; i += STEP) sum += out[i];
  const mean = sum / Math.ceil(LENGTH / STEP);
  if (!(Math.abs(mean - expected) < 0.05) || out.at(-1) === 0) throw new Error(`a mean of ${mean}, expected about ${expected}`);
}
