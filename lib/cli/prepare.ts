import * as z from 'zod';
import { ChainError } from '@/lib/server/chain/chain-error';
import { ConfigurationError, forgetEnv } from '@/lib/server/env';
import { deployEmbeddedLedger } from '@/lib/server/embedded/ledger';
import { checkWorld, refuseProblems } from '@/lib/server/check-world';
import { disconnect } from '@/lib/server/db';
import { migrate } from '@/lib/server/migrate';
import { world } from '@/lib/server/world';

// Run by `start` and `dev` before the application, in a process of its own: migrations always; in the embedded world
// also the contract, once, and with --seed the demonstration's history. Tells the starter where the contract is. Then
// everything is checked against each other: with wrong keys, or another registry's contract, nothing is started.

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const orderSchema = z.object({
  keys: z.object({ admin: hex, anchorer: hex, registrar: hex, reviewer: hex }),
  contract: z.object({ address: z.string(), blockNumber: z.number() }).nullable(),
});

async function prepareEmbedded(order: z.output<typeof orderSchema>): Promise<void> {
  const rpcUrl = process.env.CHAIN_RPC_URL ?? '';
  const deployed = await deployEmbeddedLedger(rpcUrl, order.keys, order.contract).catch((error: unknown) => {
    if (!(error instanceof ChainError) || error.code !== 'code-mismatch') throw error;
    const message =
      'The data folder holds a demonstration that another release made, with a contract of its own. ' +
      'Begin anew by npm start -- --reset, or start that release to look at it again.';
    throw new ConfigurationError([message]);
  });
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

async function migrateAll(): Promise<void> {
  const owner = process.env.DATABASE_OWNER_URL;
  const applied = await migrate(owner || process.env.DATABASE_URL || '').catch((error: unknown) => {
    if (owner) throw error;
    const hint =
      'Migrations need the owner of the tables: set DATABASE_OWNER_URL (README, "Running it for real").';
    throw new Error(`The database could not be migrated. ${hint}`, { cause: error });
  });
  if (applied.length > 0) console.log(`Database: ${applied.length} migration(s) applied.`);
}

async function check(): Promise<void> {
  const { problems, away } = await checkWorld(world());
  refuseProblems(problems);
  if (away !== null)
    console.warn(`The chain could not be checked; filing goes on, and anchoring when it is back. ${away}`);
}

try {
  await migrateAll();
  const order = process.env.EMBEDDED_ORDER;
  if (order) await prepareEmbedded(orderSchema.parse(JSON.parse(order)));
  await check();
  await disconnect();
  process.exit(0);
} catch (error) {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exit(1);
}
