'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { KeptRecovery } from '@/lib/browser/drafts/draft';
import { downloadText } from '@/lib/browser/keys/download';
import { usePlace } from './place';
import { useUnitLabel } from './unit-label';

export const recoveryName = (bidKey: string): string => `tenderproof-recovery-${bidKey.slice(0, 8)}.json`;

/** Saves a recovery file to the disk, and notes in the draft that it was. */
export function useSaveRecovery(): (recovery: Pick<KeptRecovery, 'bidKey' | 'text'>) => void {
  const { bid } = usePlace();
  return ({ bidKey, text }) => {
    downloadText(recoveryName(bidKey), text);
    bid.session.update((draft) => ({
      ...draft,
      recoveries: draft.recoveries.map((one) => (one.bidKey === bidKey ? { ...one, saved: true } : one)),
    }));
  };
}

/** The recovery files of live bids that this browser still has, locked by their passphrases. */
export function Recoveries() {
  const t = useTranslations('bid.recoveries');
  const labelOf = useUnitLabel();
  const { bid, own } = usePlace();
  const save = useSaveRecovery();
  const live = own.filter(({ standing }) => standing === 'live');
  const kept = bid.draft.recoveries.flatMap((recovery) => {
    const bids = live.filter(({ sealed }) => sealed?.bidKey === recovery.bidKey);
    const lots = [...new Set(bids.map(({ lot }) => labelOf({ lot, part: '' })))].filter(
      (name) => name !== '',
    );
    return bids.length === 0 ? [] : [{ recovery, lots }];
  });
  if (kept.length === 0) return null;
  const missing = kept.some(({ recovery }) => !recovery.saved);
  return (
    <section aria-labelledby="recoveries" className="flex max-w-3xl flex-col gap-4" data-print="hide">
      <h2 id="recoveries" className="text-xl">
        {t('title')}
      </h2>
      <Notice tone={missing ? 'warn' : 'info'}>{t(missing ? 'unsaved' : 'saved')}</Notice>
      <ul className="flex flex-col gap-3">
        {kept.map(({ recovery, lots }) => (
          <li key={recovery.bidKey} className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <Button variant={recovery.saved ? 'secondary' : 'primary'} onClick={() => save(recovery)}>
              {t('save')}
            </Button>
            <span className="text-sm text-ink-soft">
              {[recoveryName(recovery.bidKey), ...lots].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
