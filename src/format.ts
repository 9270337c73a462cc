/**
 * How arrays read: NumPy's `str` and `repr` of an array under its default print options
 * (see: numpy/_core/arrayprint.py of NumPy 2.4), from the elements that are shown and no others.
 */
import { isFloatDType } from './dtype.ts';
import type { DType, TypedArray } from './dtype.ts';
import { sizeOf } from './shape.ts';

const PRECISION = 8; // fractional digits at most
const THRESHOLD = 1000; // arrays of more elements are summarised
const EDGE_ITEMS = 3; // elements shown at either end of a summarised axis
const LINE_WIDTH = 75;

/** These dtypes go without saying in a repr. */
const impliedDTypes: readonly DType[] = ['float64', 'int64', 'bool'];

/**
 * `str(array)` as NumPy prints it: aligned columns, lines broken at 75 characters, more than 1,000 elements
 * summarised to the three at each end of every axis.
 *
 * @param data the elements in C order; only those shown are read, so any size is printed at once
 * @param shape the dimensions; `[]` prints the bare scalar
 * @param dtype the element type; `bool` reads bytes of 0 and 1
 * @example
 * formatArray(Float32Array.of(1, 2.5, -3, 4), [2, 2], 'float32') // '[[ 1.   2.5]\n [-3.   4. ]]'
 */
export function formatArray(data: TypedArray, shape: readonly number[], dtype: DType): string {
  if (shape.length === 0 && isFloatDType(dtype)) return formatScalar(data[0] as number, dtype === 'float32');
  return layOut(data, shape, dtype, ' ', 0, LINE_WIDTH);
}

/**
 * `repr(array)` as NumPy prints it: like {@link formatArray} within `array(…)`, with commas, with the dtype where it
 * is not float64, int64 or bool, and with the shape where the elements shown do not tell it.
 *
 * @example
 * reprArray(Float32Array.of(1, 2.5), [2], 'float32') // 'array([1. , 2.5], dtype=float32)'
 */
export function reprArray(data: TypedArray, shape: readonly number[], dtype: DType): string {
  const prefix = 'array(';
  const size = sizeOf(shape);
  const body = prefix + layOut(data, shape, dtype, ', ', prefix.length, LINE_WIDTH - 1);
  const extras: string[] = [];
  if ((size === 0 && shape.length > 1) || size > THRESHOLD) extras.push(`shape=(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`);
  if (size === 0 || !impliedDTypes.includes(dtype)) extras.push(`dtype=${dtype}`);
  if (extras.length === 0) return `${body})`;
  const extra = `${extras.join(', ')})`;
  const lastLine = body.length - (body.lastIndexOf('\n') + 1) + 1; // with its comma
  return `${body},${lastLine + extra.length + 1 > LINE_WIDTH ? `\n${' '.repeat(prefix.length)}` : ' '}${extra}`;
}

/** The brackets, separators and line breaks around an array's elements; every line after the first is indented for `prefix` characters and a bracket. */
function layOut(data: TypedArray, shape: readonly number[], dtype: DType, separator: string, prefix: number, lineWidth: number): string {
  const size = sizeOf(shape);
  if (size === 0) return '[]';
  const isCut = shape.map(dimension => size > THRESHOLD && dimension > 2 * EDGE_ITEMS);
  const counts = shape.map((dimension, axis) => (isCut[axis] ? 2 * EDGE_ITEMS : dimension));

  const values: (number | bigint)[] = [];
  const collect = (axis: number, offset: number): void => {
    if (axis === shape.length) {
      values.push(data[offset]);
      return;
    }
    for (let i = 0; i < counts[axis]; i++) {
      const index = isCut[axis] && i >= EDGE_ITEMS ? shape[axis] - counts[axis] + i : i;
      collect(axis + 1, offset * shape[axis] + index);
    }
  };
  collect(0, 0);
  const words = toWords(values, shape.length, dtype);
  let next = 0; // the next word to place

  const row = (indent: string, width: number): string => {
    const last = shape.length - 1;
    let lines = '';
    let line = indent;
    const append = (word: string): void => {
      if (line.length + word.length > width - 1 && line.length > indent.length) {
        lines += `${line.trimEnd()}\n`;
        line = indent;
      }
      line += word;
    };
    for (let i = 0; i < counts[last]; i++) {
      if (i > 0) line += separator;
      if (isCut[last] && i === EDGE_ITEMS) {
        append('...');
        line += separator;
      }
      append(words[next++]);
    }
    return lines + line;
  };
  const block = (axis: number, indent: string, width: number): string => {
    if (axis === shape.length) return words[0];
    if (axis === shape.length - 1) return `[${row(indent, width).slice(indent.length)}]`;
    const items: string[] = [];
    for (let i = 0; i < counts[axis]; i++) {
      if (isCut[axis] && i === EDGE_ITEMS) items.push('...');
      items.push(block(axis + 1, `${indent} `, width - 1));
    }
    const lineBreak = separator.trimEnd() + '\n'.repeat(shape.length - axis - 1);
    return `[${items.join(lineBreak + indent)}]`;
  };
  return block(0, ' '.repeat(prefix + 1), lineWidth);
}

