import { useLocale, useTranslations } from 'next-intl';
import { LocalTime } from '@/components/ui/local-time';
import { SummaryList, type SummaryRow } from '@/components/ui/summary-list';
import { Table } from '@/components/ui/table';
import { formatDate, formatDuration, formatMoney, formatNumber } from '@/lib/i18n/format';
import { languageNames } from '@/lib/i18n/routing';
import type { RulePack } from '@/lib/procedure/rules/rule-pack';
import type { Criterion, Item, Notice } from '@/lib/record/notice';

/** What the notice says of the tender as a whole. */
export function NoticeFacts({ notice, pack }: { notice: Notice; pack: RulePack | null }) {
  const t = useTranslations('tender.notice');
  const locale = useLocale();
  const { buyer, procuringEntity, value, bidsDue, standstill, contractPeriod, template } = notice;
  const native = Object.entries(languageNames).find(([tag]) => notice.language.startsWith(tag))?.[1];
  const rows: SummaryRow[] = [
    { key: 'buyer', label: t('buyer'), value: <span lang={notice.language}>{buyer.name}</span> },
    {
      key: 'entity',
      label: t('procuringEntity'),
      value: <span lang={notice.language}>{procuringEntity.name}</span>,
    },
    { key: 'value', label: t('value'), value: formatMoney(value.amount, value.currency, locale) },
    { key: 'budget', label: t('budget'), value: notice.budget.source },
    { key: 'due', label: t('bidsDue'), value: <LocalTime instant={bidsDue} /> },
    { key: 'standstill', label: t('standstill'), value: formatDuration(standstill * 1000, locale) },
    { key: 'rules', label: t('rules'), value: pack ? pack.name[locale] : notice.rulePack },
    { key: 'language', label: t('language'), value: native ?? notice.language },
  ];
  if (notice.lots.length > 0)
    rows.push({ key: 'lots', label: t('lots'), value: t('lotsMean', { count: notice.lots.length }) });
  if (notice.envelopes === 'two')
    rows.push({ key: 'envelopes', label: t('envelopes'), value: t('envelopesMean') });
  if (contractPeriod) {
    const [from, to] = [contractPeriod.startDate, contractPeriod.endDate].map((d) => formatDate(d, locale));
    rows.push({ key: 'period', label: t('period'), value: `${from ?? ''} – ${to ?? ''}` });
  }
  if (template) rows.push({ key: 'template', label: t('template'), value: template.ocid });
  return <SummaryList rows={rows} />;
}

/** What is to be bought. */
export function ItemsTable({
  items,
  language,
  captionHidden = false,
}: {
  items: readonly Item[];
  language: string;
  captionHidden?: boolean;
}) {
  const t = useTranslations('tender.notice');
  const locale = useLocale();
  return (
    <Table<Item>
      caption={t('items')}
      captionHidden={captionHidden}
      rows={items}
      rowKey={(item) => item.id}
      columns={[
        {
          key: 'description',
          header: t('item'),
          rowHeader: true,
          cell: (item) => (
            <span lang={language} className="font-normal">
              {item.description}
            </span>
          ),
        },
        {
          key: 'classification',
          header: t('classification'),
          cell: (item) =>
            item.classification ? `${item.classification.scheme} ${item.classification.id}` : '–',
        },
        {
          key: 'quantity',
          header: t('quantity'),
          numeric: true,
          cell: (item) => `${formatNumber(item.quantity, locale)} ${item.unit}`,
        },
      ]}
    />
  );
}

/** How bids are judged: each criterion with its weight, drawn to scale. */
export function CriteriaTable({ criteria, language }: { criteria: readonly Criterion[]; language: string }) {
  const t = useTranslations('tender.notice');
  return (
    <div>
      <h3 className="pb-2 text-lg">{t('criteria')}</h3>
      <ul className="divide-y divide-line border-y border-line">
        {criteria.map((criterion) => (
          <li key={criterion.id} className="grid gap-x-6 gap-y-1 py-3 sm:grid-cols-[minmax(0,1fr)_14rem]">
            <div className="min-w-0">
              <p className="font-semibold" lang={language}>
                {criterion.title}
              </p>
              <p className="text-sm text-ink-soft">
                {t(criterion.kind === 'price' ? 'priceMethod' : 'qualityMethod')}
              </p>
              {criterion.description ? <p lang={language}>{criterion.description}</p> : null}
            </div>
            <div className="flex items-center gap-3">
              <span aria-hidden="true" className="h-2.5 flex-1 overflow-hidden rounded-full bg-line">
                <span className="block h-full bg-accent" style={{ width: `${criterion.weight}%` }} />
              </span>
              <span className="w-24 text-right">{t('points', { count: criterion.weight })}</span>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
