/** How often one route may be asked, per minute: by one address, and by everybody together. */
export interface Rate {
  /** Routes that share a name share a budget. */
  name: string;
  perMinute: number;
  /**
   * Who is signed in is counted by name, and by no budget of everybody: on the last evening all bidders send at once, and
   * a crowd of strangers must not keep one of them out.
   */
  by?: 'person';
}

interface Window {
  since: number;
  counts: Map<string, number>;
}

const WINDOW_MS = 60_000;
/** An address can be made up where no proxy sets it, so all callers together have a budget too. */
const EVERYBODY = 20;

const holder = globalThis as typeof globalThis & { tenderproofRates?: Map<string, Window> };

/** The caller's address: what the nearest proxy wrote. Earlier entries of the header are the caller's own words. */
export function addressOf(request: Request): string {
  return request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim().slice(0, 64) || 'unknown';
}

/** Counts one more under `key`, unless there were `most` of them. */
function take({ counts }: Window, key: string, most: number): boolean {
  const count = counts.get(key) ?? 0;
  if (count < most) counts.set(key, count + 1);
  return count < most;
}

/**
 * Counts this request. Fixed windows in the memory of one process: enough to keep a costly route from being the
 * cheapest way to stop a server; what guards accounts is counted in the database by the account library.
 * @param person who is signed in, where the rate is by person
 * @returns seconds to wait, or 0 when it may pass.
 */
export function countRequest(
  request: Request,
  { name, perMinute }: Rate,
  now: number,
  person?: string,
): number {
  const windows = (holder.tenderproofRates ??= new Map());
  let window = windows.get(name);
  if (!window || now - window.since >= WINDOW_MS || now < window.since) {
    window = { since: now, counts: new Map() };
    windows.set(name, window);
  }
  const wait = Math.max(1, Math.ceil((window.since + WINDOW_MS - now) / 1000));
  if (person !== undefined) return take(window, `person ${person}`, perMinute) ? 0 : wait;
  // An address that asks too often must not use up what all others have together.
  const own = window.counts.get(addressOf(request)) ?? 0;
  if (own >= perMinute || !take(window, '', perMinute * EVERYBODY)) return wait;
  window.counts.set(addressOf(request), own + 1);
  return 0;
}

/** Forgets all counts: for tests. */
export function forgetRates(): void {
  holder.tenderproofRates?.clear();
}
