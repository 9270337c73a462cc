/** Geometric counts, as NumPy has them: numpy/random/src/distributions/distributions.c and legacy-distributions.c. */
import { fillCounts } from './fill';
import { toInteger } from './memo';
import { legacy } from './source';
import { takeDouble } from '../raw';
import { takeExponential64 } from './ziggurat';
import { log, log1p } from '../math/libm/log';

@unmanaged
class Geometric {
  /** ln(1 − p), for inversion. */
  logQ: f64;
  begin(p: f64, _: f64, __: f64): void {
    if (p < 0.333333333333333333333333) this.logQ = legacy ? log(1 - p) : log1p(-p);
  }
  next(p: f64, _: f64, __: f64): i64 {
    if (p < 0.333333333333333333333333) {
      if (legacy) return toInteger(ceil(log1p(-takeDouble()) / this.logQ));
      const z = ceil(-takeExponential64() / this.logQ);
      return z >= 9.223372036854776e+18 ? i64.MAX_VALUE : <i64>z; // 2^63
    }
    // search
    let count: i64 = 1, sum = p, product = p;
    const u = takeDouble(), q = 1 - p;
    while (u > sum) {
      product *= q;
      sum += product;
      count++;
    }
    return count;
  }
}

// @ts-ignore: decorator
@lazy const GEOMETRIC: usize = memory.data(8, 8);
export function fillGeometric(n: i32, each: bool, form: i32): void { fillCounts(changetype<Geometric>(GEOMETRIC), n, each, form); }
