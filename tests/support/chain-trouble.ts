import type { ChainCall } from '@/prisma/generated/client';
import { fileCover } from '@/lib/server/log-store';
import type { Scene } from './scene';

// How tests make trouble with the chain of a scene, and grow its log without a procedure.

/** Something new in the log, sequenced; an anchor of it is written, and sent where the chain can be reached. */
export async function growLog(scene: Scene): Promise<void> {
  await fileCover(scene.world.db, scene.clock.now());
  await scene.tick();
}

export const extensions = (scene: Scene): Promise<ChainCall[]> =>
  scene.world.db.chainCall.findMany({ where: { method: 'extendLog' }, orderBy: { createdAt: 'asc' } });

export async function lastExtension(scene: Scene): Promise<ChainCall> {
  const found = (await extensions(scene)).at(-1);
  if (!found) throw new Error('There is no extension');
  return found;
}

/** Signed transactions of a call, oldest first. */
export const attempts = (scene: Scene, call: ChainCall) =>
  scene.world.db.chainAttempt.findMany({ where: { callId: call.id }, orderBy: { maxFeePerGas: 'asc' } });

/** Blocks are made only by `mine`, until `flow`. */
export const hold = (scene: Scene) => scene.test.chain.call('evm_setAutomine', false);
export const flow = (scene: Scene) => scene.test.chain.call('evm_setAutomine', true);
export const mine = (scene: Scene, blocks = 1) =>
  scene.test.chain.call('anvil_mine', `0x${blocks.toString(16)}`);

/** Until everything under way is final. */
export const settled = (scene: Scene, rounds?: number) =>
  scene.until(
    async () =>
      (await scene.world.db.chainCall.count({ where: { status: { in: ['pending', 'signed', 'sent'] } } })) ===
      0,
    rounds,
  );

/** The chain and our table name the same anchors, in the same blocks. */
export async function anchorsAgree(scene: Scene): Promise<boolean> {
  const rows = await scene.world.db.anchor.findMany({ orderBy: { index: 'asc' } });
  if ((await scene.chain.ledger.anchorCount()) !== rows.length) return false;
  for (const row of rows) {
    const anchor = await scene.chain.ledger.anchorAt(row.index);
    const block = await scene.chain.transactions.blockHash(row.blockNumber);
    const same = anchor.treeSize === Number(row.treeSize) && anchor.time * 1000 === row.time.getTime();
    if (!same || block !== row.blockHash) return false;
  }
  return true;
}
