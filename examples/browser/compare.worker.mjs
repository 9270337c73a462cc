/** The same amount of numbers as a user would draw them without a library: loops over `Math.random()`, timed. */

/** Elements at a time, between two messages of progress; even, for normals come in pairs. */
const BLOCK = 2 ** 20;
const arrays = { float32: Float32Array, float64: Float64Array, int32: Int32Array, uint8: Uint8Array };

/** Each writes elements [start, end). */
const loops = {
  random(data, start, end) {
    for (let i = start; i < end; i++) data[i] = Math.random();
  },
  uniform(data, start, end, { low, width }) {
    for (let i = start; i < end; i++) data[i] = low + width * Math.random();
  },
  integers(data, start, end, { low, width }) {
    for (let i = start; i < end; i++) data[i] = low + Math.floor(width * Math.random());
  },
  mask(data, start, end, { p }) {
    for (let i = start; i < end; i++) data[i] = Math.random() < p ? 1 : 0;
  },
  normal(data, start, end, { mean, std }) {
    for (let i = start; i < end; i += 2) {
      const radius = std * Math.sqrt(-2 * Math.log(1 - Math.random())), angle = 2 * Math.PI * Math.random();
      data[i] = mean + radius * Math.cos(angle);
      if (i + 1 < end) data[i + 1] = mean + radius * Math.sin(angle);
    }
  },
  truncated(data, start, end, { mean, std, low, high }) {
    for (let i = start; i < end;) {
      const radius = std * Math.sqrt(-2 * Math.log(1 - Math.random())), angle = 2 * Math.PI * Math.random();
      const x = mean + radius * Math.cos(angle), y = mean + radius * Math.sin(angle);
      if (x >= low && x <= high) data[i++] = x;
      if (i < end && y >= low && y <= high) data[i++] = y;
    }
  },
};

/** The time of a list of fills, memory included, each dropped when it is full. */
onmessage = ({ data: { tensors } }) => {
  try {
    // once unmeasured, so that the code is compiled
    for (const { loop, dtype, values } of tensors.slice(0, 4)) for (let i = 0; i < 4; i++) loops[loop](new arrays[dtype](4096), 0, 4096, values);
    let ms = 0, done = 0;
    for (const { loop, dtype, size, values } of tensors) {
      let start = performance.now();
      const data = new arrays[dtype](size);
      for (let at = 0; at < size; at += BLOCK) {
        const end = Math.min(at + BLOCK, size);
        loops[loop](data, at, end, values);
        const now = performance.now();
        ms += now - start;
        done += end - at;
        postMessage({ progress: done });
        start = performance.now();
      }
    }
    postMessage({ result: ms });
  } catch (error) {
    postMessage({ error: error.message });
  }
};
