// @ts-nocheck: AssemblyScript, compiled by libm.test.ts; asc finds assembly/ by its --path
/** The math library over arrays: X and Y → Z, n elements. */
import { exp, expm1 } from 'assembly/math/libm/exp';
import { log, log1p } from 'assembly/math/libm/log';
import { pow } from 'assembly/math/libm/pow';
import { expf, log1pf, logf, powf } from 'assembly/math/libm/single';
import { buildTables } from 'assembly/math/libm/tables';
import { acos, cos, fmod } from 'assembly/math/libm/trig';

const X: usize = memory.data(524288, 16);
const Y: usize = memory.data(524288, 16);
const Z: usize = memory.data(524288, 16);

export function xAt(): usize { return X; }
export function yAt(): usize { return Y; }
export function zAt(): usize { return Z; }

export function runExp(n: usize): void { for (let i: usize = 0; i < n << 3; i += 8) store<f64>(Z + i, exp(load<f64>(X + i))); }
export function runExpm1(n: usize): void { for (let i: usize = 0; i < n << 3; i += 8) store<f64>(Z + i, expm1(load<f64>(X + i))); }
export function runLog(n: usize): void { for (let i: usize = 0; i < n << 3; i += 8) store<f64>(Z + i, log(load<f64>(X + i))); }
export function runLog1p(n: usize): void { for (let i: usize = 0; i < n << 3; i += 8) store<f64>(Z + i, log1p(load<f64>(X + i))); }
export function runPow(n: usize): void { for (let i: usize = 0; i < n << 3; i += 8) store<f64>(Z + i, pow(load<f64>(X + i), load<f64>(Y + i))); }
export function runCos(n: usize): void { for (let i: usize = 0; i < n << 3; i += 8) store<f64>(Z + i, cos(load<f64>(X + i))); }
export function runAcos(n: usize): void { for (let i: usize = 0; i < n << 3; i += 8) store<f64>(Z + i, acos(load<f64>(X + i))); }
export function runFmod(n: usize): void { for (let i: usize = 0; i < n << 3; i += 8) store<f64>(Z + i, fmod(load<f64>(X + i), load<f64>(Y + i))); }
export function runExpf(n: usize): void { for (let i: usize = 0; i < n << 2; i += 4) store<f32>(Z + i, expf(load<f32>(X + i))); }
export function runLogf(n: usize): void { for (let i: usize = 0; i < n << 2; i += 4) store<f32>(Z + i, logf(load<f32>(X + i))); }
export function runLog1pf(n: usize): void { for (let i: usize = 0; i < n << 2; i += 4) store<f32>(Z + i, log1pf(load<f32>(X + i))); }
export function runPowf(n: usize): void { for (let i: usize = 0; i < n << 2; i += 4) store<f32>(Z + i, powf(load<f32>(X + i), load<f32>(Y + i))); }

buildTables();
