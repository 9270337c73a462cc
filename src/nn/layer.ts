/** Dropout as a layer of a network: the backward pass draws its mask again. */
import { flag, toResult, type DTypeOf, type OutOf, type Target } from '../arguments.ts';
import type { BitGenerator, BitGeneratorState } from '../bitGenerator.ts';
import { checkOptions } from '../checks.ts';
import type { FloatDType } from '../dtype.ts';
import { rangeError } from '../errors.ts';
import type { Generator } from '../generator.ts';
import { NDArray } from '../ndarray.ts';
import { sameShape, toShape, type Size } from '../shape.ts';
import { rngOption } from './arguments.ts';
import { applyDropout, noiseOption, toFloats, toTargetLike, type Activations, type DropoutOptions } from './dropout.ts';
import { keepOption } from './mask.ts';

/** What a forward pass leaves for the backward pass: where its mask stands in the stream. */
interface Pass {
  shape: readonly number[];
  /** null where nothing was dropped: in evaluation. */
  place: { bitGenerator: BitGenerator; state: BitGeneratorState; noise: readonly number[] | undefined } | null;
}

/**
 * Dropout as a layer: `forward` drops while training and passes everything on in evaluation; `backward` applies the mask of the last forward pass to a
 * gradient. It keeps the place in the stream and not the mask, and draws the same bits from there again: no memory for masks.
 *
 * @example
 * const layer = new Dropout({ rate: 0.5, rng: defaultRng(42) });
 * const y = layer.forward(array([1, 2, 3, 4], 'float32')); // array([2., 0., 6., 0.], dtype=float32)
 * layer.backward(array([1, 1, 1, 1], 'float32')); // array([2., 0., 2., 0.], dtype=float32)
 * layer.eval().forward(y) === y; // true
 */
export class Dropout {
  /** The probability of keeping an element. */
  readonly keep: number;
  private readonly noiseShape: Size | undefined;
  private readonly rng: Generator | undefined;
  private isTraining = true;
  private last: Pass | undefined;
  /** Draws masks again; on a bit generator of the class that drew them. */
  private again: BitGenerator | undefined;

  /**
   * @param options keep or rate, exactly one, in [0, 1]; noiseShape, a shape that broadcasts to that of every x; rng, without which each forward pass draws from the
   *   generator that `seed` of `ndrand` seeds
   * @throws TypeError where both keep and rate are given or neither; RangeError for one outside [0, 1]
   */
  constructor(options: DropoutOptions) {
    const known = checkOptions(options, ['keep', 'rate', 'noiseShape', 'rng']);
    this.keep = keepOption(known);
    this.noiseShape = known.noiseShape === undefined ? undefined : toShape(known.noiseShape, 'noiseShape');
    this.rng = known.rng === undefined ? undefined : rngOption(known);
  }

  /** Is the layer training: does `forward` drop? */
  get training(): boolean {
    return this.isTraining;
  }

  /** Goes to training, or with `false` to evaluation. @example new Dropout({ keep: 0.8 }).train(false).training; // false */
  train(mode = true): this {
    this.isTraining = flag('mode', mode, true);
    return this;
  }

  /** Goes to evaluation: `forward` gives what it gets. */
  eval(): this {
    return this.train(false);
  }

  /**
   * x with dropout while training; x itself in evaluation, on the same memory unless `out` is given.
   *
   * @param x a Float32Array, Float64Array or NDArray of those
   * @param options out, of x's dtype and shape, or x itself
   * @throws TypeError, RangeError; nothing is drawn then, and the pass before stays the last
   */
  forward<D extends FloatDType>(x: NDArray<D>, options?: { out?: OutOf<D> }): NDArray<D>;
  forward<O extends Activations>(x: O, options?: { out?: OutOf<DTypeOf<O>> }): NDArray<DTypeOf<O>>;
  forward(x: unknown, options?: unknown): NDArray {
    const known = checkOptions(options, ['out']), array = toFloats('x', x), { shape } = array;
    const noise = noiseOption({ noiseShape: this.noiseShape }, shape);
    if (!this.isTraining) return this.pass({ shape, place: null }, array, known.out === undefined ? undefined : toTargetLike(array, known));
    const target = toTargetLike(array, known), { bitGenerator } = rngOption({ rng: this.rng });
    return this.pass({ shape, place: { bitGenerator, state: bitGenerator.state, noise } }, array, target, bitGenerator);
  }

  /**
   * The gradient by x of the last forward pass: `gradient` times its mask, by the same bits; the gradient itself after a pass in evaluation.
   *
   * @param gradient by the pass's result, of its shape, in either float dtype
   * @param options out, of the gradient's dtype and shape, or the gradient itself
   * @throws TypeError without a forward pass before; RangeError for another shape than its x
   */
  backward<D extends FloatDType>(gradient: NDArray<D>, options?: { out?: OutOf<D> }): NDArray<D>;
  backward<O extends Activations>(gradient: O, options?: { out?: OutOf<DTypeOf<O>> }): NDArray<DTypeOf<O>>;
  backward(gradient: unknown, options?: unknown): NDArray {
    const known = checkOptions(options, ['out']), array = toFloats('gradient', gradient), { last } = this;
    if (last === undefined) throw new TypeError('backward: got no forward pass, takes one before it');
    // a plain typed array is taken in the shape of x
    const isPlain = !(gradient instanceof NDArray) && array.size === last.shape.reduce((a, b) => a * b, 1);
    if (!isPlain && !sameShape(array.shape, last.shape)) throw rangeError('gradient', gradient, `the shape of x, [${last.shape.join(', ')}]`);
    const shaped = isPlain ? array.reshape(last.shape) : array;
    if (last.place === null) return this.pass(last, shaped, known.out === undefined ? undefined : toTargetLike(shaped, known));
    return this.pass(last, shaped, toTargetLike(shaped, known), this.at(last.place));
  }

  /** A bit generator at a recorded place. */
  private at({ bitGenerator, state }: NonNullable<Pass['place']>): BitGenerator {
    const Class = bitGenerator.constructor as new (seed: number) => BitGenerator;
    if (!(this.again instanceof Class)) this.again = new Class(0);
    this.again.state = state;
    return this.again;
  }

  private pass(pass: Pass, x: NDArray<FloatDType>, target: Target<FloatDType> | undefined, generator?: BitGenerator): NDArray {
    if (target !== undefined) {
      if (pass.place === null) (target.data as Float64Array).set(x.data as Float64Array);
      else applyDropout(generator!, x, target, this.keep, pass.place.noise);
    }
    this.last = pass;
    return target === undefined ? x : (toResult(target) as NDArray);
  }
}
