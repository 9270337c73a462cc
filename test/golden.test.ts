/**
 * The values themselves, pinned: a test that fails here has found a value-breaking change. `npm run build && node test/fixtures/golden.mjs` writes
 * them anew; do so only for a change that CHANGELOG.md calls value-breaking.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as ndrand from '../src/index.ts';
import { golden } from './golden.mjs';

const pinned = JSON.parse(readFileSync(new URL('./fixtures/golden.json', import.meta.url), 'utf8')) as Record<string, Record<string, string>>;
const found = golden(ndrand);

test('every method and path is pinned', () => {
  expect(Object.keys(found)).toEqual(Object.keys(pinned));
  for (const name of Object.keys(found)) {
    expect(Object.keys(found[name])).toEqual(Object.keys(pinned[name]));
    // whoever adds a method adds it here
    const classes: object[] = [];
    for (let each = ndrand.Generator.prototype as object; each !== Object.prototype; each = Object.getPrototypeOf(each) as object) classes.push(each);
    for (const method of classes.flatMap(Object.getOwnPropertyNames)) {
      if (['constructor', 'draw', 'reals', 'counts', 'normalMethod'].includes(method)) continue;
      expect(Object.keys(pinned[name]).some(label => label.split(/[ (]/)[0] === method), method).toBe(true);
    }
  }
});

test('the two generators differ in every value that chance decides', () => {
  const same = Object.keys(pinned.PCG32).filter(label => pinned.PCG32[label] === pinned.PCG32DXSM[label]);
  expect(same.filter(label => !/bernoulli\([01]\)|integers\((7, 8|5, 6)\)|binomial (n = 0|p = [01])|permutation\([12]\)|largest/.test(label) && !/1e-|0\.9999/.test(label))).toEqual([]);
});

describe.each(Object.keys(pinned))('%s', name => {
  test.each(Object.keys(pinned[name]))('%s', label => {
    expect(found[name][label]).toBe(pinned[name][label]);
  });
});
