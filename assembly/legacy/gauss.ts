/** The normals and exponentials of RandomState, as NumPy froze them: numpy/random/src/legacy/legacy-distributions.c. */
import { OUT } from '../memory';
import { beginTaking, finishTaking, nextDouble, takeDouble } from '../raw';
import { logs } from '../math/libm/lanes';
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

/** Pairs at a time. */
// @ts-ignore: decorator
@inline const BLOCK: i32 = 128;
/** For each pair in the disc its two coordinates, as the samples are ordered, and the square of its distance. */
// @ts-ignore: decorator
@lazy const POINTS: usize = memory.data(2048, 16);
// @ts-ignore: decorator
@lazy const SQUARES: usize = memory.data(1024, 16);

/** n normals in the output block. */
export function fillLegacyGauss(n: i32): void {
  const end = OUT + (<usize>n << 3);
  let out = OUT;
  beginTaking();
  if (n > 0 && load<u32>(GAUSS)) {
    store<f64>(out, legacyGauss());
    out += 8;
  }
  while (out + 8 < end) {
    const pairs = min(<i32>((end - out) >> 4), BLOCK);
    // a pair outside is written over by the next: no branch on it
    for (let i = 0; i < pairs;) {
      const x = 2 * takeDouble() - 1, y = 2 * takeDouble() - 1, square = x * x + y * y;
      store<f64>(POINTS + (<usize>i << 4), y);
      store<f64>(POINTS + (<usize>i << 4), x, 8);
      store<f64>(SQUARES + (<usize>i << 3), square);
      i += i32(square < 1) & i32(square != 0);
    }
    for (let i: usize = 0; i < <usize>pairs; i += 2) {
      const square = v128.load(SQUARES + (i << 3)), factor = f64x2.sqrt(f64x2.div(f64x2.mul(f64x2.splat(-2), logs(square)), square));
      v128.store(out, f64x2.mul(v128.shuffle<i64>(factor, factor, 0, 0), v128.load(POINTS + (i << 4))));
      out += 16;
      // nothing past the end: an array of parameters may begin there
      if (i + 1 == <usize>pairs) break;
      v128.store(out, f64x2.mul(v128.shuffle<i64>(factor, factor, 1, 1), v128.load(POINTS + (i << 4), 16)));
      out += 16;
    }
  }
  if (out < end) store<f64>(out, legacyGauss());
  finishTaking();
}
