/**
 * The map of linear memory. Every region is static: the engine never allocates, so its memory never
 * grows and no view of it is ever detached.
 */

/** Words in the raw block: 16 KiB, half of a 32 KiB L1 data cache. */
// @ts-ignore: decorator
@inline export const RAW_WORDS: i32 = 4096;

/** Bytes in the output block: from 16 KiB on its size made no difference to a fill (measured), the calls from JavaScript included. */
// @ts-ignore: decorator
@inline export const OUT_BYTES: i32 = 131072;

/** Bytes of a quarter of it: the samples of a fill with arrays, and after them what belongs to each, in up to three such parts. */
// @ts-ignore: decorator
@inline export const PART: usize = 32768;

/** What a kernel may write past the last element asked for: kernels work in whole vectors. */
// @ts-ignore: decorator
@inline const SLACK: i32 = 256;

/** The state of the resident generator, as each file in bitgen/ lays it out. */
// @ts-ignore: decorator
@lazy export const STATE: usize = memory.data(2512, 16);

/** The half of a 64-bit word that waits for the next 32-bit draw: is there one (u32), which (u32). Past the state of every generator that has one. */
// @ts-ignore: decorator
@lazy export const HALF: usize = STATE + 96;

/** The raw block. */
// @ts-ignore: decorator
@lazy export const RAW: usize = memory.data(RAW_WORDS * 4 + SLACK, 64);

/**
 * The output block, 16 bytes into a line of the cache: so lie large typed arrays in Node (glibc's), and copies between two that lie alike are faster
 * (measured: 0.5 ns a float64 for 0.6 to 0.8 where the array is not in the cache, 0.2 where it is).
 */
// @ts-ignore: decorator
@lazy export const OUT: usize = memory.data(OUT_BYTES + SLACK + 16, 64) + 16;
