/** Every way an argument is refused, checked alike: the error, the generator, the memory. */
import { expect, test } from 'vitest';
import { Generator } from '../src/generator.ts';
import { NDArray } from '../src/ndarray.ts';
import { PCG32, PCG32DXSM } from '../src/pcg32.ts';
import { hexOf } from './draws.ts';

/** Called as JavaScript may: with anything. */
export type Loose = Record<string, (...args: unknown[]) => unknown> & { bitGenerator: Record<string, (...args: unknown[]) => unknown> & { state: unknown } };
export type ErrorClass = typeof RangeError | typeof TypeError;
/** What is tried, the error's class, and how its message begins: the parameter and the value it got. */
export type Row = [run: (rng: Loose, outs: Outs) => unknown, Class: ErrorClass, begins: string];

export const R = RangeError;
export const T = TypeError;

function makeOuts() {
  const outs = {
    f64: new Float64Array(6), f32: new Float32Array(6), u8: new Uint8Array(6), i8: new Int8Array(6), i32: new Int32Array(6), i64: new BigInt64Array(6), u64: new BigUint64Array(6),
    matrix: new NDArray(new Float64Array(6), [2, 3], 'float64'), mask: new NDArray(new Uint8Array(6), [6], 'bool'), bytes: new NDArray(new Uint8Array(6), [6], 'uint8'),
    clamped: new Uint8ClampedArray(6), list: [1, 2, 3], view: new DataView(new ArrayBuffer(8)), buffer: new ArrayBuffer(48),
  };
  for (const out of Object.values(outs)) {
    if (!Array.isArray(out)) new Uint8Array(out instanceof ArrayBuffer ? out : out instanceof NDArray ? out.data.buffer : out.buffer).fill(0x5a);
  }
  return outs;
}
export type Outs = ReturnType<typeof makeOuts>;
const bytesOf = (outs: Outs) => Object.values(outs).map(out => (Array.isArray(out) ? out.join() : hexOf(out instanceof ArrayBuffer ? new Uint8Array(out) : out instanceof NDArray ? out.data : out)));

/** In the middle of everything: a phase or a pair begun, words drawn ahead, children spawned. */
function begun(Class: typeof PCG32 | typeof PCG32DXSM, phase: 'normal' | 'bernoulli'): Generator {
  const rng = new Generator(new Class(7));
  rng.spawn(2);
  rng.random();
  if (phase === 'normal') rng.standardNormal();
  else rng.bernoulli(0.3, 7);
  return rng;
}
export const jsonOf = (rng: Generator) => JSON.stringify(rng.bitGenerator);
const nextOf = (rng: Generator) => [rng.standardNormal(), rng.bernoulli(0.3), rng.random(), rng.integers(1000), ...rng.random(3).data];

/** Runs every row and checks error, generator and memory. */
export function refuses(title: string, rows: Row[]) {
  test.each(rows.map(([run, Class, begins]) => [`${Class.name} ${begins}`, String(run).replace(/^\([^)]*\) => /, '').slice(0, 100), run, Class, begins] as const))(`${title}: %s ← %s`, (_, __, run, Class, begins) => {
    for (const kind of [PCG32DXSM, PCG32]) {
      for (const phase of ['normal', 'bernoulli'] as const) {
        const rng = begun(kind, phase), outs = makeOuts(), state = jsonOf(begun(kind, phase)), memory = bytesOf(outs);
        let error: unknown;
        try {
          run(rng as unknown as Loose, outs);
        } catch (thrown) {
          error = thrown;
        }
        expect(error, 'nothing was thrown').toBeInstanceOf(Class);
        expect((error as Error).message.slice(0, begins.length)).toBe(begins);
        expect((error as Error).message).toMatch(/, takes |more than this platform can allocate|has no seed sequence/);
        expect(jsonOf(rng)).toBe(state);
        expect(bytesOf(outs)).toEqual(memory);
        expect(nextOf(rng)).toEqual(nextOf(begun(kind, phase)));
      }
    }
  });
}
