/** What a worker does: it makes a kernel by its recipe and draws a slice of a fill. */
import { constructorOf, type DataOf, type FloatDType, type TypedArray } from '../dtype.ts';
import { affineEachKernel, normalLaw, uniformLaw, type Affine } from '../affine.ts';
import { takeFrom } from '../broadcast.ts';
import { fillArray, type Kernel, type Recipe } from '../fill.ts';
import { integersEachKernel, integersKernel, type DrawnDType } from '../integers.ts';
import { affineKernel, bernoulliEachKernel, bernoulliKernel, normalKernel, unitKernel } from '../kernels.ts';
import { parts, wholeParts } from '../distributions.ts';
import { dropoutKernel } from '../nn/dropout.ts';
import { scaledKernel } from '../nn/mask.ts';
import { truncatedKernel } from '../nn/truncatedNormal.ts';
import { PCG32, PCG32DXSM } from '../pcg32.ts';
import type { Job } from './job.ts';

const arrays = { Float64Array, Float32Array, BigInt64Array };

const generators = { PCG32: new PCG32(0), PCG32DXSM: new PCG32DXSM(0) };

/** As these kernels are on the generators above. */
const ours = { isNumPy: false };

/** Every maker that a recipe may name. */
const makers: Record<string, (given: never, inputs: readonly TypedArray[]) => Kernel> = {
  unit: ([dtype]: [FloatDType]) => unitKernel(dtype),
  normal: ([dtype]: [FloatDType]) => normalKernel(dtype, ours),
  affineEach: ([spans, recipe]: [boolean, Recipe], inputs) => affineEachKernel(spans ? uniformLaw : normalLaw, kernelOf(recipe), inputs.map(takeFrom), false),
  affine: ([recipe, affine]: [Recipe, Affine]) => affineKernel(kernelOf(recipe), affine),
  bernoulli: ([p, dtype]: [number, 'uint8' | 'float32']) => bernoulliKernel(p, dtype, ours),
  bernoulliEach: (_, [p]) => bernoulliEachKernel(takeFrom(p), ours),
  scaled: ([recipe, keep]: [Recipe, number]) => scaledKernel(kernelOf(recipe), keep),
  integers: ([first, values, container]: [bigint, bigint, DrawnDType]) => integersKernel(ours, first, values, container),
  integersEach: ([words, container, reals]: [number, DrawnDType, boolean], inputs) => {
    const takes = inputs.map(takeFrom), cells = reals ? parts : wholeParts;
    return integersEachKernel(n => takes.forEach((take, k) => take(cells[k], 0, n)), undefined, words, container, reals);
  },
  truncated: ([mean, std, low, high, dtype]: [number, number, number, number, FloatDType]) => truncatedKernel(mean, std, low, high, dtype),
  dropout: ([dtype, keep]: [FloatDType, number], [x]) => dropoutKernel(x as DataOf<FloatDType>, dtype, keep),
};

function kernelOf([maker, ...given]: Recipe, inputs: readonly TypedArray[] = []): Kernel {
  return makers[maker](given as never, inputs);
}

/** Draws a job's slice; gives the memory to hand back. */
export function fill({ state, recipe, dtype, start, count, shared, buffer, inputs }: Job): ArrayBuffer | undefined {
  const generator = generators[state.bitGenerator as keyof typeof generators], { buffer: memory, offset } = shared ?? { buffer: buffer!, offset: 0 };
  const kernel = kernelOf(recipe, inputs.map(({ type, buffer, offset }) => new arrays[type](buffer as ArrayBuffer, offset, count)));
  generator.state = state as never;
  generator.skip(kernel, BigInt(start));
  fillArray(generator, kernel, new (constructorOf(dtype))(memory, offset, count));
  return buffer;
}
