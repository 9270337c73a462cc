/**
 * Calls as Python has them: arguments by position, by keyword in a final plain object, or mixed. A signature is a line,
 * `integers low high? size? dtype= endpoint=`: `?` after a parameter whose default is None, `=` after one with another, `*` before those that
 * are given by keyword alone.
 */
import { toDType } from './dtype.ts';

/** A parameter of a function. */
interface Parameter {
  name: string;
  required: boolean;
  /** Is null nothing at all? */
  none: boolean;
  /** Is it an option of the camelCase method, or one of its parameters? */
  option: boolean;
}

/** A function's name and parameters. */
export interface Signature {
  name: string;
  /** The name of the camelCase method. */
  camel: string;
  parameters: readonly Parameter[];
  /** How many parameters may be given by position. */
  most: number;
}

/** What camelCase methods take as options. `p` is one of choice's, where it can be left out. */
const OPTIONS = ['size', 'dtype', 'out', 'method', 'endpoint', 'axis', 'replace', 'p', 'shuffle', 'check_valid', 'tol'];

/** Flags: Python takes 0 and 1 for them too, and None. */
const FLAGS = ['endpoint', 'replace', 'shuffle', 'output', 'legacy'];

/** standard_normal → standardNormal */
export function toCamel(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** Reads a line. */
export function signature(line: string): Signature {
  const [name, ...words] = line.split(' '), star = words.indexOf('*');
  const parameters = words.filter(word => word !== '*').map(word => {
    const bare = word.replace(/[?=]$/, ''), required = bare === word;
    return { name: bare, required, none: /\?$/.test(word), option: !required && OPTIONS.includes(bare) };
  });
  return { name, camel: toCamel(name), parameters, most: star < 0 ? parameters.length : star };
}

/** Is this an object of keywords: a plain one, of any realm? */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The values of a call's arguments in the order of the parameters; undefined for what is not given, and for None where that is the default. */
export function bind({ name, parameters, most }: Signature, args: readonly unknown[]): unknown[] {
  const refuse = (what: string): never => {
    throw new TypeError(`${name}() ${what}`);
  };
  const last = args[args.length - 1], keywords = isPlain(last) ? last : undefined, given = args.length - (keywords ? 1 : 0);
  if (given > most) refuse(`takes ${most} positional argument${most === 1 ? '' : 's'} but ${given} were given`);
  const values = args.slice(0, given);
  for (const keyword in keywords) {
    const i = parameters.findIndex(parameter => parameter.name === keyword);
    if (i < 0) refuse(`got an unexpected keyword argument '${keyword}'`);
    if (values[i] !== undefined) refuse(`got multiple values for argument '${keyword}'`);
    values[i] = keywords[keyword];
  }
  return parameters.map(({ name: parameter, required, none }, i) => {
    let value = values[i];
    if (required && value === undefined) refuse(`missing required argument: '${parameter}' (pos ${i + 1})`);
    if (FLAGS.includes(parameter) && (value === null || value === 0 || value === 1)) value = !!value;
    return value === null && none ? undefined : value;
  });
}

/** Whose numbers are whole: NumPy cuts their fractions off, but for `p`'s. */
const WHOLE = /^(integers|rand.*int.*|binomial|multinomial|hypergeometric)$/;

function truncate(own: unknown[], parameters: readonly Parameter[]): void {
  for (let i = 0; i < own.length; i++) {
    const value = own[i];
    if (typeof value === 'number' && value % 1 !== 0 && parameters[i].name !== 'p') own[i] = Math.trunc(value) + 0; // NaN and infinities stay
  }
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number';
}

/** Calls with what a camelCase method takes: its parameters, then its options, undefined for none. */
export type Target<T> = (self: T, method: string, own: unknown[], options: Record<string, unknown> | undefined) => unknown;

/** Gives a class the methods of a table of lines. */
export function addMethods<T extends object>(Class: { prototype: T }, lines: string, target: Target<T>): void {
  for (const line of lines.trim().split('\n')) {
    const read = signature(line), { name, camel, parameters } = read;
    const least = parameters.filter(({ required }) => required).length;
    const end = parameters.findIndex(({ option, name: each }) => option || FLAGS.includes(each));
    const most = end < 0 ? parameters.length : end, whole = WHOLE.test(name);
    define(Class.prototype, name, function (this: T, ...args: unknown[]) {
      let own: unknown[] = args, options: Record<string, unknown> | undefined;
      // numbers for its parameters alone are what they are (measured: 0.3 µs less)
      if (args.length < least || args.length > most || !args.every(isNumber)) {
        own = [];
        bind(read, args).forEach((value, i) => {
          const parameter = parameters[i];
          if (!parameter.option) own.push(value);
          else if (value !== undefined) (options ??= {})[toCamel(parameter.name)] = parameter.name === 'dtype' ? toDType(value) : value;
        });
        // an out of another dtype than the default's is refused
        if (options?.out !== undefined && line.includes('dtype')) options.dtype ??= 'float64';
      }
      if (whole) truncate(own, parameters);
      return target(this, camel, own, options);
    });
  }
}

/** Adds a method, as a class has it: by its own name, and not listed. */
export function define(to: object, name: string, value: (...args: never[]) => unknown): void {
  Object.defineProperty(value, 'name', { value: name });
  Object.defineProperty(to, name, { value, writable: true, configurable: true });
}

/** A class that can be called without `new` too, as Python's are. */
export function callable<C extends new (...args: never[]) => object>(Class: C): C {
  const made = new Proxy(Class, { apply: (_, __, args) => Reflect.construct(Class, args) as object });
  Object.defineProperty(Class.prototype, 'constructor', { value: made, configurable: true, writable: true });
  return made;
}
