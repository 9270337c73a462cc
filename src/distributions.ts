/** Distributions with parameters: what they take, how their arrays broadcast, what container their samples need. */
import { toResult, toTarget, type Target } from './arguments.ts';
import type { BitGenerator } from './bitGenerator.ts';
import { broadcast, isParameters, spread, toParameters, type Range, type Take } from './broadcast.ts';
import { NONE, type Options } from './checks.ts';
import { dtypeOf, integerLimits, isFloatDType, numberDTypes, type DType, type FloatDType } from './dtype.ts';
import { kernels, out, OUT_BYTES } from './engine.ts';
import { rangeError, typeError } from './errors.ts';
import { fillArray, plainKernel, type Kernel } from './fill.ts';
import { NDArray } from './ndarray.ts';

/** What values a parameter takes: all between two of them too. Most are NumPy's constraints (numpy/random/_common.pyx), NaN included. */
export interface Rule {
  takes: string;
  fits(value: number): boolean;
}

export const anyNumber: Rule = { takes: 'a number', fits: () => true };
// a negative zero is refused, NaN is not: NumPy asks for the sign bit
export const nonNegative: Rule = { takes: 'a number of at least 0', fits: value => !(value < 0 || Object.is(value, -0)) };
export const positive: Rule = { takes: 'a number above 0', fits: value => !(value <= 0) };
export const positiveNumber: Rule = { takes: 'a number above 0, not NaN', fits: value => value > 0 };
export const probability: Rule = { takes: 'a number in [0, 1]', fits: value => value >= 0 && value <= 1 };
export const positiveProbability: Rule = { takes: 'a number in (0, 1]', fits: value => value > 0 && value <= 1 };

/** A number that a rule takes. */
export function checkRule(name: string, value: unknown, { takes, fits }: Rule): number {
  if (typeof value !== 'number') throw typeError(name, value, takes);
  if (!fits(value)) throw rangeError(name, value, takes);
  return value;
}

/** A parameter: `otherwise` is its value where it is not given; a `whole` one is an integer, a bigint past 2^53. */
export interface Parameter {
  name: string;
  rule: Rule;
  otherwise?: number;
  whole?: boolean;
}

export function parameter(name: string, rule: Rule, otherwise?: number): Parameter {
  return { name, rule, otherwise };
}

/** A distribution of real numbers, its samples made by one of the engine's kernels. */
export interface Law {
  fill(n: number, each: boolean): void;
  /** The kernel of float32, where there is one. */
  fill32?(n: number, each: boolean): void;
  parameters: readonly Parameter[];
  /**
   * What is to hold between parameters: throws. Where it holds for all sets of extremes it does for what lies between; `exact` has whole ones past 2^53 as
   * bigints.
   */
  check?(a: number, b: number, c: number, exact: readonly (number | bigint)[]): void;
}

/** One of integers. `form` is the kernel's: 0 for int32, 1 for float64, 2 for int64. */
export interface CountLaw extends Omit<Law, 'fill' | 'fill32'> {
  fill(n: number, each: boolean, form: number): void;
  /** The most that can come with these parameters; no more than 2^63 is asked for. Of a range of one of them it is the most at an end. */
  most(a: number, b: number, c: number): number;
}

/** The parts of the output block where the parameters wait (PART in assembly/memory.ts), and those of integers. */
export const PART = OUT_BYTES / 32;
export const parts = [1, 2, 3].map(k => out.float64.subarray(k * PART, (k + 1) * PART));
export const wholeParts = [1, 2, 3].map(k => out.int64.subarray(k * PART, (k + 1) * PART));

/** A parameter as it was read: one value, or an array of them. */
export type Read = number | bigint | Range;

/** Checks one value; `place` is where it stands in an array. */
function readOne({ name, rule, whole }: Parameter, value: unknown, place?: () => string): number | bigint {
  const bad = (error: typeof typeError): Error => error(name + (place?.() ?? ''), value, rule.takes + (whole ? ', whole' : '') + (place ? '' : ', or an array of them'));
  if (typeof value !== 'number' && typeof value !== 'bigint') throw bad(typeError);
  const fits = rule.fits(Number(value)) && (!whole || (typeof value === 'number' ? Number.isSafeInteger(value) : BigInt.asIntN(64, value) === value));
  if (!fits) throw bad(rangeError);
  return whole ? value : Number(value);
}

export function read(of: Parameter, value: unknown): Read {
  if (value === undefined && of.otherwise !== undefined) return of.otherwise;
  if (!isParameters(value)) return readOne(of, value);
  const found = toParameters(of.name, value, of.whole === true, (element, place) => readOne(of, element, place), of.rule.fits);
  return found.shape.length === 0 ? (found.data[0] as number | bigint) : found;
}

