import { timingSafeEqual } from 'node:crypto';
import type { Evidence, KeyEvidence } from '@/lib/evidence/format';
import { mayRead } from '@/lib/procedure/disclosure';
import type { Actor } from '@/lib/procedure/roles';
import { stageTree } from '@/lib/merkle/stage-tree';
import { toHex } from '@/lib/record/hex';
import type { Entry } from '@/lib/record/record';
import { stageKey } from '@/lib/record/stage-key';
import { cosignedNote } from './cosignatures';
import { pool } from './db';
import { publicAtFiling } from './disclosed-records';
import { loadProcess, type Tx } from './load-process';
import { logHead, servedProofs } from './log-store';
import { bidReader, viewerOf } from './readers';
import { nativeSha256 } from './sha256';
import { stateOf } from './stage-states';
import type { World } from './world';

/** Evidence, or why there is none: no such record (or its entry was erased), or not under a checkpoint yet. */
export type EvidenceOutcome =
  { ok: true; evidence: Evidence } | { ok: false; reason: 'unknown' | 'not-sequenced' };

/** The first anchor that covers this leaf: the earliest proof of when the record was there. */
async function anchorOf(tx: Tx, world: World, index: bigint): Promise<KeyEvidence['anchor']> {
  const row = await tx.anchor.findFirst({ where: { treeSize: { gt: index } }, orderBy: { index: 'asc' } });
  if (!row) return null;
  return {
    chainId: world.env.CHAIN_ID,
    contract: world.env.CONTRACT_ADDRESS.toLowerCase(),
    anchorIndex: row.index,
    treeSize: Number(row.treeSize),
    rootHash: toHex(row.rootHash),
    time: Math.floor(row.time.getTime() / 1000),
    blockNumber: row.blockNumber,
    blockHash: row.blockHash,
    transactionHash: row.transactionHash,
  };
}

/** The record's place in its closed stage, recomputed from the published list of log indices. */
async function stageProofOf(tx: Tx, entry: Entry, index: bigint): Promise<KeyEvidence['stage']> {
  const { ocid, stage, unit, round = 0 } = entry.record;
  if (ocid === undefined || stage === undefined) return null;
  const key = toHex(stageKey(ocid, stage, unit));
  const closed = await tx.stageClosure.findUnique({ where: { key_stage_round: { key, stage, round } } });
  if (!closed) return null;
  const indices = (closed.leaves as number[]).map(BigInt);
  const place = indices.indexOf(index);
  if (place < 0) return null;
  // One array, not one parameter each: of those a statement takes 32,767 at most, and stages can be larger.
  const leaves = await tx.$queryRaw<{ commitment: Uint8Array }[]>`
    SELECT commitment FROM log_leaves WHERE index = ANY(${indices}::bigint[]) ORDER BY index`;
  const tree = stageTree(
    leaves.map((leaf) => leaf.commitment),
    nativeSha256,
  );
  const inclusionProof = tree.inclusionProof(place).map(toHex);
  return {
    key,
    stage,
    round,
    index: place,
    count: tree.count,
    rootHash: toHex(tree.rootHash),
    inclusionProof,
  };
}

type KeyOutcome = { ok: true; evidence: KeyEvidence } | { ok: false; reason: 'unknown' | 'not-sequenced' };

/** Everything of one record's evidence but the keys. */
async function recordEvidence(
  tx: Tx,
  world: World,
  where: { id: string } | { commitment: Uint8Array<ArrayBuffer> },
): Promise<KeyOutcome> {
  const row = await tx.record.findUnique({ where, include: { entry: true } });
  if (!row?.entry) return { ok: false, reason: 'unknown' };
  const leaf = await tx.leaf.findUnique({ where: { commitment: row.commitment } });
  if (!leaf) return { ok: false, reason: 'not-sequenced' };
  const anchor = await anchorOf(tx, world, leaf.index);
  const size = anchor?.treeSize ?? (await logHead(tx))?.size;
  const checkpoint =
    size === undefined ? null : await tx.checkpoint.findUnique({ where: { treeSize: size } });
  if (size === undefined || !checkpoint) throw new Error(`The log has no checkpoint at size ${size}`);
  const entry = JSON.parse(row.entry.text) as Entry;
  const path = await servedProofs(pool()).inclusion(Number(leaf.index), size);
  const log = {
    origin: world.env.REGISTRY_ORIGIN,
    index: Number(leaf.index),
    treeSize: size,
    rootHash: toHex(checkpoint.rootHash),
    inclusionProof: path.map(toHex),
  };
  const stage = await stageProofOf(tx, entry, leaf.index);
  const salt = toHex(row.entry.salt);
  return {
    ok: true,
    evidence: {
      format: 'tenderproof-evidence/1',
      entry,
      salt,
      log,
      checkpoint: await cosignedNote(tx, checkpoint.treeSize, checkpoint.note),
      anchor,
      stage,
    },
  };
}

/**
 * One record's evidence (protocol §5), with that of each key that signed it, and the storage proofs of all of them. Whether the asker may have it is decided
 * before, by `mayHaveEvidence`.
 */
export async function assembleEvidence(world: World, recordId: string): Promise<EvidenceOutcome> {
  // One snapshot: an anchor or a closure that arrives between two reads would give a proof of two different trees.
  return world.db.$transaction(
    async (tx): Promise<EvidenceOutcome> => {
      const own = await recordEvidence(tx, world, { id: recordId });
      if (!own.ok) return own;
      const keys: KeyEvidence[] = [];
      for (const key of new Set(own.evidence.entry.signatures.map((s) => s.key))) {
        const proof = await recordEvidence(tx, world, {
          commitment: new Uint8Array(Buffer.from(key, 'hex')),
        });
        if (!proof.ok) return proof;
        keys.push(proof.evidence);
      }
      const evidence = { ...own.evidence, keys };
      const state = await stateOf(tx, world.env.CONTRACT_ADDRESS, evidence);
      return { ok: true, evidence: state ? { ...evidence, state } : evidence };
    },
    { isolationLevel: 'RepeatableRead' },
  );
}

/** The salt of an entry is known to whoever has its receipt: naming it is as good as showing the receipt. */
function saltMatches(salt: Uint8Array, given: string | null): boolean {
  if (given === null || !/^[0-9a-f]{64}$/.test(given)) return false;
  return timingSafeEqual(salt, Buffer.from(given, 'hex'));
}

/** Disclosed records to everybody; to its filer also its own, by session or by the salt of its receipt. */
export async function mayHaveEvidence(
  world: World,
  recordId: string,
  reader: { actor: () => Promise<Actor | null>; salt: string | null },
): Promise<boolean> {
  const row = await world.db.record.findUnique({ where: { id: recordId }, include: { entry: true } });
  if (!row?.entry) return false;
  if (saltMatches(row.entry.salt, reader.salt)) return true;
  const actor = await reader.actor();
  if (row.tenderId === null) return publicAtFiling(row.type) || row.personId === actor?.person;
  const process = await loadProcess(world.db, world, row.tenderId, bidReader(actor));
  const filed = process?.filed.find((f) => f.id === recordId);
  return process !== null && filed !== undefined && mayRead(process, filed, viewerOf(process, actor));
}
