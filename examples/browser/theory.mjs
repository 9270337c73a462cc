/**
 * What theory says of a law's values: moments, the density to draw, and the bins of a histogram that suit it.
 *
 * @typedef {{ low: number, width: number, count: number }} Bins equally wide, the first from `low` on
 * @typedef {{ words: string, mean: number, std: number, kurtosis: number, exactStd?: boolean, integers?: [number, number], extent?: [number, number], bins?: Bins, curve?: [number, number][], accepted?: number }} Theory
 *   curve: points of the density. integers: the values, from and to (exclusive), of a law on integers. 
 *   extent: the bounds, where there are any. accepted: the share of a truncated normal's parent that lies within them.
 *   exactStd: the values' squares have one sum, so their deviation has no error of sampling. Without bins all values are one value.
 */

/** How far normals are drawn, in standard deviations: one in 1.7 million lies beyond. */
const REACH = 5;
const POINTS = 240;

/** A short number for a reader. */
export function short(x) {
  if (x === 0) return '0';
  const size = Math.abs(x);
  const text = (size >= 1e6 && !Number.isInteger(x)) || size >= 1e15 || size < 1e-4 ? x.toExponential(3) : Number.isInteger(x) ? x.toLocaleString('en') : String(Number(x.toPrecision(5)));
  return text.replace(/^-/, '−');
}

/** @returns {Theory} */
export function constantTheory(value) {
  return { words: `every value is ${short(value)}`, mean: value, std: 0, kurtosis: 1 };
}

/** @returns {Theory} */
export function normalTheory(mean, std) {
  const density = x => Math.exp(-(((x - mean) / std) ** 2) / 2) / (std * Math.sqrt(2 * Math.PI));
  const low = mean - REACH * std, high = mean + REACH * std;
  return {
    words: `normal, mean ${short(mean)}, standard deviation ${short(std)}`,
    mean, std, kurtosis: 3, bins: { low, width: (high - low) / 100, count: 100 }, curve: sampled(density, low, high),
  };
}

/** @returns {Theory} */
export function uniformTheory(low, high) {
  const width = high - low, margin = width / 20;
  return {
    words: `uniform from ${short(low)} to ${short(high)}`,
    mean: low + width / 2, std: width / Math.sqrt(12), kurtosis: 1.8, extent: [low, high],
    bins: { low: low - margin, width: width / 40, count: 44 },
    curve: [[low - margin, 0], [low, 0], [low, 1 / width], [high, 1 / width], [high, 0], [high + margin, 0]],
  };
}

/**
 * The normal within [low, high], by Simpson's rule: relative to its highest point, so that bounds far out in a tail do not underflow.
 * @returns {Theory}
 */
export function truncatedTheory(mean, std, low, high) {
  const top = Math.min(Math.max(mean, low), high), height = ((top - mean) / std) ** 2 / 2;
  const relative = x => Math.exp(height - ((x - mean) / std) ** 2 / 2);
  // where the density falls to 10^-6 of its top, or the bound
  const reach = bound => {
    if (relative(bound) > 1e-6) return bound;
    let inside = top, outside = bound;
    for (let i = 0; i < 100; i++) {
      const middle = (inside + outside) / 2;
      if (relative(middle) > 1e-6) inside = middle;
      else outside = middle;
    }
    return outside;
  };
  const from = reach(low), to = reach(high), width = to - from;
  const integral = f => simpson(f, from, to);
  const mass = integral(relative);
  const average = top + integral(x => (x - top) * relative(x)) / mass;
  const moment = k => integral(x => (x - average) ** k * relative(x)) / mass;
  const variance = moment(2), margin = width / 20;
  const inside = sampled(x => relative(x) / mass, from, to);
  return {
    words: `normal (mean ${short(mean)}, standard deviation ${short(std)}) cut to ${short(low)} … ${short(high)}`,
    mean: average, std: Math.sqrt(variance), kurtosis: moment(4) / variance ** 2, extent: [from, to], accepted: (mass * Math.exp(-height)) / (std * Math.sqrt(2 * Math.PI)),
    bins: { low: from - margin, width: width / 80, count: 88 },
    curve: [[from - margin, 0], [from, 0], ...inside, [to, 0], [to + margin, 0]],
  };
}

/** @returns {Theory} */
export function integersTheory(low, high) {
  const n = high - low, step = Math.ceil(n / 60), count = Math.ceil(n / step), margin = Math.max(1, Math.round(n / 20));
  return {
    words: `each integer from ${short(low)} to ${short(high - 1)} alike`,
    mean: (low + high - 1) / 2, std: Math.sqrt((n * n - 1) / 12), kurtosis: n === 1 ? 1 : 3 - (6 * (n * n + 1)) / (5 * (n * n - 1)),
    bins: { low: low - 0.5, width: step, count },
    integers: [low, high], extent: [low, high - 1],
    curve: [[low - 0.5 - margin, 0], [low - 0.5, 0], [low - 0.5, 1 / n], [high - 0.5, 1 / n], [high - 0.5, 0], [high - 0.5 + margin, 0]],
  };
}

/** @returns {Theory} */
export function bernoulliTheory(p) {
  const variance = p * (1 - p);
  return {
    words: `1 with probability ${short(p)}, else 0`,
    mean: p, std: Math.sqrt(variance), kurtosis: variance === 0 ? 1 : 1 / variance - 3, bins: { low: -0.5, width: 1, count: 2 }, integers: [0, 2], extent: [0, 1],
    curve: [[-0.5, 0], [-0.5, 1 - p], [0.5, 1 - p], [0.5, p], [1.5, p], [1.5, 0]],
  };
}

/**
 * An element of a matrix that is uniform over the orthogonal ones: one coordinate of a point on the unit sphere in `n` dimensions, times the gain.
 * @returns {Theory}
 */
export function orthogonalTheory(n, gain) {
  const words = `an element of an orthogonal matrix: standard deviation ${short(gain / Math.sqrt(n))}`;
  const theory = { words, mean: 0, std: gain / Math.sqrt(n), kurtosis: (3 * n) / (n + 2), exactStd: true };
  const high = gain * Math.min(1, REACH / Math.sqrt(n)), bins = { low: -1.05 * high, width: (2.1 * high) / 84, count: 84 };
  if (n < 2) return { ...theory, bins };
  // Γ(n/2) / (√π Γ((n−1)/2)), by steps of two from 1/π (n = 2) or 1/2 (n = 3)
  let constant = n % 2 === 0 ? 1 / Math.PI : 1 / 2;
  for (let k = n % 2 === 0 ? 2 : 3; k < n; k += 2) constant *= k / (k - 1);
  const density = x => (constant / gain) * Math.max(1e-4, 1 - (x / gain) ** 2) ** ((n - 3) / 2);
  return { ...theory, bins, curve: sampled(density, -high, high) };
}

function sampled(density, low, high) {
  return Array.from({ length: POINTS + 1 }, (_, i) => {
    const x = low + ((high - low) * i) / POINTS;
    return [x, density(x)];
  });
}

function simpson(f, from, to, steps = 2000) {
  const h = (to - from) / steps;
  let sum = f(from) + f(to);
  for (let i = 1; i < steps; i++) sum += f(from + i * h) * (i % 2 === 0 ? 2 : 4);
  return (sum * h) / 3;
}
