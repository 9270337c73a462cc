import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { constructorOf } from '../src/dtype.ts';
import { memoryBytes, raw } from '../src/engine.ts';
import { Generator } from '../src/generator.ts';
import { NDArray } from '../src/ndarray.ts';
import { PCG32DXSM } from '../src/pcg32.ts';
import * as ndrand from '../src/random.ts';
import { again, bulk, hexOf, lcg, names, serial, start, stateOf, toData, type Draw } from './draws.ts';

const everything = [...bulk, ...serial];
const JUMP = 11400714819323198485n; // ⌊2^64 / φ⌋

/** A size, or undefined for a draw without one. */
type Piece = number | undefined;
const piece = fc.oneof(fc.constant(undefined), fc.constant(undefined), fc.constant(0), fc.constant(1), fc.integer({ min: 2, max: 9 }), fc.integer({ min: 10, max: 200 }));
const lengthOf = (pieces: Piece[]) => pieces.reduce((sum: number, size) => sum + (size ?? 1), 0);
const take = (rng: Generator, draw: Draw, size: Piece) => hexOf(size === undefined ? toData(draw.dtype, [draw.one(rng)]) : draw.fill(rng, size));

/** A step of a program: a draw from one of several generators. */
const step = fc.record({ which: fc.nat({ max: 4 }), draw: fc.nat({ max: everything.length - 1 }).map(i => everything[i]), size: piece });
const phasing = everything.filter(({ unit }) => unit?.kind);
/** The same where most draws leave phases and mix with draws without a size. */
const phasedStep = fc.record({ which: fc.nat({ max: 4 }), draw: fc.nat({ max: phasing.length - 1 }).map(i => phasing[i]), size: piece });
const program = fc.oneof(fc.array(step, { maxLength: 25 }), fc.array(fc.oneof(phasedStep, phasedStep, step), { maxLength: 25 }));

