import { registryDescriptor } from '../registry';
import { world } from '../world';

const HOUR = 3_600_000;

/** How the registry stands: what the public status page says in words. */
export async function registryStatus() {
  const w = world();
  const [head, anchor, pendingFilings, pendingCalls, failedCalls, stuckTenders] = await Promise.all([
    w.db.checkpoint.findFirst({ orderBy: { treeSize: 'desc' } }),
    w.db.anchor.findFirst({ orderBy: { index: 'desc' } }),
    w.db.filing.count(),
    w.db.chainCall.count({ where: { status: { in: ['pending', 'signed', 'sent'] } } }),
    // An old failure has been written anew since, or concerns nobody any more.
    w.db.chainCall.count({ where: { status: 'failed', createdAt: { gt: new Date(w.clock.now() - HOUR) } } }),
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
