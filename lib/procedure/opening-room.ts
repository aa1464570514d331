// In every page of an opening room: the small form of the library.
import * as z from 'zod/mini';

const instant = z.iso.datetime();
const putOff = z.nullable(z.strictObject({ until: instant, reason: z.string() }));

/** Where an opening stands, as those in the room would say it. */
export const ROOM_STATES = [
  'open',
  // bids are due, and the chain has not closed them yet
  'closing',
  // a second envelope, until the first is evaluated
  'waiting',
  // fewer members than are needed have released their shares
  'shares',
  // every live bid is being opened, all together
  'opening',
  'opened',
  'unsuccessful',
] as const;
export type RoomState = (typeof ROOM_STATES)[number];

/** One seat of the committee in force: a person is named by seat and organization only. */
export const roomSeatSchema = z.strictObject({
  index: z.int(),
  seat: z.string(),
  /** Of a deputy: the place of the member that it stands in for. */
  deputyFor: z.nullable(z.int()),
  organization: z.string(),
  /** Signed in, and with the room open. */
  here: z.boolean(),
  /** When it went on record as present, released its shares, signed the report. */
  attended: z.nullable(instant),
  released: z.nullable(instant),
  signed: z.nullable(instant),
});
export type RoomSeat = z.infer<typeof roomSeatSchema>;

/**
 * The room as everybody sees it, members and citizens alike. It says nothing of any bid, and not that there are any:
 * `RoomReport` does, once all of them are decided (protocol §7.6).
 */
export const roomSchema = z.strictObject({
  /** The server's time. */
  now: instant,
  bidsDue: instant,
  state: z.enum(ROOM_STATES),
  /** So many members must release their shares. */
  needed: z.int(),
  seats: z.array(roomSeatSchema),
  /** An earlier committee opens what was sealed to it. */
  replaced: z.boolean(),
  /** The last postponement, and the last request for the tenderers' seeds. */
  postponed: putOff,
  seedsRequested: putOff,
});
export type Room = z.infer<typeof roomSchema>;

export const roomBidSchema = z.strictObject({
  tenderer: z.string(),
  /** Of a consortium: those whom the tenderer leads. */
  partners: z.array(z.string()),
  /** `unopened`: a second envelope that stays sealed. */
  outcome: z.enum(['valid', 'invalid', 'unopened']),
  /** Decimal text and ISO 4217 code; null where there is no price, as in a technical part. */
  total: z.nullable(z.string()),
  currency: z.nullable(z.string()),
  /** Why it is invalid, as a code. */
  code: z.nullable(z.string()),
});
export type RoomBid = z.infer<typeof roomBidSchema>;

/** What came of the opening: the bids in the order in which they are read out. */
export const roomReportSchema = z.strictObject({
  /** When the report was filed: reading out begins then. */
  time: instant,
  bids: z.array(roomBidSchema),
});
export type RoomReport = z.infer<typeof roomReportSchema>;

/** Members whose shares count: of a seat and its deputies, one releases. */
export const sharesIn = ({ seats }: Pick<Room, 'seats'>): number =>
  seats.filter((seat) => seat.released !== null).length;
