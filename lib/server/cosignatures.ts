import type { Prisma } from '@/prisma/generated/client';
import { parseCheckpoint, type SignedCheckpoint } from '@/lib/merkle/checkpoint';
import { verifyCosignatures, type Cosignature } from '@/lib/merkle/cosignature';
import { refuse, type Refusal } from '@/lib/procedure/refusal';
import { toHex } from '@/lib/record/hex';
import type { Tx } from './load-process';
import type { World } from './world';

/** A checkpoint older than this (milliseconds) takes no new cosignatures, unless it is the newest. */
const RECENT = 86_400_000;
/** Anchors planned longer ago than this are not made up for: a witness speaks of the newest tree that it has seen. */
const MADE_UP_FOR = 3_600_000;
/** So old (milliseconds) is a checkpoint before witnesses get it: no anchor can still be planned for an earlier one. */
const SETTLED = 2000;
/** A witness's clock may be ahead of ours by this much, in milliseconds. */
const CLOCK_TOLERANCE = 120_000;
/** Cosignature lines served with one checkpoint, whoever was configured meanwhile. */
const MOST_LINES = 24;

/** The signed note with the cosignatures that it has so far, each on a line of its own below the log's signature. */
export async function cosignedNote(tx: Tx, treeSize: bigint | number, note: string): Promise<string> {
  const rows = await tx.cosignature.findMany({
    where: { treeSize },
    orderBy: [{ keyName: 'asc' }, { keyId: 'asc' }],
    take: MOST_LINES,
  });
  return note + rows.map((row) => row.line).join('');
}

export interface StoredCheckpoint {
  treeSize: bigint;
  note: string;
}

/** The next tree size above `after` that is, or is about to be, anchored. */
async function nextAnchored(tx: Tx, after: number, now: number): Promise<bigint | null> {
  const [planned] = await tx.$queryRaw<{ size: bigint | null }[]>`
    SELECT min((facts->>'treeSize')::bigint) AS size FROM chain_calls
     WHERE method = 'extendLog' AND status <> 'failed' AND "createdAt" > ${new Date(now - MADE_UP_FOR)}
       AND (facts->>'treeSize')::bigint > ${after}`;
  return planned?.size ?? null;
}

/**
 * What a witness that has cosigned up to `after` is to cosign next: the checkpoints that are anchored, in their order, since
 * evidence carries those; with none of them left, the newest. Null when there is nothing new.
 *
 * A witness never goes back. The newest checkpoint is therefore offered only once it has settled: the anchorer, who takes
 * the newest there is, could still be writing down an anchor for one that was signed a moment before.
 */
export async function nextForWitness(tx: Tx, after: number, now: number): Promise<StoredCheckpoint | null> {
  const anchored = await nextAnchored(tx, after, now);
  const where: Prisma.CheckpointWhereInput =
    anchored !== null
      ? { treeSize: anchored }
      : { treeSize: { gt: after }, time: { lte: new Date(now - SETTLED) } };
  return tx.checkpoint.findFirst({
    where,
    orderBy: { treeSize: 'desc' },
    select: { treeSize: true, note: true },
  });
}

/** The checkpoint of ours that a note repeats, if it still takes cosignatures. */
async function ownCheckpoint(world: World, given: SignedCheckpoint, now: number): Promise<boolean> {
  const stored = await world.db.checkpoint.findUnique({ where: { treeSize: given.size } });
  const own = stored && parseCheckpoint(stored.note);
  if (!own || own.text !== given.text) return false;
  if (now - stored.time.getTime() <= RECENT) return true;
  return (await world.db.checkpoint.count({ where: { treeSize: { gt: given.size } } })) === 0;
}

/** Adds lines; a witness's first one stays, since the table is append-only. */
export async function storeCosignatures(
  { db, clock }: World,
  treeSize: number,
  cosignatures: readonly Cosignature[],
): Promise<number> {
  const receivedAt = new Date(clock.now());
  const data = cosignatures.map(({ name, keyId, line, time }) => ({
    treeSize,
    keyName: name,
    keyId: toHex(keyId),
    line,
    time: new Date(time * 1000),
    receivedAt,
  }));
  return (await db.cosignature.createMany({ data, skipDuplicates: true })).count;
}

export type Received = { ok: true; treeSize: number; stored: number } | Refusal;

/** Takes a checkpoint of this log with the lines of configured witnesses. Sending it again changes nothing. */
export async function receiveCosignatures(world: World, note: string): Promise<Received> {
  const checkpoint = parseCheckpoint(note);
  if (!checkpoint) return refuse('invalid-input', undefined, { body: 'checkpoint' });
  const now = world.clock.now();
  const outcome = verifyCosignatures(
    checkpoint,
    world.env.WITNESSES.map(({ key }) => key),
  );
  if (!outcome.ok) return refuse('cosignature-invalid', { detail: outcome.name });
  const { cosignatures } = outcome;
  if (cosignatures.length === 0) return refuse('witness-unknown');
  const early = cosignatures.find(({ time }) => time * 1000 > now + CLOCK_TOLERANCE);
  if (early) return refuse('cosignature-invalid', { detail: early.name });
  if (!(await ownCheckpoint(world, checkpoint, now))) return refuse('checkpoint-unknown');
  const stored = await storeCosignatures(world, checkpoint.size, cosignatures);
  return { ok: true, treeSize: checkpoint.size, stored };
}
