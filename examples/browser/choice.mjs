/**
 * What a user may choose, as text and as values. The text is the query string of the page's address after #, which checksum.mjs takes as well:
 *
 *     model=gpt2&seed=1234
 *     model=mlp&layers=784, 512, 10&law=heNormal&mode=fanIn&dtype=float32&seed=1234
 *     model=custom&shape=4096, 4096&law=normal&mean=0&std=0.02&dtype=float32&seed=1234
 */
import { laws } from './laws.mjs';

/** @typedef {{ model: string, seed: bigint, shape?: number[], layers?: number[], law?: string, dtype?: string, values: Record<string, number | string> }} Choice */

export const models = { gpt2: 'GPT-2 small', mlp: 'MLP', custom: 'Custom shape' };
export const defaults = { model: 'custom', shape: '4096, 4096', layers: '784, 2048, 2048, 10', law: 'heNormal', dtype: 'float32', seed: '1234' };

/** What Chromium transfers from thread to thread as one array (2 GiB it does not), and as much as most phones have. */
const MAX_BYTES = 2 ** 30;
export const bytesOf = { float32: 4, float64: 8, int32: 4, uint8: 1 };

/** What is wrong with a choice: a sentence for each field. */
export class ChoiceError extends Error {
  constructor(problems) {
    super(Object.entries(problems).map(([field, problem]) => `${field}: ${problem}`).join('\n'));
    this.problems = problems;
  }
}

/** Whether a model's weights may be drawn by a law. */
export const suits = (model, law) => model === 'custom' || (model === 'mlp' && laws[law].group !== 'count');

/** The fields that a choice of `model` and `law` has, in the order of its text. */
export function fieldsOf({ model, law }) {
  if (model === 'gpt2') return ['model', 'seed'];
  const size = model === 'mlp' ? 'layers' : 'shape';
  const known = Object.hasOwn(laws, law ?? '') ? [...Object.keys(laws[law].parameters), ...(laws[law].dtypes.length > 1 ? ['dtype'] : [])] : [];
  return ['model', size, 'law', ...known, 'seed'];
}

/**
 * @param {Record<string, string>} texts a text for each field; a field that is missing has its default
 * @returns {Choice}
 * @throws {ChoiceError}
 */
export function readChoice(texts) {
  const problems = {};
  const attempt = (field, read) => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problems[field] ??= error.message;
      return undefined;
    }
  };
  const text = field => (texts[field] ?? defaults[field]).trim();
  const model = attempt('model', () => oneOf(text('model'), Object.keys(models)));
  const seed = attempt('seed', () => readSeed(text('seed')));
  if (model === 'gpt2' || model === undefined) return finish({ model, seed, values: {} });

  const name = attempt('law', () => {
    const law = oneOf(text('law'), Object.keys(laws));
    if (!suits(model, law)) throw new Problem('is for one tensor, not for the weights of a network');
    return law;
  });
  const law = laws[name];
  if (law === undefined) return finish({});
  const dtype = law.dtypes.length > 1 ? attempt('dtype', () => oneOf(text('dtype'), law.dtypes)) : law.dtypes[0];
  const values = {};
  for (const [parameter, spec] of Object.entries(law.parameters)) {
    values[parameter] = attempt(parameter, () => readParameter((texts[parameter] ?? spec.otherwise).trim(), spec));
  }
  if (!Object.values(values).includes(undefined)) Object.assign(problems, law.check?.(values));
  const bytes = bytesOf[dtype] ?? 4;
  if (model === 'mlp') return finish({ model, seed, law: name, dtype, values, layers: attempt('layers', () => readLayers(text('layers'), bytes)) });
  return finish({ model, seed, law: name, dtype, values, shape: attempt('shape', () => readShape(text('shape'), bytes, law)) });

  function finish(choice) {
    const unknown = Object.keys(texts).filter(field => !fieldsOf({ model, law: texts.law ?? defaults.law }).includes(field));
    if (unknown.length > 0 && Object.keys(problems).length === 0) problems[unknown[0]] = 'is no part of this choice';
    if (Object.keys(problems).length > 0) throw new ChoiceError(problems);
    return choice;
  }
}

/** The texts of an address or its part after #. */
export function parseText(text) {
  return Object.fromEntries(new URLSearchParams(text.replace(/^[^#]*#/, '')));
}

/** A choice's text: only what `fieldsOf` names, readable where an address may be. */
export function textOf(texts) {
  return fieldsOf(texts).map(field => `${field}=${encodeURIComponent((texts[field] ?? '').trim().replace(/\s*,\s*/g, ',')).replaceAll('%2C', ',')}`).join('&');
}

class Problem extends Error {}

function oneOf(text, names) {
  if (!names.includes(text)) throw new Problem(`takes one of ${names.join(', ')}`);
  return text;
}

function readSeed(text) {
  if (!/^[0-9]+$/.test(text)) throw new Problem('takes a non-negative integer of any size');
  return BigInt(text);
}

function readParameter(text, { label, names, integer = false, above = -Infinity, least = -Infinity, most = Infinity }) {
  if (names) return oneOf(text, names.map(([name]) => name));
  const value = text === '' ? NaN : Number(text);
  const kind = integer ? 'an integer' : 'a number';
  if (!Number.isFinite(value) || (integer && !Number.isInteger(value))) throw new Problem(`${label} takes ${kind}`);
  if (value <= above) throw new Problem(`${label} takes ${kind} above ${above}`);
  if (value < least || value > most) throw new Problem(`${label} takes ${kind} from ${least} to ${most}`);
  return value;
}

function readDimensions(text, what) {
  const parts = text.replace(/^\[(.*)\]$/, '$1').split(/\s*[,×x]\s*|\s+/).filter(part => part !== '');
  if (parts.length === 0) throw new Problem(`takes ${what}`);
  return parts.map(part => {
    const n = Number(part);
    if (!/^[0-9]+$/.test(part) || !Number.isSafeInteger(n) || n < 1) throw new Problem(`takes ${what}; ${JSON.stringify(part.slice(0, 20))} is no positive integer`);
    return n;
  });
}

function checkBytes(bytes) {
  if (bytes > MAX_BYTES) throw new Problem(`takes up to 1 GiB; this is ${bytes < 1e15 ? `${(bytes / 2 ** 30).toFixed(2)} GiB` : 'more than any machine has'}`);
}

function readShape(text, bytes, law) {
  const shape = readDimensions(text, 'dimensions such as 4096, 4096');
  if (law.fans && shape.length < 2) throw new Problem(`${law.label} takes at least two dimensions: outputs, inputs`);
  checkBytes(shape.reduce((product, n) => product * n, bytes));
  return shape;
}

function readLayers(text, bytes) {
  const layers = readDimensions(text, 'the widths of at least two layers, such as 784, 512, 10');
  if (layers.length < 2) throw new Problem('takes the widths of at least two layers, such as 784, 512, 10');
  if (layers.length > 65) throw new Problem('takes at most 65 layers');
  if (Math.max(...layers) > 2 ** 20) throw new Problem('takes layers of up to 1,048,576 units');
  checkBytes(layers.slice(1).reduce((sum, width, i) => sum + width * (layers[i] + 1), 0) * bytes);
  return layers;
}
