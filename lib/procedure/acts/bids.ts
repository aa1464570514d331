import * as z from 'zod';
import { hex32 } from '../../record/notice';
import { bidOpeningSchema } from './opening-input';
import { act, nothing, type Decision } from '../decision';
import { refuse } from '../refusal';
import { committee, liveBids, notice, packOf, shares } from '../state';

/** A sealed envelope that has reached the store becomes a bid the moment its record is filed. */
export const submitBid = act(
  z.strictObject({ envelope: hex32, bidKey: hex32 }),
  (process, { envelope, bidKey }, { actor, uploads }): Decision => {
    const upload = uploads.find((u) => u.kind === 'envelope' && u.sha256 === envelope);
    if (!upload) return refuse('upload-missing');
    if (liveBids(process).some((b) => b.data.tenderer.id === actor.organization.id))
      return refuse('already-bid');
    // A copy of another's envelope would not open for this tenderer (its context differs), but is refused at once.
    if (liveBids(process).some((b) => b.data.envelope === envelope)) return refuse('upload-duplicate');
    return {
      ok: true,
      records: [
        {
          type: 'bid',
          role: 'tenderer',
          refs: [notice(process)?.commitment ?? ''],
          data: { tenderer: actor.organization, envelope, size: upload.size, bidKey },
        },
      ],
    };
  },
);

export const releaseShares = act(
  z.strictObject({
    shares: z.array(z.strictObject({ bid: hex32, share: z.string().regex(/^[0-9a-f]{2,200}$/) })).max(1000),
    unopenable: z.array(hex32).max(1000),
  }),
  (process, input, { actor }): Decision => {
    const seat = committee(process)?.seats.find((s) => s.person === actor.person);
    if (!seat) return refuse('not-in-committee');
    if (shares(process).some((s) => s.data.index === seat.index)) return refuse('already-done');
    const live = liveBids(process).map((b) => b.commitment);
    // All or none: a member cannot open some bids and leave others shut (protocol §7.6).
    // A share that its bidder sealed wrongly is named, so that it cannot keep a member from opening the others.
    const given = [...input.shares.map((s) => s.bid), ...input.unopenable];
    if (given.length !== live.length || live.some((bid) => !given.includes(bid)))
      return refuse('shares-incomplete');
    return {
      ok: true,
      records: [
        {
          type: 'share-released',
          role: 'committee',
          refs: live,
          data: { index: seat.index, shares: input.shares, unopenable: input.unopenable },
        },
      ],
    };
  },
);

/**
 * All bids open together or none (protocol §7.6). The outcomes come from `openEnvelope`, which decrypted,
 * re-encrypted and compared each; here only completeness is decided.
 */
export const openBids = act(
  z.strictObject({ openings: z.array(bidOpeningSchema).max(1000), openedAt: z.string() }),
  (process, { openings, openedAt }): Decision => {
    const live = liveBids(process);
    const minimum = packOf(process)?.rules['fewest-bids'].value ?? 1;
    if (live.length < minimum) return refuse('too-few-bids');
    const byBid = new Map(openings.map((o) => [o.bid, o]));
    if (live.some((b) => !byBid.has(b.commitment)) || byBid.size !== live.length)
      return refuse('bids-undecided');
    const records: Extract<Decision, { ok: true }>['records'] = [];
    const rows = live.map((b) => {
      const outcome = byBid.get(b.commitment);
      const { tenderer, envelope } = b.data;
      const common = { bid: b.commitment, tenderer, envelope };
      if (outcome?.outcome === 'valid') {
        const { seed, priceForm, files } = outcome;
        records.push({
          type: 'bid-opened',
          role: 'operator',
          refs: [b.commitment],
          data: { ...common, seed, priceForm, files },
        });
        return {
          bid: b.commitment,
          tenderer,
          outcome: 'valid' as const,
          total: priceForm.total,
          currency: priceForm.currency,
        };
      }
      const { code, seed } = outcome ?? { code: 'undecided', seed: null };
      records.push({
        type: 'bid-invalid',
        role: 'operator',
        refs: [b.commitment],
        data: { ...common, seed, code },
      });
      return { bid: b.commitment, tenderer, outcome: 'invalid' as const, total: null, currency: null };
    });
    const members = shares(process)
      .map((s) => s.data.index)
      .toSorted((a, b) => a - b);
    records.push({
      type: 'opening-report',
      role: 'operator',
      refs: live.map((b) => b.commitment),
      data: { openedAt, members, bids: rows },
    });
    if (!rows.some((r) => r.outcome === 'valid'))
      records.push({
        type: 'tender-unsuccessful',
        role: 'operator',
        data: { reason: 'no-valid-bid', bids: live.length, minimum },
      });
    return { ok: true, records };
  },
);

export const declareUnsuccessful = act(nothing, (process): Decision => {
  const bids = liveBids(process).length;
  const minimum = packOf(process)?.rules['fewest-bids'].value ?? 1;
  if (bids >= minimum) return refuse('already-done');
  return {
    ok: true,
    records: [
      {
        type: 'tender-unsuccessful',
        role: 'operator',
        data: { reason: 'fewer-than-minimum', bids, minimum },
      },
    ],
  };
});
