/** RandomState's gamma variates, for its other samplers. */
import { standardGamma } from '../distributions/gamma';
import { setLegacy } from '../distributions/source';

export function legacyStandardGamma(shape: f64): f64 {
  setLegacy(true);
  const sample = standardGamma(shape);
  setLegacy(false);
  return sample;
}

export function legacyChisquare(df: f64): f64 { return 2 * legacyStandardGamma(df / 2); }
