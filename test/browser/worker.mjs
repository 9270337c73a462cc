import * as ndrand from '/dist/index.js';
import { checksums } from '/test/checksums.mjs';

postMessage(await checksums(ndrand));
