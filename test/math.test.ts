/**
 * The engine's logarithm, sine, cosine and exponential: within 2 units in the last place of the true value over the ranges they are
 * used in. float32 for every argument Box–Muller can form, against doubles; float64 at random, structured and hard points, against
 * 220-bit fixed point.
 */
import * as asc from 'assemblyscript/asc';
import { beforeAll, describe, expect, test } from 'vitest';
import { cos, errorInUlps, exp, expScaled, ln, ln1p, sin } from './fixedPoint.ts';

/** The exports of engine/mathProbe.ts. */
interface Probe {
  memory: WebAssembly.Memory;
  inAt(): number;
  aAt(): number;
  bAt(): number;
  bytes(): number;
  log32(n: number, scale: number): void;
  sinCos32(n: number): void;
  log64(n: number): void;
  sinCos64(n: number): void;
  exp64(n: number): void;
  scalarLog(x: number): number;
  scalarLog1p(x: number): number;
  scalarExp(x: number): number;
}

let probe: Probe;

beforeAll(async () => {
  const files: Record<string, string | Uint8Array> = {};
  // the release target's options
  const options = ['--config', 'none', '--path', '.', '--outFile', 'probe.wasm', '--runtime', 'stub', '--use', 'abort=', '--enable', 'simd', '--optimizeLevel', '3', '--noAssert'];
  const { error, stderr } = await asc.main(['test/engine/mathProbe.ts', ...options], { writeFile: (name, contents) => void (files[name] = contents) });
  if (error) throw new Error(String(stderr), { cause: error });
  probe = new WebAssembly.Instance(new WebAssembly.Module(files['probe.wasm'] as Uint8Array<ArrayBuffer>)).exports as unknown as Probe;
});

/** The greatest error so far, and where. */
class Worst {
  error = 0;
  at = NaN;
  count = 0;
  constructor(readonly name: string) {}
  check(): void {
    if (process.env.FIGURES) console.log(`${this.name}: ${this.error.toFixed(4)} ulp at ${this.at}, of ${this.count} arguments`);
    expect(this.error, `${this.name} at ${this.at}`).toBeLessThanOrEqual(2);
  }
}

describe('float32', () => {
  /** 2^(23 − e) for every biased exponent: one over a unit in the last place. */
  const perUlp = Float64Array.from({ length: 256 }, (_, biased) => 2 ** (150 - Math.max(biased, 1)));
  const rounded = new Float32Array(1), bits = new Int32Array(rounded.buffer);

  /** Compares results with a function of the arguments, in doubles: their own error is 10^-8 of a unit. */
  function compare(worst: Worst, x: Float32Array, got: Float32Array, n: number, exact: (x: number) => number): void {
    let { error, at } = worst;
    for (let i = 0; i < n; i++) {
      const y = exact(x[i]);
      rounded[0] = y;
      const e = Math.abs(got[i] - y) * perUlp[bits[0] >>> 23 & 255];
      if (!(e <= error)) {
        // NaN counts as the worst there is
        error = e >= 0 ? e : Infinity;
        at = x[i];
      }
    }
    worst.error = error;
    worst.at = at;
    worst.count += n;
  }

  const bitsOf = (x: number): number => {
    rounded[0] = x;
    return bits[0];
  };

  const at = (offset: number): Float32Array => new Float32Array(probe.memory.buffer, offset, probe.bytes() / 4);

  /** Runs over all floats from `first` to `last` (positive), mapped, in blocks of the probe's size. */
  function sweep(first: number, last: number, map: (x: number) => number, run: (x: Float32Array, n: number) => void): void {
    const x = at(probe.inAt()), whole = new Int32Array(x.buffer, x.byteOffset, x.length), end = bitsOf(last);
    for (let from = bitsOf(first); from <= end; from += x.length) {
      const n = Math.min(x.length, end - from + 1);
      for (let i = 0; i < x.length; i++) whole[i] = from + Math.min(i, n - 1);
      for (let i = 0; i < x.length; i++) x[i] = map(x[i]);
      run(x, n);
    }
  }

  test('logarithm: every u = (k + ½) 2^-31', () => {
    const worst = new Worst('log'), a = at(probe.aAt());
    const exact = (x: number): number => Math.log(x * 2 ** -31);
    const run = (x: Float32Array, n: number): void => {
      probe.log32(x.length, -31);
      compare(worst, x, a, n, exact);
    };
    // k + ½ rounded to float32: exact below 2^23; from there on integers (all of them here, though not all occur)
    const x = at(probe.inAt());
    for (let k = 0; k < 2 ** 23; k += x.length) {
      for (let i = 0; i < x.length; i++) x[i] = k + i + 0.5;
      run(x, x.length);
    }
    sweep(2 ** 23, 2 ** 31, k => k, run);
    expect(worst.count).toBe(9 * 2 ** 23 + 1);
    worst.check();
  });

  test('sine and cosine: every θ = i · 2^-29 π/4, and the mirrored half bit for bit', () => {
    const sine = new Worst('sin'), cosine = new Worst('cos'), a = at(probe.aAt()), b = at(probe.bAt()), step = Math.fround(Math.PI / 4 * 2 ** -29);
    const aBits = new Int32Array(a.buffer, a.byteOffset, a.length), bBits = new Int32Array(b.buffer, b.byteOffset, b.length);
    const sines = new Int32Array(a.length), cosines = new Int32Array(a.length);
    const run = (x: Float32Array, n: number): void => {
      probe.sinCos32(x.length);
      compare(sine, x, a, n, Math.sin);
      compare(cosine, x, b, n, Math.cos);
      sines.set(aBits);
      cosines.set(bBits);
      for (let i = 0; i < x.length; i++) x[i] = -x[i];
      probe.sinCos32(x.length);
      for (let i = 0; i < n; i++) {
        // i = 0 gives +0 alone
        if (x[i] === 0) continue;
        if ((aBits[i] ^ sines[i]) !== -0x80000000 || bBits[i] !== cosines[i]) expect([x[i], a[i], b[i]]).toBe('the mirror image');
      }
    };
    const x = at(probe.inAt());
    for (let from = 0; from < 2 ** 24; from += x.length) {
      for (let i = 0; i < x.length; i++) x[i] = Math.fround(from + i) * step;
      run(x, x.length);
    }
    sweep(2 ** 24, 2 ** 29, i => i * step, run);
    expect(sine.count).toBe(2 ** 24 + 5 * 2 ** 23 + 1);
    sine.check();
    cosine.check();
  });
});

