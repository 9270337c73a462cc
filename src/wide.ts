/** What NumPy's generators of 64-bit words share: the half of a word that waits for the next draw of 32 bits. */
import { BitGenerator, type BitGeneratorState } from './bitGenerator.ts';
import { checkUpTo, parseUint } from './checks.ts';
import { allocate } from './dtype.ts';
import { state } from './engine.ts';
import { typeError } from './errors.ts';
import { NDArray } from './ndarray.ts';
import { sizeOf, toShape, type Size } from './shape.ts';

/** Where the half-word is in the state, in words of 32 bits: is there one, which (the last one, used or not). See HALF in assembly/memory.ts. */
const HAS = 24, HELD = 25, WORDS = 26;

/** What the state of each has besides its own, as in NumPy's. */
export interface WideState extends BitGeneratorState {
  /** 1 where the high half of a word waits for the next draw of 32 bits, else 0. */
  hasUint32: number;
  /** That half; once it is used, still the same number. */
  uinteger: number;
}

/** A word as its halves and whole. */
const halves = new Uint32Array(2), whole = new BigUint64Array(halves.buffer);

/** A stream of 64-bit words. Draws of 32 bits take the low half of a word, then the high one, past any draws of 64 bits between. */
export abstract class Wide extends BitGenerator {
  /** Where the state is: `put`, or the engine's memory. Set by `replace`, which seeding calls before fields are. */
  declare private home: Uint32Array;

  abstract override get state(): WideState;
  abstract override set state(value: WideState);

  /** @internal */
  protected override get stateWords(): number {
    return WORDS;
  }

  /** @internal */
  override load(): void {
    const { put } = this;
    for (let i = 0; i < WORDS; i++) state[i] = put[i];
    this.home = state;
  }

  /** @internal */
  override save(): void {
    const { put } = this;
    for (let i = 0; i < WORDS; i++) put[i] = state[i];
    this.home = put;
  }

  /** @internal The half-word is none then, 0. */
  protected override replace(words: readonly bigint[]): void {
    super.replace(words);
    this.home = this.put;
  }

  /** @internal The half-word as `state` shows it. */
  protected get half(): { hasUint32: number; uinteger: number } {
    const { home } = this;
    return { hasUint32: home[HAS], uinteger: home[HELD] };
  }

  /** @internal Replaces the state by one with a half-word, which is checked first. */
  protected replaceAll(words: readonly bigint[], { hasUint32, uinteger }: Record<string, unknown>): void {
    const has = checkUpTo('state.hasUint32', hasUint32, 1), held = checkUpTo('state.uinteger', uinteger, 0xffffffff);
    this.replace(words);
    this.put[HAS] = has;
    this.put[HELD] = held;
  }

  /** @internal */
  protected dropHalf(): void {
    const { home } = this;
    home[HAS] = home[HELD] = 0;
  }

  /** @internal */
  override next32(): number {
    if (this.phaseKind !== null) this.dropPhase();
    if (this.home[HAS] !== 0) {
      this.home[HAS] = 0;
      return this.home[HELD];
    }
    if (this.pos >= this.end) this.drawAhead();
    const { home, pos } = this, words = this.words!; // drawing ahead may have moved the state
    this.pos = pos + 2;
    home[HAS] = 1;
    home[HELD] = words[pos + 1];
    return words[pos];
  }

  /** @internal */
  override unread32(): void {
    const { home } = this;
    if (home[HAS] !== 0) this.pos -= 2;
    home[HAS] = 1 - home[HAS];
  }

  /** @internal Normals over NumPy's generators are not made of words drawn ahead. */
  override nextNormal(): undefined {
    return undefined;
  }

  override randomRaw(): bigint;
  override randomRaw(size: Size): NDArray<'uint64'>;
  override randomRaw(size?: Size): bigint | NDArray<'uint64'> {
    if (size === undefined) {
      if (this.phaseKind !== null) this.dropPhase();
      if (this.pos >= this.end) this.drawAhead();
      halves[0] = this.words![this.pos];
      halves[1] = this.words![this.pos + 1];
      this.pos += 2;
      return whole[0];
    }
    const shape = toShape(size), words = allocate('uint64', sizeOf(shape));
    this.fillRaw(new Uint32Array(words.buffer));
    return new NDArray(words, shape, 'uint64');
  }
}

/** An array of `count` decimal strings below 2^64. */
export function parseWords(name: string, list: unknown, count: number): bigint[] {
  if (!Array.isArray(list) || list.length !== count) throw typeError(name, list, `an array of ${count} decimal strings`);
  return Array.from(list, (text, i) => parseUint(`${name}[${i}]`, text, 64));
}
