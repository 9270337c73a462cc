/** ndrand/init: binaries compiled elsewhere, for hosts that forbid compiling bytes, or to compile while they stream. */
import engine from '../build/release.wasm?version';
import nn from '../build/nn.wasm?version';
import { typeError } from './errors.ts';

const TAKES = 'a WebAssembly.Module or { engine, nn }';

/** What this version's binaries have in their custom section. */
const versions = { engine, nn };

/** The binaries: the engine's, and that of `ndrand/nn`. */
type Name = keyof typeof versions;

const given: Partial<Record<Name, WebAssembly.Module>> = {};

/** @internal The modules in use: `ndrand/parallel` hands them to its workers. */
export const modules: Partial<Record<Name, WebAssembly.Module>> = {};

/** @internal The module `name`: the one given, else what is inlined, compiled here. */
export function compiled(name: Name, compile: () => WebAssembly.Module): WebAssembly.Module {
  return (modules[name] ??= given[name] ?? compile());
}

/** The version that a module says it is of. */
function versionOf(module: WebAssembly.Module): string {
  const [section] = WebAssembly.Module.customSections(module, 'ndrand');
  return section === undefined ? '' : String.fromCharCode(...new Uint8Array(section));
}

/**
 * Takes the binaries as compiled modules, in place of the bytes that the package has inside: that of `ndrand/engine.wasm`, and where `ndrand/nn` or
 * `ndrand/parallel` is used that of `ndrand/nn.wasm`. It comes before those are imported: followed by `import()`, or in a module of your own that is
 * imported first and awaits nothing, as what awaits does not hold up the imports after it. A binary that is not given is compiled from the bytes.
 *
 * @param binaries the engine's WebAssembly.Module, or `{ engine, nn }`, one or both: of this version's binaries
 * @throws TypeError for what is no such module, where none is given, or where it comes too late
 * @example
 * ```js
 * import { init } from 'ndrand/init';
 * init(await WebAssembly.compileStreaming(fetch('/node_modules/ndrand/dist/engine.wasm')));
 * const { randn } = await import('ndrand');
 * ```
 */
export function init(binaries: object | { engine?: object; nn?: object }): void {
  if (binaries instanceof WebAssembly.Module) return init({ engine: binaries });
  if (typeof binaries !== 'object' || binaries === null) throw typeError('binaries', binaries, TAKES);
  const all = Object.entries(binaries).filter(([, module]) => module !== undefined) as [Name, WebAssembly.Module][];
  if (all.length === 0) throw typeError('binaries', binaries, TAKES);
  for (const [name, module] of all) {
    if (!Object.hasOwn(versions, name)) throw typeError('binaries', name, TAKES);
    if (!(module instanceof WebAssembly.Module)) throw typeError(name, module, 'a WebAssembly.Module');
    if (versionOf(module) !== versions[name]) throw typeError(name, versionOf(module), `this version's binary, ${versions[name]}`);
    if (modules[name] !== undefined) throw new TypeError(`${name}: comes too late, as it is in use: init takes it before ndrand is imported`);
  }
  Object.assign(given, Object.fromEntries(all));
}