/** Calls `visit` with each set of parameters. */
function visitAll(reads: readonly Read[], takes: readonly (Take | null)[], length: number, visit: (set: readonly (number | bigint)[]) => void): void {
  if (reads.every(each => typeof each !== 'object')) return visit(reads as (number | bigint)[]);
  for (let at = 0; at < length; at += PART) {
    const n = Math.min(PART, length - at);
    const columns = reads.map((each, k) => {
      if (takes[k] === null) return undefined;
      const into = typeof each === 'object' && typeof each.data[0] === 'bigint' ? wholeParts[k] : parts[k];
      takes[k]!(into, 0, n);
      return into;
    });
    // one list for all (measured: a new one for each took 100 ns)
    const set = reads.slice() as (number | bigint)[];
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < set.length; k++) if (columns[k]) set[k] = columns[k]![i];
      visit(set);
    }
  }
}

/** What holds counts up to `most`: the kernel's form of them, the dtype they have by default, and those they may have. */
export function containerOf(most: number, { dtype, out: into }: Options): { form: number; usual: DType; dtypes: readonly DType[] } {
  dtype ??= into instanceof NDArray ? into.dtype : dtypeOf(into);
  const form = most < 2 ** 31 ? 0 : most <= 2 ** 53 ? 1 : 2, dtypes = numberDTypes.filter(each => holds(each, most));
  if (numberDTypes.some(each => each === dtype) && !dtypes.some(each => each === dtype)) throw rangeError('dtype', dtype, `a dtype that holds every count up to ${most}`);
  return { form, usual: (['int32', 'float64', 'int64'] as const)[form], dtypes };
}

/** The block that a kernel of that form writes. */
export const viewOf = (form: number): Kernel['view'] => [out.int32, out.float64, out.int64][form];

/** A distribution with its parameters read, broadcast and checked. */
interface Prepared {
  target: Target<DType>;
  kernel: Kernel;
}

function prepare(law: Law | CountLaw, values: readonly unknown[], size: unknown, options: Options, dtypes: readonly DType[]): Prepared {
  const { parameters } = law;
  const reads = parameters.map((of, k) => read(of, values[k]));
  const arrays = reads.filter(each => typeof each === 'object');
  if (arrays.length > 0 && size === undefined && options.size === undefined && options.out === undefined) size = broadcast(parameters.map(of => of.name), reads);
  const takesOf = (target: { data: Target<DType>['data']; shape: readonly number[] }): (Take | null)[] =>
    reads.map((each, k) => (typeof each === 'object' ? spread(parameters[k].name, each, target) : null));

  let form = 1, usual: DType = 'float64';
  if ('most' in law || law.check) {
    // before there is a target to write to
    const shape = arrays.length > 0 ? broadcast(parameters.map(of => of.name), reads) : [];
    const length = shape.reduce((product, dimension) => product * dimension, 1);
    let most = 0, done = false;
    const visit = (set: readonly (number | bigint)[]): void => {
      const a = Number(set[0]), b = Number(set[1]), c = Number(set[2]);
      law.check?.(a, b, c, set);
      if ('most' in law) most = Math.max(most, law.most(a, b, c));
    };
    if (length > 0 && arrays.length > 0 && arrays.every(each => each.least <= each.most)) {
      // the extremes tell enough nearly always
      try {
        for (let ends = 0; ends < 1 << reads.length; ends++) visit(reads.map((each, k) => (typeof each !== 'object' ? each : ends >> k & 1 ? each.most : each.least)));
        done = arrays.length === 1 || (most < 2 ** 31 && options.dtype === undefined && options.out === undefined);
      } catch {}
    }
    if (!done) {
      most = 0;
      visitAll(reads, takesOf({ data: new Float64Array(0), shape }), length, visit);
    }
    if ('most' in law) ({ form, usual, dtypes } = containerOf(most, options));
  }
  const target = toTarget<DType>(size, options, dtypes, usual);
  const single = !('most' in law) && target.dtype === 'float32';
  const view = single ? out.float32 : viewOf(form);
  const fill = (n: number, each: boolean): void => (single ? law.fill32!(n, each) : law.fill(n, each, form));
  const wholes = reads.map((_, k) => parameters[k].whole === true);
  const one = (k: number, value: number | bigint, n: number): void => {
    if (wholes[k]) wholeParts[k].fill(BigInt(value), 0, n);
    else parts[k].fill(value as number, 0, n);
  };
  if (arrays.length === 0) {
    return {
      target,
      kernel: plainKernel(view, n => {
        // a long fill writes over them
        reads.forEach((each, k) => one(k, each as number, 1));
        fill(n, false);
      }),
    };
  }
  const takes = takesOf({ data: target.data, shape: target.shape! });
  return {
    target,
    kernel: plainKernel(view, n => {
      reads.forEach((each, k) => {
        if (takes[k] === null) one(k, each as number, n);
        else takes[k](wholes[k] ? wholeParts[k] : parts[k], 0, n);
      });
      fill(n, true);
    }, PART),
  };
}

/** Does a dtype hold every count from 0 to `most`? */
function holds(dtype: DType, most: number): boolean {
  if (isFloatDType(dtype)) return most <= (dtype === 'float32' ? 2 ** 24 : 2 ** 53);
  return BigInt(Math.ceil(Math.min(most, 2 ** 63 - 1024))) <= integerLimits(dtype)[1];
}

