/** From the import to the first 1,000 normals. Argument: ndrand's URL. */
const begin = performance.now();
const { defaultRng } = await import(process.argv[2]);
const { data } = defaultRng(42).standardNormal(1000);
const ms = performance.now() - begin;
if (data.length !== 1000 || !data.every(Number.isFinite)) throw new Error('these are not 1,000 normals');
process.stdout.write(JSON.stringify({ ms }));
