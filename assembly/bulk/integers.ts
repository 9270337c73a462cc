/**
 * Bounded integers as NumPy draws them. See: numpy/random/src/distributions/distributions.c. A draw goes by pieces of the stream: 64 bits, 32, or 16, 8 or 1
 * cut from a draw of 32, the lowest first. A piece gives its value or is passed over, whatever came before it: by Lemire's method ("Fast random integer
 * generation in an interval", 2019), or, for RandomState, by a mask. So a fill is a filter, and the loop here makes 16 bytes of values from 16 of the raw
 * block and closes the gaps.
 */
import { OUT, PART } from '../memory';
import { mulHigh } from '../math/u128';
import { fill } from './fill';
import { beginTaking, cursor, finishTaking, isMersenne, next32, next64, took32, took64, waiting32, waiting64 } from '../raw';

/** The first value; the last less the first; the mask, 0 where it is Lemire's method. */
let low: u64 = 0;
let most: u64 = 0;
let mask: u64 = 0;

/** 2^bits mod the number of values: Lemire's method passes a product over whose rest is below it. */
let threshold: u64 = 0;

/** A draw of 32 bits of which pieces are left, and how many: dropped when a fill ends. */
let held: u32 = 0;
let left: i32 = 0;

/** All ones. */
// @ts-ignore: decorator
@inline function ones(bits: i32): u64 { return <u64>-1 >> (64 - bits); }

/** The draws to come are from 0 to `top`. Lemire's method has no way to the whole range: a mask that lets all through. */
export function setMost(top: u64, bits: i32, masked: bool): void {
  most = top;
  mask = masked || top == ones(bits) ? <u64>-1 >> clz(top) : 0;
}

/** Pieces of `bits` bits, 64 or less. */
function piece(bits: i32): u64 {
  if (bits == 64) return next64();
  if (bits == 32) return <u64>next32();
  if (left) {
    held >>= bits;
    left--;
  } else {
    held = next32();
    left = (32 / bits) - 1;
  }
  return <u64>held & ones(bits);
}

/** A draw from 0 to `most`. */
export function draw(bits: i32): u64 {
  if (!most) return 0;
  const values = most + 1;
  while (true) {
    const x = piece(bits);
    if (mask) {
      if ((x & mask) <= most) return x & mask;
    } else {
      const product = x * values, rest = product & ones(bits);
      // 2^bits mod values: a division only where it may be above the rest
      if (rest >= values || rest >= (ones(bits) - most) % values) return bits == 64 ? mulHigh(x, values) : product >> bits;
    }
  }
}

/** For each byte of flags the places of its zeros, a byte each. */
// @ts-ignore: decorator
@lazy const ZEROS: usize = memory.data(2048, 16);

function buildZeros(): void {
  if (load<u8>(ZEROS, 1)) return;
  for (let flags = 0; flags < 256; flags++) {
    let at = ZEROS + (<usize>flags << 3);
    for (let i = 0; i < 8; i++) {
      store<u8>(at, i);
      at += <usize>(~flags >> i & 1);
    }
  }
}

// @ts-ignore: decorator
@inline function zeros(flags: i32): v128 { return v128.load64_zero(ZEROS + (<usize>flags << 3)); }

/** Writes the value of a piece of 64 bits; gives 1 where it is passed over. */
function pass64(at: usize, out: usize): i32 {
  const word = load<u64>(at), values = most + 1;
  store<u64>(out, mulHigh(word, values) + low);
  return i32(word * values < threshold);
}

/**
 * What `fillPieces` has to know of pieces of a width: a vector of one number, the values of 16 bytes of them, with a flag where one is passed over, and how the
 * others close up, for each width in words of its own. `x` is the mask or the number of values, `y` the most or what is too little of a rest.
 */
