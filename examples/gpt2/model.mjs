/**
 * The table of a model: its tensors, how each is initialised, and a dropout mask to draw. A table is a JSON file:
 *
 *     { "name": "…", "config": { "n_layer": 12, … },
 *       "tensors": [{ "name": "wte.weight", "shape": [50257, 768], "init": { "type": "normal", "mean": 0, "std": 0.02 } }, …],
 *       "dropout": { "shape": [8, 1024, 768], "keep": 0.9 } }
 *
 * `init` is one of
 *     { "type": "normal", "mean": 0, "std": 0.02, "residual": true }   residual (optional): std / √(2 · config.n_layer)
 *     { "type": "uniform", "low": -0.1, "high": 0.1 }
 *     { "type": "constant", "value": 1 }
 * and `dropout` may be left out.
 */
/** @typedef {{ type: 'normal', mean: number, std: number } | { type: 'uniform', low: number, high: number } | { type: 'constant', value: number }} Init */
/** @typedef {{ name: string, shape: number[], size: number, init: Init }} Tensor size: the number of elements */
/** @typedef {{ shape: number[], size: number, keep: number }} Dropout */
/** @typedef {{ name: string, tensors: Tensor[], dropout?: Dropout }} Model with `residual` already worked into each std */

const MAX_ELEMENTS = 2 ** 32;

/** What is wrong with a table, and in which entry. */
export class TableError extends Error {}

/**
 * Checks a table that is parsed already.
 * @param {unknown} json
 * @returns {Model}
 */
export function checkModel(json) {
  const table = checkObject('table', json, ['name', 'config', 'tensors', 'dropout'], ['config', 'dropout']);
  const name = checkName('name', table.name);
  const config = table.config === undefined ? {} : table.config;
  if (!isObject(config)) fail('config', config, 'an object');
  if (!Array.isArray(table.tensors) || table.tensors.length === 0) fail('tensors', table.tensors, 'a list of at least one tensor');
  /** @type {Map<string, number>} */
  const seen = new Map();
  const tensors = table.tensors.map((entry, i) => {
    const tensor = checkTensor(`tensors[${i}]`, entry, config.n_layer);
    const twin = seen.get(tensor.name);
    if (twin !== undefined) fail(`tensors[${i}] (${tensor.name}): name`, tensor.name, `a name that tensors[${twin}] does not have yet`);
    seen.set(tensor.name, i);
    return tensor;
  });
  return { name, tensors, dropout: table.dropout === undefined ? undefined : checkDropout(table.dropout) };
}

function checkTensor(at, json, layers) {
  const entry = checkObject(at, json, ['name', 'shape', 'init']);
  const name = checkName(`${at}.name`, entry.name);
  const where = `${at} (${name})`;
  return { name, ...checkShape(`${where}: shape`, entry.shape), init: checkInit(`${where}: init`, entry.init, layers) };
}

function checkInit(at, json, layers) {
  if (!isObject(json)) fail(at, json, 'an object with a type');
  switch (json.type) {
    case 'normal': {
      const { mean, std, residual = false } = checkObject(at, json, ['type', 'mean', 'std', 'residual'], ['residual']);
      checkNumber(`${at}.mean`, mean);
      checkNumber(`${at}.std`, std, 0);
      if (typeof residual !== 'boolean') fail(`${at}.residual`, residual, 'true or false');
      if (!residual) return { type: 'normal', mean, std };
      if (!Number.isSafeInteger(layers) || layers < 1) fail(`${at}.residual needs config.n_layer`, layers, 'a positive integer');
      return { type: 'normal', mean, std: std / Math.sqrt(2 * layers) };
    }
    case 'uniform': {
      const { low, high } = checkObject(at, json, ['type', 'low', 'high']);
      checkNumber(`${at}.low`, low);
      checkNumber(`${at}.high`, high, low);
      return { type: 'uniform', low, high };
    }
    case 'constant': {
      const { value } = checkObject(at, json, ['type', 'value']);
      checkNumber(`${at}.value`, value);
      return { type: 'constant', value };
    }
    default:
      return fail(`${at}.type`, json.type, '"normal", "uniform" or "constant"');
  }
}

function checkDropout(json) {
  const { shape, keep } = checkObject('dropout', json, ['shape', 'keep']);
  checkNumber('dropout.keep', keep, 0);
  if (keep > 1) fail('dropout.keep', keep, 'a probability, 0 to 1');
  return { ...checkShape('dropout.shape', shape), keep };
}

function checkShape(at, shape) {
  if (!Array.isArray(shape) || shape.length === 0) fail(at, shape, 'a list of at least one dimension');
  shape.forEach((dimension, axis) => {
    if (!Number.isSafeInteger(dimension) || dimension < 1) fail(`${at}[${axis}]`, dimension, 'a positive integer');
  });
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  if (size > MAX_ELEMENTS) fail(at, shape, 'at most 2^32 elements');
  return { shape, size };
}

function checkObject(at, json, fields, optional = []) {
  if (!isObject(json)) fail(at, json, `an object with ${fields.join(', ')}`);
  for (const field of fields) {
    if (!Object.hasOwn(json, field) && !optional.includes(field)) throw new TableError(`${at}: ${field} is missing`);
  }
  for (const field of Object.keys(json)) {
    if (!fields.includes(field)) throw new TableError(`${at}: unknown field ${JSON.stringify(field)}, takes ${fields.join(', ')}`);
  }
  return json;
}

function checkName(at, name) {
  if (typeof name !== 'string' || !/^\S(.*\S)?$/.test(name)) fail(at, name, 'a name in one line');
  return name;
}

function checkNumber(at, value, least = -Infinity) {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < least) fail(at, value, least === -Infinity ? 'a finite number' : `a finite number of at least ${least}`);
}

function isObject(json) {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** @returns {never} */
function fail(at, value, takes) {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  throw new TableError(`${at}: got ${text.length > 80 ? `${text.slice(0, 77)}…` : text}, takes ${takes}`);
}
