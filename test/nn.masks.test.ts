import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OUT_BYTES } from '../src/engine.ts';
import { NDArray } from '../src/ndarray.ts';
import { MASK_ELEMENTS } from '../src/nn/engine.ts';
import { dropoutMask, unpackMask } from '../src/nn/mask.ts';
import * as ndrand from '../src/random.ts';
import { hexOf, lcg, names, start, stateOf } from './draws.ts';
import { definition, expectSame, forms, KEEPS, placed, plainBits } from './nn.reference.ts';
import * as plain from './reference.ts';

/** Elements of a chunk of bits: see fillBits. */
const CHUNK = OUT_BYTES * 8 - 128;
/** Edges of words, of groups of 64, of raw blocks, of chunks in every form. */
const few = Array.from({ length: 201 }, (_, n) => n);
const edges = [4096, MASK_ELEMENTS / 2, MASK_ELEMENTS, 2 * MASK_ELEMENTS, OUT_BYTES / 4, OUT_BYTES, OUT_BYTES + MASK_ELEMENTS]
  .flatMap(edge => [-64, -9, -8, -7, -4, -1, 0, 1, 3, 4, 8, 65].map(by => edge + by));
const far = [CHUNK, 2 ** 20, 2 * CHUNK, 2 ** 21].flatMap(edge => [-65, -3, 0, 1, 63].map(by => edge + by));

describe.each(names)('%s', name => {
  test.each(KEEPS)('keep = %d: bytes, float32, scaled and bits are the definition', keep => {
    const n = 40_003, pcg = definition(name), expected = plain.bernoulli(pcg, n, keep);
    expect(pcg.asked > 0).toBe(!Number.isInteger(keep * 256));
    const scale = Math.fround(1 / keep), whole = { 0: 0, 1: scale };
    for (const [label, mask, data] of [
      ['uint8', expected, dropoutMask(n, { keep, rng: placed(name) }).data],
      ['float32', Float32Array.from(expected), dropoutMask(n, { keep, rng: placed(name), dtype: 'float32' }).data],
      ['scaled', Float32Array.from(expected, kept => whole[kept as 0 | 1]), dropoutMask(n, { keep, rng: placed(name), dtype: 'float32', scaled: true }).data],
      ['bits', plainBits(expected), dropoutMask(n, { keep, rng: placed(name), dtype: 'bits' }).data],
      ['bernoulli', expected, placed(name).bernoulli(keep, n).data],
    ] as const) {
      expectSame(data, mask, `${label}, keep = ${keep}`);
    }
    const bits = dropoutMask([7, n], { keep: 1, dtype: 'bits' });
    expect([bits.dtype, bits.shape]).toEqual(['uint8', [Math.ceil(7 * n / 8)]]);
  });

  test.each([0.3, 1])('keep = %d: every size to 200 and around the edges of blocks and chunks, from any place in a word', keep => {
    const most = Math.max(...far) + 3, whole = start(name).bernoulli(keep, most).data;
    expectSame(whole.subarray(0, 4), plain.bernoulli(new plain.Pcg(name, ...seeded(name)), 4, keep), 'the start');
    for (const n of [...few, ...edges, ...far]) {
      // what is far is drawn from one place of the four, by turns
      for (const skip of n < 70 ? [0, 1, 2, 3] : [(n >> 1) % 4]) {
        const expected = whole.subarray(skip, skip + n), counted = start(name);
        counted.bernoulli(keep, skip + n);
        for (const { label, draw } of n < 300 ? forms : n < 200_000 ? forms.slice(0, 8) : forms.slice(0, 2)) {
          const rng = start(name);
          rng.bernoulli(keep, skip);
          expectSame(Uint8Array.from(draw(rng, keep, n)), expected, `${label} of ${n} from ${skip}, keep = ${keep}`);
          expect(stateOf(rng)).toBe(stateOf(counted));
        }
        const bits = start(name);
        bits.bernoulli(keep, skip);
        expectSame(dropoutMask(n, { keep, rng: bits, dtype: 'bits' }).data, plainBits(expected), `bits of ${n} from ${skip}`);
      }
    }
  });

  test('any sequence of forms is the mask in one, whichever generator drew between', () => {
    const piece = fc.record({ form: fc.constantFrom(...forms), n: fc.oneof(fc.nat({ max: 9 }), fc.nat({ max: 9 }), fc.nat({ max: 150 })),
      which: fc.nat({ max: 1 }) });
    fc.assert(fc.property(fc.array(piece, { maxLength: 15 }), fc.constantFrom(0.3, 0.77, 1 / 256, 0.999, 0, 1), fc.nat(), (pieces, keep, seed) => {
      const split = [start(name, seed), start(name, seed + 1)], drawn: number[][] = [[], []];
      for (const { form, n, which } of pieces) drawn[which].push(...Array.from(form.draw(split[which], keep, n)));
      for (const which of [0, 1]) {
        const rng = start(name, seed + which);
        expectSame(Uint8Array.from(drawn[which]), rng.bernoulli(keep, drawn[which].length).data, 'split');
        expect(stateOf(split[which])).toBe(stateOf(rng));
      }
    }), { seed: 11, numRuns: 300 });
  });

  test('each piece may have another keep: the definition from its place in the word', () => {
    const piece = fc.record({ form: fc.constantFrom(...forms), n: fc.nat({ max: 60 }),
      keep: fc.oneof(fc.constantFrom(...KEEPS), fc.double({ min: 0, max: 1, noNaN: true })) });
    fc.assert(fc.property(fc.array(piece, { maxLength: 8 }), pieces => {
      const rng = placed(name);
      let done = 0;
      for (const { form, n, keep } of pieces) {
        const expected = plain.bernoulli(definition(name).advance(BigInt(done >> 2)), n, keep, done % 4);
        expectSame(Uint8Array.from(form.draw(rng, keep, n)), expected, `${form.label} from ${done}, keep = ${keep}`);
        done += n;
      }
    }), { seed: 12, numRuns: 150 });
  });

  test('any other draw drops the word begun', () => {
    for (const form of forms) {
      for (const n of [1, 2, 3]) {
        const rng = placed(name);
        form.draw(rng, 0.3, n);
        expect(lcg(rng).state.phase).toEqual({ kind: 'bernoulli', done: n });
        rng.random();
        expectSame(Uint8Array.from(form.draw(rng, 0.3, 9)), plain.bernoulli(definition(name).advance(3n), 9, 0.3), form.label);
      }
    }
  });

  test('a mask of nothing changes nothing', () => {
    const rng = start(name);
    rng.bernoulli(0.5, 6);
    const state = stateOf(rng);
    for (const shape of [0, [0], [3, 0, 2]]) {
      for (const dtype of ['uint8', 'bits'] as const) expect(dropoutMask(shape, { keep: 0.5, rng, dtype }).size).toBe(0);
      expect(dropoutMask(shape, { keep: 0.5, rng, dtype: 'float32', scaled: true }).size).toBe(0);
      expect(unpackMask(new Uint8Array(0), shape).shape).toEqual([shape].flat());
    }
    expect(stateOf(rng)).toBe(state);
  });
});

