export * from './index.ts';
export { PCG64, PCG64DXSM } from './pcg64.ts';
export { MT19937 } from './mt19937.ts';
export { Philox } from './philox.ts';
export { SFC64 } from './sfc64.ts';
