import { ed25519 } from '@noble/curves/ed25519.js';
import { randomBytes } from 'node:crypto';
import { ENTRY_SIZE } from '@/lib/audit/log-tile';
import type { AuditSources, PublishedAnchor, PublishedProcess, PublishedRecord } from '@/lib/audit/sources';
import type { ChainStage, ChainTender } from '@/lib/evidence/chain-reader';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { append, EMPTY_LOG } from '@/lib/merkle/append';
import { checkpointText, formatSignatureLine } from '@/lib/merkle/checkpoint';
import { stageTree } from '@/lib/merkle/stage-tree';
import { formatVerifierKey, verifierKey, type VerifierKey } from '@/lib/merkle/verifier-key';
import { CATALOGUE, type RecordType } from '@/lib/record/catalogue';
import { toHex } from '@/lib/record/hex';
import { canonicalText } from '@/lib/record/jcs';
import { processKey } from '@/lib/record/stage-key';
import { nativeSign } from '@/lib/server/ed25519';
import { nativeSha256 } from '@/lib/server/sha256';
import { logAndChain, served } from './audit-sources';

/*
 * A registry in memory, as an audit is served it: a log with its tiles, anchors with their signed checkpoints, and
 * processes that are over, each with its disclosed entries and its closed stages, in which other leaves stand too.
 */

export interface Shape {
  leaves: number;
  /** Leaves between two anchors. */
  perAnchor: number;
  processes: number;
}

/** What each process discloses, in the order of filing; as many leaves of its stages stay withheld. */
const DISCLOSED: readonly RecordType[] = [
  ...(['committee-appointed', 'budget-line', 'publication-approved', 'notice'] as const),
  ...Array.from({ length: 5 }, () => 'bid' as const),
  ...Array.from({ length: 5 }, () => 'bid-opened' as const),
  ...(['opening-report', 'scores-sealed', 'ranking', 'award-announced', 'award', 'contract'] as const),
];

const ORIGIN = 'bench.example/registry';
/** Seconds since 1970; an anchor is made every minute from then on. */
const BEGAN = 1_790_000_000;
const MINUTE = 60;
const CLOSED_STAGES = [0, 1, 2, 3, 4, 5, 6] as const;

const hexOf = (bytes: number) => randomBytes(bytes).toString('hex');

/** An entry of about the size of a bid's with its price form, or a ranking's: 2 kB. */
function entryText(type: RecordType, id: string, ocid: string, time: string): string {
  const items = Array.from({ length: 8 }, (_, i) => ({
    ...{ itemId: `item-${i + 1}`, quantity: `${10 * (i + 1)}`, unitPrice: '900.25' },
    ...{ amount: '9002.50', description: `Quay wall, section ${i + 1}, as drawn` },
  }));
  return canonicalText({
    record: {
      ...{ v: 1, id, type, ocid, stage: CATALOGUE[type].stage, round: 0, time, refs: [hexOf(32)] },
      actor: { organization: 'city', person: 'officer-1', role: 'officer' },
      documents: [
        {
          ...{ id: `${id}-1`, title: 'Specification', mediaType: 'application/pdf', size: 1_048_576 },
          ...{ sha256: hexOf(32), language: 'en' },
        },
      ],
      data: { envelope: hexOf(32), priceForm: { currency: 'EUR', items, total: '72020.00' } },
    },
    signatures: [{ alg: 'ed25519', key: hexOf(32), signature: hexOf(64) }],
  });
}

interface Draft {
  ocid: string;
  /** Number of the process. */
  number: number;
  rows: PublishedRecord[];
  /** Log indices by stage. */
  lists: number[][];
}

