import { useLocale, useTranslations } from 'next-intl';
import { PhaseSentence } from '@/components/procedure/phase-sentence';
import { LocalTime } from '@/components/ui/local-time';
import { formatMoney } from '@/lib/i18n/format';
import { last, tender } from '@/lib/procedure/state';
import type { TenderView } from '@/lib/server/queries/view';

/** Where the tender stands in one sentence, and the three facts that everybody asks for. */
export function Standing({ view }: { view: TenderView }) {
  const t = useTranslations('tender.standing');
  const locale = useLocale();
  const { process, phase, now } = view;
  const notice = tender(process);
  const { opening, announcement } = process.chain;
  const bidsDue = opening?.bidsDue ?? notice?.bidsDue ?? null;
  const supplier =
    last(process, 'award')?.data.supplier.name ?? last(process, 'award-announced')?.data.supplier.name;
  const facts = [
    { label: t('buyer'), value: <span lang={notice?.language}>{notice?.buyer.name || '–'}</span> },
    {
      label: t('value'),
      value: notice ? formatMoney(notice.value.amount, notice.value.currency, locale) : '–',
    },
    { label: t('bidsDue'), value: bidsDue ? <LocalTime instant={bidsDue} /> : '–' },
  ];
  return (
    <section aria-label={t('label')} className="border-l-4 border-accent pl-5">
      <p className="max-w-3xl text-lg font-semibold" data-phase={phase}>
        <PhaseSentence
          phase={phase}
          bidsDue={bidsDue}
          standstillEnds={announcement?.standstillEnds}
          supplier={supplier}
          now={now}
        />
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
