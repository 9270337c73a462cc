#!/usr/bin/env node
/** The page's checksum, computed by Node in one thread: `node examples/browser/checksum.mjs 'model=gpt2&seed=1234'`. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { endianness } from 'node:os';

const HELP = `The SHA-256 of what the page draws, by Node in one thread.

Usage: node examples/browser/checksum.mjs '<choice>'

The choice is what the page shows under the checksum, or its address, or the part of that after #:

  model=gpt2&seed=1234
  model=mlp&layers=784,512,10&law=heNormal&mode=fanIn&dtype=float32&seed=1234
  model=custom&shape=4096,4096&law=truncatedNormal&mean=0&std=1&low=-2&high=2&dtype=float64&seed=1234`;

process.exitCode = await main(process.argv.slice(2));

async function main(args) {
  if (args.length !== 1 || args[0].startsWith('-')) {
    (args[0] === '--help' ? console.log : console.error)(HELP);
    return args[0] === '--help' ? 0 : 2;
  }
  const [{ defaultRng }, { ChoiceError, parseText, readChoice }, { fill, planOf }] = await Promise.all([import('../../dist/index.js'), import('./choice.mjs'), import('./plan.mjs')]);
  try {
    const { threads: _, ...texts } = parseText(args[0]); // the bits do not depend on it
    const choice = readChoice(texts), rng = defaultRng(choice.seed), hash = createHash('sha256');
    const table = JSON.parse(readFileSync(new URL('../gpt2/gpt2-small.json', import.meta.url), 'utf8'));
    for (const tensor of planOf(choice, table).tensors) hash.update(littleEndian(fill(tensor, rng).data));
    console.log(hash.digest('hex'));
    return 0;
  } catch (error) {
    if (!(error instanceof ChoiceError || error instanceof RangeError || error instanceof TypeError)) throw error;
    console.error(error.message);
    return 2;
  }
}

/** The bytes of a typed array, so ordered that the checksum is the same on every machine. */
function littleEndian({ buffer, byteOffset, byteLength, BYTES_PER_ELEMENT }) {
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  if (endianness() === 'LE' || BYTES_PER_ELEMENT === 1) return bytes;
  return BYTES_PER_ELEMENT === 4 ? Buffer.from(bytes).swap32() : Buffer.from(bytes).swap64();
}
