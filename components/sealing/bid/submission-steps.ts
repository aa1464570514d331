import { createRecoveryFile } from '@/lib/browser/keys/recovery-file';
import { workerLock } from '@/lib/browser/keys/worker-lock';
import { DraftError } from '@/lib/browser/drafts/draft-error';
import { withRecovery, type BidDraft } from '@/lib/browser/drafts/draft';
import type { SealedContent } from '@/lib/browser/drafts/sealed-envelopes';
import { liveOf } from '@/lib/browser/bid/own-bids';
import { sealRequestOf, signReplacement } from '@/lib/browser/bid/seal-request';
import type { Waiting } from '@/lib/browser/bid/waiting';
import { sealInWorker } from '@/lib/browser/sealing/seal-client';
import type { BidPlaceProps, SubmissionToFile } from './place';
import type { BidDraftHandle } from '../use-bid-draft';

export type Stage = 'checking' | 'sealing' | 'locking' | 'keeping' | 'sending' | 'filing';
export type Report = (stage: Stage, done?: number, total?: number) => void;

/** What sealing needs from the bidder beside the draft; nothing of it is kept. */
export interface SealSecrets {
  /** For the new recovery file. */
  readonly passphrase: string;
  /** Secrets of the bids that are replaced, 64 hex digits, by bid key. */
  readonly bids: ReadonlyMap<string, string>;
}

/** Seals what the draft says, locks its recovery file, and signs for what it replaces. Null while something is missing. */
export async function sealDraft(
  props: BidPlaceProps,
  { draft, session }: BidDraftHandle,
  { passphrase, bids }: SealSecrets,
  report: Report,
  signal: AbortSignal,
): Promise<SealedContent | null> {
  const { ocid, registry, tender, own, keySet, keyset, demonstration } = props;
  const tenderer = props.tenderer.id;
  const target = { registry, ocid, tenderer, keySet, keyset };
  const request = sealRequestOf({ tender, draft, own, tenderer }, target, (file) => session.storedFile(file));
  if (request === null) return null;
  report('sealing');
  const sealed = await sealInWorker(request, (_phase, done, total) => report('sealing', done, total), signal);
  report('locking');
  const recovery = await createRecoveryFile(sealed.recovery, passphrase, demonstration, workerLock);
  signal.throwIfAborted();
  const live = liveOf(own);
  const envelopes = sealed.envelopes.map(({ lot, part: name, envelope, envelopeHash }) => {
    const part = name as SealedContent['envelopes'][number]['part'];
    const replaces = signReplacement(target, { lot, part, envelope: envelopeHash }, live, bids);
    return { lot, part, envelope, sha256: envelopeHash, replaces };
  });
  return { keyset, bidKey: sealed.bidKey, recovery, envelopes };
}

/** Keeps what was sealed in this browser; where there is no room it lives as long as this page. @returns whether it is kept */
export async function keepSealed(
  session: BidDraftHandle['session'],
  content: SealedContent,
  report: Report,
  signal: AbortSignal,
): Promise<boolean> {
  const total = content.envelopes.reduce((sum, { envelope }) => sum + envelope.size, 0);
  report('keeping', 0, total);
  try {
    await session.keepSealed(content, { onProgress: (done) => report('keeping', done, total), signal });
    return true;
  } catch (error) {
    if (error instanceof DraftError) return false;
    throw error;
  }
}

/** What goes on record of it. */
export const recordOf = ({ envelopes, bidKey, keyset }: Waiting): SubmissionToFile => ({
  envelopes: envelopes.map(({ lot, part, sha256, replaces }) => ({ lot, part, envelope: sha256, replaces })),
  bidKey,
  keyset,
});

/** The draft once this is on record: its lots are no longer to be sealed, and its recovery file is kept. */
export function settled(draft: BidDraft, { envelopes, bidKey, recovery }: Waiting): BidDraft {
  const filed = new Set(envelopes.map(({ lot }) => lot));
  const lots = draft.lots.map((one) => (filed.has(one.lot) ? { ...one, bidding: false } : one));
  return { ...dropped(draft, { bidKey, recovery }), lots };
}

/**
 * The draft without its sealed form. The recovery file stays: where only the registry's answer was lost, the bid is on
 * record all the same, and nobody else has it.
 */
export function dropped(
  draft: BidDraft,
  { bidKey, recovery }: Pick<Waiting, 'bidKey' | 'recovery'>,
): BidDraft {
  const without = { ...draft, sealed: null };
  return recovery === null ? without : withRecovery(without, { bidKey, text: recovery, saved: false });
}
