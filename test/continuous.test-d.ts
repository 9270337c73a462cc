/** What the real distributions give, as types. */
import { expectTypeOf, test } from 'vitest';
import { defaultRng, type NDArray } from '../src/index.ts';

const rng = defaultRng(1), out = new Float64Array(3), out32 = new Float32Array(3);

test('numbers, or arrays where anything is one', () => {
  expectTypeOf(rng.laplace()).toEqualTypeOf<number>();
  expectTypeOf(rng.gamma(1)).toEqualTypeOf<number>();
  expectTypeOf(rng.gamma(1, 2)).toEqualTypeOf<number>();
  expectTypeOf(rng.gamma(1, 2, 3)).toEqualTypeOf<NDArray<'float64'>>();
  expectTypeOf(rng.gamma([1, 2], 3)).toEqualTypeOf<NDArray<'float64'>>();
  expectTypeOf(rng.standardCauchy()).toEqualTypeOf<number>();
  expectTypeOf(rng.standardCauchy([2, 3])).toEqualTypeOf<NDArray<'float64'>>();
  expectTypeOf(rng.exponential(1, { out })).toEqualTypeOf<NDArray<'float64'>>();
  expectTypeOf(rng.triangular(0, 1, [2, 3])).toEqualTypeOf<NDArray<'float64'>>();
  expectTypeOf(rng.standardGamma(2)).toEqualTypeOf<number>();
  expectTypeOf(rng.standardGamma(2, 3, { dtype: 'float32' })).toEqualTypeOf<NDArray<'float32'>>();
  expectTypeOf(rng.standardGamma(2, { out: out32 })).toEqualTypeOf<NDArray<'float32'>>();
  expectTypeOf(rng.standardGamma([1, 2])).toEqualTypeOf<NDArray<'float64'>>();
  expectTypeOf(rng.dirichlet([1, 2])).toEqualTypeOf<NDArray<'float64'>>();
  // @ts-expect-error it has no default
  rng.gamma();
  // @ts-expect-error float64 alone
  rng.gamma(1, 2, 3, { dtype: 'float32' });
});
