/**
 * Standard normals and exponentials by Marsaglia and Tsang's ziggurat (2000), draw for draw NumPy's: the same words, the same values, the same words left.
 * See: numpy/random/src/distributions/distributions.c.
 *
 * Of a word, eight bits choose a layer, one is a normal's sign, and most of the rest are the draw, a place in the layer. 98 of 100 lie wholly under the
 * curve; of the others the next word decides, and the lowest layer has the tail besides. In bulk: bulk/ziggurat.ts.
 */
import { next32, next64, nextDouble } from '../raw';
import { minusLog1m32, minusLog1m64 } from '../math/log1m';
import {
  EXPONENTIAL32, EXPONENTIAL64, EXPONENTIAL_DENSITY32, EXPONENTIAL_DENSITY64, EXPONENTIAL_R,
  NORMAL32, NORMAL64, NORMAL_DENSITY32, NORMAL_DENSITY64, NORMAL_R,
} from './layers';

/** 1 / r */
// @ts-ignore: decorator
@inline const NORMAL_INVERSE_R: f64 = 0.27366123732975827203338247596;

/** The float in [0, 1) of a draw of 32 bits: its top 24. */
// @ts-ignore: decorator
@inline export function toFloat(word: u32): f32 { return <f32><i32>(word >> 8) * 5.9604644775390625e-08; } // 2^-24

export function nextFloat(): f32 { return toFloat(next32()); }

/**
 * e^d for 0 ≤ d < 0.76, the span of a layer, by Taylor's series: within 10^-15, in the lowest layers within 10^-10. The two sides of the comparison it is
 * for come so near each other once in 10^14 draws. Shorter than `exp` (measured: 0.1 ns a draw in all).
 */
function growth(d: f64): f64 {
  const d2 = d * d, d4 = d2 * d2;
  return (1 + d + d2 * (0.5 + d * 0.16666666666666667)) +
    d4 * ((0.041666666666666667 + d * 0.0083333333333333333 + d2 * (0.0013888888888888889 + d * 1.9841269841269841e-4)) +
    d4 * (2.48015873015873e-5 + d * 2.755731922398589e-6 + d2 * (2.755731922398589e-7 + d * 2.505210838544172e-8)));
}

/** The density at x in a layer, from that at its right end. */
export function normalDensity(layer: usize, x: f64): f64 {
  const right = load<f64>(NORMAL64 + (layer << 4), 8);
  return load<f64>(NORMAL_DENSITY64 + (layer << 3)) * growth(0.5 * (right - x) * (right + x));
}

export function exponentialDensity(layer: usize, x: f64): f64 {
  return load<f64>(EXPONENTIAL_DENSITY64 + (layer << 3)) * growth(load<f64>(EXPONENTIAL64 + (layer << 4), 8) - x);
}

// @ts-ignore: decorator
@lazy const CELL: usize = memory.data(16, 16);

/** The next −ln(1 − u). */
function nextMinusLog(): f64 {
  v128.store(CELL, f64x2.splat(nextDouble()));
  minusLog1m64(CELL);
  return load<f64>(CELL);
}

/** A height in a layer, u between the densities at its two ends. */
// @ts-ignore: decorator
@inline export function height64(densities: usize, layer: usize, u: f64): f64 {
  const low = load<f64>(densities + (layer << 3));
  return (load<f64>(densities + (layer << 3) - 8) - low) * u + low;
}

// @ts-ignore: decorator
@inline export function height32(densities: usize, layer: usize, u: f32): f32 {
  const low = load<f32>(densities + (layer << 2));
  return (load<f32>(densities + (layer << 2) - 4) - low) * u + low;
}

/** The sample that begins with `word`; NaN where it gives none. */
function normal64(word: u64): f64 {
  const layer = <usize>word & 255, entry = NORMAL64 + (layer << 4);
  const draw = <f64><i64>((word >> 9) & 0x000fffffffffffff) * 2.220446049250313e-16; // 2^-52
  let x = draw * load<f64>(entry, 8), sign = word << 55;
  if (draw >= load<f64>(entry)) {
    if (layer) {
      if (height64(NORMAL_DENSITY64, layer, nextDouble()) >= normalDensity(layer, x)) return NaN;
    } else {
      // see: Marsaglia, "Generating a variable from the tail of the normal distribution", 1964
      let y: f64;
      do {
        x = NORMAL_INVERSE_R * nextMinusLog();
        y = nextMinusLog();
      } while (y + y <= x * x);
      x += NORMAL_R;
      sign = word << 46; // bit 8 of the draw
    }
  }
  return reinterpret<f64>(reinterpret<u64>(x) | (sign & 0x8000000000000000));
}

