/** Binomial and multinomial counts, as NumPy has them: numpy/random/src/distributions/distributions.c and legacy-distributions.c. */
import { fillCounts, parameter, prepare } from './fill';
import { figureOf, forget, recall, toInteger } from './memo';
import { legacy } from './source';
import { takeDouble } from '../raw';
import { exp } from '../math/libm/exp';
import { log, log1p } from '../math/libm/log';

/** Bytes of a Binomial's fields. */
// @ts-ignore: decorator
@inline const FIELDS: usize = 160;

/** How it is drawn. */
// @ts-ignore: decorator
@inline const NOTHING: i32 = 0;
// @ts-ignore: decorator
@inline const INVERSION: i32 = 1;
// @ts-ignore: decorator
@inline const REJECTION: i32 = 2;

/** Terms of Stirling's series past the logarithms. */
function tail(x: f64): f64 {
  const z = x * x;
  return (13680 - (462 - (132 - (99 - 140 / z) / z) / z) / z) / x / 166320;
}

/** By inversion where n·min(p, 1 − p) ≤ 30, else by Kachitvichyanukul and Schmeiser's BTPE, "Binomial random variate generation", 1988. */
@unmanaged
class Binomial {
  n: i64;
  p: f64;
  old: bool;
  /** The smaller of p and 1 − p; 1 less that; are they p and 1 − p the other way round? */
  r: f64;
  q: f64;
  flip: bool;
  method: i32;
  /** For inversion: the greatest count, and how many masses are known. For rejection m is the mode. */
  m: i64;
  known: i64;
  /** For rejection, as in the paper. */
  xm: f64;
  xl: f64;
  xr: f64;
  c: f64;
  left: f64;
  right: f64;
  p1: f64;
  p2: f64;
  p3: f64;
  p4: f64;
  variance: f64;
  /** Whose figures are asked for. */
  memo: i64;

  set(n: i64, p: f64, old: bool): void {
    if (n == this.n && p == this.p && old == this.old) {
      if (this.method == REJECTION) recall(this.memo);
      return;
    }
    const flip = !(p <= 0.5), r = flip ? 1 - p : p, q = 1 - r, mean = r * <f64>n;
    this.n = n;
    this.p = p;
    this.old = old;
    this.flip = flip;
    this.r = r;
    this.q = q;
    if (!old && (n == 0 || p == 0)) {
      this.method = NOTHING;
      this.flip = false;
    } else if (mean <= 30) {
      const most = mean + 10 * sqrt(mean * q + 1);
      this.method = INVERSION;
      this.m = <f64>n < most ? n : toInteger(most);
      this.known = 1;
      this.store(0, exp(<f64>n * (old ? log(q) : log1p(-r))));
    } else {
      this.memo = forget();
      const fm = mean + r, m = toInteger(floor(fm)), variance = <f64>n * r * q, p1 = floor(2.195 * sqrt(variance) - 4.6 * q) + 0.5;
      const xm = <f64>m + 0.5, xl = xm - p1, xr = xm + p1, c = 0.134 + 20.5 / (15.3 + <f64>m);
      let a = (fm - xl) / (fm - xl * r);
      const left = a * (1 + a / 2);
      a = (xr - fm) / (xr * q);
      const right = a * (1 + a / 2), p2 = p1 * (1 + 2 * c), p3 = p2 + c / left;
      this.method = REJECTION;
      this.m = m;
      this.xm = xm;
      this.xl = xl;
      this.xr = xr;
      this.c = c;
      this.left = left;
      this.right = right;
      this.p1 = p1;
      this.p2 = p2;
      this.p3 = p3;
      this.p4 = p3 + c / right;
      this.variance = variance;
    }
  }

  draw(): i64 {
    const k = this.method == INVERSION ? this.invert() : this.method == REJECTION ? this.reject() : 0;
    return this.flip ? this.n - k : k;
  }

  /** Masses found so far of an inversion, after the fields: a mean of at most 30 has at most 86 of them. */
  // @ts-ignore: decorator
  @inline store(k: i64, mass: f64): void { store<f64>(changetype<usize>(this) + (<usize>k << 3), mass, FIELDS); }
  // @ts-ignore: decorator
  @inline load(k: i64): f64 { return load<f64>(changetype<usize>(this) + (<usize>k << 3), FIELDS); }

  /** The mass at k, from that before it. */
  massOf(k: i64, before: f64): f64 {
    const mass = <f64>(this.n - k + 1) * this.r * before / (<f64>k * this.q);
    this.store(k, mass);
    this.known = k + 1;
    return mass;
  }

  invert(): i64 {
    let u = takeDouble(), k: i64 = 0, mass = this.load(0);
    if (this.known >= 3) {
      // the first without branches
      const second = u - mass, third = second - this.load(1), some = i64(u > mass), more = some & i64(second > this.load(1));
      k = some + more;
      if (!(more & i64(third > this.load(2)))) return k;
      k = 0;
    }
    while (u > mass) {
      if (++k > this.m) {
        k = 0;
        mass = this.load(0);
        u = takeDouble();
        continue;
      }
      u -= mass;
      mass = k < this.known ? this.load(k) : this.massOf(k, mass);
    }
    return k;
  }

