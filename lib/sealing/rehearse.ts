import { toHex } from '@/lib/record/hex';
import { concat, equalBytes, portableHash, type Bytes } from './bytes';
import { sealChunks, TENDERPROOF_1MIB } from './chunked';
import { contextHash, type EnvelopeIdentity } from './context';
import { deriveEnvelopeKeys } from './derive';
import { openOwnShare, parseEnvelope, type EnvelopeExpectation } from './envelope';
import { SealingError } from './error';
import { keySetDigest, type KeySet, type KeySetDraft } from './keyset';
import { buildHeader } from './seal';
import { splitSecret } from './shamir';

/** No organization bids in a rehearsal; with the purpose in the header, this keeps one from ever being a bid. */
const NOBODY = 'rehearsal';

/**
 * What a rehearsal's envelope is bound to. In place of the key set's hash stands the digest that members sign: a key can
 * be tested before all signatures are in, and the digest stays the same when they are.
 */
export function rehearsalIdentity(keySet: KeySetDraft | KeySet): EnvelopeIdentity {
  const { chainId, contract, ocid } = keySet;
  return {
    chainId,
    contract,
    ocid,
    lot: '',
    part: '',
    tenderer: NOBODY,
    keyset: toHex(keySetDigest(keySet)),
  };
}

/**
 * "Test my key": seals an empty envelope to the whole committee as a bidder would, and opens the share of member `index`
 * as on the opening day.
 * @param secret the member's X25519 secret for this tender
 * @param random 32 fresh random bytes
 * @throws SealingError `share-unopenable` when this key is not the one in the key set, `share-wrong`
 */
export async function rehearse(
  keySet: KeySetDraft | KeySet,
  identity: EnvelopeIdentity,
  index: number,
  secret: Uint8Array,
  random: Uint8Array,
): Promise<void> {
  const expected: EnvelopeExpectation = { purpose: 'rehearsal', identity, keySet: withoutSignatures(keySet) };
  const context = contextHash(identity);
  const keys = deriveEnvelopeKeys(random, context, keySet.k);
  const payload = await sealNothing(keys.payloadKey, keys.payloadSalt, context);
  const hash = portableHash();
  hash.update(payload);
  const header = await buildHeader(expected, random, keys, {
    context,
    payloadLength: payload.length,
    payloadHash: new Uint8Array(hash.digest()),
  });
  const envelope = concat(header, payload);
  const share = await openOwnShare(parseEnvelope(envelope, envelope.length), expected, index, secret);
  const dealt = splitSecret(random, keys.coefficients, keySet.k, keySet.n)[index - 1];
  if (dealt === undefined || !equalBytes(share.bytes, dealt.bytes)) throw new SealingError('share-wrong');
}

/** Signatures play no part in sealing: the draft of a key set seals as the signed one does. */
function withoutSignatures(keySet: KeySetDraft | KeySet): KeySet {
  return { ...keySet, members: keySet.members.map((member) => ({ ...member, signature: '' })) };
}

async function sealNothing(key: Bytes, salt: Bytes, context: Bytes): Promise<Bytes> {
  const nothing = async function* (): AsyncGenerator<Uint8Array> {};
  const pieces: Uint8Array[] = [];
  for await (const piece of sealChunks(TENDERPROOF_1MIB, key, salt, context, nothing())) pieces.push(piece);
  return concat(...pieces);
}
