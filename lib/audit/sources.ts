import type {
  ChainAnchor,
  ChainAward,
  ChainCancellation,
  ChainStage,
  ChainTender,
} from '@/lib/evidence/chain-reader';

/*
 * What an audit reads. The public one reads all of it over HTTP and from a node of its own choice, the operator's monitor
 * from the database; neither believes a word of it. Hashes are 64 hexadecimal digits, chain times seconds since 1970.
 */

/** The log as C2SP tlog-tiles serves it; null for what it does not have. */
export interface LogSource {
  /** The newest signed note, verbatim. */
  checkpoint(): Promise<string | null>;
  /** An entry bundle, as it is served: per leaf two bytes of length and the commitment. */
  entries(index: number, width: number): Promise<Uint8Array | null>;
  /** `width` × 32 bytes (more may be given; the rest is ignored). */
  tile(level: number, index: number, width: number): Promise<Uint8Array | null>;
}

export type { ChainCancellation };

/** The contract, read at the newest block. */
export interface LedgerSource {
  /** Why the pinned contract cannot be the one that answers; null when it is. */
  codeFault(): Promise<string | null>;
  blockNumber(): Promise<number>;
  anchorCount(): Promise<number>;
  anchorAt(index: number): Promise<ChainAnchor>;
  processCount(): Promise<number>;
  processAt(index: number): Promise<string>;
  unitCount(process: string): Promise<number>;
  unitAt(process: string, index: number): Promise<string>;
  tenderOf(process: string): Promise<ChainTender | null>;
  stageAt(key: string, stage: number, round: number): Promise<ChainStage | null>;
  roundOf(key: string, stage: number): Promise<number>;
  awardOf(key: string): Promise<ChainAward | null>;
  cancellationOf(process: string): Promise<ChainCancellation | null>;
}

/** An anchor as the registry states it, with the checkpoint that it keeps for this size. */
export interface PublishedAnchor extends ChainAnchor {
  readonly index: number;
  readonly checkpoint: string | null;
}

export interface ListedProcess {
  /** SHA-256(ocid). */
  readonly key: string;
  readonly ocid: string;
  /** Says no more than that something of it changed. */
  readonly change: string;
  /** False for what only the operator sees: a tender that is not published yet. */
  readonly published: boolean;
}

/** A record with the facts that the registry keeps beside its entry. */
export interface PublishedRecord {
  readonly id: string;
  readonly type: string;
  readonly stage: number | null;
  readonly round: number | null;
  /** RFC 3339. */
  readonly time: string;
  readonly commitment: string;
  /** In the log; null until sequenced. */
  readonly index: number | null;
  /** When an anchor must have it, as promised at filing: RFC 3339, if nobody altered it. */
  readonly anchoredBy: string | null;
  /** JCS of {record, signatures}, verbatim; null with `salt` when it is gone. */
  readonly entry: string | null;
  readonly salt: string | null;
  /** The registry says that an erasure took the entry and the salt away (protocol §1). */
  readonly erased: boolean;
}

export interface PublishedStage {
  readonly key: string;
  readonly stage: number;
  readonly round: number;
  readonly rootHash: string;
  readonly count: number;
  readonly anchorIndex: number;
  /** Log indices, ascending. */
  readonly leaves: readonly number[];
}

export interface PublishedProcess {
  readonly key: string;
  readonly ocid: string;
  readonly stages: readonly PublishedStage[];
  readonly records: readonly PublishedRecord[];
}

export interface RegistrySource {
  /** Anchors from this index on, one page; empty at the end. */
  anchors(from: number): Promise<readonly PublishedAnchor[]>;
  processes(): Promise<readonly ListedProcess[]>;
  process(key: string): Promise<PublishedProcess | null>;
  /** Records of no process (signing keys). */
  registryRecords(): Promise<readonly PublishedRecord[]>;
}

export interface AuditSources {
  readonly log: LogSource;
  readonly ledger: LedgerSource;
  readonly registry: RegistrySource;
}
