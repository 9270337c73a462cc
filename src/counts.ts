/** The distributions of counts, in the form of distributions.ts. */
import { parameter, positiveNumber, positiveProbability, probability, type CountLaw, type Parameter, type Rule } from './distributions.ts';
import { kernels } from './engine.ts';
import { rangeError } from './errors.ts';

// NumPy's rules, but for the first, whose samplers go to 2^53 (NaN is refused by all)
const countTo53: Rule = { takes: 'a number from 0 to 2^53 − 1', fits: value => value >= 0 && value < 2 ** 53 };
export const countTo63: Rule = { takes: 'a number from 0 to 2^63 − 1', fits: value => value >= 0 };
const below1e9: Rule = { takes: 'a number from 0 to 10^9 − 1', fits: value => value >= 0 && value < 1e9 };
const mean: Rule = { takes: 'a number from 0 to 2^63 − 10·2^31.5', fits: value => value >= 0 && value <= mostMean };
const above1: Rule = { takes: 'a number above 1', fits: value => value > 1 };
const below1: Rule = { takes: 'a number in [0, 1)', fits: value => value >= 0 && value < 1 };

/** NumPy's POISSON_LAM_MAX. */
const mostMean = 2 ** 63 - Math.sqrt(2 ** 63) * 10;

export function wholeParameter(name: string, rule: Rule): Parameter {
  return { name, rule, whole: true };
}

/** Up to 2^53 as it is, beyond it (or NaN) what only int64 holds. */
function bound(most: number): number {
  return most <= 2 ** 53 ? most : 2 ** 63;
}

/** The most that −ln(1 − u) and the ziggurat's exponential can be, rounded up: 7.697 + 53 ln 2. */
const MOST_EXPONENTIAL = 45;

/** The most that a normal can be, ziggurat or polar, rounded up: 3.654 + 53 ln 2 / 3.654. */
const MOST_NORMAL = 14;

/**
 * Beyond this many PTRS comes where its uniform is within 2^-20 of an end and the other is 0, of 2^53: once in 2^73 counts. The method of small means would
 * need as many uniforms as that all near 1.
 */
function mostPoisson(lam: number): number {
  return bound(lam + 2 ** 16 * (Math.sqrt(lam) + 1));
}

/** A gamma variate of shape n: b·(1 + z / (3 √b))³ for a normal z, b = n − 1/3, which falls from 202 before it rises; for n ≤ 1 no more than two exponentials. */
function mostGamma(n: number): number {
  if (n <= 1) return 2 * MOST_EXPONENTIAL;
  const b = n - 1 / 3;
  return Math.max(202, b * (1 + MOST_NORMAL / (3 * Math.sqrt(b))) ** 3);
}

/** Binomial counts over PCG32DXSM and PCG32. */
export const exactBinomial: CountLaw = {
  fill: kernels.fillExactBinomial,
  parameters: [wholeParameter('n', countTo53), parameter('p', probability)],
  most: n => n,
};

/** Those of Generator over NumPy's generators, and all others over any. */
export const countLaws = {
  binomial: { fill: kernels.fillBinomial, parameters: [wholeParameter('n', countTo63), parameter('p', probability)], most: bound },
  negativeBinomial: {
    fill: kernels.fillNegativeBinomial,
    parameters: [parameter('n', positiveNumber), parameter('p', positiveProbability)],
    check(n, p) {
      if (((1 - p) / p) * (n + 10 * Math.sqrt(n)) > mostMean) throw rangeError('n', n, `a number for which (1 − p) / p · (n + 10 √n) is at most ${mostMean}`);
    },
    most: (n, p) => mostPoisson(mostGamma(n) * ((1 - p) / p)),
  },
  poisson: { fill: kernels.fillPoisson, parameters: [parameter('lam', mean, 1)], most: mostPoisson },
  // the least uniform is 2^-53
  zipf: { fill: kernels.fillZipf, parameters: [parameter('a', above1)], most: a => bound(2 ** (53 / (a - 1))) },
  geometric: {
    fill: kernels.fillGeometric,
    parameters: [parameter('p', positiveProbability)],
    // a search has come to its end before 2^20
    most: p => bound(p < 1 / 3 ? MOST_EXPONENTIAL / p : 2 ** 20),
  },
  // 1 + ln v / ln q for v ≥ 2^-53 and q ≤ p
  logseries: { fill: kernels.fillLogSeries, parameters: [parameter('p', below1)], most: p => bound(2 + MOST_EXPONENTIAL / (1 - p)) },
  hypergeometric: {
    fill: kernels.fillHypergeometric,
    parameters: [wholeParameter('ngood', below1e9), wholeParameter('nbad', below1e9), wholeParameter('nsample', countTo63)],
    check(good, bad, sample) {
      if (good + bad < sample) throw rangeError('nsample', sample, `at most ngood + nbad, ${good + bad}`);
    },
    most: (good, _, sample) => Math.min(good, sample),
  },
} satisfies Record<string, CountLaw>;
