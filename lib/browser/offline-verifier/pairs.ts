import type { FileFacts } from '@/lib/evidence/context';
import type { Evidence } from '@/lib/evidence/format';
import type { ReadFile } from './read-file';

/** One file of the list. */
export interface Item {
  readonly id: number;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Null while it is read. */
  readonly read: ReadFile | null;
}

/** Evidence, and the document that is held against it. */
export interface Pair {
  /** Stays the same however many files are added. */
  readonly key: string;
  /** Name of the file to speak of: the document's where there is one. */
  readonly name: string;
  readonly evidence: Evidence;
  readonly file: FileFacts | null;
}

export interface Pairs {
  readonly pairs: readonly Pair[];
  /** Documents that no evidence here speaks of. */
  readonly orphans: readonly FileFacts[];
}

interface HeldEvidence {
  readonly item: Item;
  readonly evidence: Evidence;
}

/**
 * Which document goes with which evidence: by its digest. A document that fits none is held against the only evidence
 * there is, or against that which lists a document of its name, so that an altered one is refused and not passed over.
 */
export function pairUp(items: readonly Item[]): Pairs {
  const held = heldEvidence(items);
  const pairs: Pair[] = [];
  const orphans: FileFacts[] = [];
  const used = new Set<number>();
  for (const { id, read } of items) {
    if (read?.kind !== 'document') continue;
    const fitting = evidenceFor(read.file, held);
    if (fitting.length === 0) orphans.push(read.file);
    for (const { item, evidence } of fitting) {
      used.add(item.id);
      const name = read.file.name ?? item.name;
      pairs.push({ key: `${item.id}/${id}`, name, evidence, file: read.file });
    }
  }
  for (const { item, evidence } of held) {
    if (!used.has(item.id)) pairs.push({ key: `${item.id}/`, name: item.name, evidence, file: null });
  }
  return { pairs, orphans };
}

/** The same evidence twice is one. */
function heldEvidence(items: readonly Item[]): HeldEvidence[] {
  const byText = new Map<string, HeldEvidence>();
  for (const item of items) {
    if (item.read?.kind !== 'evidence' || byText.has(item.read.text)) continue;
    byText.set(item.read.text, { item, evidence: item.read.evidence });
  }
  return [...byText.values()];
}

function evidenceFor(file: FileFacts, held: readonly HeldEvidence[]): readonly HeldEvidence[] {
  const lists = (test: (document: { sha256: string; title: string }) => boolean): HeldEvidence[] =>
    held.filter(({ evidence }) => evidence.entry.record.documents.some(test));
  const exact = lists(({ sha256 }) => sha256 === file.sha256);
  if (exact.length > 0) return exact;
  return held.length === 1 ? held : lists(({ title }) => title === file.name);
}
