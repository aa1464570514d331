import { collectFindings, type Finding, type Report } from '@/lib/audit/finding';
import { parseCheckpoint } from '@/lib/merkle/checkpoint';
import { proofFromTiles } from '@/lib/merkle/tile';
import { equalBytes } from '@/lib/merkle/hash';
import { parseVerifierKey } from '@/lib/merkle/verifier-key';
import { toHex } from '@/lib/record/hex';
import { nativeVerify } from '@/lib/server/ed25519';
import { logHead, tileReader } from '@/lib/server/log-store';
import { descriptorOf } from '@/lib/server/registry';
import type { World } from '@/lib/server/world';

// What only the operator can look at: rows that no reader is served now, and that somebody may be served tomorrow.

/** Checkpoints looked at in one round: the newest, and as many older ones. */
const CHECKPOINTS = 100;

/** Partial tiles that were outgrown must be the beginning of the tile that grew out of them. */
async function checkPartialTiles({ db }: World, report: Report): Promise<void> {
  const rows = await db.$queryRaw<{ level: number; index: bigint; width: number }[]>`
    SELECT a.level, a.index, a.width
      FROM log_tiles a
      JOIN LATERAL (SELECT data FROM log_tiles b WHERE b.level = a.level AND b.index = a.index
                     ORDER BY b.width DESC LIMIT 1) widest ON true
     WHERE octet_length(a.data) <> a.width * 32
        OR substring(widest.data FROM 1 FOR a.width * 32) <> a.data
     ORDER BY a.level, a.index, a.width LIMIT 100`;
  for (const { level, index, width } of rows) {
    const subject = { level, tile: Number(index), field: `width ${width}` };
    report('tile-differs', subject, 'the beginning of the wider tile', 'other bytes');
  }
}

/** A leaf beyond the newest checkpoint was put there by something else than the sequencer. */
async function checkBeyond({ db }: World, report: Report): Promise<void> {
  // One statement: a batch that is sequenced in between brings its checkpoint with it.
  const rows = await db.$queryRaw<{ index: bigint; commitment: Uint8Array; size: bigint | null }[]>`
    SELECT l.index, l.commitment, (SELECT max("treeSize") FROM log_checkpoints) AS size FROM log_leaves l
     WHERE l.index >= coalesce((SELECT max("treeSize") FROM log_checkpoints), 0)
     ORDER BY l.index LIMIT 100`;
  for (const { index, commitment, size } of rows)
    report('leaf-beyond-checkpoint', { index: Number(index) }, `below ${size ?? 0}`, toHex(commitment));
}

/** Each row's note must be signed, and be of the row's size and root, which must be the log's root at that size. */
async function checkCheckpoints(world: World, round: number, size: number, report: Report): Promise<void> {
  const { db } = world;
  const count = await db.checkpoint.count({ where: { treeSize: { lte: size } } });
  const where = { treeSize: { lte: BigInt(size) } };
  const newest = { where, orderBy: { treeSize: 'desc' as const }, take: CHECKPOINTS };
  const skip = count <= CHECKPOINTS ? count : (round * CHECKPOINTS) % count;
  const rows = [
    ...(await db.checkpoint.findMany(newest)),
    ...(await db.checkpoint.findMany({ ...newest, skip })),
  ];
  const key = parseVerifierKey(descriptorOf(world.env).logKey);
  const proofs = proofFromTiles(tileReader(db));
  for (const row of rows) {
    const own = Number(row.treeSize);
    // Tiles that are false are named by the audit itself.
    const root = await proofs.root(own).catch(() => null);
    if (root === null) continue;
    const note = parseCheckpoint(row.note);
    const of = (name: string, expected: string, found: string) =>
      expected === found || report('checkpoint-row-differs', { size: own, field: name }, expected, found);
    of('root', toHex(root), toHex(row.rootHash));
    of(
      'note',
      `${key.name} ${own} ${toHex(root)}`,
      note ? `${note.origin} ${note.size} ${toHex(note.rootHash)}` : '',
    );
    const signed = note?.signatures.some(
      ({ keyId, signature }) =>
        equalBytes(keyId, key.keyId) && nativeVerify(signature, Buffer.from(note.text), key.publicKey),
    );
    of('signature', 'signed', signed ? 'signed' : 'not signed');
  }
}

/** Looks at the rows that the audit of what is served cannot see. */
export async function checkStoredRows(
  world: World,
  { round, size }: { round: number; size: number },
): Promise<Finding[]> {
  const findings = collectFindings();
  await checkPartialTiles(world, findings.report);
  await checkBeyond(world, findings.report);
  if (size > 0 && (await logHead(world.db))) await checkCheckpoints(world, round, size, findings.report);
  return findings.list();
}
