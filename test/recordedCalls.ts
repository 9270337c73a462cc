/** Calls of np.random as fixtures/recorded_calls.py writes them down: made here, their results and states in the same canonical forms. */
import { createHash } from 'node:crypto';
import { constructorOf, type DType } from '../src/dtype.ts';
import { NDArray } from '../src/ndarray.ts';
import { np } from '../src/numpy/index.ts';

export type Call = [method: string, args: unknown[], kwargs?: Record<string, unknown>];
/** A Generator, or a RandomState. */
export type Rng = Record<string, (...args: unknown[]) => unknown>;
type Plain = { [key: string]: unknown };
type Words = Record<string, new (seed: unknown) => unknown>;

const random = np.random as unknown as Words;

/** What the calls are made on: see `made` in recorded_calls.py. */
export function made(kind: string, seed: number | bigint): Rng {
  if (kind === 'module') {
    np.random.seed(seed);
    return np.random as unknown as Rng;
  }
  const [name, under] = kind.split(':');
  if (name !== 'RandomState') return new random.Generator(new random[name](seed)) as Rng;
  return new random.RandomState(under ? new random[under](seed) : seed) as Rng;
}

const size = (shape: readonly number[]) => shape.reduce((product, dimension) => product * dimension, 1);

/** Writes nested numbers into data, from `at` on, and gives the shape. */
function flatten(nested: unknown, flat: unknown[]): number[] {
  if (!Array.isArray(nested)) {
    flat.push(nested);
    return [];
  }
  let inner: number[] = [];
  for (const each of nested) inner = flatten(each, flat);
  return [nested.length, ...inner];
}

function toArray(values: ArrayLike<unknown>, shape: number[], dtype: DType): NDArray {
  const big = /64$/.test(dtype) && dtype !== 'float64', from = constructorOf(dtype) as unknown as { from(values: ArrayLike<unknown>, map: (v: unknown) => unknown): Float64Array };
  return new NDArray(from.from(values, v => (big ? BigInt(v as number) : Number(v))), shape, dtype);
}

export function decode(value: unknown, n = 0): unknown {
  if (Array.isArray(value)) {
    const made = value.map(each => decode(each, n));
    // a list of integers is of one kind here
    return made.some(each => typeof each === 'bigint') ? made.map(each => (Number.isInteger(each) ? BigInt(each as number) : each)) : made;
  }
  if (typeof value !== 'object' || value === null) return value;
  const of = value as Plain, dtype = (of.dtype ?? 'float64') as DType;
  if ('n' in of) return Math.floor(n / (of.n as number));
  if ('float' in of) return { nan: NaN, inf: Infinity, '-inf': -Infinity }[of.float as string];
  if ('int' in of) return BigInt(of.int as string);
  if ('array' in of) {
    const flat: unknown[] = [], shape = flatten(decode(of.array, n), flat);
    return toArray(flat, shape, dtype);
  }
  if ('zeros' in of) {
    const shape = decode(of.zeros, n) as number[];
    return new NDArray(new (constructorOf(dtype))(size(shape)), shape, dtype);
  }
  const length = decode(of.arange, n) as number;
  const data = new (constructorOf(dtype))(length) as { [i: number]: number | bigint };
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) for (let i = 0; i < length; i++) data[i] = BigInt(i);
  else for (let i = 0; i < length; i++) data[i] = i;
  return new NDArray(data as never, (decode(of.shape, n) as number[] | undefined) ?? [length], dtype);
}

/** The result of a call; of those in place, what they changed. */
export function call(rng: Rng, [method, args, kwargs]: Call, n = 0): unknown {
  const given = args.map(each => decode(each, n));
  if (typeof rng[method] !== 'function') throw new ReferenceError(`there is no ${method}`);
  const result = rng[method](...given, ...(kwargs && Object.keys(kwargs).length > 0 ? [decodeEach(kwargs, given, n)] : []));
  return method === 'shuffle' ? given[0] : result;
}

