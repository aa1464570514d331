import * as z from 'zod';
import { forgetEnv } from '@/lib/server/env';
import { deployEmbeddedLedger } from '@/lib/server/embedded/ledger';
import { migrate } from '@/lib/server/migrate';

// Run by `start` and `dev` before the application, in a process of its own: migrations always; in the embedded world
// also the contract, once, and with --seed the demonstration's history. Tells the starter where the contract is.

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const orderSchema = z.object({
  keys: z.object({ admin: hex, anchorer: hex, registrar: hex, reviewer: hex }),
  contract: z.object({ address: z.string(), blockNumber: z.number() }).nullable(),
});

async function prepareEmbedded(order: z.output<typeof orderSchema>): Promise<void> {
  const deployed = await deployEmbeddedLedger(process.env.CHAIN_RPC_URL ?? '', order.keys, order.contract);
  process.env.CONTRACT_ADDRESS = deployed.address;
  forgetEnv();
  if (process.argv.includes('--seed')) {
    console.log('Making the demonstration registry: real tenders, sealed, opened and anchored …');
    const { seedDemonstration } = await import('@/lib/demo/seed');
    await seedDemonstration();
  }
  const { address, blockNumber } = deployed;
  await new Promise<void>((resolve) => {
    if (process.send) process.send({ contract: { address, blockNumber } }, () => resolve());
    else resolve();
  });
}

try {
  const applied = await migrate(process.env.DATABASE_OWNER_URL || process.env.DATABASE_URL || '');
  if (applied.length > 0) console.log(`Database: ${applied.length} migration(s) applied.`);
  const order = process.env.EMBEDDED_ORDER;
  if (order) await prepareEmbedded(orderSchema.parse(JSON.parse(order)));
  process.exit(0);
} catch (error) {
  console.error(error);
  process.exit(1);
}
