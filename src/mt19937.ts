/** `MT19937`, the Mersenne Twister: NumPy's RandomState stands on it. */
import { BitGenerator, type BitGeneratorState } from './bitGenerator.ts';
import { checkInteger, checkUpTo } from './checks.ts';
import { dtypeOf, isFloatDType } from './dtype.ts';
import { state } from './engine.ts';
import { rangeError, typeError } from './errors.ts';
import { jump } from './mt19937Jump.ts';
import { NDArray } from './ndarray.ts';
import { SeedSequence, type IntegerArray } from './seedSequence.ts';
import type { Size } from './shape.ts';

/** Words of the key; the place of the next one comes after them. */
const N = 624;

/** The engine's copy of the state. */
const resident = state.subarray(0, N + 1);

/** The state of MT19937: the key's 624 words, and the place of the next one in it; at 624 the key is twisted first. */
export interface MT19937State extends BitGeneratorState {
  state: { key: number[]; pos: number };
}

/** The seeds that RandomState takes: an integer below 2^32, or an array of them. */
export type LegacySeed = number | bigint | readonly (number | bigint)[] | IntegerArray | NDArray;

/**
 * Matsumoto and Nishimura's Mersenne Twister as NumPy has it, bit for bit: 32-bit words, period 2^19937 − 1. It cannot be moved by a number
 * of words.
 *
 * @example
 * new Generator(MT19937.legacy(1111)).random(3).shape; // [3]
 */
export class MT19937 extends BitGenerator {
  override readonly id = 6;
  override readonly name = 'MT19937';

  /** From what `toJSON` gave. @throws TypeError or RangeError that names the field */
  static fromJSON(json: unknown): MT19937 {
    return BitGenerator.fromJSONAs(MT19937, json);
  }

  /**
   * Seeded as `numpy.random.seed` and `RandomState` do: an integer by init_genrand, an array by init_by_array of mt19937ar.c. A typed array
   * or NDArray loses its dimensions of 1 first, as in NumPy, so that one of a single element is an integer; an array is one. There is no
   * seed sequence then, so nothing to spawn from.
   *
   * @param seed an integer from 0 to 2^32 − 1, or a non-empty flat array of them; nothing for entropy from the platform
   * @throws TypeError or RangeError that names `seed`
   * @example
   * MT19937.legacy(5489).randomRaw(); // 3499211612
   */
  static legacy(seed?: LegacySeed | null): MT19937 {
    const made = new MT19937(0);
    made.legacySeeding(seed);
    return made;
  }

  /** @internal The same in place. */
  legacySeeding(seed?: LegacySeed | null): void {
    if (seed === undefined || seed === null) this.seed(new SeedSequence());
    else {
      const words = toLegacy(seed);
      this.place(typeof words === 'number' ? initGenrand(words) : initByArray(words), N);
    }
    this.seedSeq = null;
  }

  /** @internal */
  protected override get stateWords(): number {
    return N + 1;
  }

  /** @internal The first word is a bit alone, so that not all of them are 0; it has been used. See: numpy/random/_mt19937.pyx. */
  protected seed(sequence: SeedSequence): void {
    const key = sequence.generateState(N);
    key[0] = 0x80000000;
    this.place(key, N - 1);
  }

  private place(key: ArrayLike<number>, pos: number): void {
    this.replace([]);
    this.put.set(key);
    this.put[N] = pos;
  }

  /** @internal */
  override load(): void {
    resident.set(this.put);
  }

  /** @internal */
  override save(): void {
    this.put.set(resident);
  }

  /**
   * The state at the next word: plain JSON, NumPy's dictionary with camelCase names. Set it to go on from there, or to the array that
   * RandomState's `get_state` gives; a state of another class, or a damaged one, is refused and changes nothing.
   *
   * @throws TypeError or RangeError that names the field
   */
  override get state(): MT19937State {
    this.acquire();
    return { bitGenerator: this.name, state: { key: Array.from(state.subarray(0, N)), pos: state[N] } };
  }

  override set state(value: MT19937State | readonly unknown[]) {
    if (Array.isArray(value)) {
      const [bitGenerator, key, pos] = value as unknown[];
      if (bitGenerator !== this.name || (value.length !== 3 && value.length !== 5)) {
        throw rangeError('state', value, "['MT19937', key, pos], or with hasGauss and cachedGaussian");
      }
      value = { bitGenerator, state: { key, pos } } as MT19937State;
    }
    const [, { key, pos }] = this.checkState(value, 'key, pos');
    const list = (key instanceof NDArray ? key.data : key) as ArrayLike<number>;
    if (!(Array.isArray(list) || dtypeOf(list)) || list.length !== N) throw typeError('state.state.key', key, `an array of ${N} integers`);
    const words = Uint32Array.from(list, (word, i) => checkUpTo(`state.state.key[${i}]`, word, 0xffffffff));
    this.place(words, checkUpTo('state.state.pos', pos, N));
  }

