'use client';

import { useLocale, useTranslations } from 'next-intl';
import { formatBytes } from '@/lib/i18n/format';
import type { CheckOutcome } from '@/lib/browser/verify/check';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { ProgressBar } from '../ui/progress-bar';
import { isSettled, type CheckItem } from './checks';
import { EvidenceResult } from './evidence-result';
import { ReceiptResult } from './receipt-result';
import { UnknownFile } from './unknown-file';

interface CheckCardProps {
  item: CheckItem;
  onStop: () => void;
  /** Evidence that was fetched for a receipt, to be checked as if it had been dropped. */
  onEvidence: (file: File) => void;
}

/** One file of the list: its progress, then its result. */
export function CheckCard({ item, onStop, onEvidence }: CheckCardProps) {
  const t = useTranslations('verify');
  const locale = useLocale();
  return (
    <li data-check={item.state.phase} className="rounded-lg border border-line bg-surface p-5 sm:p-7">
      <div className="mb-4 flex flex-wrap items-baseline justify-between gap-3">
        <h2 className="min-w-0 break-words text-lg">
          {item.file.name}{' '}
          <span className="text-sm font-normal text-ink-soft">{formatBytes(item.file.size, locale)}</span>
        </h2>
        {isSettled(item.state) ? null : (
          <Button variant="quiet" onClick={onStop}>
            {t('cancel')}
          </Button>
        )}
      </div>
      <Body item={item} onEvidence={onEvidence} />
    </li>
  );
}

function Body({ item: { file, source, state }, onEvidence }: Omit<CheckCardProps, 'onStop'>) {
  const t = useTranslations('verify');
  switch (state.phase) {
    case 'waiting':
    case 'hashing': {
      const bytes = state.phase === 'hashing' ? state.bytes : 0;
      return (
        <ProgressBar
          label={t('progress.hashing', { name: file.name })}
          value={bytes / Math.max(1, file.size)}
        />
      );
    }
    case 'looking':
      return <p className="text-ink-soft">{t('progress.looking', { name: file.name })}</p>;
    case 'refused':
      return (
        <div data-refused={state.kind}>
          <Notice tone="warn" title={t(`secret.${state.kind}.title`)}>
            <p>{t(`secret.${state.kind}.body`)}</p>
          </Notice>
        </div>
      );
    case 'failed':
      return (
        <Notice tone="warn" title={t('failed.title')}>
          <p>{t(`failed.${state.code}`)}</p>
        </Notice>
      );
    case 'stopped':
      return <p className="text-ink-soft">{t('stopped')}</p>;
    case 'done':
      return (
        <>
          <Outcome outcome={state.outcome} onEvidence={onEvidence} />
          <p data-against={source} className="mt-6 text-sm text-ink-soft">
            {t(`against.${source}`)}
          </p>
        </>
      );
  }
}

interface OutcomeProps {
  outcome: CheckOutcome;
  onEvidence: (file: File) => void;
}

function Outcome({ outcome, onEvidence }: OutcomeProps) {
  const t = useTranslations('verify');
  if (outcome.kind === 'unknown') return <UnknownFile file={outcome.file} namesakes={outcome.namesakes} />;
  if (outcome.kind === 'receipt') return <ReceiptResult checked={outcome.checked} onEvidence={onEvidence} />;
  if (outcome.kind === 'not-evidence' || outcome.kind === 'not-receipt') {
    const key = outcome.kind === 'not-evidence' ? 'notEvidence' : 'notReceipt';
    return (
      <Notice tone="bad" title={t(`${key}.title`)}>
        <p>{t(`${key}.body`, { detail: outcome.detail })}</p>
      </Notice>
    );
  }
  return (
    <div className="flex flex-col gap-12">
      {outcome.results.map((checked) => (
        <EvidenceResult key={checked.evidence.entry.record.id} checked={checked} />
      ))}
    </div>
  );
}
