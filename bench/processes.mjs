/** The contenders as processes: JavaScript's one each, so that nobody runs on code compiled for another, NumPy's one for all. */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {{ nanoseconds: number, beside?: number, statistic: number }} Timing a call's nanoseconds, and those of the one beside it
 * @typedef {object} Racer
 * @property {string} name
 * @property {(ms: number, mean: boolean) => Promise<Timing>} round calls for `ms` milliseconds: their median time, or the mean
 * @property {() => void} stop
 */

const pathOf = name => fileURLToPath(new URL(name, import.meta.url));

/** The file of TensorFlow.js's contenders. */
export const TFJS = 'tfjs/contenders.mjs';

/** How to get TensorFlow.js. */
export const INSTALL_TFJS = 'npm ci --prefix bench/tfjs';

/** TensorFlow.js's version, null where it is not installed. It has a folder of its own: the package needs none of its 300 MB. */
export function tfjsVersion() {
  const path = pathOf('tfjs/node_modules/@tensorflow/tfjs/package.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).version : null;
}

/** A message in, a message out; a process that ends instead is an error. */
function asker(child, name, send, receive) {
  let settle;
  const fail = why => settle?.reject(new Error(`${name}: ${why}`));
  child.on('error', error => fail(error.message));
  child.on('exit', (code, signal) => fail(`ended with ${signal ?? `status ${code}`}`));
  receive(answer => settle?.resolve(answer));
  return message => new Promise((resolve, reject) => {
    settle = { resolve, reject };
    if (message !== undefined) send(message);
  });
}

/**
 * The process of a contender in JavaScript, warmed up.
 *
 * @param {string} file the contenders
 * @param {string} name as in there
 * @param {object} [options]
 * @param {string[]} [options.modules] the URLs of the build's modules, for one of ndrand's
 * @param {boolean} [options.slow] one call a round, and one to warm up
 * @param {boolean} [options.cold] none to warm up
 * @returns {Promise<Racer>}
 */
export async function startJavaScript(file, name, { modules = [], slow = false, cold = false } = {}) {
  const child = fork(pathOf('worker.mjs'), [`./${file}`, name, ...modules], { execArgv: [] });
  const ask = asker(child, name, message => child.send(message), take => child.on('message', take));
  if (!cold) await ask({ warm: true, slow });
  return {
    name,
    round: (ms, mean) => ask({ ms, mean, slow }),
    stop: () => { child.kill(); },
  };
}

/**
 * NumPy's process; an Error that says so where there is no NumPy.
 *
 * @param {string} python the interpreter
 * @returns {Promise<{ versions: { numpy: string, python: string }, racer(name: string, slow?: boolean): Racer, stop(): Promise<void> }>}
 */
export async function startNumPy(python) {
  // one thread: no draw uses more, and nothing here calls BLAS
  const child = spawn(python, [pathOf('numpy_rival.py')], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, OMP_NUM_THREADS: '1' } });
  let complaint = '';
  child.stderr.on('data', text => { complaint += text; });
  child.stdin.on('error', () => {}); // its end is reported below
  const lines = createInterface(child.stdout);
  const send = asker(child, python, message => child.stdin.write(`${JSON.stringify(message)}\n`), take => lines.on('line', line => take(JSON.parse(line))));
  const ask = message => send(message).catch(error => {
    throw new Error([error.message, complaint.trim().split('\n').at(-1)].filter(Boolean).join(': '));
  });
  const versions = await ask();
  return {
    versions,
    racer: (name, slow = false) => ({ name: `NumPy ${name}`, round: (ms, mean) => ask({ name, ms, mean, slow }), stop: () => {} }),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}
