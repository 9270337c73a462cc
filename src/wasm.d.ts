/** What rollup.config.mjs makes of a binary: a function that gives the compiled module. */
declare module '*.wasm' {
  const compile: () => WebAssembly.Module;
  export default compile;
}

/** What its custom section says of it. */
declare module '*.wasm?version' {
  const version: string;
  export default version;
}

/** What it makes of parallel/filler.ts and all it stands on: a function that runs it over compiled binaries. */
declare module '*/filler.ts?function' {
  const make: (modules: { engine?: WebAssembly.Module; nn?: WebAssembly.Module }) => typeof import('./parallel/filler.ts');
  export default make;
}

/** And of the workers' script: its text. */
declare module '*/worker.ts?script' {
  const script: string;
  export default script;
}
