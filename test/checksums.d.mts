export declare function checksums(ndrand: typeof import('../src/index.ts'), nn: typeof import('../src/nn/index.ts')): Promise<Record<string, string>>;
