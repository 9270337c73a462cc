import type { FloatDType } from '../dtype.ts';
import type { Kernel } from '../fill.ts';
export function truncatedKernel(_mean: number, _std: number, _low: number, _high: number, _dtype: FloatDType): Kernel { throw new Error('to come'); }
