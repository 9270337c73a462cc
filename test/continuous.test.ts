/** Real distributions against NumPy (fixtures/continuous.py): values, and where they leave the stream; and over PCG32DXSM against their distribution functions. */
import * as cephes from 'cephes';
import { describe, expect, test } from 'vitest';
import { drawDirichlet } from '../src/dirichlet.ts';
import { drawReals, laws, type Law } from '../src/distributions.ts';
import { kernels } from '../src/engine.ts';
import { array, Generator, MT19937, NDArray, PCG32DXSM, PCG64, Philox } from '../src/index.ts';
import { legacyLaws } from '../src/legacyDistributions.ts';
import fixture from './fixtures/continuous.json' with { type: 'json' };
import { emitting } from './forcedWords.ts';
import { fromHex } from './hex.ts';
import { refuses, R, T } from './refuses.ts';
import { accept, uniformKS } from './statistics.ts';

type Loose = Record<string, (...args: unknown[]) => unknown>;
interface Case {
  law: string;
  over: string;
  args?: string[];
  alpha?: number[];
  dtype?: string;
  legacy?: (number | null)[];
  values: string;
  place: (string | number)[];
}

const bits = { PCG64, MT19937, Philox };
const { seed, draws } = fixture;
/** The spare normal of RandomState: is there one, and which. */
const spare = new DataView(kernels.memory.buffer, kernels.gaussAt(), 16);

/** Within 2 units in the last place; `vonmises`, whose formula cancels, within 4 of π. */
function expectNear(found: Float64Array | Float32Array, expected: Float64Array | Float32Array, law: string) {
  expect(found.length).toBe(expected.length);
  const step = found instanceof Float32Array ? 2 ** -23 : 2 ** -52;
  for (let i = 0; i < expected.length; i++) {
    const x = expected[i]!, unit = step * Math.max(2 ** Math.floor(Math.log2(Math.abs(x))), 2 ** -1022);
    if (!Object.is(found[i], x)) expect(Math.abs(found[i]! - x), `${i}: ${found[i]}, not ${x}`).toBeLessThanOrEqual(law === 'vonmises' ? 2 ** -49 : 2 * unit);
  }
}

function expectPlace(rng: Generator, [word, has, half]: Case['place']) {
  const state = rng.bitGenerator.state as { hasUint32?: number; uinteger?: number };
  expect([state.hasUint32 ?? 0, state.uinteger ?? 0]).toEqual([has, half]);
  expect(String(rng.bitGenerator.randomRaw())).toBe(word);
}

const title = ({ law, args, alpha, over, dtype }: Case) => `${law}(${args ?? `[${alpha}]`}) over ${over} ${dtype ?? ''}`;
const make = (over: string) => new Generator(new bits[over as keyof typeof bits](seed));

describe('Generator', () => {
  test.each((fixture.generator as Case[]).map(each => [title(each), each] as const))('%s', (_, { law, args, alpha, over, dtype = 'float64', values, place }) => {
    const rng = make(over), expected = fromHex(dtype as 'float64', values);
    const x = (rng as unknown as Loose)[law]!(...(alpha ? [alpha] : args!.map(Number)), draws, { dtype }) as NDArray<'float64'>;
    expect(x.shape).toEqual(alpha ? [draws, alpha.length] : [draws]);
    expectNear(x.data.slice(0, expected.length), expected, law);
    expectPlace(rng, place);
  });

  test('parameters that are arrays, and none', () => {
    const rng = make('PCG64');
    for (const [law, args, shape, values] of fixture.arrays as [string, unknown[], number[], string][]) {
      const x = (rng as unknown as Loose)[law]!(...args) as NDArray<'float64'> | number;
      expect(typeof x === 'number' ? [] : x.shape).toEqual(shape);
      expectNear(typeof x === 'number' ? Float64Array.of(x) : x.data, fromHex('float64', values), law);
    }
    expectPlace(rng, fixture.arraysPlace);
  });
});

