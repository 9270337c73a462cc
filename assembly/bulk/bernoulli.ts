/** Bernoulli masks as bytes, and as float32 of 0 and 1: see mask.ts. */
import { OUT, OUT_BYTES } from '../memory';
import { side } from '../raw';
import { fill } from './fill';
import { below, bernoulli } from './mask';

/** Where the bytes go, for the sink: a field of an unmanaged class would be read again for every store. */
let target: usize = 0;

/** Bytes of 0 and 1. */
@unmanaged
class Bytes {
  // @ts-ignore: decorator
  @inline put(at: usize, v0: v128, v1: v128, v2: v128, v3: v128, top: v128): void {
    const one = i8x16.splat(1), out = target + at;
    // byte < top as min(top − byte saturated, 1): two instructions, where an unsigned compare is four
    v128.store(out, i8x16.min_u(i8x16.sub_sat_u(top, v0), one));
    v128.store(out, i8x16.min_u(i8x16.sub_sat_u(top, v1), one), 16);
    v128.store(out, i8x16.min_u(i8x16.sub_sat_u(top, v2), one), 32);
    v128.store(out, i8x16.min_u(i8x16.sub_sat_u(top, v3), one), 48);
  }
  // @ts-ignore: decorator
  @inline settle(element: usize, drawn: u32): void { store<u8>(target + element, <u8>drawn); }
  // @ts-ignore: decorator
  @inline side(index: i32, lane: u32, retry: u32): u64 { return side(index, lane, retry); }
}

/** The probability, for the transform. */
let probability: f64 = 0;

function bytes(raw: usize, out: usize, n: i32): void {
  target = out;
  bernoulli(changetype<Bytes>(0), raw, n, probability);
}

function fillMask(out: usize, words: i32, p: f64): void {
  probability = p;
  fill(bytes, 1, 4, out, words);
  // p = 1 consumed its words like any other p
  if (p == 1) memory.fill(out, 1, <usize>words << 2);
}

/** n bytes of 0 or 1. */
export function fillBernoulli8(n: i32, p: f64): void {
  fillMask(OUT, (n + 3) >> 2, p);
}

/** n float32 of 0 or 1, n ≤ OUT_BYTES / 4: the bytes wait in the last quarter and spread forward, never overtaking. */
export function fillBernoulli32(n: i32, p: f64): void {
  let bytes = OUT + OUT_BYTES / 4 * 3;
  fillMask(bytes, (n + 3) >> 2, p);
  const end = OUT + (<usize>n << 2);
  for (let out = OUT; out < end; out += 16) {
    v128.store(out, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(bytes)))));
    bytes += 4;
  }
}

/** The same with a probability an element: the same bits where all are alike. Four elements a turn, one branch for their ties. */
function each(raw: usize, out: usize, n: i32): void {
  let p = OUT + OUT_BYTES / 2 + ((out - OUT) << 3);
  const scale = f64x2.splat(256);
  for (let word = 0; word < n; word++) {
    const low = i32x4.trunc_sat_f64x2_s_zero(f64x2.mul(v128.load(p), scale)), high = i32x4.trunc_sat_f64x2_s_zero(f64x2.mul(v128.load(p, 16), scale));
    const tops = v128.shuffle<i64>(low, high, 0, 2);
    const bytes = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(raw)));
    const drawn = i32x4.lt_s(bytes, tops);
    v128.store32_lane(out, i8x16.neg(v128.shuffle<i8>(drawn, drawn, 0, 4, 8, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)), 0);
    if (v128.any_true(i32x4.eq(bytes, tops))) {
      for (let lane: usize = 0; lane < 4; lane++) {
        const scaled = load<f64>(p + (lane << 3)) * 256, whole = <u32>scaled;
        if (<u32>load<u8>(raw + lane) != whole) continue;
        store<u8>(out + lane, <u8>below(changetype<Bytes>(0), scaled - <f64>whole, word, <u32>lane));
      }
    }
    p += 32;
    raw += 4;
    out += 4;
  }
}

/** n bytes of 0 or 1, each by its own probability: float64 in the upper half of the output block, so n ≤ OUT_BYTES / 16. */
export function fillBernoulliEach(n: i32): void {
  fill(each, 1, 4, OUT, (n + 3) >> 2);
}
