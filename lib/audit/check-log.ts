import {
  verifyCheckpoint,
  type CheckpointFault,
  type SignedCheckpoint,
  type VerifyEd25519,
} from '@/lib/merkle/checkpoint';
import type { VerifierKey } from '@/lib/merkle/verifier-key';
import type { ChainAnchor } from '@/lib/evidence/chain-reader';
import { toHex } from '@/lib/record/hex';
import type { FindingCode, Report } from './finding';
import { followLog, type Expected, type Followed } from './follow-log';
import { noPeaks, type Peaks, type TreeHasher } from './peaks';
import type { LedgerSource, LogSource, PublishedAnchor, RegistrySource } from './sources';
import { peaksOf, rememberTree, type AuditState } from './state';

/** Anchors asked for at the same time. */
const TOGETHER = 16;

const CHECKPOINT_CODES: Record<CheckpointFault, FindingCode> = {
  malformed: 'checkpoint-malformed',
  'origin-mismatch': 'checkpoint-of-another',
  'not-signed-by-key': 'checkpoint-unsigned',
  'signature-invalid': 'checkpoint-unsigned',
};

export interface Head {
  readonly size: number;
  readonly rootHash: Uint8Array;
}

/** The pinned key of the log, and what verifies with it. */
export interface LogKey {
  readonly key: VerifierKey;
  readonly verify: VerifyEd25519;
}

/** The newest checkpoint, if it can be believed; an empty log has none. */
export function readHead(
  note: string | null,
  { key, verify }: LogKey,
  least: number,
  report: Report,
): Head | null {
  if (note === null) {
    if (least > 0) report('checkpoint-missing', {}, `a checkpoint of at least ${least} leaves`, null);
    return null;
  }
  const outcome = verifyCheckpoint(note, key, verify);
  if (outcome.ok) return outcome.checkpoint;
  report(CHECKPOINT_CODES[outcome.fault], {}, key.name, outcome.fault);
  return null;
}

/** Every anchor from `from` on, and the one before it: sizes grow and times never fall. */
export async function readAnchors(
  ledger: LedgerSource,
  from: number,
  last: ChainAnchor | null,
  report: Report,
): Promise<ChainAnchor[]> {
  const count = await ledger.anchorCount();
  const anchors: ChainAnchor[] = [];
  for (let start = from; start < count; start += TOGETHER) {
    const indices = Array.from({ length: Math.min(TOGETHER, count - start) }, (_, i) => start + i);
    anchors.push(...(await Promise.all(indices.map((index) => ledger.anchorAt(index)))));
  }
  let before = last;
  anchors.forEach((anchor, i) => {
    const grew = before === null || (anchor.treeSize > before.treeSize && anchor.time >= before.time);
    if (!grew) {
      const expected = `more than ${before?.treeSize} leaves, not before ${before?.time}`;
      report('anchor-order', { anchorIndex: from + i }, expected, `${anchor.treeSize} at ${anchor.time}`);
    }
    before = anchor;
  });
  return anchors;
}

export interface LogCheck {
  readonly log: LogSource;
  readonly tree: TreeHasher;
  readonly report: Report;
  readonly head: Head;
  readonly state: AuditState;
  /** Reads every leaf again from the first. */
  readonly whole: boolean;
  /** Index of the first of `anchors`. */
  readonly firstAnchor: number;
  readonly anchors: readonly ChainAnchor[];
  /** Signed checkpoints of older sizes that must be on the way to the newest. */
  readonly checkpoints: readonly { readonly anchorIndex: number; readonly checkpoint: SignedCheckpoint }[];
  progress(done: number, total: number): void;
  /** A place that the chain itself confirmed: safe to go on from. */
  confirmed(tree: Pick<AuditState, 'size' | 'rootHash' | 'peaks'>, anchors: number, last: ChainAnchor): void;
}

/** Follows the log to its head, past every anchor. */
export async function checkLog(check: LogCheck): Promise<Followed> {
  const { head, state, report, tree } = check;
  if (head.size < state.size)
    report('log-shrank', {}, `at least ${state.size} leaves`, `${head.size} leaves`);
  const start: Peaks = check.whole || head.size < state.size ? noPeaks() : peaksOf(state);
  // Up to here the log is known to be whole: what is found wrong after it lies after it.
  const good = { size: start.size };
  const expected = [...anchorRoots(check, good), ...ownRoot(check, good), ...olderCheckpoints(check)]
    .filter(({ size }) => size >= start.size)
    .sort((a, b) => a.size - b.size);
  const followed = await followLog({ ...check, ...head }, start, expected, check.progress);
  const root = tree.root(followed.tree);
  const { size } = head;
  if (toHex(root) !== toHex(head.rootHash)) {
    report('checkpoint-root', { index: good.size, lastIndex: size - 1 }, toHex(root), toHex(head.rootHash));
  }
  return followed;
}