@unmanaged
class Pieces8 {
  // @ts-ignore: decorator
  @inline get bits(): i32 { return 8; }
  // @ts-ignore: decorator
  @inline splat(x: u64): v128 { return i8x16.splat(<i8>x); }
  // @ts-ignore: decorator
  @inline values(at: usize, out: usize, x: v128, y: v128, first: v128): i32 {
    const pieces = v128.load(at);
    if (mask) {
      const value = v128.and(pieces, x);
      v128.store(out, i8x16.add(value, first));
      return i8x16.bitmask(i8x16.gt_u(value, y));
    }
    const a = i16x8.extmul_low_i8x16_u(pieces, x), b = i16x8.extmul_high_i8x16_u(pieces, x);
    v128.store(out, i8x16.add(v128.shuffle<i8>(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31), first));
    return i8x16.bitmask(i8x16.lt_u(v128.shuffle<i8>(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30), y));
  }
  // @ts-ignore: decorator
  @inline close(out: usize, flags: i32): usize {
    // no source is a local: V8's baseline compiler then spoils the swizzle, on processors without AVX (Node 20)
    const a = flags & 255, b = flags >> 8, values = v128.load(out);
    v128.store(out, i8x16.swizzle(v128.load(out), zeros(a)));
    out += <usize>(8 - popcnt(a));
    v128.store(out, i8x16.swizzle(v128.shuffle<i64>(values, values, 1, 0), zeros(b)));
    return out + <usize>(8 - popcnt(b));
  }
}

