import { describe, expectTypeOf, it } from 'vitest';
import type { NDArray } from '../src/index.ts';
import { np, stateFromJSON, stateToJSON, type Generator, type LegacyState, type RandomState, type State } from '../src/numpy/index.ts';

const { random } = np, rng = random.default_rng(1), rs = random.RandomState(1);
declare const f32: Float32Array, f64: Float64Array, nd: NDArray<'float64'>, maybe: number | undefined, shape: number[];

describe('draws', () => {
  it('are numbers without a size', () => {
    expectTypeOf(rng.random()).toEqualTypeOf<number>();
    expectTypeOf(rng.random(null)).toEqualTypeOf<number>();
    expectTypeOf(rng.random({ dtype: 'f4' })).toEqualTypeOf<number>();
    expectTypeOf(rng.normal(0, 1)).toEqualTypeOf<number>();
    expectTypeOf(rng.normal({ scale: 2 })).toEqualTypeOf<number>();
    expectTypeOf(rng.beta(2, { b: 3 })).toEqualTypeOf<number>();
    expectTypeOf(rng.poisson()).toEqualTypeOf<number>();
    expectTypeOf(rs.gamma(2, 1, undefined)).toEqualTypeOf<number>();
    expectTypeOf(random.rand()).toEqualTypeOf<number>();
    expectTypeOf(random.randint(10)).toEqualTypeOf<number>();
    expectTypeOf(rng.integers(10, { dtype: 'int64' })).toEqualTypeOf<bigint>();
    expectTypeOf(rng.integers(0, 2, null, np.bool)).toEqualTypeOf<boolean>();
  });

  it('are arrays with one, or of array parameters', () => {
    expectTypeOf(rng.random(3)).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(rng.random([2, 3], 'f4')).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(rng.random({ size: shape, dtype: np.float32 })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(rng.random({ out: f64 })).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(rng.random({ out: f32, dtype: 'float32' })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(rng.standard_normal([2, 3])).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(rng.standard_exponential(3, 'd', 'inv')).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(rng.standard_gamma(2, { size: 3, dtype: 'f4' })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(rng.normal(0, 1, 3)).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(rng.normal({ size: [2] })).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(rng.normal([0, 1], 1)).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(rng.normal(0, { scale: nd })).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(rng.binomial(10, 0.5, 3)).toEqualTypeOf<NDArray<'int32' | 'float64' | 'int64' | 'uint64'>>();
    expectTypeOf(rng.integers(0, 10, { size: 5, dtype: 'uint8', endpoint: true })).toEqualTypeOf<NDArray<'uint8'>>();
    expectTypeOf(random.randint(0, 10, [2, 3], 'i8').data).toEqualTypeOf<BigInt64Array>();
    expectTypeOf(random.rand(2, 3)).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(rs.random_sample({ size: 2 })).toEqualTypeOf<NDArray<'float64'>>();
    expectTypeOf(rng.dirichlet([1, 2], 3)).toEqualTypeOf<NDArray<'float64'>>();
  });

  it('are one or the other where that is not known', () => {
    expectTypeOf(rng.normal(0, 1, maybe)).toEqualTypeOf<number | NDArray<'float64'>>();
    expectTypeOf(rng.normal({ size: maybe })).toEqualTypeOf<number | NDArray<'float64'>>();
  });

  it('of lists are of what is in them', () => {
    expectTypeOf(random.choice(['a', 'b', 'c'], { p: [0.3, 0.6, 0.1] })).toEqualTypeOf<string>();
    expectTypeOf(rng.choice(5, 3)).toEqualTypeOf<NDArray<'int32'>>();
    expectTypeOf(rng.choice(f32, { size: 3 })).toEqualTypeOf<NDArray<'float32'>>();
    expectTypeOf(random.permutation([1, -4, 3])).toEqualTypeOf<number[]>();
    expectTypeOf(rng.permutation(5)).toEqualTypeOf<NDArray<'int32'>>();
    expectTypeOf(rng.shuffle([1, 2])).toEqualTypeOf<void>();
  });

  it('refuse what Python refuses', () => {
    // @ts-expect-error a misspelt keyword
    rng.random({ sise: 3 });
    // @ts-expect-error a missing argument
    rng.beta(1);
    // @ts-expect-error too many
    rng.normal(0, 1, 2, 3);
    // @ts-expect-error no dtype of random's
    rng.random(3, 'int32');
    // @ts-expect-error keyword-only
    rng.permuted([1, 2], 0);
    // @ts-expect-error RandomState has no dtype here
    rs.random({ dtype: 'float32' });
    // @ts-expect-error no number
    rng.normal('0');
  });
});

describe('classes and states', () => {
  it('are made with and without new', () => {
    expectTypeOf(random.default_rng({ seed: 3 })).toEqualTypeOf<Generator>();
    expectTypeOf(new random.Generator(random.PCG64(2n ** 100n))).toEqualTypeOf<Generator>();
    expectTypeOf(random.RandomState(new random.MT19937(random.SeedSequence(1, { spawn_key: [3] })))).toEqualTypeOf<RandomState>();
    random.Philox({ counter: 3, key: 2n ** 70n });
    // @ts-expect-error Philox alone has a key
    random.PCG64({ key: 3 });
    // @ts-expect-error a base class
    new random.BitGenerator();
    // @ts-expect-error SFC64 has no jumps
    random.SFC64(1).jumped();
    expectTypeOf(random.PCG64(1).jumped(2).advance(3n).state).toEqualTypeOf<State>();
  });

  it('go through JSON', () => {
    const bits = random.PCG64(1);
    bits.state = stateFromJSON(stateToJSON(bits.state));
    expectTypeOf(rs.get_state()).toEqualTypeOf<LegacyState>();
    expectTypeOf(rs.get_state(false)).toEqualTypeOf<State | LegacyState>();
    rs.set_state(stateFromJSON(stateToJSON(rs.get_state())));
    expectTypeOf(random.SeedSequence(1).generate_state(3)).toEqualTypeOf<Uint32Array>();
    expectTypeOf(random.SeedSequence(1).generate_state(3, 'u8')).toEqualTypeOf<BigUint64Array>();
  });
});
