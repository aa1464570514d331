'use server';

import * as z from 'zod';
import type { BidReceipt, SubmissionToFile } from '@/components/sealing/bid/place';
import type { ActResult } from '@/lib/forms/act-result';
import { refuse } from '@/lib/procedure/refusal';
import { liveBids } from '@/lib/procedure/state';
import { PARTS, type Unit } from '@/lib/procedure/units';
import { giveSeed as give } from '@/lib/server/operations/give-seed';
import { readTender } from '@/lib/server/queries/tender';
import { receiptFor } from '@/lib/server/receipt';
import { sayRefusal } from '@/lib/server/say';
import { currentActor } from '@/lib/server/session';
import { world } from '@/lib/server/world';
import { actOn } from '../../../actions';

type FiledEnvelope = Pick<BidReceipt, 'id' | 'lot' | 'part'>;

/** The own live bids with these very envelopes, all of them: an earlier attempt was filed, and only its answer was lost. */
async function filedBefore(ocid: string, { envelopes }: SubmissionToFile): Promise<FiledEnvelope[] | null> {
  const view = await readTender(ocid);
  const own = view ? liveBids(view.process) : [];
  const filed = envelopes.flatMap(({ lot, part, envelope }) => {
    const bid = own.find(
      ({ data }) => data.envelope === envelope && data.tenderer.id === view?.signedIn?.organization.id,
    );
    return bid ? [{ id: bid.id, lot, part }] : [];
  });
  return filed.length > 0 && filed.length === envelopes.length ? filed : null;
}

/** Files the records of a bid and answers with their receipts; asked again with the same envelopes it answers the same. */
export async function fileBid(
  ocid: string,
  submission: SubmissionToFile,
): Promise<ActResult<{ receipts: BidReceipt[] }>> {
  const { envelopes, bidKey, keyset } = submission;
  const outcome = await actOn({ ocid, act: 'submit-bid', input: { envelopes, bidKey, keyset } });
  // Receipts come in the order of the records, and these in the order of the envelopes.
  const filed = outcome.ok
    ? envelopes.map(({ lot, part }, at) => ({ id: outcome.receipts[at]?.recordId ?? '', lot, part }))
    : await filedBefore(ocid, submission);
  if (!outcome.ok && !filed) return outcome;
  const actor = await currentActor();
  const receipts = (filed ?? []).map(async ({ id, lot, part }) => {
    const receipt = actor && (await receiptFor(world(), id, actor));
    if (!receipt) throw new Error('A bid was filed, but its receipt could not be read');
    return { id, lot, part, name: `tenderproof-receipt-${id}.json`, text: JSON.stringify(receipt, null, 2) };
  });
  return { ok: true, receipts: await Promise.all(receipts) };
}

const hex32 = z.string().regex(/^[0-9a-f]{64}$/);
const seedCall = z.strictObject({
  ocid: z.string().max(200),
  unit: z.strictObject({ lot: z.string().max(60), part: z.enum(PARTS) }).nullable(),
  bid: hex32,
  seed: hex32,
});

/** Gives the seed of one own bid, where the tenderers were asked for them. */
export async function giveSeed(call: {
  ocid: string;
  unit: Unit | null;
  bid: string;
  seed: string;
}): Promise<ActResult> {
  const parsed = seedCall.safeParse(call);
  if (!parsed.success) return sayRefusal(refuse('invalid-input'));
  const actor = await currentActor();
  if (!actor) return sayRefusal(refuse('not-signed-in'));
  const { ocid, unit, bid, seed } = parsed.data;
  const outcome = await give(world(), actor, ocid, unit, { bid, seed });
  return outcome.ok ? { ok: true } : sayRefusal(outcome);
}
