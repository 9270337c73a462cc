import * as ndrand from '/dist/index.js';
import * as nn from '/dist/nn.js';
import { checksums } from '/test/checksums.mjs';

postMessage(await checksums(ndrand, nn));
