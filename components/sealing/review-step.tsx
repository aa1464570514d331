'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Table } from '@/components/ui/table';
import { formatBytes, formatMoney, formatNumber } from '@/lib/i18n/format';
import type { PriceForm } from '@/lib/sealing/price-form';
import type { BidTender } from './bid-types';
import { totalSize } from './files-step';

export type BidStep = 'prices' | 'files' | 'protect' | 'review';

interface ReviewStepProps {
  tender: BidTender;
  tendererName: string;
  priceForm: PriceForm;
  files: readonly File[];
  onChange: (step: BidStep) => void;
}

/** All answers in one place, each with the way back to it. */
export function ReviewStep({ tender, tendererName, priceForm, files, onChange }: ReviewStepProps) {
  const t = useTranslations('sealing.bid');
  const locale = useLocale();
  const money = (amount: string) => formatMoney(amount, priceForm.currency, locale);
  const itemOf = (id: string) => tender.items.find((item) => item.id === id);
  const change = (step: Exclude<BidStep, 'review'>) => ({
    onChange: () => onChange(step),
    what: t(`steps.${step}`),
  });
  return (
    <>
      <p className="max-w-measure text-ink-soft">{t('reviewIntro')}</p>
      <dl className="divide-y divide-line border-y border-line">
        <Row label={t('tender')}>{tender.title}</Row>
        <Row label={t('tenderer')}>{tendererName}</Row>
        <Row label={t('total')} change={change('prices')}>
          <strong>{money(priceForm.total)}</strong>
        </Row>
        <Row label={t('documents')} change={change('files')}>
          {t('fileCount', { count: files.length, size: formatBytes(totalSize(files), locale) })}
          <ul>
            {files.map((file) => (
              <li key={file.name}>{file.name}</li>
            ))}
          </ul>
        </Row>
        <Row label={t('protection')} change={change('protect')}>
          {t('protectionValue')}
        </Row>
      </dl>
      <Table
        caption={t('pricesHeading')}
        rows={priceForm.items}
        rowKey={(row) => row.itemId}
        columns={[
          {
            key: 'item',
            header: t('item'),
            rowHeader: true,
            cell: (row) => itemOf(row.itemId)?.description ?? row.itemId,
          },
          {
            key: 'unitPrice',
            header: t('unitPrice'),
            numeric: true,
            cell: (row) =>
              `${money(row.unitPrice)} × ${formatNumber(row.quantity, locale)} ${itemOf(row.itemId)?.unit ?? ''}`,
          },
          { key: 'amount', header: t('amount'), numeric: true, cell: (row) => money(row.amount) },
        ]}
      />
    </>
  );
}

interface RowProps {
  label: string;
  change?: { onChange: () => void; what: string };
  children: ReactNode;
}

function Row({ label, change, children }: RowProps) {
  const t = useTranslations('sealing.bid');
  return (
    <div className="grid gap-x-6 gap-y-1 py-3 sm:grid-cols-[minmax(9rem,15rem)_1fr_auto]">
      <dt className="text-ink-soft">{label}</dt>
      <dd className="min-w-0">{children}</dd>
      {change === undefined ? null : (
        <dd>
          <Button
            variant="quiet"
            className="-my-2.5"
            aria-label={t('changeWhat', { what: change.what })}
            onClick={change.onChange}
          >
            {t('change')}
          </Button>
        </dd>
      )}
    </div>
  );
}
