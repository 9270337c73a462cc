/** Geometric counts, as NumPy has them: numpy/random/src/distributions/distributions.c and legacy-distributions.c. */
import { fillCounts, parameter, storeCount } from './fill';
import { toInteger } from './memo';
import { legacy } from './source';
import { OUT } from '../memory';
import { fill } from '../bulk/fill';
import { doubleOf, isMersenne, takeDouble } from '../raw';
import { takeExponential64 } from './ziggurat';
import { log, log1p } from '../math/libm/log';

@unmanaged
class Geometric {
  /** ln(1 − p), for inversion. */
  logQ: f64;
  /** For a search the chances of at most 1, 2, 3, and the last one's own. */
  upTo1: f64;
  upTo2: f64;
  upTo3: f64;
  third: f64;
  begin(p: f64, _: f64, __: f64): void {
    if (p < 0.333333333333333333333333) {
      this.logQ = legacy ? log(1 - p) : log1p(-p);
      return;
    }
    const second = p * (1 - p), third = second * (1 - p);
    this.upTo1 = p;
    this.upTo2 = p + second;
    this.upTo3 = p + second + third;
    this.third = third;
  }
  next(p: f64, _: f64, __: f64): i64 {
    if (p < 0.333333333333333333333333) {
      if (legacy) {
        // 1 − u is exact: log is within two units in the last place of log1p, and that decides nearly always
        const u = takeDouble(), x = log(1 - u) / this.logQ;
        return toInteger(ceil(abs(x - nearest(x)) > 2e-15 * x ? x : log1p(-u) / this.logQ));
      }
      const z = ceil(-takeExponential64() / this.logQ);
      return z >= 9.223372036854776e+18 ? i64.MAX_VALUE : <i64>z; // 2^63
    }
    return this.search(takeDouble(), 1 - p);
  }

  /** The first three without branches. */
  // @ts-ignore: decorator
  @inline search(u: f64, q: f64): i64 {
    let count: i64 = 1 + i64(u > this.upTo1) + i64(u > this.upTo2), sum = this.upTo3, product = this.third;
    while (u > sum) {
      product *= q;
      sum += product;
      count++;
    }
    return count;
  }
}

// @ts-ignore: decorator
@lazy const GEOMETRIC: usize = memory.data(40, 8);
let container: i32 = 0;

/** Counts by search, from a block of words. */
function searched(raw: usize, out: usize, n: i32): void {
  const law = changetype<Geometric>(GEOMETRIC), mersenne = isMersenne(), form = container, q = 1 - law.upTo1;
  let i = (out - OUT) >> (form ? 3 : 2);
  for (const end = i + n; i < end; i++, raw += 8) {
    const word = load<u64>(raw);
    storeCount(i, form, law.search(doubleOf(mersenne ? rotl(word, 32) : word, mersenne), q));
  }
}

export function fillGeometric(n: i32, each: bool, form: i32): void {
  const law = changetype<Geometric>(GEOMETRIC), p = parameter(0, 0);
  if (each || p < 0.333333333333333333333333) return fillCounts(law, n, each, form);
  law.begin(p, 0, 0);
  container = form;
  fill(searched, 2, form ? 8 : 4, OUT, n);
}