describe.each(names)('%s', name => {
  describe.each(everything)('$label', draw => {
    test('any split of a fill is the fill', () => {
      fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(), (pieces, seed) => {
        const split = start(name, seed), whole = start(name, seed);
        expect(pieces.map(size => take(split, draw, size)).join('')).toBe(hexOf(draw.fill(whole, lengthOf(pieces))));
        expect(stateOf(split)).toBe(stateOf(whole));
      }), { seed: 4, numRuns: 40 });
    });

    test('draws without a size, one after the other', () => {
      const single = start(name), whole = start(name), n = 1100;
      expect(hexOf(toData(draw.dtype, Array.from({ length: n }, () => draw.one(single))))).toBe(hexOf(draw.fill(whole, n)));
      expect(stateOf(single)).toBe(stateOf(whole));
    });

    test('splits of a fill over several blocks', () => {
      const n = 140_003, whole = start(name), expected = Buffer.from(hexOf(draw.fill(whole, n)), 'hex');
      for (const pieces of [[1, 4095, 32768, 70_001], [16383, 2, 16384, 32767], [131071, 1, 1], [3, 131072, 4096]]) {
        const split = start(name), parts = [...pieces, undefined, n - 1 - lengthOf(pieces)];
        expect(Buffer.from(parts.map(size => take(split, draw, size)).join(''), 'hex').equals(expected)).toBe(true);
        expect(stateOf(split)).toBe(stateOf(whole));
      }
    });

    test('a fill of nothing changes nothing, a phase included', () => {
      for (const before of phasing) {
        const rng = start(name);
        before.fill(rng, 5);
        const state = stateOf(rng);
        expect(draw.fill(rng, 0).length).toBe(0);
        expect(stateOf(rng)).toBe(state);
      }
    });

    test('a state is the same point wherever it is set', () => {
      fc.assert(fc.property(piece, piece, fc.nat(), (first, second, seed) => {
        const rng = start(name, seed);
        take(rng, draw, first);
        const text = stateOf(rng), other = start(name, seed + 1);
        other.random();
        lcg(other).state = JSON.parse(text);
        expect(stateOf(other)).toBe(text);
        expect(take(other, draw, second)).toBe(take(rng, draw, second));
        expect(stateOf(other)).toBe(stateOf(rng));
      }), { seed: 5, numRuns: 25 });
    });
  });

  test.each(bulk)('$label: its words are known beforehand', ({ fill, unit }) => {
    const { words, elements, kind } = unit!;
    for (const n of [1, 2, 3, 4, 5, 31, 4097, 65_537]) {
      const rng = start(name), counted = start(name);
      fill(rng, n);
      lcg(counted).advance(Math.ceil(n / elements) * words);
      const done = n % elements;
      expect(lcg(rng).state).toEqual({ ...lcg(counted).state, phase: done > 0 ? { kind, done } : null });
    }
  });

  test('interleaving: each generator has its own stream, whichever was resident', () => {
    fc.assert(fc.property(program, fc.nat(), (steps, seed) => {
      const made = (which: number) => start(which % 2 === 0 ? name : names[(names.indexOf(name) + 1) % 2], seed + which);
      const together = [0, 1, 2, 3, 4].map(made);
      const found = steps.map(({ which, draw, size }) => take(together[which], draw, size));
      together.forEach((rng, which) => {
        const alone = made(which);
        steps.forEach((turn, i) => {
          if (turn.which === which) expect(found[i]).toBe(take(alone, turn.draw, turn.size));
        });
        expect(stateOf(rng)).toBe(stateOf(alone));
      });
    }), { seed: 6, numRuns: 150 });
  });

  test('many generators in turn', () => {
    const all = Array.from({ length: 300 }, (_, i) => start(name, i)), alone = Array.from({ length: 300 }, (_, i) => start(name, i));
    const found = all.map(() => '');
    for (const draw of everything) all.forEach((rng, i) => { found[i] += take(rng, draw, i % 3 === 0 ? undefined : i % 7); });
    alone.forEach((rng, i) => expect(everything.map(draw => take(rng, draw, i % 3 === 0 ? undefined : i % 7)).join('')).toBe(found[i]));
  });

  test('looking at the state, or going on from its JSON, changes no draw', () => {
    fc.assert(fc.property(program, fc.nat(), fc.array(fc.nat({ max: 3 }), { minLength: 25, maxLength: 25 }), (steps, seed, habits) => {
      const plain = start(name, seed);
      let other = start(name, seed);
      steps.forEach(({ draw, size }, i) => {
        expect(take(other, draw, size)).toBe(take(plain, draw, size));
        if (habits[i] === 1) stateOf(other);
        if (habits[i] === 2) other = again(other);
        if (habits[i] === 3) lcg(other).state = lcg(other).state;
      });
      expect(stateOf(other)).toBe(stateOf(plain));
    }), { seed: 7, numRuns: 200 });
  });

  test('toJSON: draws and spawning go on', () => {
    const rng = start(name, 10n ** 30n);
    rng.spawn(3);
    rng.bernoulli(0.3, 7);
    rng.standardNormal();
    const copy = again(rng);
    expect(copy.random(5)).toEqual(rng.random(5));
    const [children, copied] = [rng.spawn(2), copy.spawn(2)];
    expect(copied.map(stateOf)).toEqual(children.map(stateOf));
    expect(stateOf(children[0])).toBe(stateOf(start(name, 10n ** 30n).spawn(4)[3]));
    // not one sequence in two hands
    rng.spawn(1);
    expect([lcg(rng).seedSeq!.nChildrenSpawned, lcg(copy).seedSeq!.nChildrenSpawned]).toEqual([6, 5]);
  });

  test('spawn: in any portions, children of different streams and of the same class', () => {
    const children = start(name, 5).spawn(5), portions = start(name, 5);
    expect([...portions.spawn(2), ...portions.spawn(0), ...portions.spawn(3)].map(stateOf)).toEqual(children.map(stateOf));
    expect(new Set([...children, portions].map(rng => lcg(rng).state.state.inc)).size).toBe(6);
    expect(children.every(child => lcg(child).name === name)).toBe(true);
    const before = start(name, 5);
    before.spawn(9);
    expect(stateOf(before)).toBe(stateOf(start(name, 5)));
  });

  test('advance(n) is n words drawn, and advance(−n) the way back', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.nat({ max: 300 }), fc.constant(undefined), fc.integer({ min: 300, max: 9000 })), { maxLength: 6 }), fc.nat(), (pieces, seed) => {
      const drawn = start(name, seed), moved = start(name, seed), n = lengthOf(pieces);
      for (const size of pieces) size === undefined ? lcg(drawn).randomRaw() : lcg(drawn).randomRaw(size);
      expect(stateOf(drawn)).toBe(stateOf((lcg(moved).advance(n), moved)));
      expect(lcg(drawn).randomRaw()).toBe(lcg(moved).randomRaw());
      lcg(drawn).advance(-n - 1);
      expect(stateOf(drawn)).toBe(stateOf(start(name, seed)));
    }), { seed: 8, numRuns: 100 });
  });

  describe('phases', () => {
    const drops: { label: string; run(rng: Generator): unknown }[] = [
      ...everything.flatMap(draw => [
        { label: draw.label, run: (rng: Generator) => take(rng, draw, 7) },
        { label: `one ${draw.label}`, run: (rng: Generator) => take(rng, draw, undefined) },
      ]),
      { label: 'bytes', run: rng => hexOf(rng.bytes(9)) },
      { label: 'permutation', run: rng => hexOf(rng.permutation(9).data) },
      { label: 'shuffle', run: rng => { const x = [..."abcdefghij"]; rng.shuffle(x); return x.join(''); } },
      { label: 'choice without replacement', run: rng => hexOf(rng.choice(1000, 4, { replace: false }).data) },
      { label: 'choice without replacement, with p', run: rng => hexOf(rng.choice(3, 2, { replace: false, p: [0.5, 0.25, 0.25] }).data) },
      { label: 'advance(0)', run: rng => { lcg(rng).advance(0); } },
    ];

    test.each(phasing)('$label: taken up by its kind, dropped by any other draw', draw => {
      const { kind, elements } = draw.unit!;
      for (let done = 1; done < elements; done++) {
        for (const drop of drops) {
          const resumes = bulk.some(({ label, unit }) => unit!.kind === kind && (label === drop.label || `one ${label}` === drop.label));
          const rng = start(name), fresh = start(name);
          draw.fill(rng, 4 + done);
          expect(lcg(rng).state.phase).toEqual({ kind, done });
          lcg(fresh).state = { ...lcg(rng).state, phase: null };
          const [found, expected] = [drop.run(rng), drop.run(fresh)];
          if (resumes) expect([drop.label, lcg(rng).state]).not.toEqual([drop.label, lcg(fresh).state]);
          else expect([drop.label, found, lcg(rng).state]).toEqual([drop.label, expected, lcg(fresh).state]);
        }
      }
    });

    test('kinds are shared: the method, p, mean and container may change in the middle', () => {
      const whole = start(name).standardNormal(40).data, rng = start(name);
      const found = [...rng.standardNormal(3).data, ...rng.normal(0, 1, 5).data, rng.standardNormal(), rng.normal(), rng.normal(0, 1, { dtype: 'float64' }), ...rng.standardNormal(1).data, rng.standardNormal()];
      expect(found).toEqual([...whole.subarray(0, 13)]);
      expect(rng.normal(3, 0, 2).data).toEqual(Float64Array.of(3, 3));
      expect([rng.standardNormal(), rng.standardNormal()]).toEqual([whole[15], whole[16]]);
      const mask = start(name).bernoulli(0.3, 20).data, other = start(name);
      const bits = [...other.bernoulli(0.3, 3, { dtype: 'float32' }).data, ...other.binomial(1, 0.3, 3).data, other.bernoulli(0.3), +other.bernoulli(0.3, { dtype: 'bool' }), ...other.bernoulli(0.3, 12).data];
      expect(bits).toEqual([...mask]);
      // other dtypes are other kinds
      rng.standardNormal(2);
      const { phase, ...there } = lcg(rng).state;
      rng.standardNormal(1, { dtype: 'float32' });
      expect(lcg(rng).state.phase).toEqual({ kind: 'normal32', done: 1 });
      lcg(rng).advance(-2);
      expect(lcg(rng).state).toEqual({ ...there, phase: null });
      expect(phase).not.toBe(null);
    });

    test('jumped drops it there and keeps it here', () => {
      for (const draw of phasing) {
        const rng = start(name);
        draw.fill(rng, 5);
        const state = lcg(rng).state, made = lcg(rng).jumped(2);
        expect(lcg(rng).state).toEqual(state);
        const counted = start(name);
        lcg(counted).state = { ...state, phase: null };
        lcg(counted).advance(2n * JUMP);
        expect(made.state).toEqual(lcg(counted).state);
        expect(made.seedSeq).toBe(lcg(rng).seedSeq);
      }
    });
  });

  describe('out', () => {
    const filled = everything.filter(({ into }) => into);
    const memories = { ArrayBuffer, SharedArrayBuffer };
    test.each(filled)('$label: any memory, any offset, nothing beside it', ({ dtype, fill, into }) => {
      const Array = constructorOf(dtype), width = Array.BYTES_PER_ELEMENT;
      fc.assert(fc.property(fc.constantFrom('ArrayBuffer', 'SharedArrayBuffer'), fc.nat({ max: 9 }), fc.oneof(fc.nat({ max: 70 }), fc.constantFrom(4097, 40_001)), fc.nat({ max: 9 }), fc.constantFrom('array', 'ndarray'), fc.nat({ max: 3 }), (memory, before, n, after, form, skip) => {
        const buffer = new memories[memory as 'ArrayBuffer']((before + n + after) * width), bytes = new Uint8Array(buffer).fill(0xa5);
        const data = new Array(buffer, before * width, n);
        const out = form === 'array' ? data : new NDArray(data, [1, n], dtype);
        const rng = start(name), expected = start(name);
        fill(rng, skip);
        fill(expected, skip);
        const made = into!(rng, out);
        expect(hexOf(data)).toBe(hexOf(fill(expected, n)));
        expect(stateOf(rng)).toBe(stateOf(expected));
        expect(bytes.subarray(0, before * width).every(byte => byte === 0xa5)).toBe(true);
        expect(bytes.subarray((before + n) * width).every(byte => byte === 0xa5)).toBe(true);
        if (form === 'ndarray') expect(made).toBe(out);
        else expect([made.dtype, made.shape, made.data === data]).toEqual([dtype, [n], true]);
      }), { seed: 9, numRuns: 40 });
    });

    test('with a size, which gives the shape; the options in any place', () => {
      const data = new Float32Array(6), expected = start(name).random(6, { dtype: 'float32' }).data;
      for (const args of [[[2, 3], { out: data }], [{ out: data, size: [2, 3] }], [undefined, { out: data, size: [2, 3], dtype: 'float32' }]] as const) {
        data.fill(7);
        const rng = start(name), made = Reflect.apply(rng.random, rng, args) as NDArray<'float32'>;
        expect([made.shape, made.data === data]).toEqual([[2, 3], true]);
        expect(data).toEqual(expected);
      }
      const uniforms = new NDArray(new Float64Array(6), [3, 2], 'float64');
      expect(start(name).uniform(0, 1, [3, 2], { out: uniforms })).toBe(uniforms);
      expect(start(name).uniform(0, 1, { out: uniforms })).toBe(uniforms);
      expect(uniforms.data).toEqual(start(name).uniform(0, 1, 6).data);
    });
  });

  test('shapes: the elements of a fill in C order', () => {
    for (const shape of [[], [0], [1], [2, 3], [2, 0, 3], [5, 1, 4, 2]]) {
      const n = shape.reduce((product, d) => product * d, 1);
      for (const made of [start(name).random(shape), start(name).uniform(0, 1, { size: shape })]) {
        expect(made.shape).toEqual(shape);
        expect(made.data).toEqual(start(name).random(n).data);
      }
    }
  });

  test("the engine's memory stays as it was", () => {
    const rng = start(name);
    expect(memoryBytes).toBe(raw.buffer.byteLength);
    for (const { fill } of everything) fill(rng, 1_000_003);
    rng.permutation(1_000_003);
    // grown memory would have detached this view
    expect(raw.buffer.byteLength).toBe(memoryBytes);
    expect(memoryBytes).toBeLessThan(2 ** 20);
  });
});

