import type { Bytes } from '@/lib/sealing/bytes';
import { iterate } from '@/lib/sealing/bytes';
import type { EnvelopeStore } from './envelope-store';

/** Pieces are gathered before they become a Blob, which browsers then move to disk. */
const GROUP = 16 * 1024 * 1024;

/** Keeps the sealed payload in Blobs, so that an offer larger than memory can be sealed. For browsers without `diskStore`. */
export class BlobStore implements EnvelopeStore {
  #beginning = new Blob([]);
  readonly #blobs: Blob[] = [];
  #pieces: Bytes[] = [];
  #size = 0;

  put(bytes: Bytes, at: number): void {
    if (at === 0) this.#beginning = new Blob([bytes]);
    else this.append(bytes);
  }

  append(bytes: Bytes): void {
    this.#pieces.push(bytes);
    this.#size += bytes.length;
    if (this.#size >= GROUP) this.#flush();
  }

  async *read(): AsyncGenerator<Uint8Array> {
    this.#flush();
    for (const blob of [this.#beginning, ...this.#blobs]) yield* iterate(blob.stream());
  }

  async envelope(header: Bytes): Promise<Blob> {
    this.#flush();
    return new Blob([header, this.#beginning, ...this.#blobs], { type: 'application/octet-stream' });
  }

  async discard(): Promise<void> {
    this.#blobs.length = 0;
    this.#pieces = [];
  }

  #flush(): void {
    if (this.#pieces.length > 0) this.#blobs.push(new Blob(this.#pieces));
    this.#pieces = [];
    this.#size = 0;
  }
}
