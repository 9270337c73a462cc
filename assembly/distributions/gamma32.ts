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

function settle(shape: f32): void {
  if (shape == last) return;
  last = shape;
  b = shape < 1 ? 1 - shape : shape - <f32>1 / <f32>3;
  c = 1 / (shape < 1 ? shape : sqrt<f32>(9 * b));
}

/** What a trial of a shape below 1 is made of: a uniform, an exponential. */
// @ts-ignore: decorator
@lazy const DRAWS: usize = memory.data(512, 8);

/**
 * Draws for n trials of a shape below 1, at most 64, then tries them: in a loop of its own, as the processor looks no further ahead than one or two. Gives
 * where the samples that stand end.
 */
function trials(to: usize, n: usize, shape: f32): usize {
  const end = DRAWS + (n << 3);
  for (let at = DRAWS; at < end; at += 8) {
    store<f32>(at, nextFloat());
    store<f32>(at, nextExponential32(), 4);
  }
  for (let at = DRAWS; at < end; at += 8) {
    let u = load<f32>(at), most = load<f32>(at, 4);
    if (u > b) {
      const y = -logf((1 - u) / shape);
      most += y;
      u = b + shape * y;
    }
    // a trial that fails is written over by the next: no branch on it
    const x = powf(u, c);
    store<f32>(to, x);
    to += <usize>(x <= most) << 2;
  }
  return to;
}

function next(to: usize, shape: f32): void {
  if (shape == 1) return store<f32>(to, nextExponential32());
  if (shape == 0) return store<f32>(to, 0);
  if (shape < 1) {
    while (trials(to, 1, shape) == to) {}
    return;
  }
  while (true) {
    let x: f32, v: f32;
    do {
      x = nextNormal32();
      v = 1 + c * x;
    } while (v <= 0);
    v = v * v * v;
    const u = nextFloat();
    if (u < 1 - <f32>0.0331 * (x * x) * (x * x) || logf(u) < <f32>0.5 * x * x + b * (1 - v + logf(v))) return store<f32>(to, b * v);
  }
}

/** n samples; shape, a float64, is where those of float64 have it. */
export function fillStandardGamma32(n: i32, each: bool): void {
  begin();
  let shape = <f32>load<f64>(OUT + PART), out = OUT;
  const end = OUT + (<usize>n << 2);
  settle(shape);
  if (!each && shape > 0 && shape < 1) {
    while (out < end) out = trials(out, min((end - out) >> 2, 64), shape);
  }
  for (; out < end; out += 4) {
    if (each) settle(shape = <f32>load<f64>(OUT + PART + (out - OUT << 1)));
    next(out, shape);
  }
  finishTaking();
}
