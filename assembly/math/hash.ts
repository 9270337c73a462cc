/** The side stream's hash: 64 bits of a state's place. */

/** SplitMix64's finaliser: Stafford's variant 13 of MurmurHash3's. */
// @ts-ignore: decorator
@inline function mix(z: u64): u64 {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

/** Of the LCG state that emitted an element's first word, of the element's lane in it and of the retry. */
// @ts-ignore: decorator
@inline export function hash(state: u64, lane: u32, retry: u32): u64 {
  return mix(mix(state) + <u64>(retry * 4 + lane + 1) * 0x9e3779b97f4a7c15); // 2^64 / φ, as in SplitMix64
}
