import { useTranslations } from 'next-intl';
import { ClosedStages } from '@/components/procedure/closed-stages';
import { lotStandings, bidsKnown } from '@/components/procedure/divided';
import { LotTrails } from '@/components/procedure/lot-trails';
import { Section } from '@/components/procedure/section';
import { Trail } from '@/components/procedure/trail';
import { inUnit } from '@/lib/procedure/scopes';
import { Link } from '@/lib/i18n/navigation';
import type { TenderView } from '@/lib/server/queries/view';
import type { Shown } from './shown';

/** The number of leaves of `bids` is the number of bids: it is said with the opening reports, not before. */
function countKnown({ process, units }: TenderView): boolean {
  if (units.length === 0) return bidsKnown(process) !== null;
  return lotStandings(units).every(
    ({ units: own, deciding }) => bidsKnown(inUnit(process, own[0]?.unit ?? deciding)) !== null,
  );
}

/** Every disclosed record, and what the chain holds of them. */
export function TrailSections({ view, shown }: { view: TenderView; shown: Shown }) {
  const t = useTranslations('tender');
  const { people } = view;
  const overview = view.units.length > 0 && !shown.lot;
  return (
    <>
      <Section id="trail" title={t('trail.title')} lead={t('trail.lead')}>
        {shown.process.filed.length > 0 ? (
          <Trail process={shown.process} people={people} />
        ) : (
          <p className="text-ink-soft">{t('trail.none')}</p>
        )}
        {overview ? <LotTrails view={view} /> : null}
        {view.process.chain.opening ? (
          <p className="mt-5" data-print="hide">
            <Link href={`/tenders/${view.process.ocid}/check`} className="link font-medium">
              {t('trail.check')}
            </Link>
          </p>
        ) : null}
      </Section>
      <Section id="chain" title={t('chain.title')} lead={t('chain.lead')}>
        <ClosedStages process={shown.process} countKnown={countKnown(view)} />
      </Section>
    </>
  );
}
