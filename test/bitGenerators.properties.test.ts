import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Generator } from '../src/generator.ts';
import { MT19937 } from '../src/mt19937.ts';
import { PCG32, PCG32DXSM } from '../src/pcg32.ts';
import { PCG64, PCG64DXSM } from '../src/pcg64.ts';
import { Philox } from '../src/philox.ts';
import { SFC64 } from '../src/sfc64.ts';

const numpy = { PCG64, PCG64DXSM, SFC64, Philox, MT19937 }, classes = { ...numpy, PCG32DXSM, PCG32 };
type Name = keyof typeof classes;
type Rng = InstanceType<(typeof classes)[Name]>;
const names = Object.keys(numpy) as (keyof typeof numpy)[];

const kinds = ['random64', 'random32', 'raw', 'uniform', 'bytes'] as const;
type Kind = (typeof kinds)[number];
interface Op { kind: Kind; n: number; singly: boolean }

/** Sizes about the ends of blocks drawn ahead, of a key, of a raw block. */
const size = fc.oneof(fc.nat(8), fc.nat(140), fc.constantFrom(311, 312, 313, 623, 624, 625, 2048, 4095, 4096, 4097), fc.nat(9000));
const op: fc.Arbitrary<Op> = fc.record({ kind: fc.constantFrom(...kinds), n: size, singly: fc.boolean() }).map(({ kind, n, singly }) => ({ kind, singly, n: singly ? n % 200 : n }));
const ops = fc.array(op, { maxLength: 12 });

const hexOf = (data: ArrayBufferView) => Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex');

/** What is drawn, as text; singly is n draws without a size, of bytes four at a time. */
function draw(rng: Rng, { kind, n, singly }: Op): string {
  const generator = new Generator(rng), float32 = { dtype: 'float32' } as const;
  const bits = (data: ArrayBufferView[]) => data.map(hexOf).join('');
  const times = (call: () => ArrayBufferView) => bits(Array.from({ length: n }, call));
  switch (kind) {
    case 'random64': return singly ? times(() => Float64Array.of(generator.random())) : hexOf(generator.random(n).data);
    case 'random32': return singly ? times(() => Float32Array.of(generator.random(float32))) : hexOf(generator.random(n, float32).data);
    case 'uniform': return singly ? times(() => Float64Array.of(generator.uniform(1, 9))) : hexOf(generator.uniform(1, 9, n).data);
    case 'bytes': return singly ? times(() => generator.bytes(4)) : hexOf(generator.bytes(4 * n));
    case 'raw': {
      if (!singly) return hexOf(rng.randomRaw(n).data);
      return times(() => {
        const word = rng.randomRaw();
        return typeof word === 'bigint' ? BigUint64Array.of(word) : Uint32Array.of(word);
      });
    }
  }
}

const stateOf = (rng: Rng) => JSON.stringify(rng.state);
const setState = (rng: Rng, state: unknown) => { (rng as { state: unknown }).state = state; };
/** NumPy draws a word for no bytes. */
const isWhole = ({ kind, n }: Op) => kind !== 'bytes' || n > 0;

describe.each(names)('%s', name => {
  const Class = numpy[name];
  const begun = (seed: number, before: Op[]): Rng => {
    const rng = new Class(seed);
    for (const each of before) draw(rng, each);
    return rng;
  };

  test('a fill in pieces, some of them single draws, is the fill in one', () => {
    fc.assert(fc.property(fc.nat(), fc.array(op, { maxLength: 3 }), fc.constantFrom(...kinds), fc.array(fc.record({ n: fc.nat(300), singly: fc.boolean() }), { minLength: 1, maxLength: 6 }), fc.nat(5000), (seed, before, kind, pieces, last) => {
      const parts = [...pieces, { n: last, singly: false }].map(piece => ({ ...piece, kind })).filter(isWhole);
      const whole = begun(seed, before), split = begun(seed, before), n = parts.reduce((sum, part) => sum + part.n, 0);
      const expected = n > 0 ? draw(whole, { kind, n, singly: false }) : '';
      expect(parts.map(part => draw(split, part)).join('')).toBe(expected);
      expect(stateOf(split)).toBe(stateOf(whole));
    }), { seed: 4, numRuns: 60 });
  });

  test('a state goes on where it was taken, and taking it changes nothing', () => {
    fc.assert(fc.property(fc.nat(), ops, ops, (seed, before, after) => {
      const rng = begun(seed, before), untouched = begun(seed, before);
      const text = stateOf(rng), copy = new Class(0);
      setState(copy, JSON.parse(text));
      expect(stateOf(copy)).toBe(text);
      expect(stateOf(rng)).toBe(text);
      for (const each of after) {
        const expected = draw(untouched, each);
        expect(draw(rng, each)).toBe(expected);
        expect(draw(copy, each)).toBe(expected);
        expect(stateOf(copy)).toBe(stateOf(rng));
      }
      expect(stateOf(untouched)).toBe(stateOf(rng));
    }), { seed: 4, numRuns: 40 });
  });

  test('JSON: draws and spawns as this one would', () => {
    fc.assert(fc.property(fc.bigInt(0n, 2n ** 200n), ops, fc.nat(3), (seed, before, children) => {
      const rng = new Class(seed);
      for (const each of before) draw(rng, each);
      rng.spawn(children);
      const copy = Class.fromJSON(JSON.parse(JSON.stringify(rng))) as Rng;
      expect(copy).toBeInstanceOf(Class);
      expect(JSON.stringify(copy)).toBe(JSON.stringify(rng));
      expect((copy.spawn(2) as Rng[]).map(stateOf)).toEqual((rng.spawn(2) as Rng[]).map(stateOf));
      expect(draw(copy, { kind: 'random32', n: 5, singly: true })).toBe(draw(rng, { kind: 'random32', n: 5, singly: true }));
    }), { seed: 4, numRuns: 30 });
  });

  test('0 jumps: a generator at the same place', () => {
    if (name === 'SFC64') return;
    fc.assert(fc.property(fc.nat(), ops, (seed, before) => {
      const rng = begun(seed, before), text = stateOf(rng), made = rng.jumped(0);
      expect(stateOf(rng)).toBe(text);
      expect(made.seedSeq).toBe(rng.seedSeq);
      if (name === 'MT19937') expect(stateOf(made)).toBe(text);
      else expect(stateOf(made)).toBe(stateOf(rng.advance(0)));
    }), { seed: 4, numRuns: 20 });
  });
});

