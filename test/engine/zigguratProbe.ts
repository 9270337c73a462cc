// @ts-nocheck: AssemblyScript, compiled by ziggurat.test.ts; asc finds assembly/ by its --path
/** The ziggurat over the resident generator: in bulk, one at a time, and its tables. */
import * as layers from 'assembly/distributions/layers';
import { buildJumps } from 'assembly/bitgen/lcg64';
import { HALF, OUT, STATE } from 'assembly/memory';
import { beginTaking, finishTaking } from 'assembly/raw';
import { nextExponential32, nextExponential64, nextNormal32, nextNormal64 } from 'assembly/distributions/ziggurat';

export {
  inverseExponential32, inverseExponential64, zigguratExponential32, zigguratExponential64, zigguratNormal32, zigguratNormal64,
} from 'assembly/bulk/ziggurat';
export { select } from 'assembly/raw';
export { buildLayers } from 'assembly/distributions/layers';

export function stateAt(): usize { return STATE; }
export function halfAt(): usize { return HALF; }
export function outAt(): usize { return OUT; }

/** Limits and weights, f64 and f32, then densities, of the normal and the exponential. */
export function tableAt(i: i32): usize {
  switch (i) {
    case 0: return layers.NORMAL64;
    case 1: return layers.EXPONENTIAL64;
    case 2: return layers.NORMAL32;
    case 3: return layers.EXPONENTIAL32;
    case 4: return layers.NORMAL_DENSITY64;
    case 5: return layers.EXPONENTIAL_DENSITY64;
    case 6: return layers.NORMAL_DENSITY32;
    default: return layers.EXPONENTIAL_DENSITY32;
  }
}

/** n draws by normal64, exponential64, normal32 or exponential32. */
export function oneByOne(kind: i32, n: i32): void {
  layers.buildLayers();
  beginTaking();
  for (let i: usize = 0; i < <usize>n; i++) {
    switch (kind) {
      case 0: { store<f64>(OUT + (i << 3), nextNormal64()); break; }
      case 1: { store<f64>(OUT + (i << 3), nextExponential64()); break; }
      case 2: { store<f32>(OUT + (i << 2), nextNormal32()); break; }
      default: store<f32>(OUT + (i << 2), nextExponential32());
    }
  }
  finishTaking();
}

buildJumps();
