/**
 * The 256 layers of Marsaglia and Tsang's ziggurat ("The ziggurat method for generating random variables", J. Stat. Soft. 5, 2000), with the very figures
 * NumPy has them in. See: numpy/random/src/distributions/ziggurat_constants.h.
 *
 * They come from the recursion here, in float64 and from figures already put right, so that errors do not add up; what NumPy's differ by in the last
 * place is in CORRECTIONS. The float32 tables are those rounded. So the tables take 0.7 KB of the gzipped bundle, not 18.
 */
import { exp, log } from '../math/scalar';

/**
 * Per layer two figures: the limit, below which a draw is accepted, and the weight, by which it becomes a sample. For float64 a draw is a fraction and the
 * weight the layer's right end; for float32 it is an integer of 23 bits.
 */
// @ts-ignore: decorator
@lazy export const NORMAL64: usize = memory.data(4096, 16);
// @ts-ignore: decorator
@lazy export const EXPONENTIAL64: usize = memory.data(4096, 16);
// @ts-ignore: decorator
@lazy export const NORMAL32: usize = memory.data(2048, 16);
// @ts-ignore: decorator
@lazy export const EXPONENTIAL32: usize = memory.data(2048, 16);

/** Per layer: the density at its right end, f64 or f32. */
// @ts-ignore: decorator
@lazy export const NORMAL_DENSITY64: usize = memory.data(2048, 16);
// @ts-ignore: decorator
@lazy export const EXPONENTIAL_DENSITY64: usize = memory.data(2048, 16);
// @ts-ignore: decorator
@lazy export const NORMAL_DENSITY32: usize = memory.data(1024, 16);
// @ts-ignore: decorator
@lazy export const EXPONENTIAL_DENSITY32: usize = memory.data(1024, 16);

/** Where the tails begin. */
// @ts-ignore: decorator
@inline export const NORMAL_R: f64 = 3.6541528853610087963519472518;
// @ts-ignore: decorator
@inline export const EXPONENTIAL_R: f64 = 7.6971174701310497140446280481;

/** The area of a layer, NumPy's double; (r + 1) e^-r for the exponential. */
// @ts-ignore: decorator
@inline const NORMAL_AREA: f64 = 0.0049286732339746519;
// @ts-ignore: decorator
@inline const EXPONENTIAL_AREA: f64 = 0.0039496598225815572;

/**
 * The corrections as they are asked for: 0, −1, 1, −2 … as 0, 10, 110, 1110 …, from the lowest bit up.
 * They go with the very operations of `exp` and `log` here; made by test/fixtures/ziggurat.py.
 */
// @ts-ignore: decorator
@lazy const CORRECTIONS: usize = memory.data<u64>([
  0x800000000000680, 0x10c0000081806100, 0x200000000006, 0x3008010, 0x8c400680080601a0, 0x1603324030300198,
  0x810, 0x30000000000, 0x20, 0x0, 0x0, 0x0,
  0x0, 0x0, 0x0, 0x0, 0xefc0000000000000, 0x3090061188020033,
  0x40c20180b0064401, 0x15801a5301608060, 0x68d0a04808102623, 0x8d01019422010810, 0x400040b200004a04, 0x3240101b08020,
  0x4ca988d410085800, 0x82806800d1000001, 0x1181318020644208, 0x10641583348581b4, 0x64304a6402001642, 0x400000032044558c,
  0x5b2222a00c58cb00, 0xa29e30af1b2000, 0xfd9c48872a645031, 0x178, 0x0, 0x0,
  0x0, 0x800, 0x1000000003, 0x0, 0xc0000, 0x0,
]);
let place: usize = 0;

/** The next correction. */
function correction(): i32 {
  const ones = <i32>ctz(~(load<u32>(CORRECTIONS + (place >> 3)) >> <u32>(place & 7)));
  place += <usize>ones + 1;
  return (ones >> 1) ^ -(ones & 1);
}

/** x, and as many units in the last place further as the next correction says. */
function corrected(x: f64): f64 {
  return reinterpret<f64>(reinterpret<i64>(x) + correction());
}

function corrected32(x: f64): f32 {
  return reinterpret<f32>(reinterpret<i32>(<f32>x) + correction());
}

/** The layers of one distribution, from the tail's edge r upwards. */
function build(exponential: bool, r: f64, area: f64, table: usize, densities: usize, table32: usize, densities32: usize): void {
  let x = r, density = corrected(exp(exponential ? -r : -0.5 * r * r));
  // the lowest layer has the tail, and such a width that its area is that of the others
  store<f64>(table, corrected(r * density / area));
  store<f64>(table, corrected(area / density), 8);
  store<f64>(densities, 1);
  for (let i = 255; i > 0; i--) {
    const entry = table + (<usize>i << 4);
    store<f64>(entry, x, 8);
    store<f64>(densities + (<usize>i << 3), density);
    if (i == 1) break; // whose limit is 0: nothing of it lies wholly under the curve
    const above = area / x + density;
    let next: f64, limit: f64;
    if (exponential) {
      density = corrected(above);
      next = corrected(-log(density));
      limit = floor(next / x * 4503599627370496) + correction(); // 2^52
    } else {
      next = corrected(sqrt(-2 * log(above)));
      density = corrected(exp(-0.5 * next * next));
      limit = nearest(next / x * 4503599627370496);
    }
    store<f64>(entry, limit * 2.220446049250313e-16); // 2^-52
    x = next;
  }
  for (let i: usize = 0; i < 256; i++) {
    const entry = table + (i << 4), entry32 = table32 + (i << 3);
    store<f32>(entry32, <f32>nearest(load<f64>(entry) * 8388608)); // 2^23
    store<f32>(entry32, corrected32(load<f64>(entry, 8) * 1.1920928955078125e-07), 4); // 2^-23
    store<f32>(densities32 + (i << 2), corrected32(load<f64>(densities + (i << 3))));
  }
}

/** Makes the tables, at the first draw that needs them. */
export function buildLayers(): void {
  if (place) return;
  build(false, NORMAL_R, NORMAL_AREA, NORMAL64, NORMAL_DENSITY64, NORMAL32, NORMAL_DENSITY32);
  build(true, EXPONENTIAL_R, EXPONENTIAL_AREA, EXPONENTIAL64, EXPONENTIAL_DENSITY64, EXPONENTIAL32, EXPONENTIAL_DENSITY32);
}