function decodeEach(kwargs: Plain, args: unknown[], n: number): Plain {
  return Object.fromEntries(Object.entries(kwargs).map(([key, value]) => [key, isSame(value) ? args[value.same] : decode(value, n)]));
}

function isSame(value: unknown): value is { same: number } {
  return typeof value === 'object' && value !== null && 'same' in value;
}

/** A result's shape and elements, as those of the kind that NumPy gave: whatever container ours has. */
export function canonical(result: unknown, kind: string): { shape: number[]; data: NodeJS.ArrayBufferView | string } {
  let shape: number[], values: ArrayLike<unknown>;
  if (result instanceof NDArray) [shape, values] = [result.shape, result.data as ArrayLike<unknown>];
  else if (ArrayBuffer.isView(result)) [shape, values] = [[(result as Uint8Array).length], result as Uint8Array];
  else {
    const flat: unknown[] = [];
    shape = flatten(result, flat);
    values = flat;
  }
  return { shape, data: elements(values, kind) };
}

function elements(values: ArrayLike<unknown>, kind: string): NodeJS.ArrayBufferView | string {
  const n = values.length;
  switch (kind) {
    case 'none': return new Uint8Array(0);
    case 'text': return Array.from(values, String).join('\n');
    case 'bytes': return Uint8Array.from(values as ArrayLike<number>);
    case 'bool': return Uint8Array.from(values as ArrayLike<number>, Number);
    case 'float64': case 'float32': {
      if (values instanceof BigInt64Array || (kind === 'float32' && values instanceof Float64Array)) throw new TypeError(`a ${values.constructor.name} where NumPy has ${kind}`);
      const made = kind === 'float64' ? new Float64Array(n) : new Float32Array(n);
      made.set(values as ArrayLike<number>);
      // one NaN for all
      for (let i = 0; i < n; i++) if (made[i] !== made[i]) made[i] = NaN;
      return made;
    }
    case 'int64': case 'uint64': {
      if (kind === 'int64' ? values instanceof BigInt64Array : values instanceof BigUint64Array) return values as unknown as BigInt64Array;
      const made = kind === 'int64' ? new BigInt64Array(n) : new BigUint64Array(n), words = new Int32Array(made.buffer);
      for (let i = 0; i < n; i++) {
        const value = values[i];
        // an int32 without a BigInt, ten times as fast
        if (typeof value === 'number' && (value | 0) === value) {
          words[2 * i] = value;
          words[2 * i + 1] = value >> 31;
        } else made[i] = BigInt(value as number);
      }
      return made;
    }
    default: throw new TypeError(`no kind ${kind}`);
  }
}

export function sha(data: string | NodeJS.ArrayBufferView, digits = 8): string {
  return createHash('sha256').update(data).digest('hex').slice(0, digits);
}

/** The values' bits on the two coarse grids of recorded_calls.py. */
function coarse(data: NodeJS.ArrayBufferView, half: boolean, method: string): Uint32Array {
  if (data instanceof BigInt64Array) data = Float64Array.from(data, Number);
  if (method === 'vonmises') data = (data as Float64Array).map(v => v + 16);
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4), made = new Uint32Array(bits.length);
  if (data instanceof Float32Array) {
    for (let i = 0; i < bits.length; i++) made[i] = ((bits[i] + (half ? 0x80 : 0)) & ~0xff) >>> 0;
    return made;
  }
  for (let i = 0; i < bits.length; i += 2) {
    const low = bits[i] + (half ? 0x800 : 0);
    made[i] = (low & ~0xfff) >>> 0;
    made[i + 1] = bits[i + 1] + (low > 0xffffffff ? 1 : 0);
  }
  return made;
}

