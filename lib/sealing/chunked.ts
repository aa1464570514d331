import { hmac } from '@noble/hashes/hmac.js';
import { sha512 } from '@noble/hashes/sha2.js';
import type { Bytes } from './bytes';
import { concat, equalBytes, regroup, utf8 } from './bytes';
import { SealingError } from './error';

/**
 * C2SP chunked-encryption (c2sp.org/chunked-encryption), instantiated as Cobblestone-256: HKDF-Expand-SHA-512 and
 * AES-256-GCM. The message is cut into full chunks and a last one that is always shorter, possibly empty; chunk j is
 * encrypted under base nonce ⊕ j with empty additional data; salt and key commitment come first.
 */
export interface ChunkedScheme {
  /** First part of the HKDF info, which separates this scheme from every other use of the key. */
  readonly prefix: string;
  /** Plaintext bytes of a full chunk. */
  readonly chunkSize: number;
}

/** As published; kept so that the published vectors run through the very code that seals bids. */
export const COBBLESTONE_256: ChunkedScheme = {
  prefix: 'c2sp.org/chunked-encryption@v1+',
  chunkSize: 16 * 1024,
};

/** Ours: 1 MiB chunks, since WebCrypto's cost per call makes 16 KiB several times slower in browsers. */
export const TENDERPROOF_1MIB: ChunkedScheme = {
  prefix: 'tenderproof/chunked-encryption-1MiB@v1+',
  chunkSize: 1024 * 1024,
};

export const SALT_LENGTH = 24;
export const PREFIX_LENGTH = SALT_LENGTH + 32;
export const TAG_LENGTH = 16;

interface MessageKeys {
  readonly key: CryptoKey;
  readonly baseNonce: Bytes;
  readonly commitment: Bytes;
}

/** HKDF-Expand(prk = input key, info = prefix ‖ "AEAD_AES_256_GCM" ‖ 0x00 ‖ salt ‖ context, 32 + 12 + 32). */
export function expandMessageKeys(
  scheme: ChunkedScheme,
  inputKey: Uint8Array,
  salt: Uint8Array,
  context: Uint8Array,
) {
  const info = concat(utf8(`${scheme.prefix}AEAD_AES_256_GCM\0`), salt, context);
  const okm = expandSha512(inputKey, info, 76);
  return { aeadKey: okm.slice(0, 32), baseNonce: okm.slice(32, 44), commitment: okm.slice(44, 76) };
}

/**
 * HKDF-Expand of RFC 5869 §2.3. Written out because C2SP takes the 32-byte input key as PRK, while libraries insist on
 * a PRK as long as the hash; HMAC itself allows it.
 */
function expandSha512(prk: Uint8Array, info: Uint8Array, length: number): Bytes {
  const blocks: Uint8Array[] = [];
  for (let i = 1; i <= Math.ceil(length / 64); i++) {
    blocks.push(hmac(sha512, prk, concat(blocks.at(-1) ?? new Uint8Array(0), info, Uint8Array.of(i))));
  }
  return concat(...blocks).slice(0, length);
}

/** The 56 bytes before the first chunk: salt ‖ key commitment. Enough to recognise the right key cheaply. */
export function messagePrefix(
  scheme: ChunkedScheme,
  inputKey: Uint8Array,
  salt: Uint8Array,
  context: Uint8Array,
): Bytes {
  return concat(salt, expandMessageKeys(scheme, inputKey, salt, context).commitment);
}

/** Length of the sealed message, prefix included, for a plaintext of `length` bytes. */
export function sealedLength(scheme: ChunkedScheme, length: number): number {
  return PREFIX_LENGTH + length + (Math.floor(length / scheme.chunkSize) + 1) * TAG_LENGTH;
}

/** Plaintext length for a sealed length, or undefined where no message has that length. */
export function openedLength(scheme: ChunkedScheme, sealed: number): number | undefined {
  const body = sealed - PREFIX_LENGTH;
  if (body < TAG_LENGTH) return undefined;
  const full = Math.floor(body / (scheme.chunkSize + TAG_LENGTH));
  const last = body - full * (scheme.chunkSize + TAG_LENGTH);
  return last < TAG_LENGTH ? undefined : full * scheme.chunkSize + last - TAG_LENGTH;
}

export interface ChunkSealer {
  /** Salt and key commitment: what comes before the first chunk. */
  readonly prefix: Bytes;
  /**
   * Seals chunks, numbered from `from` on. One is encrypted by WebCrypto's threads while the next is read and hashed;
   * three are held at most.
   */
  seal(chunks: AsyncIterable<Bytes> | Iterable<Bytes>, from: number): AsyncGenerator<Bytes>;
}

/** Seals the chunks of one message, in any order: which one it is decides the nonce. */
export async function chunkSealer(
  scheme: ChunkedScheme,
  inputKey: Uint8Array,
  salt: Uint8Array,
  context: Uint8Array,
): Promise<ChunkSealer> {
  const keys = await messageKeys(scheme, inputKey, salt, context);
  return {
    prefix: concat(salt, keys.commitment),
    seal: (chunks, from) => inPipeline(chunks, (chunk, at) => encryptChunk(keys, from + at, chunk)),
  };
}

