/**
 * Fills of more than 2^32 bytes, and of 2^32 − 1 elements: their ends are what a generator advanced to there draws. Takes 10 GB of memory
 * and needs `npm run build`.
 *
 *   node test/slow/bigFill.mjs
 */
import assert from 'node:assert/strict';
import { Generator, PCG32DXSM } from '../../dist/index.js';

const at = words => new Generator(new PCG32DXSM(42).advance(words));

let out = new Float32Array(1_200_000_000); // 4.8 GB
for (const method of ['random', 'standardNormal']) {
  at(0)[method]({ out });
  assert.deepEqual(at(out.length - 1000)[method](1000, { dtype: 'float32' }).data, out.subarray(-1000), method);
  console.log(`${method}: ${out.length} float32`);
}

out = new Uint8Array(2 ** 32 - 1);
const rng = at(0);
rng.bernoulli(0.3, { out });
assert.deepEqual(rng.bitGenerator.state.phase, { kind: 'bernoulli', done: 3 });
assert.deepEqual(at(2 ** 30 - 16).bernoulli(0.3, 63).data, out.subarray(-63), 'bernoulli');
console.log(`bernoulli: ${out.length} uint8`);
