import { createHash } from 'node:crypto';
import type { SealedPart, SealedSubmission } from '@/lib/browser/sealing/seal-bid';
import type { Bytes } from '@/lib/sealing/bytes';
import { concat, utf8 } from '@/lib/sealing/bytes';
import type { EnvelopeIdentity } from '@/lib/sealing/context';
import { openOwnShare, parseEnvelope, type EnvelopeExpectation } from '@/lib/sealing/envelope';
import type { KeySet } from '@/lib/sealing/keyset';
import { keySetHash, signKeySet } from '@/lib/sealing/keyset';
import { deriveCommitteeKey, deriveSigningKey } from '@/lib/sealing/member-key';
import type { OpenRequest } from '@/lib/sealing/open';
import { memorySource } from '@/lib/sealing/open';
import type { PackageManifest } from '@/lib/sealing/package';
import { computePriceForm } from '@/lib/sealing/price-form';
import { memoryStore, sealEnvelope } from '@/lib/sealing/seal';
import type { SealRequest } from '@/lib/sealing/seal';
import type { Share } from '@/lib/sealing/shamir';
import { toHex } from '@/lib/record/hex';

export const SCOPE = { chainId: 31337, contract: `0x${'5f'.repeat(20)}`, ocid: 'ocds-e3hb2t-0001' } as const;

/** 32 bytes that all have the value `byte`. */
export const filled = (byte: number) => new Uint8Array(32).fill(byte);

/** Gives these, one at each call, in place of random bytes. */
export function drawing(...values: Bytes[]): () => Bytes {
  const left = [...values];
  return () => {
    const next = left.shift();
    if (next === undefined) throw new Error('one draw too many');
    return next;
  };
}

export function onlyPart({ envelopes }: SealedSubmission): SealedPart {
  const [part] = envelopes;
  if (part === undefined || envelopes.length !== 1) throw new Error('not one envelope');
  return part;
}

export const memberSeed = (index: number) => filled(0x10 + index);

/** The commitment under which the test pretends that a member's signing key is registered. */
export const keyCommitment = (index: number) => toHex(filled(0xa0 + index));

export function signingKeys(n: number): Map<string, string> {
  const entries = Array.from({ length: n }, (_, i): [string, string] => [
    keyCommitment(i + 1),
    toHex(deriveSigningKey(memberSeed(i + 1)).publicKey),
  ]);
  return new Map(entries);
}

export function makeKeySet(
  k: number,
  n: number,
  scope = SCOPE as { chainId: number; contract: string; ocid: string },
) {
  const members = Array.from({ length: n }, (_, i) => ({
    index: i + 1,
    x25519: toHex(deriveCommitteeKey(memberSeed(i + 1), scope).publicKey),
    key: keyCommitment(i + 1),
  }));
  const draft = { v: 1 as const, ...scope, n, k, members };
  const signed = members.map((member) => ({
    ...member,
    signature: signKeySet(draft, deriveSigningKey(memberSeed(member.index)).secret),
  }));
  const keySet: KeySet = { ...draft, members: signed };
  return keySet;
}

export function makeIdentity(keySet: KeySet, tenderer = 'org-acme'): EnvelopeIdentity {
  const { chainId, contract, ocid } = keySet;
  return { chainId, contract, ocid, lot: '', part: '', tenderer, keyset: keySetHash(keySet) };
}

export const sha256Hex = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export function makeManifest(
  identity: EnvelopeIdentity,
  files: { name: string; bytes: Uint8Array }[],
): PackageManifest {
  const { ocid, lot, part, tenderer } = identity;
  return {
    v: 1,
    ocid,
    lot,
    part,
    tenderer,
    consortium: [],
    declarations: [],
    priceForm: computePriceForm('EUR', [
      { itemId: '1', quantity: '3', unitPrice: '19.99' },
      { itemId: '2', quantity: '2.5', unitPrice: '0.0333' },
    ]),
    files: files.map(({ name, bytes }) => ({
      name,
      mediaType: 'application/pdf',
      size: bytes.length,
      sha256: sha256Hex(bytes),
    })),
  };
}

export interface Sealed {
  bytes: Uint8Array;
  envelopeHash: string;
  request: SealRequest;
}

export async function seal(overrides: Partial<SealRequest> = {}, files = defaultFiles()): Promise<Sealed> {
  const keySet = overrides.keySet ?? makeKeySet(2, 3);
  const identity = overrides.identity ?? makeIdentity(keySet);
  const request: SealRequest = {
    identity,
    keySet,
    purpose: 'bid',
    seed: filled(0x42),
    manifest: makeManifest(identity, files),
    contents: files.map(
      ({ bytes }) =>
        async function* () {
          yield bytes;
        },
    ),
    ...overrides,
  };
  const store = memoryStore();
  const { header, envelopeHash, size } = await sealEnvelope(request, store);
  const bytes = concat(header, ...store.pieces);
  if (bytes.length !== size) throw new Error('size differs');
  return { bytes, envelopeHash, request };
}

export function defaultFiles() {
  return [{ name: 'offer.pdf', bytes: utf8('%PDF-1.7 our offer') as Uint8Array }];
}

export async function release(sealed: Sealed, index: number): Promise<Share> {
  const { secret } = deriveCommitteeKey(memberSeed(index), sealed.request.keySet);
  return openOwnShare(parseEnvelope(sealed.bytes), sealed.request, index, secret);
}

/** A request to open the given bytes as though they were what the bid's record names. */
export function openRequest(
  sealed: { request: EnvelopeExpectation },
  bytes: Uint8Array,
  shares: Share[],
  more: Partial<OpenRequest> = {},
) {
  const { identity, keySet, purpose } = sealed.request;
  const request: OpenRequest = {
    identity,
    keySet,
    purpose,
    source: memorySource(bytes),
    envelopeHash: sha256Hex(bytes),
    shares,
    ...more,
  };
  return request;
}
