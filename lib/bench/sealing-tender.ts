import { toHex } from '@/lib/record/hex';
import { contextHash } from '@/lib/sealing/context';
import { openOwnShare, parseEnvelope, type EnvelopeExpectation } from '@/lib/sealing/envelope';
import { keySetHash, signKeySet, type KeySet } from '@/lib/sealing/keyset';
import { deriveCommitteeKey, deriveSigningKey } from '@/lib/sealing/member-key';
import type { PlannedManifest } from '@/lib/sealing/package';
import { computePriceForm } from '@/lib/sealing/price-form';
import type { Share } from '@/lib/sealing/shamir';

// A tender to seal to, with a committee of 2 of 3 whose keys are at hand. The same in Node and in a browser.

const SCOPE = { chainId: 31337, contract: `0x${'5f'.repeat(20)}`, ocid: 'ocds-bench-0001' };
const K = 2;
const N = 3;

const memberSeed = (index: number) => new Uint8Array(32).fill(0x10 + index);

function committee(): KeySet {
  const members = Array.from({ length: N }, (_, i) => ({
    index: i + 1,
    x25519: toHex(deriveCommitteeKey(memberSeed(i + 1), SCOPE).publicKey),
    key: toHex(new Uint8Array(32).fill(0xa0 + i)),
  }));
  const draft = { v: 1 as const, ...SCOPE, n: N, k: K, members };
  const signed = members.map((member) => ({
    ...member,
    signature: signKeySet(draft, deriveSigningKey(memberSeed(member.index)).secret),
  }));
  return { ...draft, members: signed };
}

/** What every envelope of the bench is for. */
export function benchExpectation(): EnvelopeExpectation {
  const keySet = committee();
  const identity = { ...SCOPE, lot: '', part: '', tenderer: 'org-bench', keyset: keySetHash(keySet) };
  // Refused here, not in the middle of a measurement.
  contextHash(identity);
  return { identity, keySet, purpose: 'bid' };
}

const benchPriceForm = () =>
  computePriceForm('EUR', [{ itemId: '1', quantity: '40', unitPrice: '918.2736' }]);

/** What every bid of the bench states beside its files. */
export const benchStatements = () => ({ priceForm: benchPriceForm(), consortium: [], declarations: [] });

export function benchManifest(
  { identity }: EnvelopeExpectation,
  files: PlannedManifest['files'],
): PlannedManifest {
  const { ocid, lot, part, tenderer } = identity;
  return { v: 1, ocid, lot, part, tenderer, ...benchStatements(), files };
}

/** What the first two members release, from the beginning of an envelope. */
export function benchShares(beginning: Uint8Array, expected: EnvelopeExpectation): Promise<Share[]> {
  const header = parseEnvelope(beginning);
  const release = (index: number) =>
    openOwnShare(header, expected, index, deriveCommitteeKey(memberSeed(index), SCOPE).secret);
  return Promise.all(Array.from({ length: K }, (_, i) => release(i + 1)));
}
