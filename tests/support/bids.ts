import { createHash, randomBytes } from 'node:crypto';
import { concat } from '@/lib/sealing/bytes';
import { openOwnShare, parseEnvelope } from '@/lib/sealing/envelope';
import { deriveCommitteeKey } from '@/lib/sealing/member-key';
import { computePriceForm } from '@/lib/sealing/price-form';
import { bidKeyPair } from '@/lib/sealing/recovery';
import { memoryStore, sealEnvelope } from '@/lib/sealing/seal';
import { toHex } from '@/lib/record/hex';
import { bidsToOpen, keySetOf, placeIn, tender as noticeOf } from '@/lib/procedure/state';
import { inUnit, itemsOf } from '@/lib/procedure/scopes';
import type { Unit } from '@/lib/procedure/units';
import { takeEnvelope } from '@/lib/server/envelope-uploads';
import { expectedEnvelopes, expectedOf } from '@/lib/server/expected-envelopes';
import type { FiledReceipt } from '@/lib/server/file-records';
import { does } from './acts';
import { PEOPLE, type Person } from './people';
import type { TenderRef } from './publish';
import type { Scene } from './scene';

export interface BidContent {
  /** Price of one unit of every item. */
  unitPrice: string;
  files: { name: string; text: string }[];
  /** Partners that the tenderer leads. */
  consortium?: { id: string; name: string }[];
}

/** One envelope of a bid, in a tender that may have several. */
export interface EnvelopeContent extends BidContent {
  unit: Unit;
  /** The bid's key, where it has several envelopes; drawn otherwise. */
  bidSecret?: Uint8Array;
}

/** What the bidder's browser has made: the ciphertext to upload, and what the bidder keeps. */
export interface SealedBid {
  tenderer: Person;
  bytes: Uint8Array;
  envelope: string;
  bidKey: string;
  /** Ed25519 secret of the bid. */
  bidSecret: Uint8Array;
  /** Hash of the key set it is sealed to. */
  keyset: string;
  seed: Uint8Array;
  total: string;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export const plainBid = (unitPrice: string): BidContent => ({
  unitPrice,
  files: [{ name: 'offer.pdf', text: `%PDF-1.7 our offer at ${unitPrice} a unit` }],
});

/** Seals a bid as the bidder's browser does. Uploads and files nothing. */
export async function sealBid(
  scene: Scene,
  tender: TenderRef,
  tenderer: Person,
  content: BidContent | EnvelopeContent,
): Promise<SealedBid> {
  const process = await scene.process(tender.id);
  const unit = 'unit' in content ? content.unit : { lot: '', part: '' as const };
  const expected = expectedEnvelopes(process, tenderer.organization.id).find(
    ({ identity }) => identity.lot === unit.lot && identity.part === unit.part,
  );
  const notice = noticeOf(process);
  if (!expected || !notice) throw new Error('The tender is not published, or has no such unit');
  const rows = itemsOf({ ...process, unit }).map(({ id, quantity }) => ({
    itemId: id,
    quantity,
    unitPrice: content.unitPrice,
  }));
  const priceForm = unit.part === 'technical' ? null : computePriceForm(notice.currency, rows);
  const files = content.files.map(({ name, text }) => ({ name, bytes: new TextEncoder().encode(text) }));
  const { ocid, lot, part, tenderer: who } = expected.identity;
  const seed = new Uint8Array(randomBytes(32));
  const store = memoryStore();
  const sealed = await sealEnvelope(
    {
      ...expected,
      seed,
      manifest: {
        v: 1,
        ocid,
        lot,
        part,
        tenderer: who,
        consortium: content.consortium ?? [],
        declarations: [],
        priceForm,
        files: files.map(({ name, bytes }) => ({
          name,
          mediaType: 'application/pdf',
          size: bytes.length,
          sha256: sha256(bytes),
        })),
      },
      contents: files.map(
        ({ bytes }) =>
          async function* () {
            yield bytes;
          },
      ),
    },
    store,
  );
  const drawn = ('bidSecret' in content && content.bidSecret) || new Uint8Array(randomBytes(32));
  const { secret: bidSecret, publicKey } = bidKeyPair(drawn);
  const bidKey = toHex(publicKey);
  const { keyset } = expected.identity;
  const bytes = concat(sealed.header, ...store.pieces);
  return {
    tenderer,
    bytes,
    envelope: sealed.envelopeHash,
    bidKey,
    bidSecret,
    keyset,
    seed,
    total: priceForm?.total ?? '0.00',
  };
}

/** The input of `submit-bid` for a sealed envelope of a tender that is not divided. */
export const submission = ({
  envelope,
  bidKey,
  keyset,
}: Pick<SealedBid, 'envelope' | 'bidKey' | 'keyset'>) => ({
  envelopes: [{ lot: '', part: '' as const, envelope, replaces: null }],
  bidKey,
  keyset,
});

export async function uploadEnvelope(
  scene: Scene,
  tender: TenderRef,
  bid: SealedBid,
  actor: Person = bid.tenderer,
) {
  const body = new Response(new Uint8Array(bid.bytes)).body;
  return takeEnvelope(scene.world, { tenderId: tender.id, actor, body, announced: bid.bytes.length });
}

/** Seals, uploads and files one bid. */
export async function bids(
  scene: Scene,
  tender: TenderRef,
  tenderer: Person,
  content: BidContent,
): Promise<SealedBid & { receipt: FiledReceipt }> {
  const sealed = await sealBid(scene, tender, tenderer, content);
  const uploaded = await uploadEnvelope(scene, tender, sealed);
  if (!uploaded.ok) throw new Error(`takeEnvelope: ${uploaded.code}`);
  const [receipt] = await does(scene, tenderer, 'submit-bid', tender.id, submission(sealed));
  if (!receipt) throw new Error('No receipt');
  return { ...sealed, receipt };
}

/** What a member's browser finds in the stored envelopes of a unit with its key: its share of every bid to open. */
export async function sharesInput(scene: Scene, tender: TenderRef, member: Person, unit: Unit | null = null) {
  const whole = await scene.process(tender.id);
  const process = unit ? inUnit(whole, unit) : whole;
  const { secret } = deriveCommitteeKey(member.seed, process);
  const shares: { bid: string; share: string }[] = [];
  for (const bid of bidsToOpen(process)) {
    const set = keySetOf(process, bid.data.keyset);
    const index = set && placeIn(process, set, member.person);
    const expected = expectedOf(process, bid);
    if (!expected || index === null) continue;
    const where = { tenderId: tender.id, kind: 'envelope', sha256: bid.data.envelope, usedBy: bid.id };
    const stored = await scene.world.db.upload.findFirstOrThrow({ where });
    const pieces: Uint8Array[] = [];
    for await (const piece of scene.world.storage.get(stored.storageKey)) pieces.push(piece as Uint8Array);
    const { bytes } = await openOwnShare(parseEnvelope(concat(...pieces)), expected, index, secret);
    shares.push({ bid: bid.commitment, share: toHex(bytes) });
  }
  return { shares, unopenable: [] };
}

/** These members release what they hold. */
export async function release(
  scene: Scene,
  tender: TenderRef,
  members: readonly Person[] = PEOPLE.members.slice(0, 2),
  unit: Unit | null = null,
) {
  for (const member of members)
    await does(
      scene,
      member,
      'release-shares',
      tender.id,
      await sharesInput(scene, tender, member, unit),
      unit,
    );
}
