/** The form: fields that fit the choice, what they say, and the choice in the page's address. */
import { ChoiceError, defaults, fieldsOf, parseText, readChoice, suits, textOf } from './choice.mjs';
import { laws } from './laws.mjs';
import { planOf } from './plan.mjs';

const $ = id => document.getElementById(id);
const form = $('form');
const groups = { initialiser: 'Initialisers', distribution: 'Distributions', count: 'Integers and masks' };
const cores = navigator.hardwareConcurrency || 1;

/** Parameters that the user has typed, by law: they come back with it. */
const typed = {};
let table;

/** @param {unknown} gpt2 its table */
export function prepareForm(gpt2) {
  table = gpt2;
  for (const [group, label] of Object.entries(groups)) {
    const options = Object.entries(laws).filter(([, law]) => law.group === group).map(([name, law]) => new Option(law.label, name));
    const element = Object.assign(document.createElement('optgroup'), { label });
    element.append(...options);
    $('law').append(element);
  }
  $('threads').max = cores;
  $('threads-note').textContent = `of ${cores} here`;
  fromAddress();
  form.addEventListener('input', () => {
    refresh();
    toAddress();
  });
  window.addEventListener('hashchange', fromAddress);
}

/** The choice as texts; threads are apart, for the result does not depend on them. */
export function texts() {
  const all = Object.fromEntries(new FormData(form));
  if (all.law !== undefined && laws[all.law].dtypes.length === 1) delete all.dtype;
  return Object.fromEntries(fieldsOf(all).map(field => [field, all[field] ?? '']));
}

/**
 * What the fields say.
 * @returns {{ plan: import('./plan.mjs').Plan, texts: Record<string, string>, text: string, threads: number } | null} null where something is wrong: the fields say what
 */
export function readForm({ focus = true } = {}) {
  const said = texts(), problems = {};
  let plan;
  try {
    plan = planOf(readChoice(said), table);
  } catch (error) {
    if (error instanceof ChoiceError) Object.assign(problems, error.problems);
    else problems[said.model === 'mlp' ? 'layers' : 'shape'] = error.message;
  }
  const threads = Number($('threads').value);
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= cores)) problems.threads = cores === 1 ? 'takes 1: this machine has one core' : `takes 1 to ${cores}, the cores of this machine`;
  tell(problems);
  if (Object.keys(problems).length === 0) return { plan, texts: said, text: textOf(said), threads };
  if (focus) form.querySelector('[aria-invalid="true"]')?.focus();
  return null;
}

function tell(problems) {
  for (const field of form.querySelectorAll('.field[data-field]')) {
    const name = field.dataset.field, input = $(name), problem = $(`${name}-problem`), text = problems[name];
    problem.hidden = text === undefined;
    problem.textContent = text === undefined ? '' : text[0].toUpperCase() + text.slice(1);
    if (text === undefined) input.removeAttribute('aria-invalid');
    else input.setAttribute('aria-invalid', 'true');
  }
}

/** Shows the fields that the choice has, and what it comes to. Problems are told while typing only where they were told before. */
function refresh() {
  const model = form.elements.model.value;
  for (const option of $('law').querySelectorAll('option')) option.disabled = option.hidden = !suits(model, option.value);
  for (const group of $('law').querySelectorAll('optgroup')) group.hidden = [...group.children].every(option => option.hidden);
  if (model === 'mlp' && !suits(model, $('law').value)) $('law').value = defaults.law;
  const law = $('law').value;
  showParameters(model === 'gpt2' ? {} : laws[law].parameters, law);
  const shown = fieldsOf({ model, law });
  for (const field of form.querySelectorAll('[data-field]')) field.hidden = !shown.includes(field.dataset.field);
  $('threads').closest('.field').hidden = model !== 'gpt2' && laws[law].serial === true; // one thread does it all
  $('parameters').hidden = model === 'gpt2';
  $('model-note').textContent = { gpt2: '', mlp: 'A weight matrix for each layer, biases of zeros.', custom: '' }[model];
  if (form.querySelector('[aria-invalid]')) readForm({ focus: false });
  describe(model);
}

function describe(model) {
  const note = { gpt2: $('model-note'), mlp: $('layers-note'), custom: $('shape-note') }[model];
  try {
    const { tensors, size, bytes } = planOf(readChoice(texts()), table);
    const amount = `${size.toLocaleString('en')} elements, ${megabytes(bytes)}`;
    note.textContent = model === 'gpt2' ? `${tensors.length - 1} tensors as trained models start, and a dropout mask: ${amount}, float32` : amount;
  } catch {
    note.textContent = '';
  }
}

export function megabytes(bytes) {
  const [unit, size] = bytes >= 1e9 ? ['GB', 1e9] : bytes >= 1e6 ? ['MB', 1e6] : bytes >= 1e3 ? ['kB', 1e3] : ['bytes', 1];
  return `${(bytes / size).toLocaleString('en', { maximumSignificantDigits: 4 })} ${unit}`;
}

/** The inputs of a law's parameters, made anew where the law changes. */
function showParameters(parameters, law) {
  const place = $('parameters');
  if (place.dataset.law === law) return;
  place.dataset.law = law;
  place.replaceChildren(...Object.entries(parameters).map(([name, { label, otherwise, names }]) => {
    const field = Object.assign(document.createElement('div'), { className: 'field' });
    field.dataset.field = name;
    const input = document.createElement(names ? 'select' : 'input');
    if (names) input.append(...names.map(([value, words]) => new Option(words, value)));
    else Object.assign(input, { inputMode: 'text', autocomplete: 'off', spellcheck: false });
    Object.assign(input, { id: name, name, value: typed[law]?.[name] ?? otherwise });
    input.setAttribute('aria-describedby', `${name}-problem`);
    input.addEventListener('input', () => { (typed[law] ??= {})[name] = input.value; });
    const problem = Object.assign(document.createElement('p'), { id: `${name}-problem`, className: 'problem', hidden: true });
    field.append(Object.assign(document.createElement('label'), { htmlFor: name, textContent: label }), input, problem);
    return field;
  }));
}

function toAddress() {
  history.replaceState(null, '', `#${textOf(texts())}&threads=${$('threads').value}`);
}

/** Takes what the address says, and defaults for the rest. What is wrong with it the fields tell. */
function fromAddress() {
  const said = parseText(location.hash), all = { threads: String(cores), ...defaults, ...said };
  for (const name of ['model', 'dtype']) {
    const radio = [...form.querySelectorAll(`[name="${name}"]`)].find(({ value }) => value === all[name]);
    if (radio) radio.checked = true;
  }
  for (const name of ['shape', 'layers', 'seed', 'threads']) $(name).value = all[name];
  $('law').value = Object.hasOwn(laws, all.law) ? all.law : defaults.law;
  const law = $('law').value;
  typed[law] = Object.fromEntries(Object.keys(laws[law].parameters).flatMap(name => (said[name] === undefined ? [] : [[name, said[name]]])));
  delete $('parameters').dataset.law;
  refresh();
  if (location.hash.length > 1) readForm({ focus: false });
}
