import { fastUnitPhase, inWords, runPhases, staticPhases, stopPhases } from './phases';
import { stopOnSignals } from './signals';

// `npm run check`: what needs no database and no browser, in less than a minute.

stopOnSignals(stopPhases);
const total = await runPhases([fastUnitPhase, ...staticPhases], 2);
console.log(inWords(total));
process.exit(total.failed === 0 ? 0 : 1);
