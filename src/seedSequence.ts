/**
 * Seeds: entropy of any size hashed into a pool, and from the pool the words a generator starts with.
 *
 * The algorithm is Melissa E. O'Neill's seed_seq_fe (https://www.pcg-random.org/posts/developing-a-seed_seq-alternative.html,
 * https://gist.github.com/imneme/540829265469e673d045, MIT) as NumPy arranges it in numpy/random/bit_generator.pyx,
 * and the words are NumPy's to the bit.
 */
import { dtypeOf, isFloatDType } from './dtype.ts';
import { rangeError, typeError } from './errors.ts';
import { checkCount, checkOptions } from './checks.ts';

// From seed_seq_fe: two multiplicative sequences of hash constants and the weights of the mix.
const INIT_A = 0x43b0d7e5;
const MULT_A = 0x931e8875;
const INIT_B = 0x8b51f9dd;
const MULT_B = 0x58f38ded;
const MIX_MULT_L = 0xca01f9dd;
const MIX_MULT_R = 0x4973f715;
const XSHIFT = 16;

const DEFAULT_POOL_SIZE = 4;
// Mixing takes poolSize² steps, and one getRandomValues call gives 65,536 bytes: as many words as this.
const MAX_POOL_SIZE = 2 ** 14;
const MAX_CHILDREN = 2 ** 32;

const INTEGER = 'a non-negative integer (number or bigint)';
const OPTIONS = ['spawnKey', 'poolSize', 'nChildrenSpawned'] as const;

/** A typed array of integers. */
export type IntegerArray = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | BigInt64Array | BigUint64Array;

/** What a seed can be: a non-negative integer of any size (above 2^53 − 1 as a bigint), or a flat array of such. */
export type Entropy = number | bigint | readonly (number | bigint)[] | IntegerArray;

export interface SeedSequenceOptions {
  /** The place in the tree of spawned sequences; `spawn` sets it. Default []. */
  spawnKey?: readonly (number | bigint)[] | IntegerArray;
  /** 32-bit words of entropy kept, 4 to 16,384. Default 4. */
  poolSize?: number;
  /** How many children were spawned before, to resume a stored sequence. Default 0. */
  nChildrenSpawned?: number;
}

/** What a SeedSequence was made of, as NumPy's `state`. */
export interface SeedSequenceState {
  entropy: number | bigint | readonly (number | bigint)[];
  spawnKey: readonly (number | bigint)[];
  poolSize: number;
  nChildrenSpawned: number;
}

/** A SeedSequence as JSON: integers of any size are decimal strings, counts are numbers. */
export interface SeedSequenceJSON {
  entropy: string | string[];
  spawnKey: string[];
  poolSize: number;
  nChildrenSpawned: number;
}

/**
 * Turns any seed into well-mixed starting words, and spawns children whose words are independent of it.
 * The same entropy gives the same words as `numpy.random.SeedSequence`, to the bit.
 *
 * Construction throws a TypeError or RangeError that names the parameter (`entropy`, `entropy[2]`, `spawnKey[0]`,
 * `poolSize`, …) and its value. No bits of a seed are ever dropped: 2^32 + 5 is not 5.
 *
 * @example
 * ```ts
 * import { SeedSequence } from 'ndrand';
 * const seq = new SeedSequence(42);
 * seq.generateState(2);                       // Uint32Array [ 3444837047, 2669555309 ]
 * const [a, b] = seq.spawn(2);                // independent sequences: b.spawnKey is [ 1 ]
 * new SeedSequence().entropy;                 // fresh 128 bits; note them to repeat the run
 * ```
 */
export class SeedSequence {
  /** The entropy as given (an array as a frozen copy), or the fresh bits where none was given. */
  readonly entropy: number | bigint | readonly (number | bigint)[];
  /** The place in the tree of spawned sequences. */
  readonly spawnKey: readonly (number | bigint)[];
  /** The size of the pool in 32-bit words. */
  readonly poolSize: number;
  readonly #pool: Uint32Array;
  #nChildrenSpawned: number;

