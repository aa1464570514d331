import { ensureChromium } from './chromium';
import {
  browserPhase,
  contractPhase,
  faultPhase,
  integrationPhase,
  runPhases,
  staticPhases,
  stopPhases,
  unitPhase,
} from './phases';
import { stopOnSignals } from './signals';

// `npm test`: everything, each phase to its end even when an earlier one failed. The last line is the sum.

stopOnSignals(stopPhases);
const total = await runPhases(staticPhases, 2);

async function add(run: Promise<{ passed: number; failed: number }>): Promise<void> {
  const { passed, failed } = await run;
  total.passed += passed;
  total.failed += failed;
}

await add(runPhases([unitPhase, contractPhase, integrationPhase, faultPhase('short')], 1));
try {
  const { executable, env } = await ensureChromium();
  await add(runPhases([browserPhase(executable, env)], 1));
} catch (error) {
  console.log(`✗ end-to-end\n${error instanceof Error ? error.message : String(error)}`);
  total.failed += 1;
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
