/**
 * The float32 functions of the float32 samplers.
 *
 * expf, logf, powf: Szabolcs Nagy's, of Arm Optimized Routines (math/expf.c, logf.c, powf.c, MIT), as in glibc and musl: float64 inside.
 * log1pf: FreeBSD's (s_log1pf.c, Sun Microsystems; float version by Ian Lance Taylor, Cygnus Support).
 */
import { multiply, low } from './double';
import { POWERS } from './exp';
import { logPair, logTail } from './pow';

/** For the i-th of 16 intervals of [0.6992, 1.3984): 1/c of logf_data.c and powf_log2_data.c. */
// @ts-ignore: decorator
@lazy const INVERSES: usize = memory.data<f64>([
  1.398907162146528, 1.3403141896637998, 1.286432210124115, 1.2367150214269895, 1.1906977166711752, 1.1479821020556429,
  1.1082251448272158, 1.0711297413057381, 1.036437278977283, 1.0, 0.9492859795739057, 0.8951049428609004,
  0.8476821620351103, 0.8050314851692001, 0.7664671008843108, 0.731428603316328,
]);

/** ln c, then log2 c. */
// @ts-ignore: decorator
@lazy const LOGS: usize = memory.data(256, 16);

/** After the table of `logPair`. */
export function buildSingles(): void {
  for (let i: usize = 0; i < 128; i += 8) {
    const log = logPair(load<u64>(INVERSES + i));
    store<f64>(LOGS + i, 0 - log);
    store<f64>(LOGS + i, 0 - multiply(log, logTail, 1.4426950408889634, 2.0355273740931033e-17), 128); // 1/ln2
  }
}

/** 2^x by 2^(k/32) and a cubic. */
function power(x: f64): f32 {
  if (!(abs(x) < 200)) return x != x ? <f32>x : x < 0 ? 0 : Infinity;
  const shifted = x + 211106232532992, k = reinterpret<u64>(shifted), r = x - (shifted - 211106232532992); // 1.5 · 2^52 / 32
  const s = reinterpret<f64>(load<u64>(POWERS + (<usize>(k & 31) << 6), 8) + (k << 47));
  const y = (0.6931471806916203 * r + 1 + (0.05550361559341535 * r + 0.2402284522445722) * (r * r)) * s;
  return <f32>y;
}

/** e^x. */
export function expf(x: f32): f32 { return power(1.4426950408889634 * <f64>x); } // 1/ln2

/** The bits of subnormal x as if normal, with an exponent below 1. */
// @ts-ignore: decorator
@inline function normal(x: f32): u32 {
  const bits = reinterpret<u32>(x);
  return bits < 0x800000 ? reinterpret<u32>(x * 8388608) - (23 << 23) : bits; // 2^23
}

/** Where the first interval begins. */
const FIRST: u32 = 0x3f330000;

/** ln x. */
export function logf(x: f32): f32 {
  if (!(x > 0 && x < Infinity)) return x == 0 ? -Infinity : x > 0 ? x : NaN;
  const bits = normal(x), offset = bits - FIRST, at = <usize>(offset >>> 16 & 120);
  const r = <f64>reinterpret<f32>(bits - (offset & 0xff800000)) * load<f64>(INVERSES + at) - 1, r2 = r * r;
  const y = load<f64>(LOGS + at) + <f64>(<i32>offset >> 23) * 0.6931471805599453; // ln2
  const z = (0.333456765744066 * r + -0.4999997485802103 + -0.25089342214237154 * r2) * r2 + (y + r);
  return <f32>z;
}

/** x^y, as C has it. */
export function powf(x: f32, y: f32): f32 {
  return x > 0 && x < Infinity && abs(y) < Infinity ? power(y * log2(x)) : unusual(x, y);
}

/** log2 x for positive x. */
function log2(x: f32): f64 {
  const bits = normal(x), offset = bits - FIRST, at = <usize>(offset >>> 16 & 120);
  const r = <f64>reinterpret<f32>(bits - (offset & 0xff800000)) * load<f64>(INVERSES + at) - 1, r2 = r * r;
  return (0.288457581109214 * r + -0.36092606229713164) * (r2 * r2) +
    ((0.480898481472577 * r + -0.7213474675006291) * r2 + (1.4426950408774342 * r + (load<f64>(LOGS + at, 128) + <f64>(<i32>offset >> 23))));
}

function unusual(x: f32, y: f32): f32 {
  if (x == 1 || y == 0) return 1;
  if (x != x || y != y) return x + y;
  if (abs(y) == Infinity) return x == -1 ? 1 : abs(x) < 1 == y > 0 ? 0 : Infinity;
  const odd = y == trunc(y) && abs(y) < 16777216 && 0.5 * y != trunc(0.5 * y);
  if (x == 0 || abs(x) == Infinity) {
    const z: f32 = x == 0 == y > 0 ? 0 : Infinity;
    return odd ? copysign(z, x) : z;
  }
  if (x < 0 && y != trunc(y)) return NaN;
  const z = powf(-x, y);
  return odd ? -z : z;
}

/** ln(1 + x). */
export function log1pf(x: f32): f32 {
  if (!(x > -1 && x < Infinity)) return x == -1 ? -Infinity : x > 0 ? x : NaN;
  const size = abs(x);
  if (size < 5.551115123125783e-17) return x; // 2^-54
  if (size < 1.862645149230957e-9) return x - x * x * <f32>0.5; // 2^-29
  let f = x, rest: f32 = 0, high: f32 = 0;
  const top = reinterpret<i32>(x), reduced = top >= 0x3ed413d7 || <u32>top > 0xbe95f61f;
  if (reduced) {
    // outside √½ … √2: 1 + x = 2^k (1 + f), with c lost in rounding it
    const u: f32 = x < 9007199254740992 ? 1 + x : x, bits = reinterpret<u32>(u) + 0x4afb09; // 2^53; 1 − √½, as bits
    const k = <f32>(<i32>(bits >>> 23) - 127);
    const c: f32 = x < 9007199254740992 ? select<f32>(1 - (u - x), x - (u - 1), u >= 2) / u : 0;
    f = reinterpret<f32>((bits & 0x7fffff) + 0x3f3504f7) - 1;
    rest = k * 9.0580006145e-06 + c; // ln2 in two parts
    high = k * 6.9313812256e-01;
  }
  const h: f32 = 0.5 * f * f;
  if (reduced && f >= -1.7881393432617188e-7 && f <= 0) {
    // −1.5 · 2^-23 … 0
    return f == 0 ? high + rest : high - (h * (1 - 0.66666666666666666 * f) - rest - f);
  }
  const s: f32 = f / (2 + f), z = s * s;
  const r: f32 = z * (6.6666668653e-01 + z * (4.0000000596e-01 + z * (2.8571429849e-01 + z * (2.2222198546e-01 +
    z * (1.8183572590e-01 + z * (1.5313838422e-01 + z * 1.4798198640e-01))))));
  return reduced ? high - (h - (s * (h + r) + rest) - f) : f - (h - s * (h + r));
}
