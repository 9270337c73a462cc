/** The bulk kernels with their parameters checked and set: what a method's arguments mean to the engine. */
import { kernels, out, OUT_BYTES } from './engine.ts';
import { takeAll, type Take } from './broadcast.ts';
import type { Affine } from './affine.ts';
import type { FloatDType } from './dtype.ts';
import { plainKernel, type Kernel } from './fill.ts';

const uniform32: Kernel = { ...plainKernel(out.float32, kernels.fillUniform32), words: 1, recipe: ['unit', 'float32'] };
const uniform64: Kernel = { ...plainKernel(out.float64, kernels.fillUniform64), words: 2, recipe: ['unit', 'float64'] };
const normal32: Kernel = { ...plainKernel(out.float32, kernels.fillNormal32), kind: 'normal32', words: 2, recipe: ['normal', 'float32'] };
const normal64: Kernel = { ...plainKernel(out.float64, kernels.fillNormal64), kind: 'normal64', words: 4, recipe: ['normal', 'float64'] };
const ziggurat32 = plainKernel(out.float32, kernels.zigguratNormal32);
const ziggurat64 = plainKernel(out.float64, kernels.zigguratNormal64);
/** Standard exponentials: −ln u. */
export const exponential64 = plainKernel(out.float64, kernels.fillExponential64);

/** Uniforms in [0, 1). */
export function unitKernel(dtype: FloatDType): Kernel {
  return dtype === 'float32' ? uniform32 : uniform64;
}

/** How normals are made: see Generator.standardNormal. */
export const normalMethods = ['box-muller', 'ziggurat'] as const;

/** Standard normals: the method is by default that of the generator. */
export function normalKernel(dtype: FloatDType, { isNumPy }: { isNumPy: boolean }, method: (typeof normalMethods)[number] = isNumPy ? 'ziggurat' : 'box-muller'): Kernel {
  if (method === 'ziggurat') return dtype === 'float32' ? ziggurat32 : ziggurat64;
  const pairs = dtype === 'float32' ? normal32 : normal64;
  // the states of NumPy's generators have no place for half a pair: the rest of it is dropped
  return isNumPy ? { ...pairs, kind: null } : pairs;
}

/** How exponentials are made: see Generator.standardExponential. */
export const exponentialMethods = ['ziggurat', 'inverse'] as const;

/** Standard exponentials, as NumPy has them. */
export function exponentialKernel(dtype: FloatDType, method: (typeof exponentialMethods)[number]): Kernel {
  const single = dtype === 'float32';
  const run = method === 'inverse' ? (single ? kernels.inverseExponential32 : kernels.inverseExponential64) : single ? kernels.zigguratExponential32 : kernels.zigguratExponential64;
  return plainKernel(single ? out.float32 : out.float64, run);
}

/** A float kernel followed by an affine map in its own precision. */
export function affineKernel(kernel: Kernel, { scale, offset, most }: Affine): Kernel {
  const map = kernel.view === out.float32 ? kernels.affine32 : kernels.affine64;
  return {
    ...kernel,
    recipe: ['affine', kernel.recipe, { scale, offset, most }],
    run(n, at) {
      kernel.run(n, at);
      map(n, scale, offset, most);
    },
  };
}

/** `random() < p`, a double each, as bytes or float32 where the doubles were. */
function plainMask(dtype: 'uint8' | 'float32', before: (n: number) => ArrayLike<number>): Kernel {
  const { float64 } = out, view = out[dtype];
  return plainKernel(view, n => {
    kernels.fillUniform64(n);
    const p = before(n), step = p.length > 1 ? 1 : 0;
    for (let i = 0; i < n; i++) view[i] = float64[i] < p[i * step] ? 1 : 0;
  }, each.length);
}

/** Masks: bytes, or float32, of 0 and 1. Over NumPy's generators plainly `random() < p`. */
export function bernoulliKernel(p: number, dtype: 'uint8' | 'bool' | 'float32', { isNumPy }: { isNumPy: boolean }): Kernel {
  if (isNumPy) return plainMask(dtype === 'float32' ? dtype : 'uint8', () => [p]);
  const float = dtype === 'float32';
  const run = float ? kernels.fillBernoulli32 : kernels.fillBernoulli8;
  return { ...plainKernel(float ? out.float32 : out.uint8, n => run(n, p)), kind: 'bernoulli', words: 1, recipe: ['bernoulli', p, dtype] };
}

/** The upper half of the output block, where probabilities wait. */
const each = out.float64.subarray(OUT_BYTES / 16);

/** Masks with a probability an element, taken in turn: bytes. */
export function bernoulliEachKernel(take: Take, { isNumPy }: { isNumPy: boolean }): Kernel {
  if (isNumPy) {
    return plainMask('uint8', n => {
      take(each, 0, n);
      return each;
    });
  }
  return {
    kind: 'bernoulli',
    words: 1,
    view: out.uint8,
    capacity: each.length,
    recipe: ['bernoulliEach'],
    inputs: n => takeAll([take], n),
    run(n, at) {
      // a unit begun before has its first elements drawn again, to no use
      take(each, Math.max(0, -at), n);
      kernels.fillBernoulliEach(n);
    },
  };
}
