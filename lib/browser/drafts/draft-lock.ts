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
  const name = `tenderproof-draft-${id}`;
  const lost = new AbortController();
  const giveUp = new AbortController();
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let ended: Promise<unknown> = Promise.resolve();
  const granted = new Promise<boolean>((resolve) => {
    const hold = () => {
      resolve(true);
      return released;
    };
    const options = how === 'steal' ? { steal: true } : { signal: giveUp.signal };
    ended = navigator.locks.request(name, options, hold).catch(() => {
      // Either it was never given, or it has been stolen.
      resolve(false);
      lost.abort();
    });
  });
  if (how === 'wait') await giveUpWhileHeld(name, granted, giveUp);
  if (!(await granted)) return null;
  return {
    lost: lost.signal,
    release: async () => {
      release();
      await ended;
    },
  };
}

/** On a slow computer a free lock too may be late: only one that somebody has is given up. */
async function giveUpWhileHeld(
  name: string,
  granted: Promise<boolean>,
  giveUp: AbortController,
): Promise<void> {
  for (;;) {
    const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), PATIENCE));
    if ((await Promise.race([granted, late])) !== 'late') return;
    const { held = [] } = await navigator.locks.query();
    if (held.some((lock) => lock.name === name)) return giveUp.abort();
  }
}
