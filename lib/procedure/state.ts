import type { CommitteeSeat, RecordData, RecordType } from '../record/catalogue';
import type { Notice, NoticeDraft, OrganizationRef } from '../record/notice';
import type { RecordActor, RecordDocument } from '../record/record';
import type { Phase } from './phases';
import { rulePack } from './rules/packs';
import type { RulePack } from './rules/rule-pack';

/** A record of this process as it was filed, with what the log and the chain say of it. */
export interface Filed<T extends RecordType = RecordType> {
  id: string;
  type: T;
  time: string;
  actor: RecordActor;
  documents: RecordDocument[];
  refs: string[];
  data: RecordData<T>;
  /** 64 hex digits. */
  commitment: string;
  /** Log index, or null until sequenced. */
  index: number | null;
  /** The first confirmed anchor that contains it, or null. */
  anchorIndex: number | null;
}

/** What is left of a record whose entry was erased: that it was filed, where it stands, and by whose order it is gone. */
export interface Erased {
  id: string;
  type: RecordType;
  time: string;
  actor: Pick<RecordActor, 'person' | 'organization'>;
  commitment: string;
  index: number | null;
  /** RFC 3339. */
  erasedAt: string;
  /** Id of the `erasure` record. */
  order: string;
}

/** closeStage as read back from the chain (protocol §4). Times are RFC 3339. */
export interface Closure {
  stage: number;
  round: number;
  rootHash: string;
  count: number;
  anchorIndex: number;
  time: string;
  blockNumber: number;
  transactionHash: string;
  reason: string | null;
}

export interface ChainFacts {
  opening: {
    time: string;
    bidsDue: string;
    standstill: number;
    blockNumber: number;
    transactionHash: string;
  } | null;
  announcement: { commitment: string; standstillEnds: string; time: string } | null;
  closures: Closure[];
}

export interface ProcessFacts {
  ocid: string;
  /** The procuring entity's organization, whose officers and approvers act on it. */
  organizationId: string;
  createdBy: string;
  chainId: number;
  /** "0x" and 40 lower-case hex digits. */
  contract: string;
  draft: NoticeDraft | null;
}

/** A process: its facts, its records in the order of filing, and the chain. Everything else is derived from these. */
export interface Process extends ProcessFacts {
  filed: readonly Filed[];
  erased: readonly Erased[];
  chain: ChainFacts;
}

export function all<T extends RecordType>(process: Process, type: T): Filed<T>[] {
  return process.filed.filter((f): f is Filed<T> => f.type === type);
}

export function last<T extends RecordType>(process: Process, type: T): Filed<T> | null {
  return all(process, type).at(-1) ?? null;
}

const position = (process: Process, filed: Filed | null): number =>
  filed ? process.filed.indexOf(filed) : -1;

/** The last record of `type`, unless a later record of one of `enders` undid it. */
function standing<T extends RecordType>(
  process: Process,
  type: T,
  enders: readonly RecordType[],
): Filed<T> | null {
  const candidate = last(process, type);
  const undone = enders.some((e) => position(process, last(process, e)) > position(process, candidate));
  return candidate && !undone ? candidate : null;
}

/** Records of `type` that were filed after `since`. */
function after<T extends RecordType>(process: Process, type: T, since: Filed | null): Filed<T>[] {
  const from = position(process, since);
  return all(process, type).filter((f) => position(process, f) > from);
}

export const closure = (process: Process, stage: number): Closure | null =>
  process.chain.closures.filter((c) => c.stage === stage).at(-1) ?? null;

export const notice = (process: Process): Filed<'notice'> | null => last(process, 'notice');
export const tender = (process: Process): Notice | null => notice(process)?.data.tender ?? null;

export function packOf(process: Process): RulePack | null {
  const id = tender(process)?.rulePack ?? process.draft?.rulePack;
  return id === undefined ? null : rulePack(id);
}

// -------------------------------------------------------------------- planning

