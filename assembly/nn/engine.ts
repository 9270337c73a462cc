/**
 * What the kernels of `ndrand/nn` take from the engine. They are a binary of their own, so that whoever draws without them does not load
 * them; it stands in the engine's memory, past the engine's own regions (`memoryBase` in asconfig.json), and reads its raw block.
 */
import { buildJumps, stateAfter } from '../bitgen/lcg64';
import { hash } from '../math/hash';

// @ts-ignore: decorator
@external('engine', 'refill') declare function refillBlock(n: i32): void;
// @ts-ignore: decorator
@external('engine', 'refill32') export declare function refill32(n: i32): void;
// @ts-ignore: decorator
@external('engine', 'stateAt') declare function stateAt(): usize;
// @ts-ignore: decorator
@external('engine', 'rawAt') declare function rawAt(): usize;
// @ts-ignore: decorator
@external('engine', 'rawWords') declare function rawWords(): i32;
// @ts-ignore: decorator
@external('engine', 'outAt') declare function outAt(): usize;
// @ts-ignore: decorator
@external('engine', 'outBytes') declare function outBytes(): i32;

/** The raw block and its words; the output block and its bytes. */
export const RAW: usize = rawAt();
export const RAW_WORDS: i32 = rawWords();
export const OUT: usize = outAt();
export const OUT_BYTES: i32 = outBytes();

const STATE: usize = stateAt();

/** The state and increment at the raw block's first word. */
let blockState: u64 = 0;
let blockInc: u64 = 0;

/** Fills the raw block with the resident generator's next n words. */
export function refill(n: i32): void {
  blockState = load<u64>(STATE);
  blockInc = load<u64>(STATE, 8);
  refillBlock(n);
}

/** The side stream of assembly/raw.ts; in here, as a call from one binary to another takes as long as the hash does. */
// @ts-ignore: decorator
@inline export function side(index: i32, lane: u32, retry: u32): u64 {
  return hash(stateAfter(blockState, blockInc, index), lane, retry);
}

buildJumps();
