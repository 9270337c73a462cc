/** What a run gave, on the page. */
import { drawComparison, drawCorner, drawHistogram } from './charts.mjs';
import { megabytes } from './form.mjs';
import { short } from './theory.mjs';

const $ = id => document.getElementById(id);
const count = new Intl.NumberFormat('en');
const sections = ['speed', 'tensor', 'sum', 'all'];

/** What is shown now: nothing of a tensor but what its measures are. */
let shown = null;

/** Counts what was asked to be shown: an older one gives way. */
let turns = 0;
const pause = () => new Promise(resolve => setTimeout(resolve));

/** Forgets the last run. */
export function clear() {
  shown = null;
  turns++;
  for (const id of sections) $(id).hidden = true;
  $('empty').hidden = false;
}

/** @param {{ plan: import('./plan.mjs').Plan, text: string }} choice */
export function showFilled({ plan, text }, { ms, threads, startMs, shared }) {
  shown = { plan, text, ms, threads, fills: [{ label: `ndrand, ${threadsOf(threads)}`, ms, ours: true }] };
  $('empty').hidden = true;
  $('speed').hidden = false;
  $('speed-title').textContent = plan.title;
  $('time').textContent = timeOf(ms);
  $('bandwidth').textContent = rateOf(plan.bytes, ms, [['GB/s', 1e9], ['MB/s', 1e6], ['kB/s', 1e3]]);
  $('rate').textContent = rateOf(plan.size, ms, [['million/s', 1e6], ['thousand/s', 1e3]]);
  $('size').textContent = megabytes(plan.bytes);
  const memory = plan.serial ? 'as one piece of work, in a worker' : shared ? 'into shared memory' : 'without shared memory: blocks come by transfer';
  const started = startMs > 20 ? ` Starting ${plan.serial ? 'the worker' : 'the threads'} took ${timeOf(startMs)} before that, once.` : '';
  $('how').textContent = `${count.format(plan.size)} elements, ${threadsOf(threads)}, ${memory}.${started}`;
  showComparison();
}

/** The plain loops, in the words of the page. */
const labels = {
  same: kinds => {
    if (kinds.has('truncated')) return 'Box–Muller loop over Math.random(), redrawn outside the bounds';
    return kinds.has('normal') ? 'Box–Muller loop over Math.random()' : 'Math.random() loop';
  },
  random: () => 'Math.random() alone',
  normal: () => 'Box–Muller loop over Math.random()',
};
const remarks = { same: 'the same distribution', random: 'uniforms only, no normals', normal: 'standard normals' };

export function showCompared(name, ms) {
  const kinds = new Set(shown.plan.tensors.flatMap(({ law }) => law?.plain ?? []));
  shown.fills.push({ label: labels[name](kinds), remark: shown.plan.serial ? 'not made orthogonal' : remarks[name], ms });
  showComparison();
}

/** @param {string} note what the comparison waits for, or why there is none */
export function noteComparison(note) {
  $('compare-note').textContent = note;
}

function showComparison() {
  const { fills, ms } = shown;
  drawComparison($('compare-chart'), fills);
  $('compare-table').tBodies[0].replaceChildren(...fills.map(fill => {
    const beside = fill.ours || Math.min(fill.ms, ms) < 0.1 ? '' : fill.ms >= ms ? `${ratio(fill.ms / ms)} × as long` : `${ratio(fill.ms / ms)} × the time`;
    return row([fill.label, fill.remark], timeOf(fill.ms), beside);
  }));
}

/** @param {object[]} results of measure.worker.mjs, one a tensor */
export function showMeasured(results, checksum) {
  Object.assign(shown, { results, checksum });
  const { tensors, seed } = shown.plan;
  $('which').replaceChildren(...tensors.map(({ name, shape }, i) => new Option(`${name}, ${shape.join(' × ')}`, i)));
  $('choose-tensor').hidden = tensors.length === 1;
  for (const id of ['tensor', 'sum']) $(id).hidden = false;
  showTensor();

  $('checksum').textContent = checksum;
  $('command').textContent = `node examples/browser/checksum.mjs '${shown.text}'`;
  $('gpt2-note').hidden = !shown.text.startsWith('model=gpt2');
  $('npm-start').textContent = `npm start -- --seed ${seed}`;

  $('all').hidden = tensors.length === 1;
  $('all').querySelector('summary').textContent = `All ${tensors.length} tensors`;
  $('all').querySelector('tbody').replaceChildren();
  if ($('all').open) listAll();
}

