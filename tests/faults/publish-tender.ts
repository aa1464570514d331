import { startDrive, step, type Drive } from '../support/drive';
import type { Scene } from '../support/scene';

/** A tender that is published by real acts and opened on the chain, by whatever worker is alive. */
export async function publishTender(scene: Scene): Promise<Drive> {
  const tender = await startDrive(scene);
  for (const phase of ['approval', 'publishing'] as const) await step(scene, tender, phase);
  return tender;
}

/** Whether the chain has opened the tender and closed its planning: all that it is owed before bids are due. */
export async function isOpened(scene: Scene, tender: Drive): Promise<boolean> {
  return (await scene.world.db.stageClosure.count({ where: { tenderId: tender.id } })) > 0;
}
