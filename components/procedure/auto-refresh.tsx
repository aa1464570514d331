'use client';

import { useEffect } from 'react';
import { useRouter } from '@/lib/i18n/navigation';

/**
 * Reads the page anew every few seconds while others are awaited. Rests while the page is hidden: a room full of
 * forgotten tabs must not become a load on the registry.
 */
export function AutoRefresh({ seconds = 4 }: { seconds?: number }) {
  const router = useRouter();
  useEffect(() => {
    const refresh = () => {
      if (!document.hidden) router.refresh();
    };
    const timer = setInterval(refresh, seconds * 1000);
    document.addEventListener('visibilitychange', refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', refresh);
    };
  }, [router, seconds]);
  return null;
}