describe('RandomState', () => {
  const names = Object.keys(legacyLaws);
  test('every law is here', () => {
    expect(names.filter(name => !(fixture.randomState as Case[]).some(({ law }) => law === name))).toEqual([]);
  });

  test.each((fixture.randomState as Case[]).map(each => [title(each), each] as const))('%s', (_, { law, args, alpha, over, legacy, values, place }) => {
    const rng = make(over), expected = fromHex('float64', values);
    spare.setBigUint64(0, 0n);
    spare.setFloat64(8, 0);
    const x = alpha
      ? drawDirichlet(rng.bitGenerator, alpha, draws, {}, true)
      : (drawReals(rng.bitGenerator, legacyLaws[law as keyof typeof legacyLaws], args!.map(Number), draws, {}) as NDArray<'float64'>);
    expectNear(x.data.slice(0, expected.length), expected, law);
    expect([spare.getUint32(0, true), spare.getFloat64(8, true)]).toEqual(legacy);
    expectPlace(rng, place);
  });

  test('in parts as in one, spare and all', () => {
    for (const law of [legacyLaws.standardNormal, legacyLaws.standardGamma, legacyLaws.normal]) {
      const drawn = [[9], [1, 3, 5], [4, 5]].map(parts => {
        const rng = make('MT19937');
        spare.setBigUint64(0, 0n);
        return parts.flatMap(n => [...(drawReals(rng.bitGenerator, law, law === legacyLaws.standardGamma ? [2.5] : [], n, {}) as NDArray<'float64'>).data]);
      });
      expect(drawn[1]).toEqual(drawn[0]);
      expect(drawn[2]).toEqual(drawn[0]);
    }
  });
});

test('long arrays of parameters give what numbers give', () => {
  const n = 9001;
  for (const [table, over] of [[laws, 'PCG64'], [legacyLaws, 'MT19937']] as const) {
    for (const [name, law] of Object.entries(table) as [string, Law][]) {
      const args = law.parameters.map((_, k) => [0.5, 0.75, 2][k]!), [a, b] = [args, args.map(each => new Float64Array(n).fill(each))].map(each => {
        // with a spare to begin with
        spare.setUint32(0, 1, true);
        spare.setFloat64(8, 0.5, true);
        return drawReals(make(over).bitGenerator, law, each, n, {}) as NDArray<'float64'>;
      });
      expect(b!.data, name).toEqual(a!.data);
    }
  }
});

test('long rows are as short ones: gammas over their sum', () => {
  for (const k of [2048, 2049, 5000]) {
    const alpha = Float64Array.from({ length: k }, (_, i) => 0.2 + i % 5), rng = make('PCG64'), gammas = make('PCG64');
    const rows = rng.dirichlet(alpha, 3), each = gammas.standardGamma(alpha, [3, k]);
    for (let i = 0; i < 3 * k; i += k) {
      const inverse = 1 / each.data.subarray(i, i + k).reduce((sum, x) => sum + x, 0);
      expect(rows.data.subarray(i, i + k)).toEqual(each.data.slice(i, i + k).map(x => x * inverse));
    }
    expect(rng.random()).toBe(gammas.random());
  }
});

test('the fill in two calls is the fill in one', () => {
  for (const [name, law] of Object.entries(laws) as [string, Law][]) {
    const args = law.parameters.map((_, k) => [0.5, 0.75, 2][k]!);
    const whole = drawReals(make('PCG64').bitGenerator, law, args, 5000, {}) as NDArray<'float64'>, rng = make('PCG64').bitGenerator;
    const parts = [7, 1, 4100, 892].flatMap(n => [...(drawReals(rng, law, args, n, {}) as NDArray<'float64'>).data]);
    expect(parts, name).toEqual([...whole.data]);
  }
});

test('a zero is passed over where a logarithm would be infinite', () => {
  for (const name of ['laplace', 'gumbel', 'logistic'] as const) {
    const rng = emitting(0, 0), after = emitting(0, 0);
    after.random();
    expect(rng[name](0, 1, 5).toArray()).toEqual(after[name](0, 1, 5).toArray());
    expect(rng.random()).toBe(after.random());
  }
});

