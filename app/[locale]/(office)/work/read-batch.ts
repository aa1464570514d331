import type { BatchTask } from '@/components/draft/key-batch-group';
import { memberWork, withKeys } from '@/components/draft/member-work';
import { readSigningKeys } from '@/lib/server/queries/signing-keys';
import type { TenderRow, TenderView } from '@/lib/server/queries/view';

export interface Batch {
  tasks: BatchTask[];
  /** Ed25519 public key that all of them want, where they want one and the same. */
  registeredKey: string | undefined;
  demonstration: boolean;
}

/** What one opening of the member's key file can do in several tenders; null when it would serve only one. */
export async function readBatch(
  tenders: readonly { row: TenderRow; view: TenderView }[],
): Promise<Batch | null> {
  const unread = tenders.flatMap(({ row, view }) => {
    const work = memberWork(view);
    return work ? [{ row, work }] : [];
  });
  if (unread.length < 2) return null;
  const records = unread.flatMap(({ work }) => (work.kind === 'accept' ? [] : [work.keyRecord]));
  const keys = records.length > 0 ? await readSigningKeys(records) : {};
  const tasks = unread.flatMap(({ row: { ocid, title, language }, work }): BatchTask[] => {
    const known = withKeys(work, keys);
    return known ? [{ id: `${work.kind} ${ocid}`, ocid, title, language, work: known }] : [];
  });
  const wanted = new Set(tasks.flatMap(({ work }) => (work.kind === 'accept' ? [] : [work.registeredKey])));
  return {
    tasks,
    registeredKey: wanted.size === 1 ? [...wanted][0] : undefined,
    demonstration: tenders.some(({ view }) => view.demonstration),
  };
}
