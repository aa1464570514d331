import type { StageClosure } from '@/prisma/generated/client';
import type { StateWitness } from '@/lib/evidence/format';
import { openState, trimState } from '@/lib/evidence/state-proof';
import { witnessOf } from '@/lib/evidence/state-witness';
import type { ChainWorld } from '@/lib/server/chain-world';
import { witnessColumns } from '@/lib/server/stage-states';
import type { World } from '@/lib/server/world';
import { differsFrom, slotsOfStage, stageFacts } from './stage-facts';

/** `behind`: the node has not got as far as the closing. `wrong`: what it answered proves nothing, or something else. */
export type Taken = 'taken' | 'behind' | { wrong: string };

/**
 * Takes what the contract holds in the newest block, as far as the evidence of this stage's records speaks of it, and stores
 * it as waiting: it is shown to nobody before its block is final (stage-states.ts).
 * @throws ChainError
 */
export async function takeState(world: World, chain: ChainWorld, closure: StageClosure): Promise<Taken> {
  const facts = await stageFacts(world.db, closure);
  const slots = slotsOfStage(facts);
  const { block: head, proof } = await chain.ledger.state(slots);
  const told = witnessOf(head, proof);
  if (!told.ok) return { wrong: told.fault };
  const { witness, block } = told;
  if (block.number < closure.blockNumber) return 'behind';
  const opened = openState(witness, world.env.CONTRACT_ADDRESS);
  if (!opened.ok) return { wrong: opened.fault };
  const differs = await differsFrom(opened.state, facts);
  if (differs !== null) return { wrong: differs };
  await store(world, closure, block, trimState(witness, slots));
  return 'taken';
}

/** Not where the closing was taken back meanwhile, or another worker was first. */
async function store(
  { db, clock }: World,
  { key, stage, round, blockNumber, time }: StageClosure,
  block: { number: number; hash: string },
  witness: StateWitness,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const [same] = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM stage_closures WHERE key = ${key} AND stage = ${stage} AND round = ${round}
         AND "blockNumber" = ${blockNumber} AND time = ${time} FOR SHARE`;
    if (!same) return;
    const row = { blockNumber: block.number, blockHash: block.hash, takenAt: new Date(clock.now()) };
    await tx.stageState.createMany({
      data: [{ key, stage, round, ...row, ...witnessColumns(witness) }],
      skipDuplicates: true,
    });
  });
}
