import * as z from 'zod';
import { hex32, text } from '../../record/notice';
import { verifyBidAct, type BidAct } from '../../sealing/bid-act';
import { act, type Context, type Decision, type NewRecord } from '../decision';
import { refuse, type Refusal } from '../refusal';
import { all, keySets, liveBids, notice, tender, type Filed, type Process } from '../state';
import { envelopesOf, PARTS, sameUnit, unitId, type Unit } from '../units';

const signature = z.string().regex(/^[0-9a-f]{128}$/);
/** `lot` is '' in a tender without lots, `part` '' where a bid has one envelope. */
export const unitShape = { lot: text(60, 0), part: z.enum(PARTS) };

const envelopeInput = z.strictObject({
  ...unitShape,
  envelope: hex32,
  /** Where this tenderer has a bid for the lot and part already: that bid, signed with its key. */
  replaces: z.strictObject({ bid: hex32, signature }).nullable(),
});
type EnvelopeInput = z.infer<typeof envelopeInput>;

/** Null in a process that is not divided: its records name no unit. */
const unitFor = (process: Process, { lot, part }: Unit): Unit | null =>
  envelopesOf(tender(process) ?? { lots: [], envelopes: 'one' }).length === 1 && lot === '' && part === ''
    ? null
    : { lot, part };

const ownBid = (process: Process, tenderer: string, unit: Unit | null): Filed<'bid'> | null =>
  liveBids(process).find((b) => b.data.tenderer.id === tenderer && sameUnit(b.unit, unit)) ?? null;

/** What the key of `bid` must have signed for the tenderer to take it back or to put `envelope` in its place. */
const bidActOf = (process: Process, bid: Filed<'bid'>, envelope: string | null): BidAct => ({
  act: envelope === null ? 'withdraw' : 'replace',
  bid: bid.commitment,
  chainId: process.chainId,
  contract: process.contract,
  ocid: process.ocid,
  envelope,
  lot: bid.unit?.lot ?? '',
  part: bid.unit?.part ?? '',
  tenderer: bid.data.tenderer.id,
});

/** Only with the key in the bidder's recovery file: neither the operator nor a colleague without it can do this. */
function checkSigned(
  process: Process,
  bid: Filed<'bid'>,
  envelope: string | null,
  by: string,
): Refusal | null {
  const signed = verifyBidAct(bid.data.bidKey, bidActOf(process, bid, envelope), by);
  return signed ? null : refuse('bid-signature');
}

/** The units that a submission is for: known, none twice, and of each lot every part. */
function checkUnits(process: Process, envelopes: readonly EnvelopeInput[]): Refusal | null {
  const known = envelopesOf(tender(process) ?? { lots: [], envelopes: 'one' });
  const given = new Set(envelopes.map(unitId));
  if (given.size !== envelopes.length) return refuse('upload-duplicate');
  if (envelopes.some((e) => !known.some((unit) => sameUnit(unit, { lot: e.lot, part: e.part }))))
    return refuse('no-such-unit');
  const lots = new Set(envelopes.map((e) => e.lot));
  const missing = known.find((unit) => lots.has(unit.lot) && !given.has(unitId(unit)));
  return missing ? refuse('part-missing', { detail: unitId(missing) }) : null;
}

/** One envelope's record, or why it cannot be filed. */
function bidRecord(
  process: Process,
  input: EnvelopeInput,
  common: { bidKey: string; keyset: string },
  { actor, uploads }: Context,
): NewRecord | Refusal {
  const { envelope, replaces } = input;
  const upload = uploads.find((u) => u.kind === 'envelope' && u.sha256 === envelope);
  if (!upload) return refuse('upload-missing');
  const unit = unitFor(process, input);
  const own = ownBid(process, actor.organization.id, unit);
  if (own && !replaces) return refuse('already-bid');
  // A copy of another's envelope would not open for this tenderer (its context differs), but is refused at once.
  if (all(process, 'bid').some((b) => b.data.envelope === envelope)) return refuse('upload-duplicate');
  if (replaces && own?.commitment !== replaces.bid) return refuse('bid-not-live');
  const unsigned = own && replaces ? checkSigned(process, own, envelope, replaces.signature) : null;
  if (unsigned) return unsigned;
  return {
    type: 'bid',
    role: 'tenderer',
    unit,
    refs: [notice(process)?.commitment ?? '', ...(replaces ? [replaces.bid] : [])],
    data: { tenderer: actor.organization, envelope, size: upload.size, ...common, replaces },
  };
}

/**
 * Sealed envelopes that have reached the store become a bid the moment their records are filed, all of a submission in one
 * transaction: a bid of two envelopes is never half filed.
 */
export const submitBid = act(
  z.strictObject({ envelopes: z.array(envelopeInput).min(1).max(200), bidKey: hex32, keyset: hex32 }),
  (process, { envelopes, bidKey, keyset }, context): Decision => {
    const wrong = checkUnits(process, envelopes);
    if (wrong) return wrong;
    // Sealed to an earlier committee: its members could still open it, but the tenderer was asked to seal to the new one.
    if (keySets(process).at(-1)?.hash !== keyset) return refuse('keyset-changed');
    const records: NewRecord[] = [];
    for (const envelope of envelopes) {
      const record = bidRecord(process, envelope, { bidKey, keyset }, context);
      if ('code' in record) return record;
      records.push(record);
    }
    return { ok: true, records };
  },
);

/** Takes bids back before the deadline: of a lot all parts, each under the signature of its key. */
export const withdrawBid = act(
  z.strictObject({
    bids: z
      .array(z.strictObject({ bid: hex32, signature }))
      .min(1)
      .max(200),
  }),
  (process, { bids }, { actor }): Decision => {
    const own = liveBids(process).filter((b) => b.data.tenderer.id === actor.organization.id);
    const records: NewRecord[] = [];
    for (const { bid, signature: by } of bids) {
      const found = own.find((b) => b.commitment === bid);
      if (!found || records.some((r) => r.refs?.includes(bid))) return refuse('bid-not-live');
      const unsigned = checkSigned(process, found, null, by);
      if (unsigned) return unsigned;
      records.push({
        type: 'bid-withdrawn',
        role: 'tenderer',
        unit: found.unit,
        refs: [bid],
        data: { tenderer: actor.organization, bid, signature: by },
      });
    }
    const lots = new Set(records.map((r) => r.unit?.lot ?? ''));
    const left = own.find((b) => lots.has(b.unit?.lot ?? '') && !bids.some((w) => w.bid === b.commitment));
    return left
      ? refuse('part-missing', { detail: left.unit ? unitId(left.unit) : '' })
      : { ok: true, records };
  },
);
