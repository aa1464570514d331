'use server';

import type { BidReceipt } from '@/components/sealing/bid-types';
import type { ActResult } from '@/lib/forms/act-result';
import { liveBids } from '@/lib/procedure/state';
import { readTender } from '@/lib/server/queries/tender';
import { receiptFor } from '@/lib/server/receipt';
import { currentActor } from '@/lib/server/session';
import { world } from '@/lib/server/world';
import { actOn } from '../../../actions';

interface BidCall {
  ocid: string;
  envelope: string;
  bidKey: string;
  keyset: string;
}

/** The own bid with this very envelope: an earlier attempt was filed, and only its answer was lost. */
async function filedBefore({ ocid, envelope }: BidCall): Promise<string | null> {
  const view = await readTender(ocid);
  const bid = view && liveBids(view.process).find((b) => b.data.envelope === envelope);
  return bid && bid.data.tenderer.id === view.signedIn?.organization.id ? bid.id : null;
}

/** Files a bid's record and answers with its receipt; asked again with the same envelope it answers the same. */
export async function fileBid(call: BidCall): Promise<ActResult<{ receipt: BidReceipt }>> {
  const { ocid, envelope, bidKey, keyset } = call;
  const envelopes = [{ lot: '', part: '', envelope, replaces: null }];
  const outcome = await actOn({ ocid, act: 'submit-bid', input: { envelopes, bidKey, keyset } });
  const recordId = outcome.ok ? outcome.receipts[0]?.recordId : await filedBefore(call);
  if (!recordId && !outcome.ok) return outcome;
  const actor = await currentActor();
  const receipt = recordId && actor ? await receiptFor(world(), recordId, actor) : null;
  if (!receipt) throw new Error('A bid was filed, but its receipt could not be read');
  const text = JSON.stringify(receipt, null, 2);
  return { ok: true, receipt: { name: `tenderproof-receipt-${recordId ?? ''}.json`, text } };
}
