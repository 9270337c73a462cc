/**
 * Normals between two bounds, by inversion: an element is a function of its own word (float32) or two words (float64), whatever the window.
 *
 * How a window is done depends on its parameters alone. FAST: four float32 lanes. CENTRAL: two float64 lanes. FAR: beyond 5 σ, see
 * far.ts. NARROW: so narrow that its density is a straight line. What float32 would do badly is done in float64 and rounded.
 */
import { BLOCK } from '../math/v64';
import { between, centre, share, upper } from './cdf';
import { OUT } from './engine';
import { FAR, far, setFar } from './far';
import { fill } from './fill';
import { CENTRES, CHANCES, linear, quantile32, quantile64, ROOTS, setAffine, within64 } from './quantile';

// @ts-ignore: decorator
@inline const IS_FAST: i32 = 0;
// @ts-ignore: decorator
@inline const IS_CENTRAL: i32 = 1;
// @ts-ignore: decorator
@inline const IS_FAR: i32 = 2;
// @ts-ignore: decorator
@inline const IS_NARROW: i32 = 3;

/** A word's share of (0, 1) in float32: 2^-31. */
// @ts-ignore: decorator
@inline const UNIT: f64 = 4.656612873077392578125e-10;

/** How the window that is set is done. */
let mode: i32 = IS_FAST;

/** A block of uniforms u: in (0, 1), and u, 1 − u and u − ½ are all exact. */
// @ts-ignore: decorator
@lazy const UNIFORMS: usize = memory.data(1024, 16);
/** Its values, where they are rounded to float32. */
// @ts-ignore: decorator
@lazy const VALUES: usize = memory.data(1024, 16);

/**
 * Of bounds α and β in standard units. CENTRAL: Φ(β) − Φ(α); the u nearest x = 0, and c = Φ(x) − ½ there; Φ(α); 1 − Φ(β). NARROW: low, high,
 * high − low, how far the density falls over the window. FAR: what makes a uniform fall away from the nearer bound, first + step · u.
 */
// @ts-ignore: decorator
@lazy const FIELDS: usize = memory.data(40, 16);
/** FAST: the first word k at or above x = 0; a word's chance; |c| at k and at k − 1; the chances beyond the last word and below the first. */
// @ts-ignore: decorator
@lazy const FIELDS32: usize = memory.data(24, 16);

// @ts-ignore: decorator
@lazy const F64: usize = memory.data<f64>([
  1, // 0
  0.99999999999999988898, // 8: 1 − 2^-53
  0.5, // 16
  UNIT, // 24
], 16);

/** A difference in standard units, where it is past float64 too. */
function standard(to: f64, from: f64, std: f64): f64 {
  const difference = to - from;
  return abs(difference) == Infinity ? (0.5 * to - 0.5 * from) / std * 2 : difference / std;
}

/** Sets NARROW, which takes the density as 1 − 2 slope · (t − ½) and its quantile as u − slope · u (1 − u). */
function setNarrow(low: f64, high: f64, slope: f64): void {
  mode = IS_NARROW;
  store<f64>(FIELDS, low);
  store<f64>(FIELDS, high, 8);
  store<f64>(FIELDS, high - low, 16);
  store<f64>(FIELDS, slope, 24);
}

/** Sets FAST: `zero` is the u where x = 0, or the end nearest to it; `start` and `end` are c there. */
function setFast(whole: f64, zero: f64, start: f64, end: f64, below: f64, above: f64): void {
  mode = IS_FAST;
  const word = whole * UNIT, first = floor(zero * 2147483648); // 2^31
  const right = zero == 0 ? start + 0.5 * word : whole * ((first + 0.5) * UNIT - zero);
  store<u32>(FIELDS32, <u32>first);
  store<f32>(FIELDS32, <f32>word, 4);
  store<f32>(FIELDS32, <f32>right, 8);
  store<f32>(FIELDS32, <f32>(zero == 1 ? 0.5 * word - end : word - right), 12);
  store<f32>(FIELDS32, <f32>(above + 0.5 * word), 16);
  store<f32>(FIELDS32, <f32>(below + 0.5 * word), 20);
}

/** Sets CENTRAL, likewise. */
function setCentral(whole: f64, zero: f64, start: f64, end: f64, below: f64, above: f64): void {
  mode = IS_CENTRAL;
  const middle = nearest(zero * 9007199254740992) * 1.1102230246251565404e-16; // 2^53: u less it is exact
  store<f64>(FIELDS, whole);
  store<f64>(FIELDS, middle, 8);
  store<f64>(FIELDS, zero == 0 ? start : zero == 1 ? end : start + whole * middle, 16);
  store<f64>(FIELDS, below, 24);
  store<f64>(FIELDS, above, 32);
}

