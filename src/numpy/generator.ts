/** Generator by NumPy's names: a table over the camelCase class. */
import { oneOf } from '../checks.ts';
import { typeError } from '../errors.ts';
import { Generator as Base } from '../generator.ts';
import { inspect } from '../ndarray.ts';
import { BitGenerator, PCG64 } from './bitGenerators.ts';
import { addMethods, bind, callable, signature } from './call.ts';
import { RandomState } from './randomState.ts';
import { DISTRIBUTIONS } from './signatures.ts';

/** Calls a camelCase method. */
type Methods = Record<string, (...args: unknown[]) => unknown>;

class Generator {
  readonly bit_generator: BitGenerator;
  /** The camelCase one. */
  readonly base: Base;

  constructor(...args: unknown[]) {
    [this.bit_generator] = bind(MADE, args) as [BitGenerator];
    if (!(this.bit_generator instanceof BitGenerator)) throw typeError('bit_generator', this.bit_generator, 'a bit generator of np.random');
    this.base = new Base(this.bit_generator.base);
  }

  toString(): string {
    return `Generator(${this.bit_generator.base.name})`;
  }

  [inspect](): string {
    return String(this);
  }
}

const MADE = signature('Generator bit_generator');

addMethods<Generator>(Generator, `${DISTRIBUTIONS}
random size? dtype= out?
standard_normal size? dtype= out?
standard_exponential size? dtype= method= out?
standard_gamma shape size? dtype= out?
integers low high? size? dtype= endpoint=
choice a size? replace= p? axis= shuffle=
shuffle x axis=
permutation x axis=
permuted x * axis? out?
bytes length
spawn n_children
multivariate_normal mean cov size? check_valid= tol= * method=
multivariate_hypergeometric colors nsample size? method=`, ({ base, bit_generator }, method, own, options) => {
  if (method === 'spawn') {
    const bits = bit_generator as BitGenerator & { spawn(n: unknown): BitGenerator[] };
    return bits.spawn(own[0]).map(child => new Generator(child));
  }
  // NumPy's names for the exponential's methods
  if (method === 'standardExponential' && options?.method !== undefined) {
    options.method = oneOf('method', options.method, ['zig', 'inv'], 'zig') === 'zig' ? 'ziggurat' : 'inverse';
  }
  // ndrand's own two take no bigints
  if (method === 'uniform' || method === 'normal') own = own.map(value => (typeof value === 'bigint' ? Number(value) : value));
  return (base as unknown as Methods)[method](...own, ...(options ? [options] : []));
});

const FROM = signature('default_rng seed?');

/** A Generator on PCG64 from a seed; on the bit generator that is given, or a RandomState's; a Generator itself. */
export function default_rng(...args: unknown[]): Generator {
  const [seed] = bind(FROM, args);
  if (seed instanceof Generator) return seed;
  return new Generator(seed instanceof RandomState ? seed._bit_generator : seed instanceof BitGenerator ? seed : new PCG64({ seed }));
}

const made = callable(Generator);
export { made as Generator };