test('float32 gammas into an array', () => {
  const out = new Float32Array(4), rng = make('PCG64');
  expect(rng.standardGamma([0.5, 3, 1, 0], { out }).data).toBe(out);
  expect([...out]).toEqual([...make('PCG64').standardGamma([0.5, 3, 1, 0], { dtype: 'float32' }).data]);
});

test('what NumPy takes is taken', () => {
  const rng = make('PCG64'), loose = rng as unknown as Loose;
  for (const [law, ...args] of [['standardGamma', NaN], ['standardGamma', Infinity], ['exponential', Infinity], ['pareto', NaN], ['weibull', Infinity], ['power', Infinity],
    ['standardT', Infinity], ['wald', Infinity, 1], ['beta', NaN, 1], ['chisquare', Infinity], ['triangular', NaN, 1, 2], ['laplace', NaN, NaN], ['vonmises', NaN, 1], ['vonmises', 0, Infinity],
    ['noncentralChisquare', 0.5, Infinity]] as [string, ...number[]][]) expect((loose[law]!(...args, 3) as NDArray).size, law).toBe(3);
  expect(rng.dirichlet([], 3).shape).toEqual([3, 0]);
  expect(rng.gamma([], 1).shape).toEqual([0]);
  expect(rng.exponential(1, [0, 3]).shape).toEqual([0, 3]);
  const out = array([[0, 0], [0, 0], [0, 0]], 'float64');
  expect(rng.dirichlet([1, 2], { out })).toBe(out);
});

refuses('real distributions', [
  [rng => rng.exponential!(-1), R, 'scale: got -1'],
  [rng => rng.exponential!(-0), R, 'scale: got 0'],
  [rng => rng.rayleigh!([1, -2]), R, 'scale[1]: got -2'],
  [rng => rng.gamma!(-0.1), R, 'shape: got -0.1'],
  [rng => rng.gamma!(1, -1), R, 'scale: got -1'],
  [rng => rng.gamma!(), T, 'shape: got undefined'],
  [rng => rng.standardGamma!('1'), T, 'shape: got "1"'],
  [rng => rng.standardGamma!(1, 2, { dtype: 'int32' }), R, 'dtype: got "int32"'],
  [rng => rng.gamma!(1, 1, 2, { dtype: 'float32' }), R, 'dtype: got "float32"'],
  [(rng, { f32 }) => rng.gamma!(1, 1, { out: f32 }), T, 'out: got Float32Array'],
  [rng => rng.beta!(0, 1), R, 'a: got 0'],
  [rng => rng.beta!(1, [[1], [-1]]), R, 'b[1][0]: got -1'],
  [rng => rng.chisquare!(0), R, 'df: got 0'],
  [rng => rng.noncentralChisquare!(1, -1), R, 'nonc: got -1'],
  [rng => rng.f!(1, 0), R, 'dfden: got 0'],
  [rng => rng.noncentralF!(0, 1, 1), R, 'dfnum: got 0'],
  [rng => rng.standardT!(-1), R, 'df: got -1'],
  [rng => rng.vonmises!(0, -1), R, 'kappa: got -1'],
  [rng => rng.pareto!(0), R, 'a: got 0'],
  [rng => rng.weibull!(-1), R, 'a: got -1'],
  [rng => rng.power!(0), R, 'a: got 0'],
  [rng => rng.gumbel!(0, -1), R, 'scale: got -1'],
  [rng => rng.logistic!(0, -1), R, 'scale: got -1'],
  [rng => rng.lognormal!(0, -1), R, 'sigma: got -1'],
  [rng => rng.wald!(0, 1), R, 'mean: got 0'],
  [rng => rng.triangular!(1, 0, 2), R, 'mode: got 0'],
  [rng => rng.triangular!(0, 3, 2), R, 'right: got 2'],
  [rng => rng.triangular!(1, 1, 1), R, 'right: got 1'],
  [rng => rng.triangular!([0, 1], 1, 1), R, 'right: got 1'],
  [rng => rng.gamma!([1, 2], [1, 2, 3]), R, 'scale: got [3]'],
  [rng => rng.gamma!([1, 2], 1, 3), R, 'shape: got [2]'],
  [rng => rng.dirichlet!(1), T, 'alpha: got 1'],
  [rng => rng.dirichlet!([1, -1]), R, 'alpha[1]: got -1'],
  [rng => rng.dirichlet!([[1, 1]]), R, 'alpha: got ['],
  [rng => rng.dirichlet!([1, 1], -1), R, 'size: got -1'],
  [(rng, { matrix }) => rng.dirichlet!([1, 1], { out: matrix }), R, 'out: got a NDArray'],
  [rng => rng.dirichlet!([1, 1], 2, { method: 1 }), T, 'options: got the unknown option "method"'],
]);

