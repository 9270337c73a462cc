#!/usr/bin/env node
/** Serves the page and what it needs, nothing else: `npm run demo`. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sirv from 'sirv';

const HELP = `Serves examples/browser.

Usage: npm run demo -- [options]

  --port <n>       the port, 0 for any that is free (default: PORT of the environment, else 8080)
  --host <name>    the address to listen on (default 127.0.0.1: this machine alone)
  --no-isolation   without the headers that give a page shared memory, so that results come by transfer
  --help           this text`;

const HOME = '/examples/browser/';

/** All that is served, out of the repository. */
const SERVED = new RegExp(`^/(${[
  'dist/[\\w/.-]+\\.(js|wasm|map)',
  'examples/browser/([\\w.-]+\\.(mjs|css|html))?',
  'examples/gpt2/(model\\.mjs|gpt2-small\\.json)',
  'node_modules/d3/dist/d3\\.min\\.js',
  'node_modules/@observablehq/plot/dist/plot\\.umd\\.min\\.js',
  'node_modules/hash-wasm/dist/index\\.esm\\.min\\.js',
].join('|')})$`);

const HEADERS = {
  // The one inline style is what Observable Plot puts into every chart. The maps of elements are drawn as data: images.
  'Content-Security-Policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'sha256-+TfQir1nvDucAdvE6XUQBt4ayUjpAWkbw2kCdSfekHM='; img-src 'self' data:; "
    + "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const ISOLATION = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

process.exitCode = await main(process.argv.slice(2));

async function main(args) {
  let options;
  try {
    options = parseArgs({
      args,
      options: { port: { type: 'string', default: process.env.PORT || '8080' }, host: { type: 'string', default: '127.0.0.1' }, 'no-isolation': { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } },
    }).values;
  } catch (error) {
    console.error(`${error.message}\nTry --help.`);
    return 2;
  }
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const port = Number(options.port);
  if (!/^\d+$/.test(options.port) || port > 65535) {
    console.error(`--port: got ${JSON.stringify(options.port)}, takes 0 to 65535`);
    return 2;
  }
  if (!existsSync(new URL('../../dist/parallel.js', import.meta.url))) {
    console.error('dist/ is missing: run `npm run build` first.');
    return 2;
  }

  const headers = Object.entries(options['no-isolation'] ? HEADERS : { ...HEADERS, ...ISOLATION });
  const files = sirv(fileURLToPath(new URL('../..', import.meta.url)), { dev: true });
  const server = createServer((request, response) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    const path = request.url.replace(/[?#].*/, '');
    const notFound = () => response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Not found\n');
    if (path === '/') response.writeHead(302, { Location: HOME }).end();
    else if (path === '/favicon.ico') response.writeHead(204).end();
    else if (SERVED.test(path) && !path.includes('..')) files(request, response, notFound);
    else notFound();
  });
  return new Promise(resolve => {
    server.once('error', error => {
      console.error(error.code === 'EADDRINUSE' ? `Port ${port} is taken: try --port 0.` : error.message);
      resolve(1);
    });
    server.listen(port, options.host, () => {
      const { address, family, port: bound } = server.address();
      const isolation = options['no-isolation'] ? 'not isolated: results come by transfer' : 'cross-origin isolated: results in shared memory';
      console.log(`http://${family === 'IPv6' ? `[${address}]` : address}:${bound}${HOME}  (${isolation})`);
    });
    for (const signal of ['SIGINT', 'SIGTERM']) {
      process.once(signal, () => {
        server.close(() => resolve(0));
        server.closeAllConnections();
      });
    }
  });
}