interface Good {
  size: number;
}

function anchorRoots(check: LogCheck, good: Good): Expected[] {
  const { anchors, firstAnchor, head, report } = check;
  const beyond = anchors.findIndex(({ treeSize }) => treeSize > head.size);
  const lost = anchors[beyond];
  if (lost !== undefined) {
    const subject = {
      anchorIndex: firstAnchor + beyond,
      index: head.size,
      lastIndex: (anchors.at(-1) ?? lost).treeSize - 1,
    };
    report(
      'log-behind-anchor',
      subject,
      `${lost.treeSize} leaves with root ${lost.rootHash}`,
      `${head.size} leaves`,
    );
  }
  let differs = false;
  return anchors.map((anchor, i) => ({
    size: anchor.treeSize,
    check(root, tree) {
      // Once the log has left what is anchored, all later roots differ too: the first one says where.
      if (differs) return;
      if (toHex(root) === anchor.rootHash) {
        good.size = anchor.treeSize;
        check.confirmed(rememberTree(tree, root), firstAnchor + i + 1, anchor);
        return;
      }
      differs = true;
      const subject = { anchorIndex: firstAnchor + i, index: good.size, lastIndex: anchor.treeSize - 1 };
      report('anchor-root', subject, anchor.rootHash, toHex(root));
    },
  }));
}

/** What this auditor itself computed the last time. */
function ownRoot({ state, report }: LogCheck, good: Good): Expected[] {
  const check = (root: Uint8Array) => {
    if (toHex(root) === state.rootHash) good.size = state.size;
    else
      report('log-rewritten', { index: good.size, lastIndex: state.size - 1 }, state.rootHash, toHex(root));
  };
  return state.size === 0 ? [] : [{ size: state.size, check }];
}

function olderCheckpoints({ checkpoints, report }: LogCheck): Expected[] {
  return checkpoints.map(({ anchorIndex, checkpoint }) => ({
    size: checkpoint.size,
    check(root) {
      if (toHex(root) !== toHex(checkpoint.rootHash))
        report('anchor-checkpoint', { anchorIndex }, toHex(root), toHex(checkpoint.rootHash));
    },
  }));
}

/** The anchors that the registry states, page by page, from one index until `end` is reached or there are no more. */
export async function readPublishedAnchors(
  registry: RegistrySource,
  first: number,
  end = Infinity,
): Promise<PublishedAnchor[]> {
  const all: PublishedAnchor[] = [];
  for (let from = first; from < end;) {
    const page = await registry.anchors(from);
    const next = (page.at(-1)?.index ?? -1) + 1;
    // A page that does not go on would be asked for ever.
    if (next <= from) break;
    all.push(...page);
    from = next;
  }
  return all;
}

/** Holds the anchors that the registry states against those on chain. @returns their checkpoints, where validly signed. */
export function checkPublishedAnchors(
  published: readonly PublishedAnchor[],
  { anchors, firstAnchor }: { anchors: readonly ChainAnchor[]; firstAnchor: number },
  { key, verify }: LogKey,
  report: Report,
): { anchorIndex: number; checkpoint: SignedCheckpoint }[] {
  return published.flatMap((row) => {
    const anchorIndex = row.index;
    if (anchorIndex < firstAnchor) return [];
    const anchor = anchors[anchorIndex - firstAnchor];
    if (anchor === undefined) {
      report('anchor-not-on-chain', { anchorIndex }, null, row.rootHash);
      return [];
    }
    for (const field of ['treeSize', 'time', 'rootHash'] as const)
      if (row[field] !== anchor[field])
        report('anchor-row-differs', { anchorIndex, field }, anchor[field], row[field]);
    const outcome = row.checkpoint === null ? null : verifyCheckpoint(row.checkpoint, key, verify);
    if (outcome?.ok && outcome.checkpoint.size === row.treeSize) {
      return [{ anchorIndex, checkpoint: outcome.checkpoint }];
    }
    const found = outcome === null ? null : outcome.ok ? `${outcome.checkpoint.size} leaves` : outcome.fault;
    report('anchor-checkpoint', { anchorIndex }, `a signed checkpoint of ${anchor.treeSize} leaves`, found);
    return [];
  });
}
