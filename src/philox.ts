/** `Philox`, NumPy's counter-based generator. */
import { BitGenerator, type Seed } from './bitGenerator.ts';
import { checkInteger, checkOptions, checkUint, checkUpTo } from './checks.ts';
import { dtypeOf, isFloatDType } from './dtype.ts';
import { rangeError, typeError } from './errors.ts';
import { NDArray } from './ndarray.ts';
import type { IntegerArray, SeedSequence } from './seedSequence.ts';
import { parseWords, Wide, type WideState } from './wide.ts';

const MASK64 = (1n << 64n) - 1n;

/** Words in the buffer: those of one count. */
const BUFFER = 4;

/** A counter or a buffer of zeros. */
const NONE = [0n, 0n, 0n, 0n];

/** The state of Philox: integers below 2^64 as decimal strings, the lowest first; the last count's words, how many are used; the half-word. */
export interface PhiloxState extends WideState {
  state: { counter: string[]; key: string[] };
  buffer: string[];
  bufferPos: number;
}

/** An integer, or its 64-bit words, the lowest first. */
export type PhiloxWords = number | bigint | readonly (number | bigint)[] | IntegerArray | NDArray;

export interface PhiloxOptions {
  /** Where to count from: an integer below 2^256, or four below 2^64, the lowest first. Default 0. */
  counter?: PhiloxWords;
  /** The key itself, in a seed's stead: an integer below 2^128, or two below 2^64. */
  key?: PhiloxWords;
}

/**
 * Salmon, Moraes, Dror and Shaw's Philox 4×64 of 10 rounds as NumPy has it, bit for bit: four words of 64 bits from each count of a 256-bit
 * counter, a stream of its own for each key.
 *
 * @example
 * new Philox(42).randomRaw(4).dtype; // 'uint64'
 * const rank3 = new Generator(new Philox(null, { key: 2n ** 96n + 3n }));
 */
export class Philox extends Wide {
  override readonly id = 5;
  override readonly name = 'Philox';

  /**
   * @param seed as of every bit generator: gives the key
   * @param options counter; key, which takes no seed beside it
   * @throws TypeError or RangeError that names the argument
   */
  constructor(seed?: Seed | null, options?: PhiloxOptions) {
    const { counter, key } = checkOptions(options, ['counter', 'key']);
    const from = counter === undefined || counter === null ? null : toWords('counter', counter, 4);
    const own = key === undefined || key === null ? null : toWords('key', key, 2);
    if (own && seed !== undefined && seed !== null) throw rangeError('key', key, 'no seed beside it');
    super(own ? 0 : seed);
    if (own) this.seedSeq = null;
    if (own || from) {
      this.acquire();
      this.place(from ?? NONE, own ?? [this.stateWord(4), this.stateWord(5)]); // the seed's key
    }
  }

  /** From what `toJSON` gave. @throws TypeError or RangeError that names the field */
  static fromJSON(json: unknown): Philox {
    return BitGenerator.fromJSONAs(Philox, json);
  }

  /** @internal */
  protected seed(sequence: SeedSequence): void {
    this.place(NONE, [...sequence.generateState(2, 'uint64')]);
  }

  /** Puts the counter there; nothing is left in the buffer, nor half a word. */
  private place(counter: readonly bigint[], key: readonly bigint[]): void {
    this.replace([...counter, ...key, ...NONE, BigInt(BUFFER)]);
  }

  /**
   * The state at the next word: plain JSON, NumPy's dictionary with camelCase names and integers as decimal strings. Set it to go on from
   * there; a state of another class, or a damaged one, is refused and changes nothing.
   *
   * @throws TypeError or RangeError that names the field
   */
  override get state(): PhiloxState {
    this.acquire();
    const [c0, c1, c2, c3, k0, k1, ...buffer] = Array.from({ length: 10 }, (_, i) => String(this.stateWord(i)));
    const state = { counter: [c0, c1, c2, c3], key: [k0, k1] };
    return { bitGenerator: this.name, state, buffer, bufferPos: Number(this.stateWord(10)), ...this.half };
  }

  override set state(value: PhiloxState) {
    const [all, { counter, key }] = this.checkState(value, 'counter, key');
    const words = [...parseWords('state.state.counter', counter, 4), ...parseWords('state.state.key', key, 2)];
    const buffer = parseWords('state.buffer', all.buffer, BUFFER);
    this.replaceAll([...words, ...buffer, BigInt(checkUpTo('state.bufferPos', all.bufferPos, BUFFER))], all);
  }

  /**
   * Moves by `delta` counts, of four words each, forward or back, mod 2^256; drops what is left of the last count, and the half-word.
   *
   * @param delta an integer; past 2^53 a bigint
   * @throws TypeError, RangeError
   */
  override advance(delta: number | bigint): this {
    const counts = checkInteger('delta', delta);
    this.acquire();
    const counter = NONE.reduce((sum, _, i) => sum + (this.stateWord(i) << BigInt(64 * i)), counts);
    this.place(split(counter, 4), [this.stateWord(4), this.stateWord(5)]);
    return this;
  }

  /**
   * A new generator with the same key, `jumps` times 2^128 counts ahead, without what is left of the last count; this one does not move.
   * It shares the seed sequence.
   *
   * @throws TypeError, RangeError
   */
  override jumped(jumps: number | bigint = 1): this {
    const count = checkInteger('jumps', jumps);
    return this.copy().advance(count << 128n);
  }
}

/** The lowest `count` 64-bit words of an integer. */
function split(value: bigint, count: number): bigint[] {
  return Array.from({ length: count }, (_, i) => value >> BigInt(64 * i) & MASK64);
}

function toWords(name: string, value: unknown, count: number): bigint[] {
  if (typeof value === 'number' || typeof value === 'bigint') return split(checkUint(name, value, 64 * count), count);
  const list = value instanceof NDArray && value.ndim === 1 ? value.data : value;
  const dtype = dtypeOf(list);
  if (!Array.isArray(list) && (dtype === undefined || isFloatDType(dtype))) {
    throw typeError(name, value, `an integer from 0 to 2^${64 * count} − 1, or ${count} of 64 bits`);
  }
  const words = list as ArrayLike<unknown>;
  if (words.length !== count) throw rangeError(name, value, `${count} integers, or one`);
  return Array.from(words, (word, i) => checkUint(`${name}[${i}]`, word, 64));
}
