/** Scalar float64 functions for samplers that take words one by one: the lanes' own operations where there are any. */
import { Plain64, log as log64 } from './v64';

// @ts-ignore: decorator
@lazy const CELL: usize = memory.data(16, 16);

/** ln x for positive normal x: the block form on one vector. */
export function log(x: f64): f64 {
  v128.store(CELL, f64x2.splat(x));
  log64(changetype<Plain64>(0), CELL, CELL, 1);
  return load<f64>(CELL);
}

/** ln(1 + x) for x > −1: ln u · x / (u − 1) with u = 1 + x rounded (Kahan; Goldberg 1991, theorem 4). */
export function log1p(x: f64): f64 {
  const u = 1 + x;
  return u == 1 ? x : log(u) * x / (u - 1);
}

/** e^x for −700 < x < 700, see: musl's former src/math/exp.c (FreeBSD's e_exp.c). */
export function exp(x: f64): f64 {
  const k = nearest(x * 1.44269504088896338700e+00); // 1 / ln2
  const high = x - k * 6.93147180369123816490e-01, low = k * 1.90821492927058770002e-10; // ln2 in two parts
  const r = high - low, z = r * r;
  const c = r - z * (1.66666666666666019037e-01 + z * (-2.77777777770155933842e-03 + z * (6.61375632143793436117e-05 +
    z * (-1.65339022054652515390e-06 + z * 4.13813679705723846039e-08))));
  const y = 1 + (r * c / (2 - c) - low + high);
  return y * reinterpret<f64>(<u64>(<i64>k + 1023) << 52);
}
