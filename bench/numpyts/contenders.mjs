/**
 * numpy-ts's calls, by name: see ../contenders.mjs. It has no `out`; the array made last is given back to its WebAssembly heap before the next, as its
 * documentation asks for: without that the heap is full after some calls and all are slower from there on.
 */
import * as np from 'numpy-ts';
import { meanLog } from '../numpy/calls.mjs';
import { cases } from '../numpy/cases.mjs';

/** @param {import('../numpy/cases.mjs').Call} call @returns {import('../contenders.mjs').Contender} */
function contender({ on, method, args, keywords: { size, replace = true, p, dtype }, inPlace }) {
  np.random.seed(42);
  const rng = on === 'Generator' ? np.random.default_rng(42) : np.random;
  const values = args.map(arg => (arg?.arange ? np.arange(arg.arange[0]) : arg));
  if (size !== undefined) values.push(size);
  if (method === 'choice') values.push(replace, p);
  if (dtype) values.push(dtype);
  let made;
  const call = () => {
    made?.dispose?.();
    made = rng[method](...values);
  };
  return { call, statistic: () => meanLog(dataOf(inPlace ? values[0] : made)) };
}

const dataOf = array => array.data ?? array;

/** @type {Record<string, () => import('../contenders.mjs').Contender>} */
export const loops = Object.fromEntries(cases.filter(({ rivals = [] }) => rivals.some(({ from }) => from === 'numpyts')).map(({ id, call }) => [id, () => contender(call)]));