/** How the values of a method's block agree with its digests: 'exact', 'close' (on one of the coarse grids), or not: ''. */
export function agrees(data: NodeJS.ArrayBufferView | string, [exact, ...grids]: string[], method: string): 'exact' | 'close' | '' {
  const digits = exact.length;
  if (sha(data, digits) === exact) return 'exact';
  return typeof data !== 'string' && grids.some((grid, i) => sha(coarse(data, i === 1, method), digits) === grid) ? 'close' : '';
}

/** Block `i` of `of` equal ones. */
export function block(data: NodeJS.ArrayBufferView | string, i: number, of: number): NodeJS.ArrayBufferView | string {
  if (of === 1) return data;
  if (typeof data === 'string') {
    const lines = data.split('\n');
    return lines.slice(Math.floor((lines.length * i) / of), Math.floor((lines.length * (i + 1)) / of)).join('\n');
  }
  const array = data as Float64Array;
  return array.subarray(Math.floor((array.length * i) / of), Math.floor((array.length * (i + 1)) / of));
}

/** The first values as the fixtures write them: floats by their bits in hex. */
export function first(data: NodeJS.ArrayBufferView | string, n: number): string[] {
  if (typeof data === 'string') return data.split('\n').slice(0, n);
  if (data instanceof Float64Array) return Array.from(new BigUint64Array(data.slice(0, n).buffer), v => v.toString(16));
  if (data instanceof Float32Array) return Array.from(new Uint32Array(data.slice(0, n).buffer), v => v.toString(16));
  return Array.from((data as Int32Array).subarray(0, n), String);
}

function plain(value: unknown): string {
  if (value instanceof NDArray) return plain(value.data);
  if (ArrayBuffer.isView(value) || Array.isArray(value)) return `[${Array.from(value as ArrayLike<unknown>, plain).join()}]`;
  if (typeof value === 'object' && value !== null) return `{${Object.keys(value).sort().map(key => `${key}:${plain((value as Plain)[key])}`).join()}}`;
  return String(typeof value === 'boolean' ? Number(value) : value);
}

/** A state, as NumPy lays it out; RandomState's with its spare normal. */
export function getState(rng: Rng): object {
  return 'bit_generator' in rng ? (rng.bit_generator as unknown as { state: object }).state : rng.get_state({ legacy: false }) as object;
}

export function setState(rng: Rng, state: unknown): void {
  if ('bit_generator' in rng) (rng.bit_generator as unknown as { state: unknown }).state = state;
  else rng.set_state(state);
}

/** The whole state, canonical, and RandomState's spare normal, null where there is none. */
export function stateOf(rng: Rng): [state: string, spare: number | null] {
  const { gauss, ...state } = getState(rng) as { gauss?: number; has_gauss?: number };
  return [plain(state), state.has_gauss ? gauss! : null];
}

export const stateDigest = (rng: Rng, digits = 8): string => sha(stateOf(rng)[0], digits);

/** How many floats lie between two: 0 where they are the same, and both NaN. */
export function ulps(a: number, b: number): number {
  if (Object.is(a, b)) return 0;
  const [x, y] = new BigInt64Array(Float64Array.of(a, b).buffer);
  const place = (bits: bigint) => (bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits);
  return Number.isNaN(a) || Number.isNaN(b) ? Infinity : Math.abs(Number(place(x) - place(y)));
}

export function fromBits(hex: string): number {
  return new Float64Array(BigUint64Array.of(BigInt(`0x${hex}`)).buffer)[0];
}

export function fromBits32(hex: string): number {
  return new Float32Array(Uint32Array.of(Number(`0x${hex}`)).buffer)[0];
}

/** A call as Python writes it, for messages. */
export function show([method, args, kwargs]: Call): string {
  const text = [...args.map(each => JSON.stringify(each)), ...Object.entries(kwargs ?? {}).map(([key, value]) => `${key}=${JSON.stringify(value)}`)].join(', ');
  return `${method}(${text.length > 100 ? `${text.slice(0, 100)}…` : text})`;
}
