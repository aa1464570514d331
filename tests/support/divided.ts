import { randomBytes } from 'node:crypto';
import type { NoticeDraft } from '@/lib/record/notice';
import { toHex } from '@/lib/record/hex';
import { qualityCriteria } from '@/lib/procedure/acts/evaluation';
import { last, liveBids, openedBids, type Process } from '@/lib/procedure/state';
import { inUnit, units } from '@/lib/procedure/scopes';
import { sameUnit, type Part, type Unit } from '@/lib/procedure/units';
import { signBidAct } from '@/lib/sealing/bid-act';
import { bidKeyPair } from '@/lib/sealing/recovery';
import { does } from './acts';
import { sealBid, uploadEnvelope, type SealedBid } from './bids';
import { PEOPLE, type Person } from './people';
import { approvePublication, newTender, seatCommittee, type TenderRef } from './publish';
import type { Scene } from './scene';

/* Tenders with lots and two envelopes, by real operations. */

/** Two items in lots A and B. */
export const LOTS: Partial<NoticeDraft> = {
  items: [
    { id: '1', description: 'Sheet piling', quantity: '40', unit: 'm', relatedLot: 'A' },
    { id: '2', description: 'Concrete', quantity: '12.5', unit: 'm3', relatedLot: 'B' },
  ],
  lots: [
    { id: 'A', title: 'Piling', description: '' },
    { id: 'B', title: 'Concrete', description: '' },
  ],
};

export const unit = (lot: string, part: Part = ''): Unit => ({ lot, part });

/** Published, with its committee, and every unit on chain. */
export async function publish(scene: Scene, overrides: Partial<NoticeDraft>): Promise<TenderRef> {
  const tender = await newTender(scene, overrides);
  await seatCommittee(scene, tender);
  await does(scene, PEOPLE.officer, 'request-publication', tender.id, {});
  await approvePublication(scene, tender);
  await scene.untilPhase(tender.id, 'open');
  await scene.until(async () => {
    const process = await scene.process(tender.id);
    return process.chain.units.length === units(process).length;
  });
  return tender;
}

/** What a bidder keeps of one submission. */
export interface Submission {
  tenderer: Person;
  bidSecret: Uint8Array;
  envelopes: (SealedBid & { unit: Unit })[];
}

export interface Offer {
  units: readonly Unit[];
  unitPrice: string;
  /** The submission that this one replaces: its key signs. */
  replaces?: Submission;
}

const scope = (process: Process) => ({
  chainId: process.chainId,
  contract: process.contract,
  ocid: process.ocid,
});

/** What the key of `kept` signs over the tenderer's present bid of this unit. */
export async function signedFor(
  scene: Scene,
  tender: TenderRef,
  kept: Submission,
  of: Unit,
  envelope: string | null,
) {
  const process = await scene.process(tender.id);
  const bid = liveBids(process).find(
    (b) => b.data.tenderer.id === kept.tenderer.organization.id && sameUnit(b.unit ?? unit(''), of),
  );
  if (!bid) throw new Error('No present bid');
  const signature = signBidAct(kept.bidSecret, {
    ...scope(process),
    ...of,
    act: envelope === null ? 'withdraw' : 'replace',
    bid: bid.commitment,
    envelope,
    tenderer: kept.tenderer.organization.id,
  });
  return { bid: bid.commitment, signature };
}

/** Seals and uploads every envelope, then files them in one act. */
export async function submits(
  scene: Scene,
  tender: TenderRef,
  tenderer: Person,
  offer: Offer,
): Promise<Submission> {
  const bidSecret = new Uint8Array(randomBytes(32));
  const envelopes: Submission['envelopes'] = [];
  for (const of of offer.units) {
    const files =
      of.part === 'financial'
        ? []
        : [{ name: 'offer.pdf', text: `%PDF-1.7 ${tenderer.person} ${of.lot} ${offer.unitPrice}` }];
    const sealed = await sealBid(scene, tender, tenderer, {
      unit: of,
      unitPrice: offer.unitPrice,
      files,
      bidSecret,
    });
    const uploaded = await uploadEnvelope(scene, tender, sealed);
    if (!uploaded.ok) throw new Error(`takeEnvelope: ${uploaded.code}`);
    envelopes.push({ ...sealed, unit: of });
  }
  const input = [];
  for (const { unit: of, envelope } of envelopes) {
    const replaces = offer.replaces ? await signedFor(scene, tender, offer.replaces, of, envelope) : null;
    input.push({ ...of, envelope, replaces });
  }
  await does(scene, tenderer, 'submit-bid', tender.id, {
    envelopes: input,
    bidKey: toHex(bidKeyPair(bidSecret).publicKey),
    keyset: envelopes[0]?.keyset ?? '',
  });
  return { tenderer, bidSecret, envelopes };
}

export async function withdraws(scene: Scene, tender: TenderRef, kept: Submission): Promise<void> {
  const bids = [];
  for (const { unit: of } of kept.envelopes) bids.push(await signedFor(scene, tender, kept, of, null));
  await does(scene, kept.tenderer, 'withdraw-bid', tender.id, { bids });
}

/** Past the due time, until the chain has closed the bids. */
export async function untilClosed(scene: Scene, tender: TenderRef): Promise<void> {
  const due = Date.parse((await scene.process(tender.id)).chain.opening?.bidsDue ?? '');
  await scene.tick();
  scene.clock.set(Math.max(scene.clock.now(), due));
  await scene.until(async () => (await scene.process(tender.id)).chain.closures.some((c) => c.stage === 2));
}

/** Every evaluator scores every opened bid of the unit: the first bid best. */
export async function judges(scene: Scene, tender: TenderRef, of: Unit): Promise<void> {
  const evaluators = PEOPLE.evaluators.map((e) => e.person);
  await does(scene, PEOPLE.officer, 'appoint-evaluators', tender.id, { evaluators }, of);
  for (const evaluator of PEOPLE.evaluators) {
    await does(scene, evaluator, 'declare-interests', tender.id, { conflict: false, statement: '' }, of);
    const process = inUnit(await scene.process(tender.id), of);
    const scores = openedBids(process).flatMap((b, i) =>
      qualityCriteria(process).map((c) => ({
        bid: b.data.bid,
        criterion: c.id,
        score: 90 - 30 * i,
        comment: '',
      })),
    );
    await does(scene, evaluator, 'file-scores', tender.id, { scores }, of);
  }
  await scene.until(async () => {
    const sealed = last(inUnit(await scene.process(tender.id), of), 'scores-sealed');
    return sealed !== null && sealed.anchorIndex !== null;
  });
}
