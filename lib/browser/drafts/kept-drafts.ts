import type { DraftIdentity } from './draft';
import { bytesOf } from './draft';
import type { DraftRow, KeyRow } from './database';
import { inTransaction, openDatabase, requested } from './database';
import { deleteDraft } from './draft-store';
import { contentLabel, openRow } from './seal-rows';
import { decodeContent } from './stored-content';

/** One of the drafts in this browser. */
export interface DraftSummary {
  readonly id: string;
  /** Null when it cannot be read any more. */
  readonly identity: DraftIdentity | null;
  /** RFC 3339. */
  readonly savedAt: string;
  /** Bytes of its files together. */
  readonly bytes: number;
}

/** The drafts that this browser keeps for this site, newest first. @throws DraftError `storage-unavailable` */
export async function listDrafts(): Promise<DraftSummary[]> {
  const database = await openDatabase();
  try {
    const { rows, keys } = await inTransaction(database, ['drafts', 'keys'], 'read', async (transaction) => ({
      rows: (await requested(transaction.objectStore('drafts').getAll())) as DraftRow[],
      keys: (await requested(transaction.objectStore('keys').getAll())) as KeyRow[],
    }));
    const keyOf = new Map(keys.map(({ id, key }) => [id, key]));
    const summaries = await Promise.all(rows.map((row) => summarize(row, keyOf.get(row.id))));
    const saved = summaries.filter((summary) => summary !== null);
    return saved.toSorted((a, b) => (a.savedAt < b.savedAt ? 1 : -1));
  } finally {
    database.close();
  }
}

async function summarize(
  { id, savedAt, content }: DraftRow,
  key: CryptoKey | undefined,
): Promise<DraftSummary | null> {
  if (content === null || savedAt === null) return null;
  try {
    if (key === undefined) return { id, identity: null, savedAt, bytes: 0 };
    const { identity, draft } = decodeContent(await openRow(key, content, contentLabel(id)));
    return { id, identity, savedAt, bytes: bytesOf(draft) };
  } catch {
    return { id, identity: null, savedAt, bytes: 0 };
  }
}

/** Deletes a draft, whoever has it open: that tab can then save no more. @throws DraftError `storage-unavailable` */
export async function discardDraft(id: string): Promise<void> {
  const database = await openDatabase();
  try {
    await inTransaction(database, ['drafts', 'keys', 'chunks'], 'save', (t) => deleteDraft(t, id));
  } finally {
    database.close();
  }
}
