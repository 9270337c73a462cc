/** The PCG generators on a 64-bit LCG: `PCG32DXSM`, the default, and `PCG32`. */
import { BitGenerator, unitElements, type BitGeneratorJSON, type BitGeneratorState, type Phase } from './bitGenerator.ts';
import { evict, kernels } from './engine.ts';
import { checkInteger } from './checks.ts';
import { rangeError, typeError } from './errors.ts';
import { SeedSequence } from './seedSequence.ts';

const MASK = (1n << 64n) - 1n;

/** PCG_DEFAULT_MULTIPLIER_64 of pcg-c: here for the steps from an initial state. */
const MULTIPLIER = 6364136223846793005n;

/** ⌊2^64 / φ⌋ | 1 (odd as it is), φ the golden ratio: the words in a jump. */
const JUMP = 0x9e3779b97f4a7c15n;

/** A non-negative integer below 2^64, as a bigint or a safe integer. */
function toUint64(name: string, value: unknown): bigint {
  const number = checkInteger(name, value);
  if (number < 0n || number > MASK) throw rangeError(name, value, 'an integer from 0 to 2^64 − 1');
  return number;
}

/** The same from the decimal string a state holds. */
function parseUint64(name: string, text: unknown): bigint {
  const takes = 'a decimal string from 0 to 2^64 − 1';
  if (typeof text !== 'string') throw typeError(name, text, takes);
  if (!/^(0|[1-9][0-9]{0,19})$/.test(text) || BigInt(text) > MASK) throw rangeError(name, text, takes);
  return BigInt(text);
}

function parsePhase(phase: unknown): Phase | null {
  if (phase === null) return null;
  if (typeof phase !== 'object') throw typeError('state.phase', phase, 'null or { kind, done }');
  const { kind, done } = phase as Phase;
  if (typeof kind !== 'string' || !Object.hasOwn(unitElements, kind)) {
    throw rangeError('state.phase.kind', kind, `one of ${Object.keys(unitElements).join(', ')}`);
  }
  const most = unitElements[kind] - 1;
  if (!Number.isInteger(done) || done < 1 || done > most) throw rangeError('state.phase.done', done, `an integer from 1 to ${most}`);
  return { kind, done };
}

/** What the two generators share: everything but the output function. */
abstract class LCG64 extends BitGenerator {
  /** @internal */
  protected seed(sequence: SeedSequence): void {
    const [initialState, stream] = sequence.generateState(2, 'uint64');
    this.begin(initialState, stream);
  }

  /** pcg-c's pcg_setseq_64_srandom_r. */
  private begin(initialState: bigint, stream: bigint): void {
    const inc = (stream << 1n | 1n) & MASK;
    this.place((initialState + inc) * MULTIPLIER + inc & MASK, inc, null);
  }

  private place(state: bigint, inc: bigint, phase: Phase | null): void {
    evict(this);
    const { put } = this;
    put[0] = Number(state & 0xffffffffn);
    put[1] = Number(state >> 32n);
    put[2] = Number(inc & 0xffffffffn);
    put[3] = Number(inc >> 32n);
    this.pos = this.end = 0;
    this.dropPhase();
    this.phaseKind = phase && phase.kind;
    this.phaseDone = phase ? phase.done : 0;
  }

  /** @internal */
  protected static fromStateAs<B extends LCG64>(Class: new (seed: number) => B, initialState: unknown, stream: unknown): B {
    const start = toUint64('initialState', initialState), sequence = toUint64('stream', stream);
    const made = new Class(0);
    made.seedSeq = null;
    made.begin(start, sequence);
    return made;
  }

  /** @internal */
  protected static fromJSONAs<B extends LCG64>(Class: new (seed: number) => B, json: unknown): B {
    if (typeof json !== 'object' || json === null) throw typeError('json', json, 'what toJSON gives');
    const { seedSeq, ...state } = json as BitGeneratorJSON;
    if (typeof seedSeq !== 'object') throw typeError('seedSeq', seedSeq, 'null or what SeedSequence.toJSON gives');
    const sequence = seedSeq === null ? null : SeedSequence.fromJSON(seedSeq);
    const made = new Class(0);
    made.seedSeq = sequence;
    made.state = state;
    return made;
  }

