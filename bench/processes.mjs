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
 * @property {number} [first] the statistic of its first call of all
 * @property {string} [missing] why there is nothing to time
 */

const pathOf = name => fileURLToPath(new URL(name, import.meta.url));

/**
 * The rivals with packages of their own, each in a folder of its own, contenders.mjs in it: ndrand's development needs none of their 300 MB.
 *
 * @type {Record<string, { name: string, module: string }>}
 */
export const packages = {
  tfjs: { name: 'TensorFlow.js', module: '@tensorflow/tfjs' },
  numpyts: { name: 'numpy-ts', module: 'numpy-ts' },
};

/** How to get one of them. */
export const install = key => `npm ci --prefix bench/${key}`;

/** The version of one of them, null where it is not installed. */
export function versionOf(key) {
  const path = pathOf(`${key}/node_modules/${packages[key].module}/package.json`);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).version : null;
}

/** A message in, a message out; a process that ends instead is an error. */
function asker(child, name, send, receive) {
  let settle;
  const fail = why => settle?.reject(new Error(`${name}: ${why}`));
  child.on('error', error => fail(error.message));
  child.on('exit', (code, signal) => fail(`ended with ${signal ?? `status ${code}`}`));
  receive(answer => (answer.error === undefined ? settle?.resolve(answer) : fail(answer.error)));
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
 * @param {boolean} [options.few] the calls take milliseconds: a few a round
 * @param {boolean} [options.cold] none to warm up
 * @returns {Promise<Racer>}
 */
export async function startJavaScript(file, name, { modules = [], slow = false, few = false, cold = false } = {}) {
  const child = fork(pathOf('worker.mjs'), [`./${file}`, name, ...modules], { execArgv: [] });
  const ask = asker(child, name, message => child.send(message), take => child.on('message', take));
  const stop = () => { child.kill(); };
  try {
    const { first, missing } = cold ? {} : await ask({ warm: true, slow, few });
    return { name, first, missing, round: (ms, mean) => ask({ ms, mean, slow, few }), stop };
  } catch (error) {
    stop();
    throw error;
  }
}

/**
 * NumPy's process; an Error that says so where there is no NumPy.
 *
 * @param {string} python the interpreter
 * @returns {Promise<{ versions: { numpy: string, python: string }, racer(name: string, how?: object): Promise<Racer>, stop(): Promise<void> }>}
 */
export async function startNumPy(python) {
  // one thread: no draw uses more, and nothing here calls BLAS
  const child = spawn(python, [pathOf('numpy_rival.py')], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, OMP_NUM_THREADS: '1' } });
  let complaint = '';
  child.stderr.on('data', text => { complaint += text; });
  child.stdin.on('error', () => {}); // its end is reported below
  const lines = createInterface(child.stdout);
  const tell = message => child.stdin.write(`${JSON.stringify(message)}\n`);
  const send = asker(child, python, tell, take => lines.on('line', line => take(JSON.parse(line))));
  const ask = message => send(message).catch(error => {
    throw new Error([error.message, child.exitCode !== null && complaint.trim().split('\n').at(-1)].filter(Boolean).join(': '));
  });
  const versions = await ask();
  return {
    versions,
    racer: async (name, { slow = false, few = false, call } = {}) => {
      const { first } = await ask({ name, call });
      return { name: `NumPy ${name}`, first, round: (ms, mean) => ask({ name, ms, mean, slow, few }), stop: () => { tell({ name, drop: true }); } };
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}
