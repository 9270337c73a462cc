/** Makes 10,000 generators, draws from them in turn, then uses every method; reports times and the engine's memory. Argument: ndrand's URL. */
const COUNT = 10_000, TURNS = 20, LONG = 2 ** 20;

const memories = [];
WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(...args) {
    super(...args);
    if (this.exports.memory) memories.push(this.exports.memory);
  }
};
const engineBytes = () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);

const { defaultRng } = await import(process.argv[2]);
const atImport = engineBytes();
if (atImport === 0) throw new Error('the import made no engine with a memory of its own');

globalThis.gc();
const heldBefore = held();
const all = new Array(COUNT);
let begin = performance.now();
for (let i = 0; i < COUNT; i++) all[i] = defaultRng(i);
const made = performance.now() - begin;

const last = new Float64Array(COUNT);
begin = performance.now();
for (let turn = 0; turn < TURNS; turn++) {
  for (let i = 0; i < COUNT; i++) last[i] = all[i].random();
}
const drawn = performance.now() - begin;

// each has gone on with its own stream
for (let i = 0; i < COUNT; i += 997) {
  const alone = defaultRng(i).random(TURNS).data[TURNS - 1];
  if (last[i] !== alone) throw new Error(`generator ${i} gave ${last[i]} in turn and ${alone} alone`);
}
globalThis.gc();
const heldAfter = held();

const rng = all[0];
const draws = [
  rng.random(LONG), rng.uniform(-1, 1, LONG), rng.standardNormal(LONG), rng.normal(0, 0.02, LONG, { dtype: 'float32' }), rng.bernoulli(0.3, LONG),
  rng.binomial(10, 0.3, LONG), rng.integers(0, 1000, LONG), rng.permutation(LONG), rng.choice(3, LONG, { p: [0.3, 0.6, 0.1] }),
  rng.choice(LONG, LONG / 2, { replace: false }),
];
const atEnd = engineBytes();

process.stdout.write(JSON.stringify({
  count: COUNT,
  microseconds: made * 1e3 / COUNT,
  nanoseconds: drawn * 1e6 / (COUNT * TURNS),
  bytesEach: (heldAfter - heldBefore) / COUNT,
  atImport,
  atEnd,
  drawn: draws.reduce((sum, { size }) => sum + size, all.length),
}));

function held() {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