  /**
   * @param entropy a non-negative integer of any size or a flat array of them; left out, undefined or null:
   *   32 · poolSize fresh bits (128 by default) from `crypto.getRandomValues`
   */
  constructor(entropy?: Entropy | null, options: SeedSequenceOptions = {}) {
    checkOptions(options, OPTIONS);
    const { spawnKey = [], poolSize = DEFAULT_POOL_SIZE, nChildrenSpawned = 0 } = options;
    this.poolSize = checkPoolSize(poolSize);
    this.#nChildrenSpawned = checkChildren('nChildrenSpawned', nChildrenSpawned);
    this.spawnKey = checkIntegers('spawnKey', spawnKey, `an array whose elements are each ${INTEGER}`);
    if (entropy === undefined || entropy === null) this.entropy = freshEntropy(poolSize);
    else if (typeof entropy === 'object') this.entropy = checkIntegers('entropy', entropy, `${INTEGER} or a flat array of them`);
    else this.entropy = checkInteger('entropy', entropy, `${INTEGER} or a flat array of them`);
    this.#pool = mixEntropy(poolSize, assembleEntropy(this.entropy, this.spawnKey, poolSize));
  }

  /** How many children `spawn` has given so far. */
  get nChildrenSpawned(): number {
    return this.#nChildrenSpawned;
  }

  /** A copy of the pool: a Uint32Array of `poolSize` words. */
  get pool(): Uint32Array {
    return this.#pool.slice();
  }

