/**
 * The definition of every bulk draw but the normals: one word at a time, in BigInts, from the papers' formulas. Nothing here comes from src
 * or assembly; they must equal it byte for byte.
 */
export type Name = 'PCG32DXSM' | 'PCG32';
export type Float = 'float32' | 'float64';
export type Integer = 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'int64' | 'uint64';

export const MULTIPLIER = 6364136223846793005n;
const GOLDEN = 0x9e3779b97f4a7c15n; // ⌊2^64 / φ⌋

const u32 = (x: bigint) => BigInt.asUintN(32, x);
const u64 = (x: bigint) => BigInt.asUintN(64, x);

/** pcg-cpp's output functions on the state before the step. */
const outputs: { readonly [name in Name]: (state: bigint) => bigint } = {
  PCG32DXSM(state) {
    let hi = state >> 32n;
    const lo = u32(state) | 1n;
    hi ^= hi >> 16n;
    hi = u32(hi * u32(MULTIPLIER));
    hi ^= hi >> 24n;
    return u32(hi * lo);
  },
  PCG32(state) {
    const x = u32((state >> 18n ^ state) >> 27n), rotation = state >> 59n;
    return u32(x >> rotation | x << (32n - rotation));
  },
};

/** SplitMix64's finaliser. */
function mix(z: bigint): bigint {
  z = u64((z ^ z >> 30n) * 0xbf58476d1ce4e5b9n);
  z = u64((z ^ z >> 27n) * 0x94d049bb133111ebn);
  return z ^ z >> 31n;
}

/** A generator as a textbook writes it. */
export class Pcg {
  readonly name: Name;
  state: bigint;
  readonly inc: bigint;
  /** How often the side stream was asked: first, and again after a first answer that did not decide. */
  asked = 0;
  askedAgain = 0;

  constructor(name: Name, initialState: bigint, stream: bigint) {
    this.name = name;
    this.inc = u64(2n * stream + 1n);
    this.state = u64((initialState + this.inc) * MULTIPLIER + this.inc);
  }

  /** The next word. */
  word(): bigint {
    const { state } = this;
    this.state = u64(state * MULTIPLIER + this.inc);
    return outputs[this.name](state);
  }

  /** The next 64 bits: two words, first the low half. */
  long(): bigint {
    const low = this.word();
    return low | this.word() << 32n;
  }

  /** n steps: s M^n + inc (M^n − 1) / (M − 1), by the geometric sum itself. */
  advance(n: bigint): this {
    const modulus = (MULTIPLIER - 1n) << 64n;
    let power = 1n;
    for (let square = MULTIPLIER, left = u64(n); left > 0n; left >>= 1n, square = square * square % modulus) {
      if (left & 1n) power = power * square % modulus;
    }
    this.state = u64(this.state * power + this.inc * ((power - 1n) / (MULTIPLIER - 1n)));
    return this;
  }

  /** 64 further bits for the element whose first word came from `state`. */
  side(state: bigint, lane: number, retry: number): bigint {
    if (retry === 0) this.asked++;
    else this.askedAgain++;
    return mix(u64(mix(state) + BigInt(retry * 4 + lane + 1) * GOLDEN));
  }
}

/** n words. */
export function words(pcg: Pcg, n: number): Uint32Array {
  return Uint32Array.from({ length: n }, () => Number(pcg.word()));
}

/** n bytes: words, low byte first. */
export function bytes(pcg: Pcg, n: number): Uint8Array {
  const all = new Uint8Array(n);
  let word = 0n;
  for (let i = 0; i < n; i++) {
    word = i % 4 === 0 ? pcg.word() : word >> 8n;
    all[i] = Number(word & 255n);
  }
  return all;
}

function unit(pcg: Pcg, dtype: Float): number {
  return dtype === 'float32' ? Number(pcg.word() >> 8n) * 2 ** -24 : Number(pcg.long() >> 11n) * 2 ** -53;
}

function floats(n: number, dtype: Float, next: () => number): Float32Array | Float64Array {
  const all = dtype === 'float32' ? new Float32Array(n) : new Float64Array(n);
  for (let i = 0; i < n; i++) all[i] = next();
  return all;
}

/** n uniforms in [0, 1). */
export function random(pcg: Pcg, n: number, dtype: Float): Float32Array | Float64Array {
  return floats(n, dtype, () => unit(pcg, dtype));
}

