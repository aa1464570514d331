import type { ChainCall } from '@/prisma/generated/client';
import { ChainError } from '@/lib/server/chain/chain-error';
import type { MinedCall } from '@/lib/server/chain/transactions';
import type { ChainWorld } from '@/lib/server/chain-world';
import { lockTender, type Tx } from '@/lib/server/load-process';
import { refreshTender } from '@/lib/server/refresh-tender';
import type { World } from '@/lib/server/world';

/** What the writer of a call knew and the chain does not hold: stored with the call, used when it is final. */
export type CallFacts = { blockHash?: string } & (
  | ExtensionFacts
  | { method: 'openTender'; process: string }
  | { method: 'openUnit'; process: string; key: string; lot: string; part: string }
  | { method: 'changeCommittee'; process: string }
  | { method: 'closeStage'; key: string; stage: number; leaves: number[]; reason: string | null }
  | { method: 'announceAward'; key: string }
  | { method: 'cancel'; key: string; stage: number; leaves: number[]; reason: string }
);

export interface ExtensionFacts {
  method: 'extendLog';
  /** What it asked for; once mined, what the contract stored. */
  treeSize: number;
  /** Once mined: the anchor that it made; null when it stored nothing. */
  anchorIndex?: number | null;
  /** It was replaced by a repetition of the present anchor, because it must not be mined any more. */
  retired?: boolean;
}

/** A call that is neither final nor failed. */
export const OPEN = ['pending', 'signed', 'sent'];

/** At most this many new leaves an anchor (protocol §4). */
export const MOST_LEAVES = 2 ** 20;

const date = (seconds: number) => new Date(seconds * 1000);
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));

function missing(method: string): never {
  throw new ChainError('rpc-failed', `${method} was mined, but the contract does not show it`);
}

/** Everything is read back from the contract: what we sent is not evidence of what is there. */
type Writer = (tx: Tx) => Promise<unknown>;

async function readAnchor(chain: ChainWorld, mined: MinedCall, hash: string): Promise<Writer> {
  const index = mined.anchored?.anchorIndex;
  // Repeating the present size and root is a no-op for the contract: nothing was stored.
  if (index === undefined) return async () => undefined;
  const anchor = await chain.ledger.anchorAt(index);
  const row = {
    treeSize: BigInt(anchor.treeSize),
    rootHash: bytes(anchor.rootHash),
    time: date(anchor.time),
    blockNumber: mined.blockNumber,
    blockHash: mined.blockHash,
    transactionHash: hash,
  };
  return (tx) => tx.anchor.upsert({ where: { index }, create: { index, ...row }, update: row });
}

async function readOpening(
  chain: ChainWorld,
  process: string,
  tenderId: string,
  mined: MinedCall,
  hash: string,
): Promise<Writer> {
  const tender = (await chain.ledger.tenderOf(process)) ?? missing('openTender');
  const { keyset } = await chain.ledger.committeeAt(process, 0);
  const committees = await readCommittees(chain, process, tenderId, mined, hash);
  const row = {
    notice: bytes(tender.notice),
    keyset: bytes(keyset),
    bidsDue: date(tender.bidsDue),
    standstill: tender.standstill,
    time: date(tender.time),
    blockNumber: mined.blockNumber,
    transactionHash: hash,
  };
  return async (tx) => {
    await tx.chainOpening.upsert({ where: { tenderId }, create: { tenderId, ...row }, update: row });
    await committees(tx);
  };
}

/** Every version of the opening committee that the contract holds; those that are known stay as they are. */
async function readCommittees(
  chain: ChainWorld,
  process: string,
  tenderId: string,
  mined: MinedCall,
  transactionHash: string,
): Promise<Writer> {
  const { committees } = (await chain.ledger.tenderOf(process)) ?? missing('changeCommittee');
  const versions = await Promise.all(
    Array.from({ length: committees }, (_, version) => chain.ledger.committeeAt(process, version)),
  );
  const data = versions.map(({ keyset, time }, version) => ({
    tenderId,
    version,
    keyset: bytes(keyset),
    time: date(time),
    blockNumber: mined.blockNumber,
    transactionHash,
  }));
  return (tx) => tx.chainCommittee.createMany({ data, skipDuplicates: true });
}

