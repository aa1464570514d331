import type { ChainAnchor } from '@/lib/evidence/chain-reader';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { verifyEd25519, type VerifyEd25519 } from '@/lib/merkle/checkpoint';
import { parseVerifierKey } from '@/lib/merkle/verifier-key';
import {
  checkLog,
  checkPublishedAnchors,
  readAnchors,
  readHead,
  readPublishedAnchors,
  type LogCheck,
  type LogKey,
} from './check-log';
import { checkGivenReceipt, type GivenReceipt } from './check-receipt';
import { collectFindings, type Finding, type FindingCode, type Findings } from './finding';
import type { Followed } from './follow-log';
import { anchorFinder } from './find-anchor';
import { findLeaf } from './find-leaf';
import { LogUnreadable } from './log-tile';
import { leafReader } from './old-leaves';
import { hashBy, pureHashInto, treeHasher, type HashInto, type TreeHasher } from './peaks';
import { checkProcesses, recordsByIndex, type ProcessesChecked } from './check-processes';
import { rereadAnchors, rereadSlice, type Slice } from './reread';
import type { AuditSources } from './sources';
import { newState, rememberTree, type AuditState } from './state';

export interface AuditOptions {
  readonly sources: AuditSources;
  /** What is pinned: nothing of it is ever taken from the sources. */
  readonly registry: RegistryDescriptor;
  readonly state: AuditState | null;
  /** Checks everything again, and not only what is new since `state`. */
  readonly full?: boolean;
  /** Beside what is new, checks this part of what is old: in `parts` runs, everything is checked again. */
  readonly slice?: Slice;
  readonly receipts?: readonly GivenReceipt[];
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly hashInto?: HashInto;
  /** Of the checkpoints' signatures. */
  readonly verify?: VerifyEd25519;
  readonly progress?: (step: 'log' | 'processes', done: number, total: number) => void;
  /** Called with a state that is safe to resume from. */
  readonly save?: (state: AuditState) => void;
}

export interface AuditResult {
  readonly findings: readonly Finding[];
  /** How many more there were of a code than are listed. */
  readonly more: Partial<Record<FindingCode, number>>;
  /** No errors (there may be notices). */
  readonly clean: boolean;
  readonly state: AuditState;
  readonly counts: {
    /** Leaves of the log, and how many of them were hashed in this run. */
    readonly leaves: number;
    readonly hashed: number;
    readonly anchors: number;
    readonly processes: number;
    readonly records: number;
    readonly withheld: number;
    readonly erased: number;
  };
}

/**
 * Audits a registry from its public data and the chain (protocol §§1 to 6). Continues where `state` ended; when
 * something is wrong with the log, everything is read once more from the first leaf, so that the finding names the place.
 * @throws what the sources throw (a network that is away is not a finding).
 */
export async function audit(options: AuditOptions): Promise<AuditResult> {
  // A receipt's commitment may be any leaf: it is sought among all of them.
  const whole = (options.full ?? false) || (options.receipts ?? []).length > 0;
  const result = await run(options, whole);
  return result.clean || whole || options.state === null ? result : run(options, true);
}

/** Fixed for one run. */
interface Run {
  readonly options: AuditOptions;
  readonly whole: boolean;
  readonly findings: Findings;
  readonly signer: LogKey;
  readonly tree: TreeHasher;
  readonly firstAnchor: number;
}

async function run(options: AuditOptions, whole: boolean): Promise<AuditResult> {
  const { sources, registry, now } = options;
  const findings = collectFindings();
  const { report } = findings;
  const fault = await sources.ledger.codeFault();
  if (fault !== null) report('contract-code-differs', {}, registry.codeHash, fault);
  const state = options.state ?? newState(registry.origin);
  const signer = { key: parseVerifierKey(registry.logKey), verify: options.verify ?? verifyEd25519 };
  const hashInto = options.hashInto ?? pureHashInto;
  const [tree, hash] = [treeHasher(hashInto), hashBy(hashInto)];
  if (fault !== null) return nothing(findings, state);
  // The last anchor that was checked is looked at again: a reorganisation may have put another in its place.
  const firstAnchor = whole ? 0 : Math.max(0, state.anchors - 1);
  // Each source is asked after one that it must know at least as much as: an honest registry never seems to look ahead.
  const listed = await sources.registry.processes();
  const log = await auditLog({ options, whole, findings, signer, tree, firstAnchor }, state);
  if (log === null) return nothing(findings, state);
  const { followed, count } = log;
  const root = tree.root(followed.tree);
  const anchors = anchorFinder(sources.ledger, count);
  const find = findLeaf(followed);
  const leaf = leafReader(sources.log, followed, root);
  if (options.slice !== undefined && !whole) {
    await rereadSlice({ log: sources.log, tree, report, leaf, size: followed.from }, options.slice);
    const old = { registry: sources.registry, anchors, signer, report, count: firstAnchor };
    await rereadAnchors(old, options.slice);
  }
  const base = { report, tree, hash, followed, leaf, find, anchors };
  const checked = await checkProcesses(options, { ...base, listed, whole, state });
  for (const receipt of options.receipts ?? [])
    await checkGivenReceipt({ report, key: signer.key, now, find, anchors, list: checked.list }, receipt);
  const lastAnchor = count === 0 ? null : await anchors.at(count - 1);
  return finish(findings, { state: log.kept, followed, checked, root, anchors: count, lastAnchor });
}

