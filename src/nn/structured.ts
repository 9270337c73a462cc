/** Initialisers with a pattern: sparse columns, the identity of dense and of convolution layers. */
import { toResult } from '../arguments.ts';
import { checkOptions, checkProbability } from '../checks.ts';
import type { FloatDType } from '../dtype.ts';
import { rangeError, typeError } from '../errors.ts';
import { fillArray } from '../fill.ts';
import { affineKernel, normalKernel } from '../kernels.ts';
import type { NDArray } from '../ndarray.ts';
import { stridesOf } from '../shape.ts';
import { anywhere, checkStd, checkWithin, INITIALIZER, rngOption, toWeights, type DemandingSerialInitializer, type Initializer } from './arguments.ts';
import { layoutOption, type Layout } from './fans.ts';

/**
 * Sparse: each input reaches a random set of outputs by normal weights, all others are 0. As in `torch.nn.init.sparse_`, the columns of [out, in] have
 * ⌈sparsity · out⌉ zeros each; with layout 'io' the rows of [in, out] do.
 *
 * @param shape 2 dimensions
 * @param options sparsity, the share of zeros, in [0, 1], which has no default; std = 0.01; layout = 'oi'; rng, dtype, out
 * @throws RangeError for another number of dimensions, a sparsity outside [0, 1], a negative std
 * @see Martens, "Deep learning via Hessian-free optimization", ICML 2010
 * @example
 * sparse([10, 3], { sparsity: 0.9 }).data.filter(weight => weight !== 0).length; // 3
 */
export const sparse = ((shape: unknown, given: unknown): NDArray => {
  const options = checkOptions(given, [...INITIALIZER, 'sparsity', 'std', 'layout']), rng = rngOption(options), { std = 0.01 } = options;
  const weights = toWeights(shape, options), byColumn = layoutOption(options.layout) === 'oi', scale = checkStd(std, weights.dtype);
  if (options.sparsity === undefined) throw typeError('sparsity', undefined, 'a number in [0, 1]');
  const share = checkProbability('sparsity', options.sparsity);
  if (weights.shape.length !== 2) throw rangeError('shape', shape, 'two dimensions');
  const [rows, columns] = weights.shape, [outputs, inputs] = byColumn ? [rows, columns] : [columns, rows], zeros = Math.ceil(share * outputs);
  fillArray(rng.bitGenerator, affineKernel(normalKernel(weights.dtype, rng.bitGenerator), { scale, offset: 0, most: Infinity }), weights.data);
  const [outputStep, inputStep] = byColumn ? [inputs, 1] : [1, outputs];
  for (let input = 0; input < inputs && zeros > 0; input++) {
    for (const output of rng.choice(outputs, zeros, { replace: false, shuffle: false }).data) weights.data[Number(output) * outputStep + input * inputStep] = 0;
  }
  return toResult<FloatDType>(weights) as NDArray;
}) as DemandingSerialInitializer<{ sparsity: number; std?: number; layout?: Layout }>;

/**
 * The identity matrix, or its rectangular part: `torch.nn.init.eye_`, Keras's Identity. Options gain = 1; dtype, out.
 *
 * @param shape 2 dimensions
 * @throws RangeError for another number of dimensions
 * @example
 * eye([2, 3]).toArray(); // [[1, 0, 0], [0, 1, 0]]
 */
export const eye: Initializer<{ gain?: number }> = anywhere((shape, given) => {
  const options = checkOptions(given, [...INITIALIZER, 'gain']), { gain = 1 } = options;
  rngOption(options);
  const weights = toWeights(shape, options), value = checkWithin('gain', gain, weights.dtype);
  if (weights.shape.length !== 2) throw rangeError('shape', shape, 'two dimensions');
  const [rows, columns] = weights.shape;
  weights.data.fill(0);
  for (let i = 0; i < Math.min(rows, columns); i++) weights.data[i * columns + i] = value;
  return toResult<FloatDType>(weights) as NDArray;
});

/**
 * Dirac: a convolution that passes its input on, as many channels as it can: `torch.nn.init.dirac_`. The kernel's middle is 1 for each output channel and the input
 * channel of its place, in each group.
 *
 * @param shape 3 to 5 dimensions: [out, in, …field] in layout 'oi', […field, in, out] in 'io'
 * @param options groups = 1, which divides the output channels; layout = 'oi'; dtype, out
 * @throws RangeError for another number of dimensions, or groups that do not divide the output channels
 * @example
 * dirac([1, 1, 3]).toArray(); // [[[0, 1, 0]]]
 */
export const dirac: Initializer<{ groups?: number; layout?: Layout }> = anywhere((shape, given) => {
  const options = checkOptions(given, [...INITIALIZER, 'groups', 'layout']), { groups = 1 } = options;
  rngOption(options);
  const weights = toWeights(shape, options), isOi = layoutOption(options.layout) === 'oi', { length } = weights.shape;
  if (length < 3 || length > 5) throw rangeError('shape', shape, '3 to 5 dimensions: two of channels, the rest the field');
  const [outAxis, inAxis, field] = isOi ? [0, 1, 2] : [length - 1, length - 2, 0];
  const outputs = weights.shape[outAxis], inputs = weights.shape[inAxis], strides = stridesOf(weights.shape);
  if (typeof groups !== 'number') throw typeError('groups', groups, 'a positive integer');
  if (!Number.isInteger(groups) || groups < 1 || outputs % groups !== 0) throw rangeError('groups', groups, `a positive integer that divides the ${outputs} output channels`);
  weights.data.fill(0);
  let middle = 0;
  for (let axis = field; axis < field + length - 2; axis++) middle += Math.floor(weights.shape[axis] / 2) * strides[axis];
  const perGroup = outputs / groups;
  if (weights.data.length > 0) {
    for (let group = 0; group < groups; group++) {
      for (let d = 0; d < Math.min(perGroup, inputs); d++) weights.data[(group * perGroup + d) * strides[outAxis] + d * strides[inAxis] + middle] = 1;
    }
  }
  return toResult<FloatDType>(weights) as NDArray;
});
