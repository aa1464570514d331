import type { OpenedKey } from '@/lib/browser/keys/opened-key';
import { refuse, type Refusal } from '@/lib/procedure/refusal';
import type { Actor } from '@/lib/procedure/roles';
import type { ErasureReason } from '@/lib/record/catalogue';
import { toHex } from '@/lib/record/hex';
import { canonicalText } from '@/lib/record/jcs';
import { uuidv7 } from '@/lib/server/ids';
import { performAct, prepareAct, type ActOutcome } from '@/lib/server/operations/perform-act';
import type { World } from '@/lib/server/world';

export interface ErasureOrder {
  recordId: string;
  reason: ErasureReason;
  /** Public. */
  statement: string;
}

/** Whose key this is, with the roles that the organization gives that person now; null for nobody's. */
async function ownerOf(world: World, publicKey: string): Promise<{ actor: Actor; key: string } | null> {
  const rows = await world.db.record.findMany({
    where: { type: 'signing-key', entry: { text: { contains: `"publicKey":"${publicKey}"` } } },
  });
  for (const { personId, organizationId, commitment } of rows) {
    const member = await world.db.member.findFirst({
      where: { userId: personId, organizationId },
      include: { organization: { select: { id: true, name: true } } },
    });
    if (!member) continue;
    const memberRoles = member.role.split(',').map((role) => role.trim());
    return {
      actor: { person: personId, organization: member.organization, memberRoles },
      key: toHex(commitment),
    };
  }
  return null;
}

/**
 * Orders an erasure in the name of the key's owner. No session: the signature under the very record is the proof of who
 * orders it, and the one table says whether that person may.
 */
export async function orderErasure(
  world: World,
  opened: OpenedKey,
  order: ErasureOrder,
): Promise<ActOutcome | Refusal> {
  const owner = await ownerOf(world, opened.publicKey);
  if (!owner) return refuse('unknown-key');
  const target = await world.db.record.findUnique({
    where: { id: order.recordId },
    select: { tenderId: true },
  });
  if (!target?.tenderId) return refuse('not-found');
  const { actor, key } = owner;
  const input = { ...order, key };
  const id = uuidv7(world.clock.now());
  const prepared = await prepareAct(world, actor, 'order-erasure', target.tenderId, input, id);
  if (!prepared.ok) return prepared;
  const signer = opened.signer(
    (record) => record.type === 'erasure' && record.data.recordId === order.recordId && record.id === id,
  );
  const { signature } = signer.signText(canonicalText(prepared.records[0]), key);
  const { time } = prepared;
  return performAct(world, actor, 'order-erasure', target.tenderId, { ...input, id, time, signature });
}
