import { useLocale, useTranslations } from 'next-intl';
import { Hash } from '@/components/ui/hash';
import { formatExactTime } from '@/lib/i18n/format';
import type { Erased } from '@/lib/procedure/state';
import type { Notice } from '@/lib/record/notice';
import { OfUnit } from './of-unit';

/** What is left of an erased record: that it was filed, when it was erased, and the order to read. */
export function ErasedCard({ erased, notice }: { erased: Erased; notice: Notice | null }) {
  const t = useTranslations('tender.trail');
  const records = useTranslations('records');
  const locale = useLocale();
  return (
    <li
      id={`record-${erased.id}`}
      data-record-type={erased.type}
      data-erased=""
      className="flex flex-col gap-2 py-5"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h4 className="text-base font-semibold">
          {records(`${erased.type}.title`)}
          <OfUnit notice={notice} unit={erased.unit} />
        </h4>
        <time dateTime={erased.time} className="text-sm text-ink-soft">
          {formatExactTime(erased.time, locale)}
        </time>
      </div>
      <p className="max-w-measure">{t('erased', { time: formatExactTime(erased.erasedAt, locale) })}</p>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-1 text-sm text-ink-soft">
        <span>{erased.index === null ? t('unsequenced') : t('logged', { index: erased.index })}</span>
        <Hash value={erased.commitment} />
        <a href={`#record-${erased.order}`} className="link inline-flex min-h-11 items-center">
          {t('erasureOrder')}
        </a>
      </div>
    </li>
  );
}
