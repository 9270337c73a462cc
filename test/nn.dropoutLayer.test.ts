import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FloatDType } from '../src/dtype.ts';
import { Generator } from '../src/generator.ts';
import { NDArray } from '../src/ndarray.ts';
import { dropout } from '../src/nn/dropout.ts';
import { Dropout } from '../src/nn/layer.ts';
import * as ndrand from '../src/random.ts';
import { again, bulk, names, serial, start, stateOf } from './draws.ts';
import { activations, expectSame, floatDTypes, floatsOf, plainDropout, type Floats } from './nn.reference.ts';
import { jsonOf } from './refuses.ts';

const KEEP = 0.7;
const ones = (n: number, dtype: FloatDType = 'float32') => new floatsOf[dtype](n).fill(1);
/** The mask a result shows of ones. */
const maskOf = (result: { data: ArrayLike<number> }) => Uint8Array.from(result.data, Math.sign);

describe.each(names)('%s', name => {
  test('forward is dropout from the same point', () => {
    for (const dtype of floatDTypes) {
      for (const [shape, noiseShape] of [[[7], undefined], [[40_003], undefined], [[4, 5, 6], [4, 1, 6]], [[4, 5, 6], [6]], [[4, 5, 6], 6],
        [[0, 3], undefined], [[], undefined], [[2, 3], [2, 3]]] as const) {
        const x = new NDArray(activations(shape.reduce((a: number, b) => a * b, 1), dtype) as Float32Array, [...shape], dtype as 'float32'),
          rng = start(name), plain = start(name), layer = new Dropout({ keep: KEEP, rng, noiseShape });
        for (let turn = 0; turn < 3; turn++) {
          const made = layer.forward(x);
          expect([made.shape, made.dtype]).toEqual([shape, dtype]);
          expectSame(made.data, dropout(x, { keep: KEEP, rng: plain, noiseShape }).data, shape);
          expect(stateOf(rng)).toBe(stateOf(plain));
          rng.bernoulli(0.5, turn);
          plain.bernoulli(0.5, turn);
        }
      }
    }
    expectSame(new Dropout({ rate: 0.25, rng: start(name) }).forward(ones(99)).data, dropout(ones(99), { keep: 0.75, rng: start(name) }).data, 'rate');
  });

  test('backward has the mask of forward, in either dtype, whatever was drawn before and between', () => {
    const draws = [...bulk, ...serial], some = fc.array(fc.tuple(fc.constantFrom(...draws), fc.nat({ max: 9 })), { maxLength: 4 });
    fc.assert(fc.property(some, some, fc.oneof(fc.nat({ max: 200 }), fc.constantFrom(16_389, 20_002)), fc.constantFrom(...floatDTypes), fc.nat(),
      (before, between, n, dtype, seed) => {
      const rng = start(name, seed), layer = new Dropout({ keep: KEEP, rng });
      for (const [draw, size] of before) draw.fill(rng, size);
      const place = again(rng), y = layer.forward(ones(n, dtype)), mask = maskOf(y);
      expectSame(mask, place.bernoulli(KEEP, n).data, 'forward');
      for (const [draw, size] of between) draw.fill(rng, size);
      const json = jsonOf(rng);
      for (const other of floatDTypes) {
        const gradient = activations(n, other, seed);
        expectSame(layer.backward(gradient).data, plainDropout(gradient, mask, KEEP), `${dtype}, then ${other}`);
      }
      expect(jsonOf(rng)).toBe(json);
      // and the generator goes on as if there had been no backward pass
      const follows = start(name, seed);
      for (const [draw, size] of before) draw.fill(follows, size);
      follows.bernoulli(KEEP, n);
      for (const [draw, size] of between) draw.fill(follows, size);
      expect([rng.standardNormal(), rng.random(), rng.integers(5)]).toEqual([follows.standardNormal(), follows.random(), follows.integers(5)]);
    }), { seed: 31, numRuns: 60 });
  });

  test('every phase that may have begun: normals, masks, words drawn ahead', () => {
    for (const draw of [...bulk, ...serial]) {
      for (const single of [false, true]) {
        for (const size of [1, 2, 3]) {
          const rng = start(name), layer = new Dropout({ keep: KEEP, rng });
          if (single) for (let i = 0; i < size; i++) draw.one(rng);
          else draw.fill(rng, size);
          const mask = maskOf(layer.forward(ones(50)));
          draw.one(rng);
          expectSame(maskOf(layer.backward(ones(50))), mask, `${draw.label} ${size}`);
        }
      }
    }
  });

  test('several layers on one generator, with other layers and draws between; each time again', () => {
    fc.assert(fc.property(fc.array(fc.record({ layer: fc.nat({ max: 3 }), n: fc.nat({ max: 80 }), isBack: fc.boolean(), times: fc.nat({ max: 2 }) }),
      { maxLength: 20 }), fc.nat(), (steps, seed) => {
      const rng = start(name, seed), plain = start(name, seed);
      const layers = [new Dropout({ keep: 0.3, rng }), new Dropout({ rate: 0.2, rng }), new Dropout({ keep: 0.9, rng, noiseShape: [1] }),
        new Dropout({ keep: 1, rng })];
      const last: (Floats | undefined)[] = [];
      for (const { layer, n, isBack, times } of steps) {
        const seen = last[layer];
        if (isBack && seen) {
          for (let i = 0; i <= times; i++) expectSame(layers[layer].backward(ones(seen.length, 'float64')).data.map(Math.sign),
            Float64Array.from(seen, Math.sign), 'backward');
        } else {
          last[layer] = layers[layer].forward(ones(n)).data as Floats;
          expectSame(last[layer], dropout(ones(n), { keep: layers[layer].keep, rng: plain, noiseShape: layer === 2 ? [1] : undefined }).data, 'forward');
        }
        expect(rng.bernoulli(0.5)).toBe(plain.bernoulli(0.5));
      }
      expect(stateOf(rng)).toBe(stateOf(plain));
    }), { seed: 32, numRuns: 100 });
  });

  test('noiseShape: backward has whole channels too', () => {
    const rng = start(name), layer = new Dropout({ keep: 0.5, rng, noiseShape: [8, 1, 16] });
    rng.bernoulli(0.5, 3);
    const x = new NDArray(new Float64Array(8 * 5 * 16).fill(1), [8, 5, 16], 'float64'), y = layer.forward(x), mask = maskOf(y);
    for (let i = 0; i < mask.length; i++) expect(mask[i]).toBe(mask[Math.floor(i / 80) * 80 + i % 16]);
    const gradient = new NDArray(activations(640, 'float32'), [8, 5, 16], 'float32');
    expectSame(layer.backward(gradient).data, plainDropout(gradient.data, mask, 0.5), 'gradient');
    // a batch of another size: the noise's shape is checked against each x
    const free = new Dropout({ keep: 0.5, rng, noiseShape: [1, 3] });
    for (const batch of [4, 0, 9]) expect(free.forward(new NDArray(new Float32Array(batch * 3), [batch, 3], 'float32')).shape).toEqual([batch, 3]);
  });

  test('the place, not the generator: moved, set back, or seeded anew, backward stays', () => {
    const rng = start(name), layer = new Dropout({ keep: KEEP, rng });
    rng.bernoulli(0.5, 2);
    const mask = maskOf(layer.forward(ones(1000)));
    rng.bitGenerator.advance(12345);
    expectSame(maskOf(layer.backward(ones(1000))), mask, 'advanced');
    rng.bitGenerator.state = start(name, 5).bitGenerator.state;
    expectSame(maskOf(layer.backward(ones(1000))), mask, 'set');
    // a generator may change its class from pass to pass by way of the shared one; here two layers on two classes
    const other = new Dropout({ keep: KEEP, rng: start(names[1 - names.indexOf(name)]) }), otherMask = maskOf(other.forward(ones(1000)));
    expectSame(maskOf(layer.backward(ones(1000))), mask, 'beside another');
    expectSame(maskOf(other.backward(ones(1000))), otherMask, 'the other');
  });
});

