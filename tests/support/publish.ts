import { randomBytes } from 'node:crypto';
import type { NoticeDraft } from '@/lib/record/notice';
import { toHex } from '@/lib/record/hex';
import { signRecord } from '@/lib/record/sign';
import { pendingKeyset, publicationDigest } from '@/lib/procedure/acts/publication';
import { committee, publicationRequest } from '@/lib/procedure/state';
import { deriveCommitteeKey, deriveSigningKey } from '@/lib/sealing/member-key';
import { signKeySet } from '@/lib/sealing/keyset';
import { rehearsalIdentity, rehearse } from '@/lib/sealing/rehearse';
import { createTender, emptyDraft } from '@/lib/server/operations/create-tender';
import { prepareAct } from '@/lib/server/operations/perform-act';
import { registerKey } from '@/lib/server/operations/register-key';
import { storeDocument } from '@/lib/server/store-document';
import { uuidv7 } from '@/lib/server/ids';
import { does } from './acts';
import { PEOPLE, type Person } from './people';
import type { Scene } from './scene';

export { publicationDigest };

/** From approval to the deadline, in milliseconds, in tenders of the tests (the fast pack wants a minute). */
export const TIME_FOR_BIDS = 120_000;

/** A whole notice of two items, one price and one quality criterion. */
export function completeDraft(now: number, overrides: Partial<NoticeDraft> = {}): NoticeDraft {
  const due = Math.ceil(now / 1000) * 1000 + TIME_FOR_BIDS;
  return {
    ...emptyDraft(PEOPLE.officer, 'en'),
    title: 'Repair of the north quay',
    description: 'Repair of forty metres of quay wall.',
    value: { amount: '250000.00', currency: 'EUR' },
    budget: { source: 'Harbour fund 2026, line 7' },
    items: [
      { id: '1', description: 'Sheet piling', quantity: '40', unit: 'm' },
      { id: '2', description: 'Concrete', quantity: '12.5', unit: 'm3' },
    ],
    bidsDue: new Date(due).toISOString(),
    ...overrides,
  };
}

export interface TenderRef {
  id: string;
  ocid: string;
}

export async function newTender(
  scene: Scene,
  overrides: Partial<NoticeDraft> = {},
  officer: Person = PEOPLE.officer,
): Promise<TenderRef> {
  const created = await createTender(scene.world, officer, completeDraft(scene.clock.now(), overrides));
  if (!created.ok) throw new Error(`createTender: ${created.code}`);
  return { id: created.id, ocid: created.ocid };
}

/** A file in the store as `owner`'s upload. @returns the upload's id */
export async function upload(scene: Scene, tender: TenderRef, owner: Person, text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const name = `${text.slice(0, 20)}.txt`;
  const file = { tenderId: tender.id, personId: owner.person, name, mediaType: 'text/plain', bytes };
  return (await storeDocument(scene.world, file)).id;
}

/** Registers the person's signing key; again is the same. @returns the record's commitment */
export async function registeredKey(scene: Scene, person: Person): Promise<string> {
  const publicKey = toHex(deriveSigningKey(person.seed).publicKey);
  const key = await registerKey(scene.world, person, { publicKey, demonstration: false });
  if (!key.ok) throw new Error(`registerKey: ${key.code}`);
  return key.commitment;
}

export const committeeInput = (members: readonly Person[] = PEOPLE.members, k = 2) => {
  const seats = ['officer', 'regulator', 'observer'] as const;
  return {
    k,
    members: members.map((m, i) => ({
      person: m.person,
      seat: seats[i % 3] ?? 'observer',
      organization: m.organization,
    })),
  };
};

/** A member accepts: prepares, signs as its browser would, and files. @returns the input that was filed */
export async function acceptanceInput(
  scene: Scene,
  tender: TenderRef,
  member: Person,
  id = uuidv7(scene.clock.now()),
) {
  const key = await registeredKey(scene, member);
  const { chainId, contract } = await scene.process(tender.id);
  const x25519 = toHex(deriveCommitteeKey(member.seed, { chainId, contract, ocid: tender.ocid }).publicKey);
  const prepared = await prepareAct(
    scene.world,
    member,
    'accept-appointment',
    tender.id,
    { x25519, key },
    id,
  );
  if (!prepared.ok) throw new Error(`prepareAct: ${prepared.code}`);
  const [record] = prepared.records;
  if (!record) throw new Error('Nothing to sign');
  const { signature } = signRecord(record, deriveSigningKey(member.seed).secret, key);
  return { x25519, key, id, time: prepared.time, signature };
}

export async function keysetSignature(scene: Scene, tender: TenderRef, member: Person): Promise<string> {
  const draft = pendingKeyset(await scene.process(tender.id));
  if (!draft) throw new Error('The committee is not complete');
  return signKeySet(draft, deriveSigningKey(member.seed).secret);
}

/** A member tests its key as its browser would: rehearses, then signs what was prepared. @returns the act's input */
export async function rehearsalInput(
  scene: Scene,
  tender: TenderRef,
  member: Person,
  id = uuidv7(scene.clock.now()),
) {
  const process = await scene.process(tender.id);
  const draft = pendingKeyset(process);
  const seat = committee(process)?.seats.find((s) => s.person === member.person);
  if (!draft || !seat?.accepted) throw new Error('The committee is not complete');
  const { secret } = deriveCommitteeKey(member.seed, draft);
  await rehearse(draft, rehearsalIdentity(draft), seat.index, secret, new Uint8Array(randomBytes(32)));
  const prepared = await prepareAct(scene.world, member, 'rehearse-key', tender.id, {}, id);
  if (!prepared.ok) throw new Error(`prepareAct: ${prepared.code}`);
  const [record] = prepared.records;
  if (!record) throw new Error('Nothing to sign');
  const { key } = seat.accepted.data;
  const { signature } = signRecord(record, deriveSigningKey(member.seed).secret, key);
  return { id, time: prepared.time, signature };
}

/** Appoints the committee; every member accepts and signs the key set. */
export async function seatCommittee(
  scene: Scene,
  tender: TenderRef,
  members: readonly Person[] = PEOPLE.members,
  k = 2,
) {
  await does(scene, PEOPLE.officer, 'appoint-committee', tender.id, committeeInput(members, k));
  for (const member of members)
    await does(scene, member, 'accept-appointment', tender.id, await acceptanceInput(scene, tender, member));
  for (const member of members)
    await does(scene, member, 'sign-keyset', tender.id, {
      signature: await keysetSignature(scene, tender, member),
    });
}

/** What the approver sees and approves. */
export async function requestedDigest(scene: Scene, tender: TenderRef): Promise<string> {
  return publicationRequest(await scene.process(tender.id))?.data.digest ?? '';
}

export async function approvePublication(
  scene: Scene,
  tender: TenderRef,
  approver: Person = PEOPLE.approver,
) {
  return does(scene, approver, 'approve-publication', tender.id, {
    digest: await requestedDigest(scene, tender),
  });
}
