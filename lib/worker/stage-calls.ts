import { stageTree } from '@/lib/merkle/stage-tree';
import { fromHex, toHex } from '@/lib/record/hex';
import type { Filed, Process } from '@/lib/procedure/state';
import { CATALOGUE } from '@/lib/record/catalogue';
import {
  encodeAnnounceAward,
  encodeCancel,
  encodeCloseStage,
  encodeOpenTender,
} from '@/lib/server/chain/calls';
import type { Tx } from '@/lib/server/load-process';
import { nativeSha256 } from '@/lib/server/sha256';
import type { World } from '@/lib/server/world';
import { enqueueCall } from './chain-calls';

/** SHA-256(ocid): the process's key, and its only unit's (protocol §3). */
export const processKey = (ocid: string): string => toHex(nativeSha256(new TextEncoder().encode(ocid)));

const seconds = (time: string) => Math.floor(Date.parse(time) / 1000);

/** The records of one stage in log order; null while one of them is not under an anchor yet. */
function stageLeaves(process: Process, stage: number): { leaves: Filed[]; anchorIndex: number } | null {
  const records = process.filed.filter((f) => CATALOGUE[f.type].stage === stage);
  if (records.some((f) => f.index === null || f.anchorIndex === null)) return null;
  const leaves = records.toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0));
  return { leaves, anchorIndex: Math.max(0, ...leaves.map((f) => f.anchorIndex ?? 0)) };
}

const rootOf = (leaves: Filed[]) =>
  toHex(
    stageTree(
      leaves.map((f) => fromHex(f.commitment, 32)),
      nativeSha256,
    ).rootHash,
  );
const indices = (leaves: Filed[]) => leaves.map((f) => f.index ?? 0);

interface Target {
  tx: Tx;
  world: World;
  tenderId: string;
  process: Process;
}

/**
 * Writes down closeStage for a stage whose records are all anchored. @param anchorIndex the anchor to close against,
 * where the contract prescribes one (`bids`). @returns false while an anchor is still wanted.
 */
export async function closeStage(
  { tx, world, tenderId, process }: Target,
  stage: number,
  anchorIndex?: number,
): Promise<boolean> {
  const found = stageLeaves(process, stage);
  if (!found) return false;
  if (anchorIndex !== undefined && found.anchorIndex > anchorIndex) {
    // Only a transaction that was sent before the due time and mined long after it does this: see due-times.ts.
    throw new Error(
      `Anchor ${anchorIndex}, the first after the due time, lacks a record of stage ${stage}: it cannot close. ` +
        'Let the review body hold the process, then cancel it.',
    );
  }
  const key = processKey(process.ocid);
  const { leaves } = found;
  await enqueueCall(tx, world, {
    dedupe: `close:${key}:${stage}:0`,
    role: 'registrar',
    tenderId,
    data: encodeCloseStage({
      key,
      stage,
      root: rootOf(leaves),
      count: leaves.length,
      anchorIndex: anchorIndex ?? found.anchorIndex,
    }),
    facts: {
      method: 'closeStage',
      key,
      stage,
      leaves: indices(leaves),
      reason: leaves.length === 0 ? 'no-records' : null,
    },
  });
  return true;
}

export async function openTender(
  { tx, world, tenderId, process }: Target,
  notice: Filed<'notice'>,
): Promise<void> {
  const key = processKey(process.ocid);
  const { tender, keysetHash } = notice.data;
  await enqueueCall(tx, world, {
    dedupe: `open:${key}`,
    role: 'registrar',
    tenderId,
    data: encodeOpenTender({
      process: key,
      notice: notice.commitment,
      bidsDue: seconds(tender.bidsDue),
      standstill: tender.standstill,
      keyset: keysetHash,
    }),
    facts: { method: 'openTender', process: key },
  });
}

export async function announceAward(
  { tx, world, tenderId, process }: Target,
  announced: Filed<'award-announced'>,
): Promise<void> {
  const key = processKey(process.ocid);
  await enqueueCall(tx, world, {
    dedupe: `announce:${key}:${announced.commitment}`,
    role: 'registrar',
    tenderId,
    data: encodeAnnounceAward({
      key,
      commitment: announced.commitment,
      standstillEnds: seconds(announced.data.standstillEnds),
    }),
    facts: { method: 'announceAward', key },
  });
}

/** An unsuccessful tender ends on chain too: the stage it stood in is frozen with what it held. */
export async function cancelTender(
  { tx, world, tenderId, process }: Target,
  why: Filed<'tender-unsuccessful'>,
): Promise<boolean> {
  const found = stageLeaves(process, 3);
  if (!found) return false;
  const key = processKey(process.ocid);
  await enqueueCall(tx, world, {
    dedupe: `cancel:${key}`,
    role: 'registrar',
    tenderId,
    data: encodeCancel({
      key,
      stage: 3,
      root: rootOf(found.leaves),
      count: found.leaves.length,
      commitment: why.commitment,
    }),
    facts: { method: 'cancel', key, stage: 3, leaves: indices(found.leaves), reason: why.data.reason },
  });
  return true;
}