/** What a seed of 1 stands for. */
const seeded = (name: 'PCG32DXSM' | 'PCG32') => start(name).bitGenerator.seedSeq!.generateState(2, 'uint64') as unknown as [bigint, bigint];

const arrays = { uint8: Uint8Array, float32: Float32Array, bits: Uint8Array };

describe('shapes and out', () => {
  test('the shape is that asked for; one of bytes for bits', () => {
    for (const shape of [[], 5, [5], [2, 3], [1, 1, 9], [4, 0]]) {
      const n = [shape].flat().reduce((a, b) => a * b, 1);
      expect(dropoutMask(shape, { keep: 0.5 }).shape).toEqual([shape].flat());
      expect(dropoutMask(shape, { rate: 0.5, dtype: 'float32' }).shape).toEqual([shape].flat());
      expect(dropoutMask(shape, { keep: 0.5, dtype: 'bits' }).shape).toEqual([Math.ceil(n / 8)]);
      const bits = dropoutMask(shape, { keep: 1, dtype: 'bits' });
      expect(unpackMask(bits, shape).shape).toEqual([shape].flat());
      expect([...unpackMask(bits.data, shape, { dtype: 'float32' }).data]).toEqual(new Array(n).fill(1));
    }
  });

  test('out: any memory, any offset, a typed array or an NDArray; nothing beside it', () => {
    fc.assert(fc.property(
      fc.constantFrom('uint8', 'float32', 'bits'), fc.boolean(), fc.boolean(), fc.boolean(), fc.nat({ max: 9 }),
        fc.oneof(fc.nat({ max: 200 }), fc.constantFrom(16_385, 140_001)), fc.nat({ max: 9 }), fc.nat({ max: 3 }),
      (dtype, isShared, isArray, scaled, before, n, after, skip) => {
        const Array = arrays[dtype], width = Array.BYTES_PER_ELEMENT, length = dtype === 'bits' ? Math.ceil(n / 8) : n;
        const buffer = new (isShared ? SharedArrayBuffer : ArrayBuffer)((before + length + after) * width), around = new Uint8Array(buffer).fill(0xa5);
        const data = new Array(buffer as ArrayBuffer, before * width, length),
          out = isArray ? new NDArray(data, dtype === 'bits' ? [length] : [1, n], Array === Uint8Array ? 'uint8' : 'float32') : data;
        const options = { keep: 0.3, ...(dtype === 'float32' ? { scaled } : {}) } as { keep: number }, rng = start('PCG32', n), other = start('PCG32', n);
        rng.bernoulli(0.3, skip);
        other.bernoulli(0.3, skip);
        const made = dropoutMask([1, n], { ...options, dtype: dtype as 'uint8', out: out as Uint8Array, rng });
        expect(hexOf(data)).toBe(hexOf(dropoutMask([1, n], { ...options, dtype: dtype as 'uint8', rng: other }).data));
        expect(stateOf(rng)).toBe(stateOf(other));
        expect(around.subarray(0, before * width).every(byte => byte === 0xa5) && around.subarray((before + length) * width).every(byte => byte === 0xa5)).toBe(true);
        if (isArray) expect(made).toBe(out);
        else expect([made.data === data, made.shape]).toEqual([true, dtype === 'bits' ? [length] : [1, n]]);
      },
    ), { seed: 13, numRuns: 200 });
  });

  test('out tells the dtype', () => {
    const out = new Float32Array(30), expected = dropoutMask(30, { keep: 0.8, dtype: 'float32', scaled: true, rng: start('PCG32') }).data;
    expect(dropoutMask([5, 6], { keep: 0.8, out, scaled: true, rng: start('PCG32') }).dtype).toBe('float32');
    expectSame(out, expected, 'out');
    expect(new Set(out)).toEqual(new Set([0, 1.25]));
  });

  test('where 1 / keep is past float32 the dropped are still 0', () => {
    for (const keep of [1e-39, 2 ** -129, 2 ** -1074, 0, -0]) expectSame(dropoutMask(100_000, { keep, dtype: 'float32', scaled: true }).data,
      new Float32Array(100_000), keep);
  });
});

