export declare function golden(ndrand: typeof import('../src/index.ts')): Record<string, Record<string, string>>;
