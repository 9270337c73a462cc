/**
 * ndrand/nn: what the random numbers are for. Initialisers, dropout, and sampling from a softmax, over the generators of `ndrand`.
 */
export { nn } from './engine.ts';
export { categorical } from './categorical.ts';
export type { CategoricalOptions } from './categorical.ts';
