import { compareGroup } from './numpyParity.ts';

compareGroup('Generator', kind => kind === 'PCG64');
