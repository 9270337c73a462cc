/** Binomials, choices and permutations against exact probabilities. See statistics.ts for the thresholds. */
import { describe, expect, test } from 'vitest';
import { array, Generator, PCG32, PCG32DXSM } from '../src/index.ts';
import { emitting } from './forcedWords.ts';
import { accept, binomialMass, binomialP, chiSquareP, chiSquareTailP, evenP, massP, normalKS, normalP, pearson, poissonP } from './statistics.ts';

/** The rank of a permutation among all of its length: its Lehmer code. */
function rank(x: ArrayLike<number>): number {
  let code = 0;
  for (let i = 0; i < x.length; i++) {
    let smaller = 0;
    for (let j = i + 1; j < x.length; j++) if (x[j] < x[i]) smaller++;
    code = code * (x.length - i) + smaller;
  }
  return code;
}

describe('binomial', () => {
  // around n·min(p, 1 − p) = 10 inversion hands over to BTRS; n = 1 is the mask kernel
  test.each([
    [1, 0.5], [1, 0.1], [2, 0.5], [10, 0.5], [10, 0.05], [7, 0.9], [19, 0.5], [20, 0.5], [21, 0.5], [99, 0.1], [101, 0.1], [33, 0.3], [34, 0.3],
    [33, 0.7], [34, 0.7], [1000, 0.00999], [1000, 0.01001], [1000, 0.3], [1000, 0.7], [100, 0.5], [41, 0.75], [1e6, 1e-5], [1e6, 0.5], [1e6, 0.999],
    [1e9, 1e-8], [1e9, 9.9e-9], [2 ** 40, 1e-12], [2 ** 40, 1e-11], [2 ** 40, 3e-8], [Number.MAX_SAFE_INTEGER, 1e-16], [Number.MAX_SAFE_INTEGER, 1e-15],
    [Number.MAX_SAFE_INTEGER, 1e-12], [2 ** 31, 1e-6], [2 ** 31 - 1, 1e-6],
  ])('n = %d, p = %d: chi-square against the probabilities', (n, p) => {
    const draws = 1_000_000, { first, mass } = binomialMass(n, p), counts = new Float64Array(mass.length);
    const { data } = new Generator(new PCG32DXSM([401, n, Math.floor(p * 2 ** 53)])).binomial(n, p, draws);
    let outside = 0;
    for (let i = 0; i < draws; i++) {
      const k = data[i] - first;
      if (k >= 0 && k < counts.length) counts[k]++;
      else outside++;
    }
    // probabilities left out are below 10^-29
    expect(outside).toBe(0);
    accept({ counts: massP(counts, mass, draws) });
  });

  // σ is so large that steps and skewness are far below what 10^6 draws can show: (1 − 2p) / 6σ < 10^-6
  test.each([
    [1e12, 0.3], [1e15, 0.5], [2 ** 50, 0.999], [Number.MAX_SAFE_INTEGER, 0.5], [Number.MAX_SAFE_INTEGER, 1e-4], [Number.MAX_SAFE_INTEGER, 0.77],
  ])('n = %d, p = %d: mean, variance and distribution as the normal limit', (n, p) => {
    const draws = 1_000_000, mean = n * p, deviation = Math.sqrt(n * p * (1 - p));
    const x = Float64Array.from(new Generator(new PCG32DXSM([402, n, Math.floor(p * 2 ** 53)])).binomial(n, p, draws).data, k => (k - mean) / deviation);
    let sum = 0, squares = 0;
    for (const z of x) {
      sum += z;
      squares += z * z;
    }
    accept({ mean: normalP(sum / Math.sqrt(draws)), variance: normalP((squares - draws) / Math.sqrt(2 * draws)), ks: normalKS(x) });
  });

  test('over PCG32, and one by one', () => {
    const draws = 400_000, { first, mass } = binomialMass(60, 0.4), fill = new Float64Array(mass.length), single = new Float64Array(mass.length);
    for (const k of new Generator(new PCG32(403)).binomial(60, 0.4, draws).data) fill[k - first]++;
    const rng = new Generator(new PCG32(404));
    for (let i = 0; i < draws; i++) single[rng.binomial(60, 0.4) - first]++;
    accept({ fill: massP(fill, mass, draws), single: massP(single, mass, draws) });
  });
});