describe('training and evaluation', () => {
  test('evaluation gives the same object, or with out a copy, and draws nothing', () => {
    const rng = start('PCG32'), layer = new Dropout({ keep: 0.5, rng });
    expect(layer.training).toBe(true);
    expect(layer.eval()).toBe(layer);
    expect(layer.training).toBe(false);
    const state = stateOf(rng), x = new NDArray(activations(6, 'float32'), [2, 3], 'float32'), plain = activations(6, 'float64');
    expect(layer.forward(x)).toBe(x);
    expect([layer.forward(plain).data === plain, layer.forward(plain).shape]).toEqual([true, [6]]);
    const out = new NDArray(new Float32Array(6), [2, 3], 'float32'), typed = new Float32Array(9).subarray(2, 8);
    expect(layer.forward(x, { out })).toBe(out);
    expectSame(out.data, x.data, 'copy');
    const made = layer.forward(x, { out: typed });
    expect([made.data === typed, made.shape]).toEqual([true, [2, 3]]);
    expectSame(typed.slice(), x.data, 'copy');
    expect(layer.forward(x, { out: x })).toBe(x);
    // the gradient passes as well
    layer.forward(x);
    const gradient = new NDArray(activations(6, 'float64', 2), [2, 3], 'float64');
    expect(layer.backward(gradient)).toBe(gradient);
    const back = layer.backward(gradient.data);
    expect([back.data === gradient.data, back.shape]).toEqual([true, [2, 3]]);
    const into = new Float64Array(6);
    expect(layer.backward(gradient, { out: into }).data).toBe(into);
    expectSame(into, gradient.data, 'gradient');
    expect(stateOf(rng)).toBe(state);
    // an overlapping out is a copy of what was there
    const all = Float32Array.of(1, 2, 3, 4, 5);
    layer.forward(all.subarray(0, 4), { out: all.subarray(1) });
    expect([...all]).toEqual([1, 1, 2, 3, 4]);
  });

  test('each pass is that of its mode: backward follows the last forward, not the mode', () => {
    const rng = start('PCG32'), layer = new Dropout({ keep: 0.5, rng }), x = ones(300);
    const mask = maskOf(layer.forward(x));
    layer.eval();
    expectSame(maskOf(layer.backward(x)), mask, 'still that pass');
    layer.forward(x);
    layer.train();
    expect(layer.backward(x).data).toBe(x);
    const modes = [layer.train(false).training, layer.train(true).training, layer.train(undefined).training, layer.eval().train().training];
    expect(modes).toEqual([false, true, true, true]);
    expect(maskOf(layer.forward(x))).toEqual(maskOf(layer.backward(x)));
  });

  test('keep is told, as 1 − rate where rate was given', () => {
    expect(new Dropout({ keep: 0.8 }).keep).toBe(0.8);
    expect([0.25, 1, 0].map(rate => new Dropout({ rate }).keep)).toEqual([0.75, 0, 1]);
    expect(Object.is(new Dropout({ keep: -0 }).keep, 0)).toBe(true);
  });
});

