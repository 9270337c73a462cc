/**
 * The Q of a QR decomposition by Householder reflections H = I − τ v vᵀ, as LAPACK's dgeqrf and dorgqr make it; for an instance with a
 * memory of its own, as the matrix stays there.
 *
 * Reflections are applied in groups of four, to two columns at once: that takes fourteen of sixteen vector registers, and memory moves a
 * quarter as often as for one reflection at a time (measured, 512 × 512: 25 ms for 120). Groups make up panels: a pair of columns takes
 * all reflections of a panel while it is in the cache (measured: nothing at 512 × 512, a seventh at 2048 × 2048).
 *
 * The matrix is in column order, padded with zeros: each column to a multiple of four rows, and their number to a multiple of four.
 * Reflections of columns that are not there have v = 0 and τ = 0, so that no loop has a remainder.
 */

/** Reflections in a group. */
// @ts-ignore: decorator
@inline const GROUP: i32 = 4;

/** Columns in a panel. */
// @ts-ignore: decorator
@inline const PANEL: i32 = 32;

/** Bytes of what is kept of a group: four τ, then the products vᵢᵀvⱼ for ij = 01, 02, 03, 12, 13, 23. */
// @ts-ignore: decorator
@inline const FACTS: usize = 80;

/** The matrix, at least as many rows as columns. */
let rows: i32 = 0, columns: i32 = 0;
/** Bytes from one column to the next, and columns with the padding. */
let stride: usize = 0, padded: i32 = 0;
/** Where are the matrix, working space for a panel, the facts of the groups, the signs of R's diagonal? */
let matrix: usize = 0, work: usize = 0, groups: usize = 0, signs: usize = 0;

/** Bytes that `qrBegin` lays out, as a float: they may be more than there is. */
export function qrBytes(m: f64, n: f64): f64 {
  const wide = ceil(n / GROUP) * GROUP, panel = min<f64>(wide, PANEL);
  return ceil(m / 4) * 32 * (wide + panel) + wide * (FACTS / GROUP + 8);
}

/** Lays out an m × n matrix, m ≥ n, in the zeros at `at`. Gives the bytes from one column to the next; the first is at `at`. */
export function qrBegin(at: usize, m: i32, n: i32): usize {
  rows = m;
  columns = n;
  stride = <usize>((m + 3) & -4) << 3;
  padded = (n + GROUP - 1) & -GROUP;
  matrix = at;
  work = at + stride * padded;
  groups = work + stride * min(padded, PANEL);
  signs = groups + <usize>(padded / GROUP) * FACTS;
  return stride;
}

/** Where element (row, column) stands. */
// @ts-ignore: decorator
@inline function place(row: i32, column: i32): usize { return matrix + <usize>column * stride + (<usize>row << 3); }

// @ts-ignore: decorator
@inline function factsOf(group: i32): usize { return groups + <usize>(group / GROUP) * FACTS; }

