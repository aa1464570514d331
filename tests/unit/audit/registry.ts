import { ed25519 } from '@noble/curves/ed25519.js';
import { audit, type AuditOptions } from '@/lib/audit/audit';
import type { AuditSources, PublishedProcess, PublishedRecord, PublishedStage } from '@/lib/audit/sources';
import type { ChainStage, ChainTender } from '@/lib/evidence/chain-reader';
import { buildLevels, rootOf } from '@/lib/merkle/tree';
import { leafHash } from '@/lib/merkle/hash';
import { CATALOGUE, type RecordType } from '@/lib/record/catalogue';
import { commit } from '@/lib/record/commitment';
import { toHex } from '@/lib/record/hex';
import { canonicalText, type JsonObject } from '@/lib/record/jcs';
import type { RecordActor, TenderRecord } from '@/lib/record/record';
import { signRecord } from '@/lib/record/sign';
import { processKey } from '@/lib/record/stage-key';
import { REGISTRY, sourcesOf, synthetic, type Synthetic } from './synthetic';

export const OCID = 'ocds-test-000001';
export const PROCESS = toHex(processKey(OCID));
/** Seconds since 1970: records are filed from here on, a second each, more than a week before the anchors. */
const FILED = 1_789_000_000;
const DUE = FILED + 1000;
export const CLOSED = 1_790_000_100;

export const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

export interface Signer {
  seed: Uint8Array;
  /** Commitment of the key's record. */
  key: string;
}

export interface Draft {
  ocid?: string;
  actor?: RecordActor;
  data?: JsonObject;
  time?: string;
  signer?: Signer;
}

export const officer: RecordActor = { organization: 'city', person: 'officer', role: 'officer' };
export const regulator: RecordActor = { organization: 'oversight', person: 'regulator', role: 'regulator' };

/** Makes records as they are filed; what is logged is kept, in order, in `leaves`. */
export function filings() {
  const leaves: Uint8Array[] = [];
  let count = 0;
  const make = (type: RecordType, draft: Draft): PublishedRecord => {
    const { actor = officer, data = {}, signer } = draft;
    count += 1;
    const { stage } = CATALOGUE[type];
    const record: TenderRecord = {
      v: 1,
      id: `0199a0b1-0000-7000-8000-${String(count).padStart(12, '0')}`,
      type,
      ...(draft.ocid === undefined ? {} : { ocid: draft.ocid }),
      ...(stage === null ? {} : { stage, round: 0 }),
      time: draft.time ?? iso(FILED + count),
      actor,
      documents: [],
      refs: [],
      data,
    };
    const signatures = signer ? [signRecord(record, signer.seed, signer.key)] : [];
    const salt = new Uint8Array(32).fill(count);
    return {
      id: record.id,
      type,
      stage,
      round: stage === null ? null : 0,
      time: record.time,
      commitment: toHex(commit(salt, { record, signatures })),
      index: null,
      anchoredBy: new Date(Date.parse(record.time) + 180_000).toISOString(),
      entry: canonicalText({ record, signatures }),
      salt: toHex(salt),
      erased: false,
    };
  };
  const file = (type: RecordType, draft: Draft = {}): PublishedRecord => {
    const row = make(type, draft);
    const index = leaves.push(new Uint8Array(Buffer.from(row.commitment, 'hex'))) - 1;
    return { ...row, index };
  };
  return { leaves, make, file };
}

/** A registry in memory: one process with a notice, a bid and a contract, and the keys of two people. */
export interface Registry {
  log: Synthetic;
  tender: ChainTender;
  /** By `stage/round`. */
  stages: Map<string, ChainStage>;
  published: PublishedProcess;
  registryRecords: PublishedRecord[];
  change: string;
}

export const erase = (row: PublishedRecord): PublishedRecord => ({
  ...row,
  entry: null,
  salt: null,
  erased: true,
});