  /**
   * The state at the next word: plain JSON, the same for the same point of the stream however it was reached. `phase` says
   * where inside a Box–Muller pair or a mask's word the last fill ended. Set it to go on from there; a state of another class,
   * or a damaged one, is refused and changes nothing.
   *
   * @throws TypeError or RangeError that names the field
   * @example
   * const rng = new PCG32DXSM(42);
   * const saved = JSON.stringify(rng.state);
   * rng.state = JSON.parse(saved);
   */
  override get state(): BitGeneratorState {
    this.acquire();
    this.save();
    const { put, phaseKind, phaseDone } = this;
    return {
      bitGenerator: this.name,
      state: { state: String(BigInt(put[1]) << 32n | BigInt(put[0])), inc: String(BigInt(put[3]) << 32n | BigInt(put[2])) },
      phase: phaseKind === null ? null : { kind: phaseKind, done: phaseDone },
    };
  }

  override set state(value: BitGeneratorState) {
    if (typeof value !== 'object' || value === null) throw typeError('state', value, 'what `state` gave');
    if (value.bitGenerator !== this.name) throw rangeError('state.bitGenerator', value.bitGenerator, JSON.stringify(this.name));
    if (typeof value.state !== 'object' || value.state === null) throw typeError('state.state', value.state, '{ state, inc }');
    const state = parseUint64('state.state.state', value.state.state), inc = parseUint64('state.state.inc', value.state.inc);
    if ((inc & 1n) === 0n) throw rangeError('state.state.inc', value.state.inc, 'an odd number');
    this.place(state, inc, parsePhase(value.phase));
  }

  /**
   * State and seed sequence, with the count of children spawned: `fromJSON` gives a generator that draws and spawns as this one would.
   *
   * @example
   * const copy = PCG32DXSM.fromJSON(JSON.parse(JSON.stringify(new PCG32DXSM(42))));
   */
  override toJSON(): BitGeneratorJSON {
    return { ...this.state, seedSeq: this.seedSeq === null ? null : this.seedSeq.toJSON() };
  }

  /**
   * Moves by `delta` words, forward or back, mod the period of 2^64, in O(log delta); drops a phase. A float32 element is one word,
   * a float64 element two, four elements of a mask are one.
   *
   * @param delta an integer; past 2^53 a bigint
   * @throws TypeError, RangeError
   */
  override advance(delta: number | bigint): this {
    const words = checkInteger('delta', delta);
    this.acquire();
    this.dropPhase();
    kernels.advance(BigInt.asIntN(64, words), 0n);
    return this;
  }

  /**
   * A new generator on this one's stream, `jumps` times ⌊2^64/φ⌋ words ahead; this one does not move. It shares the seed sequence.
   *
   * @throws TypeError, RangeError
   */
  override jumped(jumps: number | bigint = 1): this {
    const count = checkInteger('jumps', jumps);
    const Class = this.constructor as new (seed: number) => this;
    const made = new Class(0);
    made.seedSeq = this.seedSeq;
    made.state = this.state;
    return made.advance(count * JUMP);
  }
}

/**
 * O'Neill's `setseq_dxsm_64_32` (pcg-cpp): a 64-bit LCG with the DXSM output, period 2^64 words of 32 bits. The default.
 *
 * @example
 * const rng = new Generator(new PCG32DXSM(42));
 */
export class PCG32DXSM extends LCG64 {
  override readonly id = 0;
  override readonly name = 'PCG32DXSM';

  /** From pcg-cpp's (initial state, stream), integers below 2^64. @throws TypeError, RangeError */
  static fromState(initialState: number | bigint, stream: number | bigint): PCG32DXSM {
    return LCG64.fromStateAs(PCG32DXSM, initialState, stream);
  }

  /** From what `toJSON` gave. @throws TypeError or RangeError that names the field */
  static fromJSON(json: unknown): PCG32DXSM {
    return LCG64.fromJSONAs(PCG32DXSM, json);
  }
}

/**
 * O'Neill's `setseq_xsh_rr_64_32`, the pcg32 of pcg-random.org: period 2^64 words of 32 bits.
 *
 * @example
 * PCG32.fromState(42, 54).randomRaw().toString(16); // 'a15c02b7', as pcg32-demo prints
 */
export class PCG32 extends LCG64 {
  override readonly id = 1;
  override readonly name = 'PCG32';

  /** From pcg32_srandom's (initial state, stream), integers below 2^64. @throws TypeError, RangeError */
  static fromState(initialState: number | bigint, stream: number | bigint): PCG32 {
    return LCG64.fromStateAs(PCG32, initialState, stream);
  }

  /** From what `toJSON` gave. @throws TypeError or RangeError that names the field */
  static fromJSON(json: unknown): PCG32 {
    return LCG64.fromJSONAs(PCG32, json);
  }
}
