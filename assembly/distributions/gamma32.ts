/** Standard gamma variates in float32 throughout, as NumPy has them; gamma.ts says how. */
import { OUT, PART } from '../memory';
import { begin } from './fill';
import { nextExponential32, nextFloat, nextNormal32 } from './ziggurat';
import { finishTaking } from '../raw';
import { logf, powf } from '../math/libm/single';

/** What depends on the shape alone, of the last one: 1 − shape and 1 / shape below 1, else shape − 1/3 and 1 / √(9 (shape − 1/3)). */
let last: f32 = -1;
let b: f32 = 0;
let c: f32 = 0;

function next(shape: f32): f32 {
  if (shape != last) {
    last = shape;
    b = shape < 1 ? 1 - shape : shape - <f32>1 / <f32>3;
    c = 1 / (shape < 1 ? shape : sqrt<f32>(9 * b));
  }
  if (shape == 1) return nextExponential32();
  if (shape == 0) return 0;
  if (shape < 1) {
    while (true) {
      const u = nextFloat(), v = nextExponential32();
      let x: f32, most = v;
      if (u <= b) {
        x = powf(u, c);
      } else {
        const y = -logf((1 - u) / shape);
        x = powf(b + shape * y, c);
        most = v + y;
      }
      if (x <= most) return x;
    }
  }
  while (true) {
    let x: f32, v: f32;
    do {
      x = nextNormal32();
      v = 1 + c * x;
    } while (v <= 0);
    v = v * v * v;
    const u = nextFloat();
    if (u < 1 - <f32>0.0331 * (x * x) * (x * x) || logf(u) < <f32>0.5 * x * x + b * (1 - v + logf(v))) return b * v;
  }
}

/** n samples; shape, a float64, is where those of float64 have it. */
export function fillStandardGamma32(n: i32, each: bool): void {
  begin();
  let shape = <f32>load<f64>(OUT + PART);
  for (let i: usize = 0; i < <usize>n; i++) {
    if (each) shape = <f32>load<f64>(OUT + PART + (i << 3));
    store<f32>(OUT + (i << 2), next(shape));
  }
  finishTaking();
}
