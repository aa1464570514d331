/** This computer's clock against the server's, in milliseconds. */
export interface ClockReading {
  /** The server's time is this computer's plus this. */
  offset: number;
  /** The true offset lies this far from it at most. */
  uncertainty: number;
}

export interface DeadlineFacts {
  /** Bytes a second; null while it is not known. */
  rate: number | null;
  /** Bytes still to be sent. */
  left: number;
  /** This computer's clock, milliseconds since the epoch. */
  now: number;
  clock: ClockReading;
  /** By the server's clock, milliseconds since the epoch. */
  due: number;
}

export interface DeadlineOutlook {
  verdict: 'fine' | 'tight' | 'too-late';
  /** Until bids are due, in milliseconds; negative once they are. */
  timeLeft: number;
  /** What the rest takes at this speed, in milliseconds; Infinity when nothing moves, null while that is not known. */
  needed: number | null;
  /** Time to spare after everything is done, in milliseconds; negative when it is late by that much. */
  spare: number;
}

/** After the last byte the envelope is hashed and the bid's record filed: what that takes at most, in milliseconds. */
export const FILING = 10_000;
/** Less to spare than this, or than a quarter of what is still needed, is tight: a line may well become that much slower. */
const TIGHT = 60_000;
const TIGHT_PART = 0.25;

/**
 * Whether an upload will be done, and its record filed, before bids are due. A clock that is not well known is taken at
 * its worst: a warning too early does no harm.
 */
export function deadlineOutlook({ rate, left, now, clock, due }: DeadlineFacts): DeadlineOutlook {
  const timeLeft = due - (now + clock.offset) - clock.uncertainty;
  const sending = left === 0 ? 0 : rate === null ? null : rate > 0 ? (left / rate) * 1000 : Infinity;
  const needed = sending === null ? null : sending + FILING;
  const spare = timeLeft - (needed ?? FILING);
  const late = spare < 0;
  const tight = spare < Math.max(TIGHT, TIGHT_PART * (needed ?? 0));
  return { verdict: late ? 'too-late' : tight ? 'tight' : 'fine', timeLeft, needed, spare };
}
