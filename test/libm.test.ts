/**
 * The engine's C library against glibc's, as recorded by fixtures/libm.py: the last bits that differ, counted and bounded, and special
 * arguments bit for bit.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as asc from 'assemblyscript/asc';
import { beforeAll, describe, expect, test } from 'vitest';

type Range = [kind: 'from' | 'size' | '-size' | 'near', a: number, b: number];

const { groups, special } = JSON.parse(readFileSync(new URL('fixtures/libm.json', import.meta.url), 'utf8')) as {
  groups: { title: string; arguments: Range[]; digits: string; sha256: string }[];
  special: Record<string, string[]>;
};

/** The exports of engine/libmProbe.ts: `run` and a function's name, and these. */
type Probe = Record<string, (n: number) => void> & { memory: WebAssembly.Memory; xAt(): number; yAt(): number; zAt(): number };

/** Values the probe takes at once. */
const ROOM = 65536;

const probes: Probe[] = [];

beforeAll(async () => {
  for (const shrinkLevel of ['0', '1']) {
    const files: Record<string, string | Uint8Array> = {};
    const options = ['--config', 'none', '--path', '.', '--outFile', 'probe.wasm', '--runtime', 'stub', '--use', 'abort=', '--enable', 'simd',
      '--optimizeLevel', '3', '--shrinkLevel', shrinkLevel, '--noAssert'];
    const writeFile = (name: string, contents: string | Uint8Array) => void (files[name] = contents);
    const { error, stderr } = await asc.main(['test/engine/libmProbe.ts', ...options], { writeFile });
    if (error) throw new Error(String(stderr), { cause: error });
    probes.push(new WebAssembly.Instance(new WebAssembly.Module(files['probe.wasm'] as Uint8Array<ArrayBuffer>)).exports as unknown as Probe);
  }
});

type Floats = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

const arrayOf = (name: string) => (name.endsWith('f') ? Float32Array : Float64Array);

/** The function's values at columns of arguments: the same from both binaries. */
function valuesOf(name: string, columns: Floats[]): Floats {
  const TypedArray = arrayOf(name), n = columns[0].length;
  const [values, others] = probes.map(probe => {
    [probe.xAt(), probe.yAt()].forEach((at, i) => new TypedArray(probe.memory.buffer, at, ROOM).set(columns[i] ?? []));
    probe[`run${name[0].toUpperCase()}${name.slice(1)}`](n);
    return new TypedArray(probe.memory.buffer, probe.zAt(), ROOM).slice(0, n);
  });
  expect(Buffer.from(values.buffer).equals(Buffer.from(others.buffer))).toBe(true);
  return values;
}

/** The script's mulberry32. */
let s = 1;
function next(): number {
  s = s + 0x6d2b79f5 | 0;
  let t = Math.imul(s ^ s >>> 15, 1 | s);
  t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
  return (t ^ t >>> 14) >>> 0;
}
const uniform = (): number => (next() * 2 ** 21 + (next() >>> 11)) * 2 ** -53;

function argument([kind, a, b]: Range): number {
  if (kind === 'from') return a + (b - a) * uniform();
  const u = uniform(), size = (1 + u) * 2 ** (a + next() % (b - a + 1));
  if (kind === 'near') return next() & 1 ? 1 + size : 1 - size;
  return kind === '-size' ? -size : size;
}

/** Values that differ, where any may, of 16,384, or of 4,096: where glibc's arccosine is not correctly rounded. */
const differing: Record<string, number> = { 'acos': 10, 'acos near 1': 5 };

describe('random arguments', () => {
  test('one unit in the last place at most, and that seldom', () => {
    s = 1;
    const counts: Record<string, number> = {};
    for (const { title, arguments: ranges, digits, sha256 } of groups) {
      const name = title.split(' ')[0], columns = ranges.map(() => new (arrayOf(name))(digits.length));
      for (let i = 0; i < digits.length; i++) {
        let x: number[];
        do x = ranges.map(argument);
        while (name === 'acos' && Math.abs(x[0]) > 1 || name === 'log1p' && x[0] <= -1);
        x.forEach((value, column) => columns[column][i] = value);
      }
      // what glibc gave: the nearest number with that last digit; the sum proves it for all
      const values = valuesOf(name, columns), bits = new Int32Array(values.buffer), words = values.BYTES_PER_ELEMENT / 4;
      let count = 0;
      for (let i = 0; i < digits.length; i++) {
        const at = i * words, off = (parseInt(digits[i], 16) - bits[at] & 15) << 28 >> 28;
        if (off === 0) continue;
        expect(Math.abs(off), `${title}(${columns.map(column => column[i]).join(', ')})`).toBe(1);
        const low = (bits[at] >>> 0) + off;
        bits[at] = low;
        if (words === 2) bits[at + 1] += low < 0 ? -1 : low >= 2 ** 32 ? 1 : 0;
        count++;
      }
      expect(createHash('sha256').update(Buffer.from(values.buffer)).digest('hex'), title).toBe(sha256);
      if (count > 0) counts[title] = count;
    }
    if (process.env.FIGURES) console.log(counts);
    for (const [title, count] of Object.entries(counts)) expect(count, title).toBeLessThanOrEqual(differing[title] ?? 0);
  });
});

test.each(Object.keys(special))('%s of special arguments, bit for bit', name => {
  const TypedArray = arrayOf(name), digits = 2 * TypedArray.BYTES_PER_ELEMENT;
  const count = name.startsWith('pow') ? 2 : 1;
  const numbers = (hex: string) => [...new TypedArray(Uint8Array.from(Buffer.from(hex, 'hex')).buffer)];
  const cases = special[name].map(line => ({ x: numbers(line.slice(0, count * digits)), z: line.slice(count * digits) }));
  const values = valuesOf(name, Array.from({ length: count }, (_, i) => new TypedArray(cases.map(({ x }) => x[i]))));
  cases.forEach(({ x, z }, i) => {
    expect(values[i], `${name}(${x.join(', ')})`).toBe(z === 'nan' ? NaN : numbers(z)[0]);
  });
});

test('fmod is exact, as % is', () => {
  const x: number[] = [0, -0, Infinity, -Infinity, NaN, 1e300, -1e300, 2 * Math.PI, 4 * Math.PI, 5e-324], y: number[] = x.map(() => 2 * Math.PI);
  s = 2;
  for (let i = 0; i < 4000; i++) {
    x.push((next() & 1 ? 1 : -1) * argument(['size', -20, i % 100]));
    y.push(argument(['size', -30, 30]));
  }
  expect([...valuesOf('fmod', [Float64Array.from(x), Float64Array.from(y)])]).toEqual(x.map((value, i) => value % y[i]));
});

test('cos is for small angles: NaN beyond 4', () => {
  expect([...valuesOf('cos', [Float64Array.of(4.000000000000001, -1e5)])]).toEqual([NaN, NaN]);
  expect([...valuesOf('cos', [Float64Array.of(4, -3)])]).toEqual([...valuesOf('cos', [Float64Array.of(-4, 3)])]);
});
