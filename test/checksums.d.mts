export declare function checksums(ndrand: typeof import('../src/index.ts'), nn: typeof import('../src/nn/index.ts'), numpy: typeof import('../src/numpy/index.ts')): Promise<Record<string, string>>;
