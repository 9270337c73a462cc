/** What `categorical` takes, gives and refuses. */
import { describe, expect, test } from 'vitest';
import { numberDTypes } from '../src/dtype.ts';
import { array, NDArray } from '../src/ndarray.ts';
import { categorical } from '../src/nn/categorical.ts';
import { start } from './draws.ts';
import { R, refuses, T, type Loose, type Outs, type Row } from './refuses.ts';
import { normals } from './softmaxReference.ts';

describe('results', () => {
  const x = normals([3, 5]), expected = Array.from(categorical(x, 4, { rng: start('PCG32', 1) }).data);

  test.each(numberDTypes)('dtype %s, and out', dtype => {
    const drawn = categorical(x, 4, { dtype, rng: start('PCG32', 1) }) as NDArray;
    expect([drawn.dtype, drawn.shape]).toEqual([dtype, [4, 3]]);
    expect(Array.from(drawn.data as Int32Array, Number)).toEqual(expected);
    const out = new NDArray(drawn.data.slice() as Int32Array, [4, 3], dtype as 'int32');
    out.data.fill(typeof out.data[0] === 'bigint' ? (1n as unknown as number) : 1);
    expect(categorical(x, 4, { out, rng: start('PCG32', 1) })).toBe(out);
    expect(Array.from(out.data, Number)).toEqual(expected);
    const row = array([0, 0.5, 1]).data, one = categorical(row, { dtype: dtype as 'int32', rng: start('PCG32', 1) });
    expect(typeof one).toBe(dtype.endsWith('64') && !dtype.startsWith('f') ? 'bigint' : 'number');
    expect(Number(one)).toBe(categorical(row, { rng: start('PCG32', 1) }));
  });

  test('into the memory of the logits', () => {
    const square = normals([5, 5]), rng = start('PCG32', 1), expected = categorical(square, 5, { rng });
    const shared = square.copy();
    categorical(shared, 5, { out: shared, rng: start('PCG32', 1) });
    expect([...shared.data]).toEqual([...expected.data]);
  });

  test('every kind of input; out in the size\'s place', () => {
    const row = [0.5, -1, 2], draw = (input: unknown) => (categorical as unknown as Loose[string])(input, { rng: start('PCG32', 3) });
    expect(draw(row)).toBe(draw(Float64Array.from(row)));
    expect(draw(new NDArray(Float32Array.from(row), [3], 'float32'))).toBe(draw(row));
    expect((draw([row, row]) as NDArray).shape).toEqual([2]);
    const buffer = new SharedArrayBuffer(24);
    new Float64Array(buffer).set(row);
    expect(draw(new Float64Array(buffer))).toBe(draw(row));
    const out = new Uint8Array(50);
    const into = categorical(row, { out, rng: start('PCG32', 3) });
    expect([into.data === out, into.shape]).toEqual([true, [50]]);
    expect([...out]).toEqual([...categorical(row, 50, { rng: start('PCG32', 3) }).data]);
  });

  test('types', () => {
    const one: number = categorical([0, 1]), big: bigint = categorical(new Float32Array(2), { dtype: 'int64' });
    const many: NDArray<'int32'> = categorical([0, 1], 3), rows: NDArray<'uint8'> = categorical([[0, 1], [1, 2]], { dtype: 'uint8' });
    const batch: NDArray<'int32'> | number = categorical(x), sized: NDArray<'int32'> = categorical(x, []), into: NDArray<'float32'> = categorical(x, { out: new Float32Array(3) });
    // @ts-expect-error: no such option
    expect(() => categorical(x, { topk: 3 })).toThrow(TypeError);
    expect([one, Number(big), many.size, rows.size, (batch as NDArray).size, sized.size, into.size].every(v => v >= 0)).toBe(true);
  });
});

