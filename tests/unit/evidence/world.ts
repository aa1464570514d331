import { ed25519 } from '@noble/curves/ed25519.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import type { ChainReader } from '@/lib/evidence/chain-reader';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import type { Evidence, KeyEvidence } from '@/lib/evidence/format';
import { signCheckpoint } from '@/lib/merkle/checkpoint';
import { leafHash } from '@/lib/merkle/hash';
import { stageTree } from '@/lib/merkle/stage-tree';
import { buildLevels, inclusionProof, rootOf } from '@/lib/merkle/tree';
import { formatVerifierKey, verifierKey } from '@/lib/merkle/verifier-key';
import { commit } from '@/lib/record/commitment';
import { toHex } from '@/lib/record/hex';
import type { Entry, RecordSignature, TenderRecord } from '@/lib/record/record';
import { signRecord } from '@/lib/record/sign';
import { processKey } from '@/lib/record/stage-key';
import { commitments } from '../merkle/naive';

/*
 * A small registry, whole and honest: a log of 40 commitments, an anchor, a closed stage, and a chain that holds them.
 * Tests bend one thing at a time. Its figures are also the worked example of public/spec.
 */

const seed = (n: number): Uint8Array => new Uint8Array(32).fill(n);
export const LOG_SECRET = seed(0x11);
export const OFFICER_SECRET = seed(0x22);
const CODE = Uint8Array.of(0x60, 0x80, 0x60, 0x40, 0x52);
export const OCID = 'ocds-tp0001-2026-000042';
export const FILE = new TextEncoder().encode(
  'Award notice: the road bridge at Qingshui goes to Lushan Bridges Ltd.\n',
);

const ORIGIN = 'registry.example/tenderproof';
const LOG_KEY = verifierKey(ORIGIN, ed25519.getPublicKey(LOG_SECRET));

export const REGISTRY: RegistryDescriptor = {
  origin: ORIGIN,
  logKey: formatVerifierKey(LOG_KEY),
  chainId: 31337,
  contract: '0x5fbdb2315678afecb367f032d93f642f64180aa3',
  codeHash: `0x${toHex(keccak_256(CODE))}`,
  confirmations: 3,
  predecessor: null,
};

const ACTOR = { organization: 'org-qingshui-roads', person: 'p-5d1e', role: 'officer' } as const;

const KEY_RECORD: TenderRecord = {
  v: 1,
  id: '019c1d22-8000-7000-8000-000000000001',
  type: 'signing-key',
  time: '2026-02-01T08:00:00.000Z',
  actor: ACTOR,
  documents: [],
  refs: [],
  data: { publicKey: toHex(ed25519.getPublicKey(OFFICER_SECRET)), demonstration: false },
};

export function awardRecord(sha256: string, change: Partial<TenderRecord> = {}): TenderRecord {
  return {
    v: 1,
    id: '019c4b31-1000-7000-8000-000000000002',
    type: 'award',
    ocid: OCID,
    stage: 5,
    round: 0,
    time: '2026-02-10T09:30:00.250Z',
    actor: ACTOR,
    documents: [
      {
        id: 'award-notice',
        title: 'award-notice.txt',
        mediaType: 'text/plain',
        size: FILE.length,
        sha256,
        language: 'en',
      },
    ],
    refs: [],
    data: { supplier: 'org-lushan-bridges', value: { amount: '1250000.00', currency: 'CNY' } },
    ...change,
  };
}

const ANCHOR_TIME = Date.parse('2026-02-10T09:31:00.000Z') / 1000;
const BLOCK = 91;
const BLOCK_HASH = `0x${'9b'.repeat(32)}`;
const KEY_INDEX = 4;
const RECORD_INDEX = 12;
const LOG_SIZE = 40;
const STAGE_INDEXES = [9, RECORD_INDEX, 20, 31, 33];
/** How the stage was closed. */
export const CLOSED = { anchorIndex: 7, time: ANCHOR_TIME + 600, blockNumber: 100 };
/** When a block was made, in seconds. */
export const blockTime = (number: number): number => ANCHOR_TIME + 12 * (number - BLOCK);

