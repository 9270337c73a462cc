/** Bit generators: streams of raw words, where they stand, and how draws take from them. */
import { checkObject } from './checks.ts';
import { allocate, type TypedArray } from './dtype.ts';
import { evict, kernels, out, raw, reside, state } from './engine.ts';
import { rangeError, typeError } from './errors.ts';
import type { Kernel } from './fill.ts';
import { inspect, NDArray } from './ndarray.ts';
import { SeedSequence, type Entropy, type SeedSequenceJSON } from './seedSequence.ts';
import { sizeOf, toShape, type Size } from './shape.ts';

/** Words drawn ahead for draws without a size: at first, and at most once such draws go on (2 KB a generator). */
const FIRST_AHEAD = 64, MOST_AHEAD = 512;

/** The raw block's first words, for each length a block drawn ahead can have: a view made anew costs more than the copy. */
const ahead = new Map<number, Uint32Array>();
for (let n = FIRST_AHEAD; n <= MOST_AHEAD; n *= 2) ahead.set(n, raw.subarray(0, n));

/** Fills whose unit is several elements: one that ends inside a unit leaves its kind as the phase. */
export type PhaseKind = 'normal32' | 'normal64' | 'bernoulli';

/** Elements in a unit of each kind: a Box–Muller pair, the four bytes of a word. */
export const unitElements: { readonly [kind in PhaseKind]: number } = { normal32: 2, normal64: 2, bernoulli: 4 };

/** Where inside a unit the last fill ended: the kind of fill, and how many of the unit's elements are done. */
export interface Phase {
  kind: PhaseKind;
  done: number;
}

/** A bit generator's place in its stream: plain JSON, numbers past 32 bits as decimal strings. Each class has a form of its own. */
export interface BitGeneratorState {
  bitGenerator: string;
  state: object;
}

/** A place in a stream, with what it takes to go on spawning. */
export type BitGeneratorJSON<S extends BitGeneratorState = BitGeneratorState> = S & { seedSeq: SeedSequenceJSON | null };

/** What a seed may be: nothing (entropy from the platform), non-negative integers of any size, a SeedSequence. */
export type Seed = Entropy | SeedSequence;

/** The id of the first of NumPy's generators: see assembly/raw.ts. */
const FIRST_OF_NUMPY = 2;

/**
 * A stream of raw words, of 32 bits or of 64.
 *
 * Its state is in one of two places: in the engine's memory while it is resident, else in `put`. Words for draws without
 * a size are drawn ahead in blocks; the state it shows is nevertheless always that of the next word.
 */
export abstract class BitGenerator {
  /** @internal */
  abstract readonly id: number;
  /** The class's name, as in `state`. */
  abstract readonly name: string;

  /** The seed sequence this generator came from; null where it came from a state or a key. */
  seedSeq: SeedSequence | null;

  /** @internal The state while not resident, as the engine lays it out. */
  protected readonly put: Uint32Array;
  /** @internal The phase's kind; null between units. */
  protected phaseKind: PhaseKind | null = null;
  /** @internal How many of the unit's elements are done; 0 between units. */
  protected phaseDone = 0;
  /** @internal Words drawn ahead; those from `pos` to `end` are not used yet. */
  protected words: Uint32Array | undefined;
  /** @internal */
  protected pos = 0;
  /** @internal */
  protected end = 0;
  /** The second normal of the pair that a draw without a size has begun: derivable, so no part of the state. */
  private spare: number | undefined;

  /**
   * @param seed nothing for entropy from the platform's `crypto`; a non-negative integer of any size; an array of them; a `SeedSequence`
   * @throws TypeError or RangeError that names `entropy` for anything else
   */
  constructor(seed?: Seed | null) {
    this.seedSeq = seed instanceof SeedSequence ? seed : new SeedSequence(seed);
    this.put = new Uint32Array(this.stateWords);
    this.seed(this.seedSeq);
  }

  /** @internal 32-bit words of state, as the engine lays it out: asked for while the base class is constructed. */
  protected get stateWords(): number {
    return 4;
  }

  /** @internal Is it one of NumPy's, whose numbers are NumPy's? */
  get isNumPy(): boolean {
    return this.id >= FIRST_OF_NUMPY;
  }

  /** The place in the stream: plain JSON, the same for the same point however it was reached. Set it to go on from there. */
  abstract get state(): BitGeneratorState;
  abstract set state(value: BitGeneratorState);

