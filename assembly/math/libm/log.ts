/**
 * log: Szabolcs Nagy's, of Arm Optimized Routines (math/log.c, MIT), as in glibc and musl: k ln2 + ln c + ln(1 + r), |r| < 1/256.
 * log1p: FreeBSD's (s_log1p.c, Sun Microsystems), the polynomial in glibc's order.
 */
import { fused, rest, upper } from './double';
import { logPair } from './pow';

/** For the i-th of 128 intervals of [0.6875, 1.375): 1/c and ln c. */
// @ts-ignore: decorator
@lazy export const LOGS: usize = memory.data(2048, 16);

/** 1/c of log_data.c less 1/middle of the interval, in last places: c was searched for, such that ln c is nearly a multiple of 2^-43. */
// @ts-ignore: decorator
@lazy const OFFSETS: usize = memory.data<i32>([
  -23142382, -57643754, -234334839, -124664804, 19045012, -123323398, -501163255, 342479926, -234593306, 57421184,
  513617488, -240891478, 85169741, 28659150, 284053799, 342563057, -68420459, -346144712, -90113766, -464022980,
  285342708, -489548825, 376054848, 47397812, -423637851, -260988534, 336107021, 448241578, 154177355, 447893384,
  241227555, -420636714, -218426730, -96876684, -205835218, -368178198, -345128710, -510284502, 481763731, 209336112,
  429336310, 15489329, 442353177, -417834330, 73183371, 515232680, 507984536, 83787275, 330409952, 151596684,
  377744204, 198302857, 214798271, -345957716, 356163107, 215510022, -229897960, -131709726, 215213618, -464519207,
  -332821996, 385780520, -400344786, 256208139, 478356527, 345720337, 128466877, 217515751, -162048343, 295127580,
  -235892775, -69369347, 93666841, -272860130, 91915174, 29018059, 258893229, 386009280, -241633007, 68399381,
  386341370, 408940642, 65060217, -120872168, 189498853, -32395328, -49955913, 154042178, -346113480, 148348366,
  -396488327, -427431396, 107119491, -500798201, 212184347, 305888811, -330297730, -91422864, 6707636, 273897542,
  -512931067, -500150233, 485589437, -280752730, 106848032, 30953893, -291342514, -408884927, 149302919, -107851081,
  225432558, 460497078, -452391632, -490679353, 508304210, 493208081, 336502878, 526975298, -457361038, -312310462,
  -365194252, -421357131, 362015322, 310793228, -441535439, -69145545, -528727990, 433364383,
]);

/** The bits where the first interval begins. */
const FIRST: u64 = 0x3fe6000000000000;

/** After the table of `logPair`. */
export function buildNearLogs(): void {
  for (let i: usize = 0; i < 128; i++) {
    const middle = 0.5 * (reinterpret<f64>(FIRST + (<u64>i << 45)) + reinterpret<f64>(FIRST + (<u64>(i + 1) << 45)));
    const inverse = reinterpret<u64>(1 / middle) + load<i32>(OFFSETS + (i << 2));
    store<u64>(LOGS + (i << 4), inverse);
    store<f64>(LOGS + (i << 4), nearest(logPair(inverse) * -8796093022208) / 8796093022208, 8); // 2^43
  }
}

/** ln x. */
export function log(x: f64): f64 {
  let bits = reinterpret<u64>(x);
  if (bits - 0x3fee000000000000 < 0x3090000000000) {
    // 0.9375 ≤ x < 1.0647
    const r = x - 1, r2 = r * r, r3 = r * r2;
    const p = 0.3333333333333352 + r * -0.24999999999998432 + r2 * 0.19999999999320328 +
      r3 * (-0.16666666669929706 + r * 0.14285715076560868 + r2 * -0.12499997863982555 +
      r3 * (0.11110712032936046 + r * -0.10000486757818193 + r2 * 0.09181994006195467 + r3 * -0.08328363062289341));
    const far = r * 134217728, rHigh = r + far - far, square = rHigh * rHigh * -0.5, high = r + square; // 2^27
    return fused(r3, p, r - high + square + -0.5 * (r - rHigh) * (rHigh + r)) + high;
  }
  if (<u32>(bits >>> 48) - 0x10 >= 0x7fe0) {
    // negative, 0, subnormal, infinite or NaN
    if (x == 0) return -Infinity;
    if (!(x > 0 && x < Infinity)) return x > 0 ? x : NaN;
    bits = reinterpret<u64>(x * 4503599627370496) - (<u64>52 << 52); // 2^52
  }
  const offset = bits - FIRST, at = LOGS + (<usize>(offset >>> 41) & 2032), k = <f64>(<i64>offset >> 52);
  const z = reinterpret<f64>(bits - (offset & 0xfff0000000000000)), inverse = load<f64>(at);
  // z/c − 1 rounded once
  const zHigh = upper(z), inverseHigh = upper(inverse);
  const r = zHigh * inverseHigh - 1 + ((z - zHigh) * inverseHigh + z * (inverse - inverseHigh)), r2 = r * r;
  const whole = k * 0.6931471805598903 + load<f64>(at, 8), high = whole + r; // ln2 in two parts
  return whole - high + r + k * 5.497923018708371e-14 + r2 * -0.5000000000000001 +
    r * r2 * (0.33333333331825593 + r * -0.2499999999622955 + r2 * (0.20000304511814496 + r * -0.16667054827627667)) + high;
}

/** ln(1 + x). */
export function log1p(x: f64): f64 {
  if (!(x > -1 && x < Infinity)) return x == -1 ? -Infinity : x > 0 ? x : NaN;
  const size = abs(x);
  if (size < 5.551115123125783e-17) return x; // 2^-54
  if (size < 1.862645149230957e-9) return x - x * x * 0.5; // 2^-29
  let f = x, low: f64 = 0, high: f64 = 0;
  const top = <i32>(reinterpret<u64>(x) >>> 32), reduced = top >= 0x3fda827a || <u32>top > 0xbfd2bec3;
  if (reduced) {
    // outside √½ … √2: 1 + x = 2^k (1 + f), with c lost in rounding it
    const u = x < 9007199254740992 ? 1 + x : x, bits = reinterpret<u64>(u) + 0x95f6200000000; // 2^53; 1 − √½, as bits
    const k = <f64>(<i32>(bits >>> 52) - 1023);
    const c = x < 9007199254740992 ? select(1 - (u - x), x - (u - 1), u >= 2) / u : 0;
    f = reinterpret<f64>((bits & 0xfffffffffffff) + 0x3fe6a09e00000000) - 1;
    low = k * 1.90821492927058770002e-10 + c; // ln2 in two parts
    high = k * 6.93147180369123816490e-01;
  }
  const h = 0.5 * f * f;
  if (reduced && f >= -1.430511474609375e-6 && f < 9.5367431640625e-7) {
    // −1.5 · 2^-20 … 2^-20
    return f == 0 ? high + low : high - (h * (1 - 0.66666666666666666 * f) - low - f);
  }
  const s = f / (2 + f), z = s * s, z2 = z * z, z4 = z2 * z2;
  // a fused product where glibc's shows in the result
  const p = z * 6.666666666666735130e-01, q = z2 * (3.999999999940941908e-01 + z * 2.857142874366239149e-01), sum = p + q;
  const r = sum + (p - sum + q + rest(z, 6.666666666666735130e-01, p)) + z4 * (2.222219843214978396e-01 + z * 1.818357216161805012e-01) +
    z4 * z2 * (1.531383769920937332e-01 + z * 1.479819860511658591e-01);
  return reduced ? high - (h - (s * (h + r) + low) - f) : f - (h - s * (h + r));
}
