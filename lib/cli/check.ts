import { runPhases, staticPhases, stopPhases, unitPhase } from './phases';
import { stopOnSignals } from './signals';

// `npm run check`: what needs no database and no browser, in less than a minute.

stopOnSignals(stopPhases);
const { passed, failed } = await runPhases([...staticPhases, unitPhase], 2);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
