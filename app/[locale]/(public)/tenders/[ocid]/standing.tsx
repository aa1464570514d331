import { useLocale, useTranslations } from 'next-intl';
import { ActLink } from '@/components/procedure/act-link';
import { unitHref, type LotStanding } from '@/components/procedure/divided';
import { StandingSentence } from '@/components/procedure/standing-sentence';
import { LocalTime } from '@/components/ui/local-time';
import { formatMoney } from '@/lib/i18n/format';
import type { Phase } from '@/lib/procedure/phases';
import { tender } from '@/lib/procedure/state';
import type { TenderView } from '@/lib/server/queries/view';

/** While there is an opening to be watched. */
const WATCHED: readonly Phase[] = ['open', 'closing', 'waiting', 'opening', 'opened'];

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
      {WATCHED.includes(lot?.phase ?? phase) ? <WatchOpening view={view} lot={lot} /> : null}
    </section>
  );
}

/** For everybody; of several units, one is to be chosen there. */
function WatchOpening({ view, lot }: { view: TenderView; lot: LotStanding | undefined }) {
  const t = useTranslations('opening.watch');
  const only = lot?.units.length === 1 ? lot.deciding : null;
  return (
    <p className="mt-3" data-print="hide">
      <ActLink href={unitHref(`/tenders/${encodeURIComponent(view.process.ocid)}/opening`, only)} plain>
        {t('link')}
      </ActLink>
    </p>
  );
}
