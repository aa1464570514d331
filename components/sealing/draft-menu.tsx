'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import type { Saving } from '@/lib/browser/drafts/autosave';
import { filesOf } from '@/lib/browser/drafts/draft';
import { languageTags, type AppLocale } from '@/lib/i18n/routing';
import { DraftExport } from './draft-export';
import { DraftImport } from './draft-import';
import { OtherDrafts } from './other-drafts';
import { useAttempt } from './use-attempt';
import type { BidDraftHandle } from './use-bid-draft';
import { useDraftRefusal } from './use-draft-refusal';

interface DraftMenuProps {
  /** What `useBidDraft` gave. Nothing is shown unless it is `ready`. */
  bid: BidDraftHandle;
  /** Exported files of a demonstration open at once and protect little. */
  demonstration: boolean;
}

/**
 * Stands once on the bid page, outside every form: whether what was typed is kept, and what can be done with the draft
 * as a whole (save it as a file, take one in, delete it).
 */
export function DraftMenu({ bid, demonstration }: DraftMenuProps) {
  const t = useTranslations('bidDraft');
  const [open, setOpen] = useState(false);
  if (bid.phase !== 'ready') return null;
  return (
    <section aria-labelledby="bid-draft" className="flex max-w-measure flex-col gap-2" data-print="hide">
      <h2 id="bid-draft" className="sr-only">
        {t('heading')}
      </h2>
      <SavingLine saving={bid.saving} onRetry={() => void bid.session.flush()} />
      <details
        className="rounded-lg border border-line bg-surface"
        onToggle={(event) => setOpen(event.currentTarget.open)}
      >
        <summary className="min-h-11 cursor-pointer px-4 py-2.5 font-semibold">{t('manage')}</summary>
        <div className="flex flex-col gap-8 border-t border-line p-4 sm:p-6">
          <div className="prose text-sm">
            <p>{t('where')}</p>
            <p>{t('limits')}</p>
            {bid.durable === false ? <p>{t('notDurable')}</p> : null}
          </div>
          <DraftExport session={bid.session} demonstration={demonstration} />
          <DraftImport session={bid.session} replaces={!isEmpty(bid)} />
          <Discard bid={bid} />
          {open ? <OtherDrafts session={bid.session} /> : null}
        </div>
      </details>
    </section>
  );
}

function isEmpty({ draft }: BidDraftHandle): boolean {
  const { lots, consortium, eligibility, declarations } = draft;
  const typed = lots.some(({ prices }) => prices.some(({ unitPrice }) => unitPrice !== ''));
  const ticked = consortium.length + eligibility.length + declarations.length > 0;
  return !typed && !ticked && filesOf(draft).length === 0;
}

function clockTime(instant: string, locale: AppLocale): string {
  const time = new Date(instant);
  const sameDay = time.toDateString() === new Date().toDateString();
  const day = sameDay ? {} : ({ day: 'numeric', month: 'short' } as const);
  const hours = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat(languageTags[locale], { ...day, ...hours }).format(time);
}

function SavingLine({ saving, onRetry }: { saving: Saving; onRetry: () => void }) {
  const t = useTranslations('bidDraft.saving');
  const locale = useLocale();
  const refusalOf = useDraftRefusal();
  const { status, at, error } = saving;
  if (status === 'failed') {
    return (
      <div role="alert" className="text-sm" data-saving={status}>
        <p>
          <span className="font-semibold text-bad">{t('failed')}</span> {refusalOf(error).message}
        </p>
        <Button variant="quiet" className="-ml-3" onClick={onRetry}>
          {t('retry')}
        </Button>
      </div>
    );
  }
  const time = at === null ? '' : clockTime(at, locale);
  return (
    <p role="status" className="text-sm text-ink-soft" data-saving={status}>
      {t(status, { time })}
    </p>
  );
}

function Discard({ bid: { session } }: { bid: BidDraftHandle }) {
  const t = useTranslations('bidDraft.discard');
  const refusalOf = useDraftRefusal();
  const { state, run } = useAttempt();
  const discard = async () => {
    await run(() => session.discard().then(() => undefined, refusalOf));
  };
  return (
    <div className="flex flex-col items-start gap-3">
      <h3 className="text-lg">{t('heading')}</h3>
      {state.message === null ? null : (
        <p role="alert" className="text-bad" data-code={state.code}>
          {state.message}
        </p>
      )}
      <ConfirmDialog
        trigger={t('submit')}
        triggerVariant="danger"
        title={t('confirmTitle')}
        confirmLabel={t('submit')}
        danger
        onConfirm={discard}
      >
        <p>{t('confirmBody')}</p>
      </ConfirmDialog>
    </div>
  );
}