test('RandomState refuses what NumPy refuses, and a kappa over which it would not come to an end', () => {
  const { bitGenerator } = make('MT19937'), state = JSON.stringify(bitGenerator);
  expect(() => drawReals(bitGenerator, legacyLaws.vonmises, [0, 1e17], 3, {})).toThrow('kappa: got 100000000000000000, takes');
  expect(() => drawReals(bitGenerator, legacyLaws.uniform, [0, Infinity], 3, {})).toThrow('high: got Infinity');
  expect(() => drawReals(bitGenerator, legacyLaws.normal, [0, -1], 3, {})).toThrow('scale: got -1');
  expect(() => drawDirichlet(bitGenerator, [1, 0], 3, {}, true)).toThrow('alpha[1]: got 0');
  expect(JSON.stringify(bitGenerator)).toBe(state);
});

// over a generator that NumPy has not: Kolmogorov and Smirnov's test of 100,000 draws against the distribution function
test('over PCG32DXSM', () => {
  const cdf: Record<string, [args: number[], of: (x: number) => number]> = {
    laplace: [[1, 2], x => (x < 1 ? Math.exp((x - 1) / 2) / 2 : 1 - Math.exp((1 - x) / 2) / 2)],
    gumbel: [[1, 2], x => Math.exp(-Math.exp((1 - x) / 2))],
    logistic: [[1, 2], x => 1 / (1 + Math.exp((1 - x) / 2))],
    lognormal: [[0.5, 0.25], x => cephes.ndtr((Math.log(x) - 0.5) / 0.25)],
    exponential: [[3], x => -Math.expm1(-x / 3)],
    rayleigh: [[3], x => -Math.expm1(-x * x / 18)],
    pareto: [[2.5], x => 1 - (1 + x) ** -2.5],
    weibull: [[1.5], x => -Math.expm1(-(x ** 1.5))],
    power: [[3.5], x => x ** 3.5],
    standardGamma: [[0.3], x => cephes.igam(0.3, x)],
    gamma: [[4.5, 2], x => cephes.igam(4.5, x / 2)],
    beta: [[0.4, 0.7], x => cephes.incbet(0.4, 0.7, x)],
    chisquare: [[5], x => cephes.igam(2.5, x / 2)],
    f: [[4, 7], x => cephes.fdtr(4, 7, x)],
    standardCauchy: [[], x => 0.5 + Math.atan(x) / Math.PI],
    standardT: [[5], x => cephes.stdtr(5, x)],
    wald: [[1.5, 2], x => cephes.ndtr(Math.sqrt(2 / x) * (x / 1.5 - 1)) + Math.exp(4 / 1.5) * cephes.ndtr(-Math.sqrt(2 / x) * (x / 1.5 + 1))],
    triangular: [[0, 1, 3], x => (x < 1 ? x * x / 3 : 1 - (3 - x) ** 2 / 6)],
    vonmises: [[0, 0], x => (x + Math.PI) / (2 * Math.PI)],
  };
  const n = 100_000;
  accept(Object.fromEntries(Object.entries(cdf).map(([law, [args, of]], i) => {
    const x = (new Generator(new PCG32DXSM([71, i])) as unknown as Loose)[law]!(...args, n) as NDArray<'float64'>;
    return [law, uniformKS(x.data.map(of))];
  })));
});
