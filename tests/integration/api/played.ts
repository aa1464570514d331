import { POST as postEnvelope } from '@/app/api/v1/envelopes/route';
import { acceptSeat, perform, processOf, releaseShares, signSeat } from '@/lib/demo/acts';
import { POST as postDocument } from '@/app/api/v1/uploads/route';
import { phaseAt } from '@/lib/procedure/phase-at';
import { keySets, notice, publicationRequest, type Process } from '@/lib/procedure/state';
import type { Phase } from '@/lib/procedure/phases';
import { toHex } from '@/lib/record/hex';
import type { NoticeDraft } from '@/lib/record/notice';
import { concat } from '@/lib/sealing/bytes';
import { computePriceForm } from '@/lib/sealing/price-form';
import { memoryStore, sealEnvelope } from '@/lib/sealing/seal';
import { createHash } from 'node:crypto';
import type { Player } from '@/lib/demo/company';
import { call, newTender, pdf, PEOPLE, type Registry } from './fixture';

export const COMMITTEE = [PEOPLE.officer, PEOPLE.regulator, PEOPLE.observer];

export const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export const inPhase = (registry: Registry, tenderId: string, phase: Phase) => async () =>
  phaseAt(await processOf(registry.world, tenderId), registry.time.now) === phase;

/** A published tender with one document, made by the real operations. */
export async function publish(registry: Registry, seconds = 600, overrides: Partial<NoticeDraft> = {}) {
  const { world } = registry;
  const tender = await newTender(registry, seconds, overrides);
  const url = `/api/v1/uploads?${new URLSearchParams({ tender: tender.id, name: 'notice.pdf', type: 'application/pdf' })}`;
  await call(
    postDocument.as(PEOPLE.officer),
    url,
    {},
    { method: 'POST', body: pdf(`notice of ${tender.ocid}`) },
  );
  const seats = ['officer', 'regulator', 'observer'] as const;
  const members = COMMITTEE.map((m, i) => ({
    person: m.person,
    seat: seats[i],
    organization: m.organization,
  }));
  await perform(world, PEOPLE.officer, 'appoint-committee', tender.id, { k: 2, members });
  for (const member of COMMITTEE) await acceptSeat(world, member, tender.id);
  for (const member of COMMITTEE) await signSeat(world, member, tender.id);
  await perform(world, PEOPLE.officer, 'request-publication', tender.id, {});
  const request = publicationRequest(await processOf(world, tender.id));
  await perform(world, PEOPLE.approver, 'approve-publication', tender.id, { digest: request?.data.digest });
  await registry.until(inPhase(registry, tender.id, 'open'));
  return tender;
}

export interface SealedBid {
  bytes: Uint8Array<ArrayBuffer>;
  file: Uint8Array;
}

/** Seals a bid as a tenderer's browser does; `file` is large enough to span several chunks. */
export async function sealBid(
  process: Process,
  who: Player,
  unitPrice: string,
  size = 2_500_000,
): Promise<SealedBid> {
  const published = notice(process)?.data;
  if (!published) throw new Error('not published');
  const { chainId, contract, ocid } = process;
  const tenderer = who.organization.id;
  const file = new Uint8Array(size).map((_, i) => (i * 31 + who.keySeed.length + unitPrice.length) % 251);
  const files = [
    { name: 'cover.txt', bytes: new TextEncoder().encode(`Offer of ${tenderer}`) },
    { name: 'offer.pdf', bytes: file },
  ];
  const store = memoryStore();
  const sealed = await sealEnvelope(
    {
      identity: { chainId, contract, ocid, lot: '', part: '', tenderer, keyset: published.keysetHash },
      keySet: published.keyset,
      purpose: 'bid',
      seed: crypto.getRandomValues(new Uint8Array(32)),
      manifest: {
        v: 1,
        ocid,
        lot: '',
        part: '',
        tenderer,
        consortium: [],
        declarations: [],
        priceForm: computePriceForm('EUR', [{ itemId: '1', quantity: '10', unitPrice }]),
        files: files.map(({ name, bytes }) => ({
          name,
          mediaType: 'application/pdf',
          size: bytes.length,
          sha256: digest(bytes),
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
  return { bytes: concat(sealed.header, ...store.pieces), file };
}

export const sendEnvelope = (
  tenderId: string,
  who: Player | null,
  body: Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) =>
  call(postEnvelope.as(who), `/api/v1/envelopes?tender=${tenderId}`, {}, { method: 'POST', body, headers });

/** Seals, uploads through the API, and files the bid. */
export async function submit(
  registry: Registry,
  tenderId: string,
  who: Player,
  unitPrice: string,
  size?: number,
): Promise<SealedBid> {
  const sealed = await sealBid(await processOf(registry.world, tenderId), who, unitPrice, size);
  const response = await sendEnvelope(tenderId, who, sealed.bytes);
  if (response.status !== 201) throw new Error(await response.text());
  const { sha256 } = (await response.json()) as { sha256: string };
  await perform(registry.world, who, 'submit-bid', tenderId, {
    envelopes: [{ lot: '', part: '', envelope: sha256, replaces: null }],
    bidKey: toHex(who.keySeed),
    keyset: keySets(await processOf(registry.world, tenderId)).at(-1)?.hash,
  });
  return sealed;
}

/** Past the due time and through the opening, until the evaluation has begun. */
export async function openBids(registry: Registry, tenderId: string): Promise<void> {
  const process = await processOf(registry.world, tenderId);
  const due = Date.parse(process.chain.opening?.bidsDue ?? '');
  registry.time.now = Math.max(registry.time.now, due + 1000);
  await registry.until(inPhase(registry, tenderId, 'opening'));
  for (const member of COMMITTEE.slice(0, 2)) await releaseShares(registry.world, member, tenderId);
  await registry.until(inPhase(registry, tenderId, 'evaluation'));
}
