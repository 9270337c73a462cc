/**
 * What golden.test.ts pins: the first values of every method, dtype and path, from one seed, on a generator of its own. Each is written as
 * the first bytes in hex and, where there are more, a digest of all.
 */
import { createHash } from 'node:crypto';

const SEED = 20_240_601;
const FIRST = 48;

const range = n => Array.from({ length: n }, (_, i) => i);
const few = [0.1, 0, 0.25, 0.65], many = range(40).map(i => (i % 4 === 3 ? 0 : (i + 1) / 600));
const P = [0, 1, 0.5, 1 / 256, 0.3, 0.9, 1e-3, 1 - 2 ** -53];
const RANGES = {
  int8: [[-128, 128], [-3, 4]], uint8: [[0, 256], [0, 10]], int16: [[-32768, 32768], [-1000, 1001]], uint16: [[0, 65536], [7, 8]],
  int32: [[-(2 ** 31), 2 ** 31], [1, 7], [0, 16711936], [-5, 2e9]], uint32: [[0, 2 ** 32], [0, 2 ** 24], [0, 2 ** 24 + 1]],
  int64: [[-(2n ** 63n), 2n ** 63n], [-(2n ** 62n), 2n ** 62n + 1n], [1, 7], [0, 2 ** 40]], uint64: [[0, 2n ** 64n], [0n, 2n ** 63n + 1n], [5, 6]],
};
const binomials = [
  ['n = 0', 0, 0.5], ['n = 1', 1, 0.3], ['p = 0', 50, 0], ['p = 1', 50, 1], ['inversion', 20, 0.3], ['inversion, flipped', 20, 0.9], ['inversion, rare', 1e6, 3e-6],
  ['rejection', 100, 0.4], ['rejection, flipped', 1000, 0.7], ['rejection, large', 2 ** 31 - 1, 0.5], ['past int32', 2 ** 31, 0.25], ['past int32, inversion', 2 ** 40, 1e-12], ['largest', 2 ** 53 - 1, 0.999],
];
/** NumPy's distributions, each branch of each sampler. */
const laws = [
  ['laplace', 1, 2], ['gumbel', 1, 2], ['logistic', 1, 2], ['lognormal', 0, 0.5], ['exponential', 3], ['rayleigh', 2], ['gamma', 2.5, 2], ['beta', 0.5, 0.3], ['beta', 2, 3], ['chisquare', 3],
  ['noncentralChisquare', 3, 2], ['noncentralChisquare', 0.5, 2], ['f', 3, 7], ['noncentralF', 3, 7, 2], ['standardCauchy'], ['standardT', 4], ['vonmises', 1, 1e-9], ['vonmises', 1, 2], ['vonmises', 1, 1e7],
  ['pareto', 3], ['weibull', 2], ['power', 0.5], ['wald', 3, 2], ['triangular', -1, 0, 2], ['poisson', 3], ['poisson', 100], ['geometric', 0.5], ['geometric', 0.01], ['logseries', 0.9],
  ['negativeBinomial', 3, 0.4], ['zipf', 3], ['zipf', 1.2], ['hypergeometric', 10, 20, 5], ['hypergeometric', 1000, 2000, 500],
];
/** A method's draws without a size, in an array. */
const singles = (n, Array, draw) => rng => Array.from({ length: n }, () => draw(rng));
const shuffled = (x, options) => rng => (rng.shuffle(x, options), x.data ?? x);