  /**
   * A new generator `jumps` jumps ahead, NumPy's jumps: 2^128 steps of the key taken as a circle with the oldest word at `pos`. NumPy itself
   * reads on from there as if the key were in order, so the words are NumPy's, not those exactly 2^128 further. This one does not move. It
   * shares the seed sequence.
   *
   * @param jumps a non-negative integer; each takes some milliseconds, the first of all 40 more
   * @throws TypeError, RangeError
   */
  override jumped(jumps: number | bigint = 1): this {
    const count = checkInteger('jumps', jumps);
    if (count < 0n) throw rangeError('jumps', jumps, 'a non-negative integer');
    const made = this.copy(), { put } = made;
    for (let i = 0n; i < count; i++) put[N] = jump(put.subarray(0, N), put[N]);
    return made;
  }

  override randomRaw(): number;
  override randomRaw(size: Size): NDArray<'uint32'>;
  override randomRaw(size?: Size): number | NDArray<'uint32'> {
    return super.randomRaw(size!) as number | NDArray<'uint32'>;
  }

  /** @internal 53 bits of two words, the high ones first. */
  override nextDouble(): number {
    if (this.phaseKind !== null) this.dropPhase();
    const pos = this.pos, words = this.words!;
    // words drawn ahead end where the key does: one by one there
    if (pos + 2 > this.end) return toDouble(this.next32(), this.next32());
    this.pos = pos + 2;
    return toDouble(words[pos], words[pos + 1]);
  }

  /** @internal Normals over NumPy's generators are not made of words drawn ahead. */
  override nextNormal(): undefined {
    return undefined;
  }
}

/** (a >>> 5) · 2^-27 + (b >>> 6) · 2^-53, all exact. See: genrand_res53 of mt19937ar.c. */
function toDouble(a: number, b: number): number {
  return (a >>> 5) * 7.450580596923828e-9 + (b >>> 6) * 1.1102230246251565e-16;
}

/** Checks RandomState's seed as NumPy does: gives an integer, or the words of an array. See: _legacy_seeding in numpy/random/_mt19937.pyx. */
function toLegacy(seed: unknown): number | number[] {
  const takes = 'an integer from 0 to 2^32 − 1, or a non-empty flat array of them';
  const word = (name: string, value: unknown): number => {
    if (typeof value !== 'number' && typeof value !== 'bigint') throw typeError(name, value, takes);
    const number = Number(value);
    if (!Number.isInteger(number) || number < 0 || number > 0xffffffff) throw rangeError(name, value, takes);
    return number + 0;
  };
  const isArray = Array.isArray(seed), list = seed instanceof NDArray ? seed.data : seed, dtype = isArray ? undefined : dtypeOf(list);
  if (!isArray && dtype === undefined) return word('seed', seed);
  const words = list as ArrayLike<unknown>;
  if (!isArray) {
    // what does not fit int64 for certain is not cast to it
    if (isFloatDType(dtype!) || (dtype === 'uint64' && words.length !== 1)) throw typeError('seed', seed, takes);
    if (words.length === 1) return word('seed', words[0]);
    if (seed instanceof NDArray && seed.shape.filter(dimension => dimension !== 1).length !== 1) throw rangeError('seed', seed, takes);
  }
  if (words.length === 0) throw rangeError('seed', seed, takes);
  return Array.from(words, (value, i) => word(`seed[${i}]`, value));
}

/** init_genrand of mt19937ar.c: 1812433253 is the multiplier of Knuth, TAOCP vol. 2, 3rd ed., p. 106. */
function initGenrand(seed: number): Uint32Array {
  const key = new Uint32Array(N);
  key[0] = seed;
  for (let i = 1; i < N; i++) key[i] = Math.imul(key[i - 1] ^ key[i - 1] >>> 30, 1812433253) + i;
  return key;
}

/** init_by_array of mt19937ar.c. */
function initByArray(words: readonly number[]): Uint32Array {
  const key = initGenrand(19650218);
  let i = 1;
  const mixed = (multiplier: number) => key[i] ^ Math.imul(key[i - 1] ^ key[i - 1] >>> 30, multiplier);
  const step = () => {
    if (++i < N) return;
    key[0] = key[N - 1];
    i = 1;
  };
  for (let k = 0; k < Math.max(N, words.length); k++) {
    const j = k % words.length;
    key[i] = mixed(1664525) + words[j] + j;
    step();
  }
  for (let k = 1; k < N; k++) {
    key[i] = mixed(1566083941) - i;
    step();
  }
  key[0] = 0x80000000;
  return key;
}
