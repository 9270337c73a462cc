// A page as a user writes it: the built module by its address, no bundler and no import map.
import * as ndrand from '/dist/index.js';
import * as nn from '/dist/nn.js';
import * as numpy from '/dist/numpy.js';
import * as parallel from '/dist/parallel.js';
import { checksums } from '/test/checksums.mjs';

const worker = new Worker('/test/browser/worker.mjs', { type: 'module' });
const fromWorker = new Promise((resolve, reject) => {
  worker.onmessage = event => resolve(event.data);
  worker.onerror = event => reject(new Error(`worker: ${event.message ?? 'did not load'}`));
});

const { defaultRng, randn } = ndrand;

await globalThis.report({
  errors: [],
  userAgent: navigator.userAgent,
  // first, as the shared generator is not seeded yet
  unseeded: [defaultRng().random(1000), defaultRng().random(1000), randn(1000), defaultRng().standardNormal(1000)].map(drawn => [...drawn.data]),
  isolated: crossOriginIsolated,
  page: await checksums(ndrand, nn, numpy, parallel),
  worker: await fromWorker,
});
