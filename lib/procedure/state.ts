import type { CommitteeSeat, RecordData, RecordType } from '../record/catalogue';
import type { Notice, NoticeDraft, OrganizationRef } from '../record/notice';
import type { RecordActor, RecordDocument } from '../record/record';
import type { KeySet } from '../sealing/keyset';
import { rulePack } from './rules/packs';
import type { RulePack } from './rules/rule-pack';
import type { Unit } from './units';

/** A record of this process as it was filed, with what the log and the chain say of it. */
export interface Filed<T extends RecordType = RecordType> {
  id: string;
  type: T;
  time: string;
  /** The stage it was filed in: the catalogue's, or a later one when that had closed (protocol §3). */
  stage: number | null;
  round: number;
  /** The unit that it belongs to; null where the process is not divided, or all units share it. */
  unit: Unit | null;
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
  unit: Unit | null;
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
  /** 64 hex digits: the process's or the unit's. */
  key: string;
  /** Null for the process itself. */
  unit: Unit | null;
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

/** announceAward as read back from the chain. Times are RFC 3339. */
export interface Announcement {
  commitment: string;
  standstillEnds: string;
  time: string;
}

/** A unit that the chain knows (protocol §4, openUnit). */
export interface ChainUnit {
  unit: Unit;
  key: string;
  announcement: Announcement | null;
}

export interface ChainFacts {
  opening: {
    time: string;
    bidsDue: string;
    standstill: number;
    blockNumber: number;
    transactionHash: string;
  } | null;
  announcement: Announcement | null;
  closures: Closure[];
  units: ChainUnit[];
  /** Hashes of the opening committee's key sets, in the order in which they came into force; 64 hex digits. */
  keysets: string[];
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

/**
 * A process, or one of its units (`inUnit`): its facts, its records in the order of filing, and the chain. Everything else
 * is derived from these.
 */
export interface Process extends ProcessFacts {
  /** Null for the process as a whole. */
  unit: Unit | null;
  /** The unit that must be evaluated before this one opens. */
  before: Process | null;
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

// -------------------------------------------------------------------- the key sets of the opening committee

export interface CommitteeKeySet {
  hash: string;
  keySet: KeySet;
}

/** Every key set that the chain took, in order: bids may be sealed to any of them, new ones to the last only. */
export function keySets(process: Process): CommitteeKeySet[] {
  const filed = [notice(process), ...all(process, 'committee-replaced')];
  return process.chain.keysets.flatMap((hash) => {
    const record = filed.find((f) => f?.data.keysetHash === hash);
    return record ? [{ hash, keySet: record.data.keyset }] : [];
  });
}

export const keySetOf = (process: Process, hash: string): CommitteeKeySet | null =>
  keySets(process).find((k) => k.hash === hash) ?? null;

/** The members of a key set as people, by the records with which they accepted: index → pseudonym. */
export function membersOf(process: Process, { keySet }: CommitteeKeySet): Map<number, string> {
  const accepted = all(process, 'committee-accepted');
  return new Map(
    keySet.members.flatMap(({ index, x25519, key }) => {
      const by = accepted.find((a) => a.data.x25519 === x25519 && a.data.key === key);
      return by ? [[index, by.actor.person] as const] : [];
    }),
  );
}

/** The place of a person in a key set; null when it has none. */
export const placeIn = (process: Process, set: CommitteeKeySet, person: string): number | null =>
  [...membersOf(process, set)].find(([, member]) => member === person)?.[0] ?? null;

// -------------------------------------------------------------------- bids and opening

/** What became of each leaf of the stage `bids` in this scope. */
export function bidStandings(
  process: Process,
): { filed: Filed; standing: 'live' | 'replaced' | 'withdrawn' | 'withdrawal' }[] {
  const bids = all(process, 'bid');
  const replaced = new Set(bids.map((b) => b.data.replaces?.bid));
  const withdrawn = new Set(all(process, 'bid-withdrawn').map((w) => w.data.bid));
  const standing = ({ commitment }: Filed<'bid'>) =>
    withdrawn.has(commitment) ? 'withdrawn' : replaced.has(commitment) ? 'replaced' : 'live';
  return [
    ...bids.map((filed) => ({ filed, standing: standing(filed) }) as const),
    ...all(process, 'bid-withdrawn').map((filed) => ({ filed, standing: 'withdrawal' }) as const),
  ];
}

/** The last unwithdrawn bid of each tenderer for each lot and part of this scope. */
export const liveBids = (process: Process): Filed<'bid'>[] =>
  bidStandings(process).flatMap(({ filed, standing }) =>
    standing === 'live' ? [filed as Filed<'bid'>] : [],
  );

/** The live bids that are to be opened: all, or of a second envelope those whose first one passed. */
export function bidsToOpen(process: Process): Filed<'bid'>[] {
  if (!process.before) return liveBids(process);
  const passed = new Set(
    shortlist(process.before)
      ?.data.rows.filter((row) => row.passed)
      .map((row) => row.tenderer.id),
  );
  return liveBids(process).filter((b) => passed.has(b.data.tenderer.id));
}

/** Fewest tenderers with whom this scope is opened; of a second envelope, one whose first envelope passed. */
export const minimumBids = (process: Process): number =>
  process.before ? 1 : (packOf(process)?.rules['fewest-bids'].value ?? 1);

/** Distinct tenderers with a live bid: what the rule of fewest bids counts. */
export const tenderersOf = (process: Process): number =>
  new Set(liveBids(process).map((b) => b.data.tenderer.id)).size;

export const shares = (process: Process): Filed<'share-released'>[] => all(process, 'share-released');
export const openedBids = (process: Process): Filed<'bid-opened'>[] => all(process, 'bid-opened');

const keySetSize = (process: Process, bid: Filed<'bid'>): number =>
  keySetOf(process, bid.data.keyset)?.keySet.k ?? Infinity;

/** Whether there is enough to try to open a bid: its seed, or the shares of k members. */
export function mayOpen(process: Process, bid: Filed<'bid'>): boolean {
  if (all(process, 'seed-given').some((g) => g.data.bid === bid.commitment)) return true;
  const indices = shares(process).flatMap((s) =>
    s.data.shares.filter((x) => x.bid === bid.commitment).map((x) => x.index),
  );
  return new Set(indices).size >= keySetSize(process, bid);
}

/**
 * Whether a bid that nobody could open may be excluded at `now`: its time is over, and either k members came, so that it is
 * the bidder's doing, or its seed was asked for and not given (protocol §7.6). Members who stay away exclude nobody.
 */
export function mayExclude(process: Process, bid: Filed<'bid'>, now: number): boolean {
  if (now <= exclusionTime(process)) return false;
  if (last(process, 'seeds-requested')) return true;
  const { commitment } = bid;
  const came = shares(process).filter(
    ({ data }) => data.unopenable.includes(commitment) || data.shares.some((x) => x.bid === commitment),
  );
  return came.length >= keySetSize(process, bid);
}

/**
 * When bids that nobody could open are excluded, in milliseconds: by the rule's time after the deadline, or as late as the
 * last postponement or request for seeds says.
 */
export function exclusionTime(process: Process): number {
  const rule = packOf(process)?.rules['undecided-bid-expires'].value ?? Infinity;
  const due = Date.parse(process.chain.opening?.bidsDue ?? '');
  // A second envelope waits for the evaluation of the first: its time begins when that is closed.
  const evaluated = process.before ? Date.parse(closure(process.before, 4)?.time ?? '') : 0;
  const later = [...all(process, 'opening-postponed'), ...all(process, 'seeds-requested')].map((f) =>
    Date.parse(f.data.until),
  );
  return Math.max(Math.max(due, evaluated) + rule * 1000, ...later);
}

// -------------------------------------------------------------------- evaluation and award

export interface Evaluator {
  person: string;
  interests: Filed<'interests-declared'> | null;
  sheet: Filed<'score-sheet'> | null;
}

/** The scope in which quality is judged: of a second envelope, that of the first. */
export const judgedIn = (process: Process): Process => process.before ?? process;

export function evaluators(process: Process): Evaluator[] {
  const judged = judgedIn(process);
  const appointed = last(judged, 'evaluators-appointed')?.data.evaluators ?? [];
  const by = <T extends RecordType>(type: T, person: string) =>
    all(judged, type)
      .filter((f) => f.actor.person === person)
      .at(-1) ?? null;
  return appointed.map((person) => ({
    person,
    interests: by('interests-declared', person),
    sheet: by('score-sheet', person),
  }));
}

/** The shortlist that an approver agreed to: the end of a technical part. */
export function shortlist(process: Process): Filed<'shortlist-proposed'> | null {
  const proposed = proposedShortlist(process);
  return proposed && last(process, 'shortlist-approved')?.data.proposed === proposed.commitment
    ? proposed
    : null;
}

/** The shortlist that was proposed and not refused. */
export const proposedShortlist = (process: Process): Filed<'shortlist-proposed'> | null =>
  standing(process, 'shortlist-proposed', ['shortlist-refused']);

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
