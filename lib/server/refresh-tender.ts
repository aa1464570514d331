import { Prisma } from '@/prisma/generated/client';
import type { NoticeDraft } from '@/lib/record/notice';
import { phaseAt } from '@/lib/procedure/phase-at';
import { tender as noticeOf, type Process } from '@/lib/procedure/state';
import { loadProcess, type Tx } from './load-process';
import type { World } from './world';

/** What people search for: title, buyer, description and items, in lower case. */
const searchText = (
  n: Pick<NoticeDraft, 'title' | 'description' | 'items' | 'buyer' | 'procuringEntity'>,
  ocid: string,
) =>
  [ocid, n.title, n.buyer.name, n.procuringEntity.name, n.description, ...n.items.map((i) => i.description)]
    .join('\n')
    .toLowerCase()
    .slice(0, 60_000);

interface RefreshOptions {
  /** As it is now, where the caller knows; else it is read. */
  process?: Process;
  draftGone?: boolean;
  wakeAt?: Date | null;
}

/** Brings the row's lists and clocks up to the records and the chain. Called with the lock held, after every change. */
export async function refreshTender(
  tx: Tx,
  world: World,
  tenderId: string,
  options: RefreshOptions = {},
): Promise<Process> {
  const process = options.process ?? (await loadProcess(tx, world, tenderId));
  if (!process) throw new Error('The process vanished while its lock was held');
  const now = world.clock.now();
  const notice = noticeOf(process) ?? (process.draft as NoticeDraft | null);
  const amount = notice && /^\d{1,15}(\.\d{1,2})?$/.test(notice.value.amount) ? notice.value.amount : null;
  await tx.tender.update({
    where: { id: tenderId },
    data: {
      phase: phaseAt(process, now),
      updatedAt: new Date(now),
      // Something changed: the worker looks at once, and then sets the next time itself.
      wakeAt: options.wakeAt === undefined ? new Date(now) : options.wakeAt,
      publishedAt: process.chain.opening ? new Date(process.chain.opening.time) : null,
      bidsDue: process.chain.opening ? new Date(process.chain.opening.bidsDue) : null,
      ...(options.draftGone ? { draft: Prisma.DbNull } : {}),
      ...(notice
        ? {
            title: notice.title,
            buyerName: notice.buyer.name,
            language: notice.language,
            category: notice.mainProcurementCategory || null,
            valueAmount: amount,
            valueCurrency: amount ? notice.value.currency : null,
            searchText: searchText(notice, process.ocid),
          }
        : {}),
    },
  });
  return process;
}
