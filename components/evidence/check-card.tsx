'use client';

import { useLocale, useTranslations } from 'next-intl';
import { formatBytes } from '@/lib/i18n/format';
import type { CheckOutcome } from '@/lib/browser/verify/check';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { ProgressBar } from '../ui/progress-bar';
import { isSettled, type CheckItem } from './checks';
import { EvidenceResult } from './evidence-result';
import { UnknownFile } from './unknown-file';

/** One file of the list: its progress, then its result. */
export function CheckCard({ item, onStop }: { item: CheckItem; onStop: () => void }) {
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
      <Body item={item} />
    </li>
  );
}

function Body({ item: { file, state } }: { item: CheckItem }) {
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
        <Notice tone="warn" title={t(`${state.reason}.title`)}>
          <p>{t(`${state.reason}.body`)}</p>
        </Notice>
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
      return <Outcome outcome={state.outcome} />;
  }
}

function Outcome({ outcome }: { outcome: CheckOutcome }) {
  const t = useTranslations('verify');
  if (outcome.kind === 'unknown') return <UnknownFile file={outcome.file} namesakes={outcome.namesakes} />;
  if (outcome.kind === 'not-evidence') {
    return (
      <Notice tone="bad" title={t('notEvidence.title')}>
        <p>{t('notEvidence.body', { detail: outcome.detail })}</p>
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
