import { toHex } from '@/lib/record/hex';
import { processKey, stageKey } from '@/lib/record/stage-key';
import type { Evidence } from './format';
import { anchorCountSlot, anchorSlots, awardSlots, roundSlot, stageSlots, tenderSlots } from './ledger-slots';

/**
 * The slots of the contract's storage that a verifier of this evidence asks for, each once.
 * @param stageAnchor index of the anchor that the stage's closing names, null while it is open: only the chain knows it
 */
export function slotsOf(evidence: Omit<Evidence, 'state'>, stageAnchor: number | null): string[] {
  const anchors = [evidence, ...evidence.keys].flatMap(({ anchor }) =>
    anchor === null ? [] : [anchor.anchorIndex],
  );
  if (stageAnchor !== null) anchors.push(stageAnchor);
  const slots = [
    anchorCountSlot(),
    ...anchors.flatMap(anchorSlots),
    ...stageSlotsOf(evidence),
    ...actSlots(evidence),
  ];
  return [...new Set(slots)];
}

function stageSlotsOf({ stage: proof, entry: { record } }: Omit<Evidence, 'state'>): string[] {
  if (proof !== null) return [...stageSlots(proof.key, proof.stage, proof.round), roundSlot(proof.key)];
  const { ocid, stage, unit, round } = record;
  if (ocid === undefined || stage === undefined) return [];
  return stageSlots(toHex(stageKey(ocid, stage, unit)), stage, round ?? 0);
}

/** Of the acts that the contract itself notes. */
function actSlots({ entry: { record } }: Omit<Evidence, 'state'>): string[] {
  const { ocid, stage, unit, round, type } = record;
  if (ocid === undefined) return [];
  if (type === 'notice' || type === 'bid') return tenderSlots(toHex(processKey(ocid)));
  if (type !== 'award-announced') return [];
  return awardSlots(toHex(stageKey(ocid, stage ?? 0, unit)), round ?? 0);
}
