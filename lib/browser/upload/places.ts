/*
 * Where the uploads of this browser have begun, so that one goes on after the page was reloaded: under the tender and the
 * envelope's digest, nothing but an address. A browser that keeps nothing begins again.
 */

const PREFIX = 'tenderproof-upload:';

/** The registry forgets uploads after seven days, in milliseconds. */
const KEPT_FOR = 7 * 86_400_000;

interface Place {
  url: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/** The name of an upload in this browser. */
export const placeName = (tenderId: string, sha256: string) => `${PREFIX}${tenderId}:${sha256}`;

function parsePlace(text: string | null): Place | null {
  try {
    const place = JSON.parse(text ?? 'null') as Partial<Place> | null;
    return typeof place?.url === 'string' && typeof place.at === 'number' ? (place as Place) : null;
  } catch {
    return null;
  }
}

function stored(): Storage | null {
  try {
    return localStorage;
  } catch {
    // Storage is forbidden (settings, some private windows): even naming it throws.
    return null;
  }
}

/** Forgets what the registry has forgotten too. */
function clean(storage: Storage, now: number): void {
  const names = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '');
  for (const name of names.filter((n) => n.startsWith(PREFIX))) {
    const place = parsePlace(storage.getItem(name));
    if (!place || now - place.at > KEPT_FOR) storage.removeItem(name);
  }
}

export function recallPlace(name: string, now: number = Date.now()): string | null {
  const storage = stored();
  if (!storage) return null;
  clean(storage, now);
  return parsePlace(storage.getItem(name))?.url ?? null;
}

export function keepPlace(name: string, url: string, now: number = Date.now()): void {
  try {
    stored()?.setItem(name, JSON.stringify({ url, at: now } satisfies Place));
  } catch {
    // Full: this upload goes on only while its page is open.
  }
}

export function forgetPlace(name: string): void {
  stored()?.removeItem(name);
}
