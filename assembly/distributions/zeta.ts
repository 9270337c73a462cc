/** Zeta (Zipf) and logarithmic counts, as NumPy has them: numpy/random/src/distributions/distributions.c and legacy-distributions.c. */
import { fillCounts } from './fill';
import { figureOf, forget, toInteger } from './memo';
import { legacy } from './source';
import { takeDouble } from '../raw';
import { exp, expm1 } from '../math/libm/exp';
import { log, log1p } from '../math/libm/log';
import { pow } from '../math/libm/pow';

/** Devroye's rejection: "Non-uniform random variate generation", 1986, X.6.1. */
@unmanaged
class Zipf {
  /** 2^(a − 1) */
  b: f64;
  /** The uniform below which a count is past 2^63. */
  least: f64;
  begin(a: f64, _: f64, __: f64): void {
    forget();
    this.b = pow(2, a - 1);
    this.least = legacy ? 0 : pow(9.223372036854775808e+18, 1 - a); // 2^63
  }
  next(a: f64, _: f64, __: f64): i64 {
    if (!legacy && a >= 1025) return 1;
    const rest = a - 1, b = this.b, power = -1 / rest;
    while (true) {
      const draw = takeDouble(), u = draw * this.least + (1 - draw), v = takeDouble();
      const x = floor(pow(u, power));
      if (x > 9.223372036854775808e+18 || x < 1) continue;
      const count = toInteger(x), at = figureOf(count);
      let t = load<f64>(at);
      if (t != t) store<f64>(at, t = pow(1 + 1 / x, rest));
      if (v * x * (t - 1) / (b - 1) <= t / b) return count;
    }
  }
}

// @ts-ignore: decorator
@lazy const ZIPF: usize = memory.data(16, 8);
export function fillZipf(n: i32, each: bool, form: i32): void { fillCounts(changetype<Zipf>(ZIPF), n, each, form); }

/** Kemp's LK, "Efficient generation of logarithmically distributed pseudo-random variables", 1981. */
@unmanaged
class LogSeries {
  /** ln(1 − p) */
  logQ: f64;
  begin(p: f64, _: f64, __: f64): void { this.logQ = legacy ? log(1 - p) : log1p(-p); }
  next(p: f64, _: f64, __: f64): i64 {
    while (true) {
      const v = takeDouble();
      if (v >= p) return 1;
      const x = this.logQ * takeDouble();
      // 1 − e^x in place of −expm1(x) is within 2^-52, and that decides nearly always
      const near = !legacy && x > -14;
      let q = near || legacy ? 1 - exp(x) : -expm1(x);
      if (near && (abs(v - q * q) < 1e-15 || abs(v - q) < 1e-15)) q = -expm1(x);
      if (v > q * q) return v >= q ? 1 : 2;
      const logV = log(v), logQ = log(q);
      let z = 1 + logV / logQ;
      if (near && !(abs(z - nearest(z)) > z * (1e-14 - 1e-15 / (q * logQ)))) z = 1 + logV / log(-expm1(x));
      const count = toInteger(floor(z));
      if (count >= 1 && v != 0) return count;
    }
  }
}

// @ts-ignore: decorator
@lazy const LOG_SERIES: usize = memory.data(8, 8);
export function fillLogSeries(n: i32, each: bool, form: i32): void { fillCounts(changetype<LogSeries>(LOG_SERIES), n, each, form); }
