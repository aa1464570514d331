import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { tender as noticeOf, type Process } from '@/lib/procedure/state';
import { toHex } from '@/lib/record/hex';
import { concat } from '@/lib/sealing/bytes';
import { computePriceForm } from '@/lib/sealing/price-form';
import { bidKeyPair } from '@/lib/sealing/recovery';
import { memoryStore, sealEnvelope } from '@/lib/sealing/seal';
import { auth } from '@/lib/server/auth';
import { expectedEnvelopes } from '@/lib/server/expected-envelopes';
import { nativeHash } from '@/lib/server/open-file';
import { createPerson } from '@/lib/server/operations/create-person';
import type { RunningApplication } from './running-application';

/** Bytes of the file in each bid. */
const FILE = 180_000;

/** Somebody who is signed in, with a sealed bid at hand. */
export interface CrowdBidder {
  number: number;
  cookie: string;
  organization: string;
  envelope: Uint8Array<ArrayBuffer>;
  digest: string;
  bidKey: string;
  keyset: string;
}

/** An account in an organization of its own, and a session of it. */
async function signedIn({ world }: RunningApplication, number: number) {
  const email = `bidder-${number}@crowd.example`;
  const password = randomBytes(18).toString('base64url');
  const name = `Bidder ${number}`;
  const organization = { slug: `crowd-${number}`, name: `Crowd Works No. ${number}` };
  const { organizationId } = await createPerson(world, {
    ...{ name, email, password, organization },
    roles: ['tenderer'],
  });
  const answer = await auth().api.signInEmail({ body: { email, password }, asResponse: true });
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  return { cookie: cookie.join('; '), organization: organizationId };
}

async function sealedBid(process: Process, organization: string) {
  const [expected] = expectedEnvelopes(process, organization);
  const notice = noticeOf(process);
  if (!expected || !notice) throw new Error('The tender is not published');
  const { ocid, lot, part, tenderer, keyset } = expected.identity;
  const rows = notice.items.map(({ id, quantity }) => ({ itemId: id, quantity, unitPrice: '91.5' }));
  const bytes = new Uint8Array(randomBytes(FILE));
  const contents = [
    async function* () {
      yield bytes;
    },
  ];
  const stated = {
    priceForm: computePriceForm(notice.currency, rows),
    consortium: [],
    declarations: notice.statements.map(({ id }) => id),
    files: [{ name: 'offer.pdf', mediaType: 'application/pdf', size: FILE }],
  };
  const store = memoryStore();
  const manifest = { v: 1 as const, ocid, lot, part, tenderer, ...stated };
  const seed = new Uint8Array(randomBytes(32));
  const sealed = await sealEnvelope({ ...expected, seed, manifest, contents, newHash: nativeHash }, store);
  const { publicKey } = bidKeyPair(new Uint8Array(randomBytes(32)));
  return {
    envelope: concat(sealed.header, ...store.pieces),
    digest: sealed.envelopeHash,
    bidKey: toHex(publicKey),
    keyset,
  };
}

/** Accounts, sessions and sealed bids, all made before the watch is started. */
export async function makeBidders(
  application: RunningApplication,
  process: Process,
  count: number,
  first = 0,
): Promise<CrowdBidder[]> {
  const bidders: CrowdBidder[] = [];
  for (let number = first; number < first + count; number += 1) {
    const account = await signedIn(application, number);
    bidders.push({ number, ...account, ...(await sealedBid(process, account.organization)) });
  }
  return bidders;
}

/** The name under which the build serves the server action that every act goes through. */
function actionId(): string {
  const file = path.resolve('.next', 'server', 'server-reference-manifest.json');
  const { node } = JSON.parse(readFileSync(file, 'utf8')) as {
    node: Record<string, { exportedName?: string; filename?: string }>;
  };
  const found = Object.entries(node).find(
    ([, { exportedName, filename }]) => exportedName === 'actOn' && filename?.endsWith('(office)/actions.ts'),
  );
  if (!found) throw new Error('The build names no action for acts');
  return found[0];
}

/** Each bidder comes from an address of its own, as a proxy in front would say. */
const addressOf = (number: number) => `10.7.${number >> 8}.${number & 255}`;

export type Handed = { ok: true; commitment: string } | { ok: false; code: string };

/** How one bidder hands in: the envelope by the interface, then the act by the page's server action. */
export function handing({ baseUrl }: RunningApplication, tender: { id: string; ocid: string }) {
  const action = actionId();
  return async (bidder: CrowdBidder): Promise<Handed> => {
    const common = {
      Cookie: bidder.cookie,
      Origin: baseUrl,
      'X-Forwarded-For': addressOf(bidder.number),
      'Accept-Language': 'en',
    };
    const uploaded = await fetch(`${baseUrl}/api/v1/envelopes?tender=${tender.id}`, {
      method: 'POST',
      headers: { ...common, 'Content-Type': 'application/octet-stream' },
      body: bidder.envelope,
    });
    const answer = (await uploaded.json()) as { code?: string };
    if (uploaded.status !== 201) return { ok: false, code: answer.code ?? `HTTP ${uploaded.status}` };
    const { digest: envelope, bidKey, keyset } = bidder;
    const input = { envelopes: [{ lot: '', part: '', envelope, replaces: null }], bidKey, keyset };
    const filed = await fetch(`${baseUrl}/en/tenders/${tender.ocid}/bid`, {
      method: 'POST',
      headers: { ...common, 'Next-Action': action, 'Content-Type': 'text/plain;charset=UTF-8' },
      body: JSON.stringify([{ ocid: tender.ocid, act: 'submit-bid', input }]),
    });
    return readAction(await filed.text());
  };
}

/** The result of a server action: the line of the answer that carries `ok`. */
function readAction(text: string): Handed {
  for (const line of text.split('\n')) {
    const found = /^[0-9a-f]+:(\{.*\})$/.exec(line)?.[1];
    const value = found ? (JSON.parse(found) as Record<string, unknown>) : {};
    if (value.ok === false) return { ok: false, code: String(value.code) };
    if (value.ok !== true) continue;
    const [receipt] = value.receipts as { commitment: string }[];
    if (receipt) return { ok: true, commitment: receipt.commitment };
  }
  throw new Error(`The server action did not answer: ${text.slice(0, 300)}`);
}
