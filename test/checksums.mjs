/**
 * A checksum of everything that draws, computed alike in a page, a worker, Node, Deno and Bun: equal checksums are equal bits.
 * Each has a generator of its own from one seed, so a difference names its method.
 */

const SEED = 20_240_229;

/** Past the largest output block (131,072 masks), ending inside a Box–Muller pair and inside a mask's word. */
const N = 140_003;

const integerRanges = {
  int8: [-100, 101],
  uint8: [0, 256],
  int16: [-(2 ** 15), 2 ** 15],
  uint16: [1, 60_001],
  int32: [-5, 11_184_806], // 2^32 mod 11184811 is 11184683: one word in 384 is redrawn
  uint32: [0, 2 ** 32],
  int64: [-(2n ** 62n), 2n ** 62n + 1n], // 2^63 + 1 values: every other draw is redrawn
  uint64: [0n, 2n ** 64n],
};

/** [name, draws with a generator] of every method and path. */
const draws = [
  ['randomRaw', rng => rng.bitGenerator.randomRaw(N)],
  ['bytes', rng => rng.bytes(N)],
  ...['float64', 'float32'].flatMap(dtype => [
    [`random ${dtype}`, rng => rng.random(N, { dtype })],
    [`uniform ${dtype}`, rng => rng.uniform(-1.3, 2.7, N, { dtype })],
    [`standardNormal ${dtype}`, rng => rng.standardNormal(N, { dtype })],
    [`normal ${dtype}`, rng => rng.normal(3, 0.02, N, { dtype })],
  ]),
  ...Object.entries(integerRanges).map(([dtype, [low, high]]) => [`integers ${dtype}`, rng => rng.integers(low, high, N, { dtype })]),
  ['integers endpoint', rng => rng.integers(0, 2 ** 31 - 1, { size: N, endpoint: true })],
  ...['uint8', 'float32'].flatMap(dtype => [1 / 3, 0.9, 0.001].map(p => [`bernoulli ${dtype} ${p.toFixed(3)}`, rng => rng.bernoulli(p, N, { dtype })])),
  ['bernoulli each', rng => rng.bernoulli(rng.random([7, 1, 3000]), [7, 6, 3000])],
  ['bernoulli bool', rng => rng.bernoulli(0.5, N, { dtype: 'bool' })],
  ['binomial mask', rng => rng.binomial(1, 0.9, N)],
  ['binomial inversion', rng => rng.binomial(20, 0.3, N)],
  ['binomial rejection', rng => rng.binomial(1000, 0.7, N, { dtype: 'uint16' })],
  ['binomial float64', rng => rng.binomial(2 ** 40, 0.1, 10_001)],
  ['permutation', rng => rng.permutation(N)],
  ['permutation axis', rng => rng.permutation(rng.integers(0, 1000, [7, 301, 5]), { axis: 1 })],
  ['shuffle', rng => shuffled(rng, Float64Array.from({ length: N }, (_, i) => i))],
  ['shuffle array', rng => shuffled(rng, Array.from({ length: 1001 }, (_, i) => `card ${i}`))],
  ['choice', rng => rng.choice(1000, N)],
  ['choice past 2^31', rng => rng.choice(2 ** 40, 10_001)],
  ['choice probabilities', rng => rng.choice(['a', 'b', 'c'], 10_001, { p: [0.3, 0.6, 0.1] })],
  ['choice alias', rng => rng.choice(5000, N, { p: weights(5000) })],
  ['choice without replacement', rng => rng.choice(N, 70_001, { replace: false })],
  ['choice few without replacement', rng => rng.choice(2 ** 31, 1001, { replace: false })],
  ['choice few past 2^32', rng => rng.choice(2 ** 40, 301, { replace: false, shuffle: false })],
  ['choice probabilities without replacement', rng => rng.choice(5000, 2001, { p: weights(5000), replace: false })],
  ['choice axis', rng => rng.choice(rng.random([5, 40, 3]), [6, 2], { axis: 1 })],
  ['one by one', oneByOne],
  ['resumed', resumed],
  ['jumped', rng => JSON.stringify(rng.bitGenerator.jumped(3).advance(-(10n ** 15n)).state)],
  ['spawn', rng => rng.spawn(3).flatMap(child => [JSON.stringify(child.bitGenerator), ...child.standardNormal(11).data])],
  ['printed', rng => [rng.standardNormal([30, 40]), rng.random([3, 3], { dtype: 'float32' }).mul(1e-5)].map(String)],
  ['arithmetic', rng => rng.standardNormal([200, 30], { dtype: 'float32' }).mul(rng.random([200, 30])).sub(rng.integers(1, 9, [200, 30])).div(7)],
];

