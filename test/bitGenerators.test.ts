import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { BitGeneratorState } from '../src/bitGenerator.ts';
import { Generator } from '../src/generator.ts';
import { MT19937 } from '../src/mt19937.ts';
import { array } from '../src/ndarray.ts';
import { PCG64, PCG64DXSM } from '../src/pcg64.ts';
import { Philox } from '../src/philox.ts';
import { SeedSequence, type SeedSequenceJSON } from '../src/seedSequence.ts';
import { SFC64 } from '../src/sfc64.ts';

type Rng = PCG64 | PCG64DXSM | SFC64 | Philox | MT19937;
type State = BitGeneratorState & { [field: string]: unknown };
type SeedText = string | string[] | SeedSequenceJSON;
interface Step { kind: Kind; n: number; singly: boolean; drawn: string; state: string; full?: State }
interface Program { seed?: string; from?: State; pos?: number; steps: Step[] }
interface Case {
  seeds: { seed: SeedText; state: string; full?: State; raw: string[] }[];
  million: { seed: string; state: string } & Record<Kind, string>;
  programs: Program[];
  begun?: State;
  advanced?: { delta: string; state: State }[];
  jumped?: { jumps: string; state: State | string; drawn?: number; raw?: string }[];
  spawned: string[];
}
interface Keyed { seed?: string; key?: string | string[]; counter?: string | string[]; state: State; raw: string[] }

// Written by fixtures/bit_generators.py from NumPy.
const fixture = JSON.parse(readFileSync(new URL('./fixtures/bitGenerators.json', import.meta.url), 'utf8')) as {
  numpy: string;
  keyed: Keyed[];
  legacy: { seed: number | number[]; typed: boolean; state: string; raw: number[] }[];
  generators: Record<string, Case>;
};

const classes = { PCG64, PCG64DXSM, SFC64, Philox, MT19937 };
type Name = keyof typeof classes;

const digest = (data: string | NodeJS.ArrayBufferView) => createHash('sha256').update(data).digest('hex').slice(0, 16);
const stateDigest = (rng: Rng) => digest(JSON.stringify(rng.state));
const setState = (rng: Rng, state: unknown) => { (rng as { state: unknown }).state = state; };
const integer = (text: string | string[]) => (Array.isArray(text) ? text.map(BigInt) : BigInt(text));
const seedOf = (seed: SeedText) => (typeof seed === 'object' && !Array.isArray(seed) ? SeedSequence.fromJSON(seed) : integer(seed));
const raw = (rng: Rng, n: number) => Array.from<number | bigint, string>(rng.randomRaw(n).data, String);

const kinds = ['random64', 'random32', 'raw', 'bytes', 'uniform'] as const;
type Kind = (typeof kinds)[number];

/** What a program's step draws, as bytes: n elements at once, or n single ones. */
function draw(generator: Generator, kind: Kind, n: number, singly: boolean): NodeJS.ArrayBufferView {
  const rng = generator.bitGenerator as Rng;
  const times = <T>(call: () => T) => Array.from({ length: n }, call);
  switch (kind) {
    case 'random64': return singly ? Float64Array.from(times(() => generator.random())) : generator.random(n).data;
    case 'random32': return singly ? Float32Array.from(times(() => generator.random({ dtype: 'float32' }))) : generator.random(n, { dtype: 'float32' }).data;
    case 'uniform': return singly ? Float64Array.from(times(() => generator.uniform(-3, 0.7))) : generator.uniform(-3, 0.7, n).data;
    case 'bytes': return singly ? Uint8Array.from(times(() => generator.bytes(1)[0])) : generator.bytes(n);
    case 'raw': {
      if (!singly) return rng.randomRaw(n).data;
      return rng instanceof MT19937 ? Uint32Array.from(times(() => rng.randomRaw())) : BigUint64Array.from(times(() => rng.randomRaw()));
    }
  }
}

/** The generator that the fixtures' `begun` is: in the middle of a count of Philox, with a half-word. */
function begun(Class: (typeof classes)[Name], seed = 5): Rng {
  const rng = new Class(seed);
  new Generator(rng).random({ dtype: 'float32' });
  rng.randomRaw(5);
  return rng;
}

