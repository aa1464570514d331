'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { trimmedPartners } from '@/lib/browser/bid/partners';
import { replacedBy } from '@/lib/browser/bid/own-bids';
import { chosenLots } from '@/lib/browser/bid/plan';
import type { PlainStep } from '@/lib/browser/bid/steps';
import { useStepPlace } from './step-place';
import { StepLink } from './step-link';
import { UnitLabel } from './unit-label';

/** What stands in every envelope of the bid alike, and what the bid does to what is on record. */
export function ReviewCommon() {
  const t = useTranslations('bid.review');
  const names = useTranslations('bid.tasks.names');
  const { tender, tenderer, bid, own } = useStepPlace();
  const { consortium, eligibility, declarations } = bid.draft;
  const chosen = chosenLots(tender, bid.draft, own);
  const ticked = new Set([...eligibility, ...declarations]);
  const confirmed = tender.statements.filter(({ id }) => ticked.has(id));
  const asks = (kind: 'eligibility' | 'declaration') => tender.statements.some((one) => one.kind === kind);
  return (
    <dl className="divide-y divide-line border-y border-line">
      <ReviewRow label={t('tender')}>
        <span lang={tender.language}>{tender.title}</span>
      </ReviewRow>
      <ReviewRow label={t('tenderer')}>{tenderer.name}</ReviewRow>
      <ReviewRow label={names('partners')} change={{ to: 'partners', what: names('partners') }}>
        {consortium.length === 0 ? (
          t('noPartners')
        ) : (
          <ul>
            {trimmedPartners(consortium).map(({ id, name }) => (
              <li key={id}>
                {name} <span className="text-ink-soft">({id})</span>
              </li>
            ))}
          </ul>
        )}
      </ReviewRow>
      {tender.lots.length === 0 ? null : (
        <ReviewRow label={names('lots')} change={{ to: 'lots', what: names('lots') }}>
          <ul>
            {chosen.map((lot) => (
              <li key={lot}>
                <UnitLabel lot={lot} part="" />
              </li>
            ))}
          </ul>
        </ReviewRow>
      )}
      {confirmed.length === 0 ? null : (
        <ReviewRow
          label={t('confirmed')}
          change={
            asks('declaration')
              ? { to: 'declarations', what: names('declarations') }
              : asks('eligibility')
                ? { to: 'eligibility', what: names('eligibility') }
                : undefined
          }
        >
          <ul className="flex list-disc flex-col gap-1 pl-5" lang={tender.language}>
            {confirmed.map(({ id, text }) => (
              <li key={id}>{text}</li>
            ))}
          </ul>
        </ReviewRow>
      )}
      {replacedBy(own, chosen).length > 0 ? (
        <ReviewRow label={t('replaces')}>
          {t('replacesBody', { count: replacedBy(own, chosen).length })}
        </ReviewRow>
      ) : null}
    </dl>
  );
}

interface ReviewRowProps {
  label: ReactNode;
  change?: { to: PlainStep; what: string } | undefined;
  children: ReactNode;
}

/** One answer, with the way back to it. */
export function ReviewRow({ label, change, children }: ReviewRowProps) {
  const t = useTranslations('bid.review');
  return (
    <div className="grid gap-x-6 gap-y-1 py-3 sm:grid-cols-[minmax(9rem,15rem)_1fr_auto]">
      <dt className="text-ink-soft">{label}</dt>
      <dd className="min-w-0">{children}</dd>
      {change === undefined ? null : (
        <dd data-print="hide">
          <StepLink
            to={{ name: change.to }}
            className="link -my-1.5 inline-block py-1.5"
            aria-label={t('changeWhat', { what: change.what })}
          >
            {t('change')}
          </StepLink>
        </dd>
      )}
    </div>
  );
}
