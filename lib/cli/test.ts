import { ensureChromium } from './chromium';
import {
  contractPhase,
  endToEndPhase,
  faultPhase,
  inBrowserPhase,
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
  await add(runPhases([inBrowserPhase(executable, env), endToEndPhase(executable, env)], 1));
} catch (error) {
  console.log(`✗ browser and end-to-end\n${error instanceof Error ? error.message : String(error)}`);
  total.failed += 1;
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
