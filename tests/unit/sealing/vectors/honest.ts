import type { PackageManifest } from '@/lib/sealing/package';
import { computePriceForm } from '@/lib/sealing/price-form';
import { utf8 } from '@/lib/sealing/bytes';
import { canonicalText } from '@/lib/record/jcs';
import { toHex } from '@/lib/record/hex';
import type { Sealed } from '../fixture';
import { filled, makeIdentity, makeManifest, seal, sha256Hex } from '../fixture';
import type { Case, Expected } from './case';
import { makeCase } from './case';
import type { Committee } from './committees';
import { COMMITTEES } from './committees';

interface Offer {
  committee: Committee;
  lot?: string;
  part?: string;
  tenderer?: string;
  purpose?: 'rehearsal';
  manifest?: Partial<PackageManifest>;
  files?: { name: string; bytes: Uint8Array }[];
}

export const SEED = Uint8Array.from({ length: 32 }, (_, i) => i);
const text = (name: string, content: string) => ({ name, bytes: utf8(content) });
const offer = [text('offer.txt', 'Our offer.\n')];

export function sealOffer({
  committee,
  lot = '',
  part = '',
  tenderer,
  purpose,
  manifest,
  files = offer,
}: Offer) {
  const keySet = COMMITTEES[committee];
  const identity = { ...makeIdentity(keySet, tenderer), lot, part };
  const stated = { ...makeManifest(identity, files), ...manifest };
  return seal({ keySet, identity, seed: SEED, manifest: stated, purpose: purpose ?? 'bid' }, files);
}

const partner = { id: 'org-partner', name: 'Partner GmbH' };
const twoRows = computePriceForm('CNY', [
  { itemId: '1', quantity: '3', unitPrice: '19.99' },
  { itemId: '二', quantity: '2.5', unitPrice: '0.335' },
]);

/** Honest envelopes, by what is special about them. */
const OFFERS: Record<string, Offer> = {
  'a bid with price, file, partner and declaration': {
    committee: '2-of-3',
    manifest: { consortium: [partner], declarations: ['taxes-paid'] },
  },
  'one member alone': { committee: '1-of-1' },
  'three of five': { committee: '3-of-5', lot: '2', part: 'financial', files: [] },
  'a technical part without price': {
    committee: '2-of-3',
    lot: '1',
    part: 'technical',
    manifest: { priceForm: null, declarations: ['无犯罪记录', 'taxes-paid'] },
    files: [text('投标文件.txt', '技术方案\n'), text('Plan (é).txt', 'a'), text('z', 'b'.repeat(300))],
  },
  'a financial part without file': {
    committee: '2-of-3',
    lot: '1',
    part: 'financial',
    manifest: { priceForm: twoRows },
    files: [],
  },
  'neither price nor file': { committee: '1-of-1', manifest: { priceForm: null }, files: [] },
  'names that JSON must escape': {
    committee: '1-of-1',
    tenderer: 'org "α"\\\n\u0001\u2028💶',
    lot: '</script>',
    manifest: { consortium: [{ id: '\u007f', name: '\u20ac\ufb33\ud83d\ude00' }] },
  },
  'a rehearsal': { committee: '2-of-3', purpose: 'rehearsal', manifest: { priceForm: null }, files: [] },
};

const valid = ({ request }: Sealed, files: Offer['files'] = offer, wrongShares: number[] = []): Expected => ({
  outcome: 'valid',
  seed: toHex(SEED),
  manifest: canonicalText(request.manifest),
  files: files.map(({ bytes }) => toHex(bytes)),
  wrongShares,
});

export async function honestCases(): Promise<Case[]> {
  const cases: Case[] = [];
  for (const [description, given] of Object.entries(OFFERS)) {
    const sealed = await sealOffer(given);
    const { k, n } = COMMITTEES[given.committee];
    const members = Array.from({ length: k }, (_, i) => n - i);
    cases.push(await makeCase(description, given.committee, sealed, { members }, valid(sealed, given.files)));
  }
  return [...cases, ...(await releaseCases())];
}

/** One honest envelope, with shares and seeds of all kinds. */
async function releaseCases(): Promise<Case[]> {
  const committee = '2-of-3';
  const sealed = await sealOffer({ committee });
  const wrong = { index: 2, share: 'ff'.repeat(32) };
  const odd = [
    { index: 9, share: '01'.repeat(32) },
    { index: 0, share: '01'.repeat(32) },
    { index: 3, share: '010203' },
  ];
  const make = (description: string, given: Parameters<typeof makeCase>[3], expected: Expected) =>
    makeCase(description, committee, sealed, given, expected);
  const undecided = (reason: Extract<Expected, { outcome: 'undecided' }>['reason']): Expected => ({
    outcome: 'undecided',
    reason,
  });
  const damaged = sealed.bytes.map((byte, at) => (at === 400 ? byte ^ 1 : byte));
  return Promise.all([
    make('members 1 and 2', { members: [1, 2] }, valid(sealed)),
    make('all members, although two suffice', { members: [1, 2, 3] }, valid(sealed)),
    make(
      'member 2 releases a wrong share, the others the right ones',
      { members: [1, 3], shares: [wrong] },
      valid(sealed, offer, [2]),
    ),
    make('no share, seed given by the tenderer', { seed: SEED }, valid(sealed)),
    make(
      'shares of no member and of another length beside the right ones',
      { members: [1, 2], shares: odd },
      valid(sealed, offer, [3]),
    ),
    make('one share only', { members: [1] }, undecided('shares-missing')),
    make('one share, released twice', { members: [1, 1] }, undecided('shares-missing')),
    make('a right and a wrong share', { members: [1], shares: [wrong] }, undecided('shares-do-not-combine')),
    make('no share, another seed given', { seed: filled(0xff) }, undecided('seed-does-not-fit')),
    make(
      'the stored copy was damaged',
      { members: [1, 2], bytes: damaged, envelopeHash: sealed.envelopeHash },
      undecided('not-the-recorded-envelope'),
    ),
    make(
      'the stored copy is another file',
      { members: [1, 2], bytes: utf8('gone'), envelopeHash: sealed.envelopeHash },
      undecided('not-the-recorded-envelope'),
    ),
  ]);
}

/** Too large to print: seal it from this and compare. Byte i of a file is (31 i + 7) mod 251. */
export async function recipes() {
  const committee: Committee = '1-of-1';
  const bytes = new Uint8Array(1_060_000).map((_, i) => (31 * i + 7) % 251);
  const sealed = await sealOffer({ committee, files: [{ name: 'plan.bin', bytes }] });
  const { identity, manifest } = sealed.request;
  return [
    {
      description: 'two chunks: a file of 1060000 bytes',
      ...{
        committee,
        purpose: 'bid' as const,
        identity,
        seed: toHex(SEED),
        manifest: canonicalText(manifest),
      },
      fileLengths: [bytes.length],
      fileSha256: [sha256Hex(bytes)],
      envelopeLength: sealed.bytes.length,
      envelopeHash: sealed.envelopeHash,
    },
  ];
}
