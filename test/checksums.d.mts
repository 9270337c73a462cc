export declare function checksums(ndrand: typeof import('../src/index.ts')): Promise<Record<string, string>>;
