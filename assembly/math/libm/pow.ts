/**
 * pow: Szabolcs Nagy's, of Arm Optimized Routines (math/pow.c, MIT), as in glibc and musl: ln x to 68 bits, times y, then exp.
 */
import { add, low, multiply, rest, upper } from './double';
import { expPair } from './exp';

/** For the i-th of 128 intervals of [0.7057, 1.4114): 1/c, a multiple of 2^-8; ln c rounded to 2^-43; what that leaves of ln c. */
// @ts-ignore: decorator
@lazy export const LOGS: usize = memory.data(3072, 16);

/** The bits where the first interval begins. */
const FIRST: u64 = 0x3fe6955500000000;

/** 256/c of interval i: near 1/its middle, and 1 for those about 1. The rule gives all of pow_log_data.c's. */
function multiple(i: u64): i32 {
  const middle = 0.5 * (reinterpret<f64>(FIRST + (i << 45)) + reinterpret<f64>(FIRST + (i + 1 << 45)));
  return i < 83 ? <i32>nearest(128 / middle) * 2 : <i32>nearest(256 / middle);
}

/** ln(j/256) for growing j, each from the one before by 2 atanh(1/(2j + 1)), to some 2^-90. */
export function buildLogs(): void {
  let j = 182, sum: f64 = -0.34117075740276714, tail: f64 = 1.9366790062602867e-17; // ln(182/256)
  for (let i = 127; i >= 0; i--) {
    const wanted = multiple(i);
    for (; j < wanted; j++) {
      const n = <f64>(2 * j + 1), x = 1 / n, p = x * n, xLow = (1 - p - rest(x, n, p)) / n;
      const x2 = multiply(x, xLow, x, xLow), x2Low = low;
      // atanh x = x (1 + x² (1/3 + x² (1/5 + …))); from 1/5 on doubles do
      let y = add(0.3333333333333333, 1.850371707708594e-17, x2 * (0.2 + x2 * (1.0 / 7 + x2 * (1.0 / 9 + x2 / 11))), 0);
      y = add(1, 0, multiply(y, low, x2, x2Low), low);
      y = multiply(y, low, 2 * x, 2 * xLow);
      sum = add(sum, tail, y, low);
      tail = low;
      if (j == 255) sum = tail = 0;
    }
    const at = LOGS + <usize>i * 24, rounded = nearest(sum * 8796093022208) / 8796093022208; // 2^43
    store<f64>(at, <f64>wanted / 256);
    store<f64>(at, 0 - rounded, 8);
    store<f64>(at, rounded - sum - tail, 16);
  }
}

/** What `logPair` leaves of its last logarithm. */
export let logTail: f64 = 0;

/** ln x for positive x, given as bits; of subnormals as if normal, with an exponent below 1. */
export function logPair(bits: u64): f64 {
  const offset = bits - FIRST, at = LOGS + <usize>(offset >>> 45 & 127) * 24, scaled = bits - (offset & 0xfff0000000000000);
  const k = <f64>(<i64>offset >> 52), z = reinterpret<f64>(scaled), inverse = load<f64>(at); // 1/c
  // z/c − 1 is exact, and so are its upper part and that one's square
  const zHigh = reinterpret<f64>(scaled + 0x80000000 & 0xffffffff00000000);
  const rHigh = zHigh * inverse - 1, rLow = (z - zHigh) * inverse, r = rHigh + rLow;
  const whole = k * 0.6931471805598903 + load<f64>(at, 8), first = whole + r; // ln2 in two parts
  const half = -0.5 * r, halfHigh = -0.5 * rHigh, r2 = r * half, r2High = rHigh * halfHigh, high = first + r2High; // −r²/2
  const p = r * r2 * (-0.6666666666666679 + r * 0.5000000000000007 +
    r2 * (0.7999999995323976 + r * -0.6666666663487739 + r2 * (-1.142909628459501 + r * 1.0000415263675542)));
  const more = k * 5.497923018708371e-14 + load<f64>(at, 16) + (whole - first + r) + rLow * (half + halfHigh) + (first - high + r2High) + p;
  const y = high + more;
  logTail = high - y + more;
  return y;
}

/** x^y, as C has it: 1 for x = 1 or y = 0, a NaN beside it or not. */
export function pow(x: f64, y: f64): f64 {
  let bits = reinterpret<u64>(x), negative = false;
  const size = <u32>(reinterpret<u64>(y) >>> 52) & 0x7ff;
  if (<u32>(bits >>> 52) - 1 >= 0x7fe || size - 0x3be >= 0x80) {
    // x negative, 0, subnormal, infinite or NaN; or y below 2^-65, from 2^63 on, or NaN
    if (x == 1 || y == 0) return 1;
    if (x != x || y != y) return x + y;
    if (abs(y) == Infinity) return x == -1 ? 1 : abs(x) < 1 == y > 0 ? 0 : Infinity;
    const odd = y == trunc(y) && abs(y) < 9007199254740992 && 0.5 * y != trunc(0.5 * y);
    if (x == 0 || abs(x) == Infinity) {
      const z: f64 = x == 0 == y > 0 ? 0 : Infinity;
      return odd ? copysign(z, x) : z;
    }
    if (x < 0) {
      if (y != trunc(y)) return NaN;
      negative = odd;
      x = -x;
      bits = reinterpret<u64>(x);
    }
    if (size < 0x3be || x == 1) return negative ? -1 : 1;
    if (size >= 0x43e) return x > 1 == y > 0 ? Infinity : 0;
    if (bits >>> 52 == 0) bits = reinterpret<u64>(x * 4503599627370496) - (<u64>52 << 52); // 2^52
  }
  const log = logPair(bits), yHigh = upper(y), logHigh = upper(log);
  const product = yHigh * logHigh, z = expPair(product, (y - yHigh) * logHigh + y * (log - logHigh + logTail));
  return negative ? -z : z;
}
