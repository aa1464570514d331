import * as z from 'zod';
import { hex32, text, wholeSecond } from '../../record/notice';
import { act, nothing, type Context, type Decision, type NewRecord } from '../decision';
import { refuse } from '../refusal';
import {
  all,
  bidsToOpen,
  bidStandings,
  committee,
  exclusionTime,
  keySetOf,
  last,
  liveBids,
  minimumBids,
  placeIn,
  shares,
  tenderersOf,
  type Filed,
  type Process,
} from '../state';
import { bidOpeningSchema, type BidOpening } from './opening-input';

/** Who is there when bids are opened; each person once. */
export const attendOpening = act(nothing, (process, _input, { actor, roles }): Decision => {
  if (all(process, 'opening-attended').some((a) => a.actor.person === actor.person))
    return refuse('already-done');
  const as = roles.includes('committee') ? 'member' : roles.includes('officer') ? 'officer' : 'tenderer';
  // A tenderer without a bid is no party to this opening.
  if (as === 'tenderer' && !liveBids(process).some((b) => b.data.tenderer.id === actor.organization.id))
    return refuse('bid-not-live');
  const role = as === 'member' ? 'committee' : as;
  return { ok: true, records: [{ type: 'opening-attended', role, data: { as } }] };
});

const later = z.strictObject({ until: wholeSecond, reason: text(2000) });

/** Longest postponement from now, in milliseconds: an opening is not put off for ever. */
const LONGEST = 90 * 86_400_000;

const putOff =
  (type: 'opening-postponed' | 'seeds-requested') =>
  (process: Process, { until, reason }: z.infer<typeof later>, { now }: Context): Decision => {
    const time = Date.parse(until);
    if (time <= now || time <= exclusionTime(process) || time > now + LONGEST)
      return refuse('time-not-later', undefined, { until: 'later' });
    return { ok: true, records: [{ type, role: 'officer', data: { until, reason } }] };
  };

/** Too few members have come: the opening is put off, on record, and no bid is excluded meanwhile. */
export const postponeOpening = act(later, putOff('opening-postponed'));
/** Too few members will come: every tenderer is asked for its seeds; a bid whose seed is not given by then is excluded. */
export const requestSeeds = act(later, putOff('seeds-requested'));

/** The tenderer's own seed, in place of the members. It may be given again: the last one counts. */
export const giveSeed = act(
  z.strictObject({ bid: hex32, seed: hex32 }),
  (process, { bid, seed }, { actor }): Decision => {
    if (!last(process, 'seeds-requested')) return refuse('seeds-not-requested');
    const own = bidsToOpen(process).find(
      (b) => b.commitment === bid && b.data.tenderer.id === actor.organization.id,
    );
    if (!own) return refuse('bid-not-live');
    return {
      ok: true,
      records: [
        {
          type: 'seed-given',
          role: 'tenderer',
          refs: [bid],
          data: { tenderer: actor.organization, bid, seed },
        },
      ],
    };
  },
);

/** The bids that are sealed to a key set in which this person has a place, with that place. */
function sealedTo(process: Process, person: string): { bid: string; index: number }[] {
  return bidsToOpen(process).flatMap((b) => {
    const set = keySetOf(process, b.data.keyset);
    const index = set && placeIn(process, set, person);
    return index === null ? [] : [{ bid: b.commitment, index }];
  });
}

/** A member and its deputies hold keys of their own, but speak for one seat: the first of them who comes. */
function seatTaken(process: Process, person: string): boolean {
  const seats = committee(process)?.seats ?? [];
  const seatOf = (who: string) => {
    const seat = seats.find((s) => s.person === who);
    return seat && (seat.deputyFor ?? seat.index);
  };
  const own = seatOf(person);
  return own !== undefined && shares(process).some((s) => seatOf(s.actor.person) === own);
}

export const releaseShares = act(
  z.strictObject({
    shares: z.array(z.strictObject({ bid: hex32, share: z.string().regex(/^[0-9a-f]{2,200}$/) })).max(1000),
    unopenable: z.array(hex32).max(1000),
  }),
  (process, input, { actor }): Decision => {
    const mine = sealedTo(process, actor.person);
    if (mine.length === 0) return refuse('not-in-committee');
    if (shares(process).some((s) => s.actor.person === actor.person)) return refuse('already-done');
    if (seatTaken(process, actor.person)) return refuse('seat-released');
    // All or none: a member cannot open some bids and leave others shut (protocol §7.6).
    // A share that its bidder sealed wrongly is named, so that it cannot keep a member from opening the others.
    const given = [...input.shares.map((s) => s.bid), ...input.unopenable];
    if (given.length !== mine.length || mine.some(({ bid }) => !given.includes(bid)))
      return refuse('shares-incomplete');
    const place = new Map(mine.map(({ bid, index }) => [bid, index]));
    const released = input.shares.map(({ bid, share }) => ({ bid, index: place.get(bid) ?? 0, share }));
    return {
      ok: true,
      records: [
        {
          type: 'share-released',
          role: 'committee',
          refs: mine.map(({ bid }) => bid),
          data: { shares: released, unopenable: input.unopenable },
        },
      ],
    };
  },
);

