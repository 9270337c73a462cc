/** The page: form ─▶ run ─▶ view. */
import { prepareForm, readForm } from './form.mjs';
import { run } from './run.mjs';
import { clear, noteComparison, redraw, showCompared, showFilled, showMeasured, timeOf } from './view.mjs';

const $ = id => document.getElementById(id);
const stages = { fill: 'Filling', measure: 'Looking at what was drawn', compare: 'The same amount by plain JavaScript' };

/** The run in progress: a promise that is settled when nothing of it is left. */
let running = Promise.resolve();
let controller = null;

const table = await fetch('../gpt2/gpt2-small.json').then(response => response.json());
prepareForm(table);
$('start').disabled = false;

$('form').addEventListener('submit', event => {
  event.preventDefault();
  if (controller) return;
  const choice = readForm();
  if (!choice) return;
  controller = new AbortController();
  running = start(choice, controller, running);
});
$('cancel').addEventListener('click', () => controller?.abort(new DOMException('Cancelled.', 'AbortError')));
document.addEventListener('keydown', event => {
  if (event.key === 'Escape') controller?.abort(new DOMException('Cancelled.', 'AbortError'));
});

async function start(choice, { signal }, before) {
  clear();
  fail('');
  busy(true);
  let stage = 'fill', ms = 0;
  const watch = {
    stage(name) {
      stage = name;
      $('stage').textContent = stages[name];
      say(`${stages[name]}…`);
      cancelAnimationFrame(frame);
      frame = 0;
      setProgress(0, 0);
    },
    progress: showProgress,
    filled(filled) {
      ms = filled.ms;
      showFilled(choice, filled);
      noteComparison('Measured in a moment, by one worker.');
    },
    measured: showMeasured,
    compared(name, ms) {
      showCompared(name, ms);
      noteComparison('In one worker: such loops share nothing with others. Into memory of the same type, allocated within the time, as ours.');
    },
  };
  // a fill that was just cancelled may still tell something
  for (const [name, told] of Object.entries(watch)) watch[name] = (...args) => signal.aborted || told(...args);
  const cancelled = new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  // what was cancelled ends within some milliseconds: its memory is free then
  const whole = before.then(() => run(choice.plan, { ...choice, table, signal, watch }));
  try {
    await Promise.race([whole, cancelled]);
    say(`Done: filled in ${timeOf(ms)}.`);
  } catch (error) {
    if (signal.aborted) {
      say('Cancelled.');
      if (stage === 'compare') noteComparison('Cancelled.');
      else clear();
    } else {
      clear();
      say('');
      fail(error.message);
    }
  }
  busy(false);
  controller = null;
  await whole.catch(() => {});
}

/** Swaps the buttons, the focus with them. */
function busy(is) {
  const focused = document.activeElement === (is ? $('start') : $('cancel'));
  $('start').hidden = is;
  $('cancel').hidden = !is;
  $('running').hidden = !is;
  $('status').classList.toggle('hidden', is); // said, and seen above the progress bar
  $('results').setAttribute('aria-busy', String(is));
  if (focused) $(is ? 'cancel' : 'start').focus();
}

let frame = 0, latest;

/** Shown once a frame at most. */
function showProgress(done, total) {
  latest = [done, total];
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    setProgress(...latest);
  });
}

function setProgress(done, total) {
  const share = total > 0 ? done / total : 0, million = n => (Math.floor(n / 1e5) / 10).toLocaleString('en');
  $('progress').value = share;
  $('progress-text').textContent = total > 0 ? `${Math.floor(share * 100)} %, ${million(done)} of ${million(total)} million elements` : '';
}

function say(text) {
  $('status').textContent = text;
}

function fail(text) {
  $('failure').textContent = text;
  $('failure').hidden = text === '';
}

for (const button of document.querySelectorAll('[data-copies]')) {
  const words = button.firstChild.data;
  button.addEventListener('click', async () => {
    const source = $(button.dataset.copies);
    try {
      await navigator.clipboard.writeText(source.textContent);
      button.firstChild.data = 'Copied';
      setTimeout(() => { button.firstChild.data = words; }, 1500);
    } catch {
      getSelection().selectAllChildren(source); // no permission: at least selected
    }
  });
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
let width = innerWidth;
addEventListener('resize', () => {
  if (width === innerWidth) return; // a phone's address bar changes the height alone
  width = innerWidth;
  redraw();
});
