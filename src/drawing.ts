/** What all of a Generator's methods stand on. */
import { toResult, type Target } from './arguments.ts';
import { BitGenerator } from './bitGenerator.ts';
import type { DType } from './dtype.ts';
import { typeError } from './errors.ts';
import { fillArray, type Kernel } from './fill.ts';
import type { NDArray } from './ndarray.ts';

export abstract class Drawing {
  /** The stream of words under this generator. */
  readonly bitGenerator: BitGenerator;

  /** @throws TypeError for anything but a bit generator */
  constructor(bitGenerator: BitGenerator) {
    if (!(bitGenerator instanceof BitGenerator)) throw typeError('bitGenerator', bitGenerator, 'a BitGenerator');
    this.bitGenerator = bitGenerator;
  }

  /** @internal */
  protected draw<D extends DType>(target: Target<D>, kernel: Kernel): NDArray<D> | ReturnType<typeof toResult<D>> {
    fillArray(this.bitGenerator, kernel, target.data);
    return toResult(target);
  }
}
