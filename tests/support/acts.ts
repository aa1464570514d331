import type { ActInput } from '@/lib/procedure/acts/table';
import type { Act } from '@/lib/procedure/permissions';
import type { Unit } from '@/lib/procedure/units';
import type { Actor } from '@/lib/procedure/roles';
import type { FiledReceipt } from '@/lib/server/file-records';
import { performAct } from '@/lib/server/operations/perform-act';
import { rowIsCurrent } from './row-is-current';
import type { Scene } from './scene';

/** One act that must succeed. @throws with the refusal's code and fields */
export async function does<A extends Act>(
  scene: Scene,
  actor: Actor,
  act: A,
  tenderId: string,
  input: ActInput<A>,
  unit: Unit | null = null,
): Promise<FiledReceipt[]> {
  const outcome = await performAct(scene.world, actor, act, tenderId, input, unit);
  if (outcome.ok) {
    await rowIsCurrent(scene, tenderId);
    return outcome.receipts;
  }
  throw new Error(
    `${act} was refused: ${outcome.code} ${JSON.stringify(outcome.fieldErrors ?? outcome.params ?? {})}`,
  );
}

/** One act that must be refused. @returns the refusal's code */
export async function refusedAct(
  scene: Scene,
  actor: Actor,
  act: Act,
  tenderId: string,
  input: unknown,
  unit: Unit | null = null,
): Promise<string> {
  const outcome = await performAct(scene.world, actor, act, tenderId, input, unit);
  if (outcome.ok) throw new Error(`${act} was accepted`);
  return outcome.code;
}
