import type { ChainReader } from '@/lib/evidence/chain-reader';
import type { FileFacts } from '@/lib/evidence/context';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { parseEvidence, type Evidence } from '@/lib/evidence/format';
import { verifyEvidence, type Verification } from '@/lib/evidence/verify';
import { checkReceipt, parseReceipt, type CheckedReceipt } from './check-receipt';
import { fetchEvidence, findCandidates, type Candidate, type FetchText } from './lookup';

/** Evidence for one record, and what verifying it gave. */
export interface Checked {
  readonly evidence: Evidence;
  /** The evidence as it was received, for keeping. */
  readonly text: string;
  readonly verification: Verification;
  readonly file: FileFacts | null;
}

/** A document of the registry that bears the file's name and holds other bytes. */
export interface Namesake {
  readonly title: string;
  readonly sha256: string;
  /** In bytes; null when its evidence could not be had. */
  readonly size: number | null;
  readonly recordId: string;
}

export type CheckOutcome =
  | { readonly kind: 'checked'; readonly results: readonly Checked[] }
  | { readonly kind: 'unknown'; readonly file: FileFacts; readonly namesakes: readonly Namesake[] }
  | { readonly kind: 'receipt'; readonly checked: CheckedReceipt }
  | { readonly kind: 'not-evidence'; readonly detail: string }
  | { readonly kind: 'not-receipt'; readonly detail: string };

export interface CheckWorld {
  readonly registry: RegistryDescriptor;
  /** Null when no node is named. Called once per evidence, since a reader remembers. */
  readonly chain: () => ChainReader | null;
  readonly get: FetchText;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The same file may stand in many records (a document that is amended and repeated); more than these help nobody. */
const MAX_RESULTS = 10;
const MAX_NAMESAKES = 3;

/**
 * Finds the records that a file was attached to and verifies the evidence of each.
 * @param offline evidence that was dropped along with the file: used first, and then nothing is asked of the registry.
 * @throws LookupError
 */
export async function checkDocument(
  file: FileFacts,
  world: CheckWorld,
  offline: readonly string[] = [],
): Promise<CheckOutcome> {
  const held = offline.filter((text) => names(text, file.sha256));
  if (held.length > 0) return verifyAll(held, file, world);

  const candidates = await findCandidates(file.sha256, world.get);
  const matches = candidates.filter(({ sha256 }) => sha256 === file.sha256).slice(0, MAX_RESULTS);
  if (matches.length === 0) {
    return { kind: 'unknown', file, namesakes: await namesakesOf(file, candidates, world) };
  }
  const texts: string[] = [];
  for (const { recordId } of matches) texts.push(await fetchEvidence(recordId, world.get));
  return verifyAll(texts, file, world);
}

/** Verifies an evidence file by itself. */
export async function checkEvidenceFile(text: string, world: CheckWorld): Promise<CheckOutcome> {
  return verifyAll([text], null, world);
}

/** Checks a receipt by itself: nothing is asked of anybody. */
export function checkReceiptFile(text: string, world: CheckWorld): CheckOutcome {
  const parsed = parseReceipt(text);
  if (!parsed.ok) return { kind: 'not-receipt', detail: parsed.detail };
  return { kind: 'receipt', checked: checkReceipt(parsed.receipt, world.registry, world.now()) };
}

async function verifyAll(
  texts: readonly string[],
  file: FileFacts | null,
  world: CheckWorld,
): Promise<CheckOutcome> {
  const results: Checked[] = [];
  for (const text of texts) {
    const parsed = parseEvidence(text);
    if (!parsed.ok) return { kind: 'not-evidence', detail: parsed.detail };
    const question = {
      evidence: parsed.evidence,
      registry: world.registry,
      chain: world.chain(),
      now: world.now(),
    };
    const verification = await verifyEvidence(file === null ? question : { ...question, file });
    results.push({ evidence: parsed.evidence, text, verification, file });
  }
  return { kind: 'checked', results };
}

function names(text: string, sha256: string): boolean {
  const parsed = parseEvidence(text);
  return parsed.ok && parsed.evidence.entry.record.documents.some((document) => document.sha256 === sha256);
}

/** Registered documents of the same name: the likeliest story behind an unknown file is that somebody altered one. */
async function namesakesOf(
  file: FileFacts,
  candidates: readonly Candidate[],
  world: CheckWorld,
): Promise<Namesake[]> {
  const alike = candidates.filter(({ title }) => file.name !== undefined && sameName(title, file.name));
  const found: Namesake[] = [];
  for (const { title, sha256, recordId } of alike.slice(0, MAX_NAMESAKES)) {
    found.push({ title, sha256, recordId, size: await sizeOf(recordId, sha256, world.get) });
  }
  return found;
}

async function sizeOf(recordId: string, sha256: string, get: FetchText): Promise<number | null> {
  try {
    const parsed = parseEvidence(await fetchEvidence(recordId, get));
    const documents = parsed.ok ? parsed.evidence.entry.record.documents : [];
    return documents.find((document) => document.sha256 === sha256)?.size ?? null;
  } catch {
    // A hint that could not be had: the answer "unknown" stands without it.
    return null;
  }
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
