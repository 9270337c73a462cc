/** Fan-in, fan-out and gain: what scales an initialiser. */
import { checkFinite } from '../checks.ts';
import { rangeError, typeError } from '../errors.ts';
import { sizeOf, toShape } from '../shape.ts';
import { nameOption } from './arguments.ts';

/** How a weight's axes stand: 'oi' is PyTorch's [out, in, …], 'io' is Keras's and tfjs's […, in, out]. */
export type Layout = 'oi' | 'io';

/** The option `layout`. */
export function layoutOption(layout: unknown): Layout {
  return nameOption('layout', layout, ['oi', 'io'], 'oi');
}

/** Inputs and outputs of a unit. */
export interface Fans {
  fanIn: number;
  fanOut: number;
}

/**
 * The number of inputs each output of a weight depends on, and of outputs each input reaches: the channels times the receptive field.
 *
 * @param shape at least 2 dimensions, none of them 0: dense [out, in] or convolution [out, in, …field] in layout 'oi' (PyTorch), [in, out] or […field, in, out] in 'io' (Keras, tfjs)
 * @throws RangeError for fewer dimensions, a dimension of 0 or an unknown layout
 * @see PyTorch's torch/nn/init.py, `_calculate_fan_in_and_fan_out`
 * @example
 * fans([64, 3, 7, 7]); // { fanIn: 147, fanOut: 3136 }
 * fans([7, 7, 3, 64], 'io'); // { fanIn: 147, fanOut: 3136 }
 */
export function fans(shape: readonly number[], layout: Layout = 'oi'): Fans {
  const order = layoutOption(layout), dimensions = toShape(shape, 'shape'), { length } = dimensions;
  if (length < 2) throw rangeError('shape', shape, 'at least 2 dimensions, inputs and outputs');
  if (dimensions.includes(0)) throw rangeError('shape', shape, 'dimensions above 0: fan-in and fan-out count them');
  if (order === 'oi') {
    const field = sizeOf(dimensions.slice(2));
    return { fanIn: dimensions[1] * field, fanOut: dimensions[0] * field };
  }
  const field = sizeOf(dimensions.slice(0, -2));
  return { fanIn: dimensions[length - 2] * field, fanOut: dimensions[length - 1] * field };
}

/** Which fan scales the variance. */
export type Mode = 'fanIn' | 'fanOut' | 'fanAvg';

/** The fan of a mode. */
export function fanOf({ fanIn, fanOut }: Fans, mode: unknown, otherwise: Mode): number {
  const name = nameOption('mode', mode, ['fanIn', 'fanOut', 'fanAvg'], otherwise);
  if (name === 'fanAvg') return (fanIn + fanOut) / 2;
  return name === 'fanIn' ? fanIn : fanOut;
}

/** The gains that take no parameter. */
const gains = {
  linear: 1, identity: 1, sigmoid: 1, conv1d: 1, conv2d: 1, conv3d: 1, convTranspose1d: 1, convTranspose2d: 1, convTranspose3d: 1,
  tanh: 5 / 3, relu: Math.SQRT2, selu: 3 / 4,
} as const;

/** What follows a layer. */
export type Nonlinearity = keyof typeof gains | 'leakyRelu';

/**
 * The gain of a nonlinearity, as PyTorch recommends: what the standard deviation of the weights before it is multiplied by to keep the
 * activations' variance. linear, identity, sigmoid and convolutions 1, tanh 5/3, relu √2, leakyRelu √(2 / (1 + a²)), selu 3/4.
 *
 * @param nonlinearity one of those names; PyTorch's spelling (leaky_relu, conv_transpose2d) will do
 * @param a the negative slope of leakyRelu, 0.01 by default
 * @throws RangeError for an unknown name, TypeError or RangeError for a slope that is no finite number, or one given to another nonlinearity
 * @see PyTorch's torch/nn/init.py, `calculate_gain`
 * @example
 * calculateGain('tanh') === 5 / 3; // true
 * calculateGain('leakyRelu', 1); // 1
 */
export function calculateGain(nonlinearity: Nonlinearity | (string & {}), a?: number): number {
  return gainOf(nonlinearity, a, 0.01);
}

/** The same, with leakyRelu's slope where `a` is not given. */
export function gainOf(nonlinearity: unknown, a: unknown, otherwise: number): number {
  const names = () => `one of ${[...Object.keys(gains), 'leakyRelu'].join(', ')}`;
  if (typeof nonlinearity !== 'string') throw typeError('nonlinearity', nonlinearity, names());
  const name = nonlinearity.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const isLeaky = name === 'leakyRelu', slope = a === undefined ? otherwise : checkFinite('a', a);
  if (isLeaky) return Math.sqrt(2 / (1 + slope * slope));
  if (!Object.hasOwn(gains, name)) throw rangeError('nonlinearity', nonlinearity, names());
  if (a !== undefined) throw rangeError('a', a, `nothing with ${nonlinearity}: it is the slope of leakyRelu`);
  return gains[name as keyof typeof gains];
}
