import type { Bytes } from '@/lib/sealing/bytes';
import type { PayloadStore } from '@/lib/sealing/seal';
import { BlobStore } from './blob-store';
import { diskStore } from './disk-store';

/** Where the payload waits while it is sealed, and the envelope afterwards. Ciphertext only. */
export interface EnvelopeStore extends PayloadStore {
  /** The envelope: `header`, then everything that was put here; nothing can be put here any more. */
  envelope(header: Bytes): Promise<Blob>;
  /** Lets go of everything, where sealing failed. */
  discard(): Promise<void>;
}

/**
 * A store for a payload of `size` bytes: on the disk where the browser gives this site a place of its own there, else in
 * Blobs, which the browser keeps in memory as long as it likes.
 */
export const newEnvelopeStore = async (size: number): Promise<EnvelopeStore> =>
  (await diskStore(size)) ?? new BlobStore();
