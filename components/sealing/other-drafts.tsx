'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { LocalTime } from '@/components/ui/local-time';
import type { DraftSession } from '@/lib/browser/drafts/draft-session';
import { discardDraft, listDrafts, type DraftSummary } from '@/lib/browser/drafts/kept-drafts';
import { formatBytes } from '@/lib/i18n/format';

/** Drafts of the same organization for other tenders, and what cannot be read any more: to make room. */
async function othersOf({ identity }: DraftSession): Promise<DraftSummary[]> {
  const kept = await listDrafts().catch(() => []);
  return kept.filter(({ identity: one }) => {
    if (one === null) return true;
    const { origin, contract, ocid, organization } = identity;
    const sameBidder =
      one.origin === origin && one.contract === contract && one.organization === organization;
    return sameBidder && one.ocid !== ocid;
  });
}

/** The other drafts in this browser; nothing where there are none. */
export function OtherDrafts({ session }: { session: DraftSession }) {
  const t = useTranslations('bidDraft');
  const locale = useLocale();
  const [drafts, setDrafts] = useState<readonly DraftSummary[]>([]);
  useEffect(() => {
    void othersOf(session).then(setDrafts);
  }, [session]);
  const discard = async (id: string) => {
    await discardDraft(id).catch(() => undefined);
    setDrafts(await othersOf(session));
  };
  if (drafts.length === 0) return null;
  return (
    <div className="flex flex-col gap-3">
      <h3 className="text-lg">{t('others.heading')}</h3>
      <ul className="divide-y divide-line border-y border-line">
        {drafts.map(({ id, identity, savedAt, bytes }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 py-2">
            <span className="min-w-0 break-words">
              {identity?.ocid ?? t('others.unreadable')}{' '}
              <span className="block text-sm text-ink-soft">
                <LocalTime instant={savedAt} /> · {formatBytes(bytes, locale)}
              </span>
            </span>
            <ConfirmDialog
              trigger={t('others.submit')}
              triggerVariant="quiet"
              title={t('discard.confirmTitle')}
              confirmLabel={t('discard.submit')}
              danger
              onConfirm={() => discard(id)}
            >
              <p>{identity?.ocid ?? t('others.unreadable')}</p>
              <p>{t('discard.confirmBody')}</p>
            </ConfirmDialog>
          </li>
        ))}
      </ul>
    </div>
  );
}
