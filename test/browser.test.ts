import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { chromium } from 'playwright-core';
import { expect, test } from 'vitest';
import expected from './fixtures/checksums.json' with { type: 'json' };
import { program } from './programs.ts';

// The built package in real browsers, on a page that a plain static server gives: no bundler, no import map.
const home = '/test/browser/index.html';
const served = [home, '/test/browser/watch.js', '/test/browser/page.mjs', '/test/browser/worker.mjs', '/test/checksums.mjs', '/dist/index.js', '/dist/core.js', '/dist/nn.js', '/dist/numpy.js', '/dist/init.js', '/dist/parallel.js', '/dist/worker.js'];
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript' };

/** What test/browser/page.mjs sends; nothing but errors where there are any. */
interface Report {
  errors: string[];
  userAgent: string;
  isolated: boolean;
  unseeded: number[][];
  page: Record<string, string>;
  worker: Record<string, string>;
}

/** Serves the page to `browse` and gives what it reports. */
async function reported(isolated: boolean, browse: (url: string, report: Promise<Report>) => Promise<Report>): Promise<Report> {
  const server = createServer();
  const report = new Promise<Report>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('the page reported nothing for 100 seconds')), 100_000);
    server.once('close', () => clearTimeout(late));
    server.on('request', (request, response) => {
      const path = request.url!;
      if (request.method === 'POST') {
        text(request).then(body => resolve(JSON.parse(body) as Report), reject);
        response.writeHead(204).end();
      } else if (served.includes(path)) {
        // as strict as a page with WebAssembly can be
        response.setHeader('content-security-policy', "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'");
        response.setHeader('x-content-type-options', 'nosniff');
        response.setHeader('content-type', types[extname(path)]);
        if (isolated) {
          response.setHeader('cross-origin-opener-policy', 'same-origin');
          response.setHeader('cross-origin-embedder-policy', 'require-corp');
        }
        response.end(readFileSync(new URL(`..${path}`, import.meta.url)));
      } else response.writeHead(path === '/favicon.ico' ? 204 : 404).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await browse(`http://127.0.0.1:${(server.address() as AddressInfo).port}${home}`, report);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function check(report: Report, isolated: boolean): void {
  const { errors, unseeded, page, worker } = report;
  expect(errors).toEqual([]);
  expect(report.isolated).toBe(isolated);
  expect(page).toEqual(expected);
  expect(worker).toEqual(expected);
  const [uniform, uniformToo, normal, normalToo] = unseeded;
  expect(unseeded.map(values => new Set(values).size)).toEqual([1000, 1000, 1000, 1000]);
  expect(uniform).not.toEqual(uniformToo);
  expect(normal).not.toEqual(normalToo);
  expect(uniform.every(u => u >= 0 && u < 1)).toBe(true);
  // each is ten standard errors wide or more
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value) / values.length;
  expect(Math.abs(mean(uniform) - 0.5)).toBeLessThan(0.1);
  expect(Math.abs(mean(normal))).toBeLessThan(0.4);
  expect(Math.abs(mean(normal.map(z => z * z)) - 1)).toBeLessThan(0.6);
}

test.for([true, false])('Chromium: page and worker draw the bits of Node, in parallel too, and fresh numbers without a seed; isolated: %s', async (isolated, { skip }) => {
  const executablePath = program(skip, 'chromium', ['chromium', 'chromium-browser', 'google-chrome']);
  check(await reported(isolated, async (url, report) => {
    const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', ...quiet] });
    try {
      const page = await browser.newPage();
      const said: string[] = [];
      page.on('console', message => said.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', error => said.push(String(error)));
      page.on('requestfailed', request => said.push(`${request.url()} failed`));
      await page.goto(url);
      const content = await report;
      return { ...content, errors: [...content.errors, ...said] };
    } finally {
      await browser.close();
    }
  }), isolated);
});

/** What a fresh profile would fetch and ask for. */
const preferences = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.aboutwelcome.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.search.update': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.region.network.url': '',
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.systemAddon.update.enabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.unified': false,
};

test.for([true, false])('Firefox: page and worker draw the bits of Node, in parallel too, and fresh numbers without a seed; isolated: %s', async (isolated, { skip }) => {
  const path = program(skip, 'firefox', ['firefox-esr', 'firefox']);
  check(await reported(isolated, async (url, report) => {
    const profile = mkdtempSync(join(tmpdir(), 'ndrand-firefox-'));
    writeFileSync(join(profile, 'user.js'), Object.entries(preferences).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''));
    const firefox = spawn(path, ['--headless', '--no-remote', '--profile', profile, url], { stdio: 'ignore', env: { ...process.env, HOME: profile } });
    const ended = once(firefox, 'exit');
    try {
      return await Promise.race([report, ended.then(([code, signal]) => Promise.reject(new Error(`Firefox ended: ${code ?? signal}`)))]);
    } finally {
      firefox.kill();
      await ended;
      rmSync(profile, { recursive: true, maxRetries: 3 });
    }
  }), isolated);
});