function normal32(word: u32): f32 {
  const layer = <usize>word & 255, entry = NORMAL32 + (layer << 3), draw = <f32><i32>(word >> 9);
  let x = draw * load<f32>(entry, 4), sign = word << 23;
  if (draw >= load<f32>(entry)) {
    if (layer) {
      if (<f64>height32(NORMAL_DENSITY32, layer, nextFloat()) >= normalDensity(layer, x)) return NaN;
    } else {
      let y: f32;
      do {
        x = <f32>NORMAL_INVERSE_R * minusLog1m32(nextFloat());
        y = minusLog1m32(nextFloat());
      } while (y + y <= x * x);
      x += <f32>NORMAL_R;
      sign = word << 14;
    }
  }
  return reinterpret<f32>(reinterpret<u32>(x) | (sign & 0x80000000));
}

function exponential64(word: u64): f64 {
  const layer = <usize>(word >> 3) & 255, entry = EXPONENTIAL64 + (layer << 4), draw = <f64><i64>(word >> 11) * 1.1102230246251565e-16; // 2^-53
  const x = draw * load<f64>(entry, 8);
  if (draw < load<f64>(entry)) return x;
  if (!layer) return EXPONENTIAL_R + nextMinusLog();
  return height64(EXPONENTIAL_DENSITY64, layer, nextDouble()) < exponentialDensity(layer, x) ? x : NaN;
}

function exponential32(word: u32): f32 {
  const layer = <usize>(word >> 1) & 255, entry = EXPONENTIAL32 + (layer << 3), draw = <f32><i32>(word >> 9);
  const x = draw * load<f32>(entry, 4);
  if (draw < load<f32>(entry)) return x;
  if (!layer) return <f32>EXPONENTIAL_R + minusLog1m32(nextFloat());
  return height32(EXPONENTIAL_DENSITY32, layer, nextFloat()) < <f32>exponentialDensity(layer, x) ? x : NaN;
}

/** What comes of a word in the end: of further words if need be. */
function lastNormal64(word: u64): f64 {
  let x = normal64(word);
  while (x != x) x = normal64(next64());
  return x;
}

function lastExponential64(word: u64): f64 {
  let x = exponential64(word);
  while (x != x) x = exponential64(next64());
  return x;
}

/** Samples one at a time, for other distributions: between `beginTaking` and `finishTaking`, after `buildLayers`. */
// @ts-ignore: decorator
@inline export function takeNormal64(): f64 {
  const word = next64(), entry = NORMAL64 + ((<usize>word & 255) << 4);
  const draw = <f64><i64>((word >> 9) & 0x000fffffffffffff) * 2.220446049250313e-16; // 2^-52
  // nearly always wholly under the curve
  if (draw < load<f64>(entry)) return reinterpret<f64>(reinterpret<u64>(draw * load<f64>(entry, 8)) | (word << 55 & 0x8000000000000000));
  return lastNormal64(word);
}

export function nextNormal64(): f64 { return takeNormal64(); }

export function nextNormal32(): f32 {
  const word = next32(), entry = NORMAL32 + ((<usize>word & 255) << 3), draw = <f32><i32>(word >> 9);
  if (draw < load<f32>(entry)) return reinterpret<f32>(reinterpret<u32>(draw * load<f32>(entry, 4)) | (word << 23 & 0x80000000));
  let x = normal32(word);
  while (x != x) x = normal32(next32());
  return x;
}

// @ts-ignore: decorator
@inline export function takeExponential64(): f64 {
  const word = next64(), entry = EXPONENTIAL64 + ((<usize>(word >> 3) & 255) << 4), draw = <f64><i64>(word >> 11) * 1.1102230246251565e-16; // 2^-53
  return draw < load<f64>(entry) ? draw * load<f64>(entry, 8) : lastExponential64(word);
}

export function nextExponential64(): f64 { return takeExponential64(); }

export function nextExponential32(): f32 {
  const word = next32(), entry = EXPONENTIAL32 + ((<usize>(word >> 1) & 255) << 3), draw = <f32><i32>(word >> 9);
  if (draw < load<f32>(entry)) return draw * load<f32>(entry, 4);
  let x = exponential32(word);
  while (x != x) x = exponential32(next32());
  return x;
}
