import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { stateFromJSON, stateToJSON } from '../src/numpy/index.ts';
import { agrees, call, canonical, fromBits, getState, made, setState, show, stateDigest, stateOf, ulps, type Call } from './recordedCalls.ts';

type Step = [call: number, kind: string, digests: string, state: string];
interface Group { calls: Call[]; programs: { kind: string; seed: number; spare: string | null; steps: Step[] }[] }

// Written by fixtures/numpy_programs.py from NumPy: half-words and RandomState's spare normal stay in step over calls of every method.
const { Generator, RandomState } = JSON.parse(readFileSync(new URL('./fixtures/numpyPrograms.json', import.meta.url), 'utf8')) as Record<string, Group>;

describe.each(Object.entries({ Generator, RandomState }))('%s', (_, { calls, programs }) => {
  test.each(programs.map(program => [program.kind, program.seed, program] as const))('%s of seed %i', (kind, seed, { spare, steps }) => {
    let rng = made(kind, seed);
    steps.forEach(([i, form, digests, state], step) => {
      if (step % 20 === 15 && kind !== 'module') {
        // another goes on from its state's JSON
        const text = stateToJSON(getState(rng));
        setState(rng = made(kind, 0), stateFromJSON(text));
      }
      const at = `step ${step}, ${show(calls[i])}`, [values, shape] = form.split(' ');
      const ours = canonical(call(rng, calls[i]), values);
      expect(ours.shape.join(), `${at}: shape`).toBe(shape);
      expect(agrees(ours.data, digests.split(' '), calls[i][0]), `${at}: values`).not.toBe('');
      expect(stateDigest(rng, 6), `${at}: state`).toBe(state);
    });
    const own = stateOf(rng)[1];
    if (spare === null) expect(own).toBeNull();
    else expect(ulps(own!, fromBits(spare))).toBeLessThanOrEqual(2);
  });
});
