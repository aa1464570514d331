import type { Act } from '@/lib/procedure/permissions';
import { committee, intendedAward, last, liveBids } from '@/lib/procedure/state';
import { uuidv7 } from '@/lib/server/ids';
import { sharesInput } from './bids';
import { proposalInput, sheetInput } from './drive';
import { PEOPLE, type Person } from './people';
import {
  acceptanceInput,
  committeeInput,
  completeDraft,
  keysetSignature,
  rehearsalInput,
  requestedDigest,
  type TenderRef,
} from './publish';
import type { Scene } from './scene';

const hex32 = 'ab'.repeat(32);
const signature = 'cd'.repeat(64);

/** What the act would need to succeed where it can; where it cannot, an input of the right shape all the same. */
export async function validInput(scene: Scene, tender: TenderRef, act: Act, actor: Person): Promise<unknown> {
  const now = scene.clock.now();
  const process = await scene.process(tender.id);
  const member = committee(process)?.seats.find((s) => s.person === actor.person);
  const standstillEnds = new Date(Math.ceil(now / 1000) * 1000 + 90_000).toISOString();
  switch (act) {
    case 'edit-draft':
      return { draft: completeDraft(now) };
    case 'appoint-committee':
      return committeeInput();
    case 'accept-appointment': {
      if (member && !member.accepted) return acceptanceInput(scene, tender, actor);
      return { x25519: hex32, key: hex32, id: uuidv7(now), time: new Date(now).toISOString(), signature };
    }
    case 'rehearse-key': {
      if (member?.accepted) return rehearsalInput(scene, tender, actor);
      return { id: uuidv7(now), time: new Date(now).toISOString(), signature };
    }
    case 'sign-keyset': {
      const ready = member && committee(process)?.seats.every((s) => s.accepted);
      return { signature: ready ? await keysetSignature(scene, tender, actor) : signature };
    }
    case 'refuse-publication':
    case 'refuse-award':
    case 'refuse-shortlist':
      return { reason: 'Not like this.' };
    case 'approve-publication':
      return { digest: (await requestedDigest(scene, tender)) || hex32 };
    case 'submit-bid':
      return {
        envelopes: [{ lot: '', part: '', envelope: hex32, replaces: null }],
        bidKey: hex32,
        keyset: hex32,
      };
    case 'withdraw-bid':
      return { bids: [{ bid: liveBids(process)[0]?.commitment ?? hex32, signature }] };
    case 'replace-committee':
      return { reason: 'A member left.', digest: hex32 };
    case 'postpone-opening':
    case 'request-seeds':
      return {
        until: new Date(Math.ceil(now / 1000) * 1000 + 86_400_000).toISOString(),
        reason: 'Nobody came.',
      };
    case 'give-seed':
      return { bid: liveBids(process)[0]?.commitment ?? hex32, seed: hex32 };
    case 'sign-opening-report':
      return { report: last(process, 'opening-report')?.commitment ?? hex32 };
    case 'propose-shortlist':
      return { rows: [] };
    case 'approve-shortlist':
      return { proposed: hex32 };
    case 'release-shares':
      return member && liveBids(process).length > 0
        ? sharesInput(scene, tender, actor)
        : { shares: [], unopenable: [] };
    case 'open-bids':
      return { openings: [], openedAt: new Date(now).toISOString() };
    case 'appoint-evaluators':
      return { evaluators: PEOPLE.evaluators.map((e) => e.person) };
    case 'declare-interests':
      return { conflict: false, statement: '' };
    case 'file-scores':
      return sheetInput(scene, tender, actor);
    case 'propose-award':
      return {
        ...(await proposalInput(scene, tender)),
        bid: (await proposalInput(scene, tender)).bid || hex32,
      };
    case 'approve-award':
      return { intended: intendedAward(process)?.commitment ?? hex32 };
    case 'announce-award':
      return { standstillEnds, documents: [] };
    case 'confirm-award':
      return { statement: '', documents: [] };
    case 'file-contract': {
      const documents = [{ upload: uuidv7(now), title: 'Signed contract', language: 'en' }];
      return { dateSigned: new Date(now).toISOString().slice(0, 10), statement: '', documents };
    }
    case 'order-erasure': {
      const place = { key: hex32, id: uuidv7(now), time: new Date(now).toISOString(), signature };
      const recordId = liveBids(process)[0]?.id ?? uuidv7(now);
      return { recordId, reason: 'personal-data', statement: '', ...place };
    }
    default:
      return {};
  }
}
