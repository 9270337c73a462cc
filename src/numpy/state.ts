/** States as NumPy writes them, and their JSON: Python's has bare integers of any length. */
import { checkInteger, checkObject } from '../checks.ts';
import { rangeError, typeError } from '../errors.ts';
import { NDArray } from '../ndarray.ts';
import { toCamel } from './call.ts';

/** A camelCase state in NumPy's layout: integers of any size bigints, and typed arrays. */
export function toNumPy(value: unknown): unknown {
  if (typeof value === 'string') return /^\d+$/.test(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return typeof value[0] === 'string' ? BigUint64Array.from(value, BigInt) : Uint32Array.from(value as number[]);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`), toNumPy(inner)]));
}

/** One that camelCase setters take; `narrow` where the words are numbers there. An unsafe number is refused: it is not what was written. */
export function fromNumPy(value: unknown, narrow: boolean, path = 'state'): unknown {
  const data = value instanceof NDArray ? value.data : value;
  if (ArrayBuffer.isView(data) || Array.isArray(data)) return Array.from(data as ArrayLike<unknown>, (each, i) => fromNumPy(each, narrow, `${path}[${i}]`));
  if (typeof data === 'object' && data !== null) {
    return Object.fromEntries(Object.entries(data).filter(([key]) => !/gauss$/.test(key)).map(([key, inner]) =>
      [toCamel(key), fromNumPy(inner, narrow || /^has_|^uint|pos$/.test(key), `${path}.${key}`)]));
  }
  if (typeof data !== 'number' && typeof data !== 'bigint') return data;
  const integer = checkInteger(path, data);
  return narrow ? Number(integer) : String(integer);
}

/** The dictionary of the tuple that RandomState's get_state gives. */
export function fromTuple(tuple: readonly unknown[]): Record<string, unknown> {
  const [bit_generator, key, pos, has_gauss = 0, gauss = 0] = tuple;
  if (bit_generator !== 'MT19937' || (tuple.length !== 3 && tuple.length !== 5)) {
    throw rangeError('state', tuple, "['MT19937', key, pos], or with has_gauss and cached_gaussian");
  }
  return { bit_generator, state: { key, pos }, has_gauss, gauss };
}

/**
 * Reads what Python's `json.dumps` wrote of a bit generator's `state` or of `get_state()`, arrays as lists
 * (`default=lambda a: a.tolist()`): integers past 2^53, which `JSON.parse` would round, become bigints. A state's setter takes it.
 *
 * @throws TypeError where it is no text, SyntaxError where it is no JSON
 * @example
 * stateFromJSON('{"state": 35399562948360463058890781895381311971}').state; // 35399562948360463058890781895381311971n
 */
export function stateFromJSON(text: string): any {
  if (typeof text !== 'string') throw typeError('text', text, 'a JSON text');
  // strings are passed over; a NUL marks what was an integer
  const marked = text.replace(/"(?:[^"\\]|\\.)*"|-?[\d.eE+-]+/g, token =>
    (/^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"\\u0000${token}"` : token));
  return JSON.parse(marked, (_, value: unknown) => (typeof value === 'string' && value[0] === '\0' ? BigInt(value.slice(1)) : value));
}

/**
 * Writes a state for Python: bare integers, typed arrays as lists. `json.loads` reads it, and NumPy's setters take what that gives.
 *
 * @param state what a bit generator's `state` or `get_state` gave
 * @throws TypeError
 * @example
 * stateToJSON({ state: 2n ** 64n, key: Uint32Array.of(1, 2) }); // '{"state":18446744073709551616,"key":[1,2]}'
 */
export function stateToJSON(state: object): string {
  return JSON.stringify(checkObject('state', state, 'a state'), function (this: Record<string, unknown>, key, value: unknown) {
    const given = this[key], data = given instanceof NDArray ? given.data : value; // an NDArray has a toJSON of its own
    if (typeof data === 'bigint') return `\0${data}`;
    return ArrayBuffer.isView(data) ? Array.from(data as unknown as ArrayLike<unknown>) : data;
  }).replace(/"\\u0000(-?\d+)"/g, '$1');
}
