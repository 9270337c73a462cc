/** The engine's ABI: every export, a line each. */
import { OUT, OUT_BYTES, RAW, RAW_WORDS, STATE } from './memory';
import { buildJumps } from './bitgen/lcg64';

export function stateAt(): usize { return STATE; }
export function rawAt(): usize { return RAW; }
export function rawWords(): i32 { return RAW_WORDS; }
export function outAt(): usize { return OUT; }
export function outBytes(): i32 { return OUT_BYTES; }
export { select, refill, refill32, advance, rewind, ahead } from './raw';
export { fillUniform32, fillUniform64, affine32, affine64, affineEach32, affineEach64 } from './bulk/uniform';
export { fillNormal32, fillNormal64, normalPair64 } from './bulk/boxMuller';
export { fillBernoulli8, fillBernoulli32, fillBernoulliEach } from './bulk/bernoulli';
export { setRange, fillBounded, fillBoundedEach } from './bulk/bounded';
export { setBounds, fillIntegers, fillIntegersEach, fillPositive } from './bulk/integers';
export { fillExponential64 } from './bulk/exponential';
export { setIndices, fillIndices } from './order/indices';
export { setSeries, fillSeries } from './order/series';
export { fillProduct } from './math/product';
export { mostThresholds, setThreshold, fillCategories, fillSearched, fillAliasDraws } from './order/categories';
export {
  zigguratNormal32, zigguratNormal64, zigguratExponential32, zigguratExponential64, inverseExponential32, inverseExponential64,
} from './bulk/ziggurat';
export { setLegacy } from './distributions/source';
export { gaussAt } from './legacy/gauss';
export { fillBetween, fillGumbel, fillLaplace, fillLocatedNormal, fillLogistic, fillLognormal, fillStandardNormal, fillTriangular } from './distributions/location';
export { fillPareto, fillPower, fillRayleigh, fillScaledExponential, fillStandardExponential, fillWeibull } from './distributions/exponential';
export {
  fillBeta, fillCauchy, fillChiSquare, fillF, fillGamma, fillNoncentralChiSquare, fillNoncentralF, fillRows, fillStandardGamma, fillStudentT, fillWald,
} from './distributions/gamma';
export { fillStandardGamma32 } from './distributions/gamma32';
export { fillVonMises } from './distributions/vonMises';
export { fillGeometric } from './distributions/geometric';
export { fillExactBinomial } from './distributions/binomial';
export { fillBinomial, fillMultinomial, setCategories } from './distributions/btpe';
export { fillPoisson, fillNegativeBinomial } from './distributions/poisson';
export { fillZipf, fillLogSeries } from './distributions/zeta';
export { fillHypergeometric, fillMarginals, setColours } from './distributions/hypergeometric';

buildJumps();
