/** The time, passed to whatever needs it: the demonstration is made with a clock of its own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** A clock that never goes back while its process lives. */
export interface SteadyClock extends Clock {
  /** From now on it shows at least `floor`, in milliseconds: a time that is known to have been reached. */
  raise(floor: number): void;
  /** How far the machine's own clock lies behind this one, in milliseconds; 0 while they agree. */
  behind(): number;
}

/**
 * The machine's clock, except that it goes on at its own pace when somebody sets the machine's clock back: else a promise
 * could be dated before the one before it, and whatever waits for an interval would wait an hour longer.
 * @param wall milliseconds since the epoch @param monotonic milliseconds since any moment
 */
export function steadyClock(wall: () => number, monotonic: () => number): SteadyClock {
  let last = wall();
  let at = monotonic();
  const now = () => {
    const then = at;
    at = monotonic();
    last = Math.max(wall(), last + (at - then));
    return Math.floor(last);
  };
  return {
    now,
    raise: (floor) => {
      last = Math.max(now(), floor);
    },
    behind: () => Math.max(0, now() - wall()),
  };
}

export const systemClock: SteadyClock = steadyClock(Date.now, () => performance.now());

/** A chain's blocks may be dated some seconds ahead; less than this, in milliseconds, says nothing about our clock. */
const AHEAD = 60_000;

/** Raises a clock that lies behind the time of an anchor: the chain has seen that time pass. Other clocks stay. */
export function raiseTo(clock: Clock, anchored: number): void {
  if (clock === systemClock && anchored - clock.now() > AHEAD) systemClock.raise(anchored);
}
