import type { Found } from '@/lib/browser/verify/intake/folder';

/** Files on their way to the checking program, which may still be loading. */
export interface Inbox {
  put(found: Promise<Found> | Found): void;
  /** Told of everything that was put, in order, from the first on. @returns how to stop being told. */
  listen(listener: (found: Found) => void): () => void;
}

export function createInbox(): Inbox {
  const waiting: Found[] = [];
  let heard: ((found: Found) => void) | null = null;
  const arrive = (found: Found): void => {
    if (heard === null) waiting.push(found);
    else heard(found);
  };
  return {
    put: (found) => void Promise.resolve(found).then(arrive),
    listen(listener) {
      heard = listener;
      waiting.splice(0).forEach(listener);
      return () => {
        heard = null;
      };
    },
  };
}