describe('float64', () => {
  /** A small generator of its own, so that points do not depend on the engine (mulberry32). */
  function random(seed: number): () => number {
    let s = seed;
    return () => {
      s = s + 0x6d2b79f5 | 0;
      let t = Math.imul(s ^ s >>> 15, 1 | s);
      t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
      return (t ^ t >>> 14) >>> 0;
    };
  }
  const next = random(1), uniform53 = (): number => (next() * 2 ** 21 + (next() >>> 11)) * 2 ** -53;

  /** u of Box–Muller and of the exponentials: multiples of 2^-53 in (0, 1]. */
  function logarithmPoints(): number[] {
    const unit = 2 ** -53, points: number[] = [1];
    const around = (x: number, count: number): void => {
      const step = Math.max(unit, 2 ** (Math.floor(Math.log2(x)) - 52)), centre = Math.round(x / step);
      for (let k = -count; k <= count; k++) points.push((centre + k) * step);
    };
    for (let i = 0; i < 20_000; i++) points.push(1 - uniform53());
    for (let k = 1; k <= 2000; k++) points.push(k * unit, 1 - k * unit);
    // ln x is small or cancels: near 1, powers of 2, and where the reduction changes its power of 2, near √½ and its cut-off, in every octave
    for (let e = 0; e <= 50; e++) {
      around(2 ** -e, 60);
      around(Math.SQRT1_2 * 2 ** -e, 60);
      around(0.7071065902709961 * 2 ** -e, 60); // 0x3fe6a09e00000000
      for (let i = 0; i < 100; i++) points.push((1 + Math.floor(uniform53() * 2 ** (52 - e))) * unit, 1 - Math.floor(uniform53() * 2 ** (52 - e)) * unit);
    }
    return points.filter(x => x > 0 && x <= 1);
  }

  /** θ of Box–Muller: multiples of 2^-52 in [−½, ½), times π/2. */
  function anglePoints(): number[] {
    const unit = 2 ** -52, turns: number[] = [0, -0.5];
    for (let i = 0; i < 15_000; i++) turns.push(Math.floor((uniform53() - 0.5) * 2 ** 52) * unit);
    for (let k = 1; k <= 1500; k++) turns.push(k * unit, -k * unit, 0.5 - k * unit, k * unit - 0.5);
    for (let e = 1; e <= 51; e++) {
      for (let k = -20; k <= 20; k++) turns.push(2 ** -e + k * unit, -(2 ** -e) + k * unit);
      for (let i = 0; i < 60; i++) turns.push(Math.floor((uniform53() - 0.5) * 2 ** (52 - e)) * unit);
    }
    return turns.filter(t => t >= -0.5 && t < 0.5).map(t => t * (Math.PI / 2));
  }

  /** Calls `use` with argument and results, block by block. */
  function run(points: readonly number[], kernel: (n: number) => void, use: (x: number, a: number, b: number) => void): void {
    const [x, a, b] = [probe.inAt(), probe.aAt(), probe.bAt()].map(at => new Float64Array(probe.memory.buffer, at, probe.bytes() / 8));
    for (let from = 0; from < points.length; from += x.length) {
      const n = Math.min(x.length, points.length - from);
      x.fill(1);
      for (let i = 0; i < n; i++) x[i] = points[from + i];
      kernel(x.length);
      for (let i = 0; i < n; i++) use(x[i], a[i], b[i]);
    }
  }

  function measure(worst: Worst, x: number, got: number, exact: bigint): void {
    const error = errorInUlps(got, exact);
    worst.count++;
    if (error > worst.error) {
      worst.error = error;
      worst.at = x;
    }
  }

  test('the reference: known digits', () => {
    const digits = (x: bigint): string => (x * 10n ** 50n >> 220n).toString();
    expect(digits(ln(2))).toBe('69314718055994530941723212145817656807550013436025');
    expect(digits(exp(-1))).toBe('36787944117144232159552377016146086744581113103176');
    expect(digits(sin(0.5))).toBe('47942553860420300027328793521557138808180336794060');
    expect(digits(cos(0.5))).toBe('87758256189037271611628158260382965199164519710974');
    expect(ln1p(-0.5)).toBe(-ln(2));
    expect(errorInUlps(1 + 2 ** -52, 1n << 220n)).toBe(1);
    expect(errorInUlps(0.5 - 2 ** -54, 1n << 219n)).toBe(0.5);
  });

  test('logarithm', () => {
    const worst = new Worst('log'), points = logarithmPoints();
    expect(points.length).toBeGreaterThan(20_000);
    run(points, probe.log64, (x, a) => measure(worst, x, a, ln(x)));
    worst.check();
  });

  test('sine and cosine', () => {
    const sine = new Worst('sin'), cosine = new Worst('cos'), points = anglePoints();
    expect(points.length).toBeGreaterThan(20_000);
    run(points, probe.sinCos64, (x, a, b) => {
      measure(sine, x, a, sin(x));
      measure(cosine, x, b, cos(x));
    });
    sine.check();
    cosine.check();
  });

  /** Arguments of exp: weights of a softmax. */
  function exponentPoints(): number[] {
    const points: number[] = [0, -0], step = Math.LN2 / 64;
    for (let i = 0; i < 20_000; i++) points.push(-uniform53() * 2 ** (next() % 20 - 10), -708.39 * uniform53(), Math.fround(-30 * uniform53()));
    // near 0, and where the nearest of the table changes
    for (let e = 1; e <= 60; e++) points.push(-(2 ** -e), 2 ** -e);
    for (let k = 0; k < 65_408; k += 7) points.push(-k * step, -(k + 0.5) * step);
    return points.filter(x => x >= -708.39);
  }

  test('exponential', () => {
    const worst = new Worst('exp');
    run(exponentPoints(), probe.exp64, (x, a) => {
      const { value, k } = expScaled(x);
      // the scaling is exact
      measure(worst, x, a * 2 ** Math.floor(-k / 2) * 2 ** Math.ceil(-k / 2), value);
    });
    expect(worst.count).toBeGreaterThan(60_000);
    worst.check();
    expect(worst.error).toBeLessThan(1.1);
  });

  test('exponential: 1 at 0, 0 from ln 2^-1022 down to -Infinity, and nowhere rising on the way', () => {
    const points: number[] = [0, -0, -Infinity, -Number.MAX_VALUE, -1e300, -1e30, -1e15, -(2 ** 53), -4503599627370497, -1e6, -746, -745.2, -709];
    const results: number[] = [];
    run(points, probe.exp64, (_, a) => results.push(a));
    expect(results).toEqual([1, 1, ...points.slice(2).map(() => 0)]);
    const falling = Array.from({ length: 50_000 }, (_, i) => -700 - i * 0.0002).concat(Array.from({ length: 50_000 }, (_, i) => -Math.exp(i / 1000)));
    let last = Infinity, from = 0;
    run(falling, probe.exp64, (x, a) => {
      if (x > from) last = Infinity;
      from = x;
      if (!(a <= last && (a >= 2 ** -1022 || a === 0))) expect([x, a, last]).toBe('falling, and normal or 0');
      last = a;
    });
  });

  test('scalar logarithm, log1p and exp over what the binomial asks of them', () => {
    const log = new Worst('scalar log'), log1p = new Worst('scalar log1p'), power = new Worst('scalar exp');
    for (let i = 0; i < 4000; i++) {
      const x = (1 + uniform53()) * 2 ** (next() % 200 - 100), p = (1 + uniform53()) * 2 ** -(2 + next() % 60), y = -14 * uniform53();
      measure(log, x, probe.scalarLog(x), ln(x));
      measure(log1p, -p, probe.scalarLog1p(-p), ln1p(-p));
      measure(power, y, probe.scalarExp(y), exp(y));
    }
    log.check();
    log1p.check();
    power.check();
  });
});
