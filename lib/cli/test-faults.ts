import { faultPhase, runPhases, stopPhases } from './phases';
import { stopOnSignals } from './signals';

// `npm run test:faults`: the long form, which kills the worker at every step that it has and keeps the chain away for a
// minute. `npm test` includes the short form.

stopOnSignals(stopPhases);
const { failed } = await runPhases([faultPhase('long')], 1);
process.exit(failed === 0 ? 0 : 1);
