import type { Bytes } from '@/lib/sealing/bytes';
import { iterate } from '@/lib/sealing/bytes';
import type { PayloadStore } from '@/lib/sealing/seal';

/** Pieces are gathered before they become a Blob, which browsers then move to disk. */
const GROUP = 16 * 1024 * 1024;

/** Keeps the sealed payload in Blobs, so that an offer larger than memory can be sealed. */
export class BlobStore implements PayloadStore {
  readonly #blobs: Blob[] = [];
  #pieces: Bytes[] = [];
  #size = 0;

  append(bytes: Bytes): void {
    this.#pieces.push(bytes);
    this.#size += bytes.length;
    if (this.#size >= GROUP) this.#flush();
  }

  async *read(): AsyncGenerator<Uint8Array> {
    this.#flush();
    for (const blob of this.#blobs) yield* iterate(blob.stream());
  }

  /** The envelope: `header`, then everything that was appended. */
  envelope(header: Bytes): Blob {
    this.#flush();
    return new Blob([header, ...this.#blobs], { type: 'application/octet-stream' });
  }

  #flush(): void {
    if (this.#pieces.length > 0) this.#blobs.push(new Blob(this.#pieces));
    this.#pieces = [];
    this.#size = 0;
  }
}
