/**
 * LAPACK's way to singular values and to the eigenvalues of symmetric matrices, step for step: its choice of signs is made by the steps, and by
 * nothing that the result would show. dgebd2 and dbdsqr, dsytd2 and dsteqr are what numpy.linalg comes to for matrices of up to 25 rows (dgesdd and
 * dsyevd divide larger ones). Where LAPACK has a step in two forms, up and down, there is one here with a direction. Matrices come scaled, and
 * factors have their vectors in rows.
 *
 * See: Anderson et al., LAPACK Users' Guide, 3rd edition; Demmel and Kahan, "Accurate singular values of bidiagonal matrices", 1990.
 */

/** LAPACK's eps, the unit roundoff, and its safe minimum (dlamch). */
const EPS = Number.EPSILON / 2, SAFE = 2.2250738585072014e-308;

/** The most rows that LAPACK leaves to the QR iteration alone (ilaenv, 9). */
const SMALL = 25;

/** |a| with b's sign. */
function withSign(a: number, b: number): number {
  return b < 0 ? -Math.abs(a) : Math.abs(a);
}

/** The length of (a, b), as dlapy2 has it; not Math.hypot, whose bits are the platform's. */
function hypot(a: number, b: number): number {
  const ratio = Math.min(a = Math.abs(a), b = Math.abs(b)) / (a = Math.max(a, b));
  return a > 0 ? a * Math.sqrt(1 + ratio * ratio) : 0;
}

/**
 * Makes of the vector a[at], a[at + step], … the v of a Householder reflection I − tau v vᵀ that takes it to (beta, 0, …) (dlarfg); gives
 * [beta, tau].
 */
function reflector(a: Float64Array, at: number, step: number, count: number): [number, number] {
  const alpha = a[at], end = at + count * step;
  const length = (by: number): number => {
    let sum = 0;
    for (let i = at + step; i < end; i += step) sum += a[i] * by * (a[i] * by);
    return Math.sqrt(sum) / by;
  };
  let norm = length(1);
  if (norm < 1e-140) norm = length(2 ** 600);
  a[at] = 1;
  if (norm < 1e-290) return [alpha, 0]; // 0, or as good as: the matrix is scaled
  const beta = -withSign(hypot(alpha, norm), alpha);
  for (let i = at + step; i < end; i += step) a[i] *= 1 / (alpha - beta);
  return [beta, (beta - alpha) / beta];
}

/** Applies it to `lines` vectors in b: they begin `line` apart, their elements are `by` apart (dlarf). */
function reflect(
  tau: number, a: Float64Array, at: number, step: number, count: number, b: Float64Array, from: number, by: number, line: number, lines: number,
): void {
  for (; lines-- > 0; from += line) {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += a[at + i * step] * b[from + i * by];
    sum *= tau;
    for (let i = 0; i < count; i++) b[from + i * by] -= sum * a[at + i * step];
  }
}

/** Rotates rows i and j of the n × n matrix x (drot). */
function rotate(x: Float64Array, n: number, i: number, j: number, c: number, s: number): void {
  for (let k = 0; k < n; k++) {
    const p = x[i * n + k], q = x[j * n + k];
    x[i * n + k] = c * p + s * q;
    x[j * n + k] = c * q - s * p;
  }
}

/** Swaps elements i and j of d, and those rows of the matrices. */
function swap(d: Float64Array, matrices: Float64Array[], i: number, j: number): void {
  const n = d.length;
  [d[i], d[j]] = [d[j], d[i]];
  for (const x of matrices) for (let k = 0; k < n; k++) [x[i * n + k], x[j * n + k]] = [x[j * n + k], x[i * n + k]];
}

/** Selection sort, ascending for a sign of 1, descending for −1; the rows of the matrices go along. */
function sort(d: Float64Array, sign: number, ...matrices: Float64Array[]): void {
  for (let i = 0; i < d.length - 1; i++) {
    let least = i;
    for (let j = i + 1; j < d.length; j++) if (sign * d[j] < sign * d[least]) least = j;
    swap(d, matrices, i, least);
  }
}

function identity(n: number): Float64Array {
  return new Float64Array(n * n).map((_, i) => (i % (n + 1) ? 0 : 1));
}

/** The rotation that takes (f, g) to (r, 0), its cosine not negative (dlartg): [c, s, r]. */
function givens(f: number, g: number): [number, number, number] {
  if (g === 0) return [1, 0, f];
  if (f === 0) return [0, Math.sign(g), Math.abs(g)];
  const most = Math.max(Math.abs(f), Math.abs(g)), r = withSign(hypot(f /= most, g /= most), f);
  return [f / r, g / r, r * most];
}