test('the module-level functions are those of one shared PCG32DXSM', () => {
  const rng = new Generator(new PCG32DXSM(1111));
  for (const round of [1, 2]) {
    if (round === 2) lcg(rng).state = new PCG32DXSM(1111).state;
    ndrand.seed(1111);
    expect([ndrand.rand(), ndrand.randn(), ndrand.randint(10), ndrand.randint(5, 10), ndrand.random()]).toEqual([rng.random(), rng.standardNormal(), rng.integers(10), rng.integers(5, 10), rng.random()]);
    expect(ndrand.rand(2, 3)).toEqual(rng.random([2, 3]));
    expect(ndrand.randn(3, 0, 2)).toEqual(rng.standardNormal([3, 0, 2]));
    expect(ndrand.randn(5)).toEqual(rng.standardNormal(5));
    expect(ndrand.randint(0, 10, [2, 3])).toEqual(rng.integers(0, 10, [2, 3]));
    expect(ndrand.random(4, { dtype: 'float32' })).toEqual(rng.random(4, { dtype: 'float32' }));
    expect(ndrand.uniform(-1, 1, [2], { dtype: 'float32' })).toEqual(rng.uniform(-1, 1, [2], { dtype: 'float32' }));
    expect(ndrand.normal(1, 2, { size: 3 })).toEqual(rng.normal(1, 2, { size: 3 }));
    expect(ndrand.standardNormal({ size: 3, dtype: 'float32' })).toEqual(rng.standardNormal({ size: 3, dtype: 'float32' }));
    expect(ndrand.bernoulli(0.5, 9)).toEqual(rng.bernoulli(0.5, 9));
    expect(ndrand.binomial(10, 0.5, 9)).toEqual(rng.binomial(10, 0.5, 9));
    expect(ndrand.choice(['a', 'b', 'c'], 9)).toEqual(rng.choice(['a', 'b', 'c'], 9));
    expect(ndrand.permutation(9)).toEqual(rng.permutation(9));
    const [a, b] = [[1, 2, 3, 4, 5], [1, 2, 3, 4, 5]];
    ndrand.shuffle(a);
    rng.shuffle(b);
    expect(a).toEqual(b);
  }
  ndrand.seed();
  const first = ndrand.rand(4);
  ndrand.seed(null);
  expect(ndrand.rand(4)).not.toEqual(first);
});
