'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import type { BidDraftHandle } from './use-bid-draft';
import { useDraftRefusal } from './use-draft-refusal';

/**
 * Stands instead of the form while the draft cannot be changed here, and says why and what to do; shows nothing when it
 * is `ready`.
 */
export function BidDraftNotice({ bid }: { bid: BidDraftHandle }) {
  const t = useTranslations('bidDraft');
  const refusalOf = useDraftRefusal();
  const { phase, error, session } = bid;
  if (phase === 'ready') return null;
  if (phase === 'loading') {
    return (
      <div role="status" data-draft={phase}>
        <span className="sr-only">{t('loading')}</span>
        <Skeleton />
      </div>
    );
  }
  if (phase === 'refused') {
    const damaged = error?.code === 'draft-damaged';
    return (
      <div className="flex max-w-measure flex-col items-start gap-4" data-draft={phase}>
        <Notice tone="bad" live title={t('refused')}>
          <p>{refusalOf(error).message}</p>
        </Notice>
        {damaged ? (
          <ConfirmDialog
            trigger={t('discard.submit')}
            triggerVariant="danger"
            title={t('discard.confirmTitle')}
            confirmLabel={t('discard.submit')}
            danger
            onConfirm={() => session.discard()}
          >
            <p>{t('discard.confirmBody')}</p>
          </ConfirmDialog>
        ) : null}
      </div>
    );
  }
  return (
    <div className="flex max-w-measure flex-col items-start gap-4" data-draft={phase}>
      <Notice tone="warn" live title={t(`${phase}.title`)}>
        <p>{t(`${phase}.body`)}</p>
      </Notice>
      <Button onClick={() => void session.takeOver()}>{t('takeOver')}</Button>
    </div>
  );
}
