/** The ABI of `ndrand/nn`'s binary: every export, a line each. */
import { IN, MOST } from './dropout';

export function inAt(): usize { return IN; }
export function inElements(): i32 { return MOST; }
export { dropout32, dropout64, packedMask, unpackMask } from './dropout';
export { qrBegin, qrBytes, qrMost, qrRun, qrTake32, qrTake64 } from './qr';
export { fillTruncated32, fillTruncated64, setTruncated } from './truncated';
export { blockSums, cumulativeWeights, greatestOf, softmaxWeights, tallyAt, tallyBins, tallyShift, tallyTop } from './softmax';
export { powerOf, sketchSums } from './sketch';
