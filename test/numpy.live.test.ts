/** Fresh random programs against the NumPy of this machine, where there is one of the version that the fixtures are from. */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { stateFromJSON, stateToJSON } from '../src/numpy/index.ts';
import { call, canonical, getState, made, setState, show, stateDigest, ulps, type Call } from './recordedCalls.ts';

interface Step { call: Call; raises?: string; kind: string; shape: number[]; data: string; close: boolean; state: string }
interface Program { on: string; seed: number; from: string; steps: Step[]; to: string }

const script = fileURLToPath(new URL('./fixtures/numpy_live.py', import.meta.url));

function python(...args: string[]): string {
  return spawnSync('python3', [script, ...args], { encoding: 'utf8', maxBuffer: 2 ** 30 }).stdout ?? '';
}

const version = python().trim(), hasNumPy = version.startsWith('2.4.');
/** NDRAND_LIVE_SEED repeats a run. */
const seed = process.env.NDRAND_LIVE_SEED ?? String(randomInt(2 ** 32));

/** The largest term of sums that can cancel, in the methods that have them: there the last place is that term's. */
function largestTerm([method, args, kwargs]: Call, value: number): number {
  const given = [...args, ...Object.values({ ...kwargs, size: 0 })].flat(3).filter(each => typeof each === 'number').map(Math.abs);
  return /^(normal|laplace|gumbel|logistic|wald|triangular|uniform)$/.test(method) ? Math.max(Math.abs(value), ...given) : Math.abs(value);
}

function isClose(of: Call, a: number, b: number): boolean {
  if (ulps(a, b) <= 2) return true;
  const difference = Math.abs(a - b);
  if (of[0] === 'vonmises') return difference <= 1e-12;
  const term = largestTerm(of, b);
  return term > Math.abs(b) && difference <= (of[0] === 'wald' ? 1e-12 : 4 * Number.EPSILON) * term;
}

/** The first value that is not NumPy's, in words; '' where there is none. */
function different(of: Call, { kind, data, close }: Step, ours: NodeJS.ArrayBufferView | string): string {
  const bytes = Buffer.from(data, 'base64');
  const own = typeof ours === 'string' ? Buffer.from(ours) : Buffer.from(ours.buffer, ours.byteOffset, ours.byteLength);
  if (own.equals(bytes)) return '';
  if (typeof ours === 'string' || own.length !== bytes.length) return `${String(ours).slice(0, 80)}, not ${bytes.toString().slice(0, 80)}`;
  const Words = ours.constructor as Float64ArrayConstructor, theirs = new Words(Uint8Array.from(bytes).buffer), mine = ours as Float64Array;
  for (let i = 0; i < mine.length; i++) {
    const a = Number(mine[i]), b = Number(theirs[i]);
    if (Object.is(mine[i], theirs[i])) continue;
    if (!close || !(kind === 'float32' ? Math.abs(a - b) <= 2 ** -22 * Math.abs(b) : isClose(of, a, b))) return `value ${i} is ${mine[i]}, not ${theirs[i]}`;
  }
  return '';
}

test.skipIf(hasNumPy)('live comparison: skipped, python3 has no NumPy 2.4', () => {
  console.warn(`live comparison: skipped, python3 has ${version === '' ? 'no NumPy' : `NumPy ${version}, the fixtures are from 2.4`}`);
});

describe.runIf(hasNumPy)(`live comparison of run ${seed}`, () => {
  const programs = hasNumPy ? JSON.parse(python(seed)) as Program[] : [];

  test.each(programs.map((program, i) => [i, program.on, program] as const))('program %i on %s', (_, on, { seed: start, from, steps, to }) => {
    const rng = made(on, 0), found: string[] = [];
    setState(rng, stateFromJSON(from));
    for (const [i, step] of steps.entries()) {
      const of = step.call, at = `NDRAND_LIVE_SEED=${seed}: step ${i} on ${on}(${start}), ${show(of)}`;
      if (step.raises !== undefined) {
        const before = stateDigest(rng);
        expect(() => call(rng, of), `${at}: NumPy raises ${step.raises}`).toThrow();
        expect(stateDigest(rng), `${at}: state`).toBe(before);
        continue;
      }
      const ours = canonical(call(rng, of), step.kind);
      expect(ours.shape, at).toEqual(step.shape);
      const wrong = different(of, step, ours.data);
      if (wrong) found.push(`${at}: ${wrong}`);
      expect(stateDigest(rng), `${at}: state; before it ${found.join('; ')}`).toBe(step.state);
    }
    expect(found).toEqual([]);
    // Python's json.loads reads it back: the texts are the same, the spare normal's last bit apart
    const text = stateToJSON(getState(rng)), bare = (json: string) => json.replace(/\s|"gauss":[^,}]*/g, '');
    expect(bare(text)).toBe(bare(to));
  });
});
