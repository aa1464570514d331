import {
  checkDocument,
  checkEvidenceFile,
  checkReceiptFile,
  type CheckOutcome,
  type CheckWorld,
} from '@/lib/browser/verify/check';
import {
  classifyFile,
  HEAD_BYTES,
  isSecret,
  secretByName,
  type FileClass,
  type SecretKind,
} from '@/lib/browser/verify/classify';
import { hashFile } from '@/lib/browser/verify/hash-file';
import { LookupError, type LookupFault } from '@/lib/browser/verify/lookup';
import type { TrustSource } from '@/lib/browser/verify/pin';
import { MAX_EVIDENCE_LENGTH } from '@/lib/evidence/format';

/** How far the check of one file has got. */
export type CheckState =
  | { readonly phase: 'waiting' }
  | { readonly phase: 'hashing'; readonly bytes: number }
  | { readonly phase: 'looking' }
  | { readonly phase: 'done'; readonly outcome: CheckOutcome }
  | { readonly phase: 'refused'; readonly kind: SecretKind }
  | { readonly phase: 'failed'; readonly code: LookupFault | 'unreadable' }
  | { readonly phase: 'stopped' };

/** One file in the list. */
export interface CheckItem {
  readonly id: number;
  readonly file: File;
  /** Whose word for the registry it is checked against. */
  readonly source: TrustSource;
  readonly state: CheckState;
}

export type Report = (id: number, state: CheckState) => void;

/** True once nothing more will happen to the file by itself. */
export function isSettled({ phase }: CheckState): boolean {
  return phase !== 'waiting' && phase !== 'hashing' && phase !== 'looking';
}

/**
 * Checks files one after the other, so that a slow disk is read once at a time. Evidence that was dropped in the same
 * go is used for the documents beside it.
 */
export async function runChecks(
  items: readonly CheckItem[],
  world: CheckWorld,
  signals: (id: number) => AbortSignal,
  report: Report,
): Promise<void> {
  const classes = await Promise.all(items.map(({ file }) => classOf(file)));
  const offline = await Promise.all(
    items.filter((_, i) => classes[i] === 'evidence').map(({ file }) => readEvidence(file)),
  );
  for (const [i, item] of items.entries()) {
    const state = await checkOne(item, classes[i] ?? 'document', world, offline, signals(item.id), report);
    report(item.id, state);
  }
}

async function checkOne(
  { id, file }: CheckItem,
  kind: FileClass,
  world: CheckWorld,
  offline: readonly string[],
  signal: AbortSignal,
  report: Report,
): Promise<CheckState> {
  if (isSecret(kind)) return { phase: 'refused', kind };
  try {
    if (kind === 'evidence') {
      report(id, { phase: 'looking' });
      return { phase: 'done', outcome: await checkEvidenceFile(await readEvidence(file), world) };
    }
    if (kind === 'receipt') {
      return { phase: 'done', outcome: checkReceiptFile(await readEvidence(file), world) };
    }
    report(id, { phase: 'hashing', bytes: 0 });
    const sha256 = await hashFile(file, (bytes) => report(id, { phase: 'hashing', bytes }), signal);
    report(id, { phase: 'looking' });
    const facts = { sha256, size: file.size, name: file.name };
    const outcome = await checkDocument(facts, world, offline);
    return signal.aborted ? { phase: 'stopped' } : { phase: 'done', outcome };
  } catch (error) {
    if (signal.aborted) return { phase: 'stopped' };
    return { phase: 'failed', code: error instanceof LookupError ? error.code : 'unreadable' };
  }
}

async function classOf(file: File): Promise<FileClass> {
  const secret = secretByName(file.name);
  if (secret !== undefined) return secret;
  try {
    return classifyFile(file.name, await file.slice(0, HEAD_BYTES).text());
  } catch {
    // It cannot be read at all: hashing will say so.
    return 'document';
  }
}

async function readEvidence(file: File): Promise<string> {
  // Never pull a huge file into memory because of its name; what is cut off will not parse.
  return file.slice(0, MAX_EVIDENCE_LENGTH).text();
}