/** Float number `steps` above x in the order of its dtype; −0 and 0 are one number. */
function neighbour(x: number, steps: bigint, dtype: Float): number {
  const view = new DataView(new ArrayBuffer(8)), bits = dtype === 'float32' ? 32 : 64;
  if (bits === 32) view.setFloat32(4, x);
  else view.setFloat64(0, x);
  const magnitude = BigInt.asUintN(bits - 1, view.getBigUint64(0));
  const order = (x < 0 ? -magnitude : magnitude) + steps, size = order < 0n ? -order : order;
  view.setBigUint64(0, size);
  const value = bits === 32 ? view.getFloat32(4) : view.getFloat64(0);
  return order < 0n ? -value : value;
}

/** n uniforms in [low, high): u (high − low) + low, each operation rounded to the dtype, and never high. */
export function uniform(pcg: Pcg, n: number, low: number, high: number, dtype: Float): Float32Array | Float64Array {
  // a product or sum of two float32s is rounded rightly by way of float64: 53 ≥ 2 · 24 + 2 (Figueroa, 1995)
  const round = dtype === 'float32' ? Math.fround : (x: number) => x;
  let first = round(low), last = round(high);
  while (first < low) first = neighbour(first, 1n, dtype);
  while (last >= high) last = neighbour(last, -1n, dtype);
  const scale = round(high - low);
  return floats(n, dtype, () => {
    const value = round(round(unit(pcg, dtype) * scale) + first);
    return value > last ? last : value;
  });
}

const makers: { readonly [dtype in Integer]: (n: number) => { [i: number]: number | bigint } & ArrayBufferView } = {
  int8: n => new Int8Array(n), uint8: n => new Uint8Array(n), int16: n => new Int16Array(n), uint16: n => new Uint16Array(n),
  int32: n => new Int32Array(n), uint32: n => new Uint32Array(n), int64: n => new BigInt64Array(n), uint64: n => new BigUint64Array(n),
};

/** Lemire's method on `bits` bits: a value below `range`, or undefined where the product is rejected. */
function lemire(x: bigint, range: bigint, bits: bigint): bigint | undefined {
  const whole = 1n << bits, product = x * range;
  return product % whole < (whole - range) % range ? undefined : product >> bits;
}

/** n integers, `range` values from `low` on. */
export function integers(pcg: Pcg, n: number, low: bigint, range: bigint, dtype: Integer): ArrayBufferView {
  const all = makers[dtype](n), big = dtype === 'int64' || dtype === 'uint64', narrow = range <= 1n << 24n;
  for (let i = 0; i < n; i++) {
    const { state } = pcg;
    let value = narrow ? lemire(pcg.word(), range, 32n) : lemire(pcg.long(), range, 64n);
    for (let retry = 0; value === undefined; retry++) value = lemire(pcg.side(state, 0, retry), range, 64n);
    all[i] = big ? low + value : Number(low + value);
  }
  return all;
}

/** Bits after the binary point that hold any double: a byte and seventeen words of 64. */
const PLACES = 8 + 17 * 64;

/** p · 2^PLACES for p in [0, 1], exact. */
function fixed(p: number): bigint {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, p);
  const exponent = Number(bits.getBigUint64(0) >> 52n), fraction = BigInt.asUintN(52, bits.getBigUint64(0));
  return exponent === 0 ? fraction << BigInt(PLACES - 1074) : (fraction | 1n << 52n) << BigInt(PLACES - 1075 + exponent);
}

/**
 * n trials from element `skip` of the next word on: is U < p, where U's first byte is the element's of the word's four and the rest is the side
 * stream's? U is compared digit by digit (a byte, then 64 bits each), as far as it takes. With an array each trial has its own p.
 */
export function bernoulli(pcg: Pcg, n: number, p: number | ArrayLike<number>, skip = 0): Uint8Array {
  const all = new Uint8Array(n);
  let exact = typeof p === 'number' ? fixed(p) : 0n;
  let word = 0n, state = 0n;
  for (let i = 0; i < skip + n; i++) {
    const lane = i % 4;
    if (lane === 0) {
      ({ state } = pcg);
      word = pcg.word();
    }
    if (i < skip) continue;
    if (typeof p !== 'number') exact = fixed(p[i - skip]);
    let u = word >> BigInt(8 * lane) & 255n, left = PLACES - 8;
    for (let retry = 0; u === exact >> BigInt(left) && BigInt.asUintN(left, exact) !== 0n; retry++) {
      u = u << 64n | pcg.side(state, lane, retry);
      left -= 64;
    }
    all[i - skip] = u < exact >> BigInt(left) ? 1 : 0;
  }
  return all;
}
