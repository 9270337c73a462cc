/** The calls of `ndrand/numpy` that are timed, by name: see ../contenders.mjs. */
import { N } from '../cases.mjs';
import { counting, linspace, meanLog } from './calls.mjs';
import { cases } from './cases.mjs';

/** What a token of a call's arguments stands for. */
function valueOf(token, NDArray) {
  if (typeof token !== 'object' || Array.isArray(token)) return token;
  if ('big' in token) return BigInt(token.big);
  if ('linspace' in token) return linspace(token.linspace);
  const { arange: shape, dtype } = token;
  return shape.length === 1 ? counting(dtype) : new NDArray(counting(dtype), shape, dtype);
}

/** @param {import('./cases.mjs').Call} call @returns {import('../contenders.mjs').Contender | null} null where ndrand does not have it yet */
function contender({ on, bits, method, args, keywords, out, inPlace }, { NDArray }, { random }) {
  const make = random?.[on];
  if (typeof make !== 'function' || typeof make.prototype[method] !== 'function' || typeof random[bits] !== 'function') return null;
  const rng = on === 'Generator' ? new make(new random[bits](42)) : new make(42);
  const values = args.map(arg => valueOf(arg, NDArray));
  const options = { ...keywords };
  if (out) options.out = out === 'float32' ? new Float32Array(N) : new Float64Array(N);
  if (out && method !== 'permuted') options.dtype = out;
  const last = Object.keys(options).length > 0 ? [...values, options] : values;
  const changed = inPlace && values[0];
  let made;
  const call = () => { made = rng[method](...last); };
  return { call, statistic: () => meanLog(dataOf(options.out ?? (changed || made))) };
}

/** An array's elements, be it NDArray or typed array. */
const dataOf = array => array.data ?? array;

/**
 * ndrand's, given the modules.
 *
 * @type {Record<string, (ndrand: { NDArray: Function }, numpy: { np: Record<string, any> }) => import('../contenders.mjs').Contender | null>}
 */
export const ours = Object.fromEntries(cases.map(({ id, call }) => [id, (ndrand, { np }) => contender(call, ndrand, np)]));
