/** SeedSequence by NumPy's names. */
import { inspect, NDArray } from '../ndarray.ts';
import { SeedSequence as Base, type Entropy } from '../seedSequence.ts';
import { addMethods, bind, callable, signature } from './call.ts';

const MADE = signature('SeedSequence entropy? * spawn_key= pool_size= n_children_spawned=');

/** What NumPy takes for entropy besides: sequences in sequences, which it flattens, and arrays. */
function toEntropy(entropy: unknown): Entropy | undefined {
  if (entropy instanceof NDArray) return entropy.data as Entropy;
  return (Array.isArray(entropy) ? entropy.flat(Infinity) : entropy) as Entropy | undefined;
}

class SeedSequence extends Base {
  constructor(...args: unknown[]) {
    const [entropy, spawnKey, poolSize, nChildrenSpawned] = bind(MADE, args) as never[];
    super(toEntropy(entropy), { spawnKey, poolSize, nChildrenSpawned });
  }

  override get state(): never {
    const { entropy, spawnKey: spawn_key, poolSize: pool_size, nChildrenSpawned: n_children_spawned } = this;
    return { entropy, spawn_key, pool_size, n_children_spawned } as never;
  }

  [inspect](): unknown {
    return this.state;
  }
}

for (const [name, camel] of [['spawn_key', 'spawnKey'], ['pool_size', 'poolSize'], ['n_children_spawned', 'nChildrenSpawned']] as const) {
  Object.defineProperty(SeedSequence.prototype, name, { get(this: Base) { return this[camel]; }, configurable: true });
}

addMethods<Base>(SeedSequence, 'generate_state n_words dtype=\nspawn n_children', (self, method, [n], options) => (
  method === 'spawn'
    ? Base.prototype.spawn.call(self, n as number).map(child => Object.setPrototypeOf(child, SeedSequence.prototype) as unknown)
    : Base.prototype.generateState.call(self, n as number, options?.dtype as 'uint32')));

const made = callable(SeedSequence);
export { made as SeedSequence };