  /**
   * State and seed sequence, with the count of children spawned: the class's `fromJSON` gives a generator that draws and spawns as this one would.
   *
   * @example
   * const copy = PCG32DXSM.fromJSON(JSON.parse(JSON.stringify(new PCG32DXSM(42))));
   */
  toJSON(): BitGeneratorJSON<this['state']> {
    return { ...this.state, seedSeq: this.seedSeq === null ? null : this.seedSeq.toJSON() } as BitGeneratorJSON<this['state']>;
  }

  /** @internal */
  protected static fromJSONAs<B extends BitGenerator>(Class: new (seed: number) => B, json: unknown): B {
    const { seedSeq, ...state } = checkObject('json', json, 'what toJSON gives');
    if (typeof seedSeq !== 'object') throw typeError('seedSeq', seedSeq, 'null or what SeedSequence.toJSON gives');
    const sequence = seedSeq === null ? null : SeedSequence.fromJSON(seedSeq as SeedSequenceJSON);
    const made = new Class(0);
    made.seedSeq = sequence;
    made.state = state as unknown as BitGeneratorState;
    return made;
  }

  /**
   * Moves by `delta` words, forward or back, in O(log delta).
   *
   * @throws TypeError for a class that cannot: MT19937 and SFC64, as in NumPy
   */
  advance(delta: number | bigint): this;
  advance(): this {
    throw new TypeError(`advance: ${this.name} cannot be moved by a number of words`);
  }

  /**
   * A new generator `jumps` jumps ahead on this one's stream; this one does not move.
   *
   * @throws TypeError for SFC64, which cannot, as in NumPy
   */
  jumped(jumps?: number | bigint): this;
  jumped(): this {
    throw new TypeError(`jumped: ${this.name} has no jumps`);
  }

  /** @internal Another generator at this one's place; it shares the seed sequence. */
  copy(): this {
    const Class = this.constructor as new (seed: number) => this;
    const made = new Class(0);
    made.seedSeq = this.seedSeq;
    made.state = this.state;
    return made;
  }

  /** @internal Checks what all states have in common, and gives the state and its part `state`, which is `{ part }`. */
  protected checkState(value: unknown, part: string): [all: Record<string, unknown>, inner: Record<string, unknown>] {
    const all = checkObject('state', value, 'what `state` gave');
    if (all.bitGenerator !== this.name) throw rangeError('state.bitGenerator', all.bitGenerator, JSON.stringify(this.name));
    return [all, checkObject('state.state', all.state, `{ ${part} }`)];
  }

  /** @internal Replaces the state: words of 64 bits, zeros after them; nothing is drawn ahead then. */
  protected replace(words: readonly bigint[]): void {
    evict(this);
    this.put.fill(0);
    words.forEach((word, i) => {
      this.put[2 * i] = Number(word & 0xffffffffn);
      this.put[2 * i + 1] = Number(word >> 32n);
    });
    this.pos = this.end = 0;
    this.dropPhase();
  }

  /** @internal Word `i` of 64 bits of the state, after `acquire`. */
  protected stateWord(i: number): bigint {
    return BigInt(state[2 * i + 1]) << 32n | BigInt(state[2 * i]);
  }

  /** What Node's console shows: the state. */
  [inspect](): unknown {
    return this.state;
  }

  /** @internal Sets `put` from a seed sequence. */
  protected abstract seed(sequence: SeedSequence): void;

  /** @internal Copies the state into the engine's memory. */
  abstract load(): void;

  /** @internal Copies it back to `put`. */
  abstract save(): void;

  /** @internal Makes this generator resident, the engine's state at its next word: what comes before every kernel. */
  acquire(): void {
    reside(this);
    if (this.pos !== this.end) {
      kernels.rewind(this.end - this.pos);
      this.pos = this.end = 0;
    }
  }

  /**
   * @internal Acquires for a fill of `kind` (null: of single elements), whose units take `words` words, and gives how many
   * elements of the first unit are done; the engine stands at that unit's first word.
   */
  resume(kind: PhaseKind | null, words: number): number {
    this.acquire();
    const done = kind !== null && this.phaseKind === kind ? this.phaseDone : 0;
    if (done > 0) kernels.rewind(words);
    this.dropPhase();
    return done;
  }

  /** @internal Leaves the phase after `elements` elements of `kind`, counted from a unit's start. */
  leave(kind: PhaseKind | null, elements: number): void {
    if (kind === null) return;
    this.phaseDone = elements % unitElements[kind];
    this.phaseKind = this.phaseDone > 0 ? kind : null;
  }

  /** @internal Moves to where a fill of n elements leaves it, drawing none. */
  skip({ kind, words }: Kernel, n: bigint): void {
    if (n === 0n) return;
    const elements = BigInt(this.resume(kind, words)) + n, unit = BigInt(kind === null ? 1 : unitElements[kind]);
    kernels.advance(BigInt.asIntN(64, (elements + unit - 1n) / unit * BigInt(words)), 0n);
    this.leave(kind, Number(elements % unit));
  }

