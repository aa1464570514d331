/** While it is held, other tabs of this browser know that the draft is open here. */
export interface DraftLock {
  /** Aborted when another tab takes the draft over. */
  readonly lost: AbortSignal;
  /** Resolves once another tab could have it. */
  release(): Promise<void>;
}

/**
 * A page that is just being left gives its lock back a moment later; a tab that stays does not. Waiting this long, in
 * milliseconds, tells one from the other.
 */
const PATIENCE = 1000;

/**
 * The lock of one draft; null when another tab has it open. `steal` takes it from that tab, which learns of it.
 * @param id `draftId`
 */
export async function lockDraft(id: string, how: 'wait' | 'steal'): Promise<DraftLock | null> {
  const lost = new AbortController();
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let ended: Promise<unknown> = Promise.resolve();
  const granted = await new Promise<boolean>((resolve) => {
    const hold = () => {
      resolve(true);
      return released;
    };
    const options = how === 'steal' ? { steal: true } : { signal: AbortSignal.timeout(PATIENCE) };
    ended = navigator.locks.request(`tenderproof-draft-${id}`, options, hold).catch(() => {
      // Either it was never given, or it has been stolen.
      resolve(false);
      lost.abort();
    });
  });
  if (!granted) return null;
  return {
    lost: lost.signal,
    release: async () => {
      release();
      await ended;
    },
  };
}