/** NumPy's samplers in every branch, over any bit generator: the camelCase methods. */
const laws = [
  ['laplace', 1, 2], ['gumbel', 1, 2], ['logistic', 1, 2], ['lognormal', 0, 0.5], ['exponential', 3], ['rayleigh', 2], ['standardGamma', 0.3], ['gamma', 2.5, 2], ['beta', 0.5, 0.3], ['beta', 2, 3],
  ['noncentralChisquare', 3, 2], ['noncentralChisquare', 0.5, 2], ['noncentralF', 3, 7, 2], ['standardCauchy'], ['standardT', 4], ['vonmises', 1, 1e-9], ['vonmises', 1, 2], ['vonmises', 1, 1e7],
  ['pareto', 3], ['weibull', 2], ['power', 0.5], ['wald', 3, 2], ['triangular', -1, 0, 2], ['binomial', 20, 0.3], ['binomial', 1000, 0.7], ['poisson', 3], ['poisson', 100], ['geometric', 0.5],
  ['geometric', 0.01], ['logseries', 0.9], ['negativeBinomial', 3, 0.4], ['zipf', 3], ['zipf', 1.2], ['hypergeometric', 10, 20, 5], ['hypergeometric', 1000, 2000, 500],
  ['multinomial', 100, [0.2, 0.3, 0.5]], ['multivariateHypergeometric', [30, 40, 50], 20], ['dirichlet', [0.5, 1, 3]], ['dirichlet', [0.05, 0.01]],
  ['multivariateNormal', [1, 2, 3], [[2, 0.5, 0.1], [0.5, 1, 0.2], [0.1, 0.2, 3]]], ['gamma', [0.5, 2, 9], [[1], [3]], [501, 2, 3]], ['normal', [0, 1], 2, [501, 2]],
];
const distributions = [
  ...laws.map(([method, ...parameters]) => [`${method} ${JSON.stringify(parameters)}`, rng => rng[method](...parameters, ...(Array.isArray(parameters.at(-1)) && method !== 'gamma' && method !== 'normal' ? [1001] : Array.isArray(parameters.at(-1)) ? [] : [5001]))]),
  ...['float64', 'float32'].flatMap(dtype => [
    [`ziggurat ${dtype}`, rng => rng.standardNormal(N, { method: 'ziggurat', dtype })],
    [`exponential ${dtype}`, rng => rng.standardExponential(N, { dtype })],
    [`inverse exponential ${dtype}`, rng => rng.standardExponential(N, { method: 'inverse', dtype })],
  ]),
];

/** RandomState's, by NumPy's names. */
const legacy = [
  ...['randn', 'rand'].map(method => [method, rs => rs[method](20_001)]),
  ...[['standard_gamma', 0.3], ['gamma', 2.5, 2], ['beta', 2, 3], ['standard_t', 4], ['vonmises', 1, 2], ['poisson', 100], ['binomial', 1000, 0.7], ['hypergeometric', 1000, 2000, 500], ['wald', 3, 2],
    ['randint', 0, 1000], ['permutation', 3000]].map(([method, ...parameters]) => [`${method} ${parameters}`, rs => (method === 'permutation' ? rs[method](...parameters) : rs[method](...parameters, 3001))]),
];

