import { ensureChromium } from './chromium';
import {
  contractPhase,
  endToEndPhase,
  faultPhase,
  inBrowserPhase,
  integrationPhase,
  inWords,
  NOTHING,
  plus,
  runPhases,
  type Outcome,
  staticPhases,
  stopPhases,
  unitPhase,
} from './phases';
import { stopOnSignals } from './signals';

// `npm test`: everything, each phase to its end even when an earlier one failed. The last line is the sum.

stopOnSignals(stopPhases);
let total = await runPhases(staticPhases, 2);

async function add(run: Promise<Outcome>): Promise<void> {
  total = plus(total, await run);
}

await add(runPhases([unitPhase, contractPhase, integrationPhase, faultPhase('short')], 1));
try {
  const { executable, env } = await ensureChromium();
  await add(runPhases([inBrowserPhase(executable, env), endToEndPhase(executable, env)], 1));
} catch (error) {
  console.log(`✗ browser and end-to-end\n${error instanceof Error ? error.message : String(error)}`);
  total = plus(total, { ...NOTHING, failed: 1 });
}
console.log(inWords(total));
process.exit(total.failed === 0 ? 0 : 1);
