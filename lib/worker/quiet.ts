// How long before a due time no anchor is sent. Due times that follow each other closely would chain their quiet periods
// without end, and every promise "anchored by" with them (protocol §6); so what a chain adds is bounded here.

/** Milliseconds, as all numbers here. */
export interface QuietRule {
  /** Before a due time on its own: within it, an anchor might be mined after the due time, without the last bids. */
  quiet: number;
  /** Between two anchors. */
  interval: number;
}

/** Below this a chained quiet does not shrink: two blocks of a public chain, and one to spare. */
const LEAST = 30_000;

/**
 * Since when the quiet periods of these due times, each ending where the next has begun, have kept anchors from being sent.
 * @param dues due times, past or to come, that no anchor has followed yet @param last when the newest anchor was made
 */
export function heldSince(dues: readonly number[], now: number, last: number, quiet: number): number {
  let since = now;
  for (const due of dues.toSorted((a, b) => b - a)) {
    if (due < since) break;
    since = Math.min(since, due - quiet);
  }
  return Math.max(since, last);
}

/**
 * How long before a due time no anchor is sent, when none has been for `held` already: the whole quiet where one due time
 * stands alone; less where others went before it, since the moment just after one of those leaves an anchor the most time;
 * none at all once a promise would break: better a transaction that is likely mined in time than a sure breach.
 */
export function quietAfter(held: number, { quiet, interval }: QuietRule): number {
  if (held <= quiet) return quiet;
  return held <= quiet + 2 * interval ? Math.min(quiet, Math.max(LEAST, quiet / 4)) : 0;
}