describe('results', () => {
  test('out, in place, and a plain typed array in x\'s shape', () => {
    const layer = new Dropout({ keep: 0.5, rng: start('PCG32') }), shape = [2, 3, 4], x = new NDArray(new Float32Array(24).fill(1), shape, 'float32');
    expect(layer.forward(x, { out: x })).toBe(x);
    const mask = maskOf(x), gradient = activations(24, 'float64'), expected = plainDropout(gradient, mask, 0.5);
    expect(layer.backward(gradient).shape).toEqual(shape);
    expectSame(layer.backward(gradient).data, expected, 'typed');
    const out = new NDArray(new Float64Array(24), shape, 'float64'), typed = new Float64Array(new SharedArrayBuffer(200), 8, 24);
    expect(layer.backward(gradient, { out })).toBe(out);
    expectSame(out.data, expected, 'out');
    expect(layer.backward(new NDArray(gradient, shape, 'float64'), { out: typed }).data).toBe(typed);
    expectSame(typed.slice(), expected, 'shared');
    const made = layer.backward(gradient, { out: gradient });
    expect([made.data === gradient, made.shape]).toEqual([true, shape]);
    expectSame(gradient, expected, 'in place');
  });

  test('without rng: the generator that seed seeds at each forward; seeding anew before backward does not matter', () => {
    const layer = new Dropout({ keep: 0.5 });
    for (const seed of [1, 2]) {
      ndrand.seed(seed);
      const mask = maskOf(layer.forward(ones(500)));
      expectSame(mask, start('PCG32DXSM', seed).bernoulli(0.5, 500).data, seed);
      ndrand.seed(99);
      expectSame(maskOf(layer.backward(ones(500))), mask, 'backward');
      ndrand.seed();
      expectSame(maskOf(layer.backward(ones(500, 'float64'))), mask, 'backward');
    }
  });

  test('a layer holds a place, no mask', () => {
    const held = (root: unknown) => {
      const seen = new Set<unknown>(), buffers = new Set<ArrayBufferLike>();
      let count = 0;
      for (const todo = [root]; todo.length > 0;) {
        const value = todo.pop();
        if (typeof value !== 'object' || value === null || seen.has(value)) continue;
        seen.add(value);
        count++;
        if (ArrayBuffer.isView(value)) buffers.add(value.buffer);
        else todo.push(...Object.values(value));
      }
      return { count, bytes: [...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0) };
    };
    for (const noiseShape of [undefined, [1000, 1]]) {
      const layer = new Dropout({ keep: 0.5, rng: start('PCG32'), noiseShape }), x = new NDArray(new Float32Array(1e6), [1000, 1000], 'float32');
      layer.forward(x, { out: x });
      layer.backward(x, { out: x });
      const { count, bytes } = held(layer);
      expect(count).toBeLessThan(60);
      expect(bytes).toBeLessThan(4096);
    }
  });
});

