import { describe, expect, test } from 'vitest';
import { constructorOf, dtypes, isBigIntDType, type DType, type TypedArray } from '../src/dtype.ts';
import { NDArray, array } from '../src/ndarray.ts';
import { sizeOf, stridesOf } from '../src/shape.ts';
import { hexOf, lcg, names, start, stateOf } from './draws.ts';

const range = (n: number) => Array.from({ length: n }, (_, i) => i);
const sorted = (values: Iterable<number | bigint>) => [...values].map(Number).sort((a, b) => a - b);

/** 0 … n − 1, each once? */
function isPermutation(values: ArrayLike<number | bigint>, n: number): boolean {
  const seen = new Uint8Array(n);
  for (let i = 0; i < values.length; i++) seen[Number(values[i])]++;
  return values.length === n && seen.every(times => times === 1);
}

/** 0, 1, 2, … of any dtype (bools alternate), as a shape. */
function numbered<D extends DType>(dtype: D, ...shape: number[]): NDArray<D> {
  const data = new (constructorOf(dtype))(sizeOf(shape)) as { [i: number]: unknown };
  for (let i = 0; i < sizeOf(shape); i++) data[i] = isBigIntDType(dtype) ? BigInt(i) : dtype === 'bool' ? i % 2 : i;
  return new NDArray<D>(data as never, shape, dtype);
}

/** Where along `axis` each slice of `moved` stood in `before`; undefined where a slice is not whole. */
function slicesOf(before: NDArray, moved: NDArray, axis: number): number[] | undefined {
  const { shape } = before, step = stridesOf(shape)[axis], count = shape[axis];
  const key = (a: NDArray, i: number) => {
    const parts = [];
    for (let e = 0; e < a.size; e++) if (Math.floor(e / step) % count === i) parts.push(a.data[e]);
    return parts.join();
  };
  const from = range(count).map(i => key(before, i));
  const places = range(count).map(i => from.indexOf(key(moved, i)));
  return places.includes(-1) ? undefined : places;
}