/** A row for each tensor, made where someone looks. */
function listAll() {
  const { plan: { tensors }, results } = shown;
  $('all').querySelector('tbody').replaceChildren(...tensors.map(({ name, shape, theory }, i) =>
    row([name, shape.join(' × ')], [fixed(results[i].mean, theory), fixed(theory.mean, theory)], [fixed(results[i].std, theory), fixed(theory.std, theory)])));
}

/** In tasks of their own, for each chart takes its time and the page is to stay responsive. */
async function showTensor() {
  const turn = ++turns;
  const i = Number($('which').value), { size, shape, theory } = shown.plan.tensors[i], result = shown.results[i], { counts, corner } = result;
  $('law-words').textContent = `${theory.words[0].toUpperCase()}${theory.words.slice(1)}.`;
  const errors = { mean: theory.std / Math.sqrt(size), std: theory.exactStd ? 0 : theory.std * Math.sqrt(Math.max(0, theory.kurtosis - 1) / (4 * size)) };
  const apart = key => {
    const away = Math.abs(result[key] - theory[key]);
    return errors[key] > 0 ? [`${(away / errors[key]).toFixed(1)}`, 'std. errors'] : [short(away), ''];
  };
  $('moments').replaceChildren(
    row('Mean', fixed(result.mean, theory), fixed(theory.mean, theory), apart('mean')),
    row('Std. deviation', fixed(result.std, theory), fixed(theory.std, theory), apart('std')),
    row('Least', short(result.least), '', ''),
    row('Greatest', short(result.most), '', ''),
  );
  const beyond = counts[0] + counts.at(-1), one = theory.bins === undefined;
  const span = (className, textContent = '') => Object.assign(document.createElement('span'), { className, textContent });
  const key = (name, words) => {
    const item = span('item');
    item.append(span(`key ${name}`), words);
    return item;
  };
  $('histogram').parentElement.hidden = one;
  $('histogram-words').replaceChildren(key('', `all ${count.format(size)} elements${beyond > 0 ? `, ${count.format(beyond)} beyond the axis` : ''}`), ...(theory.curve ? [key('curve', 'theory')] : []));
  await pause();
  if (turn !== turns) return;
  if (!one) drawHistogram($('histogram'), result, theory, size);
  const part = shape.length > 1 ? `The first ${corner.rows} rows and ${corner.columns} columns` : `The first ${Math.min(corner.rows * corner.columns, size)} elements, row by row`;
  $('corner-words').textContent = one ? `${part}: all alike.` : `${part}${shape.length > 2 ? ' of the last two dimensions' : ''}`;
  await pause();
  if (turn !== turns) return;
  drawCorner($('corner'), $('corner-scale'), corner, theory);
}

/** A row of a table: its head, then numbers; a pair has its second part below in small. */
function row(head, ...cells) {
  const line = document.createElement('tr');
  line.append(...[head, ...cells].map((content, i) => {
    const cell = document.createElement(i === 0 ? 'th' : 'td'), [text, small] = [content].flat().map(part => part?.replace(/^-/, '−'));
    if (i === 0) cell.scope = 'row';
    else cell.className = 'number';
    cell.append(text);
    if (small) cell.append(Object.assign(document.createElement('small'), { textContent: small }));
    return cell;
  }));
  return line;
}

/** Redraws for another width or colour scheme. */
export function redraw() {
  if (!shown) return;
  showComparison();
  if (shown.results) showTensor();
}

const threadsOf = n => (n === 1 ? '1 thread' : `${n} threads`);
const ratio = x => (x >= 9.95 ? x.toFixed(0) : x.toFixed(1));

/** A time for a reader. */
export function timeOf(ms) {
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return ms < 0.1 ? '< 0.1 ms' : `${ms.toFixed(ms >= 10 ? 0 : 1)} ms`;
}

/** So much in a second, in the largest unit that leaves some of it. */
function rateOf(amount, ms, units) {
  const second = (amount / ms) * 1000, [unit, size] = units.find(([, size]) => second >= size / 10) ?? units.at(-1);
  return ms < 0.1 ? '–' : `${(second / size).toLocaleString('en', second < 10 * size ? { maximumFractionDigits: 2 } : { maximumSignificantDigits: 3 })} ${unit}`;
}

/** So many decimals that a value shows four digits of the law's scale. */
function fixed(x, { mean, std }) {
  const scale = std > 0 ? std : Math.abs(mean);
  if (scale === 0) return String(x);
  if (scale >= 1e6 || scale < 1e-6) return x.toExponential(4);
  return x.toFixed(Math.max(0, 4 - Math.floor(Math.log10(scale)))).replace(/^-(0\.?0*)$/, '$1');
}

$('which').addEventListener('input', () => showTensor());
$('all').addEventListener('toggle', () => {
  if ($('all').open && shown?.results) listAll();
});
