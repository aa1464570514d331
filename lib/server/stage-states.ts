import type { StageState } from '@/prisma/generated/client';
import {
  MAX_EVIDENCE_LENGTH,
  stateWitnessSchema,
  type Evidence,
  type StateWitness,
} from '@/lib/evidence/format';
import { openState, trimState } from '@/lib/evidence/state-proof';
import { slotsOf } from '@/lib/evidence/state-slots';
import { toHex } from '@/lib/record/hex';
import type { Tx } from './load-process';

const hex = (bytes: Uint8Array) => `0x${toHex(bytes)}`;
const bytes = (text: string) => new Uint8Array(Buffer.from(text.slice(2), 'hex'));

/** A witness as its row has it: bytes take half of what their hexadecimal digits would. */
export const witnessColumns = ({ header, account, storage }: StateWitness) => ({
  header: bytes(header),
  account: account.map(bytes),
  storage: storage.map(bytes),
});

/** @returns null for nodes that do not prove all of these slots of the contract */
function covering(row: StageState, contract: string, slots: readonly string[]): StateWitness | null {
  const whole = { header: hex(row.header), account: row.account.map(hex), storage: row.storage.map(hex) };
  try {
    const state = trimState(whole, slots);
    const opened = openState(state, contract);
    if (!opened.ok) return null;
    for (const slot of slots) opened.state.word(slot);
    return state;
  } catch {
    return null;
  }
}

/** Whether evidence may carry it: of a chain with huge headers, or beside an entry of the largest size, it may not. */
function fits(evidence: Omit<Evidence, 'state'>, state: StateWitness): boolean {
  const length = JSON.stringify({ ...evidence, state }, null, 2).length;
  return length <= MAX_EVIDENCE_LENGTH && stateWitnessSchema.safeParse(state).success;
}

/**
 * What the contract held after this record's stage had closed, as far as its evidence speaks of it: null while the stage is
 * open, until the block is final, and where the node gives no proofs.
 */
export async function stateOf(
  tx: Tx,
  contract: string,
  evidence: Omit<Evidence, 'state'>,
): Promise<StateWitness | null> {
  if (evidence.stage === null) return null;
  const { key, stage, round } = evidence.stage;
  const row = await tx.stageState.findUnique({
    where: { key_stage_round: { key, stage, round }, confirmedAt: { not: null } },
    include: { closure: { select: { anchorIndex: true } } },
  });
  const state = row && covering(row, contract, slotsOf(evidence, row.closure.anchorIndex));
  return state && fits(evidence, state) ? state : null;
}
