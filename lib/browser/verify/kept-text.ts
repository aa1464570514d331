/** One text that this browser keeps for this site. */
export interface KeptText {
  /** '' for nothing, null when the browser keeps nothing at all. */
  read(): string | null;
  keep(text: string): void;
  /** Told when this page, or another one of this site, keeps something else. @returns how to stop being told. */
  watch(listener: () => void): () => void;
}

export function keptText(key: string): KeptText {
  const listeners = new Set<() => void>();
  /** Set once the browser has refused to keep something: it will refuse again. */
  let refused = false;
  return {
    read() {
      if (refused) return null;
      try {
        return localStorage.getItem(key) ?? '';
      } catch {
        // Storage is forbidden (settings, some private windows): even naming it throws.
        return null;
      }
    },
    keep(text) {
      try {
        localStorage.setItem(key, text);
      } catch {
        refused = true;
      }
      for (const listener of listeners) listener();
    },
    watch(listener) {
      listeners.add(listener);
      window.addEventListener('storage', listener);
      return () => {
        listeners.delete(listener);
        window.removeEventListener('storage', listener);
      };
    },
  };
}
