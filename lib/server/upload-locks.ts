import type { Lock, Locker, RequestRelease } from '@tus/server';

/*
 * One request at a time works on an upload. A newcomer asks the one at work to stop: a connection that died without a
 * word would otherwise keep its owner out until the system notices. In the memory of one process: should two processes
 * ever write the same upload, the digest at the end finds out.
 */

interface Held {
  release: RequestRelease;
  waiting: Waiting[];
}

interface Waiting {
  release: RequestRelease;
  grant: () => void;
}

/** Longer than the store takes to let go when it is asked (tus `lockDrainTimeout`, 3 s), in milliseconds. */
const PATIENCE = 10_000;

/** As a tus error: the client waits and asks again. */
const LOCKED = { status_code: 423, body: 'Another request works on this upload\n' };

const holder = globalThis as typeof globalThis & { tenderproofUploadLocks?: Map<string, Held> };

/** Waits for one's turn. @throws LOCKED when it does not come, or the request ends before */
function queued(held: Held, release: RequestRelease, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
    };
    const leave = () => {
      settle();
      held.waiting = held.waiting.filter((other) => other !== own);
      reject(LOCKED as unknown as Error);
    };
    const timer = setTimeout(leave, PATIENCE);
    signal.addEventListener('abort', leave, { once: true });
    const own: Waiting = {
      release,
      grant: () => {
        settle();
        resolve();
      },
    };
    held.waiting.push(own);
  });
}

function newLock(locks: Map<string, Held>, id: string): Lock {
  return {
    async lock(signal, release) {
      const held = locks.get(id);
      if (!held) {
        locks.set(id, { release, waiting: [] });
        return;
      }
      const turn = queued(held, release, signal);
      await held.release();
      await turn;
    },
    async unlock() {
      const held = locks.get(id);
      const next = held?.waiting.shift();
      if (!held || !next) {
        locks.delete(id);
        return;
      }
      held.release = next.release;
      next.grant();
      if (held.waiting.length > 0) await held.release();
    },
  };
}

/** The locks of this process: the library's own spins while it waits. */
export function uploadLocker(): Locker {
  const locks = (holder.tenderproofUploadLocks ??= new Map());
  return { newLock: (id) => newLock(locks, id) };
}
