import { toHex } from '@/lib/record/hex';
import type { NewHash } from './bytes';
import type { EnvelopeSource } from './open';

export interface HashedReading {
  /** The payload, each piece hashed before it is handed on. May be left early. */
  payload(): AsyncGenerator<Uint8Array>;
  /** Reads what is left. `envelope`: 64 hex digits; `payload`: 32 bytes. */
  digests(): Promise<{ envelope: string; payload: Uint8Array }>;
  /** Lets go of the source; to be called in every case. */
  close(): Promise<void>;
}

export interface ReadingOptions {
  /** Where the payload begins. */
  readonly payloadFrom: number;
  readonly newHash: NewHash;
  /** Bytes read so far and in all. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Reads an envelope once, from its first byte to its last, and takes the digests of the whole and of the payload on the
 * way: envelopes are large, and what decrypts them need not read them a second time.
 */
export function hashedReading(source: EnvelopeSource, options: ReadingOptions): HashedReading {
  const { payloadFrom, newHash, onProgress } = options;
  const whole = newHash();
  const payload = newHash();
  const pieces = source.stream(0, source.size)[Symbol.asyncIterator]();
  let position = 0;
  /** The part of the next piece that belongs to the payload; null at the end. */
  const next = async (): Promise<Uint8Array | null> => {
    const { done, value } = await pieces.next();
    if (done === true) return null;
    const ofPayload = value.subarray(Math.min(value.length, Math.max(0, payloadFrom - position)));
    whole.update(value);
    payload.update(ofPayload);
    position += value.length;
    onProgress?.(position, source.size);
    return ofPayload;
  };
  return {
    async *payload() {
      for (let piece = await next(); piece !== null; piece = await next()) yield piece;
    },
    async digests() {
      while ((await next()) !== null);
      return { envelope: toHex(whole.digest()), payload: payload.digest() };
    },
    close: async () => void (await pieces.return?.()),
  };
}
