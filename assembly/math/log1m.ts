/**
 * −ln(1 − u) for uniform draws u in glibc's very operations (2.36), as NumPy's tails and inversions pass through −log1p(−u). See: FreeBSD's s_log1p.c
 * and s_log1pf.c, after Sun Microsystems, 1993; glibc sums the float64 series in four pairs. What they do for a 1 + x that has to be rounded is left
 * out, as 1 − u is exact.
 */

/** a · b + c rounded once: Dekker's product ("A floating-point technique for extending the available precision", 1971) and Knuth's sum, both exact. */
function fma(a: v128, b: v128, c: v128): v128 {
  const split = f64x2.splat(134217729); // 2^27 + 1
  const p = f64x2.mul(a, b), sa = f64x2.mul(a, split), sb = f64x2.mul(b, split);
  const ah = f64x2.sub(sa, f64x2.sub(sa, a)), bh = f64x2.sub(sb, f64x2.sub(sb, b)), al = f64x2.sub(a, ah), bl = f64x2.sub(b, bh);
  const rest = f64x2.add(f64x2.add(f64x2.add(f64x2.sub(f64x2.mul(ah, bh), p), f64x2.mul(ah, bl)), f64x2.mul(al, bh)), f64x2.mul(al, bl));
  const sum = f64x2.add(p, c), d = f64x2.sub(sum, p);
  return f64x2.add(sum, f64x2.add(f64x2.add(f64x2.sub(p, f64x2.sub(sum, d)), f64x2.sub(c, d)), rest));
}

/** a z + b */
// @ts-ignore: decorator
@inline function line(z: v128, a: f64, b: f64): v128 { return fma(z, f64x2.splat(a), f64x2.splat(b)); }

/**
 * The two float64 at `at` ← −ln(1 − u), for multiples u of 2^-53 in [0, 1). The series is summed as on processors with FMA, where glibc uses it; summed
 * plainly, 3 results in 10,000 were a last place off (measured).
 */
export function minusLog1m64(at: usize): void {
  const u = v128.load(at), one = f64x2.splat(1);
  // 1 − u = 2^k (1 + f) with 1 + f in [√½, √2), by the upper word; k + 1023 becomes a double by 2^52's bits. Below 1 − √½, f = −u
  const above = i64x2.add(f64x2.sub(one, u), i64x2.splat(0x00095f6200000000)), far = f64x2.ge(u, f64x2.splat(0.2928934097290039));
  const k = v128.and(f64x2.sub(v128.or(i64x2.shr_u(above, 52), f64x2.splat(4503599627370496)), f64x2.splat(4503599627371519)), far);
  const m = i64x2.add(v128.and(above, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3fe6a09e00000000)); // √½
  const f = v128.bitselect(f64x2.sub(m, one), f64x2.neg(u), far);
  const half = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f), s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const z = f64x2.mul(s, s), z2 = f64x2.mul(z, z), z4 = f64x2.mul(z2, z2);
  let r = fma(z, f64x2.splat(6.666666666666735130e-01), f64x2.mul(z2, line(z, 2.857142874366239149e-01, 3.999999999940941908e-01)));
  r = fma(z4, line(z, 1.818357216161805012e-01, 2.222219843214978396e-01), r);
  r = fma(f64x2.mul(z4, z2), line(z, 1.479819860511658591e-01, 1.531383769920937332e-01), r);
  const low = f64x2.add(f64x2.mul(s, f64x2.add(half, r)), f64x2.mul(k, f64x2.splat(1.90821492927058770002e-10))); // ln2 in two parts
  v128.store(at, f64x2.sub(f64x2.sub(f64x2.sub(half, low), f), f64x2.mul(k, f64x2.splat(6.93147180369123816490e-01))));
}

/** −ln(1 − u) for u a multiple of 2^-24 in [0, 1), in float32 throughout: all 2^24 are glibc's. */
export function minusLog1m32(u: f32): f32 {
  let f = -u, k: f32 = 0;
  if (u >= 0.2928934097290039) {
    const above = reinterpret<u32>(1 - u) + 0x004afb09; // 1 − √½ as bits
    k = <f32>(<i32>(above >> 23) - 127);
    f = reinterpret<f32>((above & 0x007fffff) + 0x3f3504f7) - 1; // √½
  }
  const half: f32 = 0.5 * f * f, s = f / (2 + f), z = s * s;
  const r: f32 = z * (6.6666668653e-01 + z * (4.0000000596e-01 + z * (2.8571429849e-01 + z * (2.2222198546e-01 +
    z * (1.8183572590e-01 + z * (1.5313838422e-01 + z * 1.4798198640e-01))))));
  return half - (s * (half + r) + k * 9.0580006145e-06) - f - k * 6.9313812256e-01;
}