type ReportRow = Extract<NewRecord, { type: 'opening-report' }>['data']['bids'][number];

/** The record of one opened or invalid bid, and its row in the report. */
function openingOf(b: Filed<'bid'>, opening: BidOpening): { record: NewRecord; row: ReportRow } {
  const { tenderer, envelope } = b.data;
  const common = { bid: b.commitment, tenderer, envelope };
  const filing = { role: 'operator' as const, refs: [b.commitment] };
  const row = { bid: b.commitment, tenderer, total: null, currency: null };
  if (opening.outcome === 'invalid') {
    const { seed, code } = opening;
    const record: NewRecord = { ...filing, type: 'bid-invalid', data: { ...common, seed, code } };
    return { record, row: { ...row, outcome: 'invalid' } };
  }
  const { outcome: _outcome, bid: _bid, ...content } = opening;
  const { total = null, currency = null } = opening.priceForm ?? {};
  const record: NewRecord = { ...filing, type: 'bid-opened', data: { ...common, ...content } };
  return { record, row: { ...row, outcome: 'valid', total, currency } };
}

/** The members whose shares are on record, by key set and place. */
function membersCome(process: Process): { keyset: string; index: number }[] {
  const keysets = new Map(liveBids(process).map((b) => [b.commitment, b.data.keyset]));
  const seen = new Map<string, { keyset: string; index: number }>();
  for (const { bid, index } of shares(process).flatMap((s) => s.data.shares)) {
    const keyset = keysets.get(bid);
    if (keyset) seen.set(`${keyset}${index}`, { keyset, index });
  }
  return [...seen.values()].toSorted((a, b) =>
    a.keyset === b.keyset ? a.index - b.index : a.keyset < b.keyset ? -1 : 1,
  );
}

/**
 * All bids open together or none (protocol §7.6). The outcomes come from `openEnvelope`, which decrypted,
 * re-encrypted and compared each; here only completeness is decided.
 */
export const openBids = act(
  z.strictObject({ openings: z.array(bidOpeningSchema).max(1000), openedAt: z.string() }),
  (process, { openings, openedAt }): Decision => {
    const wanted = bidsToOpen(process);
    const minimum = minimumBids(process);
    if (tenderersOf(process) < minimum) return refuse('too-few-bids');
    const byBid = new Map(openings.map((o) => [o.bid, o]));
    const outcomes = wanted.flatMap((b) => {
      const opening = byBid.get(b.commitment);
      return opening ? [openingOf(b, opening)] : [];
    });
    if (outcomes.length !== wanted.length || byBid.size !== wanted.length) return refuse('bids-undecided');
    const records = outcomes.map(({ record }) => record);
    const rows = outcomes.map(({ row }) => row);
    const opened = new Set(wanted.map((b) => b.commitment));
    records.push({
      type: 'opening-report',
      role: 'operator',
      refs: wanted.map((b) => b.commitment),
      data: {
        openedAt,
        members: membersCome(process),
        seedsGiven: [...new Set(all(process, 'seed-given').map((g) => g.data.bid))],
        bids: rows,
        unopened: liveBids(process)
          .filter((b) => !opened.has(b.commitment))
          .map((b) => ({ bid: b.commitment, tenderer: b.data.tenderer, reason: 'not-shortlisted' as const })),
        leaves: bidStandings(process).map(({ filed, standing }) => ({
          commitment: filed.commitment,
          standing,
        })),
      },
    });
    if (!rows.some((r) => r.outcome === 'valid'))
      records.push({
        type: 'tender-unsuccessful',
        role: 'operator',
        data: { reason: 'no-valid-bid', bids: wanted.length, minimum },
      });
    return { ok: true, records };
  },
);

/** A member's agreement with the report (开标记录): signed by being filed in its name. */
export const signOpeningReport = act(
  z.strictObject({ report: hex32 }),
  (process, { report }, { actor }): Decision => {
    const filed = last(process, 'opening-report');
    if (filed?.commitment !== report) return refuse('draft-changed');
    if (all(process, 'opening-report-signed').some((s) => s.actor.person === actor.person))
      return refuse('already-done');
    return {
      ok: true,
      records: [{ type: 'opening-report-signed', role: 'committee', refs: [report], data: { report } }],
    };
  },
);

/** Too few tenderers, or a second envelope whose first one came to nothing: it stays shut (招标投标法 28). */
export const declareUnsuccessful = act(nothing, (process): Decision => {
  const minimum = minimumBids(process);
  const bids = tenderersOf(process);
  const end = (reason: 'fewer-than-minimum' | 'technical-part-unsuccessful'): Decision => ({
    ok: true,
    records: [{ type: 'tender-unsuccessful', role: 'operator', data: { reason, bids, minimum } }],
  });
  if (process.before) {
    return last(process.before, 'tender-unsuccessful')
      ? end('technical-part-unsuccessful')
      : refuse('already-done');
  }
  return bids < minimum ? end('fewer-than-minimum') : refuse('already-done');
});
