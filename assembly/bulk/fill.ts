/** The one loop of every bulk method: refill the raw block, transform it, next block. */
import { OUT, RAW, RAW_WORDS } from '../memory';
import { refill } from '../raw';

/**
 * Writes `units` units to `out`. A transform T says how many words and bytes a unit is and turns the raw
 * block into so many units; it may write whole vectors past the last one.
 */
export function fill<T>(transform: T, out: usize, units: i32): void {
  const most = RAW_WORDS / transform.words;
  while (units > 0) {
    const n = min(units, most);
    refill(n * transform.words);
    transform.run(RAW, out, n);
    out += <usize>(n * transform.bytes);
    units -= n;
  }
}