describe('the gradient is that of the layer', () => {
  // loss = Σ w y², a parabola in each x: with numbers of few bits every difference below is exact
  test.each([0.5, 0.25, 1])('keep = %d: by central differences of Σ w y²', keep => {
    for (const noiseShape of [undefined, [6, 1], [1, 7]]) {
      for (const dtype of floatDTypes) {
        const rng = start('PCG32DXSM', 3), draws = start('PCG32', 8), n = 42, shape = [6, 7],
          numbers = () => Float64Array.from(draws.integers(-20, 20, n).data, k => k / 4);
        const x = numbers(), w = numbers(), h = 2 ** -4, state = rng.bitGenerator.state, layer = new Dropout({ keep, rng, noiseShape });
        const pass = (values: Float64Array) => {
          rng.bitGenerator.state = state;
          return layer.forward(new NDArray(new floatsOf[dtype](values) as Float64Array, shape, dtype as 'float64'));
        };
        const loss = (values: Float64Array) => (pass(values).data as Float64Array).reduce((sum, y, i) => sum + w[i] * y * y, 0);
        const y = pass(x), found = layer.backward(new floatsOf[dtype](Array.from(y.data, (value, i) => 2 * w[i] * value))).data;
        let dropped = 0;
        for (let i = 0; i < n; i++) {
          const up = x.slice(), down = x.slice();
          up[i] += h;
          down[i] -= h;
          const slope = (loss(up) - loss(down)) / (2 * h);
          expect(found[i] === slope, `${i}: ${found[i]} for ${slope}`).toBe(true);
          if (slope === 0) dropped++;
        }
        expect(dropped < n).toBe(true);
      }
    }
  });
});

test('a Generator of the user\'s own class works as well', () => {
  class Mine extends Generator {}
  const rng = new Mine(start('PCG32').bitGenerator), layer = new Dropout({ keep: 0.5, rng });
  expectSame(maskOf(layer.forward(ones(99))), start('PCG32').bernoulli(0.5, 99).data, 'forward');
  expectSame(maskOf(layer.backward(ones(99))), start('PCG32').bernoulli(0.5, 99).data, 'backward');
});
