import { compareGroup } from './numpyParity.ts';

compareGroup('RandomState');