describe.each(names)('%s', name => {
  describe('permutation', () => {
    const sizes = [...range(301), ...range(17).flatMap(k => [2 ** k - 1, 2 ** k, 2 ** k + 1]), 50_000, 70_000];
    test('of n: 0 … n − 1, each once', () => {
      const rng = start(name);
      for (const n of sizes) {
        const made = rng.permutation(n);
        expect([made.dtype, made.shape]).toEqual(['int32', [n]]);
        expect(isPermutation(made.data, n), `${n}`).toBe(true);
        if (n > 100) expect(sorted(made.data.subarray(0, 9))).not.toEqual([...made.data.subarray(0, 9)]);
      }
    });

    test('of one element or none draws nothing', () => {
      const rng = start(name), state = stateOf(rng);
      for (const x of [0, 1, [], ['a'], new Float64Array(1), numbered('int8', 1, 4), numbered('int8', 0, 4)]) rng.permutation(x as never);
      rng.shuffle([]);
      rng.shuffle(numbered('float32', 3, 1), { axis: 1 });
      expect(stateOf(rng)).toBe(state);
    });

    test('every arrangement of few', () => {
      const rng = start(name);
      for (const [n, arrangements] of [[2, 2], [3, 6], [4, 24], [5, 120]]) {
        expect(new Set(range(arrangements * 12).map(() => rng.permutation(n).data.join())).size).toBe(arrangements);
      }
    });

    test('repeats with the seed, and goes on differently', () => {
      const [a, b] = [start(name), start(name)];
      for (const n of [10, 1000, 70_000]) expect(hexOf(a.permutation(n).data)).toBe(hexOf(b.permutation(n).data));
      expect(stateOf(a)).toBe(stateOf(b));
      expect(a.permutation(50)).not.toEqual(a.permutation(50));
    });

    test.each(dtypes)('a shuffled copy: %s', dtype => {
      const x = numbered(dtype, 101), before = hexOf(x.data), made = start(name).permutation(x);
      expect([made.dtype, made.shape]).toEqual([dtype, [101]]);
      expect(hexOf(x.data)).toBe(before);
      expect(sorted(made.data)).toEqual(sorted(x.data));
      expect(hexOf(made.data)).not.toBe(before);
      if (dtype !== 'bool') expect(start(name).permutation(x.data)).toEqual(made);
    });

    test('of rows, of columns, of planes: slices stay whole', () => {
      for (const shape of [[30, 4], [4, 30], [3, 40, 2], [2, 3, 25], [60, 1, 2, 2]]) {
        shape.forEach((count, axis) => {
          const x = numbered('float32', ...shape), made = start(name).permutation(x, { axis });
          expect(made.shape).toEqual(shape);
          const places = slicesOf(x, made, axis);
          expect(places && isPermutation(places, count), `${shape} axis ${axis}`).toBe(true);
          if (count > 20) expect(places).not.toEqual(range(count));
          expect(start(name).permutation(x, { axis: axis - shape.length })).toEqual(made);
          expect(x).toEqual(numbered('float32', ...shape));
        });
      }
    });

    test('of a plain array: its elements themselves', () => {
      const people = range(50).map(id => ({ id })), made = start(name).permutation(people);
      expect(people.map(({ id }) => id)).toEqual(range(50));
      expect(isPermutation(made.map(({ id }) => id), 50)).toBe(true);
      expect(made.every(person => people[person.id] === person)).toBe(true);
    });
  });

  describe('shuffle', () => {
    test.each(dtypes)('typed arrays in place, nothing beside them: %s', dtype => {
      const whole = numbered(dtype, 120).data, part = whole.subarray(7, 107), [head, tail] = [hexOf(whole.subarray(0, 7)), hexOf(whole.subarray(107))];
      const before = hexOf(part), all = sorted(part);
      expect(start(name).shuffle(part)).toBe(undefined);
      expect([hexOf(whole.subarray(0, 7)), hexOf(whole.subarray(107))]).toEqual([head, tail]);
      expect(sorted(part)).toEqual(all);
      expect(hexOf(part)).not.toBe(before);
    });

    test('over shared memory, and of many elements', () => {
      for (const n of [4096, 4098, 40_000, 70_001]) {
        const data = new Int32Array(new SharedArrayBuffer(n * 4));
        for (let i = 0; i < n; i++) data[i] = i;
        start(name).shuffle(data);
        expect(isPermutation(data, n)).toBe(true);
      }
    });

    test('the order does not depend on the container', () => {
      for (const n of [2, 10, 100, 5000]) {
        const list = range(n), labels = list.map(String), typed = Float64Array.from(list), rows = numbered('int32', n, 3), columns = numbered('int32', 2, n);
        for (const x of [list, labels, typed, rows]) start(name).shuffle(x);
        start(name).shuffle(columns, { axis: 1 });
        expect(isPermutation(list, n)).toBe(true);
        expect(labels).toEqual(list.map(String));
        expect([...typed]).toEqual(list);
        expect([...rows.data]).toEqual(list.flatMap(i => [3 * i, 3 * i + 1, 3 * i + 2]));
        expect([...columns.data]).toEqual([...list, ...list.map(i => i + n)]);
      }
    });

    test('an NDArray along any axis: slices stay whole', () => {
      const rng = start(name);
      for (const shape of [[24], [24, 3], [3, 24], [2, 24, 3], [2, 2, 2, 24]]) {
        shape.forEach((count, axis) => {
          const x = numbered('int64', ...shape), { data } = x;
          rng.shuffle(x, axis === 0 ? undefined : { axis });
          expect(x.data).toBe(data);
          const places = slicesOf(numbered('int64', ...shape), x, axis);
          expect(places && isPermutation(places, count)).toBe(true);
        });
      }
    });

    test('a permuted matrix in place of a copy', () => {
      const x = numbered('uint8', 40, 5), made = start(name).permutation(x);
      start(name).shuffle(x);
      expect(x).toEqual(made);
    });
  });

  describe('choice', () => {
    const rng = start(name);

    test('of a count: int32 of the size', () => {
      for (const [count, options] of [[7, {}], [7, { replace: false }], [2000, { replace: false }], [3, { p: [0.2, 0.3, 0.5] }], [3, { p: [0.2, 0.3, 0.5], replace: false }], [40, { p: new Array(40).fill(1 / 40) }]] as const) {
        for (const size of [0, 1, 3, [], [0], [3], [1, 3], [3, 1], [0, 2]]) {
          const made = rng.choice(count, size, options);
          expect([made.dtype, made.shape]).toEqual(['int32', typeof size === 'number' ? [size] : size]);
          expect([...made.data].every(i => Number.isInteger(i) && i >= 0 && i < count)).toBe(true);
        }
        const one = rng.choice(count, options);
        expect(Number.isInteger(one) && one >= 0 && one < count).toBe(true);
      }
      expect(sorted(new Set(rng.choice(7, 200).data))).toEqual(range(7));
    });

    test('of counts past int32: int64', () => {
      for (const count of [2 ** 31 + 1, 2 ** 32, 2 ** 40]) {
        for (const replace of [true, false]) {
          const made = rng.choice(count, [50, 2], { replace }) as unknown as NDArray<'int64'>;
          expect([made.dtype, made.shape]).toEqual(['int64', [50, 2]]);
          expect(made.data.every(i => i >= 0n && i < BigInt(count))).toBe(true);
          expect(new Set(made.data).size).toBe(100);
          expect(made.data.some(i => i > BigInt(Math.floor(count / 2)))).toBe(true);
        }
        const one = rng.choice(count);
        expect(Number.isSafeInteger(one) && one >= 0 && one < count).toBe(true);
      }
    });

    test('of labels: arrays nested to the shape', () => {
      const labels = ['a', 'b', 'c'];
      const depth = (x: unknown): number[] => (Array.isArray(x) ? [x.length, ...(x.length > 0 ? depth(x[0]) : [])] : []);
      for (const options of [{}, { p: [0.5, 0.25, 0.25] }]) {
        expect(labels).toContain(rng.choice(labels, options));
        expect(labels).toContain(rng.choice(labels, [], options));
        for (const shape of [[4], [2, 3], [2, 1, 3], [1, 1, 1, 2]]) {
          const made = rng.choice(labels, shape, options) as unknown[];
          expect(depth(made)).toEqual(shape);
          expect(made.flat(9).every(label => labels.includes(label as string))).toBe(true);
          expect(made.flat(9).length).toBe(sizeOf(shape));
        }
      }
      expect([rng.choice(labels, 0), rng.choice(labels, [2, 0]), rng.choice(labels, [0, 2])]).toEqual([[], [[], []], []]);
      // the same draws whatever their shape and population
      const flat = start(name).choice(3, 24).data;
      expect((start(name).choice(labels, [2, 3, 4]) as string[][][]).flat(2)).toEqual(Array.from(flat, i => labels[i]));
      expect(labels).toEqual(['a', 'b', 'c']);
      const objects = [{}, {}], drawn = rng.choice(objects);
      expect(objects.some(object => object === drawn)).toBe(true);
    });

    test.each(dtypes)('of typed arrays and NDArrays: %s', dtype => {
      const x = numbered(dtype, 50), indices = start(name).choice(50, [3, 4]).data;
      for (const population of dtype === 'bool' ? [x] : [x, x.data]) {
        const made = start(name).choice(population as NDArray, [3, 4]);
        expect([made.dtype, made.shape]).toEqual([dtype, [3, 4]]);
        expect([...made.data]).toEqual(Array.from(indices, i => (x.data as TypedArray)[i]));
      }
      expect(typeof start(name).choice(x)).toBe(dtype === 'bool' ? 'boolean' : isBigIntDType(dtype) ? 'bigint' : 'number');
    });

    test('of slices along an axis', () => {
      const x = numbered('float32', 4, 5, 6);
      for (const axis of [0, 1, 2, -1, -2, -3]) {
        const along = (axis + 3) % 3, count = x.shape[along], rest = x.shape.filter((_, i) => i !== along);
        for (const options of [{}, { replace: false }, { p: range(count).map(i => (i === 0 ? 0 : 1 / (count - 1))) }]) {
          const size = [2, 1], indices = start(name).choice(count, size, options).data, made = start(name).choice(x, size, { axis, ...options });
          expect(made.shape).toEqual([...x.shape.slice(0, along), ...size, ...x.shape.slice(along + 1)]);
          const one = start(name).choice(x, { axis, ...options }) as NDArray<'float32'>;
          expect(one.shape).toEqual(rest);
          const first = start(name).choice(count, options);
          const at = (a: NDArray, index: number[], i: number) => a.at(...index.slice(0, along), i, ...index.slice(along));
          for (let a = 0; a < rest[0]; a++) {
            for (let b = 0; b < rest[1]; b++) {
              expect(one.at(a, b)).toBe(at(x, [a, b], first));
              indices.forEach((index, i) => expect(made.at(...[a, b].slice(0, along), i, 0, ...[a, b].slice(along))).toBe(at(x, [a, b], index)));
            }
          }
        }
      }
      expect(start(name).choice(numbered('int8', 3, 0), 2).shape).toEqual([2, 0]);
    });

    test('without replacement: distinct, and all there are', () => {
      for (const [count, size] of [[1, 1], [5, 5], [5, 2], [100, 3], [100, 4], [320, 10], [321, 10], [320, 9], [5000, 5000], [100_000, 10], [100_000, 5000], [70_000, 69_999], [1_000_000, 20_000]]) {
        for (const shuffle of [true, false]) {
          const { data } = rng.choice(count, size, { replace: false, shuffle });
          expect(new Set(data).size, `${size} of ${count}`).toBe(size);
          expect(data.every(i => i >= 0 && i < count)).toBe(true);
        }
        const [ordered, asDrawn] = [true, false].map(shuffle => start(name).choice(count, size, { replace: false, shuffle }).data);
        expect(sorted(ordered)).toEqual(sorted(asDrawn));
      }
    });

    test('without replacement every subset and, shuffled, every order of few', () => {
      const orders = new Set<string>(), subsets = new Set<string>();
      for (let i = 0; i < 400; i++) {
        orders.add(rng.choice(4, 2, { replace: false }).data.join());
        subsets.add(sorted(rng.choice(4, 2, { replace: false, shuffle: false }).data).join());
      }
      expect([orders.size, subsets.size]).toEqual([12, 6]);
    });

    test('of many without replacement: shuffle decides whether every element can come first', () => {
      // Floyd's method draws its k-th element from the first count − size + 1 + k
      const firsts = (shuffle: boolean) => new Set(range(2000).map(() => rng.choice(100, 2, { replace: false, shuffle }).data[0]));
      expect(sorted(firsts(true))).toEqual(range(100));
      expect(sorted(firsts(false))).toEqual(range(99));
      const [shuffled, drawn] = [start(name), start(name)];
      shuffled.choice(10_000, 20, { replace: false });
      drawn.choice(10_000, 20, { replace: false, shuffle: false });
      expect(lcg(drawn).state).toEqual(lcg(start(name)).advance(20).state);
      expect(lcg(shuffled).state).toEqual(lcg(start(name)).advance(39).state);
    });

    // uneven, so that the alias method's columns have others
    const zero = (count: number, zeros: number[]) => {
      const weights = range(count).map(i => (zeros.includes(i) ? 0 : 1 + i % 4)), sum = weights.reduce((a, b) => a + b);
      return weights.map(weight => weight / sum);
    };
    test.each([
      [3, [0]], [3, [2]], [3, [0, 2]], [4, [0, 1]], [17, [0, 5, 6, 16]], [18, [0, 5, 6, 17]], [100, range(50).map(i => 2 * i)], [100, range(99)], [1000, range(990)],
    ])('%d categories, probability 0 for %j: never drawn, the others all', (count, zeros) => {
      const p = zero(count, zeros), can = range(count).filter(i => !zeros.includes(i));
      expect(sorted(new Set(rng.choice(count, 3000, { p }).data))).toEqual(can);
      for (let i = 0; i < 50; i++) expect(zeros).not.toContain(rng.choice(count, { p }));
      for (const shuffle of [true, false]) {
        expect(sorted(rng.choice(count, can.length, { p, replace: false, shuffle }).data)).toEqual(can);
        expect(new Set(rng.choice(count, Math.ceil(can.length / 2), { p, replace: false, shuffle }).data).size).toBe(Math.ceil(can.length / 2));
      }
    });

    test.each([1, 2, 16, 17, 18, 40, 5000])('%d categories: p as any array of numbers', count => {
      const p = range(count).map(i => 2 * (i + 1) / count / (count + 1)), p32 = Float32Array.from(p);
      const expected = start(name).choice(count, 100, { p });
      for (const same of [Float64Array.from(p), array(p), Object.freeze(p.slice())]) expect(start(name).choice(count, 100, { p: same })).toEqual(expected);
      const rounded = start(name).choice(count, 100, { p: p32 });
      expect(start(name).choice(count, 100, { p: new NDArray(p32, [count], 'float32') })).toEqual(rounded);
      // rounding p moves few of the draws
      expect(rounded.data.filter((i, k) => i !== expected.data[k]).length).toBeLessThan(5);
      expect([...p32]).toEqual(p.map(Math.fround));
    });

    test("sums within NumPy's tolerance", () => {
      for (const [p, Array] of [[[0.5, 0.5 + 1.4e-8], Float64Array], [[0.5, 0.5 - 1.4e-8], Float64Array], [[0.5, 0.5003], Float32Array], [[0.5, 0.4997], Float32Array], [new globalThis.Array(10).fill(0.1), Float32Array]] as const) {
        expect(rng.choice(p.length, 5, { p: Array.from(p as number[]) as Float64Array }).size).toBe(5);
      }
      // where p sums to more than 1, the last are not cut off; where to less, nothing past the end is drawn
      expect(sorted(new Set(rng.choice(3, 5000, { p: [0.5, 0.5 - 1e-8, 2e-8] }).data))).toEqual([0, 1]);
    });

    test('a certain category', () => {
      for (const count of [1, 2, 17, 18, 300]) {
        const p = range(count).map(i => (i === count - 1 ? 1 : 0));
        expect(new Set(rng.choice(count, 100, { p }).data)).toEqual(new Set([count - 1]));
        expect(rng.choice(count, 1, { p, replace: false }).data).toEqual(Int32Array.of(count - 1));
      }
    });

    test('the size and the options in any place', () => {
      const expected = start(name).choice(9, [2, 2], { replace: false });
      expect(start(name).choice(9, { size: [2, 2], replace: false })).toEqual(expected);
      expect((start(name).choice as (...args: unknown[]) => unknown).call(start(name), 9, undefined, { size: [2, 2], replace: false })).toEqual(expected);
    });
  });
});
