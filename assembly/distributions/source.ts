/**
 * The standard draws that samplers stand on: Generator's normals and exponentials by the ziggurat, RandomState's by the polar method and by inversion. One
 * piece of code so makes both forms of a distribution wherever NumPy's differ in nothing else.
 */
import { OUT } from '../memory';
import { beginTaking, finishTaking, nextDouble } from '../raw';
import { fillUniform64 } from '../bulk/uniform';
import { zigguratExponential64, zigguratNormal64 } from '../bulk/ziggurat';
import { logs } from '../math/libm/lanes';
import { fillLegacyGauss, legacyGauss, legacyStandardExponential } from '../legacy/gauss';
import { takeExponential64, takeNormal64 } from './ziggurat';

/** Are they RandomState's? Whoever sets it takes it back. */
export let legacy: bool = false;

export function setLegacy(on: bool): void { legacy = on; }

// @ts-ignore: decorator
@inline export function takeNormal(): f64 { return legacy ? legacyGauss() : takeNormal64(); }

export function nextNormal(): f64 { return takeNormal(); }

// @ts-ignore: decorator
@inline export function takeExponential(): f64 { return legacy ? legacyStandardExponential() : takeExponential64(); }

export function nextExponential(): f64 { return takeExponential(); }

/** n of them in the output block. */
export function fillNormals(n: i32): void {
  if (legacy) fillLegacyGauss(n);
  else zigguratNormal64(n);
}

export function fillExponentials(n: i32): void {
  if (!legacy) return zigguratExponential64(n);
  fillUniform64(n);
  invert(n);
}

/** −ln(1 − u) of uniforms there: a pass of its own wherever functions follow on one another, as the processor looks no further than one or two pairs ahead. */
function invert(n: i32): void {
  for (let out = OUT, end = OUT + (<usize>n << 3); out < end; out += 16) v128.store(out, f64x2.neg(logs(f64x2.sub(f64x2.splat(1), v128.load(out)))));
}

/** The same of uniforms above 0. */
export function fillInverted(n: i32): void {
  fillPositives(n);
  invert(n);
}

/** n uniforms in (0, 1): a zero, one in 2^53, is passed over. */
export function fillPositives(n: i32): void {
  fillUniform64(n);
  const end = OUT + (<usize>n << 3);
  const none = f64x2.splat(0);
  for (let out = OUT; out < end; out += 16) {
    if (!v128.any_true(f64x2.eq(v128.load(out), none))) continue;
    for (let at = out; at < min(out + 16, end); at += 8) {
      while (load<f64>(at) == 0) {
        memory.copy(at, at + 8, end - at - 8);
        beginTaking();
        store<f64>(end - 8, nextDouble());
        finishTaking();
      }
    }
  }
}
