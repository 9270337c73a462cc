/**
 * ndrand/nn: what the random numbers are for. Initialisers, dropout, and sampling from a softmax, over the generators of `ndrand`.
 *
 *   initializers, structured, truncatedNormal, orthogonal ── fans: how wide ── kernels of `ndrand`, and of the binary in engine.ts
 *   dropout ── mask, layer                                                     categorical ── nucleus
 *
 * engine.ts is the binary, arguments.ts what all functions have in common.
 */
export { calculateGain, fans } from './fans.ts';
export type { Fans, Layout, Mode, Nonlinearity } from './fans.ts';
export {
  constant, heNormal, heUniform, lecunNormal, lecunUniform, normal, ones, uniform, varianceScaling, xavierNormal, xavierUniform, zeros,
  heNormal as kaimingNormal, heUniform as kaimingUniform, xavierNormal as glorotNormal, xavierUniform as glorotUniform,
} from './initializers.ts';
export { dirac, eye, sparse } from './structured.ts';
export type { Initializer } from './arguments.ts';
export { dropout } from './dropout.ts';
export type { Activations, DropoutOptions } from './dropout.ts';
export { Dropout } from './layer.ts';
export { dropoutMask, unpackMask } from './mask.ts';
export type { KeepOrRate, MaskOptions } from './mask.ts';
export { orthogonal } from './orthogonal.ts';
export { truncatedNormal } from './truncatedNormal.ts';
export { categorical } from './categorical.ts';
export type { CategoricalOptions } from './categorical.ts';
