/** The normals and exponentials of RandomState, as NumPy froze them: numpy/random/src/legacy/legacy-distributions.c. */
import { OUT } from '../memory';
import { beginTaking, finishTaking, nextDouble, takeDouble } from '../raw';
import { log } from '../math/libm/log';

/** The spare normal: is there one (u32), and which (f64, 8 bytes on). JavaScript puts the RandomState's own here before a fill and takes it back after. */
// @ts-ignore: decorator
@lazy const GAUSS: usize = memory.data(16, 16);

export function gaussAt(): usize { return GAUSS; }

/** The next standard normal, by the polar method, two at a time. See: Marsaglia, "A convenient method for generating normal variables", 1964. */
export function legacyGauss(): f64 {
  if (load<u32>(GAUSS)) {
    const spare = load<f64>(GAUSS, 8);
    store<u32>(GAUSS, 0);
    store<f64>(GAUSS, 0, 8);
    return spare;
  }
  let x: f64, y: f64, square: f64;
  do {
    x = 2 * takeDouble() - 1;
    y = 2 * takeDouble() - 1;
    square = x * x + y * y;
  } while (square >= 1 || square == 0);
  const factor = sqrt(-2 * log(square) / square);
  store<u32>(GAUSS, 1);
  store<f64>(GAUSS, factor * x, 8);
  return factor * y;
}

/** The next standard exponential. */
export function legacyStandardExponential(): f64 { return -log(1 - nextDouble()); }

/** n normals in the output block. */
export function fillLegacyGauss(n: i32): void {
  beginTaking();
  for (let out = OUT, end = OUT + (<usize>n << 3); out < end; out += 8) store<f64>(out, legacyGauss());
  finishTaking();
}
