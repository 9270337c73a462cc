// Prints what the built package draws, a digest a line: the same on every engine. Run it with any: `node test/digests.mjs`.
import * as ndrand from '../dist/index.js';
import * as nn from '../dist/nn.js';
import * as numpy from '../dist/numpy.js';
import * as parallel from '../dist/parallel.js';
import { checksums } from './checksums.mjs';

console.log(Object.entries(await checksums(ndrand, nn, numpy, parallel)).map(line => line.join('\t')).join('\n'));
