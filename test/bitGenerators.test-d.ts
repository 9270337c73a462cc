import { describe, expectTypeOf, it } from 'vitest';
import type { BitGenerator, BitGeneratorState } from '../src/bitGenerator.ts';
import { Generator } from '../src/generator.ts';
import { MT19937 } from '../src/mt19937.ts';
import { array, type NDArray } from '../src/ndarray.ts';
import { PCG64, PCG64DXSM } from '../src/pcg64.ts';
import { Philox } from '../src/philox.ts';
import { SFC64 } from '../src/sfc64.ts';

declare const any: BitGenerator;

describe("NumPy's bit generators", () => {
  it('keep their class', () => {
    expectTypeOf(new PCG64(1).advance(-5n)).toEqualTypeOf<PCG64>();
    expectTypeOf(new PCG64DXSM(1).jumped()).toEqualTypeOf<PCG64DXSM>();
    expectTypeOf(new Philox(1).spawn(2)).toEqualTypeOf<Philox[]>();
    expectTypeOf(new MT19937(1).jumped(2n)).toEqualTypeOf<MT19937>();
    expectTypeOf(MT19937.legacy([1, 2])).toEqualTypeOf<MT19937>();
    expectTypeOf(SFC64.fromJSON({})).toEqualTypeOf<SFC64>();
    new Generator(new SFC64([1, 2n]));
  });

  it('give words of their size', () => {
    expectTypeOf(new PCG64(1).randomRaw()).toEqualTypeOf<bigint>();
    expectTypeOf(new Philox(1).randomRaw([2, 3])).toEqualTypeOf<NDArray<'uint64'>>();
    expectTypeOf(new MT19937(1).randomRaw()).toEqualTypeOf<number>();
    expectTypeOf(new MT19937(1).randomRaw(5)).toEqualTypeOf<NDArray<'uint32'>>();
    expectTypeOf(any.randomRaw()).toEqualTypeOf<number | bigint>();
    expectTypeOf(any.randomRaw(2)).toEqualTypeOf<NDArray<'uint32'> | NDArray<'uint64'>>();
  });

  it('have states of their own', () => {
    expectTypeOf(new PCG64DXSM(1).state.state).toEqualTypeOf<{ state: string; inc: string }>();
    expectTypeOf(new Philox(1).state.buffer).toEqualTypeOf<string[]>();
    expectTypeOf(new SFC64(1).state.hasUint32).toEqualTypeOf<number>();
    expectTypeOf(new MT19937(1).state.state).toEqualTypeOf<{ key: number[]; pos: number }>();
    expectTypeOf(any.state).toEqualTypeOf<BitGeneratorState>();
    expectTypeOf(new PCG64(1).toJSON().state.inc).toEqualTypeOf<string>();
  });

  it('take what they take', () => {
    new Philox(null, { key: 5, counter: [1, 2, 3, 4n] });
    new Philox(undefined, { key: BigUint64Array.of(1n, 2n), counter: array([1, 2, 3, 4], 'uint32') });
    // @ts-expect-error no such option
    new Philox(1, { keys: 5 });
    // @ts-expect-error no seed
    new PCG64('1');
    // @ts-expect-error no seed of RandomState
    MT19937.legacy('1');
    // @ts-expect-error past 2^53 as a bigint, not text
    new PCG64(1).advance('5');
  });
});