/** The same of what ndrand/nn has. */
const networks = nn => [
  ...['float64', 'float32'].flatMap(dtype => [
    [`uniform ${dtype}`, rng => nn.uniform([301, 41], { low: -1.3, high: 2.7, rng, dtype })],
    [`normal ${dtype}`, rng => nn.normal([301, 41], { mean: 0.3, std: 0.02, rng, dtype })],
    ...[[-2, 2], [0.1, 0.1001], [1.5, Infinity], [-Infinity, -4.9], [5.5, 6], [30, Infinity], [-41, -40]].map(([low, high]) =>
      [`truncatedNormal ${low} ${high} ${dtype}`, rng => nn.truncatedNormal(20_001, { low, high, rng, dtype })]),
    ...['xavierUniform', 'xavierNormal', 'heUniform', 'heNormal', 'lecunUniform', 'lecunNormal', 'varianceScaling'].map(name => [`${name} ${dtype}`, rng => nn[name]([31, 3, 5, 7], { rng, dtype })]),
    [`orthogonal ${dtype}`, rng => nn.orthogonal([67, 5, 9], { rng, dtype })],
    [`sparse ${dtype}`, rng => nn.sparse([60, 31], { sparsity: 0.7, rng, dtype })],
    ...[0, 1 / 3, 0.9, 1].map(keep => [`dropout ${keep.toFixed(2)} ${dtype}`, rng => nn.dropout(rng.standardNormal(N, { dtype }), { keep, rng })]),
    [`dropout noiseShape ${dtype}`, rng => nn.dropout(rng.random([20, 7, 30], { dtype }), { rate: 0.3, noiseShape: [20, 1, 30], rng })],
    [`categorical logits ${dtype}`, rng => nn.categorical(rng.normal(0, 4, [40, 1001], { dtype }), 3, { rng })],
    [`categorical top ${dtype}`, rng => nn.categorical(rng.normal(0, 4, [40, 1001], { dtype }), { temperature: 0.7, topK: 50, topP: 0.8, rng })],
  ]),
  ...['uint8', 'float32', 'bits'].map(dtype => [`dropoutMask ${dtype}`, rng => nn.dropoutMask(N, { keep: 0.7, dtype, rng })]),
  ['dropout layer', rng => {
    const layer = new nn.Dropout({ keep: 0.6, rng }), x = rng.random(N);
    return [...layer.forward(x).data.subarray(-1001), ...rng.random(5).data, ...layer.backward(x).data.subarray(-1001)];
  }],
  ['categorical probs', rng => nn.categorical(weights(300), 5001, { input: 'probs', temperature: 1.5, rng })],
];

/** What fills in parallel and slices share: each bulk method, every dtype, of an odd number of elements; `rng` draws, as itself or in parallel. */
const M = 700_001;
const bulk = nn => [
  ...['float64', 'float32'].flatMap(dtype => [
    [`random ${dtype}`, (rng, n) => rng.random(n, { dtype })],
    [`uniform ${dtype}`, (rng, n) => rng.uniform(-1.3, 2.7, n, { dtype })],
    [`standardNormal ${dtype}`, (rng, n) => rng.standardNormal(n, { dtype })],
    [`normal ${dtype}`, (rng, n) => rng.normal(3, 0.02, n, { dtype })],
    [`truncatedNormal ${dtype}`, (rng, n) => nn.truncatedNormal(n, { low: -0.5, rng, dtype })],
    [`heNormal ${dtype}`, (rng, n) => nn.heNormal([1, n], { rng, dtype })],
    [`xavierUniform ${dtype}`, (rng, n) => nn.xavierUniform([1, n], { rng, dtype })],
    [`dropout ${dtype}`, (rng, n) => nn.dropout(new { float32: Float32Array, float64: Float64Array }[dtype](n).fill(3), { keep: 0.7, rng })],
  ]),
  ...Object.entries({ ...integerRanges, bool: [0, 2] }).map(([dtype, [low, high]]) => [`integers ${dtype}`, (rng, n) => rng.integers(low, high, n, { dtype })]),
  ...['uint8', 'bool', 'float32'].map(dtype => [`bernoulli ${dtype}`, (rng, n) => rng.bernoulli(1 / 3, n, { dtype })]),
  ['dropoutMask', (rng, n) => nn.dropoutMask(n, { keep: 0.1, rng })],
];

/** Leaves the generator inside a unit of each kind, or between. */
const begin = [() => {}, rng => rng.standardNormal(3), rng => rng.standardNormal(5, { dtype: 'float32' }), rng => rng.bernoulli(0.5, 6)];

/** Two fills of each, one after the other, the first begun inside a unit: of one thread, or where `parallel` is given of 1 to 7 workers. */
async function fills(ndrand, nn, parallel) {
  const sums = {};
  for (const [i, [name, draw]] of bulk(nn).entries()) {
    const rng = new ndrand.Generator(new ndrand[i % 2 ? 'PCG32' : 'PCG32DXSM'](SEED + i)), from = parallel === undefined ? rng : parallel(rng, { workers: 1 + (i % 7) });
    begin[i % begin.length](rng);
    const both = [draw(from, M), draw(from, M - 2)], state = JSON.stringify(rng.bitGenerator.state), [one, two] = await Promise.all(both);
    sums[`fills ${name}`] = `${await digest(one)} ${await digest(two)} ${await digest([state])}`;
  }
  return sums;
}