/** Seals a stream: yields the prefix, then one sealed chunk at a time. */
export async function* sealChunks(
  scheme: ChunkedScheme,
  inputKey: Uint8Array,
  salt: Uint8Array,
  context: Uint8Array,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Bytes> {
  const sealer = await chunkSealer(scheme, inputKey, salt, context);
  yield sealer.prefix;
  yield* sealer.seal(regroup(source, scheme.chunkSize), 0);
}

/**
 * Transforms pieces in order, each while the next is being read. When one is read, the transformation of the one before the
 * last is over: two buffers in turn are enough for the pieces.
 */
async function* inPipeline(
  pieces: AsyncIterable<Bytes> | Iterable<Bytes>,
  transform: (piece: Bytes, at: number) => Promise<Bytes>,
): AsyncGenerator<Bytes> {
  let at = 0;
  let pending: Promise<Bytes> | undefined;
  for await (const piece of pieces) {
    const next = transform(piece, at++);
    // Awaited in its turn; reading may fail before that, and then this failure says nothing more.
    next.catch(() => undefined);
    if (pending !== undefined) yield await pending;
    pending = next;
  }
  if (pending !== undefined) yield await pending;
}

/**
 * Opens a stream: yields the plaintext of each chunk only after its tag was checked, and encrypts it again to compare,
 * so that what is accepted is what sealing would have produced. As in sealing, WebCrypto's threads work on one chunk while
 * the next is read and hashed.
 *
 * @throws SealingError `payload-truncated`, `payload-commitment` (before any chunk is decrypted), `payload-altered`.
 */
export async function* openChunks(
  scheme: ChunkedScheme,
  inputKey: Uint8Array,
  context: Uint8Array,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Bytes> {
  const reader = new PrefixReader(source);
  const prefix = await reader.take(PREFIX_LENGTH);
  const salt = prefix.slice(0, SALT_LENGTH);
  const keys = await messageKeys(scheme, inputKey, salt, context);
  if (!equalBytes(prefix.subarray(SALT_LENGTH), keys.commitment))
    throw new SealingError('payload-commitment');
  const chunks = regroup(reader.rest(), scheme.chunkSize + TAG_LENGTH);
  yield* inPipeline(chunks, (sealed, at) => openChunk(keys, at, sealed));
}

async function openChunk(keys: MessageKeys, counter: number, sealed: Bytes): Promise<Bytes> {
  if (sealed.length < TAG_LENGTH) throw new SealingError('payload-truncated');
  const chunk = await decryptChunk(keys, counter, sealed);
  if (!equalBytes(await encryptChunk(keys, counter, chunk), sealed))
    throw new SealingError('payload-altered');
  return chunk;
}

async function messageKeys(
  scheme: ChunkedScheme,
  inputKey: Uint8Array,
  salt: Uint8Array,
  context: Uint8Array,
): Promise<MessageKeys> {
  const { aeadKey, baseNonce, commitment } = expandMessageKeys(scheme, inputKey, salt, context);
  const key = await globalThis.crypto.subtle.importKey('raw', aeadKey, 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ]);
  return { key, baseNonce, commitment };
}

/**
 * Base nonce ⊕ the chunk number as a big-endian integer as wide as the nonce. The construction's limit of 2³⁸ chunks is
 * beyond what the 53 bits of a payload's length can state.
 */
function chunkNonce(baseNonce: Bytes, counter: number): Bytes {
  const nonce = baseNonce.slice();
  const view = new DataView(nonce.buffer);
  view.setBigUint64(4, view.getBigUint64(4) ^ BigInt(counter));
  return nonce;
}

async function encryptChunk(keys: MessageKeys, counter: number, chunk: Bytes): Promise<Bytes> {
  const algorithm = { name: 'AES-GCM', iv: chunkNonce(keys.baseNonce, counter) };
  return new Uint8Array(await globalThis.crypto.subtle.encrypt(algorithm, keys.key, chunk));
}

async function decryptChunk(keys: MessageKeys, counter: number, sealed: Bytes): Promise<Bytes> {
  const algorithm = { name: 'AES-GCM', iv: chunkNonce(keys.baseNonce, counter) };
  try {
    return new Uint8Array(await globalThis.crypto.subtle.decrypt(algorithm, keys.key, sealed));
  } catch {
    throw new SealingError('payload-altered', `chunk ${counter}`);
  }
}

/** Takes a first piece of exact length off a stream and leaves the rest. */
class PrefixReader {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #left: Uint8Array = new Uint8Array(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#iterator = source[Symbol.asyncIterator]();
  }

  async take(length: number): Promise<Bytes> {
    while (this.#left.length < length) {
      const next = await this.#iterator.next();
      if (next.done === true) throw new SealingError('payload-truncated');
      this.#left = concat(this.#left, next.value);
    }
    const taken = this.#left.slice(0, length);
    this.#left = this.#left.subarray(length);
    return taken;
  }

  async *rest(): AsyncGenerator<Uint8Array> {
    try {
      yield this.#left;
      for (;;) {
        const next = await this.#iterator.next();
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await this.#iterator.return?.();
    }
  }
}
