/**
 * The definition of truncated normals whose window reaches within 5 σ and is not too narrow: a value at a time, in plain arithmetic. Nothing here
 * comes from src or assembly; they must equal it byte for byte.
 */
const cell = new DataView(new ArrayBuffer(8));
const { fround, sqrt } = Math;

/** FreeBSD's e_log.c by Estrin's scheme. */
function log(x: number): number {
  cell.setFloat64(0, x);
  const above = cell.getBigUint64(0) + 0x00095f6200000000n, k = Number(above >> 52n) - 1023;
  cell.setBigUint64(0, (above & 0xfffffffffffffn) + 0x3fe6a09e00000000n);
  const m = cell.getFloat64(0), f = m - 1, s = f / (m + 1), z = s * s, w = z * z;
  const low = 6.666666666666735130e-01 + z * 3.999999999940941908e-01 + w * (2.857142874366239149e-01 + z * 2.222219843214978396e-01);
  const r = z * (low + w * w * (1.818357216161805012e-01 + z * 1.531383769920937332e-01 + w * 1.479819860511658591e-01));
  return k * 6.93147180369123816490e-01 + (f + (k * 1.90821492927058770002e-10 - s * (f - r)));
}

/** FreeBSD's e_exp.c. */
function exp(x: number): number {
  const k = Math.round(x * 1.44269504088896338700e+00); // ties apart, the nearest
  const high = x - k * 6.93147180369123816490e-01, low = k * 1.90821492927058770002e-10, r = high - low, z = r * r;
  const c = r - z * (1.66666666666666019037e-01 + z * (-2.77777777770155933842e-03 + z * (6.61375632143793436117e-05 +
    z * (-1.65339022054652515390e-06 + z * 4.13813679705723846039e-08))));
  return (1 + (r * c / (2 - c) - low + high)) * 2 ** k;
}

function density(x: number): number {
  const head = Math.round(x * 65536) / 65536;
  return 0.3989422804014326779 * exp(-0.5 * head * head) * exp(-0.5 * (x - head) * (x + head));
}

/** Φ(x) − ½ for 0 ≤ x < 1. */
function series(x: number): number {
  let sum = x, term = x;
  for (let j = 3, last = 0; sum !== last; j += 2) {
    last = sum;
    sum += term *= x * x / j;
  }
  return density(x) * sum;
}

/** 1 − Φ(x) for x ≥ 1. */
function tail(x: number): number {
  if (x >= 37) return 0;
  const terms = Math.floor(12 + 300 / (x * x));
  let fraction = 0.5 * (x + sqrt(x * x + 4 * terms));
  for (let j = terms; j > 0; j--) fraction = x + j / fraction;
  return density(x) / fraction;
}

const centre = (x: number) => Math.sign(x) * (Math.abs(x) < 1 ? series(Math.abs(x)) : 0.5 - tail(Math.abs(x)));
const upper = (x: number) => (x >= 1 ? tail(x) : 0.5 - centre(x));

/** Σ a_j x^j by Estrin's scheme, at most nine coefficients, `round`ed at each operation; a last one of 1 takes no product. */
function poly(a: readonly number[], x: number, round: (x: number) => number): number {
  const z = round(x * x), w = round(z * z), linear = (p: number, q: number, y: number) => round(p + round(q * y));
  const pair = (i: number) => (i + 1 === a.length ? a[i] : i + 2 === a.length && a[i + 1] === 1 ? round(a[i] + x) : linear(a[i], a[i + 1], x));
  const four = (i: number) => (i + 2 < a.length ? linear(pair(i), pair(i + 2), z) : pair(i));
  if (a.length <= 4) return four(0);
  return linear(four(0), a.length > 8 ? linear(four(4), a[8], w) : four(4), w);
}

