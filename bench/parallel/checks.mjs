/** What fills in parallel are measured by: against one thread, the pool's start and answers, slices, and the page of examples/browser beside Node. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { compared, limited } from '../rows.mjs';

const path = file => fileURLToPath(new URL(file, import.meta.url));
const probe = (ndrand, what, rounds) => JSON.parse(execFileSync(process.execPath, [path('probe.mjs'), ndrand, what, String(rounds)], { encoding: 'utf8' }));

/** 2 workers against one thread, the same fill in the same process. */
const race = (id, name, what, bar, reach) => (ndrand, rounds) => {
  const { ours, theirs } = probe(ndrand, name, rounds), each = ms => (ms * 1e6) / 2 ** 26;
  return [compared({ id, what, label: 'one thread', bar, reach }, ours.map(each), theirs.map(each))];
};

/** @type {Record<string, import('../checks.mjs').Check>} */
export const checks = {
  'cores-shared': race('cores-shared', 'shared', '2 workers, 2^26 float32 normals into shared memory', 1.7, 1.9),
  'cores-transferred': race('cores-transferred', 'transferred', '2 workers, the same into memory that is not shared', 1.4, 1.7),
  'cores-fresh': race('cores-fresh', 'fresh', '2 workers, the same into a new array'),
  'pool-start': (ndrand, rounds) => [
    limited({ id: 'pool-start', what: 'starting a pool of 2', unit: 'ms', bar: 60 }, Array.from({ length: rounds }, () => probe(ndrand, 'start', 1))),
  ],
  'pool-call': (ndrand, rounds) => [limited({ id: 'pool-call', what: 'a later call beyond its work, 40,000 normals', unit: 'ms', bar: 1 }, probe(ndrand, 'call', 20 * rounds))],
  slice: (ndrand, rounds) => [limited({ id: 'slice', what: 'a slice at 2^62 beyond its fill, 1,000 normals', unit: 'µs', bar: 50 }, probe(ndrand, 'slice', 200 * rounds))],
  page: pageTime,
};

/** GPT-2 small in headless Chromium, as the page says, and in Node, both by 2 threads, in turn. Wants Chromium: CHROMIUM or on the PATH. */
async function pageTime(ndrand, rounds) {
  const server = spawn(process.execPath, [path('../../examples/browser/serve.mjs'), '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface(server.stdout), 'line'), ours = [], theirs = [], tasks = [];
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'] });
  try {
    for (let i = 0; i < Math.min(rounds, 7); i++) {
      const page = await browser.newPage();
      await page.addInitScript(() => {
        globalThis.longTasks = [];
        new PerformanceObserver(list => globalThis.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
      });
      await page.goto(`${line.split(' ')[0]}#model=gpt2&seed=1234&threads=2`);
      await page.locator('#start:enabled').click();
      await page.waitForFunction(() => document.getElementById('status').textContent.startsWith('Done'), null, { timeout: 100_000 });
      ours.push(secondsOf(await page.locator('#time').textContent()) * 1e9);
      tasks.push(...await page.evaluate(() => globalThis.longTasks));
      await page.close();
      theirs.push(probe(ndrand, 'model', 1) * 1e6);
    }
  } finally {
    await browser.close();
    server.kill();
  }
  return [
    compared({ id: 'page', what: 'GPT-2 small in the page, headless Chromium, 2 threads', label: 'Node, 2 workers', bar: 1.5, reach: 1.1, atMost: true }, ours, theirs),
    limited({ id: 'page-tasks', what: "the page's longest task on its main thread while it runs", unit: 'ms', bar: 50, note: tasks.length ? undefined : 'none over 50, which are those reported' }, [Math.max(0, ...tasks)]),
  ];
}

/** "0.27 s" and "270 ms" of the page. */
function secondsOf(text) {
  const [, number, unit] = /([\d.,]+)\s*(ms|s)/.exec(text);
  return Number(number.replace(',', '')) / (unit === 'ms' ? 1000 : 1);
}
