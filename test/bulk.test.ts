import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Generator } from '../src/generator.ts';
import { PCG32, PCG32DXSM } from '../src/pcg32.ts';
import * as plain from './reference.ts';
import type { Float, Integer, Name } from './reference.ts';

const classes = { PCG32DXSM, PCG32 };
const [INITIAL, STREAM] = [0x853c49e6748fea9bn, 0xda3e39cb94b95bdbn];
const start = (name: Name) => new Generator(classes[name].fromState(INITIAL, STREAM));
const lcg = (rng: Generator) => rng.bitGenerator as PCG32DXSM | PCG32;
const definition = (name: Name) => new plain.Pcg(name, INITIAL, STREAM);

const bytesOf = (data: ArrayBufferView) => Buffer.from(data.buffer, data.byteOffset, data.byteLength);

/** Byte equality; what differs is said by place. */
function expectSame(found: ArrayBufferView, whole: ArrayBufferView, label: unknown) {
  expect(found.constructor.name).toBe(whole.constructor.name);
  const a = bytesOf(found), b = bytesOf(whole).subarray(0, a.length);
  if (a.equals(b)) return;
  const at = a.findIndex((byte, i) => byte !== b[i]);
  expect.fail(`${label}: ${found.byteLength} bytes differ from the definition's (${b.length}), first at byte ${at}`);
}

const floats: Float[] = ['float32', 'float64'];
const kinds: Integer[] = ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64'];
const limits: Record<Integer, [first: bigint, values: bigint]> = {
  int8: [-128n, 256n], uint8: [0n, 256n], int16: [-32768n, 65536n], uint16: [0n, 65536n],
  int32: [-(2n ** 31n), 2n ** 32n], uint32: [0n, 2n ** 32n], int64: [-(2n ** 63n), 2n ** 64n], uint64: [0n, 2n ** 64n],
};
const integers = (rng: Generator, low: bigint, range: bigint, size: number, dtype: Integer) => rng.integers(low, low + range, size, { dtype }).data;

interface Method {
  label: string;
  fill(rng: Generator, n: number): ArrayBufferView;
  define(pcg: plain.Pcg, n: number): ArrayBufferView;
  /** Words an element, and the element's bytes where the engine makes it. */
  words: number;
  bytes: number;
}
const methods: Method[] = [
  ...floats.flatMap((dtype): Method[] => [
    { label: `random ${dtype}`, fill: (rng, n) => rng.random(n, { dtype }).data, define: (pcg, n) => plain.random(pcg, n, dtype), words: dtype === 'float32' ? 1 : 2, bytes: dtype === 'float32' ? 4 : 8 },
    { label: `uniform ${dtype}`, fill: (rng, n) => rng.uniform(-2.5, 0.3, n, { dtype }).data, define: (pcg, n) => plain.uniform(pcg, n, -2.5, 0.3, dtype), words: dtype === 'float32' ? 1 : 2, bytes: dtype === 'float32' ? 4 : 8 },
  ]),
  ...kinds.map((dtype): Method => ({ label: `integers ${dtype}`, fill: (rng, n) => integers(rng, 3n, 100n, n, dtype), define: (pcg, n) => plain.integers(pcg, n, 3n, 100n, dtype), words: 1, bytes: dtype.endsWith('64') ? 8 : 4 })),
  ...(['int32', 'uint32', 'int64', 'uint64'] as const).map((dtype): Method => (
    { label: `wide integers ${dtype}`, fill: (rng, n) => integers(rng, 3n, 0x60000001n, n, dtype), define: (pcg, n) => plain.integers(pcg, n, 3n, 0x60000001n, dtype), words: 2, bytes: dtype.endsWith('64') ? 8 : 4 }
  )),
  { label: 'bernoulli uint8', fill: (rng, n) => rng.bernoulli(0.3, n).data, define: (pcg, n) => plain.bernoulli(pcg, n, 0.3), words: 1 / 4, bytes: 1 },
  { label: 'bernoulli bool', fill: (rng, n) => rng.bernoulli(0.9, n, { dtype: 'bool' }).data, define: (pcg, n) => plain.bernoulli(pcg, n, 0.9), words: 1 / 4, bytes: 1 },
  { label: 'bernoulli float32', fill: (rng, n) => rng.bernoulli(0.3, n, { dtype: 'float32' }).data, define: (pcg, n) => Float32Array.from(plain.bernoulli(pcg, n, 0.3)), words: 1 / 4, bytes: 4 },
  { label: 'raw words', fill: (rng, n) => rng.bitGenerator.randomRaw(n).data, define: plain.words, words: 1, bytes: 4 },
  { label: 'bytes', fill: (rng, n) => rng.bytes(n), define: plain.bytes, words: 1 / 4, bytes: 1 },
];