  reject(): i64 {
    const n = this.n, m = this.m, c = this.c, p1 = this.p1;
    while (true) {
      const u = takeDouble() * this.p4;
      let v = takeDouble(), y: i64;
      if (u <= p1) return toInteger(floor(this.xm - p1 * v + u));
      if (u <= this.p2) {
        const x = this.xl + (u - p1) / c;
        v = v * c + 1 - abs(<f64>m - x + 0.5) / p1;
        if (v > 1) continue;
        y = toInteger(floor(x));
      } else if (u <= this.p3) {
        y = toInteger(floor(this.xl + log(v) / this.left));
        if (y < 0 || v == 0) continue;
        v = v * (u - this.p2) * this.left;
      } else {
        y = toInteger(floor(this.xr - log(v) / this.right));
        if (y > n || v == 0) continue;
        v = v * (u - this.p3) * this.right;
      }
      if (this.accepts(y, v)) return y;
    }
  }

  /** Is v no more than the mass at y, that at m being 1? */
  accepts(y: i64, v: f64): bool {
    const n = this.n, m = this.m, r = this.r, q = this.q, variance = this.variance, k = y < m ? m - y : y - m;
    if (k <= 20 || !(<f64>k < variance / 2 - 1)) {
      const at = figureOf(y);
      let mass = load<f64>(at);
      if (mass != mass) {
        const s = r / q, a = s * <f64>(n + 1);
        mass = 1;
        for (let i = m + 1; i <= y; i++) mass *= a / <f64>i - s;
        for (let i = y + 1; i <= m; i++) mass /= a / <f64>i - s;
        store<f64>(at, mass);
      }
      return !(v > mass);
    }
    const x = <f64>k, rho = (x / variance) * ((x * (x / 3 + 0.625) + 0.16666666666666666) / variance + 0.5), t = <f64>(-k * k) / (2 * variance);
    const a = log(v);
    if (a < t - rho) return true;
    if (a > t + rho) return false;
    const x1 = <f64>y + 1, f1 = <f64>m + 1, z = <f64>n + 1 - <f64>m, w = <f64>n - <f64>y + 1;
    return !(a > this.xm * log(f1 / x1) + (<f64>(n - m) + 0.5) * log(z / w) + <f64>(y - m) * log(w * r / (x1 * q)) + tail(f1) + tail(z) + tail(x1) + tail(w));
  }

  begin(n: f64, p: f64, _: f64): void { this.set(reinterpret<i64>(n), p, legacy); }
  next(n: f64, p: f64, _: f64): i64 { return this.draw(); }
}

// @ts-ignore: decorator
@lazy const BINOMIAL: usize = memory.data(1024, 8);
export function fillBinomial(n: i32, each: bool, form: i32): void {
  const law = changetype<Binomial>(BINOMIAL);
  if (!each) {
    prepare();
    law.begin(parameter(0, 0), parameter(1, 0), 0);
    // for `invert`: more than m = 2 or n = 1 does not come of them, where u is no leftover of rounding
    if (law.method == INVERSION && law.known < 3 && law.m > 0) law.massOf(2, law.massOf(1, law.load(0)));
  }
  fillCounts(law, n, each, form);
}

/** Samplers of rows' counts, each at a place by its trials and category: of rows of one law most come up again. */
// @ts-ignore: decorator
@lazy const KEPT: usize = memory.data(16384, 8);

/** Where a row stands: categories in all, the one to come, trials left, the probability left. */
let categories: i32 = 0;
let category: i32 = 0;
let trials: i64 = 0;
let chance: f64 = 1;

/** Rows of multinomial counts, one category an element: each with its probability and, at a row's beginning, the row's trials. */
@unmanaged
class Multinomial {
  // @ts-ignore: decorator
  @inline begin(n: f64, p: f64, _: f64): void {}
  next(n: f64, p: f64, _: f64): i64 {
    if (category == 0) {
      trials = reinterpret<i64>(n);
      chance = 1;
    }
    let count = trials;
    const law = changetype<Binomial>(KEPT + ((<usize>(count + category * 7) & 15) << 10));
    if (++category < categories) {
      if (count > 0) {
        if (p == 0) return 0;
        law.set(count, p / chance, false);
        count = law.draw();
        chance -= p;
      }
    } else {
      category = 0;
    }
    trials -= count;
    return count;
  }
}

/** Begins rows of so many categories. */
export function setCategories(n: i32): void {
  categories = n;
  category = 0;
}

export function fillMultinomial(n: i32, each: bool, form: i32): void { fillCounts(changetype<Multinomial>(0), n, each, form); }
