/** How often one route may be asked, per minute: by one address, and by everybody together. */
export interface Rate {
  /** Routes that share a name share a budget. */
  name: string;
  perMinute: number;
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

/**
 * Counts this request. Fixed windows in the memory of one process: enough to keep a costly route from being the
 * cheapest way to stop a server; what guards accounts is counted in the database by the account library.
 * @returns seconds to wait, or 0 when it may pass.
 */
export function countRequest(request: Request, { name, perMinute }: Rate, now: number): number {
  const windows = (holder.tenderproofRates ??= new Map());
  let window = windows.get(name);
  if (!window || now - window.since >= WINDOW_MS || now < window.since) {
    window = { since: now, counts: new Map() };
    windows.set(name, window);
  }
  const { counts, since } = window;
  const wait = Math.max(1, Math.ceil((since + WINDOW_MS - now) / 1000));
  const all = counts.get('') ?? 0;
  if (all >= perMinute * EVERYBODY) return wait;
  const address = addressOf(request);
  const own = counts.get(address) ?? 0;
  if (own >= perMinute) return wait;
  counts.set('', all + 1);
  counts.set(address, own + 1);
  return 0;
}

/** Forgets all counts: for tests. */
export function forgetRates(): void {
  holder.tenderproofRates?.clear();
}
