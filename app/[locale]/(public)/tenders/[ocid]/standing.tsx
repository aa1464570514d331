import { useLocale, useTranslations } from 'next-intl';
import type { LotStanding } from '@/components/procedure/divided';
import { StandingSentence } from '@/components/procedure/standing-sentence';
import { LocalTime } from '@/components/ui/local-time';
import { formatMoney } from '@/lib/i18n/format';
import { tender } from '@/lib/procedure/state';
import type { TenderView } from '@/lib/server/queries/view';

/** Where the tender, or the lot, stands in one sentence, and the three facts that everybody asks for. */
export function Standing({ view, lot }: { view: TenderView; lot: LotStanding | undefined }) {
  const t = useTranslations('tender.standing');
  const locale = useLocale();
  const { process, phase } = view;
  const notice = tender(process);
  const bidsDue = process.chain.opening?.bidsDue ?? notice?.bidsDue ?? null;
  const facts = [
    { label: t('buyer'), value: <span lang={notice?.language}>{notice?.buyer.name || '–'}</span> },
    {
      label: t(lot?.lot ? 'valueOfAll' : 'value'),
      value: notice ? formatMoney(notice.value.amount, notice.value.currency, locale) : '–',
    },
    { label: t('bidsDue'), value: bidsDue ? <LocalTime instant={bidsDue} /> : '–' },
  ];
  return (
    <section aria-label={t('label')} className="border-l-4 border-accent pl-5">
      <p className="max-w-3xl text-lg font-semibold" data-phase={lot?.phase ?? phase}>
        <StandingSentence view={view} lot={lot} />
      </p>
      <dl className="mt-4 flex flex-wrap gap-x-12 gap-y-3">
        {facts.map(({ label, value }) => (
          <div key={label}>
            <dt className="text-sm text-ink-soft">{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
