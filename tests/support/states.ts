import type { Evidence } from '@/lib/evidence/format';
import { openState } from '@/lib/evidence/state-proof';
import { assembleEvidence } from '@/lib/server/evidence';
import { statesDuty } from '@/lib/worker/states-duty';
import type { Scene } from './scene';

export const never = new AbortController().signal;

/** A round of a worker that has only just begun: it remembers nothing. */
export const stateRound = (scene: Scene) => statesDuty(scene.world, scene.chain).round(never);

export async function evidenceOf(scene: Scene, recordId: string): Promise<Evidence> {
  const assembled = await assembleEvidence(scene.world, recordId);
  if (!assembled.ok) throw new Error(assembled.reason);
  return assembled.evidence;
}

/** What the evidence's own proofs prove; throws where there are none, or they do not open. */
export function proven(scene: Scene, { state }: Evidence) {
  if (!state) throw new Error('no state');
  const opened = openState(state, scene.test.contract.address);
  if (!opened.ok) throw new Error(opened.fault);
  return opened.state;
}

export const storedStates = (scene: Scene) =>
  scene.world.db.stageState.findMany({ orderBy: { stage: 'asc' } });
