/**
 * log, exp, expm1, pow and acos of two numbers at once: the operations of log.ts, exp.ts and pow.ts, so the same bits. Numbers for which those have a path of
 * their own, but for the usual ones, go through them. Constants are read from tables: see math/v64.ts.
 */
import { exp, expm1, POWERS } from './exp';
import { log, LOGS } from './log';
import { LOGS as POW_LOGS, pow } from './pow';
import { TURNS } from './trig';

// @ts-ignore: decorator
@inline function add(a: v128, b: v128): v128 { return f64x2.add(a, b); }
// @ts-ignore: decorator
@inline function sub(a: v128, b: v128): v128 { return f64x2.sub(a, b); }
// @ts-ignore: decorator
@inline function mul(a: v128, b: v128): v128 { return f64x2.mul(a, b); }
// @ts-ignore: decorator
@inline function first(x: v128): f64 { return f64x2.extract_lane(x, 0); }
// @ts-ignore: decorator
@inline function second(x: v128): f64 { return f64x2.extract_lane(x, 1); }
// @ts-ignore: decorator
@inline function pair(a: f64, b: f64): v128 { return f64x2.replace_lane(f64x2.splat(a), 1, b); }

// @ts-ignore: decorator
@lazy const MASKS: usize = memory.data<u64>([0xfffffffff8000000, 0xfff0000000000000, 0x8000000000000000, 0x80000000, 0xffffffff00000000], 16);
// @ts-ignore: decorator
@inline function upper(x: v128): v128 { return v128.and(x, v128.load64_splat(MASKS)); }

/** The exponent's part of two differences of bits, as doubles. */
// @ts-ignore: decorator
@inline function exponent(offset: v128): v128 {
  const high = i32x4.shr_s(offset, 20);
  return f64x2.convert_low_i32x4_s(v128.shuffle<i32>(high, high, 1, 3, 1, 3));
}

// @ts-ignore: decorator
@lazy const LOG: usize = memory.data<f64>([
  2.2250738585072014e-308, Infinity, 0.9375, 1.064697265625, 1, 0.6931471805598903, 5.497923018708371e-14, 0.5000000000000001, 0.33333333331825593,
  0.2499999999622955, 0.20000304511814496, 0.16667054827627667,
], 16);
/** Where the first intervals of log.ts and pow.ts begin. */
// @ts-ignore: decorator
@lazy const FIRSTS: usize = memory.data<u64>([0x3fe6000000000000, 0x3fe6955500000000], 16);

/** ln x. */
export function logs(x: v128): v128 {
  const usual = v128.and(f64x2.ge(x, v128.load64_splat(LOG)), f64x2.lt(x, v128.load64_splat(LOG, 8)));
  const near = v128.and(f64x2.ge(x, v128.load64_splat(LOG, 16)), f64x2.lt(x, v128.load64_splat(LOG, 24)));
  if (!i64x2.all_true(v128.andnot(usual, near))) return pair(log(first(x)), log(second(x)));
  const offset = i64x2.sub(x, v128.load64_splat(FIRSTS));
  const a = v128.load(LOGS + (<usize>(i64x2.extract_lane(offset, 0) >>> 41) & 2032)), b = v128.load(LOGS + (<usize>(i64x2.extract_lane(offset, 1) >>> 41) & 2032));
  const inverse = v128.shuffle<i64>(a, b, 0, 2), k = exponent(offset), z = i64x2.sub(x, v128.and(offset, v128.load64_splat(MASKS, 8)));
  const zHigh = upper(z), inverseHigh = upper(inverse);
  const r = add(sub(mul(zHigh, inverseHigh), v128.load64_splat(LOG, 32)), add(mul(sub(z, zHigh), inverseHigh), mul(z, sub(inverse, inverseHigh))));
  const r2 = mul(r, r), whole = add(mul(k, v128.load64_splat(LOG, 40)), v128.shuffle<i64>(a, b, 1, 3)), high = add(whole, r);
  const inner = sub(v128.load64_splat(LOG, 80), mul(r, v128.load64_splat(LOG, 88)));
  const series = add(sub(v128.load64_splat(LOG, 64), mul(r, v128.load64_splat(LOG, 72))), mul(r2, inner));
  const low = sub(add(add(sub(whole, high), r), mul(k, v128.load64_splat(LOG, 48))), mul(r2, v128.load64_splat(LOG, 56)));
  return add(add(low, mul(mul(r, r2), series)), high);
}

// @ts-ignore: decorator
@lazy const EXP: usize = memory.data<f64>([
  5.551115123125783e-17, 512, 184.6649652337873, 6755399441055744, 0.005415212348111709, 1.2864023111638346e-14,
  0.49999999999996786, 0.16666666666665886, 0.0416666808410674, 0.008333335853059549,
], 16);