/** `length` probabilities, uneven, every seventh of them 0. */
function uneven(length: number): number[] {
  const weights = Array.from({ length }, (_, i) => (i % 7 === 3 ? 0 : 1 + (i * 37 % 11)));
  const sum = weights.reduce((a, b) => a + b);
  return weights.map(w => w / sum);
}

describe('choice with p', () => {
  test.each([2, 3, 8, 16, 17, 18, 19, 100, 1000])('%i categories', length => {
    const p = length === 2 ? [0.3, 0.7] : length === 3 ? [0.2, 0.5, 0.3] : uneven(length), n = 2_000_000;
    const counts = new Float64Array(length);
    for (const v of new Generator(new PCG32DXSM([405, length])).choice(length, n, { p }).data) counts[v]++;
    for (let i = 0; i < length; i++) if (p[i] === 0) expect(counts[i]).toBe(0);
    const positive = [...p.keys()].filter(i => p[i] > 0);
    accept({ counts: massP(positive.map(i => counts[i]), positive.map(i => p[i]), n) });
  });

  test.each([3, 40])('%i categories, one by one', length => {
    const p = uneven(length * 2).filter(x => x > 0).slice(0, length), sum = p.reduce((a, b) => a + b), n = 200_000;
    const rng = new Generator(new PCG32DXSM([406, length])), even = p.map(x => x / sum), counts = new Float64Array(length);
    for (let i = 0; i < n; i++) counts[rng.choice(length, { p: even })]++;
    accept({ counts: massP(counts, even, n) });
  });

  test('zeros at both ends, and certainty, are never missed', () => {
    for (const length of [4, 40]) {
      for (const certain of [0, 1, length - 1]) {
        const p = new Array<number>(length).fill(0);
        p[certain] = 1;
        expect(new Generator(new PCG32DXSM(407)).choice(length, 1000, { p }).data.every(v => v === certain)).toBe(true);
        for (const word of [0, 0xffffffff]) expect([...emitting(word, word).choice(length, 1, { p }).data]).toEqual([certain]);
      }
      const p = [0, ...new Array<number>(length - 2).fill(1 / (length - 2)), 0];
      for (let salt = 0; salt < 200; salt++) {
        for (const word of [0, 0xffffffff]) {
          const [v] = emitting(word, word, salt).choice(length, 1, { p }).data;
          expect(v > 0 && v < length - 1).toBe(true);
        }
      }
    }
  });

  test('a word that ties with a threshold is decided by the rest of it', () => {
    // p₀ = 2^-34: of the words 0, which alone can mean category 0, a quarter do; likewise at the top
    const n = 40_000;
    let low = 0, high = 0, lowSingle = 0;
    for (let salt = 0; salt < n; salt++) {
      if (emitting(0, 1, salt).choice(2, 2, { p: [2 ** -34, 1 - 2 ** -34] }).data[0] === 0) low++;
      if (emitting(0, 1, salt).choice(2, { p: [2 ** -34, 1 - 2 ** -34] }) === 0) lowSingle++;
      if (emitting(0xffffffff, 1, salt).choice(2, 2, { p: [1 - 2 ** -34, 2 ** -34] }).data[0] === 1) high++;
    }
    expect(lowSingle).toBe(low);
    accept({ low: binomialP(low, n, 0.25), high: binomialP(high, n, 0.25) });
  });
});

