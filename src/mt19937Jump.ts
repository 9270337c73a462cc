/**
 * Jumps of the Mersenne Twister by 2^128 words: a step is linear over GF(2), so as many steps are a polynomial in the step, x^(2^128) mod
 * its characteristic polynomial φ. Haramoto, Matsumoto, Nishimura, Panneton and L'Ecuyer, "Efficient jump ahead for F2-linear random number
 * generators", INFORMS Journal on Computing 20 (2008).
 *
 * The polynomial is the table of numpy/random/src/mt19937/mt19937-jump.h; it takes 40 ms once to make it (measured), and 2.5 KB to ship it.
 */

const N = 624, M = 397, MATRIX = 0x9908b0df;

/** The degree of φ, and its words past whole ones. */
const DEGREE = 19937, WORDS = 624;

/**
 * The exponents of φ below its degree: φ is the sum of c · A · B^k for k = 31 … 0 and of 1, where A = x^N + x^M, B = x^(N−1) + x^(M−1) and c
 * is 1, then the bits of the matrix from the lowest on; the highest is the last 1. Matsumoto and Nishimura 1998, appendix A.
 */
function exponents(): number[] {
  const odd = new Set([0]);
  for (let k = 31; k >= 0; k--) {
    if (k < 31 && !(MATRIX >>> (30 - k) & 1)) continue;
    for (let q = 0; q <= k; q++) {
      if ((q & k) !== q) continue; // binomials that are even
      for (const first of [N, M]) {
        const exponent = first + (N - 1) * k - (N - M) * q;
        if (!odd.delete(exponent)) odd.add(exponent);
      }
    }
  }
  odd.delete(DEGREE);
  return [...odd];
}

/** x^(2^128) mod φ, 32 coefficients a word. */
function polynomial(): Uint32Array {
  const terms = exponents();
  let p = new Uint32Array(2 * WORDS);
  p[0] = 2;
  for (let square = 0; square < 128; square++) {
    const next = new Uint32Array(2 * WORDS);
    // squares of sums are sums of squares here: each bit moves to twice its place
    for (let i = 0; i < DEGREE; i++) if (p[i >> 5] >>> i & 1) next[i >> 4] |= 1 << 2 * i;
    // x^DEGREE is the sum of the other terms, which are far enough below it to go word by word
    for (let i = 2 * WORDS - 1; i >= WORDS - 1; i--) {
      const high = i === WORDS - 1 ? next[i] & ~1 : next[i];
      if (high === 0) continue;
      next[i] ^= high;
      for (const term of terms) {
        const place = 32 * i - DEGREE + term, word = place >> 5, shift = place & 31;
        next[word] ^= high << shift; // word −1 at the end, where it is 0
        next[word + 1] ^= high >>> 1 >>> (31 - shift);
      }
    }
    p = next;
  }
  return p;
}

let made: Uint32Array | undefined;

/**
 * Moves `key` by 2^128 steps and gives its new place. As NumPy does: the word at `pos` is the oldest of 624, the one that a step replaces,
 * though within a key its generator has it as the next.
 */
export function jump(key: Uint32Array, pos: number): number {
  const p = (made ??= polynomial());
  let degree = DEGREE;
  while (!(p[degree >> 5] >>> degree & 1)) degree--;
  const words = new Uint32Array(degree + N), first = pos % N;
  for (let i = 0; i < N; i++) words[i] = key[(first + i) % N];
  for (let i = 0; i < degree; i++) {
    const y = words[i] & 0x80000000 | words[i + 1] & 0x7fffffff;
    words[i + N] = words[i + M] ^ y >>> 1 ^ -(y & 1) & MATRIX;
  }
  const sum = new Uint32Array(N);
  for (let i = 0; i <= degree; i++) if (p[i >> 5] >>> i & 1) for (let j = 0; j < N; j++) sum[j] ^= words[i + j];
  const last = (first + degree) % N;
  for (let i = 0; i < N; i++) key[(last + i) % N] = sum[i];
  return last;
}
