/** NumPy's PCG generators on a 128-bit LCG: `PCG64`, that of `numpy.random.default_rng`, and `PCG64DXSM`. */
import { BitGenerator } from './bitGenerator.ts';
import { checkInteger, parseUint } from './checks.ts';
import { kernels } from './engine.ts';
import type { SeedSequence } from './seedSequence.ts';
import { Wide, type WideState } from './wide.ts';

const MASK = (1n << 128n) - 1n, MASK64 = (1n << 64n) - 1n;

/** ⌊2^128 / φ⌋ | 1, φ the golden ratio: the words in a jump. See: numpy/random/_pcg64.pyx. */
const JUMP = 0x9e3779b97f4a7c15f39cc0605cedc835n;

/** The state of PCG64 and PCG64DXSM: integers below 2^128 as decimal strings, and the half-word. */
export interface PCG64State extends WideState {
  state: { state: string; inc: string };
}

/** PCG_DEFAULT_MULTIPLIER_128 of pcg-c: here for the steps from an initial state, which PCG64DXSM takes with it too. */
const MULTIPLIER = 2549297995355413924n << 64n | 4865540595714422341n;

/** What the two share: everything but multiplier and output function. */
abstract class LCG128 extends Wide {
  /** @internal pcg-c's pcg_setseq_128_srandom_r; high halves come first. See: pcg64_set_seed in numpy/random/src/pcg64/pcg64.c. */
  protected seed(sequence: SeedSequence): void {
    const [high, low, streamHigh, streamLow] = sequence.generateState(4, 'uint64');
    const inc = ((streamHigh << 64n | streamLow) << 1n | 1n) & MASK;
    this.replace(toWords((inc + (high << 64n | low)) * MULTIPLIER + inc & MASK, inc));
  }

  /**
   * The state at the next word: plain JSON, NumPy's dictionary with camelCase names and integers as decimal strings. Set it to go on from
   * there; a state of another class, or a damaged one, is refused and changes nothing.
   *
   * @throws TypeError or RangeError that names the field
   */
  override get state(): PCG64State {
    this.acquire();
    const [state, inc] = [0, 2].map(i => String(this.stateWord(i + 1) << 64n | this.stateWord(i)));
    return { bitGenerator: this.name, state: { state, inc }, ...this.half };
  }

  override set state(value: PCG64State) {
    const [all, { state, inc }] = this.checkState(value, 'state, inc');
    this.replaceAll(toWords(parseUint('state.state.state', state, 128), parseUint('state.state.inc', inc, 128)), all);
  }

  /**
   * Moves by `delta` words of 64 bits, forward or back, mod the period of 2^128, in O(log delta); drops the half-word. A float64 element is
   * one word, a float32 element half of one.
   *
   * @param delta an integer; past 2^53 a bigint
   * @throws TypeError, RangeError
   */
  override advance(delta: number | bigint): this {
    const words = checkInteger('delta', delta);
    this.acquire();
    this.dropPhase();
    this.dropHalf();
    kernels.advance(BigInt.asIntN(64, words), BigInt.asIntN(64, words >> 64n));
    return this;
  }

  /**
   * A new generator on this one's stream, `jumps` times ⌊2^128/φ⌋ | 1 words ahead, without the half-word; this one does not move. It shares
   * the seed sequence.
   *
   * @throws TypeError, RangeError
   */
  override jumped(jumps: number | bigint = 1): this {
    const count = checkInteger('jumps', jumps);
    return this.copy().advance(count * JUMP);
  }
}

function toWords(state: bigint, inc: bigint): bigint[] {
  return [state & MASK64, state >> 64n, inc & MASK64, inc >> 64n];
}

/**
 * O'Neill's `setseq_xsl_rr_128_64` as NumPy has it, bit for bit: period 2^128 words of 64 bits.
 *
 * @example
 * new Generator(new PCG64(42)).random(); // 0.7739560485559633
 */
export class PCG64 extends LCG128 {
  override readonly id = 2;
  override readonly name = 'PCG64';

  /** From what `toJSON` gave. @throws TypeError or RangeError that names the field */
  static fromJSON(json: unknown): PCG64 {
    return BitGenerator.fromJSONAs(PCG64, json);
  }
}

/**
 * O'Neill's `cm_setseq_dxsm_128_64` as NumPy has it, bit for bit: a stronger output function than `PCG64`'s, for fleets of long streams.
 *
 * @example
 * new Generator(new PCG64DXSM(42)).random(3).shape; // [3]
 */
export class PCG64DXSM extends LCG128 {
  override readonly id = 3;
  override readonly name = 'PCG64DXSM';

  /** From what `toJSON` gave. @throws TypeError or RangeError that names the field */
  static fromJSON(json: unknown): PCG64DXSM {
    return BitGenerator.fromJSONAs(PCG64DXSM, json);
  }
}
