/** Hypergeometric counts, as NumPy has them: numpy/random/src/distributions/random_hypergeometric.c, random_mvhg_marginals.c and legacy-distributions.c. */
import { fillCounts } from './fill';
import { figureOf, forget, recall, toInteger } from './memo';
import { legacy } from './source';
import { take32, takeDouble } from '../raw';
import { log } from '../math/libm/log';
import { buildFactorials, logFactorial, logGamma } from '../math/factorials';

/** ln k!, the Generator's or RandomState's. */
function logOf(k: i64): f64 { return legacy ? logGamma(<f64>(k + 1)) : logFactorial(k); }

let ready = false;

/**
 * Few draws one by one, more by Stadlober's ratio of uniforms, HRUA: "The ratio of uniforms approach for generating discrete random variates", 1990. It draws
 * the scarcer kind, and of a sample past half of all its complement.
 */
@unmanaged
class Hypergeometric {
  good: i64;
  bad: i64;
  sample: i64;
  /** What is drawn: of so many, so many, of the scarcer and the other kind. */
  drawn: i64;
  scarce: i64;
  other: i64;
  byRatio: bool;
  a: f64;
  h: f64;
  /** The end of the counts, exclusive. */
  end: f64;
  /** ln of the mass at the mode. */
  mode: f64;
  /** Whose figures are asked for. */
  memo: i64;
  old: bool;

  set(good: i64, bad: i64, sample: i64): void {
    if (good == this.good && bad == this.bad && sample == this.sample && legacy == this.old) {
      if (this.byRatio) recall(this.memo);
      return;
    }
    this.old = legacy;
    const all = good + bad, few = legacy ? sample <= 10 : sample < 10 || sample > all - 10;
    this.good = good;
    this.bad = bad;
    this.sample = sample;
    this.byRatio = !few;
    if (few) return;
    if (!ready) {
      buildFactorials();
      ready = true;
    }
    this.memo = forget();
    const drawn = min(sample, all - sample), scarce = min(good, bad), other = max(good, bad);
    const p = <f64>scarce / <f64>all, q = legacy ? 1 - p : <f64>other / <f64>all, a = <f64>drawn * p + 0.5;
    const variance = <f64>(all - drawn) * <f64>(legacy ? sample : drawn) * p * q / <f64>(all - 1);
    const c = sqrt(variance + 0.5);
    this.drawn = drawn;
    this.scarce = scarce;
    this.other = other;
    this.a = a;
    this.h = 1.7155277699214135 * c + 0.8989161620588988; // 2 √(2/e), 3 − 2 √(3/e)
    this.end = min(<f64>(min(drawn, scarce) + 1), floor(a + 16 * c));
    this.mode = this.mass(toInteger(floor(<f64>(drawn + 1) * <f64>(scarce + 1) / <f64>(all + 2))));
  }

  /** −ln of the mass at k, up to a constant. */
  mass(k: i64): f64 { return logOf(k) + logOf(this.scarce - k) + logOf(this.drawn - k) + logOf(this.other - this.drawn + k); }

  draw(): i64 { return this.byRatio ? this.ratio() : legacy ? this.urn() : this.pick(); }

  ratio(): i64 {
    const a = this.a, h = this.h;
    let k: i64;
    while (true) {
      const u = takeDouble(), v = takeDouble(), x = a + h * (v - 0.5) / u;
      if (!(x >= 0 && x < this.end)) continue;
      k = <i64>floor(x);
      const at = figureOf(k);
      let t = load<f64>(at);
      if (t != t) store<f64>(at, t = this.mode - this.mass(k));
      if (u * (4 - u) - 3 <= t) break;
      if (u * (u - t) >= 1) continue;
      if (2 * log(u) <= t) break;
    }
    if (this.good > this.bad) k = this.drawn - k;
    return this.drawn < this.sample ? this.good - k : k;
  }

  /** Generator's way with few of up to 2·10^9: each by an integer below those left, a word masked to their bits until it is. */
  pick(): i64 {
    const there = <i32>this.good, sample = <i32>this.sample;
    let all = there + <i32>this.bad, good = there;
    const past = sample > all / 2;
    let left = past ? all - sample : sample;
    while (left > 0 && good > 0 && all > good) {
      if (--all > 0) {
        const mask = <u32>-1 >> clz(all);
        let value: u32;
        do value = take32() & mask; while (value > <u32>all);
        good -= i32(value < <u32>good);
      } else {
        good--;
      }
      left--;
    }
    if (all == good) good -= left;
    return <i64>(past ? good : there - good);
  }

  /** RandomState's: each by a double. */
  urn(): i64 {
    const sample = this.sample, good = this.good, bad = this.bad, scarce = <f64>min(good, bad), rest = bad + good - sample;
    let y = scarce, k = sample;
    while (k > 0 && y > 0) {
      y -= <f64>toInteger(floor(takeDouble() + y / <f64>(rest + k)));
      k--;
    }
    const count = toInteger(scarce - y);
    return good > bad ? sample - count : count;
  }

  begin(good: f64, bad: f64, sample: f64): void { this.set(reinterpret<i64>(good), reinterpret<i64>(bad), reinterpret<i64>(sample)); }
  next(good: f64, bad: f64, sample: f64): i64 { return this.draw(); }
}

// @ts-ignore: decorator
@lazy const HYPERGEOMETRIC: usize = memory.data(104, 8);
export function fillHypergeometric(n: i32, each: bool, form: i32): void { fillCounts(changetype<Hypergeometric>(HYPERGEOMETRIC), n, each, form); }

/** A row's first count, whose parameters are those of the row before. */
// @ts-ignore: decorator
@lazy const FIRST: usize = memory.data(104, 8);

/** Where a row stands: colours in all, the one to come; what is drawn of all (the complement, if that is less), and what is left to draw and of how many. */
let colours: i32 = 0;
let colour: i32 = 0;
let past = false;
let all: i64 = 0;
let wanted: i64 = 0;
let left: i64 = 0;
let remaining: i64 = 0;

/** Begins rows of so many colours, `sample` drawn of `total`. */
export function setColours(n: i32, sample: i32, total: i32): void {
  colours = n;
  colour = 0;
  past = sample > total / 2;
  all = total;
  wanted = past ? total - sample : sample;
}

/** Rows of multivariate hypergeometric counts, by the marginal of one colour after the other: an element each, with how many there are. */
@unmanaged
class Marginals {
  // @ts-ignore: decorator
  @inline begin(there: f64, _: f64, __: f64): void {}
  next(there: f64, _: f64, __: f64): i64 {
    if (colour == 0) {
      left = wanted;
      remaining = all;
    }
    const own = reinterpret<i64>(there);
    let count = left;
    const law = changetype<Hypergeometric>(colour == 0 ? FIRST : HYPERGEOMETRIC);
    if (++colour < colours) {
      remaining -= own;
      if (count > 0) {
        law.set(own, remaining, count);
        count = law.draw();
      }
    } else {
      colour = 0;
    }
    left -= count;
    return past ? own - count : count;
  }
}

export function fillMarginals(n: i32, each: bool, form: i32): void { fillCounts(changetype<Marginals>(0), n, each, form); }
