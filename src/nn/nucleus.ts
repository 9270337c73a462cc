/** The k largest of many numbers, or as many of the largest as make up a share of the sum: in a few passes, however they are arranged. */

/** The most bins, in bits: they stay in the L2 cache. */
const MOST_BITS = 14;
let bins: Float64Array | undefined;

/** So few are sorted by insertion. */
const FEW = 32;

/** The least key kept, how many equal to it, and are there more of them? */
interface Cut {
  least: number;
  equals: number;
  more: boolean;
}

/** Sorts the places of `count` keys: the largest first, of equals the first. */
function sortFew(keys: Float64Array, places: Uint32Array, count: number): void {
  for (let i = 1; i < count; i++) {
    const place = places[i], key = keys[place];
    let j = i;
    for (; j > 0 && keys[places[j - 1]] < key; j--) places[j] = places[j - 1];
    places[j] = place;
  }
}

/**
 * Where the largest of the keys at `live` ascending places, and `above` before them, reach the goal: in number, or `weighted` in sum. Without a
 * goal it is `share` of the sum of all.
 *
 * Keys are put in bins by their bits, counted (or summed), and the search goes on in the bin where the goal is reached from the largest on. So sums
 * are taken in an order of their own, the same on every run.
 */
function cutAt(
  keys: Float64Array, count: number, places: Uint32Array, live: number, weighted: boolean, above: number, goal: number, share: number,
): Cut {
  const words = new Uint32Array(keys.buffer, keys.byteOffset, 2 * count), sums = bins ??= new Float64Array(2 ** MOST_BITS);
  // high words first, then the low words of what is left
  for (let word = 1; word >= 0 && (live > FEW || goal !== goal);) {
    // with the sign flipped, or all bits of a negative number, bits are in the numbers' order
    const sign = word === 1 ? 0x80000000 : 0;
    let least = 0xffffffff, most = 0;
    for (let j = 0; j < live; j++) {
      const i = places[j], bits = (words[2 * i + word] ^ (words[2 * i + 1] >> 31 | sign)) >>> 0;
      if (bits < least) least = bits;
      if (bits > most) most = bits;
    }
    const shift = Math.max(0, 32 - Math.clz32(most - least) - Math.min(MOST_BITS, 32 - Math.clz32(live))), last = (most - least) >>> shift;
    sums.fill(0, 0, last + 1);
    for (let j = 0; j < live; j++) {
      const i = places[j];
      sums[((words[2 * i + word] ^ (words[2 * i + 1] >> 31 | sign)) - least) >>> shift] += weighted ? keys[i] : 1;
    }
    if (goal !== goal) {
      let total = 0;
      for (let bin = last; bin >= 0; bin--) total += sums[bin];
      goal = share * total;
    }
    let bin = last, chosen = last;
    for (; bin >= 0; bin--) {
      if (sums[bin] === 0) continue;
      chosen = bin;
      if (above + sums[bin] >= goal) break;
      above += sums[bin];
    }
    // summed in other bins the goal may be missed by a rounding: then all of these
    if (bin < 0) goal = Infinity;
    let n = 0;
    for (let j = 0; j < live; j++) {
      const i = places[j], found = ((words[2 * i + word] ^ (words[2 * i + 1] >> 31 | sign)) - least) >>> shift;
      places[n] = i;
      // 1 where they are the same: without a branch, which no processor could foresee (measured: a third of the time)
      n += ((found ^ chosen) - 1) >>> 31;
    }
    live = n;
    if (shift === 0) word--;
  }
  // past all bits they are equal, and in order
  if (live <= FEW) sortFew(keys, places, live);
  let taken = 0;
  for (let sum = above; taken < live && sum < goal; taken++) sum += weighted ? keys[places[taken]] : 1;
  const least = keys[places[taken - 1]];
  let equals = 0;
  while (equals < taken && keys[places[taken - 1 - equals]] === least) equals++;
  return { least, equals, more: taken < live && keys[places[taken]] === least };
}

/** Moves what a cut keeps to the front; gives how many. */
function keep(keys: Float64Array, names: Uint32Array, count: number, { least, equals, more }: Cut): number {
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const key = keys[i];
    keys[kept] = key;
    names[kept] = names[i];
    kept = kept + Number(key >= least) | 0; // no branch either
  }
  if (!more) return kept;
  let n = 0;
  for (let i = 0; i < kept; i++) {
    if (keys[i] === least && equals-- <= 0) continue;
    keys[n] = keys[i];
    names[n++] = names[i];
  }
  return n;
}

/**
 * Keeps the smallest set of largest keys whose number reaches `share`, or, `weighted`, whose sum reaches `share` times the sum of all; among equal
 * keys the first. Keys and names move to the front, their order as it was; gives how many. Keys have no −0; weighted, none is negative.
 *
 * @param places room for `count` of them
 */
export function keepLargest(keys: Float64Array, names: Uint32Array, count: number, weighted: boolean, share: number, places: Uint32Array): number {
  for (let i = 0; i < count; i++) places[i] = i;
  return keep(keys, names, count, cutAt(keys, count, places, count, weighted, 0, weighted ? NaN : share, share));
}

const edge = new Float64Array(1), edgeWords = new Uint32Array(edge.buffer);

/** The double with this high word and a low one of 0. */
function fromHigh(word: number): number {
  edgeWords[1] = word;
  return edge[0];
}

/**
 * `keepLargest`, weighted, by sums there are already: those of the keys whose high word is `top` − (bin << shift) down to the next bin's, and
 * in the last bin all others. The keys' names are their places.
 */
export function keepShare(
  keys: Float64Array, names: Uint32Array, count: number, share: number, places: Uint32Array, sums: Float64Array, top: number, shift: number,
): number {
  const last = sums.length - 1;
  let total = 0, bin = 0, above = 0;
  for (let i = 0; i <= last; i++) total += sums[i];
  const goal = share * total;
  for (; bin < last && !(above + sums[bin] >= goal); bin++) above += sums[bin];
  const low = bin === last ? 0 : fromHigh(top - (bin + 1 << shift) + 1), high = bin === 0 ? Infinity : fromHigh(top - (bin << shift) + 1);
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const key = keys[i];
    keys[kept] = key;
    names[kept] = i;
    kept = kept + Number(key >= low) | 0;
  }
  let live = 0;
  for (let i = 0; i < kept; i++) if (keys[i] < high) places[live++] = i;
  return keep(keys, names, kept, cutAt(keys, kept, places, live, true, above, goal, share));
}
