/** The one way arguments are refused: the parameter, the value it got, what it takes. */

/** A short, safe rendering of any value for an error message. */
export function show(value: unknown): string {
  let text: string;
  if (typeof value === 'string') text = JSON.stringify(value);
  else if (typeof value === 'bigint') text = `${value}n`;
  // not toString(): the bundle's minifier makes that '' + value, which throws for a symbol
  else if (typeof value === 'symbol') text = `Symbol(${value.description ?? ''})`;
  else if (typeof value === 'function') text = `function ${value.name}`;
  else if (ArrayBuffer.isView(value)) text = `${value.constructor.name}(${(value as unknown as { length?: number }).length ?? value.byteLength})`;
  else if (Array.isArray(value)) text = `[${value.slice(0, 6).map(v => (typeof v === 'object' && v !== null ? '…' : show(v))).join(', ')}${value.length > 6 ? ', …' : ''}]`;
  else if (typeof value === 'object' && value !== null) text = value.constructor?.name && value.constructor !== Object ? `a ${value.constructor.name}` : `{${Object.keys(value).slice(0, 6).join(', ')}}`;
  else text = String(value);
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

/** A RangeError: a value of the right kind, out of range. */
export function rangeError(parameter: string, value: unknown, takes: string): RangeError {
  return new RangeError(`${parameter}: got ${show(value)}, takes ${takes}`);
}

/** A TypeError: a value of the wrong kind. */
export function typeError(parameter: string, value: unknown, takes: string): TypeError {
  return new TypeError(`${parameter}: got ${show(value)}, takes ${takes}`);
}
