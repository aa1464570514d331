import type { Part } from '@/lib/procedure/units';
import type { FileRef, SealedDraft } from '../drafts/draft';
import type { SealedContent } from '../drafts/sealed-envelopes';
import { areFiled, liveOf, type OwnBid } from './own-bids';

/** A sealed envelope that is to be sent. */
export interface WaitingEnvelope {
  readonly lot: string;
  readonly part: Part;
  /** SHA-256, 64 hex digits. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly replaces: { readonly bid: string; readonly signature: string } | null;
  readonly blob: () => Promise<Blob>;
}

/** A submission that is sealed and not on record yet. */
export interface Waiting extends Omit<SealedDraft, 'envelopes'> {
  readonly envelopes: readonly WaitingEnvelope[];
  /** It is in the browser's storage, and survives this page. */
  readonly kept: boolean;
}

export function waitingFromDraft(
  { envelopes, ...rest }: SealedDraft,
  read: (file: FileRef) => Promise<Blob>,
): Waiting {
  const waiting = envelopes.map(({ file, ...about }) => ({
    ...about,
    sha256: file.sha256,
    size: file.size,
    blob: () => read(file),
  }));
  return { ...rest, envelopes: waiting, kept: true };
}

export function waitingFromSealer({ envelopes, ...rest }: SealedContent, kept: boolean): Waiting {
  const waiting = envelopes.map(({ envelope, ...about }) => ({
    ...about,
    size: envelope.size,
    blob: () => Promise.resolve(envelope),
  }));
  return { ...rest, envelopes: waiting, kept };
}

/**
 * Whether what was sealed can still go on record: `keyset` when the committee was replaced meanwhile, `bids` when what is
 * on record is not what it was sealed to replace, `filed` when all of it is on record already.
 */
export type Fit = 'fits' | 'filed' | 'keyset' | 'bids';

export function fitOf(waiting: Waiting, keyset: string, own: readonly OwnBid[]): Fit {
  const { envelopes } = waiting;
  if (
    areFiled(
      own,
      envelopes.map(({ sha256 }) => sha256),
    )
  )
    return 'filed';
  if (waiting.keyset !== keyset) return 'keyset';
  const live = liveOf(own);
  const same = envelopes.every(({ lot, part, replaces }) => {
    const bid = live.find((one) => one.lot === lot && one.part === part);
    return (bid?.commitment ?? null) === (replaces?.bid ?? null);
  });
  return same ? 'fits' : 'bids';
}