/** One process in its own stretch of the log; writes the commitments of what it discloses into `commitments`. */
function draftProcess(
  number: number,
  { leaves, perAnchor, processes }: Shape,
  commitments: Uint8Array[],
): Draft {
  const ocid = `ocds-bench-${String(number).padStart(6, '0')}`;
  const stretch = Math.floor(leaves / processes);
  const step = Math.floor(stretch / (2 * DISCLOSED.length));
  const lists: number[][] = CLOSED_STAGES.map(() => []);
  const rows = DISCLOSED.map((type, i): PublishedRecord => {
    const index = number * stretch + 2 * i * step;
    const seconds = BEGAN + Math.floor((index / perAnchor) * MINUTE);
    const time = new Date(seconds * 1000).toISOString();
    const id = `0199a0b1-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
    const entry = entryText(type, id, ocid, time);
    const salt = randomBytes(32);
    const commitment = new Uint8Array(nativeSha256(Buffer.concat([salt, Buffer.from(entry)])));
    commitments[index]?.set(commitment);
    const stage = CATALOGUE[type].stage ?? 0;
    lists[stage]?.push(index, index + step);
    return {
      ...{ id, type, stage, round: 0, time, commitment: toHex(commitment), index, entry },
      anchoredBy: new Date((seconds + 180) * 1000).toISOString(),
      ...{ salt: salt.toString('hex'), erased: false },
    };
  });
  return { ocid, number, rows, lists };
}

export interface Finished {
  published: PublishedProcess;
  tender: ChainTender;
  stages: ChainStage[];
  award: string;
}

/** Closes the stages of a process, a minute each, once the anchor holds all of its stretch. */
function finish(draft: Draft, { leaves, perAnchor, processes }: Shape, commitments: Uint8Array[]): Finished {
  const { ocid, rows, lists, number } = draft;
  const key = toHex(processKey(ocid));
  const anchorIndex = Math.ceil(((number + 1) * Math.floor(leaves / processes)) / perAnchor) - 1;
  const due = BEGAN + (anchorIndex + 1) * MINUTE;
  const closed = lists.map((indices, stage) => {
    const { rootHash } = stageTree(
      indices.map((index) => commitments[index] ?? new Uint8Array(32)),
      nativeSha256,
    );
    const facts = { rootHash: toHex(rootHash), count: indices.length, anchorIndex };
    return {
      row: { key, stage, round: 0, ...facts, leaves: indices },
      chain: { ...facts, time: due + stage * MINUTE, blockNumber: 10 * number + stage },
    };
  });
  const commitmentOf = (type: RecordType) => rows.find((row) => row.type === type)?.commitment ?? '';
  return {
    published: { key, ocid, records: rows, stages: closed.map(({ row }) => row) },
    tender: {
      notice: commitmentOf('notice'),
      ...{ bidsDue: due, standstill: 0, time: BEGAN, blockNumber: 10 * number },
    },
    stages: closed.map(({ chain }) => chain),
    award: commitmentOf('award-announced'),
  };
}

/** Grows the log anchor by anchor, each with the checkpoint of its size. */
function growLog(commitments: readonly Uint8Array[], perAnchor: number, key: VerifierKey, seed: Uint8Array) {
  const tiles = new Map<string, Uint8Array>();
  const anchors: PublishedAnchor[] = [];
  let log = EMPTY_LOG;
  for (let size = 0; size < commitments.length;) {
    const next = Math.min(size + perAnchor, commitments.length);
    const { state, rootHash, fullTiles, partialTiles } = append(
      log,
      commitments.slice(size, next),
      nativeSha256,
    );
    for (const t of [...fullTiles, ...partialTiles]) tiles.set(`${t.level}/${t.index}`, t.bytes);
    const text = checkpointText({ origin: ORIGIN, size: next, rootHash });
    const signature = nativeSign(Buffer.from(text), seed);
    const checkpoint = `${text}\n${formatSignatureLine({ name: key.name, keyId: key.keyId, signature })}`;
    const index = anchors.length;
    const time = BEGAN + (index + 1) * MINUTE;
    anchors.push({ index, treeSize: next, time, rootHash: toHex(rootHash), checkpoint });
    log = state;
    size = next;
  }
  return { tiles, anchors };
}

export interface RegistryInMemory {
  sources: AuditSources;
  registry: RegistryDescriptor;
  /** Milliseconds since 1970: after everything. */
  now: number;
  anchors: number;
  /** UTF-8 lengths of the disclosed entries. */
  entryLengths: number[];
  /** Leaves in each closed stage. */
  stageCounts: number[];
}

export function registryInMemory(shape: Shape): RegistryInMemory {
  const bundles = new Uint8Array(randomBytes(shape.leaves * ENTRY_SIZE));
  const commitments = Array.from({ length: shape.leaves }, (_, i) => {
    bundles.set([0, 32], i * ENTRY_SIZE);
    return bundles.subarray(i * ENTRY_SIZE + 2, (i + 1) * ENTRY_SIZE);
  });
  const drafts = Array.from({ length: shape.processes }, (_, i) => draftProcess(i, shape, commitments));
  const finished = new Map(
    drafts.map((draft) => {
      const made = finish(draft, shape, commitments);
      return [made.published.key, made];
    }),
  );
  const seed = new Uint8Array(randomBytes(32));
  const key = verifierKey(ORIGIN, ed25519.getPublicKey(seed));
  const { tiles, anchors } = growLog(commitments, shape.perAnchor, key, seed);
  const pinned = {
    origin: ORIGIN,
    logKey: formatVerifierKey(key),
    chainId: 1,
    contract: `0x${'0'.repeat(40)}`,
  };
  const all = [...finished.values()];
  return {
    sources: { ...logAndChain(bundles, tiles, anchors, finished), registry: served(anchors, finished) },
    registry: { ...pinned, codeHash: `0x${'0'.repeat(64)}`, confirmations: 1, predecessor: null },
    now: (BEGAN + (anchors.length + 60) * MINUTE) * 1000,
    anchors: anchors.length,
    entryLengths: all.flatMap(({ published }) =>
      published.records.map(({ entry }) => Buffer.byteLength(entry ?? '')),
    ),
    stageCounts: all.flatMap(({ stages }) => stages.map(({ count }) => count)),
  };
}
