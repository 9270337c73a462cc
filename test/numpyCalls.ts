import { createHash } from 'node:crypto';
import type { BitGenerator } from '../src/bitGenerator.ts';
import { choose } from '../src/choice.ts';
import { Generator } from '../src/generator.ts';
import { drawRandint, drawTomaxint } from '../src/legacyIntegers.ts';
import { MT19937 } from '../src/mt19937.ts';
import { NDArray } from '../src/ndarray.ts';
import { PCG64, PCG64DXSM } from '../src/pcg64.ts';
import { Philox } from '../src/philox.ts';
import { SFC64 } from '../src/sfc64.ts';
import { permutation, shuffleInPlace } from '../src/shuffle.ts';

/** Calls as fixtures/numpy_calls.py writes them: a name and its arguments, integers as text. */
export type Call = [name: string, ...args: unknown[]];

/** Calls one after another on one generator, each with a digest of what NumPy gave, and the state after them. */
export interface Program {
  name: Name;
  seed: string;
  legacy: boolean;
  calls: [call: Call, drawn: string][];
  state: string;
}

export const classes = { PCG64, PCG64DXSM, SFC64, Philox, MT19937 };
export type Name = keyof typeof classes;

export const digest = (data: string | NodeJS.ArrayBufferView) => createHash('sha256').update(data).digest('hex').slice(0, 16);
export const stateDigest = (rng: BitGenerator) => digest(JSON.stringify(rng.state));

/** Anything drawn as int64 modulo 2^64; floats as they are. */
export function drawn(value: unknown, floats = false): string {
  const data = (value instanceof NDArray ? value.data : ArrayBuffer.isView(value) ? value : [value]) as ArrayLike<number | bigint | boolean>;
  return digest(floats ? Float64Array.from(data as ArrayLike<number>) : BigInt64Array.from(Array.from(data, BigInt)));
}

const given = <T>(value: T | null) => value ?? undefined;
const integer = (text: unknown): unknown => (Array.isArray(text) ? text.map(integer) : BigInt(text as string));

/** See `probabilities` in fixtures/numpy_calls.py. */
function probabilities(n: number, factor: number, zero: boolean): number[] {
  const weights = Array.from({ length: n }, (_, i) => (zero && n > 1 && i === n >> 1 ? 0 : (i * factor) % 97 + 1));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map(weight => weight / sum);
}

/** What a call gives here, as a digest. */
export function play(rng: BitGenerator, legacy: boolean, [name, ...args]: Call): string {
  const g = new Generator(rng) as unknown as Record<string, (...args: unknown[]) => unknown>;
  const [a, b, c, d, e] = args, shape = a as number[];
  const arange = () => new NDArray(Int32Array.from({ length: shape.reduce((x, y) => x * y, 1) }, (_, i) => i), shape, 'int32');
  switch (name) {
    case 'integers':
      return drawn(legacy ? drawRandint(rng, integer(a), BigInt(b as string) + BigInt(e as boolean), given(c), { dtype: d }) : g.integers(integer(a), integer(b), given(c), { dtype: d, endpoint: e }));
    case 'each': return drawn(legacy ? drawRandint(rng, integer(a), integer(b), given(c), { dtype: d }) : g.integers(integer(a), integer(b), given(c), { dtype: d }));
    case 'default': return drawn(legacy ? drawRandint(rng, integer(a), integer(b), given(c), {}) : g.integers(integer(a), integer(b), given(c)));
    case 'tomaxint': return drawn(drawTomaxint(rng, a));
    case 'bytes': return drawn(g.bytes(a));
    case 'random': return drawn(g.random(given(a)), true);
    case 'random32': return drawn(g.random(a, { dtype: 'float32' }), true);
    case 'arange': return drawn(legacy ? permutation(rng, a, {}, true) : g.permutation(a));
    case 'shuffle': {
      const x = arange();
      if (legacy) shuffleInPlace(rng, x, {}, true);
      else g.shuffle(x, { axis: b });
      return drawn(x);
    }
    case 'permutation': return drawn(legacy ? permutation(rng, arange(), {}, true) : g.permutation(arange(), { axis: b }));
    case 'permuted': return drawn(g.permuted(arange(), { axis: b }));
    case 'permutedAll': return drawn(g.permuted(arange()));
    case 'choice': {
      const p = d === null ? {} : { p: probabilities(a as number, d as number, c as boolean) };
      return drawn(legacy ? choose(rng, a, given(b), { replace: c, ...p }, true) : g.choice(a, given(b), { replace: c, shuffle: e, ...p }));
    }
    default: throw new Error(name);
  }
}
