import type { SealingErrorCode } from '@/lib/sealing/error';
import { concat, uint32, utf8 } from '@/lib/sealing/bytes';
import { FIXED_HEADER_LENGTH } from '@/lib/sealing/envelope';
import { paddedLength } from '@/lib/sealing/padme';
import type { Share } from '@/lib/sealing/shamir';
import { canonicalText } from '@/lib/record/jcs';
import { toHex } from '@/lib/record/hex';
import type { Sealed } from '../fixture';
import { filled, makeIdentity, makeManifest } from '../fixture';
import { altered, makeForge } from '../forge';
import type { Case, Expected } from './case';
import { makeCase } from './case';
import { COMMITTEES } from './committees';
import { SEED } from './honest';
import { badManifests } from './manifests';

const committee = '2-of-3' as const;
const keySet = COMMITTEES[committee];
const identity = makeIdentity(keySet);
const forge = makeForge({ identity, keySet, purpose: 'bid' }, SEED);
const file = utf8('content');
const honest = makeManifest(identity, [{ name: 'offer.pdf', bytes: file }]);
const right = forge.packageOf(honest, [file]);

const invalid = (code: SealingErrorCode): Expected => ({
  outcome: 'invalid',
  code,
  seed: toHex(SEED),
  wrongShares: [],
});

/** Packages in a right envelope that are not what they should be. */
function badPackages(): [SealingErrorCode, string, Uint8Array][] {
  const [entry] = honest.files;
  const { packageOf } = forge;
  const files = (change: object) => ({ ...honest, files: [{ ...entry, ...change }] });
  return [
    ...badManifests(honest).map(([code, what, manifest]): [SealingErrorCode, string, Uint8Array] => [
      code,
      `a manifest with ${what}`,
      packageOf(manifest, [file]),
    ]),
    ['package-too-large', 'a manifest of 4 GiB, as it says', concat(uint32(0xffffffff), right.slice(4))],
    [
      'package-length',
      'a manifest longer than the package',
      concat(uint32(right.length - 3), right.slice(4)),
    ],
    ['package-length', 'a package of three bytes', Uint8Array.of(0, 0, 0)],
    ['package-length', 'a package of no byte', new Uint8Array(0)],
    ['package-length', 'a file of 2^39 bytes, as it says', packageOf(files({ size: 2 ** 39 }), [file])],
    ['package-length', 'a file that ends behind the package', packageOf(files({ size: 5000 }), [file])],
    ['package-length', 'no padding', packageOf(honest, [file], (length) => length)],
    ['package-length', 'too much padding', packageOf(honest, [file], (length) => paddedLength(length) + 64)],
    ['package-padding', 'padding with a byte altered', altered(right, right.length - 1)],
    ['package-file-hash', 'a file with a byte altered', altered(right, right.length - padding() - 1)],
    [
      'package-file-hash',
      'another digest than its file’s',
      packageOf(files({ sha256: '00'.repeat(32) }), [file]),
    ],
  ];
}

function padding(): number {
  return right.length - (4 + utf8(canonicalText(honest)).length + file.length);
}

async function badPayloads(): Promise<[SealingErrorCode, string, Uint8Array][]> {
  const payload = await forge.sealPlain(right);
  return [
    ['payload-commitment', 'the salt altered', altered(payload, 0)],
    ['payload-commitment', 'the key commitment altered', altered(payload, 55)],
    ['payload-altered', 'a byte of the ciphertext altered', altered(payload, 56)],
    ['payload-altered', 'a byte of the tag altered', altered(payload, payload.length - 1)],
    ['payload-altered', 'the ciphertext cut short', payload.slice(0, -1)],
    ['payload-altered', 'bytes added', concat(payload, Uint8Array.of(1, 2, 3))],
  ];
}

/** Envelopes that prove invalid once the seed is known: the bidder sealed them so and recorded them so. */
export async function dishonestCases(): Promise<Case[]> {
  const given = { members: [1, 3] };
  const make = (what: string, sealed: Sealed, code: SealingErrorCode) =>
    makeCase(what, committee, sealed, given, invalid(code));
  const payloads = (await badPayloads()).map(async ([code, what, payload]) =>
    make(`a payload with ${what}, under a header made to fit`, await forge.wrap(payload), code),
  );
  const packages = badPackages().map(async ([code, what, plain]) =>
    make(`a package with ${what}`, await forge.wrap(await forge.sealPlain(plain)), code),
  );
  return [...(await Promise.all([...payloads, ...packages])), ...(await shareCases())];
}

async function shareCases(): Promise<Case[]> {
  const payload = await forge.sealPlain(right);
  const spoil =
    (...which: number[]) =>
    (shares: Share[]) =>
      shares.map((share) => (which.includes(share.index) ? { ...share, bytes: filled(share.index) } : share));
  const third = await forge.withShares(payload, spoil(3));
  const none = await forge.withShares(payload, spoil(1, 2, 3));
  const honestEnvelope = await forge.withShares(payload, (shares) => shares);
  const cut = { ...honestEnvelope, bytes: altered(honestEnvelope.bytes, FIXED_HEADER_LENGTH + 40) };
  const other = makeForge({ identity, keySet, purpose: 'bid' }, filled(0x77));
  const foreign = await forge.wrap(await other.sealPlain(other.packageOf(honest, [file])));
  const undecided: Expected = { outcome: 'undecided', reason: 'shares-do-not-combine' };
  const wrong = invalid('share-wrong');
  const make = (what: string, sealed: Sealed, given: Parameters<typeof makeCase>[3], expected: Expected) =>
    makeCase(what, committee, sealed, given, expected);
  return Promise.all([
    make('a wrong share sealed to member 3, who did not come', third, { members: [1, 2] }, wrong),
    make('a wrong share sealed to member 3, all came', third, { members: [1, 2, 3] }, wrong),
    make('a wrong share sealed to member 3, who came instead of 2', third, { members: [1, 3] }, undecided),
    make('the same, and the tenderer gives the seed', third, { members: [1, 3], seed: SEED }, wrong),
    make('wrong shares for all', none, { members: [1, 2, 3] }, undecided),
    make(
      'the same, and the tenderer gives the seed of the payload',
      none,
      { members: [1, 2, 3], seed: SEED },
      wrong,
    ),
    make('a sealed share altered, so that member 1 cannot open it', cut, { members: [2, 3] }, wrong),
    make(
      'a payload sealed with another seed than the one shared',
      foreign,
      { members: [1, 2] },
      invalid('payload-commitment'),
    ),
  ]);
}
