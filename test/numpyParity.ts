/** Compares a group of fixtures/numpyParity.json, which numpy_parity.py wrote from NumPy: the first values, digests of all of them, the state afterwards. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { agrees, block, call, canonical, first, fromBits, made, show, stateDigest, stateOf, ulps, type Call } from './recordedCalls.ts';

/** Kind of the values, the first of them, the state's digest, the blocks' digests; the spare normal of RandomState. */
type Row = [kind: string, first: (string | number)[], state: string, ...rest: (string | { spare: string })[]];
interface Group { seed: number; cases: Call[]; rows: Record<string, { n: number; blocks: number; rows: Row[] }> }

const fixture = JSON.parse(readFileSync(new URL('./fixtures/numpyParity.json', import.meta.url), 'utf8')) as { numpy: string; groups: Record<string, Group> };

/** What differs from the record, in words. */
function differences(kind: string, seed: number, of: Call, n: number, blocks: number, [values, firsts, state, ...rest]: Row): string[] {
  const rng = made(kind, seed), found: string[] = [];
  const { data } = canonical(call(rng, of, n), values);
  if (of[0] === 'multivariate_normal') {
    const ours = data as Float64Array, most = Math.max(...(firsts as number[]).map(Math.abs));
    (firsts as number[]).forEach((value, i) => {
      if (!(Math.abs(ours[i] - value) <= 1e-12 * most)) found.push(`value ${i} is ${ours[i]}, not ${value}`);
    });
  } else {
    const ours = first(data, firsts.length);
    (firsts as string[]).forEach((value, i) => {
      if (ours[i] === value) return;
      const isReal = values === 'float64' && ours[i] !== undefined;
      if (isReal && ulps(fromBits(ours[i]), fromBits(value)) <= 2) return;
      found.push(`value ${i} is ${ours[i]}, not ${value}${isReal ? ` (${fromBits(ours[i])}, ${fromBits(value)})` : ''}`);
    });
    for (let i = 0; i < blocks; i++) {
      if (agrees(block(data, i, blocks), (rest[i] as string).split(' '), of[0]) === '') found.push(`block ${i} of ${blocks} differs`);
    }
    const spare = rest[blocks] as { spare: string } | undefined, ownSpare = stateOf(rng)[1];
    if (spare ? ownSpare === null || ulps(ownSpare, fromBits(spare.spare)) > 2 : ownSpare !== null) found.push(`the spare normal is ${ownSpare}`);
  }
  if (stateDigest(rng, state.length) !== state) found.push('the state differs');
  return found;
}

/** On the bit generators that `on` accepts: a file each, so that they run side by side. */
export function compareGroup(name: string, on: (kind: string) => boolean = () => true): void {
  const { seed, cases, rows } = fixture.groups[name], methods = [...new Set(cases.map(([method]) => method))];

  test('made by NumPy 2.4', () => expect(fixture.numpy).toMatch(/^2\.4\./));

  describe.each(Object.entries(rows).filter(([kind]) => on(kind)))(`${name}, %s`, (kind, { n, blocks, rows: records }) => {
    test.each(methods)('%s', method => {
      const found: Record<string, string[]> = {};
      cases.forEach((of, i) => {
        if (of[0] !== method) return;
        let wrong: string[];
        try {
          wrong = differences(kind, seed + i, of, n, blocks, records[i]);
        } catch (error) {
          wrong = [String(error)];
        }
        if (wrong.length > 0) found[show(of)] = wrong;
      });
      expect(found).toEqual({});
    });
  });
}
