import type { NoticeDraft } from '@/lib/record/notice';
import { step, type Drive } from '../support/drive';
import { newTender } from '../support/publish';
import type { Scene } from '../support/scene';

/** A tender that is published by real acts and opened on the chain, by whatever worker is alive. */
export async function publishTender(scene: Scene, notice: Partial<NoticeDraft> = {}): Promise<Drive> {
  const tender: Drive = { ...(await newTender(scene, notice)), bids: [] };
  for (const phase of ['approval', 'publishing'] as const) await step(scene, tender, phase);
  return tender;
}

/** Whether the chain has opened the tender and closed its planning: all that it is owed before bids are due. */
export async function isOpened(scene: Scene, tender: Drive): Promise<boolean> {
  return (await scene.world.db.stageClosure.count({ where: { tenderId: tender.id } })) > 0;
}
