import { stageTree } from '@/lib/merkle/stage-tree';
import { fromHex, toHex } from '@/lib/record/hex';
import { closure, type Filed, type Process } from '@/lib/procedure/state';
import { units } from '@/lib/procedure/scopes';
import { sameUnit, unitBefore } from '@/lib/procedure/units';
import { processKey, unitKey } from '@/lib/record/stage-key';
import {
  encodeAnnounceAward,
  encodeCancel,
  encodeChangeCommittee,
  encodeCloseStage,
  encodeOpenTender,
  encodeOpenUnit,
} from '@/lib/server/chain/calls';
import type { Tx } from '@/lib/server/load-process';
import { nativeSha256 } from '@/lib/server/sha256';
import type { World } from '@/lib/server/world';
import { enqueueCall } from './chain-calls';

/** The key of the process, or of the unit, on chain (protocol §3). */
function keyOf({ ocid, unit }: Process): string {
  const process = processKey(ocid);
  return toHex(unit ? unitKey(process, unit.lot, unit.part) : process);
}

/** First stage that belongs to a unit, where there are some. */
const FIRST_UNIT_STAGE = 3;

const seconds = (time: string) => Math.floor(Date.parse(time) / 1000);

/** The records of one stage in log order; null while one of them is not under an anchor yet. */
function stageLeaves(process: Process, stage: number): { leaves: Filed[]; anchorIndex: number } | null {
  const records = process.filed.filter(
    (f) => f.stage === stage && (stage < FIRST_UNIT_STAGE || sameUnit(f.unit, process.unit)),
  );
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
  const key = keyOf(process);
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
  const key = keyOf(process);
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
  const key = keyOf(process);
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

/**
 * Divides a process on chain, one unit after the other: a second envelope names the first, which must be there.
 * @returns whether a unit is still awaited
 */
export async function openUnits({ tx, world, tenderId, process }: Target): Promise<boolean> {
  const there = process.chain.units;
  const missing = units(process).filter((unit) => !there.some((u) => sameUnit(u.unit, unit)));
  for (const unit of missing) {
    const before = unitBefore(unit);
    const after = before && there.find((u) => sameUnit(u.unit, before));
    if (before && !after) continue;
    const key = toHex(unitKey(processKey(process.ocid), unit.lot, unit.part));
    const of = toHex(processKey(process.ocid));
    await enqueueCall(tx, world, {
      dedupe: `unit:${key}`,
      role: 'registrar',
      tenderId,
      data: encodeOpenUnit({ process: of, unit: key, after: after?.key ?? null }),
      facts: { method: 'openUnit', process: of, key, lot: unit.lot, part: unit.part },
    });
  }
  return missing.length > 0;
}

/** Tells the chain of another opening committee. @returns whether it is still awaited */
export async function changeCommittee(
  { tx, world, tenderId, process }: Target,
  replaced: Filed<'committee-replaced'>,
): Promise<boolean> {
  const { keysetHash } = replaced.data;
  if (process.chain.keysets.includes(keysetHash)) return false;
  const of = keyOf(process);
  await enqueueCall(tx, world, {
    dedupe: `committee:${of}:${keysetHash}`,
    role: 'registrar',
    tenderId,
    data: encodeChangeCommittee({ process: of, keyset: keysetHash }),
    facts: { method: 'changeCommittee', process: of },
  });
  return true;
}

/** An unsuccessful tender, or unit, ends on chain too: the stage it stood in is frozen with what it held. */
export async function cancelTender(
  { tx, world, tenderId, process }: Target,
  why: Filed<'tender-unsuccessful'>,
): Promise<boolean> {
  const stage = closure(process, 3) ? 4 : 3;
  const found = stageLeaves(process, stage);
  if (!found) return false;
  const key = keyOf(process);
  await enqueueCall(tx, world, {
    dedupe: `cancel:${key}`,
    role: 'registrar',
    tenderId,
    data: encodeCancel({
      key,
      stage,
      root: rootOf(found.leaves),
      count: found.leaves.length,
      commitment: why.commitment,
    }),
    facts: { method: 'cancel', key, stage, leaves: indices(found.leaves), reason: why.data.reason },
  });
  return true;
}
