import { PIN_KEY } from './pin';

const listeners = new Set<() => void>();
/** Set once the browser has refused to keep something: it will refuse again. */
let refused = false;

/** What this browser keeps for this site: '' for nothing, null when it keeps nothing at all. */
export function keptText(): string | null {
  if (refused) return null;
  try {
    return localStorage.getItem(PIN_KEY) ?? '';
  } catch {
    // Storage is forbidden (settings, some private windows): even naming it throws.
    return null;
  }
}

export function keepText(text: string): void {
  try {
    localStorage.setItem(PIN_KEY, text);
  } catch {
    refused = true;
  }
  for (const listener of listeners) listener();
}

/** Told when this page, or another one of this site, keeps something else. @returns how to stop being told. */
export function watchKept(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}