/** The elements shown, each as a word, all equally long. */
function toWords(values: (number | bigint)[], ndim: number, dtype: DType): string[] {
  if (dtype === 'bool') return values.map(value => (value ? (ndim === 0 ? 'True' : ' True') : 'False'));
  if (isFloatDType(dtype)) return toFloatWords(values as number[], dtype === 'float32');
  const words = values.map(String);
  const width = longest(words);
  return words.map(word => word.padStart(width));
}

/** A number cut up for aligning: what stands before the point, after it, and the exponent with its sign. */
interface Parts {
  whole: string;
  fraction: string;
  sign: string;
  exponent: string;
}

function toFloatWords(values: number[], single: boolean): string[] {
  const scientific = needsExponents(values, single);
  const finite = values.filter(Number.isFinite);
  let parts = finite.map(value => toParts(value, single, scientific, PRECISION));
  const fractionWidth = longest(parts.map(part => part.fraction));
  const exponentWidth = longest(parts.map(part => part.exponent));
  // With exponents all get equally many digits: true ones, not zeros, past the shortest form.
  if (scientific) parts = finite.map(value => toParts(value, single, scientific, fractionWidth, fractionWidth));
  let left = longest(parts.map(part => part.whole));
  const right = fractionWidth + (scientific ? exponentWidth + 2 : 0);
  if (finite.length < values.length) left = Math.max(left, (values.includes(-Infinity) ? 4 : 3) - right - 1);

  let next = 0;
  return values.map(value => {
    if (!Number.isFinite(value)) return nonFinite(value).padStart(left + right + 1);
    const { whole, fraction, sign, exponent } = parts[next++];
    const tail = scientific ? `${fraction.padEnd(fractionWidth, '0')}e${sign}${exponent.padStart(exponentWidth, '0')}` : fraction.padEnd(right);
    return `${whole.padStart(left)}.${tail}`;
  });
}

/** NumPy's choice: exponents where some number is large or small or the largest is over 1,000 times the smallest. */
function needsExponents(values: number[], single: boolean): boolean {
  let min = Infinity;
  let max = 0;
  for (const value of values) {
    const magnitude = Math.abs(value);
    if (!Number.isFinite(value) || magnitude === 0) continue;
    if (magnitude < min) min = magnitude;
    if (magnitude > max) max = magnitude;
  }
  if (max === 0) return false;
  const inDType = single ? Math.fround : Number; // NumPy compares and divides in the array's dtype
  return max >= (single ? 1e6 : 1e8) || min < inDType(1e-4) || inDType(max / min) > 1000;
}

/** The str of a float scalar: all the digits it takes, as few as it takes. */
function formatScalar(value: number, single: boolean): string {
  if (!Number.isFinite(value)) return nonFinite(value);
  const magnitude = Math.abs(value);
  const scientific = magnitude !== 0 && (magnitude < 1e-4 || magnitude >= (single ? 1e6 : 1e16));
  const { whole, fraction, sign, exponent } = toParts(value, single, scientific, Infinity);
  if (!scientific) return `${whole}.${fraction || '0'}`;
  return `${whole}${fraction && `.${fraction}`}e${sign}${exponent}`;
}

