/** The table of a model, out of a file: see model.mjs for what it holds. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { checkModel, TableError } from './model.mjs';

export { checkModel, TableError };

/** @typedef {import('./model.mjs').Init} Init */
/** @typedef {import('./model.mjs').Model} Model */

/**
 * Reads and checks a table.
 * @param {string | URL} path
 * @returns {Model}
 * @throws {TableError} naming the file, the entry and what is wrong with it
 */
export function readModel(path) {
  const file = basename(path instanceof URL ? path.pathname : path);
  /** @type {unknown} */
  let json;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new TableError(`${file}: ${error instanceof SyntaxError ? `not JSON: ${error.message}` : `cannot be read: ${error.message}`}`);
  }
  try {
    return checkModel(json);
  } catch (error) {
    if (error instanceof TableError) error.message = `${file}: ${error.message}`;
    throw error;
  }
}
