/** Neighbours of floating-point numbers, by their bits. */

const f64 = new Float64Array(1);
const i64 = new BigInt64Array(f64.buffer);
const f32 = new Float32Array(1);
const i32 = new Int32Array(f32.buffer);

/** The largest float64 below a finite x. */
export function below64(x: number): number {
  if (x === 0) return -Number.MIN_VALUE;
  f64[0] = x;
  i64[0] += x > 0 ? -1n : 1n;
  return f64[0];
}

/** The largest float32 below a finite x that float32 can reach. */
export function below32(x: number): number {
  const rounded = Math.fround(x);
  if (rounded < x) return rounded;
  if (rounded === 0) return -1.401298464324817e-45; // 2^-149
  f32[0] = rounded;
  i32[0] += rounded > 0 ? -1 : 1;
  return f32[0];
}

/** The smallest float32 that is at least a finite x. */
export function atLeast32(x: number): number {
  const rounded = Math.fround(x);
  return rounded >= x ? rounded : -below32(-x);
}
