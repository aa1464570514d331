import {
  checkDocument,
  checkEvidenceFile,
  checkReceiptFile,
  digestsIn,
  type CheckOutcome,
  type CheckWorld,
} from '@/lib/browser/verify/check';
import {
  classifyFile,
  isSecret,
  secretByName,
  type FileClass,
  type SecretKind,
} from '@/lib/browser/verify/classify';
import { createHasher, type Hasher } from '@/lib/browser/verify/hash-file';
import { headOf, textOf, type Given } from '@/lib/browser/verify/intake/given';
import { ZipRefused, type ZipFault } from '@/lib/browser/verify/intake/zip-directory';
import { LookupError, type LookupFault } from '@/lib/browser/verify/lookup';
import { namesakesIn } from '@/lib/browser/verify/namesakes';
import type { TrustSource } from '@/lib/browser/verify/pin';
import { standingOf } from '@/lib/browser/verify/standing';
import { VERDICTS, verdictOn, type VerdictKind } from '@/lib/browser/verify/verdict';

/** Why a file could not be checked. */
export type CheckFault = LookupFault | 'unreadable' | `zip-${ZipFault}`;

/** How far the check of one file has got. */
export type CheckState =
  | { readonly phase: 'waiting' }
  | { readonly phase: 'hashing'; readonly bytes: number }
  | { readonly phase: 'looking' }
  | { readonly phase: 'done'; readonly outcome: CheckOutcome }
  /** It lies in an archive that is a registered document itself. */
  | { readonly phase: 'covered' }
  | { readonly phase: 'refused'; readonly kind: SecretKind }
  | { readonly phase: 'failed'; readonly code: CheckFault }
  | { readonly phase: 'stopped' };

/** One file in the list. */
export interface CheckItem {
  readonly id: number;
  readonly file: Given;
  /** As it is shown, with the folder or archive that it came in; the file's own name when there is none. */
  readonly path?: string;
  /** Id of the archive that it lies in. */
  readonly within?: number | null;
  /** Of an archive: why it was not opened, null when it was. */
  readonly unopened?: ZipFault | null;
  /** Whose word for the registry it is checked against. */
  readonly source: TrustSource;
  readonly state: CheckState;
}

export type Report = (id: number, state: CheckState) => void;

/** True once nothing more will happen to the file by itself. */
export function isSettled({ phase }: CheckState): boolean {
  return phase !== 'waiting' && phase !== 'hashing' && phase !== 'looking';
}

/** The verdict on a file in a word; null while there is none. */
export function verdictOfItem({
  state,
  unopened,
}: Pick<CheckItem, 'state' | 'unopened'>): VerdictKind | null {
  if (state.phase === 'done') return verdictOn(state.outcome, unopened === null);
  return state.phase in VERDICTS ? (state.phase as VerdictKind) : null;
}

/** Evidence that was dropped along with documents is held in memory: no more of it than this, in UTF-16 code units. */
const MAX_OFFLINE = 67_108_864;

/** What is known of a drop while its files are checked. */
interface Batch {
  readonly world: CheckWorld;
  readonly hasher: Hasher;
  /** Evidence in the drop, by the digests of the documents that it is for. */
  readonly offline: ReadonlyMap<string, readonly string[]>;
  /** Tenders that the drop's files belong to. */
  readonly ocids: Set<string>;
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
  hasher: Hasher = createHasher(),
): Promise<void> {
  try {
    const kinds: FileClass[] = [];
    for (const { file } of items) kinds.push(await classOf(file));
    const offline = await offlineEvidence(items.filter((_, i) => kinds[i] === 'evidence'));
    const batch: Batch = { world, hasher, offline, ocids: new Set() };
    const registered = new Set<number>();
    const unknown: [number, CheckOutcome & { kind: 'unknown' }][] = [];
    for (const [i, item] of items.entries()) {
      const state = registered.has(item.within ?? -1)
        ? ({ phase: 'covered' } as const)
        : await checkOne(item, kinds[i] ?? 'document', batch, signals(item.id), report);
      report(item.id, state);
      if (state.phase !== 'done') continue;
      const { outcome } = state;
      if (outcome.kind === 'unknown' && item.unopened !== null) unknown.push([item.id, outcome]);
      if (outcome.kind !== 'checked') continue;
      if (outcome.results.some(isFound)) registered.add(item.id);
      for (const { evidence } of outcome.results) batch.ocids.add(evidence.entry.record.ocid ?? '');
    }
    await tellNamesakes(unknown, batch, signals, report);
  } finally {
    hasher.close();
  }
}

