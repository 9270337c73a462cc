/** Checks of single arguments: each gives the value back, or throws a TypeError or RangeError that names the parameter. */
import { rangeError, show, typeError } from './errors.ts';

/** A non-negative safe integer. */
export function checkCount(name: string, value: unknown): number {
  if (typeof value !== 'number') throw typeError(name, value, 'a non-negative integer');
  if (!Number.isSafeInteger(value) || value < 0) throw rangeError(name, value, 'a non-negative integer');
  return value + 0; // no −0
}

/** Any integer, as a bigint or a safe integer; gives a bigint. */
export function checkInteger(name: string, value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value !== 'number') throw typeError(name, value, 'an integer');
  if (!Number.isSafeInteger(value)) throw rangeError(name, value, 'an integer (past 2^53 as a bigint)');
  return BigInt(value);
}

/** A non-negative integer of at most `bits` bits, as a bigint or a safe integer; gives a bigint. */
export function checkUint(name: string, value: unknown, bits: number): bigint {
  const number = checkInteger(name, value);
  if (number < 0n || number >> BigInt(bits)) throw rangeError(name, value, `an integer from 0 to 2^${bits} − 1`);
  return number;
}

/** The same from the decimal string a state holds. */
export function parseUint(name: string, text: unknown, bits: number): bigint {
  const takes = `a decimal string from 0 to 2^${bits} − 1`;
  if (typeof text !== 'string') throw typeError(name, text, takes);
  // a length first: BigInt takes its time with a long text
  if (text.length > 40 || !/^(0|[1-9][0-9]*)$/.test(text) || BigInt(text) >> BigInt(bits)) throw rangeError(name, text, takes);
  return BigInt(text);
}

/** An integer from 0 to `most` that is a number. */
export function checkUpTo(name: string, value: unknown, most: number): number {
  const takes = `an integer from 0 to ${most}`;
  if (typeof value !== 'number') throw typeError(name, value, takes);
  if (!Number.isInteger(value) || value < 0 || value > most) throw rangeError(name, value, takes);
  return value + 0; // no −0
}

/** Any object. */
export function checkObject(name: string, value: unknown, takes: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw typeError(name, value, takes);
  return value as Record<string, unknown>;
}

/** A finite number. */
export function checkFinite(name: string, value: unknown): number {
  if (typeof value !== 'number') throw typeError(name, value, 'a finite number');
  if (!Number.isFinite(value)) throw rangeError(name, value, 'a finite number');
  return value;
}

/** A probability. */
export function checkProbability(name: string, value: unknown): number {
  if (typeof value !== 'number') throw typeError(name, value, 'a number in [0, 1]');
  if (!(value >= 0 && value <= 1)) throw rangeError(name, value, 'a number in [0, 1]');
  return value;
}

/** The options object as it comes. */
export type Options = Readonly<Record<string, unknown>>;

/** Is this an object to read options from? Arrays, typed arrays and NDArrays have tags of their own. */
export function isOptions(value: unknown): value is Options {
  // a plain object is one without asking for its tag (measured: 20 ns)
  return typeof value === 'object' && value !== null && (value.constructor === Object || Object.prototype.toString.call(value) === '[object Object]');
}

/** No options. */
export const NONE: Options = Object.freeze({});

/** Refuses an option that is not `known`; gives the options, `NONE` for none. */
export function checkOptions(options: unknown, known: readonly string[]): Options {
  if (options === undefined) return NONE;
  if (!isOptions(options)) throw typeError('options', options, `an object of ${known.join(', ')}`);
  for (const name in options) {
    if (!known.includes(name)) throw new TypeError(`options: got the unknown option ${show(name)}, takes ${known.join(', ')}`);
  }
  return options;
}

/** An option that is one of some words, by default `otherwise`. */
export function oneOf<W extends string>(name: string, value: unknown, words: readonly W[], otherwise: W): W {
  if (value === undefined) return otherwise;
  const takes = words.map(word => `'${word}'`).join(' or ');
  if (typeof value !== 'string') throw typeError(name, value, takes);
  if (!words.includes(value as W)) throw rangeError(name, value, takes);
  return value as W;
}
