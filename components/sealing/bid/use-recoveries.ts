'use client';

import { useLocale } from 'next-intl';
import { useState } from 'react';
import { keysOf, type LiveBid } from '@/lib/browser/bid/own-bids';
import { formatDateTime } from '@/lib/i18n/format';
import type { RecoveryContent } from '@/lib/sealing/recovery';
import type { WantedRecovery } from './open-recovery';
import { useUnitLabel } from './unit-label';

/** The recovery files that these bids need, and those that are open. What they hold lives as long as this step. */
export function useRecoveries(bids: readonly LiveBid[]) {
  const locale = useLocale();
  const labelOf = useUnitLabel();
  const [opened, setOpened] = useState<ReadonlyMap<string, RecoveryContent>>(new Map());
  const wanted = keysOf(bids)
    .filter((key) => !opened.has(key))
    .map((bidKey): WantedRecovery => {
      const own = bids.filter(({ sealed }) => sealed.bidKey === bidKey);
      const lots = [...new Set(own.map(({ lot }) => labelOf({ lot, part: '' })))].filter(
        (name) => name !== '',
      );
      const time = formatDateTime(own[0]?.time ?? '', locale, null);
      return { bidKey, label: [time, ...lots].join(' · ') };
    });
  const onOpen = (content: RecoveryContent, bidKey: string) =>
    setOpened((before) => new Map([...before, [bidKey, content]]));
  const secrets = new Map([...opened].map(([key, { bidSecret }]) => [key, bidSecret]));
  return { wanted, opened, secrets, onOpen };
}
