import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PCG32, PCG32DXSM } from '../src/pcg32.ts';
import { SeedSequence } from '../src/seedSequence.ts';
import { fromHex } from './hex.ts';
import { Pcg, words } from './reference.ts';

interface Start {
  initialState: string;
  stream: string;
  state: string;
  inc: string;
  words: string;
  advanced: { delta: string; state: string; words: string }[];
}
// Written by fixtures/pcg.c: eight hexadecimal digits a word, the highest first.
const fixture = JSON.parse(readFileSync(new URL('./fixtures/pcg.json', import.meta.url), 'utf8')) as { PCG32DXSM: Start[]; PCG32: Start[] };
const wordsOf = (hex: string) => fromHex('uint32', hex.match(/.{8}/g)!.map(word => word.match(/../g)!.reverse().join('')).join(''));

const JUMP = 11400714819323198485n; // ⌊2^64 / φ⌋
const M64 = 2n ** 64n;

describe.each([
  { Class: PCG32DXSM, head: [0x960bd1bf, 0xe2073b27, 0x639c0888, 0x28ac6b18] },
  // the first words that pcg32-demo prints
  { Class: PCG32, head: [0xa15c02b7, 0x7b47f409, 0xba1d3330, 0x83d2f293, 0xbfa4784b, 0xcbed606e] },
])('$Class.name', ({ Class, head }) => {
  const name = Class.name as 'PCG32' | 'PCG32DXSM', starts = fixture[name];
  const from = ({ initialState, stream }: Start) => Class.fromState(BigInt(initialState), BigInt(stream));
  const stateOf = (state: string | bigint, inc: string | bigint) => ({ bitGenerator: name, state: { state: String(state), inc: String(inc) }, phase: null });

  test('its published first words', () => {
    expect([...Class.fromState(42, 54).randomRaw(head.length).data]).toEqual(head);
    expect(head).toEqual([...wordsOf(starts[0].words).subarray(0, head.length)]);
  });

  describe.each(starts)('initial state $initialState, stream $stream', start => {
    const expected = wordsOf(start.words);

    test('the words of the C program: at once, one by one, and in pieces', () => {
      expect(expected.length).toBe(1000);
      expect(from(start).state).toEqual(stateOf(start.state, start.inc));
      expect(from(start).randomRaw(1000).data).toEqual(expected);
      const one = from(start);
      expect(Uint32Array.from(expected, () => one.randomRaw())).toEqual(expected);
      const mixed = from(start), found: number[] = [];
      for (let i = 0; found.length < 1000; i++) {
        if (i % 3 === 0) found.push(mixed.randomRaw());
        else found.push(...mixed.randomRaw(Math.min(i, 1000 - found.length)).data);
      }
      expect(found).toEqual([...expected]);
      expect(mixed.state).toEqual(one.state);
    });

    test('the words of the plain definition, over a raw block and more', () => {
      const pcg = new Pcg(name, BigInt(start.initialState), BigInt(start.stream));
      const plain = words(pcg, 10_007), rng = from(start);
      expect(plain.subarray(0, 1000)).toEqual(expected);
      expect(rng.randomRaw(10_007).data).toEqual(plain);
      expect(rng.state).toEqual(stateOf(pcg.state, pcg.inc));
    });

    test.each(start.advanced)('advance($delta)', ({ delta, state, words: hex }) => {
      const there = wordsOf(hex), by = BigInt(delta);
      for (const turns of [by, by - M64, by + 3n * M64, by - (M64 << 70n)]) {
        const rng = from(start);
        expect(rng.advance(turns)).toBe(rng);
        expect(rng.state).toEqual(stateOf(state, start.inc));
        expect(rng.randomRaw(there.length).data).toEqual(there);
      }
      if (by <= Number.MAX_SAFE_INTEGER) expect(from(start).advance(Number(by)).state).toEqual(stateOf(state, start.inc));
      if (by < 1000n - 4n) expect(there).toEqual(expected.subarray(Number(by), Number(by) + 4));
      expect(from(start).advance(by).advance(-by).state).toEqual(from(start).state);
      expect(new Pcg(name, BigInt(start.initialState), BigInt(start.stream)).advance(by).state).toBe(BigInt(state));
    });

    test('jumped: ⌊2^64 / φ⌋ words a jump, on a new generator', () => {
      const rng = from(start), before = rng.state;
      for (const jumps of [0, 1, 2, -1, 1000, 2 ** 53 - 1, 2n ** 64n + 3n]) {
        const made = rng.jumped(jumps);
        expect(made).toBeInstanceOf(Class);
        expect(made.state).toEqual(from(start).advance(BigInt(jumps) * JUMP).state);
      }
      expect(rng.jumped().state).toEqual(rng.jumped(1).state);
      expect(rng.state).toEqual(before);
      expect(rng.jumped().seedSeq).toBe(null);
    });
  });

  test.each([0, 42, 2 ** 32 + 5, 10n ** 40n, [1, 2, 3]])('a seed of %s gives initial state and stream', seed => {
    const [initialState, stream] = new SeedSequence(seed).generateState(2, 'uint64');
    expect(new Class(seed).state).toEqual(Class.fromState(initialState, stream).state);
    expect(new Class(new SeedSequence(seed)).randomRaw(9)).toEqual(Class.fromState(initialState, stream).randomRaw(9));
  });

  test('seeds beyond 32 bits are not cut', () => {
    const seeds = [5, 2 ** 32 + 5, 2 ** 33 + 5, 2n ** 64n + 5n, 2n ** 200n + 5n];
    expect(new Set(seeds.map(seed => JSON.stringify(new Class(seed).state))).size).toBe(seeds.length);
  });

  test('without a seed: fresh entropy, noted in seedSeq', () => {
    const a = new Class(), b = new Class(null);
    expect(a.state).not.toEqual(b.state);
    expect(new Class(a.seedSeq).state).toEqual(a.state);
  });

  test('raw words have their shape', () => {
    const raw = new Class(1).randomRaw([2, 0, 3]);
    expect([raw.shape, raw.dtype, raw.size]).toEqual([[2, 0, 3], 'uint32', 0]);
    const rng = new Class(1), { state } = rng;
    expect(rng.randomRaw([]).shape).toEqual([]);
    expect(rng.state).toEqual(new Class(1).advance(1).state);
    rng.state = state;
    expect(rng.randomRaw([2, 3]).data).toEqual(new Class(1).randomRaw(6).data);
  });
});

test('the two generators share their states and nothing of their words', () => {
  const dxsm = new PCG32DXSM(7), pcg32 = new PCG32(7);
  expect(dxsm.state.state).toEqual(pcg32.state.state);
  const seen = new Set(dxsm.randomRaw(1000).data);
  expect([...pcg32.randomRaw(1000).data].some(word => seen.has(word))).toBe(false);
});
