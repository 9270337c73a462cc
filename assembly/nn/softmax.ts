/**
 * Rows of logits or probabilities as weights to draw by: w = e^((l − max) / T), w = p, or w = p^(1/T) with the greatest scaled
 * to 1. T comes as its inverse.
 *
 * Weights are summed in blocks of 128 from the row's start. With S_b the sum of block b and C_b = C_{b−1} + S_b, the cumulative weight of an
 * element of block b is min(C_{b−1} + p, C_b), p the sum of the block's weights up to and with it, one after the other; from the
 * block's last weight above 0 on it is C_b. So it never falls, rises only where there is weight, and any block can be made on its own.
 */
import { IN } from './dropout';
import { OUT } from './engine';
import { exp, log, Plain64 } from '../math/v64';

/** What the rows are: bit 0, float64 rather than float32; the rest, one of these. */
// @ts-ignore: decorator
@inline const LOGITS: i32 = 0;
// @ts-ignore: decorator
@inline const POWERS: i32 = 2;

/** Elements in a block: `BLOCK` vectors of math/v64.ts. */
// @ts-ignore: decorator
@inline const ELEMENTS: i32 = 128;

/** The weights of the block at hand. */
// @ts-ignore: decorator
@lazy const WEIGHTS: usize = memory.data(1024, 16);
/** What the logarithm of a power's base still needs. */
// @ts-ignore: decorator
@lazy const BASES: usize = memory.data(1024, 16);

/** Sums of weights by size: 32 bins for a factor of 2 from 2 down, what is below 2^-31 in the last. */
// @ts-ignore: decorator
@inline const BINS: u32 = 1024;
// @ts-ignore: decorator
@inline const BIN_TOP: u32 = 0x40000000;
// @ts-ignore: decorator
@inline const BIN_SHIFT: u32 = 15;
// @ts-ignore: decorator
@lazy const TALLY: usize = memory.data(8192, 16);

// @ts-ignore: decorator
@lazy const TABLE: usize = memory.data<f64>([
  2.2250738585072014e-308, // 0: 2^-1022
  18446744073709551616.0, // 8: 2^64
  44.3614195558365, // 16: 64 ln2
], 16);

/** The greatest of n float32 or float64 from `at`, NaN where there is one: of their opposites with `sign` −0. */
function greatest32(at: usize, n: i32, sign: f32): f64 {
  const flip = f32x4.splat(sign);
  let most = f32x4.splat(-Infinity), nan = f32x4.splat(0);
  const whole = at + (<usize>(n & ~7) << 2), end = at + (<usize>n << 2);
  for (; at < whole; at += 32) {
    const x = v128.xor(v128.load(at), flip), y = v128.xor(v128.load(at, 16), flip);
    nan = v128.or(nan, v128.or(f32x4.ne(x, x), f32x4.ne(y, y)));
    // pmax is one instruction, but passes over NaN
    most = f32x4.pmax(most, f32x4.pmax(x, y));
  }
  for (; at < end; at += 4) {
    const x = v128.xor(v128.load32_splat(at), flip);
    nan = v128.or(nan, f32x4.ne(x, x));
    most = f32x4.pmax(most, x);
  }
  if (v128.any_true(nan)) return NaN;
  const half = f32x4.pmax(most, v128.shuffle<i32>(most, most, 2, 3, 0, 1));
  return <f64>f32x4.extract_lane(f32x4.pmax(half, v128.shuffle<i32>(half, half, 1, 0, 3, 2)), 0);
}

function greatest64(at: usize, n: i32, sign: f64): f64 {
  const flip = f64x2.splat(sign);
  let most = f64x2.splat(-Infinity), nan = f64x2.splat(0);
  const whole = at + (<usize>(n & ~3) << 3), end = at + (<usize>n << 3);
  for (; at < whole; at += 32) {
    const x = v128.xor(v128.load(at), flip), y = v128.xor(v128.load(at, 16), flip);
    nan = v128.or(nan, v128.or(f64x2.ne(x, x), f64x2.ne(y, y)));
    most = f64x2.pmax(most, f64x2.pmax(x, y));
  }
  for (; at < end; at += 8) {
    const x = v128.xor(v128.load64_splat(at), flip);
    nan = v128.or(nan, f64x2.ne(x, x));
    most = f64x2.pmax(most, x);
  }
  if (v128.any_true(nan)) return NaN;
  return f64x2.extract_lane(f64x2.pmax(most, v128.shuffle<i64>(most, most, 1, 0)), 0);
}

/** Where element `from` of IN stands. */
// @ts-ignore: decorator
@inline function place(from: i32, form: i32): usize {
  return IN + (<usize>from << (2 + (form & 1)));
}

/**
 * The greatest of elements `from` … from + n of IN, or of their opposites (the least, negated); NaN where there is a NaN. The greatest of every
 * block goes to OUT.
 */
export function greatestOf(from: i32, n: i32, form: i32, opposite: bool): f64 {
  const sign: f32 = opposite ? -0.0 : 0.0;
  let most = -Infinity, out = OUT;
  for (; n > 0; n -= ELEMENTS) {
    const at = place(from, form), count = min(n, ELEMENTS);
    const one = form & 1 ? greatest64(at, count, sign) : greatest32(at, count, sign);
    store<f64>(out, one);
    if (!(one <= most)) {
      most = one;
      if (isNaN(one)) return one;
    }
    from += ELEMENTS;
    out += 8;
  }
  return most;
}