/** [name, rng => typed array or NDArray] */
function cases(ndrand) {
  const { NDArray } = ndrand;
  const grid = (...shape) => new NDArray(Int32Array.from(range(shape.reduce((a, b) => a * b))), shape, 'int32');
  return [
    ['randomRaw', rng => rng.bitGenerator.randomRaw(5001)],
    ['randomRaw one by one', singles(600, Uint32Array, rng => rng.bitGenerator.randomRaw())],
    ['bytes', rng => rng.bytes(4099)],
    ['slice', rng => rng.slice(2n ** 61n + 1n, 2n ** 61n + 4100n).normal(1, 2, { dtype: 'float32' })],
    ...['float64', 'float32'].flatMap(dtype => {
      const size = 5001;
      return [
        [`random ${dtype}`, rng => rng.random(size, { dtype })],
        [`uniform ${dtype}`, rng => rng.uniform(-1.3, 2.7, size, { dtype })],
        [`uniform rounded ${dtype}`, rng => rng.uniform(1, 1 + 2 ** -21, size, { dtype })],
        [`standardNormal ${dtype}`, rng => rng.standardNormal(size, { dtype })],
        [`normal ${dtype}`, rng => rng.normal(3, 0.02, size, { dtype })],
      ];
    }),
    ['random without a size', singles(300, Float64Array, rng => rng.random())],
    ['standardNormal without a size', singles(301, Float64Array, rng => rng.standardNormal())],
    ...['uint8', 'bool', 'float32'].flatMap(dtype => P.map(p => [`bernoulli(${p}) ${dtype}`, rng => rng.bernoulli(p, 10_003, { dtype })])),
    ...Object.entries(RANGES).flatMap(([dtype, ranges]) => ranges.map(([low, high]) => [`integers(${low}, ${high}) ${dtype}`, rng => rng.integers(low, high, 5001, { dtype })])),
    ['integers bool', rng => rng.integers(0, 2, 5001, { dtype: 'bool' })],
    ['integers with arrays', rng => rng.integers(grid(71, 71), [[5041]], { dtype: 'int16' })],
    ['integers with arrays, two words', rng => rng.integers(grid(71, 71).mul(1n), 2 ** 31, { dtype: 'int64' })],
    ['integers without a size', singles(300, Int32Array, rng => rng.integers(1, 7))],
    ...binomials.map(([path, n, p]) => [`binomial ${path}`, rng => rng.binomial(n, p, 1001)]),
    ['binomial int64', rng => rng.binomial(1000, 0.3, 1001, { dtype: 'int64' })],
    ['choice', rng => rng.choice(1000, 1001)],
    ['choice of many', rng => rng.choice(2 ** 31, 1001)],
    ['choice past int32', rng => rng.choice(2 ** 40, 1001)],
    ['choice few without replacement', rng => rng.choice(100, 60, { replace: false })],
    ['choice many without replacement', rng => rng.choice(100_000, 100, { replace: false })],
    ['choice many without replacement, not shuffled', rng => rng.choice(100_000, 100, { replace: false, shuffle: false })],
    ['choice past int32 without replacement', rng => rng.choice(2 ** 40, 100, { replace: false })],
    ['choice p, few categories', rng => rng.choice(4, 5001, { p: few })],
    ['choice p, few categories, without a size', singles(300, Int32Array, rng => rng.choice(4, { p: few }))],
    ['choice p, many categories', rng => rng.choice(40, 5001, { p: many })],
    ['choice p without replacement', rng => rng.choice(40, 25, { p: many, replace: false })],
    ['choice of rows', rng => rng.choice(grid(9, 3), [4, 2], { axis: 0 })],
    ['choice of columns', rng => rng.choice(grid(3, 9), 4, { axis: 1, replace: false })],
    ...[1, 2, 3, 10, 1000, 65_537, 2 ** 20].map(n => [`permutation(${n})`, rng => rng.permutation(n)]),
    ['permutation axis 1', rng => rng.permutation(grid(3, 20), { axis: 1 })],
    ['shuffle', shuffled(Float64Array.from(range(100)))],
    ['shuffle many', shuffled(Uint32Array.from(range(100_000)))],
    ...[0, 1, 2].map(axis => [`shuffle axis ${axis}`, rng => shuffled(grid(6, 7, 8), { axis })(rng)]),
    ['permuted', rng => rng.permuted(grid(20, 31))],
    ...[0, 1, 2].map(axis => [`permuted axis ${axis}`, rng => rng.permuted(grid(6, 7, 8), { axis })]),
    ['shuffle a list', rng => { const x = range(30); rng.shuffle(x); return Int32Array.from(x); }],
    ['standardNormal ziggurat float64', rng => rng.standardNormal(5001, { method: 'ziggurat' })],
    ['standardNormal ziggurat float32', rng => rng.standardNormal(5001, { method: 'ziggurat', dtype: 'float32' })],
    ...['ziggurat', 'inverse'].flatMap(method => ['float64', 'float32'].map(dtype => [`standardExponential ${method} ${dtype}`, rng => rng.standardExponential(5001, { method, dtype })])),
    ['uniform of arrays', rng => rng.uniform([0, 10], [[11], [20]], [50, 2, 2])],
    ['normal of arrays', rng => rng.normal([0, 10, 20], [[1], [2]], [51, 2, 3])],
    ...['float64', 'float32'].flatMap(dtype => [0.3, 1, 7.5].map(shape => [`standardGamma(${shape}) ${dtype}`, rng => rng.standardGamma(shape, 1001, { dtype })])),
    ...laws.map(([method, ...parameters]) => [`${method}(${parameters.join(', ')})`, rng => rng[method](...parameters, 1001)]),
    ['gamma of arrays', rng => rng.gamma([0.5, 1, 9], [[1], [3]], [51, 2, 3])],
    ['poisson of arrays', rng => rng.poisson([0.5, 5, 50], [101, 3])],
    ['multinomial', rng => rng.multinomial(100, [0.2, 0.3, 0.5], 301)],
    ['multivariateHypergeometric marginals', rng => rng.multivariateHypergeometric([30, 40, 50], 20, 301)],
    ['multivariateHypergeometric count', rng => rng.multivariateHypergeometric([30, 40, 50], 20, 301, { method: 'count' })],
    ['dirichlet', rng => rng.dirichlet([0.5, 1, 3], 301)],
    ['dirichlet, small', rng => rng.dirichlet([0.05, 0.01, 0.03], 301)],
    ['multivariateNormal', rng => rng.multivariateNormal([1, 2], [[2, 0.5], [0.5, 1]], 301)],
    ['spawn', rng => Uint32Array.from(rng.spawn(5).flatMap(child => [...child.bitGenerator.randomRaw(2).data]))],
    ['spawn of a spawn', rng => rng.spawn(2)[1].spawn(3)[2].bitGenerator.randomRaw(12)],
    ['jumped', rng => Uint32Array.from([1, 2, -1, 10n ** 18n].flatMap(jumps => [...rng.bitGenerator.jumped(jumps).randomRaw(3).data]))],
    ['advance', rng => rng.bitGenerator.advance(-(10n ** 15n)).randomRaw(12)],
  ];
}

function written(made) {
  const data = made.data ?? made, bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const first = bytes.subarray(0, FIRST).toString('hex');
  return bytes.length > FIRST ? `${first} + ${bytes.length - FIRST} bytes, sha256 ${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}` : first;
}

/** Every value by generator and name; `ndrand` is the package. */
export function golden(ndrand) {
  return Object.fromEntries(['PCG32DXSM', 'PCG32'].map(name => [
    name,
    Object.fromEntries(cases(ndrand).map(([label, draw]) => [label, written(draw(new ndrand.Generator(new ndrand[name](SEED))))])),
  ]));
}
