import type { ChainReader } from '@/lib/evidence/chain-reader';
import type { FileFacts } from '@/lib/evidence/context';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { parseEvidence, type Evidence } from '@/lib/evidence/format';
import { verifyEvidence, type Verification } from '@/lib/evidence/verify';
import { checkReceipt, parseReceipt, type CheckedReceipt } from './check-receipt';
import type { ChainReport, ReportingReader } from './agreeing-reader';
import { fetchEvidence, findCandidates, type FetchText } from './lookup';
import { namesakesAmong, type Namesake } from './namesakes';
import type { Standing } from './standing';

/** Evidence for one record, and what verifying it gave. */
export interface Checked {
  readonly evidence: Evidence;
  /** The evidence as it was received, for keeping. */
  readonly text: string;
  readonly verification: Verification;
  readonly file: FileFacts | null;
  /** Which node said what; null when none was asked. */
  readonly nodes: ChainReport | null;
  /** What became of it since; null until that was looked into, and for what is not genuine. */
  readonly standing: Standing | null;
}

export type CheckOutcome = Found & {
  /** What of the file's digest was sent to the registry; undefined where nothing was asked. */
  readonly sent?: string;
};

type Found =
  | { readonly kind: 'checked'; readonly results: readonly Checked[] }
  | { readonly kind: 'unknown'; readonly file: FileFacts; readonly namesakes: readonly Namesake[] }
  | { readonly kind: 'receipt'; readonly checked: CheckedReceipt }
  | { readonly kind: 'not-evidence'; readonly detail: string }
  | { readonly kind: 'not-receipt'; readonly detail: string };

export interface CheckWorld {
  readonly registry: RegistryDescriptor;
  /** Null when no node is named. Called once per evidence, since a reader remembers. */
  readonly chain: () => ChainReader | ReportingReader | null;
  readonly get: FetchText;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The same file may stand in many records (a document that is amended and repeated); more than these help nobody. */
const MAX_RESULTS = 10;

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
  const held = offline.filter((text) => digestsIn(text).includes(file.sha256));
  if (held.length > 0) return verifyAll(held, file, world);

  const { candidates, prefix: sent } = await findCandidates(file.sha256, world.get);
  const matches = candidates.filter(({ sha256 }) => sha256 === file.sha256).slice(0, MAX_RESULTS);
  if (matches.length === 0) {
    return { kind: 'unknown', file, namesakes: await namesakesAmong(file, candidates, world.get), sent };
  }
  const texts: string[] = [];
  for (const { recordId } of matches) texts.push(await fetchEvidence(recordId, world.get));
  return { ...(await verifyAll(texts, file, world)), sent };
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
    const checked = await verifyText(text, file, world);
    if ('detail' in checked) return { kind: 'not-evidence', detail: checked.detail };
    results.push(checked);
  }
  return { kind: 'checked', results };
}

/** Verifies one evidence as it was received. @returns what is wrong with it when it is none. */
export async function verifyText(
  text: string,
  file: FileFacts | null,
  world: CheckWorld,
): Promise<Checked | { readonly detail: string }> {
  const parsed = parseEvidence(text);
  if (!parsed.ok) return { detail: parsed.detail };
  const { evidence } = parsed;
  const chain = world.chain();
  const question = { evidence, registry: world.registry, chain, now: world.now() };
  const verification = await verifyEvidence(file === null ? question : { ...question, file });
  const nodes = chain !== null && 'report' in chain ? chain.report() : null;
  return { evidence, text, verification, file, nodes, standing: null };
}

/** Digests of the documents that an evidence names; none for what is no evidence. */
export function digestsIn(text: string): string[] {
  const parsed = parseEvidence(text);
  return parsed.ok ? parsed.evidence.entry.record.documents.map(({ sha256 }) => sha256) : [];
}
