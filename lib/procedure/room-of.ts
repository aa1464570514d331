import { seatsOf } from './committee-seats';
import { type Room, type RoomBid, type RoomReport, type RoomSeat, type RoomState } from './opening-room';
import { phaseAt } from './phase-at';
import type { Phase } from './phases';
import { all, keySets, last, openedBids, type Process } from './state';

/** That a member of the committee came or released its shares: who and when, and nothing of what was released. */
export interface CommitteeStep {
  type: 'opening-attended' | 'share-released';
  person: string;
  /** RFC 3339. */
  time: string;
}

/** Which person holds which seat; it stays with the server, since the room names nobody. */
export type Places = ReadonlyMap<string, number>;

/** A room as it is computed from records: who is in it now is known to the server that they are connected to. */
export type RecordedRoom = Omit<Room, 'now' | 'seats'> & { seats: Omit<RoomSeat, 'here'>[] };

function stateOf(phase: Phase, opened: boolean, enough: boolean): RoomState {
  if (opened) return 'opened';
  if (phase === 'opening') return enough ? 'opening' : 'shares';
  if (phase === 'open' || phase === 'closing' || phase === 'waiting') return phase;
  return 'unsuccessful';
}

const first = (steps: readonly CommitteeStep[], type: CommitteeStep['type'], person: string) =>
  steps.find((step) => step.type === type && step.person === person)?.time ?? null;

function roomSeats(process: Process, steps: readonly CommitteeStep[]) {
  const set = keySets(process).at(-1);
  const signed = all(process, 'opening-report-signed');
  return (set ? seatsOf(process, set) : []).map((seat) => ({
    person: seat.person,
    shown: {
      index: seat.index,
      seat: seat.seat,
      deputyFor: seat.deputyFor ?? null,
      organization: seat.organization.name,
      attended: first(steps, 'opening-attended', seat.person),
      released: first(steps, 'share-released', seat.person),
      signed: signed.find((s) => s.actor.person === seat.person)?.time ?? null,
    },
  }));
}

const putOff = (process: Process, type: 'opening-postponed' | 'seeds-requested') => {
  const filed = last(process, type);
  return filed && { until: filed.data.until, reason: filed.data.reason };
};

/**
 * The opening room of a process, or of a unit of it.
 * @param process as a citizen may know it (`visibleTo`): then nothing of a bid can come out of it before its time
 * @param steps which members came and released; their records are not public before the report, since they name bids
 * @param now milliseconds since the epoch. Null before publication: there is no room yet.
 */
export function roomOf(
  process: Process,
  steps: readonly CommitteeStep[],
  now: number,
): { room: RecordedRoom; places: Places } | null {
  const { opening } = process.chain;
  const sets = keySets(process);
  const needed = sets.at(-1)?.keySet.k;
  if (!opening || needed === undefined) return null;
  const rows = roomSeats(process, steps);
  const seats = rows.map(({ shown }) => shown);
  const came = seats.filter((seat) => seat.released !== null).length;
  return {
    places: new Map(rows.map(({ person, shown }) => [person, shown.index])),
    room: {
      bidsDue: opening.bidsDue,
      state: stateOf(phaseAt(process, now), last(process, 'opening-report') !== null, came >= needed),
      needed,
      seats,
      replaced: sets.length > 1,
      postponed: putOff(process, 'opening-postponed'),
      seedsRequested: putOff(process, 'seeds-requested'),
    },
  };
}

/** Names of the partners of an opened bid, as its sealed package lists them; none of a bid that is not open. */
export function partnersOf(process: Process): (bid: string) => string[] {
  const opened = new Map(openedBids(process).map(({ data }) => [data.bid, data.consortium]));
  return (bid) => (opened.get(bid) ?? []).map(({ name }) => name);
}

/** The bids as they are read out; null before all of them are decided. @param process as a citizen may know it */
export function roomReportOf(process: Process): RoomReport | null {
  const report = last(process, 'opening-report');
  if (!report) return null;
  const codes = new Map(all(process, 'bid-invalid').map(({ data }) => [data.bid, data.code]));
  const partners = partnersOf(process);
  const shut = { total: null, currency: null, code: null, partners: [] };
  return {
    time: report.time,
    bids: [
      ...report.data.bids.map(({ bid, tenderer, outcome, total, currency }): RoomBid => ({
        tenderer: tenderer.name,
        partners: partners(bid),
        outcome,
        total,
        currency,
        code: codes.get(bid) ?? null,
      })),
      ...report.data.unopened.map(({ tenderer }): RoomBid => ({
        ...shut,
        tenderer: tenderer.name,
        outcome: 'unopened',
      })),
    ],
  };
}
