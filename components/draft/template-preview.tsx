'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { SummaryList } from '@/components/ui/summary-list';
import { formatDate, formatMoney } from '@/lib/i18n/format';
import { LEFT_REASONS, type Left, type LeftReason } from '@/lib/ocds/left-out';
import type { NoticeDraft } from '@/lib/record/notice';

interface TemplatePreviewProps {
  draft: NoticeDraft;
  left: readonly Left[];
  busy: boolean;
  onStart: (draft: NoticeDraft) => void;
}

/** What the new draft takes from the release, and what it leaves out and why. */
export function TemplatePreview({ draft, left, busy, onStart }: TemplatePreviewProps) {
  const t = useTranslations('draft.new');
  const ui = useTranslations('ui');
  const reasons = LEFT_REASONS.filter((reason) => left.some((l) => l.reason === reason));
  return (
    <div className="flex flex-col gap-6 border-t border-line pt-6">
      <section aria-labelledby="taken">
        <h3 id="taken" className="mb-3 text-lg">
          {t('taken')}
        </h3>
        <Taken draft={draft} />
      </section>
      <section aria-labelledby="left-out">
        <h3 id="left-out" className="text-lg">
          {t('leftOut')}
        </h3>
        <p className="mb-3 mt-1 text-ink-soft">
          {t('leftOutLead', { organization: draft.procuringEntity.name })}
        </p>
        {reasons.length > 0 ? (
          <dl className="divide-y divide-line border-y border-line">
            {reasons.map((reason) => (
              <LeftRow
                key={reason}
                reason={reason}
                paths={left.filter((l) => l.reason === reason).map((l) => l.path)}
              />
            ))}
          </dl>
        ) : (
          <p>{t('nothingLeft')}</p>
        )}
      </section>
      <Notice>{t('newNumber')}</Notice>
      <div>
        <Button aria-disabled={busy} onClick={() => onStart(draft)}>
          {busy ? ui('working') : t('start')}
        </Button>
      </div>
    </div>
  );
}

function Taken({ draft }: { draft: NoticeDraft }) {
  const t = useTranslations('draft');
  const categories = useTranslations('tenders.categories');
  const locale = useLocale();
  const { contractPeriod, value, template } = draft;
  const none = <span className="text-ink-soft">{t('new.notStated')}</span>;
  const category = draft.mainProcurementCategory as 'goods' | 'works' | 'services' | '';
  const rows = [
    { key: 'title', label: t('field.title'), value: draft.title || none },
    { key: 'description', label: t('field.description'), value: draft.description || none },
    { key: 'category', label: t('field.category'), value: category ? categories(category) : none },
    {
      key: 'value',
      label: t('field.value'),
      value: value.amount ? formatMoney(value.amount, value.currency, locale) : none,
    },
    {
      key: 'items',
      label: t('field.items'),
      value: draft.items.length === 0 ? none : <ItemLines items={draft.items} />,
    },
    {
      key: 'criteria',
      label: t('field.criteria'),
      value: draft.criteria.map((c) => `${c.title} ${c.weight} %`).join(', '),
    },
    ...(contractPeriod
      ? [
          {
            key: 'period',
            label: t('field.contractPeriod'),
            value: `${formatDate(contractPeriod.startDate, locale)} – ${formatDate(contractPeriod.endDate, locale)}`,
          },
        ]
      : []),
    { key: 'language', label: t('field.language'), value: draft.language },
    {
      key: 'template',
      label: t('new.origin'),
      value: template ? `${template.ocid} / ${template.releaseId}` : none,
    },
  ];
  return <SummaryList rows={rows} />;
}

const SHOWN = 5;

function ItemLines({ items }: { items: NoticeDraft['items'] }) {
  const t = useTranslations('draft.new');
  return (
    <ul>
      {items.slice(0, SHOWN).map((item) => (
        <li key={item.id}>
          {[`${item.quantity} ${item.unit}`.trim(), item.description].filter(Boolean).join(' · ')}
        </li>
      ))}
      {items.length > SHOWN ? <li>{t('moreItems', { count: items.length - SHOWN })}</li> : null}
    </ul>
  );
}

function LeftRow({ reason, paths }: { reason: LeftReason; paths: readonly string[] }) {
  const t = useTranslations('draft.left');
  return (
    <div className="grid gap-x-6 gap-y-1 py-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)]">
      <dt>{t(reason)}</dt>
      <dd>
        <ul className="font-mono text-sm break-words text-ink-soft">
          {paths.map((path) => (
            <li key={path}>{path}</li>
          ))}
        </ul>
      </dd>
    </div>
  );
}
