'use client';

import { useTranslations } from 'next-intl';
import type { CheckOutcome } from '@/lib/browser/verify/check';
import { Notice } from '../ui/notice';
import { ProgressBar } from '../ui/progress-bar';
import { verdictOfItem, type CheckItem } from './checks';
import { EvidenceResult } from './evidence-result';
import { ReceiptResult } from './receipt-result';
import { UnknownFile } from './unknown-file';

interface CheckBodyProps {
  item: CheckItem;
  onEvidence: (file: File) => void;
}

/** How far one file has got, or all that was found out about it. */
export function CheckBody({ item, onEvidence }: CheckBodyProps) {
  const t = useTranslations('verify');
  const { file, source, state } = item;
  switch (state.phase) {
    case 'waiting':
    case 'looking':
      return null;
    case 'hashing':
      return (
        <ProgressBar
          label={t('progress.hashing', { name: file.name })}
          value={state.bytes / Math.max(1, file.size ?? 0)}
        />
      );
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
    case 'covered':
      return <Notice tone="ok" title={t('covered.title')} />;
    case 'done':
      return (
        <>
          {verdictOfItem(item) === 'opened' ? (
            <Notice tone="info" title={t('opened.title')}>
              <p>{t('opened.body')}</p>
            </Notice>
          ) : (
            <Outcome outcome={state.outcome} onEvidence={onEvidence} />
          )}
          <p data-against={source} className="mt-6 text-sm text-ink-soft">
            {t(`against.${source}`)}{' '}
            {state.outcome.sent === undefined
              ? null
              : t('sent', { digits: state.outcome.sent.length, prefix: state.outcome.sent })}
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