type UnitFacts = Extract<CallFacts, { method: 'openUnit' }>;

async function readUnit(
  chain: ChainWorld,
  { key, lot, part }: UnitFacts,
  tenderId: string,
  mined: MinedCall,
  transactionHash: string,
): Promise<Writer> {
  const unit = (await chain.ledger.unitOf(key)) ?? missing('openUnit');
  const row = {
    tenderId,
    lot,
    part,
    time: date(unit.time),
    blockNumber: mined.blockNumber,
    transactionHash,
  };
  return (tx) => tx.chainUnit.upsert({ where: { key }, create: { key, ...row }, update: row });
}

type StageFacts = Extract<CallFacts, { method: 'closeStage' | 'cancel' }>;

async function readStage(
  chain: ChainWorld,
  facts: StageFacts,
  tenderId: string,
  hash: string,
): Promise<Writer> {
  const { key, stage, leaves, reason } = facts;
  const closed = (await chain.ledger.stageOf(key, stage)) ?? missing('closeStage');
  const round = await chain.ledger.roundOf(key, stage);
  const row = {
    rootHash: bytes(closed.rootHash),
    count: closed.count,
    anchorIndex: closed.anchorIndex,
    time: date(closed.time),
    blockNumber: closed.blockNumber,
    transactionHash: hash,
    leaves,
    reason,
    tenderId,
  };
  const where = { key_stage_round: { key, stage, round } };
  return (tx) => tx.stageClosure.upsert({ where, create: { key, stage, round, ...row }, update: row });
}

async function readAward(chain: ChainWorld, key: string, tenderId: string): Promise<Writer> {
  const award = (await chain.ledger.awardOf(key)) ?? missing('announceAward');
  const data = {
    award: bytes(award.commitment),
    standstillEnds: date(award.standstillEnds),
    announcedAt: date(award.time),
  };
  // Of a unit where the key is one's; of the process itself otherwise.
  return async (tx) => {
    const { count } = await tx.chainUnit.updateMany({ where: { key, tenderId }, data });
    if (count === 0) await tx.chainOpening.update({ where: { tenderId }, data });
  };
}

async function readBack(chain: ChainWorld, call: ChainCall, mined: MinedCall): Promise<Writer> {
  const facts = call.facts as unknown as CallFacts;
  const hash = call.hash ?? '';
  const tenderId = call.tenderId ?? '';
  switch (facts.method) {
    case 'extendLog':
      return readAnchor(chain, mined, hash);
    case 'openTender':
      return readOpening(chain, facts.process, tenderId, mined, hash);
    case 'openUnit':
      return readUnit(chain, facts, tenderId, mined, hash);
    case 'changeCommittee':
      return readCommittees(chain, facts.process, tenderId, mined, hash);
    case 'announceAward':
      return readAward(chain, facts.key, tenderId);
    case 'closeStage':
    case 'cancel':
      return readStage(chain, facts, tenderId, hash);
  }
}

/** Stores what a final call came to, and wakes its process. */
export async function applyFacts(
  world: World,
  chain: ChainWorld,
  call: ChainCall,
  mined: MinedCall,
): Promise<void> {
  const write = await readBack(chain, call, mined);
  await world.db.$transaction(async (tx) => {
    if (call.tenderId) await lockTender(tx, call.tenderId);
    await write(tx);
    // An extension that stored nothing leaves its intention free for another.
    const free = call.method === 'extendLog' && mined.anchored === null;
    await tx.chainCall.update({
      where: { id: call.id },
      data: {
        status: 'final',
        error: null,
        minedAt: date(mined.time),
        blockNumber: mined.blockNumber,
        ...(free ? { dedupe: `${call.dedupe}:${call.id}` } : {}),
      },
    });
    if (call.tenderId) await refreshTender(tx, world, call.tenderId);
  });
}