/** WEIGHTS ← inverse · ln(WEIGHTS / max), as many vectors. */
function logarithms(vectors: i32, max: f64, inverse: f64): void {
  const size = <usize>vectors << 4, least = v128.load64_splat(TABLE, 0), scale = v128.load64_splat(TABLE, 8), top = f64x2.splat(max);
  for (let i: usize = 0; i < size; i += 16) {
    // `log` takes normal numbers only: others times 2^64
    const p = v128.load(WEIGHTS + i), small = f64x2.lt(f64x2.div(p, top), least);
    v128.store(BASES + i, p);
    v128.store(WEIGHTS + i, f64x2.div(v128.bitselect(f64x2.mul(p, scale), p, small), top));
  }
  log(changetype<Plain64>(0), WEIGHTS, WEIGHTS, vectors);
  const shift = v128.load64_splat(TABLE, 16), factor = f64x2.splat(inverse), none = f64x2.splat(-Infinity), zero = f64x2.splat(0);
  for (let i: usize = 0; i < size; i += 16) {
    const p = v128.load(BASES + i), small = f64x2.lt(f64x2.div(p, top), least);
    const value = f64x2.mul(f64x2.sub(v128.load(WEIGHTS + i), v128.and(shift, small)), factor);
    v128.store(WEIGHTS + i, v128.bitselect(none, value, f64x2.eq(p, zero)));
  }
}

/** Puts the weights of `count` elements at `at` to WEIGHTS, zeros up to a multiple of 8 after them, and gives their sum. */
function weigh(at: usize, count: i32, form: i32, max: f64, inverse: f64): f64 {
  const kind = form & ~1, size = <usize>count << 3, all = <usize>(count + 7 & ~7) << 3, vectors = <i32>(all >> 4);
  const logits = kind == LOGITS, top = f64x2.splat(logits ? max : 0), factor = f64x2.splat(logits ? inverse : 1);
  // whole eights, those past the end put right after
  const end = WEIGHTS + all;
  if (form & 1) {
    for (let to = WEIGHTS; to < end; to += 32) {
      v128.store(to, f64x2.mul(f64x2.sub(v128.load(at), top), factor));
      v128.store(to, f64x2.mul(f64x2.sub(v128.load(at, 16), top), factor), 16);
      at += 32;
    }
  } else {
    for (let to = WEIGHTS; to < end; to += 32) {
      v128.store(to, f64x2.mul(f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(at)), top), factor));
      v128.store(to, f64x2.mul(f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(at, 8)), top), factor), 16);
      at += 16;
    }
  }
  for (let i = size; i < all; i += 8) store<f64>(WEIGHTS + i, logits ? -Infinity : 0);
  if (kind == POWERS) logarithms(vectors, max, inverse);
  if (logits || kind == POWERS) exp(WEIGHTS, vectors);
  // element i to sum i mod 8
  let a = v128.load(WEIGHTS), b = v128.load(WEIGHTS, 16), c = v128.load(WEIGHTS, 32), d = v128.load(WEIGHTS, 48);
  for (let w = WEIGHTS + 64; w < end; w += 64) {
    a = f64x2.add(a, v128.load(w));
    b = f64x2.add(b, v128.load(w, 16));
    c = f64x2.add(c, v128.load(w, 32));
    d = f64x2.add(d, v128.load(w, 48));
  }
  const sum = f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** OUT ← the sums of the blocks of elements `from` … from + n of IN; max is the row's greatest. */
export function blockSums(from: i32, n: i32, form: i32, max: f64, inverse: f64): void {
  for (let out = OUT; n > 0; n -= ELEMENTS) {
    store<f64>(out, weigh(place(from, form), min(n, ELEMENTS), form, max, inverse));
    from += ELEMENTS;
    out += 8;
  }
}

/** OUT ← the weights of the elements, also tallied; `first` for a row's first. */
export function softmaxWeights(from: i32, n: i32, form: i32, max: f64, inverse: f64, first: bool): void {
  if (first) memory.fill(TALLY, 0, BINS << 3);
  for (let out = OUT; n > 0; n -= ELEMENTS) {
    const count = min(n, ELEMENTS), end = out + (<usize>count << 3);
    weigh(place(from, form), count, form, max, inverse);
    for (let w = WEIGHTS; out < end; out += 8) {
      const bin = TALLY + (<usize>min((BIN_TOP - load<u32>(w, 4)) >> BIN_SHIFT, BINS - 1) << 3), weight = load<f64>(w);
      store<f64>(out, weight);
      store<f64>(bin, load<f64>(bin) + weight);
      w += 8;
    }
    from += ELEMENTS;
  }
}

/** The tally, its bins, and what they are by: see src/nn/nucleus.ts. */
export function tallyAt(): usize { return TALLY; }
export function tallyBins(): u32 { return BINS; }
export function tallyTop(): u32 { return BIN_TOP; }
export function tallyShift(): u32 { return BIN_SHIFT; }

/** OUT ← the cumulative weights of the elements, `before` those of all blocks before; gives the last. `from` is a block's start. */
export function cumulativeWeights(from: i32, n: i32, form: i32, max: f64, inverse: f64, before: f64): f64 {
  let out = OUT;
  for (; n > 0; n -= ELEMENTS) {
    const count = min(n, ELEMENTS), size = <usize>count << 3;
    const after = before + weigh(place(from, form), count, form, max, inverse);
    let sum: f64 = 0, last = size;
    for (let i: usize = 0; i < size; i += 8) {
      const weight = load<f64>(WEIGHTS + i);
      sum += weight;
      const through = before + sum;
      store<f64>(out + i, through < after ? through : after);
      if (weight > 0) last = i;
    }
    for (let i = last; i < size; i += 8) store<f64>(out + i, after);
    before = after;
    from += ELEMENTS;
    out += size;
  }
  return before;
}