/** The singular value decomposition of the triangle [f g; 0 h] (dlasv2): [smaller, larger, right cosine and sine, left cosine and sine]. */
function triangle(f: number, g: number, h: number): number[] {
  const isSwapped = Math.abs(h) > Math.abs(f), [ft, ht] = isSwapped ? [h, f] : [f, h], fa = Math.abs(ft), ha = Math.abs(ht), ga = Math.abs(g);
  let least = ha, most = fa, cl = 1, sl = 0, cr = 1, sr = 0;
  if (ga > 0) {
    if (fa / ga < EPS) {
      most = ga;
      least = ha > 1 ? fa / (ga / ha) : fa / ga * ha;
      sl = ht / g;
      sr = 1;
      cr = ft / g;
    } else {
      const d = fa - ha, l = d / fa, m = g / ft, mm = m * m, s = hypot(2 - l, m), r = hypot(l, m), a = (s + r) / 2;
      let t = 2 - l;
      least = ha / a;
      most = fa * a;
      if (mm !== 0) t = (m / (s + t) + m / (r + l)) * (1 + a);
      else t = l === 0 ? withSign(2, ft) * withSign(1, g) : g / withSign(d, ft) + m / t;
      const root = hypot(t, 2);
      cr = 2 / root;
      sr = t / root;
      cl = (cr + sr * m) / a;
      sl = ht / ft * sr / a;
    }
  }
  if (isSwapped) [cl, sl, cr, sr] = [sr, cr, sl, cl];
  const signs = (x: number, y: number, z = 1): number => withSign(1, x) * withSign(1, y) * withSign(1, z);
  const sign = ga > fa ? signs(sr, cl, g) : isSwapped ? signs(sr, sl, h) : signs(cr, cl, f);
  return [withSign(least, sign * signs(f, h)), withSign(most, sign), cr, sr, cl, sl];
}

/**
 * The left singular vectors, the singular values, descending, and the right vectors of the n × n matrix a, which is used up; null where QR does
 * not end.
 */
export function bidiagonalSVD(a: Float64Array, n: number): [Float64Array, Float64Array, Float64Array] | null {
  const d = new Float64Array(n), e = new Float64Array(n), tauU = new Float64Array(n), tauV = new Float64Array(n), u = identity(n), v = identity(n);
  for (let i = 0; i < n; i++) {
    const at = i * n + i, rest = n - i - 1;
    [d[i], tauU[i]] = reflector(a, at, n, rest + 1);
    reflect(tauU[i], a, at, n, rest + 1, a, at + 1, n, 1, rest);
    if (rest === 0) break;
    [e[i], tauV[i]] = reflector(a, at + 1, 1, rest);
    reflect(tauV[i], a, at + 1, 1, rest, a, at + n + 1, 1, n, rest);
  }
  if (!bidiagonalQR(d, e, u, v, n)) return null;
  for (let i = n - 1; i >= 0; i--) {
    const at = i * n + i;
    reflect(tauU[i], a, at, n, n - i, u, i, 1, n, n);
    reflect(tauV[i], a, at + 1, 1, n - i - 1, v, i + 1, 1, n, n);
  }
  return [u, d, v];
}