  /** @internal How fills go where they do not go the usual way: see standIn.ts. */
  fillInstead?(kernel: Kernel, data: TypedArray, then: () => void): void;

  /** @internal */
  protected dropPhase(): void {
    this.phaseKind = null;
    this.phaseDone = 0;
    this.spare = undefined;
  }

  /** @internal Draws the next block of words ahead: as many as can be put back. */
  protected drawAhead(): void {
    if (this.words === undefined) this.words = new Uint32Array(FIRST_AHEAD);
    // used up to its end: such draws go on, so the next block is twice as long
    else if (this.end === this.words.length && this.end < MOST_AHEAD) this.words = new Uint32Array(this.end * 2);
    this.acquire();
    const { words } = this, n = kernels.ahead(words.length);
    kernels.refill(n);
    words.set(ahead.get(n) ?? raw.subarray(0, n));
    this.pos = 0;
    this.end = n;
  }

  /** @internal The next draw of 32 bits. */
  next32(): number {
    if (this.phaseKind !== null) this.dropPhase();
    if (this.pos >= this.end) this.drawAhead();
    return this.words![this.pos++];
  }

  /** @internal Puts what the last `next32` took back. */
  unread32(): void {
    this.pos--;
  }

  /** @internal The next double in [0, 1), 53 bits of two words: what a fill of one element has. */
  nextDouble(): number {
    if (this.phaseKind !== null) this.dropPhase();
    if (this.pos + 2 > this.end) this.drawAhead();
    const pos = this.pos, words = this.words!;
    this.pos = pos + 2;
    // high · 2^-32 + (low >>> 11) · 2^-53: exact
    return words[pos + 1] * 2.3283064365386963e-10 + (words[pos] >>> 11) * 1.1102230246251565e-16;
  }

  /** @internal The next standard normal: what a float64 fill of one element has; undefined where only a fill can resume the pair. */
  nextNormal(): number | undefined {
    if (this.phaseKind !== null) {
      const { spare } = this;
      if (this.phaseKind === 'normal64' && spare === undefined) return undefined;
      this.dropPhase();
      if (spare !== undefined) return spare;
    }
    if (this.pos + 4 > this.end) this.drawAhead();
    const pos = this.pos, words = this.words!;
    this.pos = pos + 4;
    kernels.normalPair64(words[pos], words[pos + 1], words[pos + 2], words[pos + 3]);
    this.spare = out.float64[1];
    this.phaseKind = 'normal64';
    this.phaseDone = 1;
    return out.float64[0];
  }

  /**
   * The next raw words: a number, or a bigint where they have 64 bits, without a size, else uint32 or uint64 of that shape.
   *
   * @throws TypeError, RangeError for a bad size
   * @example
   * new PCG32DXSM(42).randomRaw(4).dtype; // 'uint32'
   */
  randomRaw(): number | bigint;
  randomRaw(size: Size): NDArray<'uint32'> | NDArray<'uint64'>;
  randomRaw(size?: Size): number | bigint | NDArray {
    if (size === undefined) return this.next32();
    const shape = toShape(size), words = allocate('uint32', sizeOf(shape));
    this.fillRaw(words);
    return new NDArray(words, shape, 'uint32');
  }

  /** @internal Fills `target` with the next raw words, the low half of one of 64 bits first; an even length there. */
  fillRaw(target: Uint32Array): void {
    this.fillBy(kernels.refill, target);
  }

  /** @internal Fills `target` with the next draws of 32 bits. */
  fill32(target: Uint32Array): void {
    this.fillBy(kernels.refill32, target);
  }

  private fillBy(refill: (words: number) => void, target: Uint32Array): void {
    if (target.length === 0) return;
    this.resume(null, 1);
    for (let done = 0; done < target.length; done += raw.length) {
      const n = Math.min(raw.length, target.length - done);
      refill(n);
      target.set(n === raw.length ? raw : raw.subarray(0, n), done);
    }
  }

  /**
   * `n` new generators from spawned seed sequences: reproducible, and different from those of earlier calls.
   *
   * @throws TypeError where it came from a state or a key, so has no seed sequence to spawn from; TypeError or RangeError for a bad n
   */
  spawn(n: number): this[] {
    if (this.seedSeq === null) throw new TypeError('spawn: a generator made from a state or a key has no seed sequence');
    const Class = this.constructor as new (seed: Seed) => this;
    return this.seedSeq.spawn(n).map(child => new Class(child));
  }
}