@unmanaged
class Pieces16 {
  // @ts-ignore: decorator
  @inline get bits(): i32 { return 16; }
  // @ts-ignore: decorator
  @inline splat(x: u64): v128 { return i16x8.splat(<i16>x); }
  // @ts-ignore: decorator
  @inline values(at: usize, out: usize, x: v128, y: v128, first: v128): i32 {
    const pieces = v128.load(at);
    if (mask) {
      const value = v128.and(pieces, x);
      v128.store(out, i16x8.add(value, first));
      return i16x8.bitmask(i16x8.gt_u(value, y));
    }
    const a = i32x4.extmul_low_i16x8_u(pieces, x), b = i32x4.extmul_high_i16x8_u(pieces, x);
    v128.store(out, i16x8.add(v128.shuffle<i16>(a, b, 1, 3, 5, 7, 9, 11, 13, 15), first));
    return i16x8.bitmask(i16x8.lt_u(v128.shuffle<i16>(a, b, 0, 2, 4, 6, 8, 10, 12, 14), y));
  }
  // @ts-ignore: decorator
  @inline close(out: usize, flags: i32): usize {
    const places = zeros(flags), pairs = v128.shuffle<i8>(places, places, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
    v128.store(out, i8x16.swizzle(v128.load(out), i16x8.add(i16x8.shl(pairs, 1), i16x8.splat(0x100))));
    return out + (<usize>(8 - popcnt(flags)) << 1);
  }
}

@unmanaged
class Pieces32 {
  // @ts-ignore: decorator
  @inline get bits(): i32 { return 32; }
  // @ts-ignore: decorator
  @inline splat(x: u64): v128 { return i32x4.splat(<i32>x); }
  // @ts-ignore: decorator
  @inline values(at: usize, out: usize, x: v128, y: v128, first: v128): i32 {
    const pieces = v128.load(at);
    if (mask) {
      const value = v128.and(pieces, x);
      v128.store(out, i32x4.add(value, first));
      return i32x4.bitmask(i32x4.gt_u(value, y));
    }
    const a = i64x2.extmul_low_i32x4_u(pieces, x), b = i64x2.extmul_high_i32x4_u(pieces, x);
    v128.store(out, i32x4.add(v128.shuffle<i32>(a, b, 1, 3, 5, 7), first));
    return i32x4.bitmask(i32x4.lt_u(v128.shuffle<i32>(a, b, 0, 2, 4, 6), y));
  }
  // @ts-ignore: decorator
  @inline close(out: usize, flags: i32): usize {
    const places = zeros(flags), fours = v128.shuffle<i8>(places, places, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
    v128.store(out, i8x16.swizzle(v128.load(out), i32x4.add(i32x4.shl(fours, 2), i32x4.splat(0x3020100))));
    return out + (<usize>(4 - popcnt(flags)) << 2);
  }
}

@unmanaged
class Pieces64 {
  // @ts-ignore: decorator
  @inline get bits(): i32 { return 64; }
  /** The low halves of both lanes, then the high ones. */
  // @ts-ignore: decorator
  @inline splat(x: u64): v128 { return v128.shuffle<i32>(i64x2.splat(x), i64x2.splat(x), 0, 2, 1, 3); }
  // @ts-ignore: decorator
  @inline values(at: usize, out: usize, x: v128, y: v128, first: v128): i32 {
    const words = v128.load(at), sign = i64x2.splat(i64.MIN_VALUE);
    if (mask) {
      const value = v128.and(words, i64x2.splat(mask));
      v128.store(out, i64x2.add(value, i64x2.splat(low)));
      return i64x2.bitmask(i64x2.gt_s(v128.xor(value, sign), v128.xor(i64x2.splat(most), sign)));
    }
    // the product's four partial ones; its third 32 bits tell unless they are those of the least rest
    const low32 = v128.shuffle<i32>(words, words, 0, 2, 0, 2), high32 = v128.shuffle<i32>(words, words, 1, 3, 1, 3);
    const middle = i64x2.add(i64x2.extmul_low_i32x4_u(high32, x), i64x2.shr_u(i64x2.extmul_low_i32x4_u(low32, x), 32));
    const rest = i64x2.add(i64x2.extmul_high_i32x4_u(low32, x), i64x2.shr_u(i64x2.shl(middle, 32), 32));
    if (!(i32x4.bitmask(i32x4.le_u(v128.shuffle<i32>(rest, rest, 0, 2, 0, 2), y)) & 12)) {
      const high = i64x2.add(i64x2.add(i64x2.extmul_high_i32x4_u(high32, x), i64x2.shr_u(middle, 32)), i64x2.shr_u(rest, 32));
      v128.store(out, i64x2.add(high, i64x2.splat(low)));
      return 0;
    }
    return pass64(at, out) | (pass64(at + 8, out + 8) << 1);
  }
  // @ts-ignore: decorator
  @inline close(out: usize, flags: i32): usize {
    if (flags & 1) store<u64>(out, load<u64>(out, 8));
    return out + (<usize>(2 - popcnt(flags)) << 3);
  }
}

/** n values of as many bytes as a piece has, from `out` on. */
function fillPieces<K>(kind: K, n: i32, out: usize): void {
  const bits = kind.bits, end = out + <usize>(n * (bits >> 3)), values = most + 1;
  threshold = mask ? 0 : (ones(bits) - most) % values;
  const x = kind.splat(mask ? mask : values), y = kind.splat(mask ? most : threshold), first = kind.splat(low);
  while (out < end) {
    if (!left) {
      // at most as many words as the values left take: none is put back then
      const bytes = end - out;
      const words = <usize>(bits == 64 ? waiting64(<i32>(bytes >> 3)) << 1 : waiting32(<i32>(bytes >> 2)));
      if (words > 3 && bytes > 15) {
        let at = cursor();
        const last = at + (words << 2) - 16, lastOut = end - 16;
        do {
          const flags = kind.values(at, out, x, y, first);
          out = flags ? kind.close(out, flags) : out + 16;
          at += 16;
        } while (at <= last && out <= lastOut);
        if (bits == 64) took64(at);
        else took32(at);
        continue;
      }
    }
    const value = draw(bits) + low;
    if (bits == 8) store<u8>(out, <u8>value);
    else if (bits == 16) store<u16>(out, <u16>value);
    else if (bits == 32) store<u32>(out, <u32>value);
    else store<u64>(out, value);
    out += <usize>(bits >> 3);
  }
}

/** n bytes of 0 and 1. */
function fillBits(n: i32): void {
  const bit = v128.load64_splat(BIT), one = i8x16.splat(1);
  for (let out = OUT, end = OUT + <usize>n; out < end;) {
    if (left || end - out < 32) store<u8>(out++, <u8>piece(1));
    else {
      const word = i32x4.splat(next32());
      const a = v128.and(v128.shuffle<i8>(word, word, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1), bit);
      const b = v128.and(v128.shuffle<i8>(word, word, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3), bit);
      v128.store(out, v128.and(i8x16.eq(a, bit), one));
      v128.store(out, v128.and(i8x16.eq(b, bit), one), 16);
      out += 32;
    }
  }
}

// @ts-ignore: decorator
@lazy const BIT: usize = memory.data<u8>([1, 2, 4, 8, 16, 32, 64, 128], 16);

/** Begins a fill with values from `first` to first + top, more than one of them, by pieces of `bits` bits. */
export function setBounds(first: u64, top: u64, bits: i32, masked: bool): void {
  low = first;
  left = 0;
  setMost(top, bits, masked);
}

/** The whole range from 0: words as they are. */
function copy(raw: usize, out: usize, n: i32): void { memory.copy(out, raw, <usize>n << 3); }

/** n values by pieces of `bits` bits (a bit gives a byte). `form`: 0 as wide as a piece, 1 int64, 2 float64. */
export function fillIntegers(n: i32, bits: i32, form: i32): void {
  if (bits == 64 && !form && !~most && !low && !isMersenne()) return fill(copy, 2, 8, OUT, n);
  buildZeros();
  beginTaking();
  if (bits == 1) fillBits(n);
  else if (bits == 8) fillPieces(changetype<Pieces8>(0), n, OUT);
  else if (bits == 16) fillPieces(changetype<Pieces16>(0), n, OUT);
  else if (bits == 64) fillPieces(changetype<Pieces64>(0), n, OUT);
  else if (!form) fillPieces(changetype<Pieces32>(0), n, OUT);
  else {
    // made in the upper half and widened to the front, where none overtakes what is still to be read
    const first = low, from = OUT + (<usize>n << 2), vector = i64x2.splat(first);
    low = 0;
    fillPieces(changetype<Pieces32>(0), n, from);
    low = first;
    for (let i: usize = 0; i < <usize>n; i += 4) {
      const values = v128.load(from + (i << 2));
      v128.store(OUT + (i << 3), i64x2.add(i64x2.extend_low_i32x4_u(values), vector));
      v128.store(OUT + (i << 3), i64x2.add(i64x2.extend_high_i32x4_u(values), vector), 16);
    }
  }
  finishTaking();
  if (form == 2) toReals(n);
}

function toReals(n: i32): void {
  for (let out = OUT, end = OUT + (<usize>n << 3); out < end; out += 8) store<f64>(out, <f64>load<i64>(out));
}

/** Whether the bounds of each are float64, not int64. */
let reals: bool = false;

// @ts-ignore: decorator
@inline function boundAt(at: usize): i64 { return reals ? <i64>load<f64>(at) : load<i64>(at); }

// @ts-ignore: decorator
@inline function storeAs(bits: i32, i: usize, value: u64): void {
  if (bits < 16) store<u8>(OUT + i, <u8>value);
  else if (bits == 16) store<u16>(OUT + (i << 1), <u16>value);
  else if (bits == 32) store<u32>(OUT + (i << 2), <u32>value);
  else store<u64>(OUT + (i << 3), value);
}

/** Draws from element i on, as far as the words waiting go and every range takes one: which element is next. */
function runEach(i: usize, n: usize, bits: i32, masked: bool): usize {
  const words = <usize>waiting32(<i32>(n - i));
  let at = cursor();
  for (const stop = at + (words << 2); i < n && at < stop; at += 4) {
    const bounds = OUT + PART + (i << 3), first = boundAt(bounds), top = <u64>(boundAt(bounds + PART) - first);
    if (top - 1 >= 0xfffffffe) break;
    let value = <u64>load<u32>(at);
    if (masked) {
      value &= 0xffffffff >> clz(<u32>top);
      if (value > top) continue;
    } else {
      value *= top + 1;
      const rest = <u32>value;
      if (rest <= <u32>top && rest < ~<u32>top % (<u32>top + 1)) continue;
      value >>= 32;
    }
    storeAs(bits, i, value + first);
    i++;
  }
  took32(at);
  return i;
}

/**
 * The same with bounds of each, both ends included, in the two parts past the values: int64, or float64 where `real`. `again`: it goes on with a fill.
 * See: _rand_*_broadcast in numpy/random/_bounded_integers.pyx.in.
 */
export function fillIntegersEach(n: i32, bits: i32, form: i32, masked: bool, real: bool, again: bool): void {
  reals = real;
  if (!again) left = 0;
  beginTaking();
  for (let i: usize = 0; i < <usize>n; i++) {
    if (bits >= 32) {
      i = runEach(i, n, bits, masked);
      if (i == n) break;
    }
    const at = OUT + PART + (i << 3), first = boundAt(at), top = <u64>(boundAt(at + PART) - first), width = bits == 64 && top <= 0xffffffff ? 32 : bits;
    setMost(top, width, masked);
    storeAs(bits, i, draw(width) + first);
  }
  finishTaking();
  if (form == 2) toReals(n);
}

/** n int64 of 63 bits: the top ones of a draw of 64, as RandomState's `tomaxint`. */
export function fillPositive(n: i32): void {
  beginTaking();
  for (let out = OUT, end = OUT + (<usize>n << 3); out < end; out += 8) store<u64>(out, next64() >> 1);
  finishTaking();
}
