/** From one bid that is read out to the next, in milliseconds. */
const EACH = 3_000;
/** Reading all of them takes no longer, in milliseconds. */
const WHOLE = 120_000;

/**
 * How many bids have been read out at `now`: the first with the report itself, then one after another at one pace for
 * everybody, so that all who watch hear the same at the same time, and whoever comes later sees what was read. It is a
 * manner of showing only: the report is on record, and nothing waits for this.
 * @param report when the report was filed, milliseconds since the epoch, as the server's clock showed it
 * @param now by the same clock
 */
export function bidsRead(report: number, now: number, bids: number): number {
  if (now < report || bids === 0) return 0;
  const pace = Math.min(EACH, WHOLE / bids);
  return Math.min(bids, Math.floor((now - report) / pace) + 1);
}

/** When the last of them is read, in milliseconds since the epoch. */
export const allRead = (report: number, bids: number): number =>
  report + Math.max(0, bids - 1) * Math.min(EACH, WHOLE / Math.max(1, bids));
