/**
 * Normals beyond a bound α of at least 5 (in standard units, of either side), in difference form: x = α + d, so that no bit is lost however
 * far out the window lies or how narrow it is.
 *
 * With Q = 1 − Φ, v = Q(x) / Q(α) is uniform on (Q(β) / Q(α), 1). In t = α d, with ρ = α^-2 and x Q(x) / φ(x) = 1 / (1 + e(x^-2)),
 *
 *   −ln v = F(t) = t + ρ t² / 2 + ln((1 + ρ t) (1 + e(ρ / (1 + ρ t)²)) / (1 + e(ρ)))
 *
 * whatever α. F' = (1 + ρ t) (1 + e) and F'' = F' (1 + ρ t) e, e at x. From the root of t + ρ t² / 2 = −ln v one step of Halley's method with
 * an approximate logarithm comes within 4e-4, a second with the true one within 2e-16 of t. e is a minimax fit: test/fixtures/quantile.py.
 */
import { exp, log as scalarLog } from '../math/scalar';
import { log, Plain64 } from '../math/v64';
import { linear, within64 } from './quantile';

/** From here on a window is far. */
// @ts-ignore: decorator
@inline export const FAR: f64 = 5;

// @ts-ignore: decorator
@lazy const LOGS: usize = memory.data(1024, 16);
// @ts-ignore: decorator
@lazy const STEPS: usize = memory.data(1024, 16);
// @ts-ignore: decorator
@lazy const RATIOS: usize = memory.data(1024, 16);
// @ts-ignore: decorator
@lazy const EXCESSES: usize = memory.data(1024, 16);

/** ρ, ρ / 2, 1 / (1 + e(ρ)); Q(β) / Q(α), 1 − Q(β) / Q(α); the bound, ± std / α. */
// @ts-ignore: decorator
@lazy const FIELDS: usize = memory.data(64, 16);

// @ts-ignore: decorator
@lazy const TABLE: usize = memory.data<f64>([
  1, // 0
  3, // 8
  4, // 16
  0.999999999999610820341, // 24: e(z) / z: numerator
  39.7767784903446477309, // 32
  481.122534433330845747, // 40
  1940.86852235478505916, // 48
  1861.68373646053873418, // 56
  41.7767784897194185422, // 64: denominator, from z on
  554.676091760569284056, // 72
  2706.45282368760534136, // 80
  4113.32626505085897968, // 88
  873.977685347669896901, // 96
  0.5, // 104
], 16);

/** e(z) for two lanes. */
// @ts-ignore: decorator
@inline function excess(z: v128): v128 {
  const w = f64x2.mul(z, z), y = f64x2.mul(w, w);
  const n01 = linear(v128.load64_splat(TABLE, 24), v128.load64_splat(TABLE, 32), z);
  const n23 = linear(v128.load64_splat(TABLE, 40), v128.load64_splat(TABLE, 48), z);
  const d01 = linear(v128.load64_splat(TABLE), v128.load64_splat(TABLE, 64), z);
  const d23 = linear(v128.load64_splat(TABLE, 72), v128.load64_splat(TABLE, 80), z);
  const d45 = linear(v128.load64_splat(TABLE, 88), v128.load64_splat(TABLE, 96), z);
  return f64x2.div(f64x2.mul(z, linear(linear(n01, n23, w), v128.load64_splat(TABLE, 56), y)), linear(linear(d01, d23, w), d45, y));
}

function excessOf(z: f64): f64 {
  return f64x2.extract_lane(excess(f64x2.splat(z)), 0);
}

