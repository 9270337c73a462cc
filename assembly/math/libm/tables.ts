/**
 * The C library's functions as NumPy's samplers call them. The measure is glibc on a processor with fused products (nearly every x86-64 since
 * 2013; it chooses when it loads), for that is what most of NumPy's users get. exp, log, pow, log1p, expm1 and cos are its
 * algorithms, the fused products made of plain operations where, and only where, they show in the result: the last bit differs in about
 * one value in a million (cos: in 50,000), that of acos in one of 1,400. glibc without fused products differs from
 * glibc with them in one of 1,500 (exp, pow, cos), 2,000 to 4,000 (log1p, expm1, acos) and 10,000 (log); in float32 in none.
 * Measured: glibc 2.36 as Debian patches it, 2^20 values a function.
 *
 * The tables are computed, once, when the module starts: as data they would be 8 KB of the compressed package.
 */
import { buildPowers } from './exp';
import { buildNearLogs } from './log';
import { buildLogs } from './pow';
import { buildSingles } from './single';
import { buildTurns } from './trig';

export function buildTables(): void {
  buildPowers();
  buildLogs();
  buildNearLogs();
  buildSingles();
  buildTurns();
}