const N64 = [
  0.000247691859088084452313, 0.0314726672822732016381, 0.802017838533255293093, 6.31560412847145559949, 16.9235100036259688124,
  13.7196533381469967111, 2.48706219246015110703,
];
const D64 = [
  0.000018371034064653063005, 0.00332543104462490945339, 0.116399911299626952964, 1.31330391290761444105, 5.69102061117422218171,
  9.87285284977370443404, 6.22979893049248113989, 1,
];
const N32 = [0.07579893618822098, 1.3675183057785034, 2.4074299335479736], D32 = [0.006967171095311642, 0.2366429716348648, 1.0734410285949707, 1];
const TAIL_N = [
  3.40841661152715994276, 18.9063642383610831487, 23.5790731219472327793, 13.1893113601624007497, 3.29446317794869649136,
  0.298396732259735741122, 0.00811989168427961370429, 0.0000423275283665973749096,
];
const TAIL_D = [
  1, 9.11723487992751053293, 17.8507746835166357638, 14.3862675486756587714, 5.85908473667989030155, 1.05997577144417099027,
  0.0716539076246423222406, 0.00147087206236879822077, 0.00000540449920419611159987,
];

/** x of p = ½ − |c| in standard units. */
function quantile(c: number, p: number, round: (x: number) => number): number {
  const double = (x: number) => x;
  if (p < round(0.02269619494564155)) {
    const r = sqrt(-2 * log(p));
    return (c < 0 ? -1 : 1) * (r - poly(TAIL_N, r, double) / poly(TAIL_D, r, double));
  }
  const [n, d] = round === fround ? [N32, D32] : [N64, D64], s = round(sqrt(round(p - round(p * p))));
  return round(c * round(round(2.5066282746310005) + round(round(round(0.5 - s) * poly(n, s, round)) / poly(d, s, round))));
}

/** Values from raw words; for float32, bounds that are float32s. */
export function truncated(words: Uint32Array, mean: number, std: number, low: number, high: number, dtype: 'float32' | 'float64'): Float32Array | Float64Array {
  const alpha = (low - mean) / std, beta = (high - mean) / std;
  const start = centre(alpha), end = centre(beta), below = upper(-alpha), above = upper(beta);
  const whole = alpha >= 1 ? tail(alpha) - above : beta <= -1 ? tail(-beta) - below : end - start;
  const zero = alpha >= 0 ? 0 : beta <= 0 ? 1 : -start / whole;
  if (dtype === 'float64') {
    const middle = Math.round(zero * 2 ** 53) / 2 ** 53, offset = zero === 0 ? start : zero === 1 ? end : start + whole * middle;
    return Float64Array.from({ length: words.length / 2 }, (_, i) => {
      const k = words[2 * i + 1] * 2 ** 20 + (words[2 * i] >>> 12), u = (2 * k + 1) / 2 ** 53;
      const c = offset + whole * (u - middle), p = c < 0 ? below + whole * u : above + whole * (1 - u);
      return Math.min(Math.max(mean + std * quantile(c, p, x => x), low), high);
    });
  }
  const word = whole / 2 ** 31, first = Math.floor(zero * 2 ** 31);
  const right = zero === 0 ? start + 0.5 * word : whole * ((first + 0.5) / 2 ** 31 - zero);
  const other = zero === 1 ? 0.5 * word - end : word - right, unit = fround(word);
  return Float32Array.from(words, bits => {
    const k = bits >>> 1, negative = k < first;
    const size = fround(fround(fround(negative ? first - 1 - k : k - first) * unit) + fround(negative ? other : right));
    const p = fround(fround(fround(negative ? k : 2 ** 31 - 1 - k) * unit) + fround((negative ? below : above) + 0.5 * word)), c = negative ? -size : size;
    const x = quantile(c, p, fround), outer = p < fround(0.02269619494564155);
    // the outer range is done in float64, and rounded at the end
    return Math.min(Math.max(outer ? fround(mean + std * x) : fround(fround(mean) + fround(fround(std) * x)), low), high); // float32s
  });
}
