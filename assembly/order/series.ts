/** Index streams as NumPy draws them for shuffles and choices: each from 0 to a bound that moves by one from draw to draw. */
import { OUT } from '../memory';
import { draw, setMost } from '../bulk/integers';
import { beginTaking, cursor, finishTaking, took32, waiting32 } from '../raw';

/** The bound of the next draw; that of a row's first and last, after which comes the next row's first. */
let bound: u64 = 0;
let first: u64 = 0;
let last: u64 = 0;
/** By a mask, as random_interval in NumPy's distributions.c, else by Lemire's method, as random_bounded_uint64. */
let masked: bool = false;

/** The bounds go from `from` to `to`, again and again: down to 1, or up by Lemire's method, from 0 or more. */
export function setSeries(from: f64, to: f64, byMask: bool): void {
  bound = first = <u64>from;
  last = <u64>to;
  masked = byMask;
}

/** Draws below 2^32, as far as the words waiting go; gives where they end. */
function run(out: usize, end: usize): usize {
  const words = waiting32(<i32>((end - out) >> 2));
  let at = cursor(), now = <u32>bound;
  const stop = at + (<usize>words << 2), from = <u32>first, to = <u32>last;
  if (masked) {
    // without a branch on what comes of a word, as it is passed over as often as not; bounds go down, and the mask changes where they come to `least`
    while (at < stop) {
      const mask: u32 = <u32>-1 >> clz(now), least = max(mask >> 1, to - 1);
      do {
        const value = load<u32>(at) & mask, good = u32(value <= now);
        store<u32>(out, value);
        at += 4;
        out += <usize>good << 2;
        now -= good;
      } while (at < stop && now > least);
      if (now < to) now = from;
    }
  } else {
    const step: u32 = from > to ? -1 : 1;
    for (; at < stop; at += 4) {
      const word = load<u32>(at), product = <u64>word * (now + 1);
      if (<u32>product <= now && <u32>product < (~now) % (now + 1)) continue;
      store<u32>(out, <u32>(product >> 32));
      out += 4;
      now = now == to ? from : now + step;
    }
  }
  took32(at);
  bound = now;
  return out;
}

/** The next n draws: uint32, or float64 where `wide`. */
export function fillSeries(n: i32, wide: bool): void {
  beginTaking();
  const size: usize = wide ? 8 : 4, end = OUT + <usize>n * size;
  let out = OUT;
  while (out < end) {
    // a bound of 0 takes no word
    if (!wide && bound) {
      out = run(out, end);
      if (out == end) break;
    }
    const bits = bound > 0xffffffff ? 64 : 32;
    setMost(bound, bits, masked);
    const value = draw(bits);
    if (wide) store<f64>(out, <f64>value);
    else store<u32>(out, <u32>value);
    out += size;
    if (bound == last) bound = first;
    else bound += first > last ? -1 : 1;
  }
  finishTaking();
}
