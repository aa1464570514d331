'use client';

import { useLocale } from 'next-intl';
import { useEffect, useState } from 'react';
import { formatDuration } from '@/lib/i18n/format';

interface CountdownProps {
  /** RFC 3339. */
  until: string;
  /** The server's clock when it rendered the page (RFC 3339): the reader's own clock is not to be trusted. */
  serverNow: string;
  /** With `{duration}` in it: "Bids are due in {duration}". */
  before: string;
  /** Once the time has come. */
  after: string;
  /** Once, when the time comes while the page is open. */
  onReached?: (() => void) | undefined;
}

/** How long until something happens. Says the time left without JavaScript too, as of the rendering. */
export function Countdown({ until, serverNow, before, after, onReached }: CountdownProps) {
  const locale = useLocale();
  const [left, setLeft] = useState(() => Date.parse(until) - Date.parse(serverNow));
  useEffect(() => {
    // performance.now() cannot be moved by a change of the reader's clock.
    const started = performance.now();
    const initial = Date.parse(until) - Date.parse(serverNow);
    if (initial <= 0) return;
    const timer = setInterval(() => {
      const rest = initial - (performance.now() - started);
      setLeft(rest);
      if (rest <= 0) {
        clearInterval(timer);
        onReached?.();
      }
    }, 1000);
    return () => clearInterval(timer);
  }, [until, serverNow, onReached]);
  const text = left > 0 ? before.replace('{duration}', formatDuration(left, locale)) : after;
  return (
    <time dateTime={until} role="timer" suppressHydrationWarning>
      {text}
    </time>
  );
}