/** aᵀb over `size` bytes, a multiple of 32. */
function dot(a: usize, b: usize, size: usize): f64 {
  let even = f64x2.splat(0), odd = even;
  for (let i: usize = 0; i < size; i += 32) {
    even = f64x2.add(even, f64x2.mul(v128.load(a + i), v128.load(b + i)));
    odd = f64x2.add(odd, f64x2.mul(v128.load(a + i, 16), v128.load(b + i, 16)));
  }
  const sum = f64x2.add(even, odd);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** b ← b + factor · a. */
function add(factor: f64, a: usize, b: usize, size: usize): void {
  const w = f64x2.splat(factor);
  for (let i: usize = 0; i < size; i += 32) {
    v128.store(b + i, f64x2.add(v128.load(b + i), f64x2.mul(w, v128.load(a + i))));
    v128.store(b + i, f64x2.add(v128.load(b + i, 16), f64x2.mul(w, v128.load(a + i, 16))), 16);
  }
}

/**
 * Makes the column at v, from its group's first row on, the v of the reflection that leaves only its element k: zeros above, 1 there.
 * Gives τ; notes the sign of what is left, R's diagonal element. See: LAPACK's dlarfg. Normals need no scaling against overflow.
 */
function reflection(v: usize, k: i32, size: usize, sign: usize): f64 {
  const head = v + (<usize>k << 3), alpha = load<f64>(head);
  memory.fill(v, 0, (<usize>k << 3) + 8);
  const rest = dot(v, v, size);
  let tau: f64 = 0, beta = alpha;
  if (rest > 0) {
    beta = -copysign(sqrt(alpha * alpha + rest), alpha);
    tau = (beta - alpha) / beta;
    const factor = f64x2.splat(1 / (alpha - beta));
    for (let i: usize = 0; i < size; i += 16) v128.store(v + i, f64x2.mul(v128.load(v + i), factor));
  }
  store<f64>(head, 1);
  store<f64>(sign, beta < 0 ? -1 : 1);
  return tau;
}

/** Factors the four columns from `first` on, and notes their group's facts. */
function factor(first: i32): void {
  const v = place(first, first), size = stride - (<usize>first << 3), facts = factsOf(first), count = min(GROUP, columns - first);
  for (let k = 0; k < count; k++) {
    const a = v + <usize>k * stride, tau = reflection(a, k, size, signs + (<usize>(first + k) << 3));
    store<f64>(facts + (<usize>k << 3), tau);
    for (let j = k + 1; j < count; j++) {
      const b = v + <usize>j * stride;
      add(-tau * dot(a, b, size), a, b, size);
    }
  }
  let at = facts + 32;
  for (let k = 0; k < GROUP; k++) {
    for (let j = k + 1; j < GROUP; j++, at += 8) store<f64>(at, dot(v + <usize>k * stride, v + <usize>j * stride, size));
  }
}

/** a − b c */
// @ts-ignore: decorator
@inline function less(a: v128, b: v128, c: v128): v128 { return f64x2.sub(a, f64x2.mul(b, c)); }

/** The sums of the lanes of a and of b. */
// @ts-ignore: decorator
@inline function sums(a: v128, b: v128): v128 { return f64x2.add(v128.shuffle<f64>(a, b, 0, 2), v128.shuffle<f64>(a, b, 1, 3)); }

/** Applies a group's reflections to two columns: the first of them first, or, `backward`, last. v and c are at the group's first row. */
function apply(v: usize, c: usize, size: usize, facts: usize, backward: bool): void {
  const v1 = v + stride, v2 = v1 + stride, v3 = v2 + stride, d = c + stride;
  let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0, t0 = s0, t1 = s0, t2 = s0, t3 = s0;
  for (let i: usize = 0; i < size; i += 32) {
    let x = v128.load(c + i), y = v128.load(d + i), u = v128.load(v + i);
    s0 = f64x2.add(s0, f64x2.mul(u, x));
    t0 = f64x2.add(t0, f64x2.mul(u, y));
    u = v128.load(v1 + i);
    s1 = f64x2.add(s1, f64x2.mul(u, x));
    t1 = f64x2.add(t1, f64x2.mul(u, y));
    u = v128.load(v2 + i);
    s2 = f64x2.add(s2, f64x2.mul(u, x));
    t2 = f64x2.add(t2, f64x2.mul(u, y));
    u = v128.load(v3 + i);
    s3 = f64x2.add(s3, f64x2.mul(u, x));
    t3 = f64x2.add(t3, f64x2.mul(u, y));
    x = v128.load(c + i, 16), y = v128.load(d + i, 16), u = v128.load(v + i, 16);
    s0 = f64x2.add(s0, f64x2.mul(u, x));
    t0 = f64x2.add(t0, f64x2.mul(u, y));
    u = v128.load(v1 + i, 16);
    s1 = f64x2.add(s1, f64x2.mul(u, x));
    t1 = f64x2.add(t1, f64x2.mul(u, y));
    u = v128.load(v2 + i, 16);
    s2 = f64x2.add(s2, f64x2.mul(u, x));
    t2 = f64x2.add(t2, f64x2.mul(u, y));
    u = v128.load(v3 + i, 16);
    s3 = f64x2.add(s3, f64x2.mul(u, x));
    t3 = f64x2.add(t3, f64x2.mul(u, y));
  }
  // a lane a column: the factors of v follow from the products with c before any reflection
  let w0 = sums(s0, t0), w1 = sums(s1, t1), w2 = sums(s2, t2), w3 = sums(s3, t3);
  const tau0 = v128.load64_splat(facts), tau1 = v128.load64_splat(facts, 8), tau2 = v128.load64_splat(facts, 16), tau3 = v128.load64_splat(facts, 24);
  const g01 = v128.load64_splat(facts, 32), g02 = v128.load64_splat(facts, 40), g03 = v128.load64_splat(facts, 48);
  const g12 = v128.load64_splat(facts, 56), g13 = v128.load64_splat(facts, 64), g23 = v128.load64_splat(facts, 72);
  if (backward) {
    w3 = f64x2.mul(tau3, w3);
    w2 = f64x2.mul(tau2, less(w2, g23, w3));
    w1 = f64x2.mul(tau1, less(less(w1, g13, w3), g12, w2));
    w0 = f64x2.mul(tau0, less(less(less(w0, g03, w3), g02, w2), g01, w1));
  } else {
    w0 = f64x2.mul(tau0, w0);
    w1 = f64x2.mul(tau1, less(w1, g01, w0));
    w2 = f64x2.mul(tau2, less(less(w2, g02, w0), g12, w1));
    w3 = f64x2.mul(tau3, less(less(less(w3, g03, w0), g13, w1), g23, w2));
  }
  const a0 = v128.shuffle<f64>(w0, w0, 0, 0), a1 = v128.shuffle<f64>(w1, w1, 0, 0);
  const a2 = v128.shuffle<f64>(w2, w2, 0, 0), a3 = v128.shuffle<f64>(w3, w3, 0, 0);
  const b0 = v128.shuffle<f64>(w0, w0, 1, 1), b1 = v128.shuffle<f64>(w1, w1, 1, 1);
  const b2 = v128.shuffle<f64>(w2, w2, 1, 1), b3 = v128.shuffle<f64>(w3, w3, 1, 1);
  for (let i: usize = 0; i < size; i += 32) {
    let x = v128.load(c + i), y = v128.load(d + i), u = v128.load(v + i);
    x = less(x, a0, u), y = less(y, b0, u), u = v128.load(v1 + i);
    x = less(x, a1, u), y = less(y, b1, u), u = v128.load(v2 + i);
    x = less(x, a2, u), y = less(y, b2, u), u = v128.load(v3 + i);
    v128.store(c + i, less(x, a3, u));
    v128.store(d + i, less(y, b3, u));
    x = v128.load(c + i, 16), y = v128.load(d + i, 16), u = v128.load(v + i, 16);
    x = less(x, a0, u), y = less(y, b0, u), u = v128.load(v1 + i, 16);
    x = less(x, a1, u), y = less(y, b1, u), u = v128.load(v2 + i, 16);
    x = less(x, a2, u), y = less(y, b2, u), u = v128.load(v3 + i, 16);
    v128.store(c + i, less(x, a3, u), 16);
    v128.store(d + i, less(y, b3, u), 16);
  }
}

/** Applies a group's reflections, which stand in its columns, to the columns j and j + 1. */
function reflect(group: i32, j: i32): void {
  apply(place(group, group), place(group, j), stride - (<usize>group << 3), factsOf(group), false);
}

/** Leaves in each group's columns, from the group's first row on, the v of its reflections. */
function decompose(): void {
  for (let panel = 0; panel < padded; panel += PANEL) {
    const end = min(panel + PANEL, padded);
    for (let group = panel; group < end; group += GROUP) {
      factor(group);
      for (let j = group + GROUP; j < end; j += 2) reflect(group, j);
    }
    for (let j = end; j < padded; j += 2) {
      for (let group = panel; group < end; group += GROUP) reflect(group, j);
    }
  }
}

/** Puts the first columns of the product of all reflections in the place of the matrix, applying them to those of I, the last first. */
function form(): void {
  for (let panel = (padded - 1) / PANEL * PANEL; panel >= 0; panel -= PANEL) {
    const end = min(panel + PANEL, padded);
    const bytes = <usize>(end - panel) * stride;
    memory.copy(work, place(0, panel), bytes);
    memory.fill(place(0, panel), 0, bytes);
    for (let j = panel; j < min(end, columns); j++) store<f64>(place(j, j), 1);
    for (let j = panel; j < padded; j += 2) {
      for (let group = min(end - GROUP, j & -GROUP); group >= panel; group -= GROUP) {
        apply(work + <usize>(group - panel) * stride + (<usize>group << 3), place(group, j), stride - (<usize>group << 3), factsOf(group), true);
      }
    }
  }
}

/** Puts Q in the place of the matrix, but for the signs. */
export function qrRun(): void {
  decompose();
  form();
}

/** Rows of the result that `qrTake32` and `qrTake64` give at most at once. */
export function qrMost(transposed: bool): i32 {
  const panel = min(padded, PANEL);
  return transposed ? panel : <i32>(stride * panel / (<usize>columns << 3));
}

/** `gain` with the sign of R's diagonal element. */
// @ts-ignore: decorator
@inline function scaleOf(column: i32, gain: f64): f64 { return gain * load<f64>(signs + (<usize>column << 3)); }

/** Rows `from` … `to` of Q, or of its transpose, in row order, the columns of Q times gain and sign; gives where they are. */
function take<T>(from: i32, to: i32, gain: f64, transposed: bool): usize {
  let out = work;
  if (transposed) {
    for (let j = from; j < to; j++) {
      const scale = scaleOf(j, gain);
      for (let i = 0; i < rows; i++, out += sizeof<T>()) store<T>(out, <T>(load<f64>(place(i, j)) * scale));
    }
    return work;
  }
  // eight rows at a time: of each column they are a line of the cache
  const length = <usize>columns * sizeof<T>();
  for (let top = from; top < to; top += 8, out += length << 3) {
    const bottom = min(top + 8, to);
    for (let j = 0; j < columns; j++) {
      const scale = scaleOf(j, gain);
      let at = out + <usize>j * sizeof<T>();
      for (let i = top; i < bottom; i++, at += length) store<T>(at, <T>(load<f64>(place(i, j)) * scale));
    }
  }
  return work;
}

export function qrTake32(from: i32, to: i32, gain: f64, transposed: bool): usize { return take<f32>(from, to, gain, transposed); }
export function qrTake64(from: i32, to: i32, gain: f64, transposed: bool): usize { return take<f64>(from, to, gain, transposed); }
