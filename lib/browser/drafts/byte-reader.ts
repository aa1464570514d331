import type { Bytes } from '@/lib/sealing/bytes';
import { concat } from '@/lib/sealing/bytes';
import { DraftError } from './draft-error';

/** Reads a stream of pieces by lengths that do not follow the pieces. @throws DraftError `draft-file-altered` at its end */
export class ByteReader {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #piece: Uint8Array = new Uint8Array(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#iterator = source[Symbol.asyncIterator]();
  }

  /** The next `length` bytes, as they come. */
  async *pieces(length: number): AsyncGenerator<Uint8Array> {
    for (let left = length; left > 0;) {
      if (await this.atEnd()) throw new DraftError('draft-file-altered');
      const taken = this.#piece.subarray(0, left);
      this.#piece = this.#piece.subarray(taken.length);
      left -= taken.length;
      yield taken;
    }
  }

  async exactly(length: number): Promise<Bytes> {
    const all: Uint8Array[] = [];
    for await (const piece of this.pieces(length)) all.push(piece);
    return concat(...all);
  }

  async atEnd(): Promise<boolean> {
    while (this.#piece.length === 0) {
      const next = await this.#iterator.next();
      if (next.done === true) return true;
      this.#piece = next.value;
    }
    return false;
  }
}