/** dbdsqr: the bidiagonal matrix of diagonal d and superdiagonal e; the rows of u and v are rotated along. */
function bidiagonalQR(d: Float64Array, e: Float64Array, u: Float64Array, v: Float64Array, n: number): boolean {
  const { abs, max, min } = Math, tolerance = 98.70149282610239 * EPS; // EPS to the power of −1/8
  let bound = abs(d[0]), mu = bound;
  for (let i = 1; i < n && bound > 0; i++) bound = min(bound, mu = abs(d[i]) * (mu / (mu + abs(e[i - 1]))));
  const most = 6 * n * n, threshold = max(tolerance * bound / Math.sqrt(n), most * SAFE);
  let step = 1, oldLow = -1, oldHigh = -1;
  for (let high = n - 1, count = 0; high > 0;) {
    if (count > most) return false;
    // the block from low to high that does not split
    let low = high, largest = abs(d[high]);
    while (low > 0 && abs(e[low - 1]) > threshold) {
      low--;
      largest = max(largest, abs(d[low]), abs(e[low]));
    }
    if (low > 0) e[low - 1] = 0;
    if (low === high) {
      high--;
      continue;
    }
    if (low === high - 1) {
      const [least, greatest, cr, sr, cl, sl] = triangle(d[low], e[low], d[high]);
      d[low] = greatest;
      e[low] = 0;
      d[high] = least;
      rotate(v, n, low, high, cr, sr);
      rotate(u, n, low, high, cl, sl);
      high -= 2;
      continue;
    }
    // a new block: from its larger end to its smaller one
    if (low > oldHigh || high < oldLow) step = abs(d[low]) >= abs(d[high]) ? 1 : -1;
    const [first, last] = step > 0 ? [low, high] : [high, low], off = step > 0 ? 0 : -1; // e[i + off] stands between i and i + step
    const end = last - step + off; // what becomes small first
    if (abs(e[end]) <= tolerance * abs(d[last])) {
      e[end] = 0;
      continue;
    }
    let least = mu = abs(d[first]), splits = false;
    for (let i = first; i !== last; i += step) {
      if (abs(e[i + off]) <= tolerance * mu) {
        e[i + off] = 0;
        splits = true;
        break;
      }
      least = min(least, mu = abs(d[i + step]) * (mu / (mu + abs(e[i + off]))));
    }
    if (splits) continue;
    oldLow = low;
    oldHigh = high;
    let shift = 0;
    if (n * tolerance * (least / largest) > max(EPS, 0.01 * tolerance)) {
      shift = abs(triangle(d[last - step], e[end], d[last])[0]);
      const ratio = shift / d[first];
      if (ratio * ratio < EPS) shift = 0;
    }
    count += high - low;
    // the bulge goes down the block: right rotations come first in one direction, left ones in the other
    const [x, y] = step > 0 ? [v, u] : [u, v];
    let c = 1, s = 0, oldC = 1, oldS = 0, r = 0, f = (abs(d[first]) - shift) * (withSign(1, d[first]) + shift / d[first]), g = e[first + off];
    for (let i = first; i !== last; i += step) {
      const j = i + step, k = i + off;
      if (shift === 0) {
        [c, s, r] = givens(d[i] * c, e[k]);
        if (i !== first) e[k - step] = oldS * r;
        rotate(x, n, i, j, c, s);
        [oldC, oldS, d[i]] = givens(oldC * r, d[j] * s);
        rotate(y, n, i, j, oldC, oldS);
        continue;
      }
      [c, s, r] = givens(f, g);
      if (i !== first) e[k - step] = r;
      rotate(x, n, i, j, c, s);
      f = c * d[i] + s * e[k];
      e[k] = c * e[k] - s * d[i];
      g = s * d[j];
      d[j] *= c;
      [c, s, d[i]] = givens(f, g);
      rotate(y, n, i, j, c, s);
      f = c * e[k] + s * d[j];
      d[j] = c * d[j] - s * e[k];
      if (j !== last) {
        g = s * e[k + step];
        e[k + step] *= c;
      }
    }
    if (shift === 0) {
      const h = d[last] * c;
      d[last] = h * oldC;
      f = h * oldS;
    }
    e[end] = abs(f) <= threshold ? 0 : f;
  }
  // one row's singular value is its sign's (dbdsdc)
  for (let i = 0; i < n; i++) {
    if (d[i] >= 0) continue;
    d[i] = -d[i];
    const x = n > 1 ? v : u;
    for (let k = 0; k < n; k++) x[i * n + k] *= -1;
  }
  for (let i = n - 1; i > 0; i--) {
    let least = 0;
    for (let j = 1; j <= i; j++) if (d[j] <= d[least]) least = j;
    swap(d, [u, v], i, least);
  }
  if (n > SMALL) return true;
  // sorted already, but dlasdq sorts the other way round and dbdsdc back, which tells in the order of equal ones
  sort(d, 1, u, v);
  sort(d, -1, u, v);
  return true;
}