export interface Cast {
  filed: ReturnType<typeof filings>;
  notice: PublishedRecord;
  bid: PublishedRecord;
  contract: PublishedRecord;
  /** Registered keys of the officer and the regulator. */
  keys: { officer: Signer; regulator: Signer };
}

const SEEDS = { officer: new Uint8Array(32).fill(21), regulator: new Uint8Array(32).fill(22) };

export const keyData = (seed: Uint8Array): JsonObject => ({
  publicKey: toHex(ed25519.getPublicKey(seed)),
  demonstration: false,
});

/** @param more files what else there is, and answers all records of the process. */
export function registry(more: (cast: Cast) => PublishedRecord[] = standing): Registry {
  const filed = filings();
  const keyRows = [
    filed.file('signing-key', { actor: officer, data: keyData(SEEDS.officer) }),
    filed.file('signing-key', { actor: regulator, data: keyData(SEEDS.regulator) }),
  ];
  const [own, other] = keyRows;
  const keys = {
    officer: { seed: SEEDS.officer, key: own?.commitment ?? '' },
    regulator: { seed: SEEDS.regulator, key: other?.commitment ?? '' },
  };
  const notice = filed.file('notice', { ocid: OCID });
  const bid = filed.file('bid', { ocid: OCID });
  const contract = filed.file('contract', { ocid: OCID });
  const records = more({ filed, notice, bid, contract, keys });
  const log = synthetic(600, [filed.leaves.length, 600], 0, filed.leaves);
  const stages = [closedStage(log, 0, []), closedStage(log, 1, [notice.index ?? 0])];
  return {
    log,
    tender: { notice: notice.commitment, bidsDue: DUE, standstill: 0, time: FILED, blockNumber: 1 },
    stages: new Map(stages.map((stage) => [`${stage.stage}/0`, chainStage(stage)])),
    published: { key: PROCESS, ocid: OCID, stages, records },
    registryRecords: keyRows,
    change: 'as it was',
  };
}

const standing = ({ notice, bid, contract }: Cast) => [notice, bid, contract];

/** A list with its true root, closed against the first anchor. */
export function closedStage(log: Synthetic, stage: number, leaves: number[]): PublishedStage {
  const hashes = leaves.map((index) => leafHash(log.leaves[index] ?? new Uint8Array(32)));
  const rootHash = toHex(rootOf(buildLevels(hashes)));
  return { key: PROCESS, stage, round: 0, rootHash, count: leaves.length, anchorIndex: 0, leaves };
}

export const chainStage = ({ rootHash, count, anchorIndex }: PublishedStage): ChainStage => ({
  rootHash,
  count,
  anchorIndex,
  time: CLOSED,
  blockNumber: 10,
});

export function registrySources(found: Registry): AuditSources {
  const { log, ledger, registry: nothing } = sourcesOf(found.log);
  const { key, ocid } = found.published;
  return {
    log,
    ledger: {
      ...ledger,
      processCount: async () => 1,
      processAt: async () => key,
      tenderOf: async () => found.tender,
      stageAt: async (_key, stage, round) => found.stages.get(`${stage}/${round}`) ?? null,
    },
    registry: {
      ...nothing,
      processes: async () => [{ key, ocid, change: found.change, published: true }],
      process: async () => found.published,
      registryRecords: async () => found.registryRecords,
    },
  };
}

/** Long after everything: all promises are due. */
export const NOW = 1_800_000_000_000;

export const auditOf = (found: Registry, options: Partial<AuditOptions> = {}) =>
  audit({ sources: registrySources(found), registry: REGISTRY, state: null, now: NOW, ...options });

/** What is wrong: code and subject of each error. */
export async function wrong(found: Registry, options: Partial<AuditOptions> = {}) {
  const { findings } = await auditOf(found, options);
  return findings.filter((f) => f.severity === 'error').map(({ code, subject }) => ({ code, ...subject }));
}