const isFound = ({ verification }: { verification: { verdict: { outcome: string } } }): boolean =>
  verification.verdict.outcome === 'proven' || verification.verdict.outcome === 'pending';

/** What is unknown is looked for, by its name, in the tenders of the files beside it: the prefix of its digest says nothing. */
async function tellNamesakes(
  unknown: readonly (readonly [number, CheckOutcome & { kind: 'unknown' }])[],
  { ocids, world }: Batch,
  signals: (id: number) => AbortSignal,
  report: Report,
): Promise<void> {
  const tenders = [...ocids].filter((ocid) => ocid !== '');
  for (const [id, outcome] of unknown) {
    if (tenders.length === 0 || outcome.namesakes.length > 0 || signals(id).aborted) continue;
    const namesakes = await namesakesIn(tenders, outcome.file, world.get);
    if (namesakes.length > 0) report(id, { phase: 'done', outcome: { ...outcome, namesakes } });
  }
}

async function checkOne(
  item: CheckItem,
  kind: FileClass,
  batch: Batch,
  signal: AbortSignal,
  report: Report,
): Promise<CheckState> {
  if (isSecret(kind)) return { phase: 'refused', kind };
  if (signal.aborted) return { phase: 'stopped' };
  const tell: Report = (id, state) => (signal.aborted ? undefined : report(id, state));
  try {
    const outcome = await Promise.race([outcomeOf(item, kind, batch, signal, tell), aborted(signal)]);
    return signal.aborted ? { phase: 'stopped' } : { phase: 'done', outcome };
  } catch (error) {
    if (signal.aborted) return { phase: 'stopped' };
    return { phase: 'failed', code: faultOf(error) };
  }
}

/** A registry that keeps us waiting does not keep whoever has stopped. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
}

async function outcomeOf(
  { id, file }: CheckItem,
  kind: FileClass,
  { world, hasher, offline }: Batch,
  signal: AbortSignal,
  report: Report,
): Promise<CheckOutcome> {
  if ('sha256' in file) {
    report(id, { phase: 'looking' });
    return withStandings(await checkDocument({ sha256: file.sha256, size: null }, world), world, true);
  }
  if (kind === 'receipt') return checkReceiptFile(await textOf(file), world);
  if (kind === 'evidence') {
    report(id, { phase: 'looking' });
    return withStandings(await checkEvidenceFile(await textOf(file), world), world, false);
  }
  report(id, { phase: 'hashing', bytes: 0 });
  const sha256 = await hasher.hash(file, (bytes) => report(id, { phase: 'hashing', bytes }), signal);
  report(id, { phase: 'looking' });
  const held = offline.get(sha256) ?? [];
  const outcome = await checkDocument({ sha256, size: file.size, name: file.name }, world, held);
  return withStandings(outcome, world, held.length === 0);
}

/** @param asking false for evidence that was dropped: then nothing is asked of the registry. */
async function withStandings(
  outcome: CheckOutcome,
  world: CheckWorld,
  asking: boolean,
): Promise<CheckOutcome> {
  if (outcome.kind !== 'checked') return outcome;
  const results = [];
  for (const checked of outcome.results) {
    results.push({ ...checked, standing: await standingOf(checked, world, asking) });
  }
  return { ...outcome, results };
}

function faultOf(error: unknown): CheckFault {
  if (error instanceof LookupError) return error.code;
  return error instanceof ZipRefused ? `zip-${error.code}` : 'unreadable';
}

async function classOf(file: Given): Promise<FileClass> {
  if ('sha256' in file) return 'document';
  const secret = secretByName(file.name);
  if (secret !== undefined) return secret;
  try {
    return classifyFile(file.name, await headOf(file));
  } catch {
    // It cannot be read at all: hashing will say so.
    return 'document';
  }
}

async function offlineEvidence(items: readonly CheckItem[]): Promise<Map<string, string[]>> {
  const byDigest = new Map<string, string[]>();
  let held = 0;
  for (const { file } of items) {
    if ('sha256' in file) continue;
    // What cannot be read says so when its own turn comes.
    const text = await textOf(file).catch(() => '');
    held += text.length;
    if (held > MAX_OFFLINE) break;
    for (const digest of digestsIn(text)) byDigest.set(digest, [...(byDigest.get(digest) ?? []), text]);
  }
  return byDigest;
}