/** Can float32 do a window whose bounds are at most `outer` from the mean? Not where a few of its units are a share of the width. */
function suits32(mean: f64, std: f64, width: f64, outer: f64): bool {
  return width >= 0.03125 * outer && abs(mean - <f64><f32>mean) <= 3.814697265625e-06 * std // 2^-18
    && abs(mean) < 1e30 && std > 1e-30 && std < 1e30;
}

/** Sets the window; `least` and `most` are the first and the last finite value of the dtype in it. */
export function setTruncated(mean: f64, std: f64, low: f64, high: f64, least: f64, most: f64, single: bool): void {
  const alpha = standard(low, mean, std), beta = standard(high, mean, std);
  const width = high - low == Infinity && (low == -Infinity || high == Infinity) ? Infinity : standard(high, low, std);
  const inner = max(max(alpha, -beta), 0), outer = max(abs(alpha), abs(beta));
  let scale: f64 = 1;
  // the density's slope over the window is below 2^-26, so its square below a rounding; its curve would move a value by width³ / 250 at most
  const flat = outer * width <= 1.4901161193847656e-08, thin = width <= 2.9802322387695312e-08 || width <= 0.0009765625 * inner; // 2^-25, 2^-10
  if (flat && thin) {
    setNarrow(low, high, 0.25 * (alpha + beta) * width);
  } else if (inner >= FAR) {
    mode = IS_FAR;
    const up = alpha > 0;
    store<f64>(FIELDS, up ? 1 : 0);
    store<f64>(FIELDS, up ? -1 : 1, 8);
    setFar(inner, width, up ? low : high, up ? std : -std);
  } else {
    const a = share(alpha), b = beta == -alpha ? a : share(beta), whole = between(alpha, a, beta, b);
    const start = centre(alpha, a), end = centre(beta, b), below = upper(-alpha, a), above = upper(beta, b);
    const zero = alpha >= 0 ? 0 : beta <= 0 ? 1 : -start / whole;
    if (single && suits32(mean, std, width, outer)) {
      setFast(whole, zero, start, end, below, above);
    } else {
      setCentral(whole, zero, start, end, below, above);
      if (max(abs(mean), std) > 1e300) scale = 4; // x · std may be past float64 where the value is not
    }
  }
  setAffine(mean, std, least, most, scale);
}

/** c, p and s of a block: c from the nearer end or from 0, whichever keeps its bits, p from the nearer tail's end. */
function central(vectors: i32): void {
  const size = <usize>vectors << 4;
  const whole = v128.load64_splat(FIELDS), middle = v128.load64_splat(FIELDS, 8), offset = v128.load64_splat(FIELDS, 16);
  const below = v128.load64_splat(FIELDS, 24), above = v128.load64_splat(FIELDS, 32), one = v128.load64_splat(F64), zero = i64x2.splat(0);
  for (let i: usize = 0; i < size; i += 16) {
    const u = v128.load(UNIFORMS + i), c = linear(offset, whole, f64x2.sub(u, middle)), negative = f64x2.lt(c, zero);
    const p = linear(v128.bitselect(below, above, negative), whole, v128.bitselect(u, f64x2.sub(one, u), negative));
    v128.store(CENTRES + i, c);
    v128.store(CHANCES + i, p);
    v128.store(ROOTS + i, f64x2.sqrt(f64x2.sub(p, f64x2.mul(p, p))));
  }
}

/** low + (high − low) t with t = u − slope · u (1 − u), or the same from above: from the nearer bound. */
function narrow(out: usize, vectors: i32): void {
  const size = <usize>vectors << 4;
  const low = v128.load64_splat(FIELDS), high = v128.load64_splat(FIELDS, 8), width = v128.load64_splat(FIELDS, 16);
  const slope = v128.load64_splat(FIELDS, 24), one = v128.load64_splat(F64), half = v128.load64_splat(F64, 16);
  for (let i: usize = 0; i < size; i += 16) {
    const u = v128.load(UNIFORMS + i), v = f64x2.sub(one, u), turn = f64x2.mul(f64x2.mul(slope, u), v);
    const up = linear(low, width, f64x2.sub(u, turn)), down = f64x2.sub(high, f64x2.mul(width, f64x2.add(v, turn)));
    v128.store(out + i, within64(v128.bitselect(up, down, f64x2.lt(u, half))));
  }
}

