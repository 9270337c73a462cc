/** The distributions of RandomState, in the form of distributions.ts: NumPy froze them where Generator's went on. */
import { anyNumber, laws, nonNegative, parameter, type Law, type Rule } from './distributions.ts';
import { kernels } from './engine.ts';
import { rangeError } from './errors.ts';

/** The law over RandomState's normals and exponentials. Its kernel, unlike Generator's, takes and leaves a spare normal: see assembly/legacy/gauss.ts. */
function frozen({ fill, parameters, check }: Law): Law {
  return {
    fill(n, each) {
      kernels.setLegacy(true);
      fill(n, each);
      kernels.setLegacy(false);
    },
    parameters,
    check,
  };
}

// above it NumPy's method for vonmises does not come to an end
const concentration: Rule = { takes: 'a number from 0 to 1e16', fits: value => nonNegative.fits(value) && !(value > 1e16) };

/** Of real numbers. */
export const legacyLaws = {
  randomSample: { fill: kernels.fillUniform64, parameters: [] },
  uniform: {
    fill: kernels.fillBetween,
    parameters: [parameter('low', anyNumber, 0), parameter('high', anyNumber, 1)],
    check(low, high) {
      if (!Number.isFinite(high - low)) throw rangeError('high', high, `a number at a finite distance from low, ${low}`);
    },
  },
  standardNormal: frozen({ fill: kernels.fillStandardNormal, parameters: [] }),
  normal: frozen({ fill: kernels.fillLocatedNormal, parameters: [parameter('loc', anyNumber, 0), parameter('scale', nonNegative, 1)] }),
  lognormal: frozen(laws.lognormal),
  standardExponential: frozen({ fill: kernels.fillStandardExponential, parameters: [] }),
  exponential: frozen(laws.exponential),
  rayleigh: frozen(laws.rayleigh),
  pareto: frozen(laws.pareto),
  weibull: frozen(laws.weibull),
  power: frozen(laws.power),
  standardGamma: frozen(laws.standardGamma),
  gamma: frozen(laws.gamma),
  beta: frozen(laws.beta),
  chisquare: frozen(laws.chisquare),
  noncentralChisquare: frozen(laws.noncentralChisquare),
  f: frozen(laws.f),
  noncentralF: frozen(laws.noncentralF),
  standardT: frozen(laws.standardT),
  standardCauchy: frozen(laws.standardCauchy),
  wald: frozen(laws.wald),
  vonmises: frozen({ fill: kernels.fillVonMises, parameters: [parameter('mu', anyNumber), parameter('kappa', concentration)] }),
  // the same in both
  laplace: laws.laplace,
  gumbel: laws.gumbel,
  logistic: laws.logistic,
  triangular: laws.triangular,
} satisfies Record<string, Law>;