describe.each(['PCG64', 'PCG64DXSM'] as const)('%s', name => {
  const Class = numpy[name];
  test('advance(n) is n words drawn, the half-word dropped, and advance(−n) the way back', () => {
    fc.assert(fc.property(fc.nat(), ops, size, fc.bigInt(-(2n ** 130n), 2n ** 130n), (seed, before, n, far) => {
      const drawn = new Class(seed), moved = new Class(seed);
      for (const each of before) for (const rng of [drawn, moved]) draw(rng, each);
      drawn.randomRaw(n);
      const { state } = drawn;
      expect(moved.advance(n).state).toEqual({ ...state, hasUint32: 0, uinteger: 0 });
      expect(moved.advance(far).advance(-far - BigInt(n)).state.state).toEqual(drawn.advance(-n).state.state);
      expect(moved.advance(far).advance(2n ** 128n - far).state.state).toEqual(drawn.state.state);
      expect(moved.randomRaw()).toBe(drawn.randomRaw());
    }), { seed: 4, numRuns: 50 });
  });
});

test('Philox: advance(n) is n counts of four words, what is left of the last one dropped', () => {
  fc.assert(fc.property(fc.nat(), ops, fc.nat(1000), fc.bigInt(-(2n ** 260n), 2n ** 260n), (seed, before, n, far) => {
    const drawn = new Philox(seed), moved = new Philox(seed);
    for (const each of before) for (const rng of [drawn, moved]) draw(rng, each);
    while (drawn.state.bufferPos < 4) drawn.randomRaw();
    drawn.randomRaw(4 * n);
    const { counter } = drawn.state.state, none = { buffer: ['0', '0', '0', '0'], bufferPos: 4, hasUint32: 0, uinteger: 0 };
    expect(moved.advance(n).state).toEqual({ ...drawn.state, ...none });
    expect(moved.advance(far).advance(-far).state.state.counter).toEqual(counter);
    expect(moved.randomRaw()).toBe(drawn.randomRaw());
  }), { seed: 4, numRuns: 50 });
});

test("Philox: four counters at once are each alone, also where the counter's words turn over", () => {
  for (const turn of [64n, 128n, 192n, 256n]) {
    for (let before = 1n; before < 8n; before++) {
      const counter = (i: bigint) => (2n ** turn - before + i) % 2n ** 256n, key = 7n;
      const words = new Philox(null, { key, counter: counter(0n) }).randomRaw(43).data;
      const alone = Array.from({ length: 11 }, (_, i) => [...new Philox(null, { key, counter: counter(BigInt(i)) }).randomRaw(4).data]).flat();
      expect([...words]).toEqual(alone.slice(0, 43));
    }
  }
});

test('generators of all classes in turn draw what each draws alone', () => {
  const all = Object.keys(classes) as Name[];
  const turn = fc.record({ who: fc.nat(2 * all.length - 1), what: op });
  fc.assert(fc.property(fc.nat(), fc.array(turn, { maxLength: 60 }), (seed, turns) => {
    const make = () => [...all, ...all].map((name, i): Rng => new classes[name](seed + i));
    const together = make(), alone = make();
    const drawn = turns.map(({ who, what }) => draw(together[who], what));
    const states = together.map(stateOf);
    for (let who = 0; who < alone.length; who++) {
      turns.forEach((turn, i) => { if (turn.who === who) expect(draw(alone[who], turn.what)).toBe(drawn[i]); });
      expect(stateOf(alone[who])).toBe(states[who]);
    }
  }), { seed: 4, numRuns: 60 });
});

test('words of 32 bits taken back are drawn again', () => {
  fc.assert(fc.property(fc.constantFrom(...names), fc.nat(), fc.array(fc.boolean(), { maxLength: 300 }), (name, seed, again) => {
    const rng = new numpy[name](seed), plain = new numpy[name](seed);
    for (const back of again) {
      const word = rng.next32();
      if (back) {
        rng.unread32();
        expect(rng.next32()).toBe(word);
      }
      expect(plain.next32()).toBe(word);
    }
    expect(stateOf(rng)).toBe(stateOf(plain));
    expect(new Generator(rng).bytes(12)).toEqual(new Generator(plain).bytes(12));
  }), { seed: 4, numRuns: 60 });
});
