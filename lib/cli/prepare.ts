import { forgetEnv } from '@/lib/server/env';
import { migrate } from '@/lib/server/migrate';
import { deployEmbeddedLedger } from './embedded-ledger';

// Run by `start` and `dev` before the application, in a process of its own: migrations always; in the embedded world
// also the contract, once, and with --seed the demonstration's history. Tells the starter the contract's address.

const databaseUrl = process.env.DATABASE_URL ?? '';
const applied = await migrate(databaseUrl);
if (applied.length > 0) console.log(`Database: ${applied.length} migration(s) applied.`);

if (process.env.EMBEDDED_KEYS) {
  const address = await deployEmbeddedLedger(
    process.env.CHAIN_RPC_URL ?? '',
    process.env.CONTRACT_ADDRESS || null,
  );
  process.env.CONTRACT_ADDRESS = address;
  forgetEnv();
  if (process.argv.includes('--seed')) {
    console.log('Making the demonstration registry: real tenders, sealed, opened and anchored …');
    const { seedDemonstration } = await import('@/lib/demo/seed');
    await seedDemonstration();
    const { disconnect } = await import('@/lib/server/db');
    await disconnect();
  }
  await new Promise<void>((resolve) => {
    if (process.send) process.send({ contract: address }, () => resolve());
    else resolve();
  });
}
process.exit(0);
