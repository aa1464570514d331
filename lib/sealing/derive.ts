import { chacha20 } from '@noble/ciphers/chacha.js';
import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Bytes } from './bytes';
import { concat, utf8 } from './bytes';
import { SealingError } from './error';

/** Everything secret in an envelope follows from its 32-byte seed r, so that anyone who learns r can rebuild it. */
const ENVELOPE_SALT = 'tenderproof-envelope-v1';

type EnvelopeLabel = 'payload-key' | 'payload-salt' | 'shamir-coefficients' | 'hpke-ekm' | 'padding';

export interface EnvelopeKeys {
  /** 32 bytes, the input key of the chunked encryption. */
  readonly payloadKey: Bytes;
  /** 24 bytes, its salt. */
  readonly payloadSalt: Bytes;
  /** (k − 1) × 32 bytes: the coefficients of x¹, then of x², and so on. */
  readonly coefficients: Bytes;
  /** 32 bytes of HPKE key material for the ephemeral key towards member `index` (1 to n). */
  ekm(index: number): Bytes;
  /** Key of the padding stream, see `paddingStream`. */
  readonly paddingKey: Bytes;
}

/** HKDF-SHA256 (RFC 5869): Extract(salt = "tenderproof-envelope-v1", IKM = r), Expand(info = label ‖ 0x00 ‖ context ‖ index). */
export function deriveEnvelopeKeys(seed: Uint8Array, context: Uint8Array, k: number): EnvelopeKeys {
  if (seed.length !== 32) throw new SealingError('seed-length');
  const prk = extract(sha256, seed, utf8(ENVELOPE_SALT));
  const derive = (label: EnvelopeLabel, length: number, index?: number): Bytes => {
    const suffix = index === undefined ? new Uint8Array(0) : Uint8Array.of(index);
    const info = concat(utf8(label), Uint8Array.of(0), context, suffix);
    return new Uint8Array(expand(sha256, prk, info, length));
  };
  return {
    payloadKey: derive('payload-key', 32),
    payloadSalt: derive('payload-salt', 24),
    coefficients: k > 1 ? derive('shamir-coefficients', (k - 1) * 32) : new Uint8Array(0),
    ekm: (index) => derive('hpke-ekm', 32, index),
    paddingKey: derive('padding', 32),
  };
}

/** The keystream of ChaCha20 (RFC 8439) under the padding key, a nonce of zeros, from block 0; `length` bytes of it. */
export function* paddingStream(paddingKey: Uint8Array, length: number): Generator<Bytes> {
  const group = 64 * 1024;
  const nonce = new Uint8Array(12);
  for (let start = 0; start < length; start += group) {
    const zeros = new Uint8Array(Math.min(group, length - start));
    yield new Uint8Array(chacha20(paddingKey, nonce, zeros, undefined, start / 64));
  }
}
