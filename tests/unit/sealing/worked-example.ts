import { toHex } from '@/lib/record/hex';
import { canonicalText } from '@/lib/record/jcs';
import { bidActDigest, signBidAct } from '@/lib/sealing/bid-act';
import { utf8 } from '@/lib/sealing/bytes';
import { expandMessageKeys, TENDERPROOF_1MIB } from '@/lib/sealing/chunked';
import { contextHash } from '@/lib/sealing/context';
import { deriveEnvelopeKeys } from '@/lib/sealing/derive';
import { headerLength, parseEnvelope } from '@/lib/sealing/envelope';
import { keySetDigest, keySetHash } from '@/lib/sealing/keyset';
import { deriveCommitteeKey, deriveSigningKey } from '@/lib/sealing/member-key';
import { encodeManifest } from '@/lib/sealing/package';
import { computePriceForm } from '@/lib/sealing/price-form';
import { bidKeyPair, encodeRecovery } from '@/lib/sealing/recovery';
import { splitSecret } from '@/lib/sealing/shamir';
import { filled, keyCommitment, memberSeed, release, seal, sha256Hex } from './fixture';
import { makeIdentity, makeKeySet, SCOPE } from './fixture';

/** Every intermediate value of one small envelope, as public/spec/sealed-bids.md prints it. */
export async function workedExample() {
  const keySet = makeKeySet(2, 3);
  const identity = makeIdentity(keySet);
  const content = utf8('Our offer.\n');
  const manifest = {
    v: 1 as const,
    ocid: identity.ocid,
    lot: '',
    part: '',
    tenderer: identity.tenderer,
    consortium: [{ id: 'org-partner', name: 'Partner GmbH' }],
    declarations: ['taxes-paid'],
    priceForm: computePriceForm('EUR', [{ itemId: '1', quantity: '3', unitPrice: '19.99' }]),
    files: [{ name: 'offer.txt', mediaType: 'text/plain', size: content.length, sha256: sha256Hex(content) }],
  };
  const contents = [
    async function* () {
      yield content;
    },
  ];
  const seed = Uint8Array.from({ length: 32 }, (_, i) => i);
  const sealed = await seal({ identity, keySet, seed, manifest, contents });
  const context = contextHash(identity);
  const keys = deriveEnvelopeKeys(seed, context, keySet.k);
  const message = expandMessageKeys(TENDERPROOF_1MIB, keys.payloadKey, keys.payloadSalt, context);
  const header = parseEnvelope(sealed.bytes);
  const recovered = { identity, seed: toHex(seed), envelopeHash: sealed.envelopeHash };
  const { chainId, contract, ocid, lot, part, tenderer } = identity;
  const unit = { chainId, contract, ocid, lot, part, tenderer };
  const bid = bidKeyPair(filled(0x51));
  const withdrawal = { ...unit, act: 'withdraw' as const, bid: 'b1'.repeat(32), envelope: null };
  return {
    keyFiles: [1, 2, 3].map((index) => ({
      index,
      seed: toHex(memberSeed(index)),
      ed25519: toHex(deriveSigningKey(memberSeed(index)).publicKey),
      x25519Secret: toHex(deriveCommitteeKey(memberSeed(index), SCOPE).secret),
      x25519: toHex(deriveCommitteeKey(memberSeed(index), SCOPE).publicKey),
      key: keyCommitment(index),
    })),
    keySetDigest: toHex(keySetDigest(keySet)),
    keySet,
    keySetHash: keySetHash(keySet),
    identity,
    identityJcs: canonicalText(identity),
    context: toHex(context),
    seed: toHex(seed),
    payloadKey: toHex(keys.payloadKey),
    payloadSalt: toHex(keys.payloadSalt),
    shamirCoefficients: toHex(keys.coefficients),
    ekm: [1, 2, 3].map((index) => toHex(keys.ekm(index))),
    paddingKey: toHex(keys.paddingKey),
    aeadKey: toHex(message.aeadKey),
    baseNonce: toHex(message.baseNonce),
    keyCommitment: toHex(message.commitment),
    manifestJcs: canonicalText(manifest),
    fileContent: toHex(content),
    packageLength: 4 + encodeManifest(manifest).length + content.length,
    paddedLength: header.payloadLength - 72,
    payloadLength: header.payloadLength,
    payloadHash: toHex(header.payloadHash),
    shares: splitSecret(seed, keys.coefficients, 2, 3).map(({ index, bytes }) => ({
      index,
      share: toHex(bytes),
    })),
    headerLength: headerLength(3),
    envelope: toHex(sealed.bytes),
    envelopeHash: sealed.envelopeHash,
    bidSecret: toHex(bid.secret),
    bidKey: toHex(bid.publicKey),
    recoveryJcs: encodeRecovery(bid.secret, [recovered]),
    withdrawalJcs: canonicalText(withdrawal),
    withdrawalDigest: toHex(bidActDigest(withdrawal)),
    withdrawalSignature: signBidAct(bid.secret, withdrawal),
    opened: await Promise.all([1, 2, 3].map(async (i) => toHex((await release(sealed, i)).bytes))),
  };
}
