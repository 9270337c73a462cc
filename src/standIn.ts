/** What stands in a bit generator's place where fills are to go another way: under slices, and under fills in parallel. */
import { BitGenerator, unitElements, type BitGeneratorState } from './bitGenerator.ts';
import type { TypedArray } from './dtype.ts';
import type { Kernel } from './fill.ts';

/** Why most methods can neither be sliced nor shared out. */
const NO_PLACES = 'takes as many words as its values turn out to need, so no element has a place of its own in the stream; for independent streams use spawn';

export abstract class StandIn extends BitGenerator {
  override readonly id: number;
  override readonly name: string;

  /** @throws TypeError for a bit generator whose fills have no fixed consumption */
  constructor(readonly base: BitGenerator) {
    super(0);
    this.id = base.id;
    this.name = base.name;
    if (base.isNumPy) throw new TypeError(`bitGenerator: got a ${base.name}, takes a PCG32DXSM or PCG32, whose fills take a fixed number of words an element; for independent streams use spawn`);
  }

  abstract override fillInstead(kernel: Kernel, data: TypedArray, then: () => void): void;

  /** Refuses a kernel whose elements have no places of their own. */
  protected checkFixed({ words }: Kernel): void {
    if (words === 0) throw new TypeError(`method: this one ${NO_PLACES}`);
  }

  /** Whatever asks for words itself. */
  override acquire(): never {
    throw new TypeError(`method: this one ${NO_PLACES}`);
  }

  override get state(): BitGeneratorState {
    return this.acquire();
  }

  override set state(_: BitGeneratorState) {
    this.acquire();
  }

  protected override seed(): void {}
  override load(): void {}
  override save(): void {}
}

/** The most elements that a fill by a kernel can have: those of a whole period, 2^64 words. */
export function mostElements({ kind, words }: Kernel): bigint {
  return ((1n << 64n) * BigInt(kind === null ? 1 : unitElements[kind])) / BigInt(words);
}

/** Gives each method of `all` that `own` lacks a body that says why it is not there. */
export function refuseOthers(own: object, all: object, name: string): void {
  for (let from = all; from !== Object.prototype; from = Object.getPrototypeOf(from) as object) {
    for (const method of Object.getOwnPropertyNames(from)) {
      if (method in own || method === 'spawn' || method === 'slice') continue;
      Object.defineProperty(own, method, { configurable: true, value: (): never => { throw new TypeError(`${method}: ${name} has no such method, as it ${NO_PLACES}`); } });
    }
  }
}
