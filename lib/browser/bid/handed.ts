import { equalBytes } from '@/lib/sealing/bytes';
import { verifyBidAct } from '@/lib/sealing/bid-act';
import { contextHash } from '@/lib/sealing/context';
import { MAX_HEADER_LENGTH, parseEnvelope, requireExpected } from '@/lib/sealing/envelope';
import { SealingError } from '@/lib/sealing/error';
import type { SubmissionEnvelope, SubmissionFile } from '@/lib/sealing/submission-file';
import { envelopesOf, sameUnit, type Unit } from '@/lib/procedure/units';
import { liveOf, type OwnBid } from './own-bids';
import type { SealTarget } from './seal-request';
import type { BidTender } from './tender';

/** A file that is to be handed in, as far as it was read. */
export interface HandedFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** 64 hex digits. */
  readonly sha256: string;
  /** The first `HANDED_HEAD` bytes. */
  readonly head: Uint8Array;
}

export const HANDED_HEAD = MAX_HEADER_LENGTH;

/** Why files sealed elsewhere cannot be handed in; the messages `bid.elsewhere.faults` say it. */
export type HandedFault =
  | 'other-tender'
  | 'other-tenderer'
  | 'other-keyset'
  | 'unknown-unit'
  | 'part-missing'
  | 'replaces-missing'
  | 'replaces-other'
  | 'replaces-signature'
  | 'file-missing'
  | 'file-twice'
  | 'not-listed'
  | 'wrong-size'
  | 'not-an-envelope'
  | 'other-context';

export interface HandedProblem {
  readonly fault: HandedFault;
  /** The file that it is about. */
  readonly file?: string;
  /** The envelope that it is about. */
  readonly unit?: Unit;
}

export interface HandedTarget extends SealTarget {
  readonly tender: BidTender;
  readonly own: readonly OwnBid[];
}

const FOR_THIS = [
  ['ocid', 'ocid', 'other-tender'],
  ['tenderer', 'tenderer', 'other-tenderer'],
  ['keyset', 'keyset', 'other-keyset'],
] as const;

/**
 * Holds what was sealed elsewhere against this tender before a byte of it is sent: whoever sealed for another tender, or
 * lacks a file, learns it here and now. Empty when all is well; the registry checks everything again.
 */
export function handedProblems(
  submission: SubmissionFile,
  files: readonly HandedFile[],
  target: HandedTarget,
): HandedProblem[] {
  const about = FOR_THIS.filter(([field, own]) => submission[field] !== target[own]).map(([, , fault]) => ({
    fault,
  }));
  if (about.length > 0) return about;
  return [
    ...unitProblems(submission, target.tender),
    ...submission.envelopes.flatMap((envelope) => envelopeProblems(envelope, files, target)),
    ...strayProblems(submission, files),
  ];
}

/** Lots and parts that the tender has, and of each lot every part. */
function unitProblems({ envelopes }: SubmissionFile, tender: BidTender): HandedProblem[] {
  const known = envelopesOf(tender);
  const has = (unit: Unit) => envelopes.some((one) => sameUnit(one, unit));
  const unknown = envelopes.filter((one) => !known.some((unit) => sameUnit(unit, one)));
  const missing = known.filter((unit) => envelopes.some(({ lot }) => lot === unit.lot) && !has(unit));
  return [
    ...unknown.map(({ lot, part }) => ({ fault: 'unknown-unit' as const, unit: { lot, part } })),
    ...missing.map((unit) => ({ fault: 'part-missing' as const, unit })),
  ];
}

function envelopeProblems(
  envelope: SubmissionEnvelope,
  files: readonly HandedFile[],
  target: HandedTarget,
): HandedProblem[] {
  const { lot, part } = envelope;
  const unit = { lot, part };
  const replacing = replacesFault(envelope, target);
  const found = files.filter(({ sha256 }) => sha256 === envelope.envelope);
  const [file] = found;
  const fault =
    file === undefined ? 'file-missing' : found.length > 1 ? 'file-twice' : fileFault(envelope, file, target);
  return [
    ...(replacing === null ? [] : [{ fault: replacing, unit }]),
    ...(fault === null ? [] : [{ fault, unit, ...(file === undefined ? {} : { file: file.name }) }]),
  ];
}

/** The header must be for this very lot and part, of this tenderer, under the key set in force. */
function fileFault(
  { lot, part, size }: SubmissionEnvelope,
  file: HandedFile,
  { registry, ocid, tenderer, keyset, keySet }: HandedTarget,
): HandedFault | null {
  if (file.size !== size) return 'wrong-size';
  const { chainId, contract } = registry;
  const identity = { chainId, contract, ocid, lot, part, tenderer, keyset };
  try {
    const header = parseEnvelope(file.head, file.size);
    if (!equalBytes(header.context, contextHash(identity))) return 'other-context';
    requireExpected(header, { identity, keySet, purpose: 'bid' });
    return null;
  } catch (error) {
    if (error instanceof SealingError) return 'not-an-envelope';
    throw error;
  }
}

/** Where a bid is on record, its key must have agreed to this envelope. */
function replacesFault(envelope: SubmissionEnvelope, target: HandedTarget): HandedFault | null {
  const { lot, part, replaces } = envelope;
  const live = liveOf(target.own).find((bid) => bid.lot === lot && bid.part === part);
  if (replaces === null) return live === undefined ? null : 'replaces-missing';
  if (live?.commitment !== replaces.bid) return 'replaces-other';
  const { registry, ocid, tenderer } = target;
  const { chainId, contract } = registry;
  const act = { act: 'replace', bid: replaces.bid, chainId, contract, ocid, lot, part, tenderer } as const;
  const signed = { ...act, envelope: envelope.envelope };
  return verifyBidAct(live.sealed.bidKey, signed, replaces.signature) ? null : 'replaces-signature';
}

const strayProblems = ({ envelopes }: SubmissionFile, files: readonly HandedFile[]): HandedProblem[] =>
  files
    .filter(({ sha256 }) => !envelopes.some(({ envelope }) => envelope === sha256))
    .map(({ name }) => ({ fault: 'not-listed', file: name }));
