import type { Bytes } from '@/lib/sealing/bytes';
import { concat, portableHash, uint32, utf8 } from '@/lib/sealing/bytes';
import { sealChunks, TENDERPROOF_1MIB } from '@/lib/sealing/chunked';
import { contextHash } from '@/lib/sealing/context';
import { deriveEnvelopeKeys, paddingStream } from '@/lib/sealing/derive';
import type { EnvelopeExpectation } from '@/lib/sealing/envelope';
import { encodeHeader, parseEnvelope } from '@/lib/sealing/envelope';
import { paddedLength } from '@/lib/sealing/padme';
import { buildHeader } from '@/lib/sealing/seal';
import type { Share } from '@/lib/sealing/shamir';
import { splitSecret } from '@/lib/sealing/shamir';
import { sealShare } from '@/lib/sealing/shares';
import { fromHex } from '@/lib/record/hex';
import { canonicalText } from '@/lib/record/jcs';
import type { Sealed } from './fixture';
import { makeManifest, sha256Hex } from './fixture';

export async function collect(source: AsyncIterable<Uint8Array>): Promise<Bytes> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return concat(...parts);
}

export function sha256(bytes: Uint8Array): Bytes {
  const hash = portableHash();
  hash.update(bytes);
  return new Uint8Array(hash.digest());
}

/** What a dishonest bidder can make with its own seed: any payload, package or shares under a header made to fit. */
export function makeForge(expected: EnvelopeExpectation, seed: Uint8Array) {
  const { identity, keySet } = expected;
  const context = contextHash(identity);
  const keys = deriveEnvelopeKeys(seed, context, keySet.k);
  const sealed = (bytes: Bytes): Sealed => {
    const request = { ...expected, seed, manifest: makeManifest(identity, []), contents: [] };
    return { bytes, envelopeHash: sha256Hex(bytes), request };
  };

  /** Any plaintext, sealed with the right seed. */
  function sealPlain(plain: Uint8Array): Promise<Bytes> {
    const source = (async function* () {
      yield plain;
    })();
    return collect(sealChunks(TENDERPROOF_1MIB, keys.payloadKey, keys.payloadSalt, context, source));
  }

  /** An envelope with this payload whose header is right for it. */
  async function wrap(payload: Uint8Array): Promise<Sealed> {
    const stated = { context, payloadLength: payload.length, payloadHash: sha256(payload) };
    return sealed(concat(await buildHeader(expected, seed, keys, stated), payload));
  }

  /** A package with any manifest, padded as it should be unless told otherwise. */
  function packageOf(manifest: unknown, files: Uint8Array[] = [], pad = paddedLength): Uint8Array {
    const text =
      manifest instanceof Uint8Array
        ? manifest
        : utf8(typeof manifest === 'string' ? manifest : canonicalText(manifest));
    const body = concat(uint32(text.length), text, ...files);
    return concat(body, ...paddingStream(keys.paddingKey, pad(body.length) - body.length));
  }

  /** Seals these shares in place of the right ones. */
  async function withShares(payload: Bytes, change: (shares: Share[]) => Share[]): Promise<Sealed> {
    const payloadHash = sha256(payload);
    const right = parseEnvelope((await wrap(payload)).bytes);
    const { purpose } = expected;
    const binding = { purpose, context, keyset: identity.keyset, tenderer: identity.tenderer, payloadHash };
    const shares = change(splitSecret(seed, keys.coefficients, keySet.k, keySet.n));
    const sealedShares = await Promise.all(
      shares.map((share, at) =>
        sealShare(share, fromHex(keySet.members[at]?.x25519 ?? ''), keys.ekm(at + 1), binding),
      ),
    );
    return sealed(concat(encodeHeader({ ...right, sealedShares }), payload));
  }

  return { context, keys, sealPlain, wrap, packageOf, withShares };
}

/** `bytes` with one byte changed. */
export function altered(bytes: Uint8Array, at: number, mask = 1): Bytes {
  return new Uint8Array(bytes.map((byte, i) => (i === at ? byte ^ mask : byte)));
}