/** Slices near the front and far out. */
async function slices(ndrand, nn) {
  const sums = {};
  for (const [i, [name, draw]] of bulk(nn).filter(([name]) => !/^(he|xavier)/.test(name)).entries()) {
    const rng = new ndrand.Generator(new ndrand[i % 2 ? 'PCG32' : 'PCG32DXSM'](SEED + i));
    begin[i % begin.length](rng);
    sums[`slices ${name}`] = await digest(await Promise.all([0n, 1n, 131_071n, 2n ** 53n + 1n, 2n ** 62n - 2001n].map(start => digest(draw(rng.slice(start, start + 2001n), 2001)))));
  }
  return sums;
}

/** Probabilities of 1 : 2 : … : n. */
function weights(n) {
  return Float64Array.from({ length: n }, (_, i) => (i + 1) / ((n * (n + 1)) / 2));
}

function shuffled(rng, x) {
  rng.shuffle(x);
  return x;
}

/** Single draws, that do not go through a fill. */
function oneByOne(rng) {
  const drawn = [];
  for (let i = 0; i < 3000; i++) {
    drawn.push(rng.random(), rng.standardNormal(), rng.standardNormal(), rng.integers(1000), rng.uniform(-2, 5), rng.normal(1, 3), rng.bernoulli(0.25));
    drawn.push(rng.integers(0, 2n ** 50n, { dtype: 'int64' }), rng.random({ dtype: 'float32' }), rng.choice(['x', 'y'], { p: [0.7, 0.3] }), rng.binomial(9, 0.4));
  }
  return drawn;
}

/** Fills that end inside a unit, resumed by the next. */
function resumed(rng) {
  const drawn = [];
  for (let i = 0; i < 200; i++) {
    drawn.push(...rng.standardNormal(i % 7).data, ...rng.standardNormal(i % 5, { dtype: 'float32' }).data);
    drawn.push(...rng.bernoulli(0.5, i % 11).data, ...rng.bernoulli(0.2, i % 3).data);
  }
  return drawn;
}

/** What the functions draw that share a generator. */
function moduleLevel({ seed, random, rand, randn, randint, uniform, normal, standardNormal, bernoulli, binomial, choice, permutation, shuffle }) {
  seed(SEED);
  const cards = ['♠', '♥', '♦', '♣'];
  shuffle(cards);
  return [
    ...cards, random(), rand(), randn(), randint(10), randint(-5, 5), ...rand(3, 5).data, ...randn(5, 3).data, ...randint(0, 9, [2, 2]).data,
    ...uniform(0, 3, 9).data, ...normal(0, 3, 9).data, ...standardNormal(9).data, ...bernoulli(0.4, 9).data, ...binomial(5, 0.4, 9).data,
    choice(cards), ...permutation(9).data,
  ];
}

/** A typed array as its bytes; what is in other arrays, as text. */
function bytesOf(drawn) {
  const value = drawn.data ?? drawn;
  // a copy: digests take no shared memory
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
  return new TextEncoder().encode([value].flat(Infinity).map(item => (item.data ? item.data.join() : String(item))).join('\n'));
}

async function digest(drawn) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytesOf(drawn)));
  return Array.from(hash.subarray(0, 16), byte => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Name → the first 128 bits of the SHA-256 of what is drawn; `ndrand`, `nn`, `numpy` and `parallel` are what the package's entries export. Without the last
 * the fills are those of one thread.
 */
export async function checksums(ndrand, nn, { np }, { parallel } = {}) {
  const { Generator, PCG32, PCG32DXSM, SeedSequence } = ndrand;
  const sums = {
    'SeedSequence': await digest(new SeedSequence(2n ** 200n + 5n).generateState(1001, 'uint32')),
    'module level': await digest(moduleLevel(ndrand)),
  };
  for (const BitGenerator of [PCG32DXSM, PCG32]) {
    for (const [method, draw] of [...draws, ...distributions, ...networks(nn).map(([name, draw]) => [`nn ${name}`, draw])]) {
      const bitGenerator = new BitGenerator(SEED);
      sums[`${bitGenerator.name} ${method}`] = await digest(draw(new Generator(bitGenerator)));
    }
  }
  for (const name of ['PCG64', 'PCG64DXSM', 'MT19937', 'Philox', 'SFC64']) {
    for (const [method, draw] of [...draws.filter(([each]) => !/jumped|spawn/.test(each)), ...distributions]) sums[`${name} ${method}`] = await digest(draw(new Generator(new ndrand[name](SEED))));
  }
  for (const [method, draw] of legacy) sums[`RandomState ${method}`] = await digest(draw(new np.random.RandomState(42)));
  return { ...sums, ...await slices(ndrand, nn), ...await fills(ndrand, nn, parallel) };
}
