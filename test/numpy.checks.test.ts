import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { np } from '../src/numpy/index.ts';
import { agrees, call, canonical, decode, made, show, stateDigest, type Call, type Rng } from './recordedCalls.ts';

interface Group { laws: string[]; others: [...Call, string][] }

// Written by fixtures/numpy_checks.py from NumPy: what it refuses, and what it gives where it does not.
const fixture = JSON.parse(readFileSync(new URL('./fixtures/numpyChecks.json', import.meta.url), 'utf8')) as {
  values: Record<string, unknown[]>; sizes: unknown[]; threes: unknown[]; laws: Record<string, [base: number[], kinds: string[]]>; Generator: Group; RandomState: Group;
  made: [name: string, args: unknown[], kwargs: Record<string, unknown>, then: [method: string, argument: unknown] | null, answer: string][];
};
const SEED = 7;

/** The laws' calls, in the order of their answers: see numpy_checks.py. */
function* lawCalls(): Generator<Call> {
  for (const [method, [base, kinds]] of Object.entries(fixture.laws)) {
    for (const [k, kind] of kinds.entries()) {
      for (const value of fixture.values[kind]) {
        const isArray = Array.isArray(value) || (typeof value === 'object' && value !== null && 'zeros' in value);
        yield [method, [...base.slice(0, k), value, ...base.slice(k + 1)], isArray ? {} : { size: 2 }];
      }
    }
    for (const size of fixture.sizes) yield [method, base, { size }];
    for (const size of fixture.threes) yield [method, [Array<number>(3).fill(base[0]), ...base.slice(1)], { size }];
  }
}

/** Where we refuse on purpose what NumPy takes; anything else is to be as NumPy has it. */
function refusedOnPurpose([method, args, kwargs]: Call): boolean {
  const isFraction = (each: unknown): boolean => (Array.isArray(each) ? each.some(isFraction) : typeof each === 'number' && each % 1 !== 0);
  // NumPy cuts fractions off integers without a word
  const integers = { binomial: 1, hypergeometric: 3, multinomial: 1, bytes: 1, integers: 2, randint: 2, random_integers: 2 }[method];
  if (integers !== undefined && args.slice(0, integers).some(isFraction)) return true;
  // three bytes, an empty array, an empty choice: nobody's meaning
  if (/^(bytes|permutation|choice)$/.test(method) && args[0] === -1) return true;
  // an array of bounds that does not broadcast to the size is read past its end, or cut
  if (/^(integers|randint)$/.test(method) && Array.isArray(args[0]) && kwargs?.size !== undefined) return true;
  // any other name than 'zig' is the inverse
  return method === 'standard_exponential' && kwargs?.method === 'abc';
}

/** What differs from NumPy's answer; '' where nothing does. */
export function difference(kind: string, of: Call, answer: string): string {
  const rng = made(kind, SEED), before = stateDigest(rng);
  let result: unknown;
  try {
    result = call(rng, of);
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) return `throws ${String(error)}`;
    if (answer !== '!' && refusedOnPurpose(of)) return '';
    if (answer !== '!') return `is refused: ${error.message}; NumPy gives ${answer}`;
    return stateDigest(rng) === before ? '' : 'is refused, but words are consumed';
  }
  // a JavaScript array has the axes it has
  if (answer === '!' && of[0] === 'shuffle' && Array.isArray(of[1][0]) && of[2]?.axis === -1) return '';
  if (answer === '!') return `gives ${String(result).slice(0, 60)}; NumPy refuses it`;
  const [form, digests, state] = answer.split('|'), [values, shape] = form.split(' ');
  const ours = canonical(result, values);
  // nested arrays of no elements do not show their inner dimensions
  const isNone = Array.isArray(result) && result.length === 0 && shape.startsWith('0');
  if (ours.shape.join() !== shape && !isNone) return `has shape [${ours.shape.join()}], not [${shape}]`;
  if (agrees(ours.data, digests.split(' '), of[0]) === '') return `gives other values: ${String(result).slice(0, 60)}`;
  return stateDigest(rng, 6) === state ? '' : 'leaves another state';
}

describe.each([['Generator', 'PCG64'], ['RandomState', 'RandomState']] as const)('%s', (name, kind) => {
  const laws = [...lawCalls()];
  const all = [...laws.map((of, i) => [of, fixture[name].laws[i]] as const), ...fixture[name].others.map(([method, args, kwargs, answer]) => [[method, args, kwargs] as Call, answer] as const)];

  test.each([...new Set(all.map(([[method]]) => method))])('%s', method => {
    const found: Record<string, string> = {};
    for (const [of, answer] of all) {
      if (of[0] !== method || answer === '~') continue;
      const wrong = difference(kind, of, answer);
      if (wrong) found[show(of)] = wrong;
    }
    expect(found).toEqual({});
  });
});

/** What is made, and moved, as the state's digest; '!' where it is refused. */
function creation(name: string, args: unknown[], kwargs: Record<string, unknown>, then: [string, unknown] | null): string {
  const given = [...args.map(each => decode(each)), ...(Object.keys(kwargs).length > 0 ? [Object.fromEntries(Object.entries(kwargs).map(([key, value]) => [key, decode(value)]))] : [])];
  const random = np.random as unknown as Record<string, (new (...args: unknown[]) => unknown) & ((...args: unknown[]) => unknown)>;
  try {
    let rng = name === 'default_rng' ? random[name](...given) : new random[name](...given);
    if (then !== null) {
      const moved = (rng as Rng)[then[0]](decode(then[1]));
      if (then[0] === 'jumped') rng = moved;
    }
    return stateDigest((name in { default_rng: 0, RandomState: 0 } ? rng : new random.Generator(rng)) as Rng, 6);
  } catch (error) {
    return error instanceof TypeError || error instanceof RangeError ? '!' : String(error);
  }
}

test('what generators are made from and moved by', () => {
  const found: Record<string, string> = {};
  for (const [name, args, kwargs, then, answer] of fixture.made) {
    const ours = creation(name, args, kwargs, then);
    if (ours !== answer) found[`${show([name, args, kwargs])}${then === null ? '' : `.${then[0]}(${JSON.stringify(then[1])})`}`] = `${ours}, not ${answer}`;
  }
  expect(found).toEqual({});
});
