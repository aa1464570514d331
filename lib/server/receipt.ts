import type { Receipt, SignedPromise } from '@/lib/evidence/receipt';
import type { Actor } from '@/lib/procedure/roles';
import { toHex } from '@/lib/record/hex';
import type { Entry } from '@/lib/record/record';
import { processKey, stageKey } from '@/lib/record/stage-key';
import type { ReceiptFacts, ReceiptPlace } from './pdf/receipt-document';
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

/** What a printed receipt says; null for those who may not have the receipt. */
export async function receiptFacts(
  world: World,
  recordId: string,
  actor: Actor,
): Promise<ReceiptFacts | null> {
  const receipt = await receiptFor(world, recordId, actor);
  if (!receipt) return null;
  const { ocid } = receipt.entry.record;
  const where = { ocid: ocid ?? '' };
  const tender = await world.db.tender.findUnique({ where, select: { title: true } });
  const { BASE_URL, CHAIN_ID, CONTRACT_ADDRESS } = world.env;
  return {
    receipt,
    title: tender?.title ?? null,
    place: await placeOf(world, receipt),
    chain: { id: CHAIN_ID, contract: CONTRACT_ADDRESS.toLowerCase() },
    // In the fragment, which browsers keep to themselves; until the record is public, the page asks for the receipt itself.
    verifyUrl: new URL(`/verify#record=${recordId}`, BASE_URL).href,
  };
}

async function placeOf({ db }: World, { promise }: Receipt): Promise<ReceiptPlace | null> {
  const commitment = new Uint8Array(Buffer.from(promise.commitment, 'hex'));
  const leaf = await db.leaf.findUnique({ where: { commitment } });
  if (!leaf) return null;
  const anchor = await db.anchor.findFirst({
    where: { treeSize: { gt: leaf.index } },
    orderBy: { index: 'asc' },
  });
  if (!anchor) return { index: Number(leaf.index), anchor: null };
  const { index, time, blockNumber, transactionHash: transaction } = anchor;
  return {
    index: Number(leaf.index),
    anchor: { index, time: time.toISOString(), blockNumber, transaction },
  };
}
