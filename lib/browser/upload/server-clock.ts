import type { ClockReading } from './deadline';

/** One question to the server: when it was sent and answered by this computer's clock, and what the server's clock said. */
export interface ClockSample {
  sent: number;
  received: number;
  server: number;
}

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
};

/**
 * The offset of the server's clock from several round trips, each of which says it to half its duration; the median is
 * not led astray by one that was held up on the way. Null without any sample.
 */
export function clockFrom(samples: readonly ClockSample[]): ClockReading | null {
  const good = samples.filter(({ sent, received }) => received >= sent);
  if (good.length === 0) return null;
  const offset = median(good.map(({ sent, received, server }) => server - (sent + received) / 2));
  return { offset, uncertainty: median(good.map(({ sent, received }) => received - sent)) / 2 };
}

/** How many round trips a measurement takes. */
const ROUNDS = 5;

/**
 * Measures the server's clock, one question after another. Null when it never answers.
 * @param ask the server's time, milliseconds since the epoch @param now this computer's
 */
export async function measureClock(
  ask: () => Promise<number>,
  now: () => number = Date.now,
  rounds = ROUNDS,
): Promise<ClockReading | null> {
  const samples: ClockSample[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const sent = now();
    try {
      const server = await ask();
      samples.push({ sent, received: now(), server });
    } catch {
      // A platform that is away says nothing about the clock; what was measured before stays good.
    }
  }
  return clockFrom(samples);
}

/** Asks the platform what time it is. @throws when it does not answer with a time */
export async function askServerTime(ocid: string): Promise<number> {
  const response = await fetch(`/api/v1/tenders/${encodeURIComponent(ocid)}/time`, {
    cache: 'no-store',
    signal: AbortSignal.timeout(10_000),
  });
  const body = (await response.json()) as { now?: unknown };
  const time = typeof body.now === 'string' ? Date.parse(body.now) : Number.NaN;
  if (!Number.isFinite(time)) throw new Error(`HTTP ${response.status}`);
  return time;
}
