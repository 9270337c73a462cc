/** The charts, by Observable Plot (and d3 beneath it), which index.html loads as plain scripts. Colours are those of style.css. */
const { Plot } = globalThis;

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** Puts a chart in its place, named for who does not see it. */
function show(place, words, options) {
  const chart = Plot.plot({ className: 'plot', width: Math.max(200, place.clientWidth), ...options });
  chart.setAttribute('role', 'img');
  chart.setAttribute('aria-label', words);
  for (const part of chart.children) part.setAttribute('aria-hidden', 'true');
  place.replaceChildren(chart);
}

/**
 * The values' density in bins, over it the theoretical one.
 * @param {HTMLElement} place
 * @param {{ counts: Float64Array }} result of measure.worker.mjs
 * @param {import('./theory.mjs').Theory} theory
 */
export function drawHistogram(place, { counts }, { bins: { low, width, count }, curve = [], words, integers = null }, size) {
  const bars = Array.from({ length: count }, (_, i) => {
    const from = low + i * width, to = integers ? Math.min(from + width, integers[1] - 0.5) : from + width;
    return { from, to, density: counts[i + 1] / size / (to - from) };
  });
  show(place, `Histogram of ${size.toLocaleString('en')} elements over the density of this law: ${words}.`, {
    height: 250, marginLeft: 44, marginBottom: 36, marginTop: 24, marginRight: 12,
    x: { label: 'value', labelArrow: 'none', labelAnchor: 'center', ticks: integers && integers[1] - integers[0] <= 10 ? range(...integers) : 5 },
    y: { label: integers ? 'share' : 'density', labelArrow: 'none', ticks: 4, grid: true, tickFormat: x => (x >= 1e6 ? x.toExponential(1) : Number(x.toPrecision(6)).toLocaleString('en', { maximumFractionDigits: 6 })), zero: true },
    marks: [
      Plot.rectY(bars, { x1: 'from', x2: 'to', y: 'density', fill: 'var(--bar)', ...(integers && width === 1 ? { insetLeft: 1, insetRight: 1 } : {}), shapeRendering: 'crispEdges' }),
      Plot.line(curve, { stroke: 'var(--text)', strokeWidth: 1.75 }),
      Plot.ruleY([0], { stroke: 'var(--field)' }),
    ],
  });
}

/**
 * A corner of the tensor, and its scale below.
 * @param {HTMLElement} place
 * @param {HTMLElement} scalePlace
 * @param {{ rows: number, columns: number, values: Float64Array }} corner
 */
export function drawCorner(place, scalePlace, { rows, columns, values }, { mean, std, extent }) {
  const reach = std > 0 ? 3 * std : 1, given = extent ?? [mean - reach, mean + reach];
  const domain = given[0] < given[1] ? given : [given[0] - 1, given[0] + 1];
  const scale = { type: 'linear', domain, clamp: true, interpolate: mix([colour('below'), colour('middle'), colour('above')]) };
  const side = Math.min(1, rows / columns), width = place.clientWidth, left = 30;
  show(place, `The first ${rows} rows and ${columns} columns as a map of colours; values from ${domain[0].toPrecision(3)} to ${domain[1].toPrecision(3)}.`, {
    height: Math.max(28, (width - left - 2) * side) + 24, marginLeft: left, marginTop: 20, marginRight: 2, marginBottom: 4,
    x: { axis: 'top', label: null, ticks: ticksOf(columns), tickSize: 3, domain: [0, columns], tickFormat: 'd' },
    y: { label: null, ticks: ticksOf(rows), tickSize: 3, domain: [rows, 0], reverse: false, tickFormat: 'd' },
    color: scale,
    marks: [Plot.raster(values, { width: columns, height: rows, x1: 0, x2: columns, y1: 0, y2: rows, imageRendering: 'pixelated' })],
  });
  const steps = 64;
  show(scalePlace, `Scale of the map: from ${domain[0].toPrecision(3)} to ${domain[1].toPrecision(3)}.`, {
    height: 40, marginLeft: left, marginRight: 2, marginTop: 8, marginBottom: 22,
    x: { domain, label: null, ticks: 5, tickSize: 3 }, y: { axis: null }, color: scale,
    marks: [Plot.raster(Array.from({ length: steps }, (_, i) => domain[0] + ((i + 0.5) / steps) * (domain[1] - domain[0])), { width: steps, height: 1, x1: domain[0], x2: domain[1], y1: 0, y2: 1 })],
  });
}

/**
 * How long the fills took, one bar each.
 * @param {{ label: string, ms: number, ours: boolean }[]} fills
 */
export function drawComparison(place, fills) {
  const width = Math.max(200, place.clientWidth), inset = { textAnchor: 'start', dx: 0 };
  show(place, `Times: ${fills.map(({ label, ms }) => `${label} ${Math.round(ms)} milliseconds`).join(', ')}.`, {
    width, height: 52 * fills.length + 8, marginLeft: 0, marginRight: 0, marginTop: 4, marginBottom: 4,
    x: { axis: null, domain: [0, Math.max(...fills.map(({ ms }) => ms))] }, y: { axis: null, domain: fills.map(({ label }) => label), padding: 0 },
    marks: [
      Plot.text(fills, { x: 0, y: 'label', text: 'label', dy: -13, fontSize: 13, fill: 'var(--text)', ...inset }),
      Plot.barX(fills, { x: 'ms', y: 'label', fill: d => (d.ours ? 'var(--accent)' : 'var(--plain)'), insetTop: 24, insetBottom: 12, rx: 2 }),
    ],
  });
}

const mix = colours => t => globalThis.d3.piecewise(globalThis.d3.interpolateRgb, colours)(t);
const range = (from, to) => Array.from({ length: to - from }, (_, i) => from + i);
const ticksOf = n => (n <= 8 ? n : 4);
