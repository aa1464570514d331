import type { FileFacts } from '@/lib/evidence/context';
import { parseEvidence } from '@/lib/evidence/format';
import { fetchEvidence, type Candidate, type FetchText } from './lookup';
import { recordsOf } from './process-records';

/** A document of the registry that bears the file's name and holds other bytes. */
export interface Namesake {
  readonly title: string;
  readonly sha256: string;
  /** In bytes; null when its evidence could not be had. */
  readonly size: number | null;
  readonly recordId: string;
  readonly ocid: string | null;
  /** When its record was filed: RFC 3339. */
  readonly time: string | null;
  /** When another document of the same name and tender was filed after it. */
  readonly supersededOn: string | null;
}

const MOST = 3;

/** Registered documents of the same name: the likeliest story behind an unknown file is that somebody altered one. */
export async function namesakesAmong(
  file: FileFacts,
  candidates: readonly Candidate[],
  get: FetchText,
): Promise<Namesake[]> {
  const alike = candidates.filter(({ title }) => isNamed(file, title));
  const found: Namesake[] = [];
  for (const { title, sha256, recordId } of alike.slice(0, MOST)) {
    const told = await toldOf(recordId, sha256, get);
    found.push({ title, sha256, recordId, ...told, supersededOn: null });
  }
  return inOrder(found);
}

/** As `namesakesAmong`, among the documents of these tenders. Never throws: it is a hint. */
export async function namesakesIn(
  ocids: Iterable<string>,
  file: FileFacts,
  get: FetchText,
): Promise<Namesake[]> {
  const found: Namesake[] = [];
  for (const ocid of ocids) {
    const records = await recordsOf(ocid, get).catch(() => []);
    for (const { id, record } of records) {
      for (const { title, sha256, size } of record.documents) {
        if (!isNamed(file, title) || found.some((known) => known.sha256 === sha256)) continue;
        found.push({ title, sha256, size, recordId: id, ocid, time: record.time, supersededOn: null });
      }
    }
  }
  return inOrder(found).slice(-MOST);
}

async function toldOf(
  recordId: string,
  sha256: string,
  get: FetchText,
): Promise<Pick<Namesake, 'size' | 'time' | 'ocid'>> {
  const nothing = { size: null, time: null, ocid: null };
  try {
    const parsed = parseEvidence(await fetchEvidence(recordId, get));
    if (!parsed.ok) return nothing;
    const { documents, time, ocid } = parsed.evidence.entry.record;
    const size = documents.find((document) => document.sha256 === sha256)?.size ?? null;
    return { size, time, ocid: ocid ?? null };
  } catch {
    // A hint that could not be had: the answer "unknown" stands without it.
    return nothing;
  }
}

/** From the oldest to the newest, each knowing which one of its tender came after it. */
function inOrder(found: readonly Namesake[]): Namesake[] {
  const sorted = [...found].sort((a, b) => ((a.time ?? '') < (b.time ?? '') ? -1 : 1));
  return sorted.map((one, i) => {
    const next = sorted
      .slice(i + 1)
      .find(
        ({ ocid, title, sha256 }) => ocid === one.ocid && sha256 !== one.sha256 && sameName(title, one.title),
      );
    return one.ocid === null ? one : { ...one, supersededOn: next?.time ?? null };
  });
}

function isNamed({ name }: FileFacts, title: string): boolean {
  return name !== undefined && sameName(title, name);
}

/** Browsers add " (1)" to a name that is taken already. */
function sameName(a: string, b: string): boolean {
  const plain = (name: string): string =>
    name
      .normalize('NFC')
      .replace(/ \(\d+\)(?=\.[^.]*$|$)/, '')
      .toLowerCase();
  return plain(a) === plain(b);
}
