/** Index streams for shuffles and choices: the engine never holds the array, it says where to swap. */
import { OUT } from '../memory';
import { fill } from '../bulk/fill';
import { sideBounded } from '../bulk/bounded';

/** How many values the next index may take, and how that changes from one to the next (1 or −1). */
let values: u32 = 0;
let step: i32 = 0;

/** Each element: uniform in [0, values), Lemire's method on one word; retries from the side stream. */
function indices(raw: usize, out: usize, n: i32): void {
  const end = out + (<usize>n << 2), start = raw;
  let bound = i32x4.add(i32x4.splat(<i32>values), i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(step)));
  const four = i32x4.splat(step * 4);
  while (out < end) {
    const v = v128.load(raw);
    const a = i64x2.extmul_low_i32x4_u(v, bound), b = i64x2.extmul_high_i32x4_u(v, bound);
    v128.store(out, v128.shuffle<i32>(a, b, 1, 3, 5, 7));
    if (v128.any_true(i32x4.lt_u(v128.shuffle<i32>(a, b, 0, 2, 4, 6), bound))) settle(raw, out, start);
    bound = i32x4.add(bound, four);
    raw += 16;
    out += 16;
  }
  values += <u32>(step * n);
}

/** Redraws what Lemire's method rejects among four elements. */
function settle(raw: usize, out: usize, start: usize): void {
  const index = <i32>((raw - start) >> 2);
  for (let j = 0; j < 4; j++) {
    const bound = values + <u32>(step * (index + j)), at = <usize>j << 2;
    const low = load<u32>(raw + at) * bound;
    // past the end of the fill a bound may be 0, whose products are never below it
    if (low < bound && low < (<u32>0 - bound) % bound) store<u32>(out + at, <u32>sideBounded(index + j, 0, bound));
  }
}

/** The first index may take `first` values, each next one `change` (1 or −1) more. */
export function setIndices(first: u32, change: i32): void {
  values = first;
  step = change;
}

/** The next n indices of the series. */
export function fillIndices(n: i32): void {
  fill(indices, 1, 4, OUT, n);
}
