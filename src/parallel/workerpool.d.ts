/** The parts of workerpool that are used, by the files they stand in: its index has the other half of each. */
declare module 'workerpool/src/Pool.js' {
  interface Handler {
    /** A Worker of the web, or of Node; the latter keep the process alive or not. */
    worker: { ref?(): void; unref?(): void } | null;
    terminated: boolean;
  }
  export default class Pool {
    constructor(script: string, options: { maxWorkers: number; workerType: 'thread' | 'web'; onCreateWorker(): { script: unknown; workerThreadOpts?: object } });
    readonly workers: readonly Handler[];
    maxWorkers: number;
    exec(method: string, params: readonly unknown[], options?: { transfer?: readonly unknown[] }): PromiseLike<unknown>;
    terminate(force: boolean): PromiseLike<unknown>;
  }
}

declare module 'workerpool/src/environment.js' {
  const environment: { platform: 'node' | 'browser' };
  export default environment;
}

declare module 'workerpool/src/worker.js' {
  const worker: { add(methods: Record<string, (...args: never[]) => unknown>): void };
  export default worker;
}

declare module 'workerpool/src/transfer.js' {
  export default class Transfer {
    constructor(message: unknown, transfer: readonly unknown[]);
  }
}
