/** The parts of the benchmark, one a run: what is timed and measured, of which modules of the build. */
import { cases } from './cases.mjs';
import { checks } from './checks.mjs';
import { cases as nnCases } from './nn/cases.mjs';
import { cases as numpyCases } from './numpy/cases.mjs';
import { checks as numpyChecks } from './numpy/checks.mjs';
import { checks as parallelChecks } from './parallel/checks.mjs';

/**
 * @typedef {object} Group
 * @property {string} about
 * @property {string[]} modules of the build, beside index.js
 * @property {string} contenders the file that has them
 * @property {import('./cases.mjs').Case[]} cases
 * @property {Record<string, import('./checks.mjs').Check>} checks
 * @property {number} ms of a round for each contender
 * @type {Record<string, Group>}
 */
export const groups = {
  core: { about: 'the draws of a generator; start, size, memory', modules: [], contenders: 'contenders.mjs', cases, checks, ms: 100 },
  nn: { about: 'ndrand/nn, also against TensorFlow.js', modules: ['nn.js'], contenders: 'nn/contenders.mjs', cases: nnCases, checks: {}, ms: 100 },
  numpy: {
    about: 'ndrand/numpy, also against numpy-ts', modules: ['numpy.js'], contenders: 'numpy/contenders.mjs', cases: numpyCases, checks: numpyChecks, ms: 20,
  },
  parallel: { about: 'ndrand/parallel, slices, and the page of examples/browser', modules: ['parallel.js'], contenders: 'contenders.mjs', cases: [], checks: parallelChecks, ms: 100 },
};

/** The one that runs where none is named. */
export const FIRST = 'core';

/** The URLs of a group's modules in a build. @param {Group} group @param {string} ndrand of its index.js */
export function modulesOf({ modules }, ndrand) {
  return [ndrand, ...modules.map(name => new URL(name, ndrand).href)];
}
