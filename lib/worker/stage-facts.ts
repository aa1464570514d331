import type { Anchor, StageClosure } from '@/prisma/generated/client';
import {
  anchorCountSlot,
  anchorSlots,
  awardSlots,
  roundSlot,
  stageSlots,
  tenderSlots,
} from '@/lib/evidence/ledger-slots';
import { ChainUnavailable } from '@/lib/evidence/chain-reader';
import type { ProvenState } from '@/lib/evidence/state-proof';
import { stateReader } from '@/lib/evidence/state-reader';
import { toHex } from '@/lib/record/hex';
import { processKey } from '@/lib/record/stage-key';
import { ledgerCodeHash } from '@/lib/server/chain/artifact';
import type { Db } from '@/lib/server/db';

/** What the evidence of a closed stage's records says of the contract, as our tables have it. */
export interface StageFacts {
  closure: StageClosure;
  /** The one that the closing names, and the first that covers each record and each key that signed one. */
  anchors: Anchor[];
  /** For a stage with the notice or bids: key of the process, and commitment of its notice; hexadecimal. */
  notice: { process: string; commitment: string } | null;
  /** For a stage with an announced award: its commitment on the chain, hexadecimal; null where our tables have none. */
  award: { commitment: string | null } | null;
}

/** Stage 5 (protocol §4): where awards are announced. */
const AWARD = 5;

interface Contents {
  types: string[] | null;
  /** Commitments of the keys that signed, hexadecimal. */
  signers: string[] | null;
}

/** `json`, not `jsonb`: a text in an entry may hold what PostgreSQL cannot unescape. */
async function contentsOf(db: Db, leaves: readonly bigint[]): Promise<Contents> {
  const [row] = await db.$queryRaw<Contents[]>`
    SELECT array_agg(DISTINCT r.type) AS types,
           array_agg(DISTINCT s ->> 'key') FILTER (WHERE s IS NOT NULL) AS signers
      FROM log_leaves l
      JOIN records r ON r.commitment = l.commitment
      LEFT JOIN entries e ON e."recordId" = r.id
      LEFT JOIN LATERAL json_array_elements(e.text::json -> 'signatures') s ON true
     WHERE l.index = ANY(${leaves}::bigint[])`;
  return row ?? { types: null, signers: null };
}

/** As `assembleEvidence` names them: the first anchor of each. */
async function anchorsOf(db: Db, closure: StageClosure, leaves: readonly bigint[], signers: string[]) {
  const rows = await db.$queryRaw<{ index: number }[]>`
    SELECT DISTINCT first.index
      FROM (SELECT unnest(${leaves}::bigint[]) AS leaf
             UNION SELECT index FROM log_leaves
                    WHERE commitment IN (SELECT decode(k, 'hex') FROM unnest(${signers}::text[]) k)) of_stage
     CROSS JOIN LATERAL (SELECT index FROM anchors WHERE "treeSize" > leaf ORDER BY "treeSize" LIMIT 1) first`;
  const wanted = [...new Set([closure.anchorIndex, ...rows.map(({ index }) => index)])];
  return db.anchor.findMany({ where: { index: { in: wanted } }, orderBy: { index: 'asc' } });
}

async function noticeOf(db: Db, tenderId: string): Promise<StageFacts['notice']> {
  const opening = await db.chainOpening.findUnique({
    where: { tenderId },
    include: { tender: { select: { ocid: true } } },
  });
  return (
    opening && {
      process: toHex(processKey(opening.tender.ocid)),
      commitment: toHex(opening.notice),
    }
  );
}

async function awardOf(db: Db, { key, tenderId }: StageClosure): Promise<StageFacts['award']> {
  const unit = await db.chainUnit.findUnique({ where: { key } });
  const announced = unit ?? (await db.chainOpening.findUnique({ where: { tenderId } }));
  return { commitment: announced?.award ? toHex(announced.award) : null };
}

export async function stageFacts(db: Db, closure: StageClosure): Promise<StageFacts> {
  const leaves = (closure.leaves as number[]).map(BigInt);
  const { types, signers } = await contentsOf(db, leaves);
  const holds = (...wanted: string[]) => types?.some((type) => wanted.includes(type)) === true;
  return {
    closure,
    anchors: await anchorsOf(db, closure, leaves, signers ?? []),
    notice: holds('notice', 'bid') ? await noticeOf(db, closure.tenderId) : null,
    award: holds('award-announced') ? await awardOf(db, closure) : null,
  };
}

/** All slots that the evidence of any record of this stage asks for (`slotsOf`), each once. */
export function slotsOfStage({ closure, anchors, notice, award }: StageFacts): string[] {
  const { key, stage, round } = closure;
  const slots = [
    ...stageSlots(key, stage, round),
    roundSlot(key),
    anchorCountSlot(),
    ...anchors.flatMap(({ index }) => anchorSlots(index)),
    ...(notice ? tenderSlots(notice.process) : []),
    ...(award ? awardSlots(key, round) : []),
  ];
  return [...new Set(slots)];
}

type Comparison = readonly [what: string, proven: unknown, ours: unknown];

const seconds = (date: Date) => date.getTime() / 1000;

/**
 * Holds what was proven against our tables: a node that lies, or that is on another chain, proves something else.
 * @returns what differs, in a word, or what the nodes do not prove; null when all of it is as we have it
 */
export async function differsFrom(state: ProvenState, facts: StageFacts): Promise<string | null> {
  if (state.codeHash !== `0x${ledgerCodeHash}`) return 'the code';
  try {
    const compared = [...(await stageWords(state, facts)), ...(await anchorWords(state, facts))];
    return compared.find(([, proven, ours]) => proven !== ours)?.[0] ?? null;
  } catch (error) {
    if (error instanceof ChainUnavailable) return error.message;
    throw error;
  }
}

async function stageWords(state: ProvenState, { closure, notice, award }: StageFacts): Promise<Comparison[]> {
  const ledger = stateReader(state);
  const { key, stage, round } = closure;
  const closed = await ledger.stageAt(key, stage, round);
  const words: Comparison[] = [
    ['the root of the stage', closed?.rootHash, toHex(closure.rootHash)],
    ['the count of the stage', closed?.count, closure.count],
    ['the anchor of the stage', closed?.anchorIndex, closure.anchorIndex],
    ['the time of the closing', closed?.time, seconds(closure.time)],
    ['the block of the closing', closed?.blockNumber, closure.blockNumber],
    // It may have been reopened since.
    ['the round of the stage', (await ledger.roundOf(key, stage)) >= round, true],
  ];
  if (notice) {
    const tender = await ledger.tenderOf(notice.process);
    words.push(['the notice', tender?.notice, notice.commitment]);
  }
  if (award) {
    const announced = await ledger.awardAt(key, round);
    // Our tables keep the award of the round that is under way.
    const present = (await ledger.roundOf(key, AWARD)) === round;
    if (present && award.commitment !== null)
      words.push(['the announced award', announced?.commitment, award.commitment]);
  }
  return words;
}

async function anchorWords(state: ProvenState, { anchors }: StageFacts): Promise<Comparison[]> {
  const ledger = stateReader(state);
  const words: Comparison[] = [];
  for (const { index, treeSize, rootHash, time } of anchors) {
    const anchor = await ledger.anchorAt(index);
    words.push(
      [`the size of anchor ${index}`, anchor?.treeSize, Number(treeSize)],
      [`the root of anchor ${index}`, anchor?.rootHash, toHex(rootHash)],
      [`the time of anchor ${index}`, anchor?.time, seconds(time)],
    );
  }
  return words;
}
