import type { ChainCall } from '@/prisma/generated/client';
import type { Tx } from '@/lib/server/load-process';
import { OPEN, type ExtensionFacts } from './call-facts';

/** The extensions under way, oldest first. */
export async function extensionsUnderWay(tx: Tx): Promise<ChainCall[]> {
  return tx.chainCall.findMany({
    where: { method: 'extendLog', status: { in: OPEN } },
    orderBy: { createdAt: 'asc' },
  });
}

/** Where the next anchor starts: the newest that is final, or mined on the way to it. Size 0 and time 0 before the first. */
export async function newestAnchor(
  tx: Tx,
  underWay: readonly ChainCall[],
): Promise<{ size: number; time: number }> {
  const last = await tx.anchor.findFirst({ orderBy: { index: 'desc' } });
  let newest = { size: Number(last?.treeSize ?? 0), time: last?.time.getTime() ?? 0 };
  for (const call of underWay) {
    const { treeSize, anchorIndex } = call.facts as unknown as ExtensionFacts;
    const stored = call.minedAt !== null && anchorIndex !== undefined && anchorIndex !== null;
    if (stored && treeSize > newest.size)
      newest = { size: treeSize, time: call.minedAt?.getTime() ?? newest.time };
  }
  return newest;
}