describe('unpackMask', () => {
  test('is the inverse of packing, into either dtype', () => {
    for (const n of [...few, ...edges, 2 ** 20 + 3]) {
      const mask = start('PCG32', n).bernoulli(0.5, n).data, bits = plainBits(mask);
      expectSame(unpackMask(bits, n).data, mask, `uint8 ${n}`);
      expectSame(unpackMask(new NDArray(bits, [bits.length], 'uint8'), [n], { dtype: 'float32' }).data, Float32Array.from(mask), `float32 ${n}`);
    }
  });

  test('bits past the end are nothing to it', () => {
    for (let n = 0; n < 40; n++) expectSame(unpackMask(new Uint8Array(Math.ceil(n / 8)).fill(255), n).data, new Uint8Array(n).fill(1), n);
  });

  test('out: at any offset, nothing beside it; bits on the same memory are read before', () => {
    fc.assert(fc.property(fc.constantFrom('uint8', 'float32'), fc.nat({ max: 9 }), fc.oneof(fc.nat({ max: 200 }), fc.constantFrom(16_385, 50_001)),
      fc.nat({ max: 60_000 }), (dtype, before, n, from) => {
      const Array = arrays[dtype], width = Array.BYTES_PER_ELEMENT, mask = start('PCG32', n).bernoulli(0.5, n).data, packed = plainBits(mask);
      const buffer = new ArrayBuffer((before + n + 9) * width + packed.length), around = new Uint8Array(buffer).fill(0xa5),
        out = new Array(buffer, before * width, n);
      const bits = new Uint8Array(buffer, from % (buffer.byteLength - packed.length + 1), packed.length);
      bits.set(packed);
      const shadow = around.slice();
      expect(unpackMask(bits, n, { out: out as Uint8Array }).data).toBe(out);
      expectSame(out, Array.from(mask), `${dtype} ${n}`);
      shadow.set(new Uint8Array(buffer, before * width, n * width), before * width);
      expect(around.every((byte, i) => byte === shadow[i])).toBe(true);
    }), { seed: 14, numRuns: 150 });
    const out = new NDArray(new Float32Array(6), [2, 3], 'float32');
    expect(unpackMask(Uint8Array.of(0b101101), [2, 3], { out })).toBe(out);
    expect([...out.data]).toEqual([1, 0, 1, 1, 0, 1]);
  });
});

test('without rng it draws from the generator that seed seeds', () => {
  for (let turn = 0; turn < 2; turn++) {
    ndrand.seed(77);
    const first = dropoutMask(50, { keep: 0.5 }).data, second = ndrand.bernoulli(0.5, 50).data, rng = start('PCG32DXSM', 77);
    expectSame(first, rng.bernoulli(0.5, 50).data, 'first');
    expectSame(second, rng.bernoulli(0.5, 50).data, 'then');
  }
});

test('the engine and the binary of nn stand apart in one memory', async () => {
  const { kernels } = await import('../src/engine.ts'), { input } = await import('../src/nn/engine.ts');
  const { byteOffset, byteLength, buffer } = input.uint8;
  expect(buffer).toBe(kernels.memory.buffer);
  expect(byteOffset).toBeGreaterThanOrEqual(kernels.outAt() + OUT_BYTES + 256);
  expect(byteOffset).toBeGreaterThanOrEqual(262_144);
  expect(byteOffset + byteLength).toBeLessThanOrEqual(buffer.byteLength - 256);
});