/** Are both in the range in which `expPairs` is right? */
// @ts-ignore: decorator
@inline function usual(x: v128): bool {
  const size = f64x2.abs(x);
  return i64x2.all_true(v128.and(f64x2.ge(size, v128.load64_splat(EXP)), f64x2.lt(size, v128.load64_splat(EXP, 8))));
}

/** e^(x + tail). */
// @ts-ignore: decorator
@inline function expPairs(x: v128, tail: v128): v128 {
  const shifted = add(mul(x, v128.load64_splat(EXP, 16)), v128.load64_splat(EXP, 24)), whole = sub(shifted, v128.load64_splat(EXP, 24));
  const r = add(sub(sub(x, mul(whole, v128.load64_splat(EXP, 32))), mul(whole, v128.load64_splat(EXP, 40))), tail), r2 = mul(r, r);
  const a = v128.load(POWERS + ((<usize>i64x2.extract_lane(shifted, 0) & 127) << 4)), b = v128.load(POWERS + ((<usize>i64x2.extract_lane(shifted, 1) & 127) << 4));
  const s = i64x2.add(v128.shuffle<i64>(a, b, 1, 3), i64x2.shl(shifted, 45));
  const t = add(
    add(add(v128.shuffle<i64>(a, b, 0, 2), r), mul(r2, add(v128.load64_splat(EXP, 48), mul(r, v128.load64_splat(EXP, 56))))),
    mul(mul(r2, r2), add(v128.load64_splat(EXP, 64), mul(r, v128.load64_splat(EXP, 72)))),
  );
  const sHigh = upper(s), tHigh = upper(t), p = mul(sHigh, tHigh), sum = add(s, p);
  return add(sum, add(add(sub(s, sum), p), add(mul(sub(s, sHigh), tHigh), mul(s, sub(t, tHigh)))));
}

/** e^x. */
export function exps(x: v128): v128 { return usual(x) ? expPairs(x, f64x2.splat(0)) : pair(exp(first(x)), exp(second(x))); }

// @ts-ignore: decorator
@lazy const POW: usize = memory.data<f64>([
  1, 0.6931471805598903, 5.497923018708371e-14, 0.5, 0.6666666666666679, 0.5000000000000007, 0.7999999995323976, 0.6666666663487739,
  1.142909628459501, 1.0000415263675542,
], 16);

/** x^y. */
export function pows(x: v128, y: v128): v128 {
  const normal = v128.and(f64x2.ge(x, v128.load64_splat(LOG)), f64x2.lt(x, v128.load64_splat(LOG, 8)));
  const offset = i64x2.sub(x, v128.load64_splat(FIRSTS, 8)), k = exponent(offset), z = i64x2.sub(x, v128.and(offset, v128.load64_splat(MASKS, 8)));
  const from = POW_LOGS + <usize>(i64x2.extract_lane(offset, 0) >>> 45 & 127) * 24, to = POW_LOGS + <usize>(i64x2.extract_lane(offset, 1) >>> 45 & 127) * 24;
  const a = v128.load(from), b = v128.load(to), inverse = v128.shuffle<i64>(a, b, 0, 2);
  const zHigh = v128.and(i64x2.add(z, v128.load64_splat(MASKS, 24)), v128.load64_splat(MASKS, 32));
  const rHigh = sub(mul(zHigh, inverse), v128.load64_splat(POW)), rLow = mul(sub(z, zHigh), inverse), r = add(rHigh, rLow);
  const whole = add(mul(k, v128.load64_splat(POW, 8)), v128.shuffle<i64>(a, b, 1, 3)), sum = add(whole, r);
  const half = f64x2.neg(mul(v128.load64_splat(POW, 24), r)), halfHigh = f64x2.neg(mul(v128.load64_splat(POW, 24), rHigh));
  const r2 = mul(r, half), r2High = mul(rHigh, halfHigh), high = add(sum, r2High);
  const series = add(
    sub(mul(r, v128.load64_splat(POW, 40)), v128.load64_splat(POW, 32)),
    mul(r2, add(
      sub(v128.load64_splat(POW, 48), mul(r, v128.load64_splat(POW, 56))),
      mul(r2, sub(mul(r, v128.load64_splat(POW, 72)), v128.load64_splat(POW, 64))),
    )),
  );
  const tails = v128.load64_lane(to + 16, v128.load64_zero(from + 16), 1);
  const more = add(add(add(add(add(mul(k, v128.load64_splat(POW, 16)), tails), add(sub(whole, sum), r)), mul(rLow, add(half, halfHigh))), add(sub(sum, high), r2High)), mul(mul(r, r2), series));
  const ln = add(high, more), tail = add(sub(high, ln), more), yHigh = upper(y), lnHigh = upper(ln), product = mul(yHigh, lnHigh);
  // the product in range says as much of y
  if (!i64x2.all_true(normal) || !usual(product)) return pair(pow(first(x), first(y)), pow(second(x), second(y)));
  return expPairs(product, add(mul(sub(y, yHigh), lnHigh), mul(y, add(sub(ln, lnHigh), tail))));
}

