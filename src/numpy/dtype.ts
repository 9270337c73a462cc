/** NumPy's spellings of the dtypes. */
import { typeError } from '../errors.ts';
import type { DType } from '../dtype.ts';

/** Each dtype with NumPy's other names and codes for it, on 64-bit Linux. */
const spellings = `bool ? b1 bool_
int8 b i1 byte
uint8 B u1 ubyte
int16 h i2 short
uint16 H u2 ushort
int32 i i4 intc
uint32 I u4 uintc
int64 l i8 q p n int int_ long longlong intp
uint64 L u8 Q P N uint ulong ulonglong uintp
float32 f f4 single
float64 d f8 double float`;

const bySpelling = new Map(spellings.split('\n').flatMap(line => {
  const names = line.split(' ');
  return names.map(name => [name, names[0] as DType]);
}));

/** The dtype of a spelling; the byte order may stand before a code where it is the machine's. None is float64. */
export function toDType(value: unknown): DType {
  const takes = `one of ${[...new Set(bySpelling.values())].join(', ')}, or NumPy's codes for them`;
  if (value === null) return 'float64';
  const dtype = bySpelling.get(typeof value === 'string' ? value.replace(/^[<=|](?=\w\d$)/, '') : '');
  if (dtype === undefined) throw typeError('dtype', value, takes);
  return dtype;
}

/** np.float32 and the like: their names, to be given as `dtype`. */
export const dtypeNames = Object.fromEntries([...bySpelling].filter(([name]) => name.length > 2 && name !== 'int' && name !== 'float'));
