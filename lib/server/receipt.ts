import type { Receipt, SignedPromise } from '@/lib/evidence/receipt';
import type { Actor } from '@/lib/procedure/roles';
import { toHex } from '@/lib/record/hex';
import type { Entry } from '@/lib/record/record';
import { processKey, stageKey } from '@/lib/record/stage-key';
import type { World } from './world';

/** A filer's receipt (protocol §6): for the person who filed, and for a bid the whole tenderer. Null for all others. */
export async function receiptFor(world: World, recordId: string, actor: Actor): Promise<Receipt | null> {
  const row = await world.db.record.findUnique({ where: { id: recordId }, include: { entry: true } });
  if (!row?.entry) return null;
  const own = row.personId === actor.person;
  if (!own && !(row.type === 'bid' && row.organizationId === actor.organization.id)) return null;
  const entry = JSON.parse(row.entry.text) as Entry;
  const { ocid = '', stage, unit, round = 0 } = entry.record;
  return {
    format: 'tenderproof-receipt/1',
    origin: world.env.REGISTRY_ORIGIN,
    entry,
    salt: toHex(row.entry.salt),
    process: toHex(processKey(ocid)),
    stage: stage ?? null,
    unit: toHex(stage === undefined ? processKey(ocid) : stageKey(ocid, stage, unit)),
    round,
    promise: row.promise as unknown as SignedPromise,
  };
}
