/** The PCG generators on a 64-bit LCG: `PCG32DXSM`, the default, and `PCG32`. */
import { BitGenerator, unitElements, type BitGeneratorState, type Phase } from './bitGenerator.ts';
import { checkInteger, checkUint, parseUint } from './checks.ts';
import { kernels, state } from './engine.ts';
import { rangeError, typeError } from './errors.ts';
import type { NDArray } from './ndarray.ts';
import type { SeedSequence } from './seedSequence.ts';
import type { Size } from './shape.ts';

const MASK = (1n << 64n) - 1n;

/** PCG_DEFAULT_MULTIPLIER_64 of pcg-c: here for the steps from an initial state. */
const MULTIPLIER = 6364136223846793005n;

/** ⌊2^64 / φ⌋ | 1 (odd as it is), φ the golden ratio: the words in a jump. */
const JUMP = 0x9e3779b97f4a7c15n;

/** The state of the PCG32 pair. */
export interface PCG32State extends BitGeneratorState {
  state: { state: string; inc: string };
  phase: Phase | null;
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
    this.replace([(initialState + inc) * MULTIPLIER + inc & MASK, inc]);
  }

  /** @internal */
  protected static fromStateAs<B extends LCG64>(Class: new (seed: number) => B, initialState: unknown, stream: unknown): B {
    const start = checkUint('initialState', initialState, 64), sequence = checkUint('stream', stream, 64);
    const made = new Class(0);
    made.seedSeq = null;
    made.begin(start, sequence);
    return made;
  }

  /** @internal */
  override load(): void {
    const { put } = this;
    // four stores: `set` costs more than the copy
    state[0] = put[0];
    state[1] = put[1];
    state[2] = put[2];
    state[3] = put[3];
  }

  /** @internal */
  override save(): void {
    const { put } = this;
    put[0] = state[0];
    put[1] = state[1];
    put[2] = state[2];
    put[3] = state[3];
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
  override get state(): PCG32State {
    this.acquire();
    const { phaseKind, phaseDone } = this;
    return {
      bitGenerator: this.name,
      state: { state: String(this.stateWord(0)), inc: String(this.stateWord(1)) },
      phase: phaseKind === null ? null : { kind: phaseKind, done: phaseDone },
    };
  }

  override set state(value: PCG32State) {
    const [all, inner] = this.checkState(value, 'state, inc');
    const state = parseUint('state.state.state', inner.state, 64), inc = parseUint('state.state.inc', inner.inc, 64);
    if ((inc & 1n) === 0n) throw rangeError('state.state.inc', inner.inc, 'an odd number');
    const phase = parsePhase(all.phase);
    this.replace([state, inc]);
    this.phaseKind = phase && phase.kind;
    this.phaseDone = phase ? phase.done : 0;
  }

  override randomRaw(): number;
  override randomRaw(size: Size): NDArray<'uint32'>;
  override randomRaw(size?: Size): number | NDArray<'uint32'> {
    return super.randomRaw(size!) as number | NDArray<'uint32'>;
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
    return this.copy().advance(count * JUMP);
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
    return BitGenerator.fromJSONAs(PCG32DXSM, json);
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
    return BitGenerator.fromJSONAs(PCG32, json);
  }
}