export interface WorldOptions {
  readonly record?: TenderRecord;
  readonly keyRecord?: TenderRecord;
  /** Where the key's record stands in the log. */
  readonly keyIndex?: number;
  /** Instead of the officer's own signature. */
  readonly sign?: (record: TenderRecord, keyCommitment: string) => RecordSignature;
}

/** Evidence for one record, and the chain that agrees with it. */
export function world(sha256: string, options: WorldOptions = {}) {
  const record = options.record ?? awardRecord(sha256);
  const keyIndex = options.keyIndex ?? KEY_INDEX;
  const keyEntry: Entry = { record: options.keyRecord ?? KEY_RECORD, signatures: [] };
  const keyCommitment = commit(seed(0x33), keyEntry);
  const sign = options.sign ?? ((text, key) => signRecord(text, OFFICER_SECRET, key));
  const entry: Entry = { record, signatures: [sign(record, toHex(keyCommitment))] };
  const commitment = commit(seed(0x44), entry);

  const log = commitments(LOG_SIZE, 'leaf');
  log[keyIndex] = keyCommitment;
  log[RECORD_INDEX] = commitment;
  const prove = logProver(log);
  const stageLeaves = STAGE_INDEXES.map((index) => log[index] ?? seed(0));
  const stage = stageTree(stageLeaves);
  const key = toHex(processKey(OCID));

  const evidence: Evidence = {
    ...prove(RECORD_INDEX, entry, seed(0x44)),
    stage: {
      key,
      stage: 5,
      round: 0,
      index: STAGE_INDEXES.indexOf(RECORD_INDEX),
      count: stage.count,
      rootHash: toHex(stage.rootHash),
      inclusionProof: stage.inclusionProof(STAGE_INDEXES.indexOf(RECORD_INDEX)).map(toHex),
    },
    keys: [prove(keyIndex, keyEntry, seed(0x33))],
  };
  return {
    evidence,
    commitment: toHex(commitment),
    chain: chainOf(toHex(rootOf(logLevels(log))), toHex(stage.rootHash)),
  };
}

function logLevels(log: readonly Uint8Array[]) {
  return buildLevels(log.map(leafHash));
}

function logProver(log: readonly Uint8Array[]) {
  const levels = logLevels(log);
  const rootHash = rootOf(levels);
  return (index: number, entry: Entry, salt: Uint8Array): KeyEvidence => ({
    format: 'tenderproof-evidence/1',
    entry,
    salt: toHex(salt),
    log: {
      origin: ORIGIN,
      index,
      treeSize: log.length,
      rootHash: toHex(rootHash),
      inclusionProof: inclusionProof(levels, index).map(toHex),
    },
    checkpoint: signCheckpoint({ origin: ORIGIN, size: log.length, rootHash }, LOG_SECRET),
    anchor: {
      chainId: REGISTRY.chainId,
      contract: REGISTRY.contract,
      anchorIndex: 7,
      treeSize: log.length,
      rootHash: toHex(rootHash),
      time: ANCHOR_TIME,
      blockNumber: BLOCK,
      blockHash: BLOCK_HASH,
      transactionHash: `0x${'7c'.repeat(32)}`,
    },
    stage: null,
  });
}

function chainOf(rootHash: string, stageRoot: string): ChainReader {
  const key = toHex(processKey(OCID));
  return {
    chainId: async () => REGISTRY.chainId,
    code: async () => CODE,
    blockNumber: async () => 120,
    blockByNumber: async (number) => ({
      number,
      hash: number === BLOCK ? BLOCK_HASH : `0x${'9c'.repeat(32)}`,
      time: blockTime(number),
    }),
    anchorCount: async () => 8,
    anchorAt: async (index) => (index === 7 ? { treeSize: LOG_SIZE, time: ANCHOR_TIME, rootHash } : null),
    stageAt: async (asked, stage, round) =>
      asked === key && stage === 5 && round === 0 ? { rootHash: stageRoot, count: 5, ...CLOSED } : null,
    roundOf: async () => 0,
    tenderOf: async () => null,
    awardAt: async () => null,
  };
}

/** After everything that happens in this world, in milliseconds. */
export const NOW = Date.parse('2026-03-01T00:00:00.000Z');
