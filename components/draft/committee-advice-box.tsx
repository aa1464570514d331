'use client';

import { useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';
import { committeeAdvice, type PlannedMember } from '@/lib/procedure/committee-plan';

interface CommitteeAdviceBoxProps {
  k: number;
  plan: readonly PlannedMember[];
}

/** What the chosen threshold means: who can open the bids, and how many lost keys would shut them for ever. */
export function CommitteeAdviceBox({ k, plan }: CommitteeAdviceBoxProps) {
  const t = useTranslations('draft.committee.advice');
  const { holders, seats, fatalLosses, warnings } = committeeAdvice(k, plan);
  return (
    // Read out as the answers above change.
    <div aria-live="polite">
      <Notice tone={warnings.length > 0 ? 'warn' : 'ok'} title={t('opens', { k, n: holders })}>
        <p>{t('lost', { count: fatalLosses })}</p>
        {seats < holders ? (
          <p className="mt-1">{t('deputies', { seats, deputies: holders - seats })}</p>
        ) : null}
        {warnings.map((warning) => (
          <p key={warning} className="mt-1 font-semibold">
            {t(`warn.${warning}`)}
          </p>
        ))}
      </Notice>
    </div>
  );
}