/** The eigenvalues, ascending, and the eigenvectors of the symmetric n × n matrix a, which is used up; null where QL does not end. */
export function tridiagonalEigen(a: Float64Array, n: number): [Float64Array, Float64Array] | null {
  const d = new Float64Array(n), e = new Float64Array(n), tau = new Float64Array(n), z = identity(n);
  for (let i = 0; i < n; i++) {
    const at = i * n + i, rest = n - i - 1;
    d[i] = a[at];
    if (rest === 0) break;
    [e[i], tau[i]] = reflector(a, at + n, n, rest);
    // both sides at once, by a symmetric update of rank 2: A − v wᵀ − w vᵀ
    const t = tau[i], v = new Float64Array(rest), w = new Float64Array(rest), corner = at + n + 1;
    let dot = 0;
    for (let j = 0; j < rest; j++) v[j] = a[at + n + j * n];
    for (let j = 0; j < rest; j++) {
      for (let k = 0; k < rest; k++) w[j] += a[corner + j * n + k] * v[k];
      dot += (w[j] *= t) * v[j];
    }
    for (let j = 0; j < rest; j++) w[j] -= 0.5 * t * dot * v[j];
    for (let j = 0; j < rest; j++) {
      for (let k = 0; k <= j; k++) a[corner + j * n + k] = a[corner + k * n + j] = a[corner + j * n + k] - w[k] * v[j] - v[k] * w[j];
    }
  }
  if (!tridiagonalQL(d, e, z, n)) return null;
  for (let i = n - 2; i >= 0; i--) reflect(tau[i], a, i * n + i + n, n, n - i - 1, z, i + 1, 1, n, n);
  return [d, z];
}

/** dsteqr: the symmetric tridiagonal matrix of diagonal d with e beside it; the rows of z are rotated along. */
function tridiagonalQL(d: Float64Array, e: Float64Array, z: Float64Array, n: number): boolean {
  const { abs, sqrt } = Math;
  let count = 0;
  for (let next = 0; next < n;) {
    // the block from low to high that does not split; from its smaller end
    const low = next;
    let high = low;
    while (high < n - 1 && abs(e[high]) > sqrt(abs(d[high])) * sqrt(abs(d[high + 1])) * EPS) high++;
    if (high < n - 1) e[high] = 0;
    next = high + 1;
    const isQR = abs(d[high]) < abs(d[low]), step = isQR ? -1 : 1, off = isQR ? -1 : 0, end = isQR ? low : high;
    let l = isQR ? high : low;
    while ((end - l) * step > 0) {
      let m = l;
      while (m !== end && e[m + off] * e[m + off] > EPS * EPS * abs(d[m]) * abs(d[m + step]) + SAFE) m += step;
      if (m !== end) e[m + off] = 0;
      if (m === l) {
        l += step;
        continue;
      }
      if (m === l + step) {
        const i = Math.min(l, m), [larger, lesser, c, s] = symmetric(d[i], e[i], d[i + 1]);
        rotate(z, n, i, i + 1, c, s);
        d[i] = larger;
        d[i + 1] = lesser;
        e[i] = 0;
        l += 2 * step;
        continue;
      }
      if (count++ === 30 * n) return false;
      let p = d[l], g = (d[l + step] - p) / (2 * e[l + off]), c = 1, s = 1, r = 0;
      g = d[m] - p + e[l + off] / (g + withSign(hypot(g, 1), g));
      p = 0;
      for (let i = m - step; ; i -= step) {
        const f = s * e[i + off], b = c * e[i + off];
        [c, s, r] = givens(g, f);
        if (i !== m - step) e[i + step + off] = r;
        g = d[i + step] - p;
        r = (d[i] - g) * s + 2 * c * b;
        p = s * r;
        d[i + step] = g + p;
        g = c * r - b;
        rotate(z, n, i + step, i, c, s);
        if (i === l) break;
      }
      d[l] -= p;
      e[l + off] = g;
    }
  }
  sort(d, 1, z);
  return true;
}

/** The eigenvalue of [a b; b c] larger in absolute value, the other, and the former's unit eigenvector (dlaev2). */
function symmetric(a: number, b: number, c: number): [number, number, number, number] {
  const { abs } = Math, sum = a + c, df = a - c, tb = b + b, ab = abs(tb), [most, least] = abs(a) > abs(c) ? [a, c] : [c, a];
  const root = hypot(df, tb);
  const first = (sum + (sum < 0 ? -root : root)) / 2, second = sum === 0 ? -root / 2 : most / first * least - b / first * b;
  const cs = df + (df >= 0 ? root : -root);
  let c1 = 1, s1 = 0;
  if (abs(cs) > ab) {
    const ct = -tb / cs;
    s1 = 1 / hypot(1, ct);
    c1 = ct * s1;
  } else if (ab !== 0) {
    const tn = -cs / tb;
    c1 = 1 / hypot(1, tn);
    s1 = tn * c1;
  }
  return sum < 0 === df < 0 ? [first, second, -s1, c1] : [first, second, c1, s1];
}
