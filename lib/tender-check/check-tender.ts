import type { PublishedProcess, PublishedRecord } from '@/lib/audit/sources';
import type { ChainReader } from '@/lib/evidence/chain-reader';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { parseEvidence } from '@/lib/evidence/format';
import { verifyEvidence, type VerdictOutcome } from '@/lib/evidence/verify';
import type { EnvelopeSource } from '@/lib/sealing/open';
import type { NewHash } from '@/lib/sealing/bytes';
import { checkOpenings, checkRankings, checkReports } from './check-results';
import { checkStages } from './check-stages';
import { rebuildProcess, type ProvenRecord } from './rebuild';
import { row, type CheckCode, type CheckRow } from './report';

/** Where the check reads: everything that it is given counts only as far as it can be computed again. */
export interface TenderCheckSources {
  /** Pinned by whoever asks. */
  readonly registry: RegistryDescriptor;
  /** Null to check without a chain: nothing is then proven. */
  readonly chain: ChainReader | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** All published records of the process, and its closed stages; null when the registry knows of none. */
  process(): Promise<PublishedProcess | null>;
  /** Evidence of a record, as text; null when it is not to be had. */
  evidence(recordId: string): Promise<string | null>;
  /** Reads a document once, hashing it; null when it is not to be had. */
  document(recordId: string, documentId: string): Promise<{ sha256: string; size: number } | null>;
  /** A sealed bid, by its SHA-256; null when it is not to be had. */
  envelope(sha256: string): Promise<EnvelopeSource | null>;
  readonly newHash?: NewHash;
}

export interface TenderCheckWatch {
  /** Called with every row as it is found. */
  row(found: CheckRow): void;
  /** Steps done, and how many are known of so far. */
  progress(done: number, of: number): void;
}

const RECORD_CODES: Record<VerdictOutcome, CheckCode> = {
  proven: 'record-proven',
  pending: 'record-pending',
  unchecked: 'record-unchecked',
  refuted: 'record-refuted',
};

/**
 * Checks a whole tender: every published record by its evidence, every closed stage for completeness, every document by
 * its digest, every opening by opening the bids again, every ranking by computing it again.
 * @returns null when the registry publishes no such process.
 * @throws what the sources throw.
 */
export async function checkTender(
  ocid: string,
  sources: TenderCheckSources,
  watch: TenderCheckWatch,
): Promise<CheckRow[] | null> {
  const published = await sources.process();
  if (published === null || published.ocid !== ocid) return null;
  const rows: CheckRow[] = [];
  const steps = counter(watch);
  const tell = (found: CheckRow) => {
    rows.push(found);
    watch.row(found);
  };
  steps.expect(published.records.length);
  const proven: ProvenRecord[] = [];
  for (const record of published.records) {
    const found = await checkRecord(ocid, record, sources);
    tell(found.row);
    if (found.proven) proven.push(found.proven);
    steps.done();
  }
  for (const found of checkStages(published.stages, proven)) tell(found);
  const documents = proven.flatMap(({ evidence: { entry } }) =>
    entry.record.documents.map((document) => ({ document, recordId: entry.record.id })),
  );
  steps.expect(documents.length);
  for (const { document, recordId } of documents) {
    tell(await checkDocument(sources, recordId, document));
    steps.done();
  }
  const process = rebuildProcess(ocid, sources.registry, proven);
  const erased = published.records.filter((record) => record.erased).map(({ commitment }) => commitment);
  checkReports(process, new Set(erased), tell);
  await checkOpenings(process, sources, steps, tell);
  checkRankings(process, tell);
  return rows;
}

export interface Steps {
  expect(more: number): void;
  done(): void;
}

function counter(watch: TenderCheckWatch): Steps {
  let [done, of] = [0, 0];
  const tell = () => watch.progress(done, of);
  return {
    expect(more) {
      of += more;
      tell();
    },
    done() {
      done += 1;
      tell();
    },
  };
}

async function checkRecord(
  ocid: string,
  published: PublishedRecord,
  sources: TenderCheckSources,
): Promise<{ row: CheckRow; proven?: ProvenRecord }> {
  const about = { id: published.id, name: published.type, stage: published.stage };
  const plain = (code: CheckCode, detail = '') => ({ row: row('records', code, { ...about, detail }) });
  if (published.erased) return plain('record-erased');
  if (published.entry === null) return plain('record-withheld');
  const text = await sources.evidence(published.id);
  if (text === null) return plain('record-missing');
  const parsed = parseEvidence(text);
  if (!parsed.ok) return plain('record-refuted', parsed.detail);
  const { evidence } = parsed;
  const { record } = evidence.entry;
  const { registry, chain, now } = sources;
  const { verdict, steps, commitment } = await verifyEvidence({ evidence, registry, chain, now });
  const failed = steps.find(({ outcome }) => outcome === 'fail');
  if (failed) return plain('record-refuted', `${failed.id}: ${failed.code}`);
  // Evidence that verifies, of something else than was asked for.
  if (record.id !== published.id || record.ocid !== ocid || commitment === null)
    return plain('record-of-another', record.id);
  return { ...plain(RECORD_CODES[verdict.outcome]), proven: { evidence, commitment } };
}

async function checkDocument(
  sources: TenderCheckSources,
  recordId: string,
  document: { id: string; title: string; sha256: string; size: number },
): Promise<CheckRow> {
  const about = { id: recordId, name: document.title };
  const read = await sources.document(recordId, document.id);
  if (read === null) return row('documents', 'document-missing', about);
  const same = read.sha256 === document.sha256 && read.size === document.size;
  const detail = same ? read.sha256 : `${document.sha256}, ${document.size} ≠ ${read.sha256}, ${read.size}`;
  return row('documents', same ? 'document-same' : 'document-differs', { ...about, detail });
}
