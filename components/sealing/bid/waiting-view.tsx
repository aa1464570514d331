'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Notice } from '@/components/ui/notice';
import { SummaryList } from '@/components/ui/summary-list';
import { Hash } from '@/components/ui/hash';
import type { Waiting } from '@/lib/browser/bid/waiting';
import { formatBytes } from '@/lib/i18n/format';
import { usePlace } from './place';
import { StepHeading } from './step-frame';
import { useUnitLabel } from './unit-label';
import type { Submission } from './use-submission';

/** A sealed bid that is not on record yet: to be sent, or sealed again where that has become necessary. */
export function WaitingView({ submission, waiting }: { submission: Submission; waiting: Waiting }) {
  const t = useTranslations('bid.waiting');
  const { go } = usePlace();
  const { state, fit, stopped } = submission;
  const sendable = fit === 'fits' || fit === 'filed';
  const drop = () => {
    submission.drop();
    // What was sealed elsewhere is sealed again there.
    go({ name: waiting.recovery === null ? 'elsewhere' : 'review' });
  };
  return (
    <section className="flex max-w-measure flex-col gap-6" data-waiting={fit}>
      {state.code === 'not-signed-in' ? <SignedOut /> : <ErrorSummary {...state} />}
      <StepHeading title={t('title')} />
      {sendable ? (
        <>
          <p>{t(fit === 'filed' ? 'filed' : 'body')}</p>
          {stopped ? <Notice live>{t('stopped')}</Notice> : null}
          {waiting.kept ? null : <Notice tone="warn">{t('notKept')}</Notice>}
        </>
      ) : (
        <Notice tone="warn" live title={t(`${fit}.title`)}>
          <p>{t(`${fit}.body`)}</p>
        </Notice>
      )}
      <Envelopes waiting={waiting} />
      <div className="flex flex-wrap gap-3">
        {sendable ? (
          <Button onClick={() => void submission.send()}>
            {t(state.message === null ? 'send' : 'retry')}
          </Button>
        ) : (
          <Button onClick={drop}>{t('again')}</Button>
        )}
        {sendable && fit !== 'filed' ? (
          <ConfirmDialog
            trigger={t('drop')}
            triggerVariant="secondary"
            title={t('dropTitle')}
            confirmLabel={t('drop')}
            onConfirm={drop}
          >
            <p>{t('dropBody')}</p>
          </ConfirmDialog>
        ) : null}
      </div>
    </section>
  );
}

function Envelopes({ waiting }: { waiting: Waiting }) {
  const t = useTranslations('bid.waiting');
  const locale = useLocale();
  const labelOf = useUnitLabel();
  return (
    <SummaryList
      rows={waiting.envelopes.map(({ lot, part, sha256, size }) => ({
        key: sha256,
        label: labelOf({ lot, part }) || t('envelope'),
        value: (
          <>
            <Hash value={sha256} /> <span className="whitespace-nowrap">{formatBytes(size, locale)}</span>
          </>
        ),
      }))}
    />
  );
}

/** The session ended on the way: nothing is lost, and another tab can sign in. */
function SignedOut() {
  const t = useTranslations('sealing.upload');
  const locale = useLocale();
  return (
    <Notice tone="warn" live title={t('signedOutTitle')}>
      <p data-code="not-signed-in">
        {t.rich('signedOut', {
          link: (text) => (
            <a href={`/${locale}/sign-in`} target="_blank" rel="noreferrer" className="link">
              {text}
            </a>
          ),
        })}
      </p>
    </Notice>
  );
}