describe.each(Object.keys(classes) as Name[])('%s', name => {
  const Class = classes[name], expected = fixture.generators[name];

  test.each(expected.seeds.map(item => [JSON.stringify(item.seed).slice(0, 60), item] as const))('seeded by %s', (_, { seed, state, full, raw: words }) => {
    const rng = new Class(seedOf(seed));
    if (full) expect(rng.state).toEqual(full);
    expect(stateDigest(rng)).toBe(state);
    expect(raw(rng, words.length)).toEqual(words);
    const one = new Class(seedOf(seed));
    expect(words.map(() => String(one.randomRaw()))).toEqual(words);
    expect(one.state).toEqual(rng.state);
  });

  test('a million of each', () => {
    const { seed, million } = { seed: BigInt(expected.million.seed), million: expected.million };
    const rng = new Class(seed), generator = new Generator(rng), n = 1e6;
    expect(digest(rng.randomRaw(n).data)).toBe(million.raw);
    expect(digest(generator.random(n + 1, { dtype: 'float32' }).data)).toBe(million.random32);
    expect(digest(generator.random(n).data)).toBe(million.random64);
    expect(digest(generator.bytes(n + 3))).toBe(million.bytes);
    expect(digest(generator.uniform(1e-3, 1e5, n).data)).toBe(million.uniform);
    expect(stateDigest(rng)).toBe(million.state);
  });

  test.each(expected.programs.map((program, i) => [i, program] as const))('draws in turn, %i', (_, { seed, from, pos, steps }) => {
    const rng = new Class(seed === undefined ? 0 : BigInt(seed)), generator = new Generator(rng);
    if (from) setState(rng, from);
    if (pos !== undefined) setState(rng, { ...rng.state, state: { ...rng.state.state, pos } });
    if (from) expect(rng.state).toEqual(from);
    for (const [i, { kind, n, singly, drawn, state, full }] of steps.entries()) {
      const label = `step ${i}: ${kind} ${n}${singly ? ', one by one' : ''}`;
      expect(digest(draw(generator, kind, n, singly)), label).toBe(drawn);
      // asked for after every third step alone: the asking must not matter
      if (i % 3 === 0 || full) expect(stateDigest(rng), `state after ${label}`).toBe(state);
      if (full) {
        expect(rng.state).toEqual(full);
        setState(rng, JSON.parse(JSON.stringify(full)));
        expect(rng.state).toEqual(full);
      }
    }
  });

  test.runIf(expected.advanced)('advanced', () => {
    const rng = begun(Class);
    expect(rng.state).toEqual(expected.begun);
    for (const { delta, state } of expected.advanced!) {
      const moved = begun(Class);
      expect(moved.advance(BigInt(delta))).toBe(moved);
      expect(moved.state, delta).toEqual(state);
      if (Number.isSafeInteger(Number(delta))) expect(begun(Class).advance(Number(delta)).state, delta).toEqual(state);
    }
  });

  test.runIf(expected.jumped)('jumped', () => {
    for (const { jumps, state, drawn, raw: words } of expected.jumped!) {
      const rng = drawn === undefined ? begun(Class) : new Class(6);
      if (drawn) rng.randomRaw(drawn);
      const before = rng.state, made = rng.jumped(BigInt(jumps)) as Rng;
      expect(rng.state).toEqual(before);
      expect(made).toBeInstanceOf(Class);
      if (typeof state === 'string') expect(stateDigest(made), `${drawn} drawn, ${jumps} jumps`).toBe(state);
      else expect(made.state, jumps).toEqual(state);
      if (words) expect(digest(made.randomRaw(2000).data)).toBe(words);
    }
    expect(new Class(3).jumped().state).toEqual(new Class(3).jumped(1).state);
  });

  test('spawned', () => {
    const parent = new Class(42);
    const children = [...parent.spawn(3), ...parent.spawn(2), ...parent.spawn(1)[0].spawn(2)] as Rng[];
    expect(children.map(stateDigest)).toEqual(expected.spawned);
    for (const child of children) expect(child).toBeInstanceOf(Class);
  });
});

describe('Philox', () => {
  test.each(fixture.keyed)('key $key, counter $counter, seed $seed', ({ seed, key, counter, state, raw: words }) => {
    const options = { ...(key && { key: integer(key) }), ...(counter && { counter: integer(counter) }) };
    const start = seed === undefined ? undefined : BigInt(seed);
    const rng = new Philox(start, options);
    expect(rng.state).toEqual(state);
    expect(raw(rng, words.length)).toEqual(words);
    expect(rng.seedSeq === null).toBe(key !== undefined);
    for (const typed of [BigUint64Array.from, array] as const) {
      const asArray = (value: unknown) => (Array.isArray(value) ? (typed === array ? array(value, 'uint64') : BigUint64Array.from(value)) : value);
      const same = new Philox(start, { key: asArray(options.key), counter: asArray(options.counter) } as never);
      expect(same.state).toEqual(state);
    }
  });
});

describe('MT19937.legacy', () => {
  test.each(fixture.legacy.map(item => [`${item.typed ? 'Uint32Array ' : ''}${JSON.stringify(item.seed).slice(0, 40)}`, item] as const))('%s', (_, { seed, typed, state, raw: words }) => {
    const rng = MT19937.legacy(typed ? Uint32Array.from(seed as number[]) : seed);
    expect(stateDigest(rng)).toBe(state);
    expect(rng.seedSeq).toBe(null);
    expect([...rng.randomRaw(words.length).data]).toEqual(words);
  });
});
