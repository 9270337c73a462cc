/**
 * The loop of every Bernoulli mask, four elements a word: one random byte an element against p, exact in every bit of p. What an element
 * becomes (a byte, a bit, a product) is up to a sink.
 *
 * A sink K takes 64 bytes at a time, `put(at, v0, v1, v2, v3, top)`, whose elements are kept where byte < top; `settle(element, drawn)` sets an element that
 * was undecided; and `side` is the side stream of assembly/raw.ts.
 */

/** Where there are undecided among 64 elements: as many places as a raw block has. */
// @ts-ignore: decorator
@lazy const TIES: usize = memory.data(1024 + 16, 16);

/** Which of sixteen bytes equal `top`, as bits. */
// @ts-ignore: decorator
@inline function equals(at: usize, top: v128): u64 {
  return <u64>i8x16.bitmask(i8x16.eq(v128.load(at), top));
}

/**
 * Is the uniform number whose first byte equals the top one of p below p? The further bits come from the side stream,
 * 64 at a time, against those left of p: a double's digits end, so this is exact, whatever its exponent.
 */
export function below<K>(sink: K, left: f64, index: i32, lane: u32): u32 {
  for (let retry: u32 = 0; left != 0; retry++) {
    left *= 18446744073709551616.0; // 2^64: exact
    const digits = <u64>left;
    const bits = sink.side(index, lane, retry);
    if (bits != digits) return u32(bits < digits);
    left -= <f64>digits;
  }
  return 0;
}

/** A mask of n words at `raw`; p = 1 is for the caller, as 256 is no byte. */
export function bernoulli<K>(sink: K, raw: usize, n: i32, p: f64): void {
  const top = <u32>(p * 256), rest = p * 256 - <f64>top; // the byte that leaves a draw undecided, and what then decides
  const t = i8x16.splat(<i8>top);
  const bytes: usize = <usize>n << 2;
  let tie = TIES;
  for (let i: usize = 0; i < bytes; i += 64) {
    const v0 = v128.load(raw + i), v1 = v128.load(raw + i, 16), v2 = v128.load(raw + i, 32), v3 = v128.load(raw + i, 48);
    sink.put(i, v0, v1, v2, v3, t);
    // noted without a branch, as a branch on them would be guessed wrong each time (measured: 10 %); which they are is found again below
    const ties = v128.or(v128.or(i8x16.eq(v0, t), i8x16.eq(v1, t)), v128.or(i8x16.eq(v2, t), i8x16.eq(v3, t)));
    store<u32>(tie, <u32>i);
    tie += <usize>v128.any_true(ties) << 2;
  }
  for (let noted = TIES; noted < tie; noted += 4) {
    const first = <usize>load<u32>(noted), at = raw + first;
    let ties = equals(at, t) | (equals(at + 16, t) << 16) | (equals(at + 32, t) << 32) | (equals(at + 48, t) << 48);
    do {
      const element = first + <usize>ctz(ties);
      sink.settle(element, below(sink, rest, <i32>(element >> 2), <u32>element & 3));
      ties &= ties - 1;
    } while (ties);
  }
}
