import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { deployLedger } from '@/lib/server/chain/deploy';
import { readDeployment, writeDeployment, type DeploymentRecord } from './deployment-record';

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

const artifacts = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../contracts/artifact');
const artifact = (name: string) => readFileSync(path.join(artifacts, name), 'utf8');

type Holders = Pick<DeploymentRecord, 'admin' | 'anchorer' | 'registrar' | 'reviewer'>;

function requireSame(file: DeploymentRecord, wanted: Holders): void {
  for (const role of ['admin', 'anchorer', 'registrar', 'reviewer'] as const) {
    if (file[role].toLowerCase() === wanted[role].toLowerCase()) continue;
    throw new Error(
      `The contract recorded for chain ${file.chainId} was deployed with ${role} ${file[role]}, not ${wanted[role]}: ` +
        'give the accounts it was deployed with, or move its folder away to deploy another.',
    );
  }
}

export interface Deployed {
  record: DeploymentRecord;
  /** False when it was there already and nothing was sent. */
  fresh: boolean;
}

/**
 * Deploys ProcurementLedger and writes it down in `folder`; once written down, checks it instead (right chain, this
 * release's code, the accounts in their roles) and sends nothing.
 * @param env the settings, by their names in the environment
 * @throws Error with what to mend; ChainError
 */
export async function deployFromSettings(
  env: Readonly<Record<string, string | undefined>>,
  folder: string,
): Promise<Deployed> {
  const parsed = settings.safeParse(env);
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('\n'));
  }
  const given = parsed.data;
  const holders: Holders = {
    admin: given.ADMIN_ADDRESS,
    anchorer: given.ANCHORER_ADDRESS,
    registrar: given.REGISTRAR_ADDRESS,
    reviewer: given.REVIEWER_ADDRESS,
  };
  const known = readDeployment(folder, given.CHAIN_ID);
  if (known) requireSame(known, holders);
  const deployment = await deployLedger({
    rpcUrl: given.CHAIN_RPC_URL,
    chainId: given.CHAIN_ID,
    confirmations: given.CHAIN_CONFIRMATIONS,
    deployerKey: given.DEPLOYER_KEY,
    ...holders,
    ...(known ? { existing: known } : {}),
  });
  if (known) return { record: known, fresh: false };
  const record = { ...deployment, ...holders };
  writeDeployment(folder, record, {
    standardInput: artifact('standard-input.json'),
    metadata: artifact('metadata.json'),
  });
  return { record, fresh: true };
}
