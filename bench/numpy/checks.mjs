/** How large the package is with `ndrand/numpy` in it. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleSize, coreSize } from '../checks.mjs';

/** @type {Record<string, import('../checks.mjs').Check>} */
export const checks = { size: coreSize, 'size-all': sizeOfAll };

/** @type {import('../checks.mjs').Check} */
function sizeOfAll(ndrand) {
  const { exports } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const entries = Object.values(exports).map(entry => entry.default).filter(Boolean).map(path => new URL(path.replace('./dist/', './'), ndrand).href);
  const modules = entries.filter(url => existsSync(fileURLToPath(url)));
  return [bundleSize({ id: 'size-all', what: `all ${modules.length} entries together, minified, gzip`, bar: 60, reach: 45 }, modules)];
}
