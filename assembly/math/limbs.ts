/** Vectors of limbs of 32 bits, and their products of 64: what 128-bit arithmetic over four lanes is made of. */

/** The low limbs of four 64-bit lanes. */
// @ts-ignore: decorator
@inline export function evens(a: v128, b: v128): v128 { return v128.shuffle<i32>(a, b, 0, 2, 4, 6); }
/** The high ones. */
// @ts-ignore: decorator
@inline export function odds(a: v128, b: v128): v128 { return v128.shuffle<i32>(a, b, 1, 3, 5, 7); }
/** Low and high limbs together: the first two lanes. */
// @ts-ignore: decorator
@inline export function firsts(low: v128, high: v128): v128 { return v128.shuffle<i32>(low, high, 0, 4, 1, 5); }
/** The last two. */
// @ts-ignore: decorator
@inline export function lasts(low: v128, high: v128): v128 { return v128.shuffle<i32>(low, high, 2, 6, 3, 7); }
/** Full products of the first two limbs. */
// @ts-ignore: decorator
@inline export function lows(a: v128, b: v128): v128 { return i64x2.extmul_low_i32x4_u(a, b); }
/** Of the last two. */
// @ts-ignore: decorator
@inline export function highs(a: v128, b: v128): v128 { return i64x2.extmul_high_i32x4_u(a, b); }
// @ts-ignore: decorator
@inline export function add(a: v128, b: v128): v128 { return i64x2.add(a, b); }
/** What goes on to the next limb. */
// @ts-ignore: decorator
@inline export function carry(a: v128): v128 { return i64x2.shr_u(a, 32); }
