/** Mean and standard deviation of a tensor, and whether they are what they should be. */

/** @typedef {{ mean: number, std: number }} Moments */
/** @typedef {{ mean: number, std: number, meanError: number, stdError: number }} Expected one standard error of each */

/** How far off a measured value may be, in standard errors: 5 are passed by chance once in 1.7 million. */
export const LIMIT = 5;

// A block this long stays in the cache for its second reading.
const BLOCK = 4096;
// Half a unit in the last place of a float32 near 1, twice over: what rounding every element may do to a mean.
const FLOAT32_EPSILON = 2 ** -23;

/**
 * Mean and standard deviation (of the values themselves, dividing by n) in float64, in one pass over memory. Each block is
 * centred on its own mean and the blocks are merged (Chan, Golub and LeVeque 1979), so no large sums cancel.
 * @param {ArrayLike<number>} data at least one element
 * @returns {Moments}
 */
export function moments(data) {
  let count = 0;
  let mean = 0;
  let squares = 0; // about the mean
  for (let start = 0; start < data.length; start += BLOCK) {
    const end = Math.min(start + BLOCK, data.length);
    const n = end - start;
    let sum = 0;
    for (let i = start; i < end; i++) sum += data[i];
    const blockMean = sum / n;
    let blockSquares = 0;
    for (let i = start; i < end; i++) blockSquares += (data[i] - blockMean) * (data[i] - blockMean);
    const apart = blockMean - mean;
    const total = count + n;
    mean += (apart * n) / total;
    squares += blockSquares + ((apart * apart * count) / total) * n;
    count = total;
  }
  return { mean, std: Math.sqrt(squares / count) };
}

/**
 * What theory says of `size` values of an initialisation.
 * @param {import('./table.mjs').Init} init
 * @param {number} size
 * @returns {Expected}
 */
export function expectedOf(init, size) {
  switch (init.type) {
    case 'normal': return expected(init.mean, init.std, 3, size);
    case 'uniform': return expected((init.low + init.high) / 2, (init.high - init.low) / Math.sqrt(12), 1.8, size);
    case 'constant': return { mean: Math.fround(init.value), std: 0, meanError: 0, stdError: 0 };
  }
}

/**
 * What theory says of a mask of `size` zeros and ones, each one with probability `keep`.
 * @param {number} keep
 * @param {number} size
 * @returns {Expected}
 */
export function expectedOfMask(keep, size) {
  const std = Math.sqrt(keep * (1 - keep));
  // Two elements of slack: where ones or zeros are few, their number's tail is longer than a normal's.
  const meanError = std === 0 ? 0 : std / Math.sqrt(size) + 2 / (size * LIMIT);
  // The deviation of zeros and ones follows from their mean: the furthest it goes while the mean is within the limit.
  const furthest = [keep - LIMIT * meanError, keep + LIMIT * meanError].map(p => Math.sqrt(Math.max(0, p * (1 - p))));
  return { mean: keep, std, meanError, stdError: Math.max(...furthest.map(value => Math.abs(value - std))) / LIMIT };
}

/**
 * A standard deviation has the standard error σ·√((κ − 1) / 4n), κ being the kurtosis. Rounding each value to a float32
 * is allowed for.
 */
function expected(mean, std, kurtosis, size) {
  const rounding = (FLOAT32_EPSILON * (Math.abs(mean) + std)) / LIMIT;
  return { mean, std, meanError: std / Math.sqrt(size) + rounding, stdError: std * Math.sqrt((kurtosis - 1) / (4 * size)) + rounding };
}

/**
 * What is off, in words: nothing where both values are within the limit.
 * @param {Moments} measured
 * @param {Expected} due
 * @returns {string[]}
 */
export function whatIsOff(measured, due) {
  return /** @type {const} */ (['mean', 'std']).flatMap(key => {
    const error = due[`${key}Error`];
    const off = Math.abs(measured[key] - due[key]);
    if (off <= LIMIT * error) return [];
    return [`${key} is ${measured[key]}, should be ${due[key]}${error > 0 ? `: ${(off / error).toFixed(1)} standard errors off` : ' exactly'}`];
  });
}
