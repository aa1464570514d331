/** Why something about a draft cannot be done; the sentences are in the messages `bidDraft.errors`. */
export const DRAFT_ERRORS = [
  /** This browser keeps nothing (settings, a private window, no secure connection). */
  'storage-unavailable',
  /** There is no room: `needed` and `available` in bytes. */
  'storage-full',
  /** What was kept cannot be read or decrypted any more. */
  'draft-damaged',
  /** Another tab has taken the draft over, or discarded it: nothing was written. */
  'draft-elsewhere',
  /** Longer, or with more in it, than a draft may be. */
  'draft-too-large',
  'file-empty',
  'file-too-large',
  /** The file on the bidder's disk could not be read to its end, or changed meanwhile. */
  'file-unreadable',
  /** The file was removed from the draft. */
  'file-missing',
  'not-a-draft-file',
  'draft-file-version',
  'draft-file-truncated',
  'draft-file-altered',
  'wrong-passphrase',
  'passphrase-short',
  'other-registry',
  'other-tender',
  'other-organization',
] as const;

export type DraftErrorCode = (typeof DRAFT_ERRORS)[number];

/** Bytes. `available` is null where the browser does not say. */
export interface Room {
  readonly needed: number;
  readonly available: number | null;
}

export class DraftError extends Error {
  readonly code: DraftErrorCode;
  /** With `storage-full` only. */
  readonly room: Room | null;

  constructor(code: DraftErrorCode, room: Room | null = null) {
    super(`The draft cannot be used: ${code}`);
    this.name = 'DraftError';
    this.code = code;
    this.room = room;
  }
}