/** The log and its anchors; null when it could not be followed to its head. */
async function auditLog(
  { options, whole, findings, signer, tree, firstAnchor }: Run,
  state: AuditState,
): Promise<{ followed: Followed; kept: AuditState; count: number } | null> {
  const { sources, save } = options;
  const { report } = findings;
  const published = await readPublishedAnchors(sources.registry, firstAnchor);
  const before = firstAnchor === 0 ? null : await sources.ledger.anchorAt(firstAnchor - 1);
  const anchors = await readAnchors(sources.ledger, firstAnchor, before, report);
  const least = Math.max(state.size, anchors.at(-1)?.treeSize ?? 0);
  const head = readHead(await sources.log.checkpoint(), signer, least, report);
  const checkpoints = checkPublishedAnchors(published, { anchors, firstAnchor }, signer, report);
  if (head === null) return null;
  let kept = state;
  const confirmed: LogCheck['confirmed'] = (at, count, lastAnchor) => {
    if (at.size < kept.size || !findings.clean()) return;
    kept = { ...kept, ...at, anchors: count, lastAnchor };
    save?.(kept);
  };
  const progress = (done: number, total: number) => options.progress?.('log', done, total);
  const parts = { log: sources.log, tree, report, head, state, whole, firstAnchor, anchors, checkpoints };
  try {
    const followed = await checkLog({ ...parts, progress, confirmed });
    return { followed, kept, count: firstAnchor + anchors.length };
  } catch (error) {
    if (error instanceof LogUnreadable) return null;
    throw error;
  }
}

const NONE = { leaves: 0, hashed: 0, anchors: 0, processes: 0, records: 0, withheld: 0, erased: 0 };

/** The log could not be followed: what is known so far. */
function nothing(findings: Findings, state: AuditState): AuditResult {
  const { list, more, clean } = findings;
  const known = recordsByIndex(state);
  const named = list().map((finding) => withRecord(finding, known));
  return { findings: named, more: more(), clean: clean(), state, counts: NONE };
}

function finish(
  findings: Findings,
  end: {
    state: AuditState;
    followed: Followed;
    checked: ProcessesChecked;
    root: Uint8Array;
    anchors: number;
    lastAnchor: ChainAnchor | null;
  },
): AuditResult {
  const { followed, checked, anchors } = end;
  const clean = findings.clean();
  // What is wrong is not remembered as right: the next run, too, starts from the last good place.
  const state: AuditState = clean
    ? {
        ...end.state,
        ...rememberTree(followed.tree, end.root),
        anchors,
        lastAnchor: end.lastAnchor,
        processes: checked.processes,
        registryRecords: checked.registryRecords,
      }
    : end.state;
  const named = findings.list().map((finding) => withRecord(finding, checked.recordAt));
  const counts = {
    leaves: followed.tree.size,
    hashed: followed.tree.size - followed.from,
    anchors,
    ...checked.counts,
  };
  return { findings: named, more: findings.more(), clean, state, counts };
}

/** A leaf that a published record is known to have been at is named by that record too. */
function withRecord(finding: Finding, recordAt: (index: number) => string | undefined): Finding {
  const { index, recordId, lastIndex } = finding.subject;
  if (index === undefined || recordId !== undefined || lastIndex !== undefined) return finding;
  const known = recordAt(index);
  return known === undefined ? finding : { ...finding, subject: { ...finding.subject, recordId: known } };
}
