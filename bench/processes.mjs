/** The contenders as processes: JavaScript's one each, so that nobody runs on code compiled for another, NumPy's one for all. */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {{ nanoseconds: number, statistic: number }} Timing a call's nanoseconds
 * @typedef {object} Racer
 * @property {string} name
 * @property {(ms: number, mean: boolean) => Promise<Timing>} round calls for `ms` milliseconds: their median time, or the mean
 * @property {() => void} stop
 */

const pathOf = name => fileURLToPath(new URL(name, import.meta.url));

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
 * A warmed-up process of a contender in JavaScript.
 *
 * @param {string} name as in contenders.mjs
 * @param {string} [ndrand] the URL of the build, for one of ndrand's
 * @returns {Promise<Racer>}
 */
export async function startJavaScript(name, ndrand) {
  const child = fork(pathOf('worker.mjs'), ndrand ? [name, ndrand] : [name], { execArgv: [] });
  const ask = asker(child, name, message => child.send(message), take => child.on('message', take));
  await ask({ warm: true });
  return {
    name,
    round: (ms, mean) => ask({ ms, mean }),
    stop: () => { child.kill(); },
  };
}

/**
 * NumPy's process; an Error that says so where there is no NumPy.
 *
 * @param {string} python the interpreter
 * @returns {Promise<{ versions: { numpy: string, python: string }, racer(name: string): Racer, stop(): Promise<void> }>}
 */
export async function startNumPy(python) {
  // one thread: no draw uses more, and nothing here calls BLAS
  const child = spawn(python, [pathOf('numpy_rival.py')], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, OMP_NUM_THREADS: '1' } });
  let complaint = '';
  child.stderr.on('data', text => { complaint += text; });
  child.stdin.on('error', () => {}); // its end is reported below
  const lines = createInterface(child.stdout);
  const ask = asker(child, python, message => child.stdin.write(`${JSON.stringify(message)}\n`), take => lines.on('line', line => take(JSON.parse(line))));
  const versions = await ask().catch(error => {
    throw new Error([error.message, complaint.trim().split('\n').at(-1)].filter(Boolean).join(': '));
  });
  return {
    versions,
    racer: name => ({ name: `NumPy ${name}`, round: (ms, mean) => ask({ name, ms, mean }), stop: () => {} }),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}