describe('choice without replacement', () => {
  test('with p: the ordered pairs and the orders of four', () => {
    const p = [0.1, 0.2, 0.3, 0.4], n = 200_000, rng = new Generator(new PCG32DXSM(408));
    const pairs = new Float64Array(16), orders = new Float64Array(64);
    for (let i = 0; i < n; i++) {
      const [a, b] = rng.choice(4, 2, { replace: false, p }).data;
      pairs[a * 4 + b]++;
      const [c, d, e, f] = rng.choice(4, 4, { replace: false, p }).data;
      if (new Set([a, b]).size < 2 || new Set([c, d, e, f]).size < 4) expect([a, b, c, d, e, f]).toBe('all different');
      orders[(c * 4 + d) * 4 + e]++;
    }
    // one after the other, each by its share of what is left
    const pairMass: number[] = [], pairCounts: number[] = [], orderMass: number[] = [], orderCounts: number[] = [];
    for (let a = 0; a < 4; a++) {
      for (let b = 0; b < 4; b++) {
        if (a === b) continue;
        const pair = p[a] * p[b] / (1 - p[a]);
        pairMass.push(pair);
        pairCounts.push(pairs[a * 4 + b]);
        for (let c = 0; c < 4; c++) {
          if (c === a || c === b) continue;
          orderMass.push(pair * p[c] / (1 - p[a] - p[b]));
          orderCounts.push(orders[(a * 4 + b) * 4 + c]);
        }
      }
    }
    expect([pairMass.length, orderMass.length]).toEqual([12, 24]);
    accept({ pairs: massP(pairCounts, pairMass, n), orders: massP(orderCounts, orderMass, n) });
  });

  test('with p: zeros are never drawn, and single draws follow p', () => {
    const p = [0, 0.5, 0, 0.25, 0.25], n = 200_000, rng = new Generator(new PCG32DXSM(409)), counts = new Float64Array(5);
    for (let i = 0; i < n; i++) counts[rng.choice(5, { replace: false, p })]++;
    expect([counts[0], counts[2]]).toEqual([0, 0]);
    accept({ single: massP([counts[1], counts[3], counts[4]], [0.5, 0.25, 0.25], n) });
  });

  // of 5 by a partial shuffle, of 70 by Floyd's set
  test.each([[5, true], [5, false], [70, true], [70, false]])('two of %i, shuffle %s: all pairs alike', (count, shuffle) => {
    const n = 400_000, rng = new Generator(new PCG32DXSM([410, count, Number(shuffle)])), cells = new Float64Array(count * count);
    for (let i = 0; i < n; i++) {
      const { data } = rng.choice(count, 2, { replace: false, shuffle }), [a, b] = shuffle ? data : [...data].sort((x, y) => x - y);
      cells[a * count + b]++;
    }
    const drawn = Array.from(cells).filter((_, cell) => (shuffle ? cell % (count + 1) !== 0 : Math.floor(cell / count) < cell % count));
    expect(drawn.reduce((a, b) => a + b)).toBe(n);
    accept({ pairs: evenP(drawn) });
  });

  test.each([[1000, true], [1000, false], [2 ** 33, true]])('three of %i, shuffle %s', (count, shuffle) => {
    const n = 200_000, rng = new Generator(new PCG32DXSM([411, count, Number(shuffle)])), groups = 10, size = count / groups;
    const orders = new Float64Array(6), places = [0, 1, 2].map(() => new Float64Array(50)), sets = new Float64Array(groups ** 3);
    for (let i = 0; i < n; i++) {
      const [a, b, c] = Array.from(rng.choice(count, 3, { replace: false, shuffle }).data as ArrayLike<number | bigint>, Number);
      if (a === b || b === c || a === c || Math.min(a, b, c) < 0 || Math.max(a, b, c) >= count) expect([a, b, c]).toBe(`different and below ${count}`);
      orders[rank([a, b, c])]++;
      [a, b, c].forEach((v, k) => places[k][Math.floor(v * 50 / count)]++);
      const [x, y, z] = [a, b, c].map(v => Math.floor(v / size)).sort((u, v) => u - v);
      sets[(x * groups + y) * groups + z]++;
    }
    // the groups' multisets: products of binomial coefficients, as draws without replacement have
    const mass: number[] = [], counts: number[] = [], all = count * (count - 1) * (count - 2) / 6;
    for (let x = 0; x < groups; x++) {
      for (let y = x; y < groups; y++) {
        for (let z = y; z < groups; z++) {
          const ways = x === z ? size * (size - 1) * (size - 2) / 6 : x === y || y === z ? size * (size - 1) / 2 * size : size ** 3;
          mass.push(ways / all);
          counts.push(sets[(x * groups + y) * groups + z]);
        }
      }
    }
    const figures: Record<string, number> = { sets: massP(counts, mass, n) };
    if (shuffle) {
      figures.orders = evenP(orders);
      places.forEach((place, k) => (figures[`place ${k}`] = evenP(place)));
    }
    accept(figures);
  });
});

