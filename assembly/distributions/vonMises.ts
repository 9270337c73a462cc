/**
 * Von Mises angles: Best and Fisher, "Efficient simulation of the von Mises distribution", 1979, as NumPy has it:
 * numpy/random/src/distributions/distributions.c.
 */
import { OUT } from '../memory';
import { begin, fillReals, parameter } from './fill';
import { legacy, nextNormal } from './source';
import { finishTaking, nextDouble, takeDouble } from '../raw';
import { acoss } from '../math/libm/lanes';
import { log } from '../math/libm/log';
import { cos, fmod } from '../math/libm/trig';

const PI: f64 = 3.141592653589793;

/** Angles at a time, for whose cosines the arccosines are then made two by two. */
// @ts-ignore: decorator
@inline const BLOCK: usize = 64 * 8;
// @ts-ignore: decorator
@lazy const COSINES: usize = memory.data(512, 16);
/** −0 where the angle is turned round. */
// @ts-ignore: decorator
@lazy const TURNED: usize = memory.data(512, 16);

/** Leaves the cosine of the next angle about 0, and its sign. */
// @ts-ignore: decorator
@inline function draw(at: usize, kappa: f64, s: f64): void {
  let w: f64;
  while (true) {
    const z = cos(PI * takeDouble());
    w = (1 + s * z) / (s + z);
    const y = kappa * (s - w), v = takeDouble();
    if (y * (2 - y) - v >= 0 || log(y / v) + 1 - y >= 0) break;
  }
  store<f64>(COSINES + at, w);
  store<u64>(TURNED + at, <u64>(takeDouble() < 0.5) << 63);
}

/** The angles about mu of those at `at`, in [−π, π]. */
// @ts-ignore: decorator
@inline function angles(at: usize, mu: f64): v128 {
  const x = f64x2.add(v128.xor(acoss(v128.load(COSINES + at)), v128.load(TURNED + at)), f64x2.splat(mu)), pi = f64x2.splat(PI), turn = f64x2.splat(2 * PI);
  const far = f64x2.add(f64x2.abs(x), pi);
  let left = f64x2.sub(far, v128.and(turn, f64x2.ge(far, turn)));
  if (!i64x2.all_true(f64x2.lt(left, turn))) {
    left = f64x2.replace_lane(f64x2.splat(fmod(f64x2.extract_lane(far, 0), 2 * PI)), 1, fmod(f64x2.extract_lane(far, 1), 2 * PI));
  }
  const wrapped = f64x2.sub(left, pi);
  return v128.bitselect(f64x2.neg(wrapped), wrapped, f64x2.lt(x, f64x2.splat(0)));
}

@unmanaged
class VonMises {
  s: f64;
  begin(_: f64, kappa: f64, __: f64): void {
    const r = 1 + sqrt(1 + 4 * kappa * kappa), rho = (r - sqrt(2 * r)) / (2 * kappa);
    // the second order about 0, where rho would vanish
    this.s = kappa < 1e-5 ? 1 / kappa + kappa : (1 + rho * rho) / (2 * rho);
  }
  /** Is it not by rejection? */
  // @ts-ignore: decorator
  @inline special(kappa: f64): bool { return !(kappa >= 1e-8 && (legacy || kappa <= 1e6)); }
  next(mu: f64, kappa: f64, _: f64): f64 {
    if (this.special(kappa)) {
      if (kappa != kappa) return NaN;
      if (kappa < 1e-8) return PI * (2 * nextDouble() - 1);
      // a wrapped normal
      const x = mu + sqrt(1 / kappa) * nextNormal();
      return x < -PI ? x + 2 * PI : x > PI ? x - 2 * PI : x;
    }
    draw(0, kappa, this.s);
    return f64x2.extract_lane(angles(0, mu), 0);
  }
}

// @ts-ignore: decorator
@lazy const HOISTED: usize = memory.data(8, 8);
export function fillVonMises(n: i32, each: bool): void {
  const law = changetype<VonMises>(HOISTED), mu = parameter(0, 0), kappa = parameter(1, 0);
  if (each || law.special(kappa)) return fillReals(law, n, each);
  begin();
  law.begin(mu, kappa, 0);
  for (let done: usize = 0, bytes = <usize>n << 3; done < bytes; done += BLOCK) {
    const block = min(bytes - done, BLOCK);
    for (let at: usize = 0; at < block; at += 8) draw(at, kappa, law.s);
    for (let at: usize = 0; at < block; at += 16) v128.store(OUT + done + at, angles(at, mu));
  }
  finishTaking();
}
