import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { program } from './programs.ts';

// examples/browser as its user meets it: `npm run demo` less the build, in a browser. Times are told, never asserted.
const root = fileURLToPath(new URL('..', import.meta.url));
const inRoot = (path: string) => join(root, path);

const servers: { child: ChildProcess; url: string }[] = [];
let browser: Browser | undefined;

async function serve(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [inRoot('examples/browser/serve.mjs'), '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
  const url = line.split(' ')[0];
  servers.push({ child, url });
  return url;
}

let isolated: string, plain: string;
beforeAll(async () => {
  [isolated, plain] = await Promise.all([serve(), serve('--no-isolation')]);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all(servers.map(({ child }) => {
    const ended = once(child, 'exit');
    child.kill();
    return ended;
  }));
});

/** Opens the page, calls `use`, and expects that nothing was complained of. */
async function open(skip: (note: string) => never, url: string, use: (page: Page) => Promise<void>): Promise<void> {
  const executablePath = program(skip, 'chromium', ['chromium', 'chromium-browser', 'google-chrome']);
  const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  browser ??= await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', ...quiet] });
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  const said: string[] = [];
  page.on('console', message => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', error => said.push(String(error)));
  page.on('requestfailed', request => said.push(`${request.url()} failed`));
  page.on('response', response => response.status() >= 400 && said.push(`${response.url()}: ${response.status()}`));
  try {
    await page.addInitScript(() => {
      const seen = ((globalThis as unknown as { longTasks: number[] }).longTasks = []) as number[];
      new PerformanceObserver(list => seen.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
    });
    await page.goto(url);
    await page.locator('#start:enabled').waitFor();
    await use(page);
    // a page on a phone never scrolls sideways
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(said).toEqual([]);
  } finally {
    await page.close();
  }
}

const text = async (page: Page, id: string) => (await page.locator(`#${id}`).textContent())!;
const status = (page: Page, words: string) => page.waitForFunction(expected => document.getElementById('status')!.textContent!.startsWith(expected), words, { timeout: 100_000 });

/** Starts and waits for the end; gives the checksum. */
async function start(page: Page): Promise<string> {
  await page.locator('#start').click();
  await status(page, 'Done');
  expect(await page.locator('#cancel').isVisible()).toBe(false);
  return text(page, 'checksum');
}

function inNode(choice: string) {
  return spawnSync(process.execPath, [inRoot('examples/browser/checksum.mjs'), choice], { encoding: 'utf8' });
}
const checksum = (choice: string) => {
  const { status, stdout, stderr } = inNode(choice);
  expect([status, stderr]).toEqual([0, '']);
  return stdout.trim();
};

describe('the page', () => {
  test('GPT-2 small by choosing it: the weights of npm start, and what was measured', async ({ skip }) => {
    await open(skip, isolated, async page => {
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      await page.getByLabel('GPT-2 small').check();
      await page.getByLabel('Seed', { exact: true }).fill('1234');
      const { checksum, rows, ms } = JSON.parse(execFileSync(process.execPath, [inRoot('examples/gpt2/main.mjs'), '--json'], { encoding: 'utf8' })) as {
        checksum: string; ms: number; rows: { name: string; mean: number; std: number }[];
      };
      expect(await start(page)).toBe(checksum);
      expect(await text(page, 'how')).toContain('into shared memory');
      console.log(`GPT-2 small: ${await text(page, 'time')} in the page, ${await page.locator('#threads').inputValue()} threads; ${(ms / 1000).toFixed(2)} s in Node, one thread`);
      console.log(`longest tasks of the page while it ran: ${(await page.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks)).join(', ') || 'none'} ms over 50`);

      // the moments of another tensor, as Node measures them
      await page.getByLabel('Tensor', { exact: true }).selectOption({ label: 'wpe.weight, 1024 × 768' });
      const cells = await page.locator('#moments tr td:nth-child(2)').allTextContents(), wpe = rows.find(({ name }) => name === 'wpe.weight')!;
      const [mean, std] = cells.map(cell => Number(cell.replace('−', '-')));
      expect(mean).toBeCloseTo(wpe.mean, 6);
      expect(std).toBeCloseTo(wpe.std, 6);
      await page.locator('#histogram svg[role=img][aria-label*="786,432 elements"]').waitFor();
      await page.locator('#corner svg image').waitFor();
      expect(await page.locator('#compare-table tbody tr').count()).toBe(3);

      await page.getByText('All 149 tensors').click();
      await page.locator('#all tbody tr').nth(148).waitFor();
    });
  });

  // as the page itself spells them
  const choices = [
    'model=mlp&layers=784,300,10&law=heNormal&mode=fanOut&dtype=float64&seed=12345678901234567890123456789',
    'model=mlp&layers=100,100&law=orthogonal&gain=2&dtype=float32&seed=0',
    'model=custom&shape=999,1001&law=truncatedNormal&mean=1&std=2&low=-1&high=5&dtype=float64&seed=3',
    'model=custom&shape=3,5,7,11&law=xavierUniform&gain=1.5&dtype=float32&seed=4',
    'model=custom&shape=1000003&law=integers&low=-5&high=1000000&seed=5',
    'model=custom&shape=1000003&law=bernoulli&p=0.125&seed=6',
  ];
  test.for([['isolated', true], ['not isolated', false]] as const)('%s: the checksums are those of Node, for any number of threads', async ([, shared], { skip }) => {
    await open(skip, shared ? isolated : plain, async page => {
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(shared);
      for (const [i, choice] of choices.entries()) {
        const threads = 1 + (i % 2);
        await page.evaluate(hash => { location.hash = hash; }, `${choice}&threads=${threads}`);
        await page.waitForFunction(seed => (document.getElementById('seed') as HTMLInputElement).value === seed, new URLSearchParams(choice).get('seed'));
        expect([choice, await start(page)]).toEqual([choice, checksum(choice)]);
        // what the page says to run is what was checked
        expect(await text(page, 'command')).toBe(`node examples/browser/checksum.mjs '${choice}'`);
        if (!choice.includes('orthogonal')) expect(await text(page, 'how')).toContain(shared ? 'shared memory' : 'come by transfer');
      }
    });
  });

  test('tells how far it is, is cancelled at every stage, and starts again', async ({ skip }) => {
    await open(skip, `${isolated}#model=custom&shape=8192,8192&law=normal&mean=0&std=1&dtype=float32&seed=8`, async page => {
      for (const stage of ['Filling', 'Looking at what was drawn', 'The same amount by plain JavaScript']) {
        await page.locator('#start').click();
        await page.waitForFunction(words => document.getElementById('stage')!.textContent === words && (document.getElementById('progress') as HTMLProgressElement).value > 0, stage);
        expect(await text(page, 'progress-text')).toMatch(/^\d+ %, [\d.]+ of [\d.]+ million elements$/);
        expect(await page.locator('#cancel').evaluate(button => button === document.activeElement)).toBe(true);
        await page.keyboard.press('Enter'); // the focus is on Cancel
        await status(page, 'Cancelled.');
        expect(await page.locator('#start').evaluate(button => button === document.activeElement)).toBe(true);
        expect(await page.locator('#tensor').isVisible()).toBe(stage.startsWith('The same'));
      }
      await page.getByLabel('Shape', { exact: true }).fill('256, 256');
      expect(await start(page)).toBe(checksum('model=custom&shape=256,256&law=normal&mean=0&std=1&dtype=float32&seed=8'));
      await page.getByLabel('Shape', { exact: true }).press('Enter');
      await status(page, 'Done');
    });
  });

  test('what is wrong is said at its field, and nothing runs', async ({ skip }) => {
    await open(skip, `${isolated}#model=custom&law=truncatedNormal`, async page => {
      const wrong: [label: string, value: string, says: RegExp][] = [
        ['Shape', '', /takes dimensions such as/i], ['Shape', '12, -3', /"-3" is no positive integer/], ['Shape', '1e3', /no positive integer/],
        ['Shape', '100000, 100000', /up to 1 GiB/], ['Shape', '9007199254740991, 9007199254740991', /1 GiB/],
        ['Seed', '-1', /non-negative integer/], ['Seed', '1.5', /non-negative integer/], ['Seed', '', /non-negative integer/],
        ['Std. deviation', '0', /above 0/], ['Std. deviation', 'wide', /takes a number/], ['Upper bound', '-2', /above the lower bound/], ['Mean', '', /takes a number/],
        ['Threads', '0', /takes 1/i], ['Threads', '1000000', /takes 1/i],
      ];
      for (const [label, value, says] of wrong) {
        const field = page.getByLabel(label, { exact: true }), before = await field.inputValue();
        await field.fill(value);
        await page.locator('#start').click();
        expect(await field.getAttribute('aria-invalid')).toBe('true');
        const described = (await field.getAttribute('aria-describedby'))!.split(' ').at(-1)!;
        expect(await text(page, described)).toMatch(says);
        expect(await field.evaluate(input => input === document.activeElement)).toBe(true);
        expect(await page.locator('#cancel').isVisible()).toBe(false);
        await field.fill(before);
        expect(await field.getAttribute('aria-invalid')).toBe(null);
      }
      await page.getByLabel('Drawn from').selectOption('heNormal');
      await page.getByLabel('Shape', { exact: true }).fill('5');
      await page.locator('#start').click();
      expect(await text(page, 'shape-problem')).toContain('at least two dimensions');
      expect(await text(page, 'status')).toBe('');
    });
  });

  test('where memory or workers fail it says so in words, and goes on', async ({ skip }) => {
    await open(skip, `${plain}#model=custom&shape=64,64&law=normal&mean=0&std=1&dtype=float32&seed=1`, async page => {
      await page.evaluate(() => {
        const { Worker } = globalThis;
        Object.assign(globalThis, { Worker: class { constructor() { throw new Error('no workers today'); } }, restore: () => Object.assign(globalThis, { Worker }) });
      });
      await page.locator('#start').click();
      await page.locator('#failure:visible').waitFor();
      expect(await text(page, 'failure')).toContain('no workers today');
      await page.evaluate(() => (globalThis as unknown as { restore: () => void }).restore());
      await start(page);
      expect(await page.locator('#failure').isVisible()).toBe(false);
    });
  });
});

describe('the server', () => {
  test('gives what the page needs and nothing else, under a strict policy', async () => {
    for (const path of ['/package.json', '/examples/browser/../../package.json', '/examples/browser/%2e%2e/%2e%2e/package.json', '/src/index.ts', '/node_modules/d3/package.json', '/.git/config', '/dist/']) {
      expect([path, (await fetch(new URL(path, isolated))).status]).toEqual([path, 404]);
    }
    const page = await fetch(isolated), other = await fetch(plain), policy = page.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'self'; script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).not.toContain('unsafe-inline');
    expect([page.headers.get('cross-origin-opener-policy'), page.headers.get('cross-origin-embedder-policy')]).toEqual(['same-origin', 'require-corp']);
    expect([other.headers.get('cross-origin-opener-policy'), other.headers.get('cross-origin-embedder-policy')]).toEqual([null, null]);
    expect((await fetch(new URL('/', isolated), { redirect: 'manual' })).headers.get('location')).toBe('/examples/browser/');
  });

  test.each([[['--port', 'x'], /--port/], [['--port', '70000'], /--port/], [['--what'], /--what/]])('%j: says what is wrong', (args, says) => {
    const { status, stderr } = spawnSync(process.execPath, [inRoot('examples/browser/serve.mjs'), ...args], { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toMatch(says);
  });
});

test.each([['model=gpt3', /model: takes one of/], ['model=custom&shape=0&law=uniform', /shape: takes/], ['model=mlp&law=bernoulli', /law: is for one tensor/],
  ['model=custom&shape=9&law=uniform&what=1', /what: is no part/], ['model=gpt2&seed=x', /seed: takes/]])('checksum.mjs %s: says what is wrong', (choice, says) => {
  const { status, stdout, stderr } = inNode(choice);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(says);
});
