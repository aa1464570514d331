import type { SealingErrorCode } from '@/lib/sealing/error';
import { concat } from '@/lib/sealing/bytes';
import { headerLength } from '@/lib/sealing/envelope';
import { makeIdentity } from '../fixture';
import { altered } from '../forge';
import type { Case } from './case';
import { makeCase } from './case';
import { COMMITTEES } from './committees';
import { sealOffer } from './honest';

const K_AT = 17;
const N_AT = 18;

/**
 * Envelopes that no seed could make valid: their header is not one, or is for something else. Members 1 and 2 have
 * released their shares of the envelope as it was sealed.
 */
export async function alteredCases(): Promise<Case[]> {
  const committee = '2-of-3' as const;
  const sealed = await sealOffer({ committee });
  const { bytes } = sealed;
  const { identity } = sealed.request;
  const at = (from: number, ...values: number[]) => {
    const copy = bytes.slice();
    copy.set(values, from);
    return copy;
  };
  const files: [SealingErrorCode, string, Uint8Array][] = [
    ['envelope-shape', 'not an envelope', Uint8Array.of(0x50, 0x4b, 3, 4)],
    ['envelope-shape', 'an empty file', new Uint8Array(0)],
    ['envelope-shape', 'the header cut short', bytes.slice(0, 91)],
    ['envelope-shape', 'another version', at(15, 0x32)],
    ['envelope-shape', 'a purpose that does not exist', at(16, 2)],
    ['envelope-shape', 'the reserved byte set', at(19, 1)],
    ['envelope-length', 'the shares cut short', bytes.slice(0, headerLength(3) - 1)],
    ['envelope-length', 'the last byte missing', bytes.slice(0, -1)],
    ['envelope-length', 'a byte added', concat(bytes, Uint8Array.of(0))],
    ['envelope-length', 'twice the same envelope', concat(bytes, bytes)],
    ['envelope-length', 'a payload of 2^32 bytes more', at(55, 1)],
    ['envelope-length', 'a payload of more than 2^53 bytes', at(52, 0xff)],
    [
      'envelope-length',
      'a payload of no bytes',
      concat(at(52, 0, 0, 0, 0, 0, 0, 0, 0).slice(0, headerLength(3))),
    ],
    ['threshold-range', 'k = 0', at(K_AT, 0)],
    ['threshold-range', 'k above n', at(K_AT, 4)],
    ['threshold-range', 'n = 0', at(K_AT, 0, 0)],
    ['threshold-range', 'n = 17', at(N_AT, 17)],
    ['envelope-other-purpose', 'a bid relabelled as a rehearsal', at(16, 1)],
    ['envelope-other-threshold', 'k = 1', at(K_AT, 1)],
    ['envelope-other-context', 'a byte of the context altered', altered(bytes, 20)],
    ['payload-hash', 'a byte of the payload altered', altered(bytes, bytes.length - 1)],
    ['payload-hash', 'a byte of the payload’s digest altered', altered(bytes, 60)],
  ];
  const own = await Promise.all(
    files.map(([code, description, file]) =>
      makeCase(description, committee, sealed, { members: [1, 2], bytes: file }, invalid(code)),
    ),
  );
  const elsewhere: [string, typeof identity][] = [
    ['another tenderer', { ...identity, tenderer: 'org-thief' }],
    ['another tender', { ...identity, ocid: 'ocds-e3hb2t-0002' }],
    ['another lot', { ...identity, lot: '1' }],
    ['another part', { ...identity, part: 'financial' }],
    ['another chain', { ...identity, chainId: 1 }],
    ['another key set', { ...identity, keyset: makeIdentity(COMMITTEES['3-of-5']).keyset }],
  ];
  const copied = elsewhere.map(([what, other]) =>
    makeCase(
      `recorded for ${what} (a copied bid)`,
      committee,
      sealed,
      { members: [1, 2], identity: other },
      invalid('envelope-other-context'),
    ),
  );
  const rehearsal = await sealOffer({ committee, purpose: 'rehearsal' });
  const asBid = makeCase(
    'a rehearsal recorded as a bid',
    committee,
    rehearsal,
    { members: [1, 2], purpose: 'bid' },
    invalid('envelope-other-purpose'),
  );
  return [...own, ...(await Promise.all([...copied, asBid]))];
}

const invalid = (code: SealingErrorCode) => ({
  outcome: 'invalid' as const,
  code,
  seed: null,
  wrongShares: [],
});