function nonFinite(value: number): string {
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
}

/** A finite number with at most `places` digits after the point, at least `least` where they are not zeros, and no zeros at the end. */
function toParts(value: number, single: boolean, scientific: boolean, places: number, least = 0): Parts {
  const minus = value < 0 || Object.is(value, -0) ? '-' : '';
  const { digits, exponent } = value === 0 ? { digits: '0', exponent: 0 } : toDecimal(Math.abs(value), single, scientific, places, least);
  if (scientific) {
    return { whole: minus + digits[0], fraction: digits.slice(1), sign: exponent < 0 ? '-' : '+', exponent: String(Math.abs(exponent)).padStart(2, '0') };
  }
  const padded = exponent < 0 ? '0'.repeat(-exponent) + digits : digits.padEnd(exponent + 1, '0');
  const point = Math.max(exponent, 0) + 1;
  return { whole: minus + padded.slice(0, point), fraction: padded.slice(point), sign: '', exponent: '' };
}

function longest(words: string[]): number {
  return words.reduce((length, word) => Math.max(length, word.length), 0);
}

const bits = new DataView(new ArrayBuffer(8));

/**
 * The shortest decimal that reads back as `value` in its dtype, or the value rounded (half to even) to `places` digits
 * after the point where that is shorter, or to `least` digits where that is longer: d.ddd × 10^exponent.
 * Exact: Steele and White's Dragon4 on BigInts.
 * see: numpy/_core/src/multiarray/dragon4.c
 */
function toDecimal(value: number, single: boolean, scientific: boolean, places: number, least: number): { digits: string; exponent: number } {
  if (single) bits.setFloat32(0, value);
  else bits.setFloat64(0, value);
  const fractionBits = single ? 23 : 52;
  const word = single ? BigInt(bits.getUint32(0)) : bits.getBigUint64(0);
  const biased = Number(word >> BigInt(fractionBits)); // no sign: value > 0
  const fraction = BigInt.asUintN(fractionBits, word);
  const mantissa = biased === 0 ? fraction : fraction | (1n << BigInt(fractionBits));
  const power = Math.max(biased, 1) - (single ? 150 : 1075);
  const isEven = mantissa % 2n === 0n; // then the halfway points to the neighbours read back as this value

  // value = rest / scale; low and high, in the same units, are half the distances to the neighbours.
  const isUneven = fraction === 0n && biased > 1; // a power of two: the neighbour below is nearer
  let low = 1n << BigInt(Math.max(power, 0));
  let high = isUneven ? low * 2n : low;
  let rest = (mantissa * high) << 1n;
  let scale = (isUneven ? 4n : 2n) << BigInt(Math.max(-power, 0));

  // The power of ten of the first digit; the engine's own shortest form may have been rounded up to the next.
  let exponent = Number(value.toExponential().split('e')[1]);
  const magnify = (factor: bigint): void => { rest *= factor; low *= factor; high *= factor; };
  if (exponent >= 0) scale *= 10n ** BigInt(exponent);
  else magnify(10n ** BigInt(-exponent));
  if (rest < scale) { exponent--; magnify(10n); }

  const before = 1 + (scientific ? 0 : exponent); // digits before the point
  let digits = '';
  for (;;) {
    const digit = Number(rest / scale);
    rest %= scale;
    const isLow = isEven ? rest <= low : rest < low;
    const isHigh = isEven ? rest + high >= scale : rest + high > scale;
    const after = digits.length + 1 - before;
    if (after < places && (after < least || !(isLow || isHigh))) {
      digits += digit;
      magnify(10n);
      continue;
    }
    const half = rest * 2n;
    const isDown = isLow !== isHigh ? isLow : half < scale || (half === scale && digit % 2 === 0);
    if (isDown || digit < 9) digits += isDown ? digit : digit + 1;
    else { // a nine rounded up carries
      digits = digits.replace(/9+$/, '');
      if (digits === '') { digits = '1'; exponent++; }
      else digits = digits.slice(0, -1) + (Number(digits.at(-1)) + 1);
    }
    return { digits: digits.replace(/0+$/, ''), exponent };
  }
}
