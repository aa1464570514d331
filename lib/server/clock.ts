/** The time, passed to whatever needs it: the demonstration is made with a clock of its own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
