import { registryDescriptor } from '../registry';
import { world } from '../world';

/** How the registry stands: what the public status page says in words. */
export async function registryStatus() {
  const w = world();
  const [head, anchor, pendingFilings, pendingCalls, failedCalls, stuckTenders] = await Promise.all([
    w.db.checkpoint.findFirst({ orderBy: { treeSize: 'desc' } }),
    w.db.anchor.findFirst({ orderBy: { index: 'desc' } }),
    w.db.filing.count(),
    w.db.chainCall.count({ where: { status: { in: ['pending', 'signed', 'sent'] } } }),
    w.db.chainCall.count({ where: { status: 'failed' } }),
    w.db.tender.count({ where: { stuck: { not: null } } }),
  ]);
  const { origin, logKey, chainId, contract, embedded } = registryDescriptor();
  return {
    origin,
    logKey,
    chainId,
    contract,
    embedded,
    treeSize: Number(head?.treeSize ?? 0),
    checkpointTime: head?.time.toISOString() ?? null,
    lastAnchor: anchor && {
      index: anchor.index,
      treeSize: Number(anchor.treeSize),
      time: anchor.time.toISOString(),
      blockNumber: anchor.blockNumber,
      transactionHash: anchor.transactionHash,
    },
    intervalSeconds: w.env.ANCHOR_INTERVAL_SECONDS,
    pendingFilings,
    pendingCalls,
    failedCalls,
    stuckTenders,
    now: w.clock.now(),
  };
}
