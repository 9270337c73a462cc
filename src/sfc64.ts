/** `SFC64`, NumPy's small fast chaotic generator. */
import { BitGenerator } from './bitGenerator.ts';
import type { SeedSequence } from './seedSequence.ts';
import { parseWords, Wide, type WideState } from './wide.ts';

const MASK = (1n << 64n) - 1n;

/** The state of SFC64: its three words and the counter as decimal strings, and the half-word. */
export interface SFC64State extends WideState {
  state: { state: string[] };
}

/**
 * Doty-Humphrey's SFC64 (PractRand) as NumPy has it, bit for bit: 256 bits of state, on cycles of at least 2^64 words of 64 bits. It cannot
 * be moved by a number of words.
 *
 * @example
 * new Generator(new SFC64(42)).random([2, 3]).shape; // [2, 3]
 */
export class SFC64 extends Wide {
  override readonly id = 4;
  override readonly name = 'SFC64';

  /** From what `toJSON` gave. @throws TypeError or RangeError that names the field */
  static fromJSON(json: unknown): SFC64 {
    return BitGenerator.fromJSONAs(SFC64, json);
  }

  /** @internal Three words and a counter of 1, stepped twelve times. See: numpy/random/src/sfc64/sfc64.c. */
  protected seed(sequence: SeedSequence): void {
    let [a, b, c] = sequence.generateState(3, 'uint64');
    for (let counter = 1n; counter <= 12n; counter++) {
      const word = a + b + counter & MASK;
      a = b ^ b >> 11n;
      b = c * 9n & MASK;
      c = (c << 24n & MASK | c >> 40n) + word & MASK;
    }
    this.replace([a, b, c, 13n]);
  }

  /**
   * The state at the next word: plain JSON, NumPy's dictionary with camelCase names and integers as decimal strings. Set it to go on from
   * there; a state of another class, or a damaged one, is refused and changes nothing.
   *
   * @throws TypeError or RangeError that names the field
   */
  override get state(): SFC64State {
    this.acquire();
    return { bitGenerator: this.name, state: { state: [0, 1, 2, 3].map(i => String(this.stateWord(i))) }, ...this.half };
  }

  override set state(value: SFC64State) {
    const [all, { state }] = this.checkState(value, 'state');
    this.replaceAll(parseWords('state.state.state', state, 4), all);
  }
}
