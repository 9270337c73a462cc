/**
 * The ziggurat against NumPy (fixtures/ziggurat.py): all twelve of its tables, what it draws from the same states, in bulk and one at a time, and the
 * state it leaves.
 */
import { createHash } from 'node:crypto';
import * as asc from 'assemblyscript/asc';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import fixture from './fixtures/ziggurat.json' with { type: 'json' };

/** The exports of engine/zigguratProbe.ts. */
interface Probe {
  memory: WebAssembly.Memory;
  select(id: number): void;
  stateAt(): number;
  halfAt(): number;
  outAt(): number;
  tableAt(i: number): number;
  buildLayers(): void;
  oneByOne(kind: number, n: number): void;
  zigguratNormal64(n: number): void;
  zigguratNormal32(n: number): void;
  zigguratExponential64(n: number): void;
  zigguratExponential32(n: number): void;
  inverseExponential64(n: number): void;
  inverseExponential32(n: number): void;
}

let probe: Probe;

beforeAll(async () => {
  const files: Record<string, string | Uint8Array> = {};
  // the release target's options
  const options = ['--config', 'none', '--path', '.', '--outFile', 'probe.wasm', '--runtime', 'stub', '--use', 'abort=', '--enable', 'simd',
    '--optimizeLevel', '3', '--shrinkLevel', '1', '--noAssert'];
  const { error, stderr } = await asc.main(['test/engine/zigguratProbe.ts', ...options], { writeFile: (name, contents) => void (files[name] = contents) });
  if (error) throw new Error(String(stderr), { cause: error });
  probe = new WebAssembly.Instance(new WebAssembly.Module(files['probe.wasm'] as Uint8Array<ArrayBuffer>)).exports as unknown as Probe;
}, 60_000);

const digest = (...parts: Uint8Array[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};
const bytes = (at: number, n: number) => new Uint8Array(probe.memory.buffer, at, n);

describe('layers', () => {
  const column = (i: number, wide: boolean, offset: number, step: number, scale: number) => {
    const View = wide ? Float64Array : Float32Array;
    const figures = new View(probe.memory.buffer, probe.tableAt(i), 256 * step), picked = new View(256);
    for (let j = 0; j < 256; j++) picked[j] = figures[j * step + offset]! * scale;
    return digest(new Uint8Array(picked.buffer));
  };

  // an integer of so many bits in NumPy, a fraction here
  test.each([['i', 0, 52], ['e', 1, 53]] as const)('k%s, w%s, f%s are NumPy\'s', (letter, i, digits) => {
    probe.buildLayers();
    const { layers } = fixture;
    expect({
      [`k${letter}_double`]: column(i, true, 0, 2, 2 ** digits),
      [`w${letter}_double`]: column(i, true, 1, 2, 2 ** -digits),
      [`f${letter}_double`]: column(i + 4, true, 0, 1, 1),
      [`k${letter}_float`]: column(i + 2, false, 0, 2, 1),
      [`w${letter}_float`]: column(i + 2, false, 1, 2, 1),
      [`f${letter}_float`]: column(i + 6, false, 0, 1, 1),
    }).toEqual(Object.fromEntries(Object.entries(layers).filter(([name]) => name[1] === letter)));
  });

  test('are made once', () => {
    const before = digest(bytes(probe.tableAt(0), 4096), bytes(probe.tableAt(1), 4096));
    probe.buildLayers();
    expect(digest(bytes(probe.tableAt(0), 4096), bytes(probe.tableAt(1), 4096))).toBe(before);
  });
});

const words = Array.from({ length: 624 }, (_, i) => BigInt.asUintN(64, BigInt(i + 1) * 0x9e3779b97f4a7c15n));
/** As assembly/raw.ts numbers them, and the bytes of a state. */
const generators: Record<string, readonly [id: number, size: number]> = {
  PCG32DXSM: [0, 16], PCG32: [1, 16], PCG64: [2, 32], PCG64DXSM: [3, 32], SFC64: [4, 32], Philox: [5, 88], MT19937: [6, 2500],
};

/** The state of fixtures/ziggurat.py. */
function place(name: string, odd: boolean) {
  const [id] = generators[name]!;
  probe.select(id);
  const state = new DataView(probe.memory.buffer, probe.stateAt());
  words.slice(0, 11).forEach((word, i) => state.setBigUint64(8 * i, word, true));
  if (id < 2) state.setBigUint64(8, words[1]! | 1n, true);
  if (id === 2 || id === 3) state.setBigUint64(16, words[2]! | 1n, true);
  if (id === 5) state.setBigUint64(80, 4n, true);
  if (id === 6) {
    words.forEach((word, i) => state.setUint32(4 * i, Number(word >> 32n), true));
    state.setUint32(2496, odd ? 623 : 624, true);
  } else {
    const half = new DataView(probe.memory.buffer, probe.halfAt());
    half.setUint32(0, odd ? 1 : 0, true);
    half.setUint32(4, 0x12345678, true);
  }
}

function state(name: string) {
  const [id, size] = generators[name]!;
  return [bytes(probe.stateAt(), size), ...(id === 6 ? [] : [bytes(probe.halfAt(), 8)])];
}

const fills = {
  normal64: [n => probe.zigguratNormal64(n), 8],
  exponential64: [n => probe.zigguratExponential64(n), 8],
  normal32: [n => probe.zigguratNormal32(n), 4],
  exponential32: [n => probe.zigguratExponential32(n), 4],
  inverse64: [n => probe.inverseExponential64(n), 8],
  inverse32: [n => probe.inverseExponential32(n), 4],
} satisfies Record<string, [(n: number) => void, number]>;
type Method = keyof typeof fills;

/** The bytes that `fill` makes of `parts`, a block of the engine's at a time. */
function draw(fill: (n: number) => void, size: number, parts: number[]) {
  const drawn: Uint8Array[] = [];
  for (let part of parts) {
    while (part > 0) {
      const n = Math.min(part, 131072 / size);
      fill(n);
      drawn.push(bytes(probe.outAt(), n * size).slice());
      part -= n;
    }
  }
  return digest(...drawn);
}

test.each(fixture.draws)('$name: $method, a half waiting: $odd', ({ name, method, odd, values, after }) => {
  place(name, odd);
  expect(draw(...(fills[method as Method] as [(n: number) => void, number]), fixture.parts)).toBe(values);
  expect(digest(...state(name))).toBe(after);
});

test('in parts, in bulk and one at a time alike, from every generator', () => {
  fc.assert(fc.property(
    fc.constantFrom(...Object.keys(generators)),
    fc.constantFrom<Method[]>('normal64', 'exponential64', 'normal32', 'exponential32'),
    fc.boolean(),
    fc.array(fc.tuple(fc.integer({ min: 0, max: 2700 }), fc.boolean()), { minLength: 1, maxLength: 6 }),
    (name, method, odd, parts) => {
      const kind = Object.keys(fills).indexOf(method), [fill, size] = fills[method];
      const run = (pieces: [number, boolean][]) => {
        place(name, odd);
        const drawn: Uint8Array[] = [];
        for (const [n, bulk] of pieces) {
          if (bulk) fill(n);
          else probe.oneByOne(kind, n);
          drawn.push(bytes(probe.outAt(), n * size).slice());
        }
        return [digest(...drawn), digest(...state(name))];
      };
      const total = parts.reduce((sum, [n]) => sum + n, 0);
      expect(run(parts)).toEqual(run([[total, false]]));
    },
  ), { numRuns: 300 });
});