/** a·b − p: `rest` of double.ts. Inlined, as a call would put all else out of the registers (measured). */
// @ts-ignore: decorator
@inline function rest(a: v128, b: v128, p: v128): v128 {
  const aHigh = upper(a), bHigh = upper(b), aLow = sub(a, aHigh), bLow = sub(b, bHigh);
  return add(add(add(sub(mul(aHigh, bHigh), p), mul(aHigh, bLow)), mul(aLow, bHigh)), mul(aLow, bLow));
}

/** a·b + c: `fused` of double.ts. */
// @ts-ignore: decorator
@inline function fused(a: v128, b: v128, c: v128): v128 {
  const p = mul(a, b), sum = add(p, c), part = sub(sum, p);
  return add(sum, add(add(sub(p, sub(sum, part)), sub(c, part)), rest(a, b, p)));
}

// @ts-ignore: decorator
@lazy const EXPM1: usize = memory.data<f64>([
  5.551115123125783e-17, 13.5, 0.3465735912322998, 1.0397205352783203, 1.44269504088896338700e+00, 6.93147180369123816490e-01, 1.90821492927058770002e-10,
  1, 0.5, 3, 6, 3.33333333333331316428e-02, 1.58730158725481460165e-03, 7.93650757867487942473e-05, 4.00821782732936239552e-06, 2.01099218183624371326e-07,
  6755399441055744, 0.25, 2,
], 16);

/** e^x − 1. */
export function expm1s(x: v128): v128 {
  const size = f64x2.abs(x), one = v128.load64_splat(EXPM1, 56), half = v128.load64_splat(EXPM1, 64), two = v128.load64_splat(EXPM1, 144);
  if (!i64x2.all_true(v128.and(f64x2.ge(size, v128.load64_splat(EXPM1)), f64x2.lt(size, v128.load64_splat(EXPM1, 8))))) return pair(expm1(first(x)), expm1(second(x)));
  const sign = v128.load64_splat(MASKS, 16), signs = v128.and(x, sign);
  let k = f64x2.trunc(add(mul(v128.load64_splat(EXPM1, 32), x), v128.or(half, signs)));
  k = v128.bitselect(v128.or(one, signs), k, f64x2.lt(size, v128.load64_splat(EXPM1, 24)));
  k = v128.and(k, f64x2.ge(size, v128.load64_splat(EXPM1, 16)));
  const h = sub(x, mul(k, v128.load64_splat(EXPM1, 40))), l = mul(k, v128.load64_splat(EXPM1, 48)), r = sub(h, l), c = sub(sub(h, r), l);
  const halved = mul(half, r), z = mul(r, halved), z2 = mul(z, z);
  const q = add(
    add(sub(one, mul(z, v128.load64_splat(EXPM1, 88))), mul(z2, sub(v128.load64_splat(EXPM1, 96), mul(z, v128.load64_splat(EXPM1, 104))))),
    mul(mul(z2, z2), sub(v128.load64_splat(EXPM1, 112), mul(z, v128.load64_splat(EXPM1, 120)))),
  );
  const t = fused(f64x2.neg(halved), q, v128.load64_splat(EXPM1, 72));
  const e = mul(z, f64x2.div(sub(q, t), fused(f64x2.neg(r), t, v128.load64_splat(EXPM1, 80))));
  const none = f64x2.eq(k, f64x2.splat(0)), g = fused(r, sub(e, c), f64x2.neg(v128.bitselect(z, c, none)));
  // where k = 0 g is taken from r; elsewhere g − z
  const f = sub(g, z), d = sub(f, r), scale = i64x2.shl(add(k, v128.load64_splat(EXPM1, 128)), 52), negative = f64x2.lt(k, f64x2.splat(0));
  let y = sub(v128.bitselect(one, sub(one, i64x2.sub(one, scale)), negative), d);
  y = sub(i64x2.add(y, scale), v128.and(one, negative));
  y = v128.bitselect(sub(f64x2.neg(mul(half, d)), half), y, f64x2.eq(k, f64x2.neg(one)));
  const lower = mul(f64x2.neg(two), sub(f, add(r, half)));
  const first1 = v128.bitselect(lower, sub(one, mul(two, d)), f64x2.lt(r, f64x2.neg(v128.load64_splat(EXPM1, 136))));
  y = v128.bitselect(first1, y, f64x2.eq(k, one));
  return v128.bitselect(sub(r, g), y, none);
}

