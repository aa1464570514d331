import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { describe, expect, it } from 'vitest';
import { concat } from '@/lib/sealing/bytes';
import { COBBLESTONE_256, expandMessageKeys, openChunks, sealChunks } from '@/lib/sealing/chunked';
import { hpkeSuite } from '@/lib/sealing/shares';
import { fromHex, toHex } from '@/lib/record/hex';
import vectors from '../../vectors/sealing/standards.json';

async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function collect(source: AsyncIterable<Uint8Array>) {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return concat(...parts);
}

describe('standards', () => {
  it.each(vectors.rfc5869)('$description', ({ ikm, salt, info, okm }) => {
    const out = hkdf(sha256, fromHex(ikm), fromHex(salt), fromHex(info), okm.length / 2);
    expect(toHex(out)).toBe(okm);
  });

  it('RFC 9180 A.2.1 through the suite that seals shares, with the given ikmE', async () => {
    const v = vectors.rfc9180;
    const suite = hpkeSuite();
    const bytes = (hex: string) => new Uint8Array(fromHex(hex));
    const recipientPublicKey = await suite.kem.deserializePublicKey(bytes(v.pkRm));
    const sender = await suite.createSenderContext({
      recipientPublicKey,
      info: bytes(v.info),
      ekm: bytes(v.ikmE),
    });
    expect(toHex(new Uint8Array(sender.enc))).toBe(v.enc);
    expect(toHex(new Uint8Array(await sender.seal(bytes(v.pt), bytes(v.aad))))).toBe(v.ct);
    const recipientKey = await suite.kem.deserializePrivateKey(bytes(v.skRm));
    const recipient = await suite.createRecipientContext({
      recipientKey,
      enc: bytes(v.enc),
      info: bytes(v.info),
    });
    expect(toHex(new Uint8Array(await recipient.open(bytes(v.ct), bytes(v.aad))))).toBe(v.pt);
  });

  it.each(vectors.cobblestone256.tests)('Cobblestone-256 tcId $tcId: $comment', async (v) => {
    const key = fromHex(vectors.cobblestone256.key);
    const sealed = new Uint8Array(inflateSync(fromHex(v.ct), { finishFlush: 2 }));
    const derived = expandMessageKeys(COBBLESTONE_256, key, sealed.subarray(0, 24), new Uint8Array(0));
    expect(toHex(derived.aeadKey)).toBe(v.aeadKey);
    expect(toHex(derived.baseNonce)).toBe(v.baseNonce);
    const opened = await collect(openChunks(COBBLESTONE_256, key, new Uint8Array(0), pieces(sealed, 5000)));
    expect(opened.length).toBe(v.msgLength);
    expect(createHash('sha512').update(opened).digest('hex')).toBe(v.msgSha512);
    const salt = sealed.slice(0, 24);
    const again = await collect(
      sealChunks(COBBLESTONE_256, key, salt, new Uint8Array(0), pieces(opened, 777)),
    );
    expect(toHex(again)).toBe(toHex(sealed));
  });
});
