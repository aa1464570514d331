import { LookupError, type FetchText } from './lookup';

/** Answers that many files share: who holds which documents, and the records of a tender. Evidence is asked for once. */
const SHARED = /^\/api\/v1\/(?:registry$|evidence\?|audit\/processes\/)/;
/** Answers kept at a time: one tender's records may be some megabytes. */
const KEPT = 24;
/** How often a registry that is asked too much is given time, and for how long at most. */
const PATIENCE = 12;
const LONGEST_WAIT_MS = 60_000;

export type Wait = (milliseconds: number) => Promise<void>;

const sleep: Wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Asks each shared question once, and waits when the registry says that it is asked too often: for many files at a time. */
export function patientGet(get: FetchText, wait: Wait = sleep): FetchText {
  const kept = new Map<string, Promise<string>>();
  return (path) => {
    if (!SHARED.test(path)) return patiently(path, get, wait);
    const answer = kept.get(path) ?? patiently(path, get, wait);
    kept.delete(path);
    kept.set(path, answer);
    answer.catch(() => kept.delete(path));
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return answer;
  };
}

async function patiently(path: string, get: FetchText, wait: Wait): Promise<string> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await get(path);
    } catch (error) {
      const busy = error instanceof LookupError && error.code === 'registry-busy';
      if (!busy || tries >= PATIENCE) throw error;
      await wait(Math.min(LONGEST_WAIT_MS, error.retryAfter * 1000));
    }
  }
}
