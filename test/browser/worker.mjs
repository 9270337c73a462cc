import * as ndrand from '/dist/index.js';
import * as nn from '/dist/nn.js';
import * as numpy from '/dist/numpy.js';
import * as parallel from '/dist/parallel.js';
import { checksums } from '/test/checksums.mjs';

postMessage(await checksums(ndrand, nn, numpy, parallel));
