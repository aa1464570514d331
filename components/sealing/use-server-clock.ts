'use client';

import { useEffect, useState } from 'react';
import type { ClockReading } from '@/lib/browser/upload/deadline';
import { askServerTime, measureClock } from '@/lib/browser/upload/server-clock';

export interface ServerClock {
  /** Null until the server has said its time to this page. */
  reading: ClockReading | null;
  /** The server's time, milliseconds since the epoch; it goes on once a second. */
  now: number;
}

/** Between measurements, in milliseconds. */
const EVERY = 5 * 60_000;
/** This computer's clock was set, or the computer slept, when it moves by so much more than time has passed. */
const JUMP = 1_000;

/**
 * The server's clock, measured again now and then, after this computer slept or its clock was set, and when it is on a
 * network again. What the page was rendered with serves until then, and while the platform does not answer.
 * @param serverNow RFC 3339, the server's clock when the page was rendered
 */
export function useServerClock(ocid: string, serverNow: string): ServerClock {
  const [reading, setReading] = useState<ClockReading | null>(null);
  const [now, setNow] = useState(() => Date.parse(serverNow));
  useEffect(() => {
    let offset = Date.parse(serverNow) - Date.now();
    let measuring = false;
    let gone = false;
    const measure = async () => {
      if (measuring) return;
      measuring = true;
      const found = await measureClock(() => askServerTime(ocid));
      measuring = false;
      if (found === null || gone) return;
      ({ offset } = found);
      setReading(found);
    };
    let apart = Date.now() - performance.now();
    const second = () => {
      const drift = Date.now() - performance.now() - apart;
      apart += drift;
      // Until it has been measured again, what the server's clock showed goes on at its own pace.
      if (Math.abs(drift) > JUMP) {
        offset -= drift;
        void measure();
      }
      setNow(Date.now() + offset);
    };
    const ticking = setInterval(second, 1000);
    const measured = setInterval(() => void measure(), EVERY);
    const awake = () => void (document.hidden ? undefined : measure());
    window.addEventListener('online', awake);
    document.addEventListener('visibilitychange', awake);
    void measure();
    return () => {
      gone = true;
      clearInterval(ticking);
      clearInterval(measured);
      window.removeEventListener('online', awake);
      document.removeEventListener('visibilitychange', awake);
    };
  }, [ocid, serverNow]);
  return { reading, now };
}
