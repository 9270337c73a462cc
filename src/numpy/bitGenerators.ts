/** NumPy's bit generators by its names: each stands on the camelCase one. */
import { BitGenerator as Base, type BitGeneratorState } from '../bitGenerator.ts';
import { typeError } from '../errors.ts';
import { MT19937 as BaseMT19937, type LegacySeed } from '../mt19937.ts';
import { inspect } from '../ndarray.ts';
import { PCG64 as BasePCG64, PCG64DXSM as BasePCG64DXSM } from '../pcg64.ts';
import { Philox as BasePhilox } from '../philox.ts';
import { SeedSequence as BaseSequence } from '../seedSequence.ts';
import { SFC64 as BaseSFC64 } from '../sfc64.ts';
import { addMethods, bind, callable, isPlain, signature } from './call.ts';
import { SeedSequence } from './seedSequence.ts';
import { fromNumPy, fromTuple, toNumPy } from './state.ts';

export class BitGenerator {
  /** The camelCase one. */
  readonly base: Base;

  constructor(base: Base) {
    if (!(base instanceof Base)) throw new TypeError('BitGenerator is a base class and cannot be instantiated');
    this.base = base;
  }

  get seed_seq(): BaseSequence | null {
    return this.base.seedSeq;
  }

  get state(): unknown {
    return toNumPy(this.base.state);
  }

  set state(value: unknown) {
    const { base } = this, isMT = base.name === 'MT19937', given = isMT && Array.isArray(value) ? fromTuple(value) : value;
    if (!isPlain(given)) throw typeError('state', value, 'a dictionary, as `state` gives it');
    base.state = fromNumPy(given, isMT) as BitGeneratorState;
  }

  [inspect](): unknown {
    return this.state;
  }
}

addMethods<BitGenerator>(BitGenerator, 'random_raw size? output=\nspawn n_children', ({ base, constructor }, method, [first], options) => {
  if (method === 'spawn') return base.spawn(first as number).map(child => new (constructor as typeof Over)(child));
  const words = base.randomRaw(options?.size as number);
  return first === false ? undefined : words; // first is output
});

/** A class over `Class`; its constructor takes a camelCase one too. */
declare class Over extends BitGenerator {
  constructor(...args: unknown[]);
}

function over(name: string, Class: new (seed: BaseSequence | undefined, options?: object) => Base, parameters: string, methods: string): typeof Over {
  const read = signature(`${name} seed?${parameters}`);
  const made = {
    [name]: class extends BitGenerator {
      constructor(...args: unknown[]) {
        if (args[0] instanceof Class) super(args[0]);
        else {
          const [seed, counter, key] = bind(read, args);
          const sequence = key !== undefined && seed === undefined ? undefined : seed instanceof BaseSequence ? seed : new SeedSequence({ entropy: seed });
          super(new Class(sequence, parameters ? { counter, key } : undefined));
        }
      }
    },
  }[name];
  if (methods) {
    addMethods<BitGenerator>(made, methods, (self, method, [by]) => {
      if (method === 'jumped') return new made(self.base.jumped(by as number));
      if (method === 'advance') self.base.advance(by as number);
      else (self.base as BaseMT19937).legacySeeding(by as LegacySeed);
      return method === 'advance' ? self : undefined;
    });
  }
  return callable(made);
}

const JUMPED = 'jumped jumps=', BOTH = `${JUMPED}\nadvance delta`;
export const PCG64 = over('PCG64', BasePCG64, '', BOTH);
export const PCG64DXSM = over('PCG64DXSM', BasePCG64DXSM, '', BOTH);
export const MT19937 = over('MT19937', BaseMT19937, '', `${JUMPED}\n_legacy_seeding seed?`);
export const Philox = over('Philox', BasePhilox, ' counter? key?', BOTH);
export const SFC64 = over('SFC64', BaseSFC64, '', '');
