/** High-precision references in BigInt fixed point, 220 bits after the point: far more than a comparison in units in the last place of a double asks for. */

const BITS = 220n;
const ONE = 1n << BITS;

const cell = new DataView(new ArrayBuffer(8));

/** A finite double as mantissa · 2^exponent, exactly. */
function parts(x: number): [mantissa: bigint, exponent: number] {
  cell.setFloat64(0, x);
  const bits = cell.getBigUint64(0), biased = Number(bits >> 52n & 0x7ffn), fraction = bits & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | 1n << 52n;
  return [x < 0 ? -mantissa : mantissa, Math.max(biased, 1) - 1075];
}

/** x · 2^220, exact for every double that is a multiple of 2^-220. */
export function toFixed(x: number): bigint {
  const [mantissa, exponent] = parts(x), shift = BITS + BigInt(exponent);
  if (shift < 0n && mantissa % (1n << -shift) !== 0n) throw new RangeError(`${x} is no multiple of 2^-220`);
  return shift < 0n ? mantissa >> -shift : mantissa << shift;
}

/** 2 atanh(s) = 2 (s + s³/3 + s⁵/5 + …). */
function twiceAtanh(s: bigint): bigint {
  const z = s * s >> BITS;
  let sum = 0n, power = s;
  for (let j = 1n; power !== 0n && power !== -1n; j += 2n) {
    sum += power / j;
    power = power * z >> BITS;
  }
  return 2n * sum;
}

const LN2 = twiceAtanh(ONE / 3n);

/** ln of mantissa · 2^exponent. */
function lnOf(mantissa: bigint, exponent: number): bigint {
  const length = mantissa.toString(2).length;
  // m in [½, 1), then in [¾, 1½): the series gains five bits a term at least
  let m = mantissa << (BITS - BigInt(length)), k = exponent + length;
  if (m < (3n * ONE) >> 2n) {
    m <<= 1n;
    k--;
  }
  return BigInt(k) * LN2 + twiceAtanh(((m - ONE) << BITS) / (m + ONE));
}

export function ln(x: number): bigint {
  return lnOf(...parts(x));
}

export function ln1p(x: number): bigint {
  return lnOf(ONE + toFixed(x), -Number(BITS));
}

/** Σ x^j / j! over j ≡ first (mod step), signs alternating for step 2. */
function taylor(x: bigint, first: 0 | 1, step: 1 | 2): bigint {
  let sum = 0n, term = first === 0 ? ONE : x;
  for (let j = BigInt(first) + 1n; term !== 0n && term !== -1n; j += BigInt(step)) {
    sum += term;
    term = step === 1 ? (term * x >> BITS) / j : -((term * x >> BITS) * x >> BITS) / (j * (j + 1n));
  }
  return sum;
}

export function sin(x: number): bigint { return taylor(toFixed(x), 1, 2); }
export function cos(x: number): bigint { return taylor(toFixed(x), 0, 2); }
/** e^x for x from −20 to 0. */
export function exp(x: number): bigint { return (ONE << BITS) / taylor(toFixed(-x), 0, 1); }

/** e^x = value · 2^k with k an integer and value in [½, 2). */
export function expScaled(x: number): { value: bigint; k: number } {
  const k = Math.round(x * Math.LOG2E), r = toFixed(x) - BigInt(k) * LN2;
  return { value: r < 0n ? (ONE << BITS) / taylor(-r, 0, 1) : taylor(r, 0, 1), k };
}

/** How far `got` is from `exact`, in units in the last place of a double at `exact`. */
export function errorInUlps(got: number, exact: bigint): number {
  if (!Number.isFinite(got)) return Infinity;
  if (exact === 0n) return got === 0 ? 0 : Infinity;
  const difference = toFixed(got) - exact;
  const length = BigInt((exact < 0n ? -exact : exact).toString(2).length);
  // a unit is 2^(length − 53) of these; kept to 20 bits
  const scaled = ((difference < 0n ? -difference : difference) << 20n) >> (length - 53n);
  return Number(scaled) / 2 ** 20;
}