describe('refused', () => {
  const with_ = (x: unknown, options: object = {}, size?: unknown) => (rng: Loose) => (categorical as unknown as Loose[string])(x, size, { rng, ...options });
  const into = (x: unknown, out: (outs: Outs) => unknown, options: object = {}, size?: unknown) => (rng: Loose, outs: Outs) => (categorical as unknown as Loose[string])(x, size, { rng, out: out(outs), ...options });
  const row = [0, 1, 2], far = new Float32Array(40_000), late = new NDArray(new Float64Array(60), [3, 4, 5], 'float64');
  far[39_999] = NaN;
  late.set(Infinity, 2, 3, 1);
  const batch = (rows: number, length: number, change: (x: Float32Array) => void) => {
    const x = new Float32Array(rows * length);
    change(x);
    return new NDArray(x, [rows, length], 'float32');
  };
  const rows: Row[] = [
    ...[undefined, null, 'abc', 3, true, 5n, new Map(), () => 1, Symbol('s'), new Int32Array(3), new BigInt64Array(3), new Uint8ClampedArray(2), new DataView(new ArrayBuffer(8)), {}, new NDArray(new Int32Array(2), [2], 'int32'), [1n, 2n], [true, false]]
      .map((x): Row => [with_(x), T, 'logits: got ']),
    [with_(null, { input: 'probs' }), T, 'probs: got null'],
    [with_(new NDArray(new Float64Array(1), [], 'float64')), R, 'logits: got a NDArray'],
    [with_([]), R, 'logits: got [], takes at least one category'],
    [with_(new Float32Array(0), {}, 3), R, 'logits: got Float32Array(0)'],
    [with_(new NDArray(new Float64Array(0), [0, 0], 'float64')), R, 'logits: got a NDArray, takes at least one category'],
    [with_(new NDArray(new Float64Array(0), [4, 0], 'float64'), {}, 0), R, 'logits: got a NDArray, takes at least one category'],
    [with_([[0, 1], [0]]), R, 'logits[1]: got [0]'],
    [with_([0, 'a']), T, 'logits[1]: got "a"'],
    [with_([0, null]), T, 'logits[1]: got null'],
    [with_([0, , 1]), T, 'logits[1]: got undefined'],
    [with_([0, 1n]), T, 'logits[1]: got 1n'],
    [with_([0, NaN, 1]), R, 'logits[1]: got NaN'],
    [with_([0, 1, Infinity], {}, 0), R, 'logits[2]: got Infinity'],
    [with_([NaN, Infinity], { temperature: 0 }), R, 'logits[0]: got NaN'],
    [with_([0, NaN], { topK: 1, topP: 0.5 }), R, 'logits[1]: got NaN'],
    [with_(far), R, 'logits[39999]: got NaN'],
    [with_(late), R, 'logits[2, 3, 1]: got Infinity'],
    [with_(late, { axis: 0 }), R, 'logits[2, 3, 1]: got Infinity'],
    [with_(late, { axis: 1 }), R, 'logits[2, 3, 1]: got Infinity'],
    [with_(batch(300, 9, x => { x[2699] = NaN; })), R, 'logits[299, 8]: got NaN'],
    [with_(batch(2, 20_000, x => { x[39_998] = Infinity; })), R, 'logits[1, 19998]: got Infinity'],
    [with_([-Infinity, -Infinity]), R, 'logits: got -Infinity, takes a row with'],
    [with_(batch(4, 3, x => { x.fill(-Infinity, 6, 9); })), R, 'logits[2, :]: got -Infinity'],
    [with_(batch(3, 4, x => { for (let i = 1; i < 12; i += 4) x[i] = -Infinity; }), { axis: 0 }, 7), R, 'logits[:, 1]: got -Infinity'],
    [with_([0.5, 0.6], { input: 'probs' }), R, 'probs: got 1.1, takes probabilities that sum to 1'],
    [with_([0.5, 0.5 - 3e-8], { input: 'probs' }), R, 'probs: got 0.99999997'],
    [with_(Float32Array.of(0.5, 0.501), { input: 'probs' }), R, 'probs: got 1.00'],
    [with_([[0.5, 0.5], [0, 0]], { input: 'probs' }), R, 'probs[1, :]: got 0, takes probabilities that sum to 1'],
    [with_([[0.5, 0.5], [1.5, -0.5]], { input: 'probs' }), R, 'probs[1, 1]: got -0.5, takes a number in [0, 1]'],
    [with_([0.5, NaN], { input: 'probs' }), R, 'probs[1]: got NaN'],
    [with_([0.5, Infinity], { input: 'probs', temperature: 0 }), R, 'probs[1]: got Infinity'],
    [with_([0.5, -Infinity], { input: 'probs', temperature: 2 }), R, 'probs[1]: got -Infinity'],
    ...['Logits', '', 'log'].map((input): Row => [with_(row, { input }), R, `input: got ${JSON.stringify(input)}`]),
    [with_(row, { input: 1 }), T, 'input: got 1'],
    ...[1, -2, 0.5, NaN, Infinity].map((axis): Row => [with_(row, { axis }), R, `axis: got ${axis}`]),
    [with_(row, { axis: '0' }), T, 'axis: got "0"'],
    ...[-1, NaN, Infinity, -1e-300].map((temperature): Row => [with_(row, { temperature }), R, `temperature: got ${temperature}`]),
    ...['1', null, 1n].map((temperature): Row => [with_(row, { temperature }), T, 'temperature: got ']),
    ...[0, -1, 1.5, NaN, Infinity, 2 ** 53].map((topK): Row => [with_(row, { topK }), R, `topK: got ${topK}`]),
    ...['1', null, 1n].map((topK): Row => [with_(row, { topK }), T, 'topK: got ']),
    ...[0, -0, -0.1, 1.0001, NaN, Infinity].map((topP): Row => [with_(row, { topP }), R, 'topP: got ']),
    ...['1', null, true].map((topP): Row => [with_(row, { topP }), T, 'topP: got ']),
    ...[null, {}, new Map(), 7].map((bad): Row => [() => (categorical as unknown as Loose[string])(row, { rng: bad }), T, 'rng: got ']),
    ...[-1, 1.5, NaN].map((size): Row => [with_(row, {}, size), R, 'size: got ']),
    ...[null, 'a', new Int32Array(2), new Map()].map((size): Row => [with_(row, {}, size), T, 'size: got ']),
    [with_(row, {}, [2, -1]), R, 'size[1]: got -1'],
    [with_(normals([100, 3]), {}, 2 ** 31), R, 'size'],
    [with_(row, { size: 2 }, 3), T, 'size: got 2, takes one size'],
    [with_(row, { dtype: 'bool' }), R, 'dtype: got "bool"'],
    [with_(row, { dtype: null }), T, 'dtype: got null'],
    [with_(new Float32Array(129), { dtype: 'int8' }), R, 'dtype: got "int8"'],
    [with_(new Float32Array(257), { dtype: 'uint8' }), R, 'dtype: got "uint8"'],
    [with_(new Float32Array(32_769), { dtype: 'int16' }), R, 'dtype: got "int16"'],
    [into(new Float32Array(129), outs => outs.i8), R, 'dtype: got "int8"'],
    [into(row, outs => outs.i32, {}, 5), R, 'out: got Int32Array(6)'],
    [into(late, outs => outs.i32), R, 'out: got Int32Array(6)'],
    [into(row, outs => outs.matrix, {}, 6), R, 'out: got a NDArray'],
    [into(row, outs => outs.i32, { dtype: 'int8' }), T, 'out: got Int32Array(6)'],
    ...(['clamped', 'list', 'view', 'buffer', 'mask'] as const).map((name): Row => [into(row, outs => outs[name]), T, 'out: got ']),
    // found only after out was
    [into([0, NaN], outs => outs.f64), R, 'logits[1]: got NaN'],
    [into([0.3, 0.3], outs => outs.matrix, { input: 'probs' }), R, 'probs: got 0.6'],
    [with_(row, { topk: 3 }), T, 'options: got the unknown option "topk"'],
    ...[null, 3, 'a', [], new Map()].map((options): Row => [() => (categorical as unknown as Loose[string])(row, 3, options), T, 'options: got ']),
  ];
  refuses('categorical', rows);
});

describe('accepted', () => {
  test('the largest category a dtype holds; sums within the tolerance; sparse or negative zeros', () => {
    const last = (length: number) => Float32Array.from({ length }, (_, k) => (k === length - 1 ? 0 : -Infinity));
    for (const [dtype, length] of [['int8', 128], ['uint8', 256], ['int16', 32_768], ['uint16', 65_536]] as const) expect(categorical(last(length), { dtype })).toBe(length - 1);
    expect(categorical([1 - 1e-8, -0], { input: 'probs' })).toBe(0);
    expect(categorical(Float32Array.of(0.5, 0.5002), 5, { input: 'probs' }).size).toBe(5);
    expect(categorical([-0, 1], 9, { input: 'probs', topP: 0.5, topK: 1 }).data).toEqual(new Int32Array(9).fill(1));
  });
});
