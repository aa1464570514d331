'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import { Notice } from '@/components/ui/notice';
import { Table } from '@/components/ui/table';
import { chosenLots, openTasks, plannedEnvelopes, type PlannedEnvelope } from '@/lib/browser/bid/plan';
import { hashOf, type Step } from '@/lib/browser/bid/steps';
import { isNamed } from '@/lib/browser/bid/tender';
import { formatMoney, formatNumber } from '@/lib/i18n/format';
import type { PriceForm } from '@/lib/sealing/price-form';
import { FileList } from './file-lists';
import { useStepPlace } from './step-place';
import { ReviewCommon, ReviewRow } from './review-common';
import { StepFrame } from './step-frame';
import { StepLink } from './step-link';
import { UnitLabel } from './unit-label';

/** All answers in one place, envelope by envelope: what is in each, when it is opened, and who can read it then. */
export function ReviewStep() {
  const t = useTranslations('bid.review');
  const { tender, bid, own, groups, go } = useStepPlace();
  const open = openTasks(groups);
  const envelopes = plannedEnvelopes(tender, bid.draft, chosenLots(tender, bid.draft, own));
  return (
    <StepFrame
      title={t('title')}
      lead={<p>{t('lead')}</p>}
      submit={t('submit')}
      onSubmit={() => go(open[0]?.step ?? { name: 'seal' })}
      beside={
        <Button variant="secondary" onClick={() => window.print()}>
          {t('print')}
        </Button>
      }
    >
      {open.length > 0 ? <Missing steps={open.map(({ step }) => step)} /> : null}
      <ReviewCommon />
      {envelopes.map((envelope) => (
        <Envelope key={`${envelope.lot}/${envelope.part}`} envelope={envelope} />
      ))}
    </StepFrame>
  );
}

function Missing({ steps }: { steps: readonly Step[] }) {
  const t = useTranslations('bid.review');
  const names = useTranslations('bid.tasks.names');
  const { tender } = useStepPlace();
  return (
    <Notice tone="warn" title={t('missing', { count: steps.length })} className="max-w-measure">
      <ul className="mt-1 flex flex-col">
        {steps.map((step) => (
          <li key={hashOf(tender, step)}>
            <StepLink to={step} className="link inline-block py-1.5">
              {step.name === 'files' && step.part !== ''
                ? names(`${step.part}Files`)
                : names(step.name as 'prices')}
            </StepLink>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Envelope({ envelope }: { envelope: PlannedEnvelope }) {
  const t = useTranslations('bid.review');
  const { lot, part, priceForm, files } = envelope;
  const id = `envelope-${lot}-${part}`;
  return (
    <section
      aria-labelledby={id}
      className="flex flex-col gap-5 rounded-lg border border-line bg-surface p-5 sm:p-6 print:break-inside-avoid"
      data-envelope={`${lot}/${part}`}
    >
      <div>
        <p className="text-sm text-ink-soft">{t('envelope')}</p>
        <h3 id={id} className="text-lg">
          {isNamed({ lot, part }) ? <UnitLabel lot={lot} part={part} /> : t('whole')}
        </h3>
      </div>
      <Openings envelope={envelope} />
      {priceForm ? <Prices lot={lot} form={priceForm} /> : null}
      {priceForm === null ? <p>{t('noPrices')}</p> : null}
      <div className="flex flex-col gap-2">
        <div className="flex flex-wrap items-baseline justify-between gap-x-6">
          <h4 className="font-semibold">{t('documents')}</h4>
          <Change to={{ name: 'files', lot, part }} what={t('documents')} />
        </div>
        <FileList files={files} />
      </div>
    </section>
  );
}

/** When this envelope is opened, by whom, and who can read it from then on. */
function Openings({ envelope: { part } }: { envelope: PlannedEnvelope }) {
  const t = useTranslations('bid.review');
  const { tender, keySet } = useStepPlace();
  return (
    <dl className="divide-y divide-line border-y border-line">
      <ReviewRow label={t('when')}>
        {part === 'financial' ? (
          t('whenFinancial')
        ) : (
          <>
            {t('whenAll')} <LocalTime instant={tender.bidsDue} />
          </>
        )}
      </ReviewRow>
      <ReviewRow label={t('who')}>{t('whoOpens', { k: keySet.k, n: keySet.n })}</ReviewRow>
      <ReviewRow label={t('readers')}>
        {t(part === 'financial' ? 'readersFinancial' : 'readersAll')}
      </ReviewRow>
    </dl>
  );
}

function Change({ to, what }: { to: Step; what: string }) {
  const t = useTranslations('bid.review');
  return (
    <StepLink
      to={to}
      className="link -my-1.5 inline-block py-1.5"
      aria-label={t('changeWhat', { what })}
      data-print="hide"
    >
      {t('change')}
    </StepLink>
  );
}

function Prices({ lot, form }: { lot: string; form: PriceForm }) {
  const t = useTranslations('bid.review');
  const prices = useTranslations('bid.prices');
  const locale = useLocale();
  const { tender } = useStepPlace();
  const money = (amount: string) => formatMoney(amount, form.currency, locale);
  const itemOf = (id: string) => tender.items.find((item) => item.id === id);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h4 className="font-semibold">{prices('title')}</h4>
        <Change to={{ name: 'prices', lot }} what={prices('title')} />
      </div>
      <Table
        caption={prices('title')}
        captionHidden
        rows={form.items}
        rowKey={(row) => row.itemId}
        columns={[
          {
            key: 'item',
            header: t('item'),
            rowHeader: true,
            cell: (row) => (
              <span lang={tender.language}>{itemOf(row.itemId)?.description ?? row.itemId}</span>
            ),
          },
          {
            key: 'unitPrice',
            header: prices('unitPrice'),
            numeric: true,
            cell: (row) =>
              `${money(row.unitPrice)} × ${formatNumber(row.quantity, locale)} ${itemOf(row.itemId)?.unit ?? ''}`,
          },
          { key: 'amount', header: prices('amount'), numeric: true, cell: (row) => money(row.amount) },
        ]}
      />
      <p className="text-right text-lg">
        {prices('total')} <strong data-testid="review-total">{money(form.total)}</strong>
      </p>
    </div>
  );
}
