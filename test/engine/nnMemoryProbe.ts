// @ts-nocheck: AssemblyScript, compiled by memory.test.ts; asc finds assembly/ by its --path
/** The binary of ndrand/nn whole, and where its regions end. */
export * from 'assembly/nn/index';

export function end(): usize { return __heap_base; }