/** The values of a block of uniforms. */
function block(out: usize, vectors: i32): void {
  if (mode == IS_CENTRAL) {
    central(vectors);
    quantile64(out, vectors);
  } else if (mode == IS_FAR) {
    const size = <usize>vectors << 4, first = v128.load64_splat(FIELDS), step = v128.load64_splat(FIELDS, 8);
    for (let i: usize = 0; i < size; i += 16) v128.store(UNIFORMS + i, linear(first, step, v128.load(UNIFORMS + i)));
    far(UNIFORMS, out, vectors);
  } else {
    narrow(out, vectors);
  }
}

/** u = (k + ½) 2^-52 from the top 52 bits k of two words: 1 … 2 by the bits, less 1 − 2^-53. */
function truncated64(raw: usize, out: usize, n: i32): void {
  for (let left = (n + 1) >> 1; left > 0; left -= BLOCK) {
    const vectors = min(left, BLOCK), size = <usize>vectors << 4;
    const one = v128.load64_splat(F64), most = v128.load64_splat(F64, 8);
    for (let i: usize = 0; i < size; i += 16) v128.store(UNIFORMS + i, f64x2.sub(v128.or(i64x2.shr_u(v128.load(raw + i), 12), one), most));
    block(out, vectors);
    raw += size;
    out += size;
  }
}

/** u = (k + ½) 2^-31 from the top 31 bits k of one word, in float64. */
function rounded32(raw: usize, out: usize, n: i32): void {
  for (let left = (n + 1) >> 1; left > 0; left -= BLOCK) {
    const vectors = min(left, BLOCK), size = <usize>vectors << 4;
    const half = v128.load64_splat(F64, 16), unit = v128.load64_splat(F64, 24);
    for (let i: usize = 0; i < size; i += 16) {
      v128.store(UNIFORMS + i, f64x2.mul(f64x2.add(f64x2.convert_low_i32x4_s(i32x4.shr_u(v128.load64_zero(raw), 1)), half), unit));
      raw += 8;
    }
    block(VALUES, vectors);
    for (let i: usize = 0; i < size; i += 16) {
      v128.store64_lane(out, f32x4.demote_f64x2_zero(v128.load(VALUES + i)), 0);
      out += 8;
    }
  }
}

/**
 * The same in four lanes, u = (k + ½) 2^-31 from the top 31 bits k. c counts the words from the one at x = 0 and p those from the nearer tail's
 * end, both as integers, so the float32 of either has all its bits.
 */
function fast32(raw: usize, out: usize, n: i32): void {
  for (let left = (n + 3) >> 2; left > 0; left -= BLOCK) {
    const vectors = min(left, BLOCK), size = <usize>vectors << 4;
    const first = v128.load32_splat(FIELDS32), word = v128.load32_splat(FIELDS32, 4);
    const right = v128.load32_splat(FIELDS32, 8), other = v128.load32_splat(FIELDS32, 12);
    const above = v128.load32_splat(FIELDS32, 16), below = v128.load32_splat(FIELDS32, 20), all = i32x4.splat(0x7fffffff);
    const turn = v128.xor(right, other), change = v128.xor(above, below);
    for (let i: usize = 0; i < size; i += 16) {
      const k = i32x4.shr_u(v128.load(raw + i), 1), ahead = i32x4.sub(k, first), negative = i32x4.shr_s(ahead, 31);
      const c = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(v128.xor(ahead, negative)), word), v128.xor(right, v128.and(turn, negative)));
      const from = f32x4.convert_i32x4_s(v128.xor(k, v128.andnot(all, negative)));
      const p = f32x4.add(f32x4.mul(from, word), v128.xor(above, v128.and(change, negative)));
      v128.store(CENTRES + i, v128.xor(c, i32x4.shl(negative, 31)));
      v128.store(CHANCES + i, p);
      v128.store(ROOTS + i, f32x4.sqrt(f32x4.sub(p, f32x4.mul(p, p))));
    }
    quantile32(out, vectors);
    raw += size;
    out += size;
  }
}

/** n float32 at OUT. */
export function fillTruncated32(n: i32): void {
  fill(mode == IS_FAST ? fast32 : rounded32, 1, 4, OUT, n);
}

/** n float64 at OUT. */
export function fillTruncated64(n: i32): void {
  fill(truncated64, 2, 8, OUT, n);
}
