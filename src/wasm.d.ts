/** What rollup.config.mjs makes of the engine's binary: a function that gives the compiled module. */
declare module '*.wasm' {
  const compile: () => WebAssembly.Module;
  export default compile;
}