  /** What this sequence was made of and how far it has spawned: the constructor's arguments to make it again. */
  get state(): SeedSequenceState {
    return { entropy: this.entropy, spawnKey: this.spawnKey, poolSize: this.poolSize, nChildrenSpawned: this.#nChildrenSpawned };
  }

  /**
   * Words to seed a generator with. Every call with the same dtype gives a prefix of the same endless sequence; a uint64
   * is two uint32 words, the low half first.
   *
   * @param nWords how many words, a non-negative integer
   * @param dtype 'uint32' (a Uint32Array, the default) or 'uint64' (a BigUint64Array)
   * @throws TypeError or RangeError naming `nWords` or `dtype`
   * @example
   * ```ts
   * import { SeedSequence } from 'ndrand';
   * new SeedSequence(0).generateState(1, 'uint64'); // BigUint64Array [ 15793235383387715774n ]
   * ```
   */
  generateState(nWords: number, dtype?: 'uint32'): Uint32Array;
  generateState(nWords: number, dtype: 'uint64'): BigUint64Array;
  generateState(nWords: number, dtype: 'uint32' | 'uint64'): Uint32Array | BigUint64Array;
  generateState(nWords: number, dtype: 'uint32' | 'uint64' = 'uint32'): Uint32Array | BigUint64Array {
    checkCount('nWords', nWords);
    if (dtype !== 'uint32' && dtype !== 'uint64') {
      throw (typeof dtype === 'string' ? rangeError : typeError)('dtype', dtype, "'uint32' or 'uint64'");
    }
    try {
      if (dtype === 'uint32') return expand(this.#pool, new Uint32Array(nWords));
      const words = expand(this.#pool, new Uint32Array(2 * nWords));
      const state = new BigUint64Array(nWords);
      // Not a view over the words: that would swap the halves on a big-endian machine.
      for (let i = 0; i < nWords; i++) state[i] = (BigInt(words[2 * i + 1]) << 32n) | BigInt(words[2 * i]);
      return state;
    } catch {
      throw rangeError('nWords', nWords, 'as many words as this platform can allocate');
    }
  }

  /**
   * The next `n` children: this entropy with the running number of the child appended to the spawn key. Calling `spawn(2)`
   * and `spawn(3)` gives the children of one `spawn(5)`.
   *
   * @param n how many, a non-negative integer; at most 2^32 children in all
   * @returns n sequences
   * @throws TypeError or RangeError naming `n`; then no child counts as spawned
   * @example
   * ```ts
   * import { SeedSequence } from 'ndrand';
   * const workers = new SeedSequence(7).spawn(4);
   * workers[3].spawnKey; // [ 3 ]
   * ```
   */
  spawn(n: number): SeedSequence[] {
    const first = this.#nChildrenSpawned;
    checkCount('n', n);
    if (first + n > MAX_CHILDREN) throw rangeError('n', n, `at most ${MAX_CHILDREN - first} more children, 2^32 in all`);
    const children: SeedSequence[] = [];
    for (let i = first; i < first + n; i++) {
      children.push(new SeedSequence(this.entropy, { spawnKey: [...this.spawnKey, i], poolSize: this.poolSize }));
    }
    this.#nChildrenSpawned += n;
    return children;
  }

  /** This sequence as plain JSON; `SeedSequence.fromJSON` makes it again. */
  toJSON(): SeedSequenceJSON {
    const { entropy, spawnKey, poolSize, nChildrenSpawned } = this;
    return {
      entropy: typeof entropy === 'object' ? entropy.map(String) : String(entropy),
      spawnKey: spawnKey.map(String),
      poolSize,
      nChildrenSpawned,
    };
  }

  /**
   * Makes the sequence that `toJSON` described. Integers to 2^53 − 1 come back as numbers, larger ones as bigints.
   *
   * @throws TypeError or RangeError naming the field that is missing or damaged
   * @example
   * ```ts
   * import { SeedSequence } from 'ndrand';
   * const text = JSON.stringify(new SeedSequence(10n ** 30n));
   * SeedSequence.fromJSON(JSON.parse(text)).entropy; // 1000000000000000000000000000000n
   * ```
   */
  static fromJSON(json: SeedSequenceJSON): SeedSequence {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) {
      throw typeError('json', json, 'what toJSON gives');
    }
    for (const field of ['entropy', ...OPTIONS] as const) {
      if (json[field] === undefined || json[field] === null) throw typeError(field, json[field], 'what toJSON gives');
    }
    const { entropy, spawnKey, poolSize, nChildrenSpawned } = json;
    if (!Array.isArray(spawnKey)) throw typeError('spawnKey', spawnKey, 'an array of decimal strings');
    return new SeedSequence(Array.isArray(entropy) ? entropy.map((item, i) => parseInteger(`entropy[${i}]`, item)) : parseInteger('entropy', entropy), {
      spawnKey: spawnKey.map((item, i) => parseInteger(`spawnKey[${i}]`, item)),
      poolSize,
      nChildrenSpawned,
    });
  }
}

function checkPoolSize(value: unknown): number {
  const takes = `an integer from ${DEFAULT_POOL_SIZE} to ${MAX_POOL_SIZE}`;
  if (typeof value !== 'number') throw typeError('poolSize', value, takes);
  if (!Number.isInteger(value) || value < DEFAULT_POOL_SIZE || value > MAX_POOL_SIZE) throw rangeError('poolSize', value, takes);
  return value;
}

function checkChildren(name: string, value: unknown): number {
  const count = checkCount(name, value);
  if (count > MAX_CHILDREN) throw rangeError(name, value, 'at most 2^32');
  return count;
}

/** A non-negative integer, or a throw; −0 becomes 0. */
function checkInteger(name: string, value: unknown, takes: string): number | bigint {
  if (typeof value === 'bigint') {
    if (value < 0n) throw rangeError(name, value, takes);
    return value;
  }
  if (typeof value !== 'number') throw typeError(name, value, takes);
  if (!Number.isInteger(value) || value < 0) throw rangeError(name, value, takes);
  if (value > Number.MAX_SAFE_INTEGER) throw rangeError(name, value, `${takes}; above 2^53 - 1 a number is not exact: pass a bigint`);
  return value + 0;
}

/** A frozen copy of a flat array of non-negative integers, or a throw that names the element. */
function checkIntegers(name: string, value: unknown, takes: string): readonly (number | bigint)[] {
  if (!Array.isArray(value)) {
    const dtype = dtypeOf(value);
    if (dtype === undefined || isFloatDType(dtype)) throw typeError(name, value, takes);
  }
  const items = value as ArrayLike<unknown>;
  const copy: (number | bigint)[] = [];
  for (let i = 0; i < items.length; i++) copy.push(checkInteger(`${name}[${i}]`, items[i], INTEGER));
  return Object.freeze(copy);
}

function parseInteger(name: string, value: unknown): number | bigint {
  if (typeof value !== 'string') throw typeError(name, value, 'a string of decimal digits');
  if (!/^[0-9]+$/.test(value)) throw rangeError(name, value, 'a string of decimal digits');
  const number = Number(value);
  return number <= Number.MAX_SAFE_INTEGER ? number : BigInt(value);
}

function freshEntropy(words: number): bigint {
  const { crypto } = globalThis;
  if (typeof crypto?.getRandomValues !== 'function') throw new Error('entropy: no crypto.getRandomValues on this platform: pass a seed');
  let hex = '0x';
  for (const word of crypto.getRandomValues(new Uint32Array(words))) hex += word.toString(16).padStart(8, '0');
  return BigInt(hex);
}

/** Appends an integer's 32-bit words, the lowest first; 0 is one word. */
function pushWords(words: number[], value: number | bigint): void {
  if (typeof value === 'number') {
    words.push(value >>> 0);
    if (value >= 2 ** 32) words.push(Math.floor(value / 2 ** 32));
    return;
  }
  // By way of hexadecimal, because shifting a long bigint word by word takes quadratic time.
  const hex = value.toString(16);
  for (let end = hex.length; end > 0; end -= 8) words.push(parseInt(hex.slice(Math.max(0, end - 8), end), 16));
}

/** The words of entropy and spawn key in a row. */
function assembleEntropy(entropy: number | bigint | readonly (number | bigint)[], spawnKey: readonly (number | bigint)[], poolSize: number): number[] {
  const words: number[] = [];
  if (typeof entropy === 'object') for (const item of entropy) pushWords(words, item);
  else pushWords(words, entropy);
  if (spawnKey.length > 0) {
    // Without this, entropy [1, 2] and entropy 1 with spawn key [2] would be one sequence (numpy/numpy#16539).
    while (words.length < poolSize) words.push(0);
    for (const item of spawnKey) pushWords(words, item);
  }
  return words;
}

function mixEntropy(poolSize: number, words: readonly number[]): Uint32Array {
  const pool = new Uint32Array(poolSize);
  let constant = INIT_A;
  function hash(value: number): number {
    value ^= constant;
    constant = Math.imul(constant, MULT_A);
    value = Math.imul(value, constant);
    return value ^ (value >>> XSHIFT);
  }
  for (let i = 0; i < poolSize; i++) pool[i] = hash(i < words.length ? words[i] : 0);
  // Every pool word into every other, so that late bits reach early words.
  for (let source = 0; source < poolSize; source++) {
    for (let target = 0; target < poolSize; target++) {
      if (source !== target) pool[target] = mix(pool[target], hash(pool[source]));
    }
  }
  // What did not fit: each word into the whole pool.
  for (let source = poolSize; source < words.length; source++) {
    for (let target = 0; target < poolSize; target++) pool[target] = mix(pool[target], hash(words[source]));
  }
  return pool;
}

function mix(x: number, y: number): number {
  const sum = Math.imul(MIX_MULT_L, x) - Math.imul(MIX_MULT_R, y);
  return sum ^ (sum >>> XSHIFT);
}

/** Fills `out` from the pool, taken in a circle. */
function expand(pool: Uint32Array, out: Uint32Array): Uint32Array {
  let constant = INIT_B;
  for (let i = 0; i < out.length; i++) {
    let value = pool[i % pool.length] ^ constant;
    constant = Math.imul(constant, MULT_B);
    value = Math.imul(value, constant);
    out[i] = value ^ (value >>> XSHIFT);
  }
  return out;
}