describe('permutation and shuffle', () => {
  test('all 120 orders of five, by every way to shuffle', () => {
    const n = 120_000, rng = new Generator(new PCG32DXSM(412)), pcg32 = new Generator(new PCG32(413));
    const rows = array([[0, 0], [1, 1], [2, 2], [3, 3], [4, 4]]);
    const shuffled = <T extends number[] | Float32Array>(x: T): T => {
      rng.shuffle(x);
      return x;
    };
    const ways: Record<string, () => ArrayLike<number>> = {
      permutation: () => rng.permutation(5).data,
      'permutation over PCG32': () => pcg32.permutation(5).data,
      'of an array': () => rng.permutation([0, 1, 2, 3, 4]),
      'of rows': () => rng.permutation(rows).data.filter((_, i) => i % 2 === 0),
      'shuffle of an array': () => shuffled([0, 1, 2, 3, 4]),
      'shuffle of a typed array': () => shuffled(Float32Array.of(0, 1, 2, 3, 4)),
      'choice of all': () => rng.choice(5, 5, { replace: false }).data,
    };
    const figures: Record<string, number> = {};
    for (const [name, draw] of Object.entries(ways)) {
      const counts = new Float64Array(120);
      for (let i = 0; i < n; i++) counts[rank(draw())]++;
      figures[name] = evenP(counts);
    }
    accept(figures);
  });

  test('64 elements: where each goes', () => {
    const n = 64, times = 100_000, rng = new Generator(new PCG32DXSM(414)), cells = new Float64Array(n * n);
    for (let t = 0; t < times; t++) {
      const { data } = rng.permutation(n);
      for (let i = 0; i < n; i++) cells[i * n + data[i]]++;
    }
    // rows and columns have fixed sums: (n − 1)² degrees of freedom, and the statistic's mean is n (n − 1)
    accept({ cells: chiSquareTailP(pearson(cells, new Float64Array(n * n).fill(times / n)) * (n - 1) / n, (n - 1) ** 2) });
  });

  test.each([[1000, 4000], [2 ** 16 + 5, 100], [2 ** 20 + 7, 6]])('%i elements, %i times: places, fixed points, cycles, descents, neighbours', (n, times) => {
    const bins = 64, rng = new Generator(new PCG32DXSM([415, n])), seen = new Uint32Array(n);
    let statistic = 0, fixed = 0, followed = 0, cycles = 0, descents = 0, even = 0;
    const fixedPerPermutation = new Float64Array(3), binOf = Uint8Array.from({ length: n }, (_, i) => Math.floor(i * bins / n));
    const inBin = new Float64Array(bins);
    for (const b of binOf) inBin[b]++;
    const expected = Float64Array.from({ length: bins * bins }, (_, cell) => inBin[Math.floor(cell / bins)] * inBin[cell % bins] / n);
    for (let t = 1; t <= times; t++) {
      const { data } = rng.permutation(n), cells = new Float64Array(bins * bins);
      let ownFixed = 0, ownCycles = 0, distinct = 0;
      for (let i = 0; i < n; i++) {
        const v = data[i];
        cells[binOf[i] * bins + binOf[v]]++;
        if (v === i) ownFixed++;
        if (i > 0) {
          if (v === data[i - 1] + 1) followed++;
          if (v < data[i - 1]) descents++;
        }
        if (seen[i] === t) continue;
        ownCycles++;
        for (let j = i; seen[j] !== t; j = data[j]) {
          seen[j] = t;
          distinct++;
        }
      }
      expect(distinct).toBe(n);
      if (n >= bins * bins) statistic += pearson(cells, expected) * (n - 1) / n;
      fixed += ownFixed;
      fixedPerPermutation[Math.min(ownFixed, 2)]++;
      cycles += ownCycles;
      if ((n - ownCycles) % 2 === 0) even++;
    }
    let harmonic = 0, harmonic2 = 0;
    for (let k = 1; k <= n; k++) {
      harmonic += 1 / k;
      harmonic2 += 1 / k / k;
    }
    const e = Math.exp(-1), figures: Record<string, number> = {
      // Poisson(1) each but for terms of 1/n! and 1/n
      fixed: poissonP(fixed, times), followed: poissonP(followed, times * (n - 1) / n),
      cycles: normalP((cycles - times * harmonic) / Math.sqrt(times * (harmonic - harmonic2))),
      descents: normalP((descents - times * (n - 1) / 2) / Math.sqrt(times * (n + 1) / 12)),
      even: binomialP(even, times, 0.5),
    };
    if (n >= bins * bins) figures.places = chiSquareTailP(statistic, times * (bins - 1) ** 2);
    if (times >= 100) figures['fixed each'] = chiSquareP(fixedPerPermutation, [e * times, e * times, (1 - 2 * e) * times]);
    accept(figures);
  });
});