/** Sets the window from α on, of `width` in standard units: `bound` is α's own value, `std` negative where the window goes down from it. */
export function setFar(alpha: f64, width: f64, bound: f64, std: f64): void {
  const rho = 1 / (alpha * alpha), e = excessOf(rho), t = alpha * width;
  let depth = t, rest: f64 = 0, part: f64 = 1;
  if (t < 700) {
    const growth = 1 + rho * t;
    depth += 0.5 * rho * t * t + scalarLog(growth * (1 + excessOf(rho / (growth * growth))) / (1 + e));
  }
  if (depth < 700) {
    rest = exp(-depth);
    part = (1 - rest) * depth / -scalarLog(rest); // 1 − e^−depth, see: log1p in math/scalar.ts
  }
  store<f64>(FIELDS, rho);
  store<f64>(FIELDS, 0.5 * rho, 8);
  store<f64>(FIELDS, 1 / (1 + e), 16);
  store<f64>(FIELDS, rest, 24);
  store<f64>(FIELDS, part, 32);
  store<f64>(FIELDS, bound, 40);
  store<f64>(FIELDS, std / alpha, 48);
}

/** t − f / (F' − f F'' / 2 F'): Halley's step for f = F(t) + ln v, given F' and F'' / F'. */
// @ts-ignore: decorator
@inline function halley(t: v128, f: v128, slope: v128, bend: v128): v128 {
  return f64x2.sub(t, f64x2.div(f, f64x2.sub(slope, f64x2.mul(f64x2.mul(f, bend), v128.load64_splat(TABLE, 104)))));
}

/** Writes a block of values from uniforms that fall from the bound on. */
export function far(uniforms: usize, out: usize, vectors: i32): void {
  const size = <usize>vectors << 4;
  const rho = v128.load64_splat(FIELDS), half = v128.load64_splat(FIELDS, 8), inverse = v128.load64_splat(FIELDS, 16);
  const rest = v128.load64_splat(FIELDS, 24), part = v128.load64_splat(FIELDS, 32);
  const one = v128.load64_splat(TABLE), three = v128.load64_splat(TABLE, 8), four = v128.load64_splat(TABLE, 16);
  for (let i: usize = 0; i < size; i += 16) v128.store(LOGS + i, linear(rest, part, v128.load(uniforms + i)));
  log(changetype<Plain64>(0), LOGS, LOGS, vectors);
  for (let i: usize = 0; i < size; i += 16) {
    const depth = f64x2.neg(v128.load(LOGS + i));
    const square = linear(one, f64x2.add(rho, rho), depth), growth = f64x2.sqrt(square);
    const e0 = excess(f64x2.div(rho, square));
    // ln y is near 3 (y² − 1) / (y² + 4 y + 1)
    const slope = f64x2.mul(growth, f64x2.add(one, e0)), y = f64x2.mul(slope, inverse), z = f64x2.mul(y, y);
    const f = f64x2.div(f64x2.mul(three, f64x2.sub(z, one)), f64x2.add(linear(z, four, y), one));
    const t = halley(f64x2.div(f64x2.add(depth, depth), f64x2.add(one, growth)), f, slope, f64x2.mul(growth, e0));
    v128.store(STEPS + i, t);
    const grown = linear(one, rho, t), e = excess(f64x2.div(rho, f64x2.mul(grown, grown)));
    v128.store(EXCESSES + i, e);
    v128.store(RATIOS + i, f64x2.mul(f64x2.mul(grown, f64x2.add(one, e)), inverse));
  }
  log(changetype<Plain64>(0), RATIOS, RATIOS, vectors);
  const bound = v128.load64_splat(FIELDS, 40), unit = v128.load64_splat(FIELDS, 48);
  for (let i: usize = 0; i < size; i += 16) {
    const t = v128.load(STEPS + i), e = v128.load(EXCESSES + i), grown = linear(one, rho, t);
    const f = f64x2.add(f64x2.add(t, v128.load(LOGS + i)), linear(v128.load(RATIOS + i), f64x2.mul(half, t), t));
    const root = halley(t, f, f64x2.mul(grown, f64x2.add(one, e)), f64x2.mul(grown, e));
    v128.store(out + i, within64(linear(bound, unit, root)));
  }
}
