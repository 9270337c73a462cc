/**
 * The tails of 10^10 standard normals against theory: to be run once for a release and recorded. Needs `npm run build`.
 *
 *   node test/slow/sixSigma.mjs [--draws 1e10] [--dtype float32] [--bit-generator PCG32DXSM] [--seed 2024]
 *
 * Counts both tails beyond 4, 5 and 6 σ. Beyond 6 σ theory expects 19.7 of 10^10. Ends with one line of JSON, and with exit code 1 where a
 * count's exact two-sided Poisson p-value is below 10^-6 / 6 (Bonferroni: six counts, so a right sampler fails once in a million).
 */
import os from 'node:os';
import { parseArgs } from 'node:util';
import * as cephes from 'cephes';
import * as ndrand from '../../dist/index.js';

await cephes.compiled;

const { values } = parseArgs({
  options: {
    draws: { type: 'string', default: '1e10' },
    dtype: { type: 'string', default: 'float32' },
    'bit-generator': { type: 'string', default: 'PCG32DXSM' },
    seed: { type: 'string', default: '2024' },
  },
});
const { dtype, 'bit-generator': bitGenerator } = values, seed = Number(values.seed);
if (!['float32', 'float64'].includes(dtype)) throw new RangeError(`--dtype: got ${dtype}, takes float32 or float64`);
if (!['PCG32DXSM', 'PCG32'].includes(bitGenerator)) throw new RangeError(`--bit-generator: got ${bitGenerator}, takes PCG32DXSM or PCG32`);
const BLOCK = 200_000, draws = Math.ceil(Number(values.draws) / BLOCK) * BLOCK;
if (!(draws > 0 && Number.isSafeInteger(draws))) throw new RangeError(`--draws: got ${values.draws}, takes a number above 0`);

const rng = new ndrand.Generator(new ndrand[bitGenerator](seed));
const out = dtype === 'float32' ? new Float32Array(BLOCK) : new Float64Array(BLOCK);
const above = { 4: 0, 5: 0, 6: 0 }, below = { 4: 0, 5: 0, 6: 0 };
let least = Infinity, most = -Infinity;

function count() {
  for (let i = 0; i < BLOCK; i++) {
    const v = out[i];
    if (v > 4) {
      above[4]++;
      if (v > 5) above[5]++;
      if (v > 6) above[6]++;
      if (v > most) most = v;
    } else if (v < -4) {
      below[4]++;
      if (v < -5) below[5]++;
      if (v < -6) below[6]++;
      if (v < least) least = v;
    }
  }
}

const start = performance.now();
let told = start;
for (let done = 0; done < draws;) {
  rng.standardNormal({ out });
  count();
  done += BLOCK;
  const now = performance.now();
  if (now - told > 5000) {
    told = now;
    const seconds = (now - start) / 1000;
    console.error(`${(100 * done / draws).toFixed(1)} %, ${seconds.toFixed(0)} s, ${(seconds * (draws / done - 1)).toFixed(0)} s to go; beyond 6 σ: ${above[6] + below[6]}`);
  }
}

const tails = {};
let worst = 1;
for (const sigma of [4, 5, 6]) {
  const expected = draws * cephes.ndtr(-sigma);
  const p = k => Math.min(1, 2 * Math.min(cephes.pdtr(k, expected), k === 0 ? 1 : cephes.pdtrc(k - 1, expected)));
  tails[sigma] = { expectedEach: expected, above: above[sigma], below: below[sigma], pAbove: p(above[sigma]), pBelow: p(below[sigma]) };
  worst = Math.min(worst, tails[sigma].pAbove, tails[sigma].pBelow);
}
const passed = worst >= 1e-6 / 6;
console.log(JSON.stringify({
  bitGenerator, seed, dtype, draws, tails, least, most, passed,
  seconds: Math.round((performance.now() - start) / 1000), node: process.version, cpu: os.cpus()[0]?.model, date: new Date().toISOString().slice(0, 10),
}));
process.exitCode = passed ? 0 : 1;
