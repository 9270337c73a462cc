/**
 * What the kernels of `ndrand/nn` take from the engine. They are a binary of their own, so that whoever draws without them does not load
 * them; it stands in the engine's memory, past the engine's own regions (`memoryBase` in asconfig.json), and reads its raw block.
 */

/** Fills the raw block with the resident generator's next n words. */
// @ts-ignore: decorator
@external('engine', 'refill') export declare function refill(n: i32): void;

/** 64 further bits for the element whose first word is word `index` of the block: see assembly/raw.ts. */
// @ts-ignore: decorator
@external('engine', 'side') export declare function side(index: i32, lane: u32, retry: u32): u64;

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
