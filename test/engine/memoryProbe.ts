// @ts-nocheck: AssemblyScript, compiled by memory.test.ts; asc finds assembly/ by its --path
/** The engine whole, and where its regions end. */
export * from 'assembly/index';

export function end(): usize { return __heap_base; }
