/** Orthogonal initialisation: uniformly random matrices with orthonormal rows or columns. */
import { toResult } from '../arguments.ts';
import { checkOptions } from '../checks.ts';
import type { FloatDType } from '../dtype.ts';
import { rangeError } from '../errors.ts';
import { fillArray } from '../fill.ts';
import { normalKernel } from '../kernels.ts';
import type { NDArray } from '../ndarray.ts';
import { sizeOf, toShape } from '../shape.ts';
import { checkWithin, INITIALIZER, rngOption, toWeights, type SerialInitializer } from './arguments.ts';
import { nn, separate, SEPARATE_BYTES } from './engine.ts';
import { layoutOption, type Layout } from './fans.ts';

/**
 * Orthogonal: a random matrix whose rows, or columns where there are more rows, are orthonormal, times gain; uniform over all such
 * matrices (Haar measure). As `torch.nn.init.orthogonal_` and Keras's Orthogonal.
 *
 * The matrix is [out, in · field] for layout 'oi', and [field · in, out] for 'io'. It is the Q of a QR decomposition by Householder
 * reflections, in float64, its columns times the signs of R's diagonal; float32 is that rounded. It draws as many float64 standard normals
 * as the shape has elements, vector by vector of those that become orthonormal. [512, 512] takes 30 ms, and 3 MB while it runs.
 *
 * @param shape at least 2 dimensions, none of them 0
 * @param options gain = 1, any finite number; layout = 'oi' ([out, in, …field], PyTorch) or 'io' ([…field, in, out], Keras, tfjs);
 *   rng, dtype, out
 * @throws RangeError for fewer dimensions, a dimension of 0, a matrix past 4 GiB or the platform's memory, an unknown layout; TypeError or
 *   RangeError for a gain that is no finite number within the dtype
 * @see Saxe, McClelland and Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks", ICLR 2014
 * @see Mezzadri, "How to generate random matrices from the classical compact groups", Notices of the AMS 54 (2007), 592–604: the signs
 * @example
 * const [a, b] = orthogonal([2, 3], { dtype: 'float64' }).toArray();
 * Math.abs(a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) < 1e-14; // true
 */
export const orthogonal = ((shape: unknown, given: unknown): NDArray => {
  const options = checkOptions(given, [...INITIALIZER, 'gain', 'layout']), { bitGenerator } = rngOption(options);
  const dimensions = toShape(shape, 'shape'), { length } = dimensions;
  if (length < 2) throw rangeError('shape', shape, 'at least 2 dimensions');
  if (dimensions.includes(0)) throw rangeError('shape', shape, 'dimensions above 0');
  const split = layoutOption(options.layout) === 'oi' ? 1 : length - 1;
  const rows = sizeOf(dimensions.slice(0, split)), columns = sizeOf(dimensions.slice(split));
  // a wide matrix is decomposed as its transpose
  const isWide = rows < columns, long = Math.max(rows, columns), short = Math.min(rows, columns), bytes = nn.qrBytes(long, short);
  if (bytes > SEPARATE_BYTES) throw rangeError('shape', shape, 'a matrix that takes less than 4 GiB in float64, working space included');
  const weights = toWeights(shape, options), { data, dtype } = weights, { gain = 1 } = options, factor = checkWithin('gain', gain, dtype);
  const job = separate(bytes);
  if (job === null) {
    throw new RangeError(`shape: ${rows} × ${columns} elements with working space (${bytes} bytes) are more than this platform can allocate`);
  }

  const { kernels, buffer, at } = job, stride = kernels.qrBegin(at, long, short), normal = normalKernel('float64', bitGenerator);
  for (let j = 0; j < short; j++) fillArray(bitGenerator, normal, new Float64Array(buffer, at + j * stride, long));
  kernels.qrRun();
  const most = kernels.qrMost(isWide), take = dtype === 'float32' ? kernels.qrTake32 : kernels.qrTake64;
  const View = dtype === 'float32' ? Float32Array : Float64Array;
  for (let row = 0; row < rows; row += most) {
    const end = Math.min(row + most, rows);
    // an address past 2^31 comes as a negative number
    data.set(new View(buffer, take(row, end, factor, isWide) >>> 0, (end - row) * columns), row * columns);
  }
  return toResult<FloatDType>(weights) as NDArray;
}) as SerialInitializer<{ gain?: number; layout?: Layout }>;
