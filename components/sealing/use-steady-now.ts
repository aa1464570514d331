'use client';

import { useEffect, useState } from 'react';

/** performance.now(), once a second: a clock that nobody can set. */
export function useSteadyNow(): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
