import { compareGroup } from './numpyParity.ts';

compareGroup('Generator');
