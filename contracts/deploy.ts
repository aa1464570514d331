/**
 * Deploys ProcurementLedger to a chain of your own and prints what the configuration and the registry descriptor need.
 * The embedded demonstration deploys itself; this is for production.
 *
 *   CHAIN_RPC_URL=… CHAIN_ID=… DEPLOYER_KEY=0x… ADMIN_ADDRESS=0x… ANCHORER_ADDRESS=0x… \
 *   REGISTRAR_ADDRESS=0x… REVIEWER_ADDRESS=0x… npx tsx contracts/deploy.ts
 *
 * The deployer pays and gets no role. Addresses, not keys, of the role holders: their keys never meet this command.
 */
import * as z from 'zod';
import { ChainError } from '@/lib/server/chain/chain-error';
import { deployLedger } from '@/lib/server/chain/deploy';

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/, 'expected 0x and 40 hex digits');

const settings = z.object({
  CHAIN_RPC_URL: z.url(),
  CHAIN_ID: z.coerce.number().int().positive(),
  CHAIN_CONFIRMATIONS: z.coerce.number().int().positive().default(12),
  DEPLOYER_KEY: z.string().regex(/^0x[0-9a-fA-F]{64}$/, 'expected 0x and 64 hex digits'),
  ADMIN_ADDRESS: address,
  ANCHORER_ADDRESS: address,
  REGISTRAR_ADDRESS: address,
  REVIEWER_ADDRESS: address,
});

async function main(): Promise<number> {
  const parsed = settings.safeParse(process.env);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) console.error(`${issue.path.join('.')}: ${issue.message}`);
    return 1;
  }
  const env = parsed.data;
  try {
    const deployment = await deployLedger({
      rpcUrl: env.CHAIN_RPC_URL,
      chainId: env.CHAIN_ID,
      confirmations: env.CHAIN_CONFIRMATIONS,
      deployerKey: env.DEPLOYER_KEY,
      admin: env.ADMIN_ADDRESS,
      anchorer: env.ANCHORER_ADDRESS,
      registrar: env.REGISTRAR_ADDRESS,
      reviewer: env.REVIEWER_ADDRESS,
    });
    console.log(JSON.stringify(deployment, null, 2));
    return 0;
  } catch (error) {
    console.error(error instanceof ChainError ? error.message : error);
    return 1;
  }
}

process.exitCode = await main();
