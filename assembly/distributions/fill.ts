/**
 * How samplers that take words one by one fill the output block. A distribution is an `@unmanaged` class of two methods: `begin(a, b, c)`, what it works
 * out once from its parameters, and `next(a, b, c)`, a sample. JavaScript leaves the parameters past the samples, PART bytes for each: one value, or, for a
 * fill with arrays, one an element. A parameter that is an integer stands there as an i64, `reinterpret<i64>(a)`.
 */
import { OUT, PART } from '../memory';
import { beginTaking, finishTaking } from '../raw';
import { buildTables } from '../math/libm/tables';
import { buildLayers } from './layers';

// @ts-ignore: decorator
@inline export function parameter(k: usize, i: usize): f64 { return load<f64>(OUT + (k + 1) * PART + (i << 3)); }

let ready = false;

/** The tables are made when they are first wanted, as most users want none. */
export function prepare(): void {
  if (ready) return;
  buildTables();
  buildLayers();
  ready = true;
}

/** Before the first sample. */
export function begin(): void {
  prepare();
  beginTaking();
}

/** The form of counts in the output block: 0 int32, 1 float64, 2 int64. */
// @ts-ignore: decorator
@inline export function storeCount(i: usize, form: i32, count: i64): void {
  if (form == 0) store<i32>(OUT + (i << 2), <i32>count);
  else if (form == 1) store<f64>(OUT + (i << 3), <f64>count);
  else store<i64>(OUT + (i << 3), count);
}

// @ts-ignore: decorator
@inline function storeSample<T>(i: usize, form: i32, sample: T): void {
  if (isFloat<T>()) store<f64>(OUT + (i << 3), <f64>sample);
  else storeCount(i, form, <i64>sample);
}

/** n counts, `next` gives an i64; `each`: element by element with parameters of its own. */
// @ts-ignore: decorator
@inline export function fillCounts<D>(law: D, n: i32, each: bool, form: i32): void {
  begin();
  let a = parameter(0, 0), b = parameter(1, 0), c = parameter(2, 0);
  law.begin(a, b, c);
  for (let i: usize = 0; i < <usize>n; i++) {
    if (each && i > 0) {
      a = parameter(0, i), b = parameter(1, i), c = parameter(2, i);
      law.begin(a, b, c);
    }
    storeSample(i, form, law.next(a, b, c));
  }
  finishTaking();
}

/** The same of real numbers: `next` gives an f64. */
// @ts-ignore: decorator
@inline export function fillReals<D>(law: D, n: i32, each: bool): void { fillCounts(law, n, each, 0); }

/** The k-th parameters of samples `at` bytes into the output block. */
// @ts-ignore: decorator
@inline function parameters(k: usize, at: usize): v128 { return v128.load(OUT + (k + 1) * PART + at); }

/**
 * Real samples of a distribution whose samples are each made of one standard draw, two at a time by `map(x, a, b, c)`: `draw` writes those to the output block
 * in bulk, over the parameters of a long fill.
 */
// @ts-ignore: decorator
@inline export function mapReals<D>(law: D, n: i32, each: bool, draw: (n: i32) => void): void {
  prepare();
  let a = f64x2.splat(parameter(0, 0)), b = f64x2.splat(parameter(1, 0)), c = f64x2.splat(parameter(2, 0));
  draw(n);
  for (let at: usize = 0; at < <usize>n << 3; at += 16) {
    if (each) a = parameters(0, at), b = parameters(1, at), c = parameters(2, at);
    v128.store(OUT + at, law.map(v128.load(OUT + at), a, b, c));
  }
}