describe.each<Name>(['PCG32DXSM', 'PCG32'])('%s', name => {
  test.each(methods)('$label: every size to 70, and around the edges of blocks and chunks', ({ label, fill, define, words, bytes }) => {
    // a raw block is 4,096 words, an output block 131,072 bytes
    const block = 4096 / words, chunk = 131072 / bytes;
    const sizes = Array.from({ length: 71 }, (_, n) => n);
    for (const edge of [4096, 16384, 32768, block, 2 * block, 3 * block, chunk, chunk + block, 2 * chunk]) {
      if (edge <= 2 * chunk) for (const by of [-65, -16, -8, -4, -3, -2, -1, 0, 1, 2, 3, 4, 7, 17]) sizes.push(edge + by);
    }
    const pcg = definition(name), whole = define(pcg, Math.max(...sizes));
    expect(pcg.state).toBe(definition(name).advance(BigInt(Math.ceil(Math.max(...sizes) * words))).state);
    for (const size of sizes) {
      const rng = start(name), data = fill(rng, size);
      expect((data as unknown as ArrayLike<number>).length).toBe(size);
      expectSame(data, whole, `${label} of ${size}`);
      // and exactly the words of these elements are used
      expect(rng.bitGenerator.randomRaw()).toBe(Number(definition(name).advance(BigInt(Math.ceil(size * words))).word()));
    }
  });

  describe('integers', () => {
    const ranges = new Set([1n, 2n, 3n, 2n ** 24n + 1n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 32n + 1n, 2n ** 63n, 2n ** 64n - 1n, 2n ** 64n]);
    for (let k = 2n; k <= 24n; k++) for (const by of [-1n, 0n, 1n]) ranges.add(2n ** k + by);

    test.each([...ranges])('%d values, of every dtype that has them', range => {
      const n = 5003, values = plain.integers(definition(name), n, 0n, range, 'uint64') as BigUint64Array;
      let held = 0;
      for (const dtype of kinds) {
        const [first, count] = limits[dtype];
        if (range > count) continue;
        held++;
        for (const low of new Set([first, first + (count - range) / 2n, first + count - range])) {
          const expected = plain.integers(definition(name), 0, low, range, dtype).constructor as unknown as { from(source: ArrayLike<unknown>, map: (value: bigint) => bigint | number): ArrayBufferView };
          expectSame(integers(start(name), low, range, n, dtype), expected.from(values, value => (dtype.endsWith('64') ? value + low : Number(value + low))), `${dtype} from ${low}`);
        }
      }
      expect(held).toBeGreaterThan(0);
    });

    // 2^32 (or 2^64) leaves a large remainder by these, so that words are rejected
    test.each([
      [16711936n, 60], // ⌈2^32 / 257⌉: of 257 words one
      [16777215n, 0],
      [2n ** 63n + 1n, 9000], // one of two, again and again
      [3n * 2n ** 62n + 7n, 4500],
      [2n ** 64n / 3n + 1n, 6000],
    ])('%d values: rejections are redrawn from the side stream', (range, least) => {
      for (const dtype of ['int32', 'uint32', 'int64', 'uint64'] as const) {
        const [first, count] = limits[dtype];
        if (range > count) continue;
        const pcg = definition(name), n = 20_001;
        expectSame(integers(start(name), first, range, n, dtype), plain.integers(pcg, n, first, range, dtype), dtype);
        expect(pcg.asked).toBeGreaterThanOrEqual(least);
        if (range > 2n ** 62n) expect(pcg.askedAgain).toBeGreaterThan(1000);
      }
    });

    test('endpoint, and a single bound', () => {
      const expected = plain.integers(definition(name), 99, 0n, 6n, 'int32');
      expectSame(start(name).integers(0, 5, 99, { endpoint: true }).data, expected, 'endpoint');
      expectSame(start(name).integers(6, undefined, 99).data, expected, 'one bound');
      expectSame(start(name).integers(5, { size: 99, endpoint: true }).data, expected, 'one bound with endpoint');
      expectSame(start(name).integers(0, 2n ** 64n - 1n, 99, { endpoint: true, dtype: 'uint64' }).data, plain.integers(definition(name), 99, 0n, 2n ** 64n, 'uint64'), 'all of uint64');
    });

    test('any range, any place, any dtype', () => {
      fc.assert(fc.property(fc.constantFrom(...kinds), fc.bigInt(0n, 2n ** 64n - 1n), fc.bigInt(0n, 2n ** 64n - 1n), fc.integer({ min: 0, max: 64 }), fc.bigInt(-(2n ** 66n), 2n ** 66n), (dtype, a, b, shrink, place) => {
        const [first, count] = limits[dtype];
        const range = (a >> BigInt(shrink)) % count + 1n, low = first + b % (count - range + 1n);
        const rng = start(name), pcg = definition(name).advance(place);
        lcg(rng).advance(place);
        expectSame(integers(rng, low, range, 77, dtype), plain.integers(pcg, 77, low, range, dtype), `${dtype} [${low}, ${low + range})`);
        expect(BigInt(lcg(rng).state.state.state)).toBe(pcg.state);
      }), { seed: 1, numRuns: 300 });
    });
  });

  describe('bernoulli', () => {
    const probabilities = [0, 1, 1 / 256, 1 - 1 / 256, 2 ** -9, 1 - 2 ** -9, 0.3, 0.5, 0.9, 255.5 / 256, 1e-300, 2 ** -1074, 2 ** -1022, 2 ** -64, 2 ** -53, 1 - 2 ** -53, 1 / 3, Math.PI / 4];
    test.each(probabilities)('p = %d, ties included', p => {
      const pcg = definition(name), n = 60_003, expected = plain.bernoulli(pcg, n, p);
      // a byte in 256 ties with p, and only p of more than eight bits needs more than that byte
      if (Number.isInteger(p * 256)) expect(pcg.asked).toBe(0);
      else expect(pcg.asked).toBeGreaterThan(150);
      expectSame(start(name).bernoulli(p, n).data, expected, 'uint8');
      expectSame(start(name).bernoulli(p, n, { dtype: 'bool' }).data, expected, 'bool');
      expectSame(start(name).bernoulli(p, n, { dtype: 'float32' }).data, Float32Array.from(expected), 'float32');
      const rng = start(name), state = lcg(rng).state.state;
      rng.bernoulli(p, n);
      expect(lcg(rng).state).toEqual({ bitGenerator: name, state: { state: String(pcg.state), inc: state.inc }, phase: { kind: 'bernoulli', done: n % 4 } });
    });

    test('resumed inside a word', () => {
      for (const first of [1, 2, 3, 5]) {
        for (const second of [1, 2, 3, 4, 70, 16387]) {
          for (const p of [0, 1, 0.3, 1e-5]) {
            const rng = start(name), pcg = definition(name).advance(BigInt(first >> 2));
            rng.bernoulli(0.7, first);
            expectSame(rng.bernoulli(p, second).data, plain.bernoulli(pcg, second, p, first % 4), `${second} after ${first}`);
            expect(BigInt(lcg(rng).state.state.state)).toBe(pcg.state);
          }
        }
      }
    });

    test('any p at any place', () => {
      fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.bigInt(0n, 2n ** 64n), (p, place) => {
        const rng = start(name);
        lcg(rng).advance(place);
        expectSame(rng.bernoulli(p, 2000).data, plain.bernoulli(definition(name).advance(place), 2000, p), p);
      }), { seed: 2, numRuns: 60 });
    });
  });

  describe('uniform', () => {
    const bounds = [
      [0, 1], [-1, 1], [-0.25, 0.5], [0.1, 0.3], [1, 1 + 2 ** -22], [16777214, 16777221], [-1e38, 2e38], [-3e-45, 1e-44], [0, 2e-45], [-7, -6.9999], [0.1, 1e30], [1e-40, 1], [-0, 1e-3],
    ] as const;
    const bounds64 = [[1, 1 + 2 ** -52], [0, 5e-324], [-5e-324, 5e-324], [-8e307, 8e307], [-(2 ** 53), 2 ** 53 - 1], [0.1, 0.1 + 2 ** -55]] as const;

    test.each([...bounds.map(pair => [...pair, 'float32'] as const), ...[...bounds, ...bounds64].map(pair => [...pair, 'float64'] as const)])('[%d, %d) %s', (low, high, dtype) => {
      const n = 5001, pcg = definition(name), { data } = start(name).uniform(low, high, n, { dtype });
      expectSame(data, plain.uniform(pcg, n, low, high, dtype), `[${low}, ${high})`);
      for (const value of data) if (!(value >= low && value < high)) expect.fail(`${value} is not in [${low}, ${high})`);
    });

    test.each(floats)('what rounds up to the upper bound is kept below it: %s', dtype => {
      // Few values lie between these bounds, so many roundings reach the upper one.
      const ulp = dtype === 'float32' ? 2 ** -23 : 2 ** -52, [low, high] = [1, 1 + 3 * ulp];
      const units = start(name).random(300, { dtype }).data;
      const over = [...units].filter(u => (dtype === 'float32' ? Math.fround(u * (high - low) + low) : u * (high - low) + low) >= high).length;
      expect(over).toBeGreaterThan(20);
      const { data } = start(name).uniform(low, high, 300, { dtype });
      expectSame(data, plain.uniform(definition(name), 300, low, high, dtype), dtype);
      expect([...new Set(data)].sort()).toEqual([1, 1 + ulp, 1 + 2 * ulp]);
      const one = start(name);
      expect(Array.from({ length: 300 }, () => one.uniform(low, high, { dtype }))).toEqual([...data]);
    });

    test.each(floats)('any bounds: %s', dtype => {
      const bound = dtype === 'float32' ? fc.float({ noNaN: true, noDefaultInfinity: true }) : fc.double({ noNaN: true, noDefaultInfinity: true });
      fc.assert(fc.property(bound, bound, (a, b) => {
        fc.pre(a !== b && Number.isFinite(dtype === 'float32' ? Math.fround(b - a) : b - a));
        const [low, high] = a < b ? [a, b] : [b, a];
        expectSame(start(name).uniform(low, high, 90, { dtype }).data, plain.uniform(definition(name), 90, low, high, dtype), `[${low}, ${high})`);
      }), { seed: 3, numRuns: 300 });
    });
  });

  describe('what chance does not reach, from states made for it', () => {
    const U64 = 2n ** 64n, U32 = 2n ** 32n;
    const inverse = (a: bigint) => { let x = a; for (let i = 0; i < 6; i++) x = BigInt.asUintN(64, x * (2n - a * x)); return x; };
    const unshift = (z: bigint, by: bigint) => { let x = z; for (let i = by; i < 64n; i += by) x = z ^ x >> by; return x; };
    const [m1, m2] = [inverse(0xbf58476d1ce4e5b9n), inverse(0x94d049bb133111ebn)];
    const unmix = (z: bigint) => unshift(BigInt.asUintN(64, unshift(BigInt.asUintN(64, unshift(z, 31n) * m2), 27n) * m1), 30n);
    /** The state whose side stream begins with `bits`. */
    const stateFor = (bits: bigint, lane: number) => unmix(BigInt.asUintN(64, unmix(bits) - BigInt(lane + 1) * 0x9e3779b97f4a7c15n));
    /** A state that emits `word`; `free` are bits it does not depend on. */
    function stateOf(word: bigint, free: bigint): bigint {
      if (name === 'PCG32DXSM') {
        const lo = free | 1n, h = unshift(BigInt.asUintN(32, word * inverse(lo)), 24n);
        return unshift(BigInt.asUintN(32, h * inverse(plain.MULTIPLIER % U32)), 16n) << 32n | free;
      }
      // not rotated where the top five bits are 0
      let state = free % 2n ** 27n;
      for (let j = 31n; j >= 0n; j--) state |= (word >> j ^ state >> 45n + j & 1n) % 2n << 27n + j;
      return state;
    }
    /** Both forms, `before` words before this state. */
    function at(state: bigint, before = 0, stream = STREAM) {
      const pcg = new plain.Pcg(name, INITIAL, stream);
      pcg.state = state;
      pcg.advance(-BigInt(before));
      const rng = new Generator(new classes[name](0));
      lcg(rng).state = { bitGenerator: name, state: { state: String(pcg.state), inc: String(pcg.inc) }, phase: null };
      return { pcg, rng };
    }

    test('Bernoulli: 64 further bits equal those of p', () => {
      const outcomes = [0, 0];
      let ended = 0;
      for (let lane = 0; lane < 4; lane++) {
        let found = 0;
        for (let bits = 1n; found < 8; bits += 3n) {
          const state = stateFor(bits, lane), { pcg } = at(state);
          if ((pcg.word() >> BigInt(8 * lane) & 255n) !== 0n) continue;
          found++;
          // p = 0.00000000 bits 1 in binary places: the next 64 bits decide by their first; and 0.00000000 bits: no place is left
          for (const p of [(Number(bits) + 0.5) * 2 ** -72, Number(bits) * 2 ** -72]) {
            for (const before of [0, 1, 15, 16, 4095, 4096]) {
              const here = at(state, before), n = 4 * before + 20;
              const expected = plain.bernoulli(here.pcg, n, p);
              expectSame(here.rng.bernoulli(p, n).data, expected, `bits ${bits}, lane ${lane}, ${before} words before`);
              if (p * 2 ** 72 === Number(bits)) ended += 1 - expected[4 * before + lane];
              else {
                expect(here.pcg.askedAgain).toBeGreaterThan(0);
                outcomes[expected[4 * before + lane]]++;
              }
            }
          }
        }
      }
      expect(Math.min(...outcomes)).toBeGreaterThan(0);
      expect(ended).toBe(4 * 8 * 6);
    });

    test('Lemire on one word: the side stream rejects as well', () => {
      let found = 0;
      for (let range = 16711936n; found < 12; range++) {
        // bits · range is a little above a multiple of 2^64
        for (let k = 0n; k < 40n; k++) {
          const bits = (k * U64 + range - 1n) / range, state = stateFor(bits, 0);
          if (bits * range % U64 >= U64 % range) continue;
          if (at(state).pcg.word() * range % U32 >= U32 % range) continue;
          found++;
          for (const dtype of ['int32', 'uint32', 'int64', 'uint64'] as const) {
            for (const before of [0, 3, 8, 4095, 4096]) {
              const here = at(state, before), n = before + 9;
              const expected = plain.integers(here.pcg, n, 5n, range, dtype);
              expect(here.pcg.askedAgain).toBeGreaterThan(0);
              expectSame(integers(here.rng, 5n, range, n, dtype), expected, `${range} values, ${before} words before, ${dtype}`);
              // without a size as well
              const one = at(state), value = one.rng.integers(5n, 5n + range);
              expect(value).toBe(Number((plain.integers(one.pcg, 1, 5n, range, 'int64') as BigInt64Array)[0]));
            }
          }
        }
      }
    });

    test('Lemire on two words: a product that is rejected, and the least that is not', () => {
      for (const range of [2n ** 24n + 1n, 0x12345678n, 3n * 2n ** 30n, 4000000007n]) {
        for (let k = 1n, rejected = 0, kept = 0; rejected < 4 || kept < 4; k = (k * 6364136223846793005n + 3n) % U64) {
          // a little above a multiple of 2^64, k of range's
          const word = ((k >> 20n) % range * U64 + range - 1n) / range;
          // the stream on which a state emitting the high half follows one emitting the low half
          const first = stateOf(word % U32, k >> 32n), inc = BigInt.asUintN(64, stateOf(word >> 32n, k * 7n >> 20n & U32 - 1n) - first * plain.MULTIPLIER);
          if (inc % 2n === 0n) continue;
          expect(at(first, 0, inc >> 1n).pcg.long()).toBe(word);
          const isRejected = word * range % U64 < U64 % range;
          if ((isRejected ? rejected++ : kept++) >= 4) continue;
          for (const dtype of ['int32', 'uint32', 'int64', 'uint64'] as const) {
            for (const before of [0, 1, 2, 3, 2047, 2048]) {
              const here = at(first, 2 * before, inc >> 1n), [low, count] = limits[dtype], n = before + 6;
              const expected = plain.integers(here.pcg, n, low + count - range, range, dtype);
              expect(here.pcg.asked).toBe(isRejected ? 1 : 0);
              expectSame(integers(here.rng, low + count - range, range, n, dtype), expected, `${range} values, ${before} elements before, ${dtype}`);
            }
          }
        }
      }
    });
  });
});