// @ts-ignore: decorator
@lazy const ACOS: usize = memory.data<f64>([
  0.5, 1.5707963267948966, 6.123233995736766e-17, 52776558133248, // 1.5 · 2^45, as in trig.ts
  1.66666666666666657415e-01, 3.25565818622400915405e-01, 2.01212532134862925881e-01, 4.00555345006794114027e-02, 7.91534994289814532176e-04,
  3.47933107596021167570e-05, 1, 2.40339491173441421878e+00, 2.02094576023350569471e+00, 6.88283971605453293030e-01, 7.70381505559019352791e-02,
  0.16666666666666666, 0.008333333333333333, 0.0001984126984126984, 0.041666666666666664, 0.001388888888888889,
], 16);
// @ts-ignore: decorator
@inline function row(near: i64): usize { return TURNS + (<usize>near & 127) * 32; }

/**
 * arccos x: arcsin of |x| to ½, beyond of √((1 − |x|) / 2), by FreeBSD's approximation (e_acos.c, Sun Microsystems) and one Newton step in two words, so
 * correctly rounded but for some one in a million. glibc's own is not (0.07 % of values, by 20 KB of tables), which is all that the two differ by.
 */
export function acoss(x: v128): v128 {
  const half = v128.load64_splat(ACOS), one = v128.load64_splat(ACOS, 80), size = f64x2.abs(x), small = f64x2.le(size, half), positive = f64x2.gt(x, f64x2.splat(0));
  const less = sub(half, mul(half, size)), root = f64x2.sqrt(less), square = mul(root, root);
  const left = f64x2.div(sub(sub(less, square), rest(root, root, square)), add(root, root));
  const t = v128.bitselect(size, root, small), tail = v128.andnot(v128.and(left, f64x2.ne(root, f64x2.splat(0))), small), z = mul(t, t);
  let p = add(v128.load64_splat(ACOS, 64), mul(z, v128.load64_splat(ACOS, 72)));
  p = sub(v128.load64_splat(ACOS, 48), mul(z, sub(v128.load64_splat(ACOS, 56), mul(z, p))));
  p = mul(z, add(v128.load64_splat(ACOS, 32), mul(z, sub(mul(z, p), v128.load64_splat(ACOS, 40)))));
  const q = sub(v128.load64_splat(ACOS, 96), mul(z, sub(v128.load64_splat(ACOS, 104), mul(z, v128.load64_splat(ACOS, 112)))));
  let a = add(t, mul(t, f64x2.div(p, add(one, mul(z, sub(mul(z, q), v128.load64_splat(ACOS, 88)))))));
  // and (t − sin a) / cos a more
  const near = add(v128.load64_splat(ACOS, 24), a), i = row(i64x2.extract_lane(near, 0)), j = row(i64x2.extract_lane(near, 1)), r = sub(a, sub(near, v128.load64_splat(ACOS, 24))), r2 = mul(r, r);
  const sines = v128.load(i), sines1 = v128.load(j), cosines = v128.load(i, 16), cosines1 = v128.load(j, 16);
  const s = v128.shuffle<i64>(sines, sines1, 0, 2), c = v128.shuffle<i64>(cosines, cosines1, 0, 2), product = mul(c, r);
  const cubic = sub(mul(r2, sub(v128.load64_splat(ACOS, 128), mul(r2, v128.load64_splat(ACOS, 136)))), v128.load64_splat(ACOS, 120));
  const quadratic = mul(r2, sub(half, mul(r2, sub(v128.load64_splat(ACOS, 144), mul(r2, v128.load64_splat(ACOS, 152))))));
  const bent = sub(mul(mul(product, r2), cubic), mul(s, quadratic));
  const low = add(rest(c, r, product), add(v128.shuffle<i64>(sines, sines1, 1, 3), add(bent, mul(r, v128.shuffle<i64>(cosines, cosines1, 1, 3)))));
  let more = f64x2.div(add(sub(sub(sub(t, s), product), low), tail), sub(c, mul(s, r)));
  const edge = add(a, more), sign = v128.andnot(v128.load64_splat(MASKS, 16), v128.xor(positive, small));
  a = v128.xor(a, sign);
  more = v128.xor(more, sign);
  const quarter = v128.load64_splat(ACOS, 8), high = add(quarter, a), y = add(high, add(add(sub(quarter, high), a), add(v128.load64_splat(ACOS, 16), more)));
  return v128.bitselect(y, mul(f64x2.splat(2), v128.bitselect(edge, y, positive)), small);
}
