/** What is measured in fresh processes rather than timed against rivals: start, size, memory. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { filesOf } from './machine.mjs';
import { limited, spread } from './rows.mjs';

/**
 * @typedef {(ndrand: string, rounds: number) => import('./rows.mjs').Row[]} Check given the build's URL
 * @type {Record<string, Check>}
 */
export const checks = { import: importTime, size: coreSize, 'big-fill': bigFill, generators: manyGenerators };

/** Runs a probe in a fresh process; gives what it printed and how long the process lived. */
function probe(name, ndrand, flags = []) {
  const path = fileURLToPath(new URL(`probes/${name}.mjs`, import.meta.url));
  const begin = performance.now();
  const text = execFileSync(process.execPath, [...flags, path, ndrand], { encoding: 'utf8' });
  return { text, ms: performance.now() - begin };
}

/** @type {Check} */
function importTime(ndrand, rounds) {
  const differences = [], inside = [];
  probe('firstNormals', ndrand); // brings the files into the system's cache
  for (let i = 0; i < 3 * rounds; i++) {
    const start = probe('nothing', ndrand).ms;
    const { text, ms } = probe('firstNormals', ndrand);
    differences.push(ms - start);
    inside.push(JSON.parse(text).ms);
  }
  const note = `${spread(inside).median.toFixed(1)} ms by the clock of the process itself`;
  return [limited({ id: 'import', what: "import to the first 1,000 normals, beyond Node's start", unit: 'ms', bar: 20, reach: 10, note }, differences)];
}

/** @type {Check} */
export function coreSize(ndrand) {
  return [bundleSize({ id: 'size', what: 'ndrand with its binary, minified, gzip', bar: 32, reach: 20 }, [ndrand])];
}

/** Of modules of the build and all that they import. @param {Pick<import('./rows.mjs').Row, 'id' | 'what' | 'bar' | 'reach'>} about @param {string[]} modules */
export function bundleSize(about, modules) {
  const files = filesOf(modules).map(path => readFileSync(path));
  const bytes = of => files.reduce((sum, file) => sum + of(file).length, 0);
  const note = `${bytes(file => file).toLocaleString('en-US')} bytes as it is`;
  const packed = bytes(file => gzipSync(file, { level: 9 }));
  return limited({ ...about, unit: 'KiB', note }, [packed / 1024]);
}

/** @type {Check} */
function bigFill(ndrand) {
  const about = { id: 'big-fill', what: 'peak beyond the output of a float32 fill of 10^9', unit: 'MB', bar: 100 };
  const free = Math.min(freemem(), process.availableMemory?.() ?? Infinity);
  if (free < 5e9) return [limited({ ...about, note: `5 GB of free memory needed, ${(free / 1e9).toFixed(1)} found` }, [])];
  const { before, output, peak } = JSON.parse(probe('bigFill', ndrand).text);
  const beyond = peak - output;
  const note = `the whole process, ${(before / 1e6).toFixed(0)} MB of it there before the fill`;
  return [limited({ ...about, note }, [beyond / 1e6])];
}

/** @type {Check} */
function manyGenerators(ndrand, rounds) {
  const runs = Array.from({ length: Math.min(rounds, 7) }, () => JSON.parse(probe('generators', ndrand, ['--expose-gc']).text));
  const { atImport, bytesEach } = runs[0];
  const constant = runs.every(run => run.atEnd === run.atImport);
  const turn = spread(runs.map(run => run.nanoseconds)).median;
  return [
    limited({
      id: 'generators', what: 'making one of 10,000 generators, all alive', unit: 'µs', bar: 20,
      note: `${(bytesEach / 1024).toFixed(1)} KiB each; ${turn.toFixed(0)} ns a draw in turn`,
    }, runs.map(run => run.microseconds)),
    limited({
      id: 'engine-memory', what: "the engine's memory, all methods used", unit: 'KiB', bar: 1024,
      failed: !constant, note: constant ? 'constant' : `not constant: ${atImport / 1024} KiB at import`,
    }, runs.map(run => run.atEnd / 1024)),
  ];
}
