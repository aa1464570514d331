import { iterate } from '@/lib/sealing/bytes';
import type { SealedDraft } from './draft';
import { DraftError } from './draft-error';
import { addContent, removeContent, type FilePlace } from './draft-files';
import { requireRoom } from './room';

type SealedEnvelope = Omit<SealedDraft['envelopes'][number], 'file'>;

/** A sealed submission as the sealer gives it: ciphertext, and a recovery file that is locked already. */
export interface SealedContent extends Omit<SealedDraft, 'envelopes'> {
  /** `sha256`: digest of the envelope, 64 hex digits. */
  readonly envelopes: readonly (SealedEnvelope & { readonly envelope: Blob; readonly sha256: string })[];
}

/**
 * Copies sealed envelopes into the draft's storage. They belong to the draft once a draft that names them is saved.
 * @param onProgress bytes of all envelopes stored so far
 * @throws DraftError as `addContent`, `file-unreadable` where a digest is not the stated one; the signal's reason when stopped
 */
export async function storeSealed(
  place: FilePlace,
  { envelopes, ...rest }: SealedContent,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<SealedDraft> {
  await requireRoom(envelopes.reduce((sum, { envelope }) => sum + envelope.size, 0));
  const stored: SealedDraft['envelopes'] = [];
  let before = 0;
  try {
    for (const { envelope, sha256, ...about } of envelopes) {
      const facts = { name: `${sha256.slice(0, 16)}.envelope`, mediaType: '', size: envelope.size };
      const onBytes = (bytes: number) => onProgress(before + bytes);
      const file = await addContent(place, facts, iterate(envelope.stream()), onBytes, signal);
      stored.push({ ...about, file });
      if (file.sha256 !== sha256) throw new DraftError('file-unreadable');
      before += envelope.size;
    }
    return { ...rest, envelopes: stored };
  } catch (error) {
    await removeSealed(place, stored);
    throw error;
  }
}

/** Removes what no saved draft names. */
export async function removeSealed(place: FilePlace, envelopes: SealedDraft['envelopes']): Promise<void> {
  for (const { file } of envelopes) await removeContent(place, file.id).catch(() => undefined);
}
