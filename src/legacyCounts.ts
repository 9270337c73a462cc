/** The distributions of counts of RandomState, in the form of distributions.ts. Where one is made of normals it takes and leaves a spare: see legacyDistributions.ts. */
import { countLaws, countTo63, wholeParameter } from './counts.ts';
import { parameter, positive, probability, type CountLaw, type Rule } from './distributions.ts';
import { kernels } from './engine.ts';
import { rangeError } from './errors.ts';

/** The law with RandomState's samplers in place of Generator's. */
function frozen({ fill, ...law }: CountLaw): CountLaw {
  return {
    ...law,
    fill(n, each, form) {
      kernels.setLegacy(true);
      fill(n, each, form);
      kernels.setLegacy(false);
    },
  };
}

const from1: Rule = { takes: 'a number from 1 to 2^63 − 1', fits: value => value >= 1 };

export const legacyCountLaws = {
  binomial: frozen(countLaws.binomial),
  negativeBinomial: frozen({
    fill: kernels.fillNegativeBinomial,
    parameters: [parameter('n', positive), parameter('p', probability)],
    most: countLaws.negativeBinomial.most,
  }),
  poisson: countLaws.poisson,
  zipf: frozen(countLaws.zipf),
  geometric: frozen(countLaws.geometric),
  logseries: frozen(countLaws.logseries),
  hypergeometric: frozen({
    fill: kernels.fillHypergeometric,
    parameters: [wholeParameter('ngood', countTo63), wholeParameter('nbad', countTo63), wholeParameter('nsample', from1)],
    check(_, __, ___, exact) {
      const [good, bad, sample] = exact.map(BigInt), all = good + bad;
      // NumPy's sum would come round to a negative number
      if (all >> 63n || all < sample) throw rangeError('nsample', exact[2], `at most ngood + nbad, ${all}, and that below 2^63`);
    },
    most: (good, _, sample) => Math.min(good, sample),
  }),
} satisfies Record<string, CountLaw>;
