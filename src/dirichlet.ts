/** Dirichlet's distribution, made of gammas or betas. See: numpy/random/_generator.pyx and mtrand.pyx. */
import { sizeArgument, toResult, toTarget } from './arguments.ts';
import type { BitGenerator } from './bitGenerator.ts';
import { isParameters, toParameters } from './broadcast.ts';
import type { Options } from './checks.ts';
import { anyNumber, drawReals, laws, parameter, parts, type Law } from './distributions.ts';
import { kernels, out } from './engine.ts';
import { rangeError, typeError } from './errors.ts';
import { fillArray, plainKernel } from './fill.ts';
import { legacyLaws } from './legacyDistributions.ts';
import { NDArray } from './ndarray.ts';
import { toShape } from './shape.ts';

/** The longest row that the engine makes: fillRows in assembly/distributions/gamma.ts. */
const MOST = 2048;

/** Draws; `legacy`: as RandomState does, which takes no alpha of 0 and has gammas only. */
export function drawDirichlet(generator: BitGenerator, alpha: unknown, size: unknown, options: Options, legacy = false): NDArray<'float64'> {
  const takes = `numbers ${legacy ? 'above' : 'of at least'} 0`;
  if (!isParameters(alpha)) throw typeError('alpha', alpha, `an array of ${takes}`);
  const { data: read, shape: [k, ...more] } = toParameters('alpha', alpha, false, (value, place) => {
    if (typeof value !== 'number' && typeof value !== 'bigint') throw typeError(`alpha${place()}`, value, takes);
    if (legacy ? value <= 0 : value < 0) throw rangeError(`alpha${place()}`, value, takes);
    return Number(value);
  });
  if (more.length > 0) throw rangeError('alpha', alpha, `one dimension of ${takes}`);
  const wanted = sizeArgument(size, options), { size: _, ...rest } = options, data = read as Float64Array;
  const whole = wanted === undefined && options.out !== undefined ? undefined : [...(wanted === undefined ? [] : toShape(wanted)), k];
  const target = toTarget(whole, rest, ['float64'], 'float64'), all = target.data.length;
  if (target.shape!.at(-1) !== k) throw rangeError('out', options.out, `an array of rows of ${k}`);
  /** Draws by a law of anything, its parameters those of each row. */
  const draw = ({ fill }: Law, into: Float64Array, ...columns: Float64Array[]): void => {
    if (into.length === 0) return;
    const named = columns.map(() => parameter('alpha', anyNumber));
    drawReals(generator, { fill, parameters: named }, columns, undefined, { out: new NDArray(into, [into.length / columns[0].length, columns[0].length], 'float64') });
  };

  if (!legacy && data.every(value => value < 0.1)) {
    // a stick is broken until nothing is left of alpha
    const after = new Float64Array(k + 1);
    for (let j = k - 1; j >= 0; j--) after[j] = after[j + 1] + data[j];
    const last = after[0] === 0 ? -1 : after.indexOf(0, 1), m = Math.max(0, Math.min(last, k - 1));
    const betas = new Float64Array(k === 0 ? 0 : all / k * m);
    draw(laws.beta, betas, data.slice(0, m), after.slice(1, m + 1));
    target.data.fill(0);
    for (let i = 0, at = 0; i < all && last >= 0; i += k) {
      let left = 1;
      for (let j = 0; j < m; j++, at++) {
        target.data[i + j] = left * betas[at];
        left *= 1 - betas[at];
      }
      target.data[i + k - 1] = left;
    }
  } else if (k > 0 && k <= MOST) {
    fillArray(generator, plainKernel(out.float64, n => {
      parts[0].set(data);
      kernels.setLegacy(legacy);
      kernels.fillRows(n / k, k);
      kernels.setLegacy(false);
    }, Math.floor(parts[0].length / k) * k), target.data);
  } else {
    draw(legacy ? legacyLaws.standardGamma : laws.standardGamma, target.data, data);
    for (let i = 0; i < all; i += k) {
      let sum = 0;
      for (let j = 0; j < k; j++) sum += target.data[i + j];
      const inverse = 1 / sum;
      for (let j = 0; j < k; j++) target.data[i + j] *= inverse;
    }
  }
  return toResult(target) as NDArray<'float64'>;
}