const REALS = ['float64'] as const, FLOATS = ['float64', 'float32'] as const;

/** One draw without size and options, of plain numbers: by way of `prepare` it would take five times as long (measured). Undefined where there is an array. */
function drawOne(generator: BitGenerator, law: Law | CountLaw, values: readonly unknown[], form: number): number | undefined {
  const { parameters } = law;
  for (let k = 0; k < parameters.length; k++) {
    const of = parameters[k], value = values[k] === undefined ? of.otherwise : values[k];
    if (typeof value !== 'number') return undefined;
    single[k] = value;
    readOne(of, value);
  }
  law.check?.(single[0], single[1], single[2], single);
  if ('most' in law && law.most(single[0], single[1], single[2]) > 2 ** 53) return undefined;
  generator.resume(null, 1);
  for (let k = 0; k < parameters.length; k++) {
    if (parameters[k].whole) wholeParts[k][0] = BigInt(single[k]);
    else parts[k][0] = single[k];
  }
  law.fill(1, false, form);
  return out.float64[0];
}

/** Its parameters. */
const single = [0, 0, 0];

/** Draws real numbers. */
export function drawReals(generator: BitGenerator, law: Law, values: readonly unknown[], size: unknown, options: Options): number | NDArray<FloatDType> {
  if (size === undefined && options === NONE) {
    const value = drawOne(generator, law, values, 1);
    if (value !== undefined) return value;
  }
  const { target, kernel } = prepare(law, values, size, options, law.fill32 ? FLOATS : REALS);
  fillArray(generator, kernel, target.data);
  return toResult(target) as number | NDArray<FloatDType>;
}

/** Draws counts: a number without a size, a bigint only where no number is the count. */
export function drawCounts(generator: BitGenerator, law: CountLaw, values: readonly unknown[], size: unknown, options: Options): number | bigint | NDArray {
  if (size === undefined && options === NONE) {
    const value = drawOne(generator, law, values, 1);
    if (value !== undefined) return value;
  }
  const { target, kernel } = prepare(law, values, size, options, numberDTypes);
  fillArray(generator, kernel, target.data);
  const result = toResult(target) as number | bigint | NDArray;
  if (typeof result !== 'bigint' || options.dtype !== undefined) return result;
  return BigInt(Number(result)) === result ? Number(result) : result;
}

const scale = parameter('scale', nonNegative, 1), located = [parameter('loc', anyNumber, 0), scale];

/** Of real numbers. */
export const laws = {
  laplace: { fill: kernels.fillLaplace, parameters: located },
  gumbel: { fill: kernels.fillGumbel, parameters: located },
  logistic: { fill: kernels.fillLogistic, parameters: located },
  lognormal: { fill: kernels.fillLognormal, parameters: [parameter('mean', anyNumber, 0), parameter('sigma', nonNegative, 1)] },
  exponential: { fill: kernels.fillScaledExponential, parameters: [scale] },
  rayleigh: { fill: kernels.fillRayleigh, parameters: [scale] },
  pareto: { fill: kernels.fillPareto, parameters: [parameter('a', positive)] },
  weibull: { fill: kernels.fillWeibull, parameters: [parameter('a', nonNegative)] },
  power: { fill: kernels.fillPower, parameters: [parameter('a', positive)] },
  standardGamma: { fill: kernels.fillStandardGamma, fill32: kernels.fillStandardGamma32, parameters: [parameter('shape', nonNegative)] },
  gamma: { fill: kernels.fillGamma, parameters: [parameter('shape', nonNegative), scale] },
  beta: { fill: kernels.fillBeta, parameters: [parameter('a', positive), parameter('b', positive)] },
  chisquare: { fill: kernels.fillChiSquare, parameters: [parameter('df', positive)] },
  noncentralChisquare: { fill: kernels.fillNoncentralChiSquare, parameters: [parameter('df', positive), parameter('nonc', nonNegative)] },
  f: { fill: kernels.fillF, parameters: [parameter('dfnum', positive), parameter('dfden', positive)] },
  noncentralF: { fill: kernels.fillNoncentralF, parameters: [parameter('dfnum', positive), parameter('dfden', positive), parameter('nonc', nonNegative)] },
  standardT: { fill: kernels.fillStudentT, parameters: [parameter('df', positive)] },
  standardCauchy: { fill: kernels.fillCauchy, parameters: [] },
  vonmises: { fill: kernels.fillVonMises, parameters: [parameter('mu', anyNumber), parameter('kappa', nonNegative)] },
  wald: { fill: kernels.fillWald, parameters: [parameter('mean', positive), parameter('scale', positive)] },
  triangular: {
    fill: kernels.fillTriangular,
    parameters: [parameter('left', anyNumber), parameter('mode', anyNumber), parameter('right', anyNumber)],
    check(left, mode, right) {
      if (left > mode) throw rangeError('mode', mode, `a number of at least left, ${left}`);
      if (mode > right) throw rangeError('right', right, `a number of at least mode, ${mode}`);
      if (left === right) throw rangeError('right', right, `a number above left, ${left}`);
    },
  },
} satisfies Record<string, Law>;
