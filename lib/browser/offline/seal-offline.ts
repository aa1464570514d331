import type { Part, Unit } from '@/lib/procedure/units';
import { submissionFileText } from '@/lib/sealing/submission-file';
import { liveOf } from '../bid/own-bids';
import type { Bidding } from '../bid/plan';
import { sealRequestOf, signReplacement, type SealTarget } from '../bid/seal-request';
import { lotIds } from '../bid/tender';
import type { FileRef } from '../drafts/draft';
import { createRecoveryFile } from '../keys/recovery-file';
import { workerLock } from '../keys/worker-lock';
import { sealInWorker } from '../sealing/seal-client';

export interface OfflineEnvelope extends Unit {
  /** 64 hex digits. */
  readonly sha256: string;
  readonly envelope: Blob;
}

/** What the bidder takes along. */
export interface OfflineSealed {
  readonly bidKey: string;
  readonly envelopes: readonly OfflineEnvelope[];
  /** The text of `submission.json`. */
  readonly submission: string;
  /** The recovery file, locked by its passphrase. */
  readonly recovery: string;
}

export interface OfflineSecrets {
  /** For the recovery file. */
  readonly passphrase: string;
  /** Secrets of the bids that are replaced, 64 hex digits, by bid key. */
  readonly bids: ReadonlyMap<string, string>;
}

export type OfflineStage = 'sealing' | 'locking';
export type OfflineReport = (stage: OfflineStage, done?: number, total?: number) => void;

/**
 * Seals all that the draft says, in a worker, and locks the recovery file.
 * @param file where the documents are @returns null while a price is missing
 * @throws as `sealInWorker`; KeyError `passphrase-short`; the signal's reason when stopped
 */
export async function sealOffline(
  bidding: Bidding,
  target: SealTarget,
  { passphrase, bids }: OfflineSecrets,
  file: (ref: FileRef) => File,
  report: OfflineReport,
  signal: AbortSignal,
): Promise<OfflineSealed | null> {
  const request = sealRequestOf(bidding, target, file);
  if (request === null) return null;
  report('sealing');
  const sealed = await sealInWorker(request, (_phase, done, total) => report('sealing', done, total), signal);
  report('locking');
  // Never a demonstration's: this file may hold a real bid.
  const recovery = await createRecoveryFile(sealed.recovery, passphrase, false, workerLock);
  signal.throwIfAborted();
  const { bidKey } = sealed;
  const envelopes = sealed.envelopes.map(({ lot, part, envelope, envelopeHash }) => ({
    ...{ lot, part: part as Part, envelope, sha256: envelopeHash },
  }));
  const live = liveOf(bidding.own);
  const listed = envelopes.map(({ lot, part, envelope: { size }, sha256: envelope }) => {
    const replaces = signReplacement(target, { lot, part, envelope }, live, bids);
    return { lot, part, envelope, size, replaces };
  });
  const { ocid, tenderer, keyset } = target;
  const submission = submissionFileText({ ocid, tenderer, keyset, bidKey, envelopes: listed });
  return { bidKey, envelopes, submission, recovery };
}

/** Under which name an envelope is saved: what it is of, and enough of its digest to tell two sealings apart. */
export function envelopeName(tender: Parameters<typeof lotIds>[0], envelope: OfflineEnvelope): string {
  const { lot, part, sha256 } = envelope;
  const position = tender.lots.length > 0 ? `lot-${lotIds(tender).indexOf(lot) + 1}` : 'bid';
  return `${[position, part, sha256.slice(0, 8)].filter((text) => text !== '').join('-')}.envelope`;
}
