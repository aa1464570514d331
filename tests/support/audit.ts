import { audit, type AuditResult } from '@/lib/audit/audit';
import type { Finding } from '@/lib/audit/finding';
import type { AuditSources } from '@/lib/audit/sources';
import type { AuditState } from '@/lib/audit/state';
import { databaseLog, databaseRegistry } from '@/lib/server/audit/database-source';
import { ledgerSource } from '@/lib/server/audit/ledger-source';
import type { ChainWorld } from '@/lib/server/chain-world';
import { descriptorOf } from '@/lib/server/registry';
import type { World } from '@/lib/server/world';

/** A full audit of the database and the chain, with the operator's eyes. */
export function auditDatabase(
  world: World,
  chain: ChainWorld,
  state: AuditState | null = null,
  others: Partial<AuditSources> = {},
): Promise<AuditResult> {
  return audit({
    sources: {
      log: databaseLog(world.db),
      ledger: ledgerSource(chain.ledger),
      registry: databaseRegistry(world.db),
      ...others,
    },
    registry: descriptorOf(world.env),
    state,
    full: true,
    now: world.clock.now(),
  });
}

/** Everything that a full audit finds wrong: nothing, for a registry that is whole. */
export async function auditClean(world: World, chain: ChainWorld): Promise<Finding[]> {
  const { findings } = await auditDatabase(world, chain);
  return findings.filter(({ severity }) => severity === 'error');
}
