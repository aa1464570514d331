'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { formatDateTime, registryZone } from '@/lib/i18n/format';

const never = () => () => undefined;

/** A time in the registry's zone, and in the reader's own once the page runs; the other one on hover. */
export function LocalTime({ instant, zone = registryZone }: { instant: string; zone?: string }) {
  const locale = useLocale();
  const t = useTranslations('ui');
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const registryTime = formatDateTime(instant, locale, zone);
  return (
    <time dateTime={instant} title={inBrowser ? t('yourTime', { time: registryTime }) : undefined}>
      {inBrowser ? formatDateTime(instant, locale, null) : registryTime}
    </time>
  );
}
