/** Where and on what the numbers were taken. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What the build is made from. */
const SOURCES = ['src', 'assembly', 'asconfig.json', 'rollup.config.mjs', 'tsconfig.json', 'package.json', 'package-lock.json'];

/**
 * @param {string[]} modules the build's, by URL
 * @param {boolean} own is it this checkout's, so that the commit says something about it?
 * @param {{ numpy: string, python: string } | null} versions NumPy's side
 */
export function describe(modules, own, versions) {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return {
    date: new Date().toISOString(),
    machine: {
      cpu: cpus()[0]?.model.trim() ?? 'unknown',
      cores: cpus().length,
      memoryGB: Math.round(totalmem() / 1e9),
      system: `${platform()} ${release()} ${arch()}`,
      load: Number(loadavg()[0].toFixed(2)),
    },
    versions: { ndrand: version, node: process.versions.node, v8: process.versions.v8, numpy: versions?.numpy ?? null, python: versions?.python ?? null },
    ...(own ? commit() : { commit: null, changed: null }),
    build: filesOf(modules).reduce((hash, path) => hash.update(readFileSync(path)), createHash('sha256')).digest('hex').slice(0, 16),
  };
}

/** The paths of modules of a build, and of what they import. @param {string[]} modules by URL */
export function filesOf(modules) {
  const paths = new Set();
  const add = path => {
    if (paths.has(path)) return;
    paths.add(path);
    for (const [, , name] of readFileSync(path, 'utf8').matchAll(/\b(?:from|import)\s*(["'])(\.\/[\w./-]+)\1/g)) add(join(dirname(path), name));
  };
  for (const url of modules) add(fileURLToPath(url));
  return [...paths];
}

/** The commit checked out, and whether the sources are as it has them; nulls outside a repository. */
function commit() {
  const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return { commit: git('rev-parse', '--short=10', 'HEAD'), changed: git('status', '--porcelain', '--', ...SOURCES) !== '' };
  } catch {
    return { commit: null, changed: null };
  }
}
