import type { Clock } from '@/lib/server/clock';

/** A clock that stands still until it is set; `run` lets it go with real time, for races. */
export interface TestClock extends Clock {
  /** Milliseconds since the epoch. Never backwards: the chain's time cannot go back either. */
  set(time: number): void;
  advance(milliseconds: number): void;
  run(): void;
  stop(): void;
}

export function testClock(start: number): TestClock {
  let base = start;
  let since: number | null = null;
  const now = () => base + (since === null ? 0 : Date.now() - since);
  const set = (time: number) => {
    if (time < now()) throw new Error('A test clock never goes back');
    base = time;
    if (since !== null) since = Date.now();
  };
  return {
    now,
    set,
    advance: (milliseconds) => set(now() + milliseconds),
    run: () => {
      base = now();
      since = Date.now();
    },
    stop: () => {
      base = now();
      since = null;
    },
  };
}
