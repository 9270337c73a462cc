/**
 * The standard normals and exponentials that samplers stand on: Generator's by the ziggurat, RandomState's by the polar method and by inversion. One piece
 * of code so makes both forms of a distribution wherever NumPy's differ in nothing else.
 */
import { legacyGauss, legacyStandardExponential } from '../legacy/gauss';
import { nextExponential64, nextNormal64 } from './ziggurat';

/** Are they RandomState's? Whoever sets it takes it back. */
export let legacy: bool = false;

export function setLegacy(on: bool): void { legacy = on; }

export function nextNormal(): f64 { return legacy ? legacyGauss() : nextNormal64(); }

export function nextExponential(): f64 { return legacy ? legacyStandardExponential() : nextExponential64(); }
