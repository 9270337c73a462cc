import { describe, expect, test } from 'vitest';

// by URL: the benchmark is plain JavaScript, without declarations
const { groups } = await import(new URL('../bench/groups.mjs', import.meta.url).href);
const { tables, summary } = await import(new URL('../bench/tables.mjs', import.meta.url).href);
const { compared, failed } = await import(new URL('../bench/rows.mjs', import.meta.url).href);

/** The methods of both that draw, as NumPy 2.4 has them. */
const BOTH = `beta binomial bytes chisquare choice dirichlet exponential f gamma geometric gumbel hypergeometric laplace logistic lognormal logseries multinomial
  multivariate_normal negative_binomial noncentral_chisquare noncentral_f normal pareto permutation poisson power rayleigh shuffle standard_cauchy
  standard_exponential standard_gamma standard_normal standard_t triangular uniform vonmises wald weibull zipf`.split(/\s+/);
const METHODS = {
  Generator: [...BOTH, 'random', 'integers', 'multivariate_hypergeometric', 'permuted'],
  // random, ranf and sample are other names of random_sample
  RandomState: [...BOTH, 'rand', 'randn', 'randint', 'random_sample', 'random_integers', 'tomaxint'],
};

describe('the benchmark', () => {
  test.each(Object.keys(groups))('%s: no two measurements share an id', name => {
    const ids = [...groups[name].cases.map(({ id }: { id: string }) => id), ...Object.keys(groups[name].checks)];
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(Object.entries(METHODS))('numpy: every method of %s is timed', (on, methods) => {
    const timed = groups.numpy.cases.filter(({ call }: { call: { on: string } }) => call.on === on).map(({ call }: { call: { method: string } }) => call.method);
    expect(methods.filter(method => !timed.includes(method))).toEqual([]);
  });

  test('a table with a line for each call, and what was missed in words', () => {
    const call = { id: 'rng-gamma', what: 'gamma(2.5, 2)', section: 'Generator' };
    const rows = [
      compared({ ...call, label: 'NumPy', bar: 0.8, reach: 1.2, same: true }, [10, 10, 20], [5, 6, 10]),
      compared({ ...call, label: 'numpy-ts', bar: 2, reach: 5, same: false }, [10, 10, 20], [50, 60, 100]),
      ...failed({ id: 'rng-zipf', what: 'zipf(3)', section: 'Generator', rivals: [{ label: 'NumPy', bar: 0.8, reach: 1.2 }] }, new Error('why')),
    ];
    expect(tables(rows)).toEqual([{
      title: 'Generator',
      head: ['', 'ndrand', 'NumPy', '×', 'min – max', '(0.8, 1.2)', 'numpy-ts', '×', 'min – max', '(2, 5)'],
      align: ['left', 'right', 'right', 'right', 'right', 'left', 'right', 'right', 'right', 'left'],
      lines: [
        ['gamma(2.5, 2)', '10.0 ns', '6.00 ns', '0.500', '0.500 – 0.600', 'MISSED', '60.0 ns', '5.00', '5.00 – 6.00', 'reached'],
        ['zipf(3)', 'failed', '', '', '', '', '', '', '', ''],
      ],
    }]);
    expect(summary(rows)).toEqual([
      '3 bars: 1 reached, 0 met, 1 missed, 1 not measured',
      'missed: rng-gamma (NumPy) 0.500 of 0.8',
      "the same numbers as NumPy's from the same seed: 1 of 1 calls",
      "the same numbers as numpy-ts's from the same seed: 0 of 1 calls; others: rng-gamma",
      'failed: why: rng-zipf',
    ]);
  });
});
