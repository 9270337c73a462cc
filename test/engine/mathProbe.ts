// @ts-nocheck: AssemblyScript, compiled by math.test.ts; asc finds assembly/ by its --path
/** The math kernels over plain arrays: IN → A and B, n elements in whole vectors. */
import * as scalar from 'assembly/math/scalar';
import * as v32 from 'assembly/math/v32';
import * as v64 from 'assembly/math/v64';

const BYTES: usize = 262144;
const IN: usize = memory.data(262144, 64);
const A: usize = memory.data(262144, 64);
const B: usize = memory.data(262144, 64);

export function inAt(): usize { return IN; }
export function aAt(): usize { return A; }
export function bAt(): usize { return B; }
export function bytes(): usize { return BYTES; }

/** ln(x · 2^scale). */
export function log32(n: i32, scale: i32): void {
  for (let i = 0, all = n >> 2; i < all; i += v64.BLOCK) {
    const at = <usize>i << 4;
    v32.log(changetype<v64.Plain64>(0), IN + at, A + at, min(all - i, v64.BLOCK), scale);
  }
}

export function sinCos32(n: i32): void {
  for (let i = 0, all = n >> 2; i < all; i += v64.BLOCK) {
    const at = <usize>i << 4;
    v32.sinCos(changetype<v64.Plain64>(0), IN + at, A + at, B + at, min(all - i, v64.BLOCK));
  }
}

export function log64(n: i32): void {
  for (let i = 0, all = n >> 1; i < all; i += v64.BLOCK) {
    const at = <usize>i << 4;
    v64.log(changetype<v64.Plain64>(0), IN + at, A + at, min(all - i, v64.BLOCK));
  }
}

export function sinCos64(n: i32): void {
  for (let i = 0, all = n >> 1; i < all; i += v64.BLOCK) {
    const at = <usize>i << 4;
    v64.sinCos(changetype<v64.Plain64>(0), IN + at, A + at, B + at, min(all - i, v64.BLOCK));
  }
}

export function exp64(n: i32): void {
  for (let i = 0, all = n >> 1; i < all; i += v64.BLOCK) {
    const at = <usize>i << 4;
    memory.copy(A + at, IN + at, 1024);
    v64.exp(A + at, min(all - i, v64.BLOCK));
  }
}

export function scalarLog(x: f64): f64 { return scalar.log(x); }
export function scalarLog1p(x: f64): f64 { return scalar.log1p(x); }
export function scalarExp(x: f64): f64 { return scalar.exp(x); }
