/** Draws what is no single fill (orthogonal matrices) in one thread, with the code that Node's checksum.mjs runs. */
import { defaultRng } from '../../dist/index.js';
import { readChoice } from './choice.mjs';
import { fill, planOf } from './plan.mjs';

onmessage = ({ data: { texts, table } }) => {
  try {
    const { tensors, seed } = planOf(readChoice(texts), table), rng = defaultRng(seed), parts = [];
    const start = performance.now();
    let done = 0;
    for (const tensor of tensors) {
      parts.push(fill(tensor, rng).data);
      done += tensor.size;
      postMessage({ progress: done });
    }
    postMessage({ result: { parts, ms: performance.now() - start } }, parts.map(({ buffer }) => buffer));
  } catch (error) {
    postMessage({ error: error.message });
  }
};