export interface Seat {
  index: number;
  person: string;
  seat: CommitteeSeat;
  /** Of a deputy bound to one member: that member's index. */
  deputyFor?: number | undefined;
  organization: OrganizationRef;
  accepted: Filed<'committee-accepted'> | null;
  signed: Filed<'keyset-signed'> | null;
  /** The last time that the member tested the key. */
  rehearsed: Filed<'key-rehearsed'> | null;
}

export function committee(
  process: Process,
): { k: number; seats: Seat[]; appointed: Filed<'committee-appointed'> } | null {
  const appointed = last(process, 'committee-appointed');
  if (!appointed) return null;
  const accepted = after(process, 'committee-accepted', appointed);
  const signed = after(process, 'keyset-signed', appointed);
  const rehearsed = after(process, 'key-rehearsed', appointed);
  const seats = appointed.data.members.map((m) => ({
    ...m,
    accepted: accepted.filter((a) => a.data.index === m.index).at(-1) ?? null,
    signed: signed.filter((s) => s.data.index === m.index).at(-1) ?? null,
    rehearsed: rehearsed.filter((r) => r.data.index === m.index).at(-1) ?? null,
  }));
  return { k: appointed.data.k, seats, appointed };
}

/** The request for publication that waits for an approver, if any. */
export const publicationRequest = (process: Process): Filed<'publication-requested'> | null =>
  standing(process, 'publication-requested', [
    'publication-refused',
    'publication-approved',
    'publication-withdrawn',
  ]);

// -------------------------------------------------------------------- bids and opening

export const liveBids = (process: Process): Filed<'bid'>[] => all(process, 'bid');
export const shares = (process: Process): Filed<'share-released'>[] => all(process, 'share-released');
export const openedBids = (process: Process): Filed<'bid-opened'>[] => all(process, 'bid-opened');

// -------------------------------------------------------------------- evaluation and award

export interface Evaluator {
  person: string;
  interests: Filed<'interests-declared'> | null;
  sheet: Filed<'score-sheet'> | null;
}

export function evaluators(process: Process): Evaluator[] {
  const appointed = last(process, 'evaluators-appointed')?.data.evaluators ?? [];
  const by = <T extends RecordType>(type: T, person: string) =>
    all(process, type)
      .filter((f) => f.actor.person === person)
      .at(-1) ?? null;
  return appointed.map((person) => ({
    person,
    interests: by('interests-declared', person),
    sheet: by('score-sheet', person),
  }));
}

/** The intended award that has been proposed and neither refused nor replaced. */
export const intendedAward = (process: Process): Filed<'award-intended'> | null =>
  standing(process, 'award-intended', ['award-refused']);

/** The announcement that the chain holds; before it holds one, the last that was filed. */
export function announcedAward(process: Process): Filed<'award-announced'> | null {
  const held = process.chain.announcement?.commitment;
  return (
    all(process, 'award-announced').find((a) => a.commitment === held) ?? last(process, 'award-announced')
  );
}

export function awardApproved(process: Process): boolean {
  const intended = intendedAward(process);
  return intended !== null && last(process, 'award-approved')?.data.intended === intended.commitment;
}

// -------------------------------------------------------------------- phase

function phaseBeforePublication(process: Process): Phase {
  if (notice(process)) return 'publishing';
  return publicationRequest(process) ? 'approval' : 'draft';
}

/**
 * Where the process stands at `now` (milliseconds since the epoch, the server's clock). The chain decides what is
 * published, closed and announced; the clock only ends the time for bids and the standstill.
 */
export function phaseAt(process: Process, now: number): Phase {
  const { opening, announcement } = process.chain;
  if (last(process, 'tender-unsuccessful')) return 'unsuccessful';
  if (!opening) return phaseBeforePublication(process);
  if (!closure(process, 2)) return now < Date.parse(opening.bidsDue) ? 'open' : 'closing';
  if (!last(process, 'opening-report')) return 'opening';
  if (!closure(process, 3)) return 'opened';
  if (!awardApproved(process)) return 'evaluation';
  if (!announcement) return 'announcing';
  if (now < Date.parse(announcement.standstillEnds)) return 'standstill';
  if (!closure(process, 5)) return 'award';
  return closure(process, 6) ? 'implementation' : 'contract';
}
