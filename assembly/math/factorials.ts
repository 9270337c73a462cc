/** Logarithms of factorials, as NumPy has them. */
import { log } from './libm/log';
import { add, low } from './libm/double';
import { logPair, logTail } from './libm/pow';

/** ln Γ(x), x ≥ 1: numpy/random/src/distributions/distributions.c, there after Zhang and Jin, "Computation of special functions", 1996. */
export function logGamma(x: f64): f64 {
  if (x == 1 || x == 2) return 0;
  // by recurrence from an argument of at least 7
  const steps = x < 7 ? <i32>(7 - x) : 0;
  let y = x + steps;
  const z = (1 / y) * (1 / y);
  const series = ((((((((-1.39243221690590e+00 * z + 1.796443723688307e-01) * z + -2.955065359477124e-02) * z + 6.410256410256410e-03) * z +
    -1.917526917526918e-03) * z + 8.417508417508418e-04) * z + -5.952380952380952e-04) * z + 7.936507936507937e-04) * z + -2.777777777777778e-03) * z +
    8.333333333333333e-02;
  let sum = series / y + 0.5 * 1.8378770664093453e+00 + (y - 0.5) * log(y) - y; // ln 2π
  for (let i = 0; i < steps; i++) {
    y -= 1;
    sum -= log(y);
  }
  return sum;
}

/** Of how many the logarithms are in a table: logfactorial.c's. */
const FEW: i64 = 126;

// @ts-ignore: decorator
@lazy const LOGS: usize = memory.data(1008, 8);

/** Sums of logarithms in two words: rounded, they are logfactorial.c's figures. After `buildTables`. */
export function buildFactorials(): void {
  let sum: f64 = 0, tail: f64 = 0;
  for (let k: usize = 2; k < <usize>FEW; k++) {
    const term = logPair(reinterpret<u64>(<f64>k));
    sum = add(sum, tail, term, logTail);
    tail = low;
    store<f64>(LOGS + (k << 3), sum);
  }
}

/** ln k!, k ≥ 0: numpy/random/src/distributions/logfactorial.c, by Stirling's series where it is not in the table. */
export function logFactorial(k: i64): f64 {
  if (k < FEW) return load<f64>(LOGS + (<usize>k << 3));
  const x = <f64>k;
  return (x + 0.5) * log(x) - x + (0.9189385332046728 + (1 / x) * (1.0 / 12.0 - 1 / (360 * x * x))); // ½ ln 2π
}
